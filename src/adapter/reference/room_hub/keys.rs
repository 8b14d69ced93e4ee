use crate::adapter::Answer;
use crate::adapter::input::{
    Result, array, bad, boolean, octets, optional, optional_text, optional_uint, text, texts, uint,
};
use crate::adapter::session::Session;
use crate::crypto::{Labelled, SUITES, SignatureKeys};
use crate::delivery::{Consent, Holder, KeyDesk, KeyService, KeySettings, Limits, Refused};
use crate::entropy::{Seed, Time};
use crate::protocol::room::{Credential, KeyMaterialRequest, Octets, Protocol, RequiredCapabilities};
use crate::protocol::{MlsMessage, Structure};
use crate::reason::{content as caller, delivery as reason};
use crate::wire::hex;
use crate::wire::tls::{WireError, Writer};
use serde_json::{Value, json};

/// Makes a provider of key material.
pub type MakeKeys = Box<dyn Fn(KeySettings) -> Box<dyn KeyDesk>>;

/// One provider behind the operations of `room-keys/…`.
pub struct KeysSession {
    make: MakeKeys,
    desk: Option<Box<dyn KeyDesk>>,
}

impl Default for KeysSession {
    fn default() -> Self {
        Self::with(Box::new(|settings| Box::new(KeyService::new(settings, Labelled::verify))))
    }
}

impl Session for KeysSession {
    fn answer(&mut self, op: &str, input: &Value) -> Result<Answer> {
        match (op, &mut self.desk) {
            ("room-keys/new", None) => {
                self.desk = Some((self.make)(settings(input)?));
                Ok(Answer::Ok(json!({})))
            }
            ("room-keys/new", Some(_)) => Ok(Answer::reject(reason::NO_STATE, "a session is one provider", None)),
            ("room-keys/request", _) => request(input),
            (_, None) if Self::OPS.contains(&op) => {
                Ok(Answer::reject(reason::NO_STATE, "room-keys/new comes first", None))
            }
            ("room-keys/upload", Some(desk)) => {
                let once = all(input, "key_packages", |value| value.as_str().and_then(|text| hex::decode(text).ok()))?;
                let last = optional(input, "last_resort").map(|_| octets(input, "last_resort")).transpose()?;
                let done = desk.upload(text(input, "client")?.as_bytes(), &once, last.as_deref());
                Ok(done.map_or_else(refused, |()| Answer::Ok(json!({}))))
            }
            ("room-keys/ask", Some(desk)) => {
                let now = Time(uint(input, "time")?);
                let asked = match KeyMaterialRequest::decode(&octets(input, "request")?) {
                    Ok(asked) => asked,
                    Err(e) => return Ok(unread(e)),
                };
                let response = match desk.ask(now, &asked) {
                    Ok(response) => response.encode(),
                    Err(no) => return Ok(refused(no)),
                };
                let shown = |octets: Vec<u8>| Answer::Ok(json!({"response": hex::encode(&octets)}));
                Ok(response.map_or_else(|e| Answer::reject(e.reason, e, None), shown))
            }
            ("room-keys/welcome", Some(desk)) => {
                let welcome = match MlsMessage::decode(&octets(input, "welcome")?) {
                    Ok(welcome) => welcome,
                    Err(e) => return Ok(unread(e)),
                };
                let shown = |clients: Vec<Vec<u8>>| {
                    let clients: Vec<_> = clients.iter().map(|uri| String::from_utf8_lossy(uri)).collect();
                    Answer::Ok(json!({"clients": clients}))
                };
                Ok(desk.welcome(&welcome).map_or_else(refused, shown))
            }
            _ => Ok(Answer::Unsupported(format!("no operation {op}"))),
        }
    }
}

impl KeysSession {
    /// The operations of a session.
    pub const OPS: &'static [&'static str] =
        &["room-keys/new", "room-keys/upload", "room-keys/ask", "room-keys/welcome", "room-keys/request"];

    /// A session whose providers are made so.
    #[must_use]
    pub fn with(make: MakeKeys) -> Self {
        Self { make, desk: None }
    }

    /// One operation, as JSON.
    pub fn operate(&mut self, op: &str, input: &Value) -> Answer {
        Session::answer(self, op, input).unwrap_or_else(|bad| Answer::reject(caller::BAD_INPUT, bad, None))
    }
}

fn refused(no: Refused) -> Answer {
    Answer::reject(no.reason, no.message, None)
}

fn unread(e: WireError) -> Answer {
    Answer::reject(e.reason, e, Some(e.offset))
}

fn all<T>(input: &Value, name: &str, read: impl Fn(&Value) -> Option<T>) -> Result<Vec<T>> {
    let values: Option<Vec<_>> = array(input, name)?.iter().map(read).collect();
    values.map_or_else(|| bad(name, "holds something of another kind"), Ok)
}

fn flag(input: &Value, name: &str) -> Result<bool> {
    Ok(optional(input, name).is_some() && boolean(input, name)?)
}

fn settings(input: &Value) -> Result<KeySettings> {
    let mut limits = Limits::default();
    if let Some(given) = optional(input, "limits") {
        for (name, limit) in [
            ("max_message", &mut limits.max_message),
            ("max_key_packages", &mut limits.max_key_packages),
            ("max_claims", &mut limits.max_pending_welcomes),
        ] {
            if let Some(value) = optional_uint(given, name)? {
                *limit = usize::try_from(value).unwrap_or(usize::MAX);
            }
        }
    }
    let users = array(input, "users")?.iter().map(holder).collect::<Result<_>>()?;
    let (discreet, tells_capabilities) = (flag(input, "discreet")?, flag(input, "tells_capabilities")?);
    Ok(KeySettings { users, discreet, tells_capabilities, limits })
}

fn holder(user: &Value) -> Result<(Vec<u8>, Holder)> {
    let clients: Vec<&str> = texts(user, "clients")?;
    let clients = clients.into_iter().map(|uri| uri.as_bytes().to_vec()).collect();
    let only = |consent: &Value, name| Ok(optional_text(consent, name)?.map(|uri| uri.as_bytes().to_vec()));
    let consent = |consent: &Value| Ok(Consent { user: only(consent, "user")?, room: only(consent, "room")? });
    let consent = array(user, "consent")?.iter().map(consent).collect::<Result<_>>()?;
    Ok((text(user, "user")?.as_bytes().to_vec(), Holder { clients, consent, deleted: flag(user, "deleted")? }))
}

/// What a provider does whose client asks: through the hub of the room, never past it.
fn request(input: &Value) -> Result<Answer> {
    let suite = uint(input, "cipher_suite")?;
    let Some(known) = SUITES.into_iter().find(|known| u64::from(u16::from(*known)) == suite) else {
        return bad("cipher_suite", "is none that this build can sign with");
    };
    let Some(keys) = SignatureKeys::from_private(known.signature_algorithm(), &octets(input, "signature_priv")?) else {
        return bad("signature_priv", "is no signature key of the cipher suite");
    };
    let numbers = |name| all(input, name, |value| value.as_u64().and_then(|number| u16::try_from(number).ok()));
    let uri = |name| Ok(Octets(text(input, name)?.as_bytes().to_vec()));
    let signer = Labelled::new(keys, Seed::new("a request is not sealed").stream("room-keys/request"));
    let mut w = Writer::new();
    let basic = w.u16(1).opaque(&octets(input, "identity")?, "identity").map(drop);
    let credential = basic.ok().and_then(|()| Credential::decode(&w.into_octets()).ok());
    let Some(requester_credential) = credential else { return bad("identity", "is too long for a credential") };
    let mut asked = KeyMaterialRequest {
        protocol: Protocol,
        requesting_user: uri("requesting_user")?,
        target_user: uri("target_user")?,
        room_id: uri("room_id")?,
        acceptable_ciphersuites: numbers("acceptable_ciphersuites")?,
        required_capabilities: RequiredCapabilities {
            extension_types: numbers("extension_types")?,
            proposal_types: numbers("proposal_types")?,
            credential_types: numbers("credential_types")?,
        },
        requester_signature_key: Octets(signer.public().to_vec()),
        requester_credential,
        key_material_request_signature: Octets(vec![]),
    };
    let content = match asked.to_be_signed() {
        Ok(content) => content,
        Err(e) => return Ok(Answer::reject(e.reason, e, None)),
    };
    let Some(signature) = signer.sign(KeyMaterialRequest::LABEL, &content) else {
        return bad("signature_priv", "does not sign");
    };
    asked.key_material_request_signature = Octets(signature);
    let (to, octets) = (text(input, "hub")?, asked.encode());
    Ok(octets.map_or_else(
        |e| Answer::reject(e.reason, e, None),
        |octets| Answer::Ok(json!({"to": to, "request": hex::encode(&octets)})),
    ))
}
