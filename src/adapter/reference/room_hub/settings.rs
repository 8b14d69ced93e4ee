use crate::adapter::input::{Result, array, bad, octets, optional, optional_uint, text, uint};
use crate::crypto::{Labelled, SUITES, SignatureKeys};
use crate::delivery::{Limits, Owner, RoomSettings};
use crate::entropy::Seed;
use crate::protocol::{MlsMessage, ServiceProviderId};
use crate::wire::hex;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What a room is opened with.
#[derive(Clone, Debug)]
pub struct Opening {
    /// How it is set up.
    pub settings: RoomSettings,
    /// The hub's keys.
    pub keys: Labelled,
    /// GroupInfo of the group, an MLSMessage.
    pub group_info: MlsMessage,
    /// Its tree.
    pub ratchet_tree: Vec<u8>,
}

/// Roles whose bearers are banned, where none are given: the example of section 4.3.2.
const BANNED: u32 = 1;
/// Participants at most, where no limit is given.
const MAX_PARTICIPANTS: usize = 1 << 16;

pub(super) fn settings(input: &Value) -> Result<RoomSettings> {
    let (mut limits, mut max_participants) = (Limits::default(), MAX_PARTICIPANTS);
    if let Some(given) = optional(input, "limits") {
        for (name, limit) in [
            ("max_message", &mut limits.max_message),
            ("max_pending_proposals", &mut limits.max_messages_per_partition),
            ("max_octets", &mut limits.max_octets_per_group),
            ("max_claims", &mut limits.max_pending_welcomes),
            ("max_participants", &mut max_participants),
        ] {
            if let Some(value) = optional_uint(given, name)? {
                *limit = usize::try_from(value).unwrap_or(usize::MAX);
            }
        }
    }
    let codes = optional(input, "joining_codes").map(|_| array(input, "joining_codes")).transpose()?;
    Ok(RoomSettings {
        room_id: text(input, "room_id")?.as_bytes().to_vec(),
        hub: ServiceProviderId(text(input, "provider")?.as_bytes().to_vec()),
        limits,
        max_participants,
        past_epochs: optional_uint(input, "past_epochs")?.unwrap_or(1),
        silent_roles: roles(input)?,
        clients: array(input, "clients")?.iter().map(client).collect::<Result<BTreeMap<_, _>>>()?,
        joining_codes: codes.unwrap_or_default().iter().map(code).collect::<Result<BTreeSet<_>>>()?,
    })
}

fn roles(input: &Value) -> Result<BTreeSet<u32>> {
    if optional(input, "silent_roles").is_none() {
        return Ok(BTreeSet::from([BANNED]));
    }
    let role = |value: &Value| value.as_u64().and_then(|role| u32::try_from(role).ok());
    let roles: Option<BTreeSet<u32>> = array(input, "silent_roles")?.iter().map(role).collect();
    roles.map_or_else(|| bad("silent_roles", "holds something that is no number of 32 bits"), Ok)
}

fn client(value: &Value) -> Result<(Vec<u8>, Owner)> {
    let signature_key = optional(value, "signature_key").map(|_| octets(value, "signature_key")).transpose()?;
    let owner = Owner { user: text(value, "user")?.as_bytes().to_vec(), signature_key };
    Ok((octets(value, "identity")?, owner))
}

fn code(value: &Value) -> Result<Vec<u8>> {
    let octets = value.as_str().and_then(|text| hex::decode(text).ok());
    octets.map_or_else(|| bad("joining_codes", "holds something that is not lower-case hex"), Ok)
}

/// The hub's keys: `signature_priv` with `cipher_suite`. What it seals is a function of them and of what is sealed.
pub(super) fn keys(input: &Value) -> Result<Labelled> {
    let suite = uint(input, "cipher_suite")?;
    let Some(known) = SUITES.into_iter().find(|known| u64::from(u16::from(*known)) == suite) else {
        return bad("cipher_suite", "is none that this build can sign with");
    };
    let private = octets(input, "signature_priv")?;
    let Some(keys) = SignatureKeys::from_private(known.signature_algorithm(), &private) else {
        return bad("signature_priv", "is no signature key of the cipher suite");
    };
    Ok(Labelled::new(keys, Seed::new(&hex::encode(&private)).stream("seals of a hub")))
}
