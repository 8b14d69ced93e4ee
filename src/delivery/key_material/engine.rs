//! The provider's state machine. What section 5.2 has a code for is answered with it; an error leaves everything as it was.

use super::contract::{Holder, KeySettings, Leave, Verify};
use super::stock::{Found, Stock};
use crate::delivery::hub::Refused;
use crate::delivery::limits::within;
use crate::entropy::Time;
use crate::protocol::room::{
    ClientKeyMaterial, ClientStatus, KeyMaterialRequest, KeyMaterialResponse, KeyMaterialUserCode, Octets, Protocol,
    key_package_ref,
};
use crate::protocol::{CipherSuite, Head, MlsMessage};
use crate::reason::{delivery as reason, mls, room};
use std::collections::BTreeMap;

/// A provider that gives out the KeyPackages of its users' clients.
#[derive(Clone, Debug)]
pub struct KeyService {
    settings: KeySettings,
    verify: Verify,
    stocks: BTreeMap<Vec<u8>, Stock>,
    /// By KeyPackageRef, what was given: whose it is, and the second in which it expires.
    given: BTreeMap<Vec<u8>, Given>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Given {
    client: Vec<u8>,
    not_after: Option<u64>,
    /// A Welcome is the end of it, unless it is of last resort.
    once: bool,
}

/// What a provider of key material does, whoever does it.
pub trait KeyDesk {
    /// Takes KeyPackages of a client, without MLSMessage around them: all of them, or none.
    ///
    /// # Errors
    /// No such client; octets that are no KeyPackage; one that is here already; beyond a limit.
    fn upload(&mut self, client: &[u8], once: &[Vec<u8>], last_resort: Option<&[u8]>) -> Result<(), Refused>;

    /// Answers a KeyMaterialRequest.
    ///
    /// # Errors
    /// A signature that is not the key's; more KeyPackages given and not used than are remembered.
    fn ask(&mut self, now: Time, asked: &KeyMaterialRequest) -> Result<KeyMaterialResponse, Refused>;

    /// The clients that a Welcome is for, in ascending order.
    ///
    /// # Errors
    /// It is no Welcome.
    fn welcome(&mut self, welcome: &MlsMessage) -> Result<Vec<Vec<u8>>, Refused>;
}

impl KeyService {
    /// Without any KeyPackage yet.
    #[must_use]
    pub fn new(settings: KeySettings, verify: Verify) -> Self {
        Self { settings, verify, stocks: BTreeMap::new(), given: BTreeMap::new() }
    }

    /// The draft does not say which suite the signature is of: any that the request accepts (`docs/spec/room.md`, choice 25).
    fn signed(&self, asked: &KeyMaterialRequest) -> bool {
        let Ok(content) = asked.to_be_signed() else { return false };
        let (key, signature) = (&asked.requester_signature_key.0, &asked.key_material_request_signature.0);
        let by = |suite: &u16| (self.verify)(*suite, key, KeyMaterialRequest::LABEL, &content, signature);
        asked.acceptable_ciphersuites.iter().any(by)
    }

    /// The user, or why there is no answer for them.
    fn holder(&self, asked: &KeyMaterialRequest) -> Result<&Holder, KeyMaterialUserCode> {
        let code = |code| if self.settings.discreet { KeyMaterialUserCode::NO_CONSENT } else { code };
        let holder = self.settings.users.get(&asked.target_user.0);
        let holder = holder.ok_or_else(|| code(KeyMaterialUserCode::USER_UNKNOWN))?;
        if holder.deleted {
            return Err(code(KeyMaterialUserCode::USER_DELETED));
        }
        match holder.lets(&asked.requesting_user.0, &asked.room_id.0) {
            Leave::Given => Ok(holder),
            Leave::ForOtherRooms => Err(code(KeyMaterialUserCode::NO_CONSENT_FOR_THIS_ROOM)),
            Leave::No => Err(KeyMaterialUserCode::NO_CONSENT),
        }
    }

    /// One client's part of the answer, and what is to be remembered of it.
    fn give(&mut self, now: Time, client: &[u8], asked: &KeyMaterialRequest) -> ClientStatus {
        let before = self.stocks.entry(client.to_vec()).or_default();
        match before.take(now, asked) {
            Found::This(held) => {
                let (suite, not_after) = (CipherSuite(held.offer.cipher_suite), held.offer.not_after);
                if let Some(reference) = key_package_ref(suite, held.key_package.octets()) {
                    let once = !before.keeps(&held);
                    self.given.insert(reference, Given { client: client.to_vec(), not_after, once });
                }
                ClientStatus::Success(held.key_package)
            }
            Found::NothingCompatible(capabilities) => {
                ClientStatus::NothingCompatible(Some(capabilities).filter(|_| self.settings.tells_capabilities))
            }
            Found::Exhausted => ClientStatus::KeyMaterialExhausted,
        }
    }
}

impl KeyDesk for KeyService {
    fn upload(&mut self, client: &[u8], once: &[Vec<u8>], last_resort: Option<&[u8]>) -> Result<(), Refused> {
        let known = self.settings.users.values().any(|user| user.clients.iter().any(|known| known == client));
        if !known {
            return Err(Refused::new(room::NO_SUCH_CLIENT, "no user has this client"));
        }
        let mut stock = self.stocks.get(client).cloned().unwrap_or_default();
        stock.add(&self.settings.limits, once, last_resort)?;
        self.stocks.insert(client.to_vec(), stock);
        Ok(())
    }

    fn ask(&mut self, now: Time, asked: &KeyMaterialRequest) -> Result<KeyMaterialResponse, Refused> {
        if !self.signed(asked) {
            return Err(Refused::new(mls::BAD_SIGNATURE, KeyMaterialRequest::LABEL));
        }
        let answer = |user_status, clients| {
            let user_uri = Octets(asked.target_user.0.clone());
            KeyMaterialResponse { protocol: Protocol, user_status, user_uri, clients }
        };
        let clients = match self.holder(asked) {
            Ok(holder) => holder.clients.clone(),
            Err(code) => return Ok(answer(code, vec![])),
        };
        let mut after = self.clone();
        after.given.retain(|_, given| given.not_after.is_none_or(|last| now.0 / 1000 <= last));
        let one = |uri: Vec<u8>| {
            let status = after.give(now, &uri, asked);
            ClientKeyMaterial { client_uri: Octets(uri), status }
        };
        let clients: Vec<_> = clients.into_iter().map(one).collect();
        let most = self.settings.limits.max_pending_welcomes;
        within(after.given.len(), most, reason::EXCEEDS_WELCOME_LIMIT, "KeyPackages that wait for a Welcome")?;
        let given = clients.iter().filter(|client| matches!(client.status, ClientStatus::Success(_))).count();
        let code = match given {
            0 => KeyMaterialUserCode::NO_COMPATIBLE_MATERIAL,
            all if all == clients.len() => KeyMaterialUserCode::SUCCESS,
            _ => KeyMaterialUserCode::PARTIAL_SUCCESS,
        };
        *self = after;
        Ok(answer(code, clients))
    }

    fn welcome(&mut self, welcome: &MlsMessage) -> Result<Vec<Vec<u8>>, Refused> {
        let Head::Welcome { recipients, .. } = welcome.head() else {
            return Err(Refused::new(reason::NOT_A_WELCOME, "where a Welcome belongs"));
        };
        let mut clients: Vec<_> =
            recipients.iter().filter_map(|to| self.given.get(to)).map(|given| given.client.clone()).collect();
        clients.sort();
        clients.dedup();
        self.given.retain(|reference, given| !(given.once && recipients.contains(reference)));
        Ok(clients)
    }
}
