use crate::fuzzing::generators::Wire;
use crate::fuzzing::{Verdict, holds};
use crate::mls::framing;
use crate::protocol::{
    CommitData, Delivered, Epoch, ExternalJoinRequest, GroupInfoRequest, GroupInfoResponse, Head, HintedEpoch,
    KeyPackageRequest, KeyPackageResponse, MlsMessage, ReceiveRequest, ReceiveResponse, SendRequest, Structure,
    WelcomeData, WelcomeInitRequest, check_ratchet_tree, room,
};
use crate::reason::wire as reason;
use crate::wire::tls::{Reader, WireError};

type Check = fn(&[u8]) -> Verdict;

/// What octets can be read as, by name: the structures of the delivery draft in its order, then an
/// MLSMessage and a ratchet tree, then those of rooms.
pub const WIRE_STRUCTURES: &[(&str, Check)] = &[
    (KeyPackageRequest::NAME, wire_structure::<KeyPackageRequest>),
    (KeyPackageResponse::NAME, wire_structure::<KeyPackageResponse>),
    (WelcomeData::NAME, wire_structure::<WelcomeData>),
    (CommitData::NAME, wire_structure::<CommitData>),
    (SendRequest::NAME, wire_structure::<SendRequest>),
    (WelcomeInitRequest::NAME, wire_structure::<WelcomeInitRequest>),
    (ReceiveRequest::NAME, wire_structure::<ReceiveRequest>),
    (Delivered::NAME, wire_structure::<Delivered>),
    (Epoch::NAME, wire_structure::<Epoch>),
    (HintedEpoch::NAME, wire_structure::<HintedEpoch>),
    (ReceiveResponse::NAME, wire_structure::<ReceiveResponse>),
    (ExternalJoinRequest::NAME, wire_structure::<ExternalJoinRequest>),
    (GroupInfoRequest::NAME, wire_structure::<GroupInfoRequest>),
    (GroupInfoResponse::NAME, wire_structure::<GroupInfoResponse>),
    ("MLSMessage", |octets| wire_message(octets, MlsMessage::read)),
    ("RatchetTree", tree),
    ("room/KeyMaterialRequest", wire_structure::<room::KeyMaterialRequest>),
    ("room/KeyMaterialResponse", wire_structure::<room::KeyMaterialResponse>),
    ("room/HandshakeBundle", wire_structure::<room::HandshakeBundle>),
    ("room/UpdateRoomResponse", wire_structure::<room::UpdateRoomResponse>),
    ("room/SubmitMessageRequest", wire_structure::<room::SubmitMessageRequest>),
    ("room/SubmitMessageResponse", wire_structure::<room::SubmitMessageResponse>),
    ("room/Frank", wire_structure::<room::Frank>),
    ("room/FrankAAD", wire_structure::<room::FrankAAD>),
    ("room/FrankingAgentData", wire_structure::<room::FrankingAgentData>),
    ("room/FanoutMessage", wire_structure::<room::FanoutMessage>),
    ("room/NotifyRequest", last::<room::NotifyRequest>),
    ("room/GroupInfoRequest", wire_structure::<room::RoomGroupInfoRequest>),
    ("room/GroupInfoResponse", wire_structure::<room::RoomGroupInfoResponse>),
    ("room/GroupInfoRatchetTreeTBE", wire_structure::<room::GroupInfoRatchetTreeTBE>),
    ("room/ParticipantListData", wire_structure::<room::ParticipantListData>),
    ("room/ParticipantListUpdate", wire_structure::<room::ParticipantListUpdate>),
    ("room/RoomMetaData", wire_structure::<room::RoomMetaData>),
];

/// Any octets as any structure: what decodes encodes to the same octets, ends where it ends whatever follows, and does
/// not decode without its last octet; a refusal names an offset within the input. A message ends where OpenMLS says.
///
/// # Errors
/// The property that does not hold.
pub fn wire_decode(wire: &Wire<'_>) -> Verdict {
    let which = usize::from(wire.structure) % WIRE_STRUCTURES.len();
    let Some((name, check)) = WIRE_STRUCTURES.get(which) else { return Ok(()) };
    check(wire.octets).map_err(|what| format!("{name}: {what}"))
}

/// What holds of octets that may be one structure and no more.
///
/// # Errors
/// The property that does not hold.
pub fn wire_structure<S: Structure + PartialEq + std::fmt::Debug>(octets: &[u8]) -> Verdict {
    let Some(value) = canonical::<S>(octets)? else { return Ok(()) };
    ends(octets, &value, S::read)?;
    whole(octets, S::read)
}

/// The same of a structure that ends where the input does.
fn last<S: Structure>(octets: &[u8]) -> Verdict {
    if canonical::<S>(octets)?.is_some() { whole(octets, S::read) } else { Ok(()) }
}

/// The structure, if these octets are one and the only ones that it has.
fn canonical<S: Structure>(octets: &[u8]) -> Result<Option<S>, String> {
    match S::decode(octets) {
        Err(e) => within(octets, &e).map(|()| None),
        Ok(value) => {
            let again = value.encode();
            holds(again.as_deref() == Ok(octets), || format!("encoded otherwise: {again:?}"))?;
            Ok(Some(value))
        }
    }
}

fn within(octets: &[u8], e: &WireError) -> Verdict {
    holds(e.offset <= octets.len(), || format!("offset {} in {} octets", e.offset, octets.len()))
}

/// It reads the same with octets behind it, and leaves them. Which those are follows from the input.
fn ends<T, R>(octets: &[u8], value: &T, read: R) -> Verdict
where
    T: PartialEq,
    R: Fn(&mut Reader) -> Result<T, WireError>,
{
    let tail = octets.iter().fold(0_u8, |sum, octet| sum.wrapping_add(*octet));
    let longer = [octets, &[tail, tail]].concat();
    let mut r = Reader::new(&longer);
    let again = read(&mut r);
    holds(again.as_ref() == Ok(value), || format!("reads otherwise before {tail:02x}"))?;
    holds(r.offset() == octets.len(), || format!("ends at {} of {} before {tail:02x}", r.offset(), octets.len()))
}

/// It does not read without its last octet.
fn whole<T>(octets: &[u8], read: impl Fn(&mut Reader) -> Result<T, WireError>) -> Verdict {
    let Some((_, short)) = octets.split_last() else { return Ok(()) };
    holds(read(&mut Reader::new(short)).is_err(), || "its front decodes as well".into())
}

/// Octets of a ratchet tree: nothing may follow, and nothing be missing.
fn tree(octets: &[u8]) -> Verdict {
    let decoded = check_ratchet_tree(octets);
    if let Err(e) = decoded {
        return within(octets, &e);
    }
    let longer = [octets, &[0]].concat();
    let behind = check_ratchet_tree(&longer).map_err(|e| (e.reason, e.offset));
    holds(behind == Err((reason::WIRE_TRAILING, octets.len())), || format!("with an octet behind it: {behind:?}"))?;
    whole(octets, |r| check_ratchet_tree(r.rest()))
}

/// An MLSMessage, read by this at the front of octets: as [`wire_structure`], and held against OpenMLS.
///
/// # Errors
/// The property that does not hold.
pub fn wire_message(octets: &[u8], read: impl Fn(&mut Reader) -> Result<MlsMessage, WireError>) -> Verdict {
    let mut r = Reader::new(octets);
    let decoded = read(&mut r).and_then(|message| r.finish("MLSMessage").map(|()| message));
    match &decoded {
        Err(e) => within(octets, e)?,
        Ok(message) => {
            holds(message.octets() == octets, || "does not keep its octets".into())?;
            ends(octets, message, &read)?;
            whole(octets, &read)?;
        }
    }
    match (&decoded, framing::reread(octets)) {
        (Ok(_), Some((end, again))) => {
            holds(end == octets.len() && again == octets, || format!("OpenMLS ends at {end}"))
        }
        // What has extensions or a tree is held against more rules there, and an unknown cipher suite is none.
        (Ok(message), None) => {
            let plain = matches!(message.head(), Head::Private { .. } | Head::Welcome { cipher_suite: 1..=7, .. });
            holds(!plain, || "OpenMLS refuses".into())
        }
        (Err(e), Some((end, again))) => {
            let canonical = octets.get(..end).is_some_and(|front| front == again);
            let follows = e.reason == reason::WIRE_TRAILING && e.offset == end;
            // OpenMLS gives unknown proposals a form, and reads GroupContexts and KeyPackages of any version.
            let other = [reason::WIRE_UNKNOWN_PROPOSAL_TYPE, reason::WIRE_UNKNOWN_VERSION].contains(&e.reason);
            // It keeps the certificates of a Credential as the octets that they are (RFC 9420 section 5.3).
            let excused = other || follows || e.field == "cert_data";
            holds(!canonical || excused, || format!("OpenMLS ends at {end}, refused here: {e}"))
        }
        (Err(_), None) => Ok(()),
    }
}
