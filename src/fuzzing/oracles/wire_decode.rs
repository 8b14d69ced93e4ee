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
    (KeyPackageRequest::NAME, structure::<KeyPackageRequest>),
    (KeyPackageResponse::NAME, structure::<KeyPackageResponse>),
    (WelcomeData::NAME, structure::<WelcomeData>),
    (CommitData::NAME, structure::<CommitData>),
    (SendRequest::NAME, structure::<SendRequest>),
    (WelcomeInitRequest::NAME, structure::<WelcomeInitRequest>),
    (ReceiveRequest::NAME, structure::<ReceiveRequest>),
    (Delivered::NAME, structure::<Delivered>),
    (Epoch::NAME, structure::<Epoch>),
    (HintedEpoch::NAME, structure::<HintedEpoch>),
    (ReceiveResponse::NAME, structure::<ReceiveResponse>),
    (ExternalJoinRequest::NAME, structure::<ExternalJoinRequest>),
    (GroupInfoRequest::NAME, structure::<GroupInfoRequest>),
    (GroupInfoResponse::NAME, structure::<GroupInfoResponse>),
    ("MLSMessage", message),
    ("RatchetTree", tree),
    ("room/KeyMaterialRequest", structure::<room::KeyMaterialRequest>),
    ("room/KeyMaterialResponse", structure::<room::KeyMaterialResponse>),
    ("room/HandshakeBundle", structure::<room::HandshakeBundle>),
    ("room/UpdateRoomResponse", structure::<room::UpdateRoomResponse>),
    ("room/SubmitMessageRequest", structure::<room::SubmitMessageRequest>),
    ("room/SubmitMessageResponse", structure::<room::SubmitMessageResponse>),
    ("room/Frank", structure::<room::Frank>),
    ("room/FrankAAD", structure::<room::FrankAAD>),
    ("room/FrankingAgentData", structure::<room::FrankingAgentData>),
    ("room/FanoutMessage", structure::<room::FanoutMessage>),
    ("room/NotifyRequest", structure::<room::NotifyRequest>),
    ("room/GroupInfoRequest", structure::<room::RoomGroupInfoRequest>),
    ("room/GroupInfoResponse", structure::<room::RoomGroupInfoResponse>),
    ("room/GroupInfoRatchetTreeTBE", structure::<room::GroupInfoRatchetTreeTBE>),
    ("room/ParticipantListData", structure::<room::ParticipantListData>),
    ("room/ParticipantListUpdate", structure::<room::ParticipantListUpdate>),
    ("room/RoomMetaData", structure::<room::RoomMetaData>),
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

fn structure<S: Structure + PartialEq + std::fmt::Debug>(octets: &[u8]) -> Verdict {
    let decoded = S::decode(octets);
    if let Ok(value) = &decoded {
        let again = value.encode();
        holds(again.as_deref() == Ok(octets), || format!("encoded otherwise: {again:?}"))?;
    }
    ends(octets, decoded.map(drop), |r| S::read(r).map(drop))
}

fn tree(octets: &[u8]) -> Verdict {
    ends(octets, check_ratchet_tree(octets), |r| check_ratchet_tree(r.rest()))
}

/// What holds of every structure, decoded or not. `read` reads one at the front.
fn ends(octets: &[u8], decoded: Result<(), WireError>, read: impl Fn(&mut Reader) -> Result<(), WireError>) -> Verdict {
    if let Err(e) = decoded {
        return holds(e.offset <= octets.len(), || format!("offset {} in {} octets", e.offset, octets.len()));
    }
    if let Some((_, short)) = octets.split_last() {
        let mut r = Reader::new(short);
        let cut = read(&mut r);
        holds(cut.is_err(), || "its front decodes as well".into())?;
    }
    Ok(())
}

/// An MLSMessage: as [`structure`], and held against OpenMLS.
fn message(octets: &[u8]) -> Verdict {
    let decoded = MlsMessage::decode(octets);
    ends(octets, decoded.as_ref().map(drop).map_err(|e| *e), |r| MlsMessage::read(r).map(drop))?;
    let theirs = framing::reread(octets);
    match (&decoded, &theirs) {
        (Ok(message), Some((end, again))) => {
            holds(message.octets() == octets, || "does not keep its octets".into())?;
            holds(*end == octets.len() && again == octets, || format!("OpenMLS ends at {end}"))
        }
        // What has extensions or a tree is held against more rules there, and an unknown cipher suite is none.
        (Ok(message), None) => {
            let plain = matches!(message.head(), Head::Private { .. } | Head::Welcome { cipher_suite: 1..=7, .. });
            holds(!plain, || "OpenMLS refuses".into())
        }
        (Err(e), Some((end, again))) => {
            let canonical = octets.get(..*end).is_some_and(|front| front == again);
            let follows = e.reason == reason::WIRE_TRAILING && e.offset == *end;
            // OpenMLS gives unknown proposals a form, and reads GroupContexts and KeyPackages of any version.
            let other = [reason::WIRE_UNKNOWN_PROPOSAL_TYPE, reason::WIRE_UNKNOWN_VERSION].contains(&e.reason);
            let excused = other || follows;
            holds(!canonical || excused, || format!("OpenMLS ends at {end}, refused here: {e}"))
        }
        (Err(_), None) => Ok(()),
    }
}
