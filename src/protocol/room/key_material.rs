use super::common::{Protocol, listed};
use super::part::{Octets, Part, part, record};
use super::walked::{Capabilities, Credential, KeyPackage};
use crate::protocol::{EncodeError, Structure};
use crate::reason::room as reason;
use crate::wire::tls::{Reader, WireError, Writer};

record! {
    /// RequiredCapabilities (RFC 9420 section 11.1).
    RequiredCapabilities {
        /// Numbers of extension types.
        extension_types: Vec<u16>,
        /// Numbers of proposal types.
        proposal_types: Vec<u16>,
        /// Numbers of credential types.
        credential_types: Vec<u16>,
    }
}

/// KeyMaterialRequest (section 5.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyMaterialRequest {
    /// Always mls10.
    pub protocol: Protocol,
    /// URI of who asks.
    pub requesting_user: Octets,
    /// URI of whose key material is asked for.
    pub target_user: Octets,
    /// URI of the room that it is for.
    pub room_id: Octets,
    /// Cipher suites, at least one.
    pub acceptable_ciphersuites: Vec<u16>,
    /// What the KeyPackages must support.
    pub required_capabilities: RequiredCapabilities,
    /// The key that the signature is verified with.
    pub requester_signature_key: Octets,
    /// Who asks.
    pub requester_credential: Credential,
    /// Over KeyMaterialRequestTBS, which is all of the above.
    pub key_material_request_signature: Octets,
}

const SUITES: &str = "acceptable_ciphersuites";

impl Structure for KeyMaterialRequest {
    const NAME: &'static str = "KeyMaterialRequest";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let protocol = Part::read_part(r, "protocol")?;
        let requesting_user = Part::read_part(r, "requesting_user")?;
        let target_user = Part::read_part(r, "target_user")?;
        let room_id = Part::read_part(r, "room_id")?;
        let offset = r.offset();
        let acceptable_ciphersuites = Vec::<u16>::read_part(r, SUITES)?;
        if acceptable_ciphersuites.is_empty() {
            return Reader::refuse(offset, reason::EMPTY_CIPHER_SUITES, SUITES);
        }
        Ok(Self {
            protocol,
            requesting_user,
            target_user,
            room_id,
            acceptable_ciphersuites,
            required_capabilities: Part::read_part(r, "required_capabilities")?,
            requester_signature_key: Part::read_part(r, "requester_signature_key")?,
            requester_credential: Part::read_part(r, "requester_credential")?,
            key_material_request_signature: Part::read_part(r, "key_material_request_signature")?,
        })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        self.write_signed(w)?;
        self.key_material_request_signature.write_part(w, "key_material_request_signature")
    }
}

impl KeyMaterialRequest {
    /// Label of the signature (RFC 9420 section 5.1.2).
    pub const LABEL: &'static str = "KeyMaterialRequestTBS";

    /// KeyMaterialRequestTBS: every field before the signature.
    ///
    /// # Errors
    /// A field that no octets stand for.
    pub fn to_be_signed(&self) -> Result<Vec<u8>, EncodeError> {
        let mut w = Writer::new();
        self.write_signed(&mut w)?;
        Ok(w.into_octets())
    }

    fn write_signed(&self, w: &mut Writer) -> Result<(), EncodeError> {
        self.protocol.write_part(w, "protocol")?;
        self.requesting_user.write_part(w, "requesting_user")?;
        self.target_user.write_part(w, "target_user")?;
        self.room_id.write_part(w, "room_id")?;
        if self.acceptable_ciphersuites.is_empty() {
            return Err(EncodeError { reason: reason::EMPTY_CIPHER_SUITES, field: SUITES });
        }
        self.acceptable_ciphersuites.write_part(w, SUITES)?;
        self.required_capabilities.write_part(w, "required_capabilities")?;
        self.requester_signature_key.write_part(w, "requester_signature_key")?;
        self.requester_credential.write_part(w, "requester_credential")
    }
}

/// KeyMaterialUserCode (section 5.2): 0 to 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyMaterialUserCode(u8);

impl KeyMaterialUserCode {
    /// There is a KeyPackage of every client.
    pub const SUCCESS: Self = Self(0);
    /// There is one of some client.
    pub const PARTIAL_SUCCESS: Self = Self(1);
    /// There is none of any client that will do.
    pub const NO_COMPATIBLE_MATERIAL: Self = Self(3);
    /// No such user.
    pub const USER_UNKNOWN: Self = Self(4);
    /// The requester may not ask, or nobody is to know why there is nothing.
    pub const NO_CONSENT: Self = Self(5);
    /// The requester may ask for another room.
    pub const NO_CONSENT_FOR_THIS_ROOM: Self = Self(6);
    /// There was such a user.
    pub const USER_DELETED: Self = Self(7);

    /// The code with this number.
    #[must_use]
    pub fn of(code: u8) -> Option<Self> {
        (code <= 7).then_some(Self(code))
    }

    /// Its number.
    #[must_use]
    pub const fn code(self) -> u8 {
        self.0
    }

    /// Whether clients may be listed: for success, partialSuccess and noCompatibleMaterial.
    #[must_use]
    pub const fn may_list(self) -> bool {
        matches!(self.0, 0 | 1 | 3)
    }
}

/// What is said of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientStatus {
    /// 0: its KeyPackage.
    Success(KeyPackage),
    /// 1: it has none left.
    KeyMaterialExhausted,
    /// 2: none of its KeyPackages will do; what it supports, if that is told.
    NothingCompatible(Option<Capabilities>),
}

/// ClientKeyMaterial (section 5.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientKeyMaterial {
    /// URI of the client.
    pub client_uri: Octets,
    /// What there is of it.
    pub status: ClientStatus,
}

impl Structure for ClientKeyMaterial {
    const NAME: &'static str = "ClientKeyMaterial";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let status = listed(r, "client_status", |value| (value <= 2).then_some(value))?;
        let client_uri = Part::read_part(r, "client_uri")?;
        let status = match status {
            0 => ClientStatus::Success(Part::read_part(r, "key_package")?),
            1 => ClientStatus::KeyMaterialExhausted,
            _ => ClientStatus::NothingCompatible(Part::read_part(r, "client_capabilities")?),
        };
        Ok(Self { client_uri, status })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        let uri = |w: &mut Writer, code| self.client_uri.write_part(w.u8(code), "client_uri");
        match &self.status {
            ClientStatus::Success(package) => {
                uri(w, 0)?;
                package.write_part(w, "key_package")
            }
            ClientStatus::KeyMaterialExhausted => uri(w, 1),
            ClientStatus::NothingCompatible(capabilities) => {
                uri(w, 2)?;
                capabilities.write_part(w, "client_capabilities")
            }
        }
    }
}

part!(ClientKeyMaterial);

/// KeyMaterialResponse (section 5.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyMaterialResponse {
    /// Always mls10.
    pub protocol: Protocol,
    /// What came of it.
    pub user_status: KeyMaterialUserCode,
    /// URI of the user.
    pub user_uri: Octets,
    /// The user's clients; none unless [`KeyMaterialUserCode::may_list`].
    pub clients: Vec<ClientKeyMaterial>,
}

impl Structure for KeyMaterialResponse {
    const NAME: &'static str = "KeyMaterialResponse";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let protocol = Part::read_part(r, "protocol")?;
        let user_status = listed(r, "user_status", KeyMaterialUserCode::of)?;
        let user_uri = Part::read_part(r, "user_uri")?;
        let offset = r.offset();
        let clients = Vec::read_part(r, "clients")?;
        if !clients.is_empty() && !user_status.may_list() {
            return Reader::refuse(offset, reason::CLIENTS_OF_A_FAILURE, "clients");
        }
        Ok(Self { protocol, user_status, user_uri, clients })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        if !self.clients.is_empty() && !self.user_status.may_list() {
            return Err(EncodeError { reason: reason::CLIENTS_OF_A_FAILURE, field: "clients" });
        }
        self.protocol.write_part(w, "protocol")?;
        self.user_uri.write_part(w.u8(self.user_status.code()), "user_uri")?;
        self.clients.write_part(w, "clients")
    }
}
