//! What happens to the next packet of a kind: a hub or a network that misbehaves, one octet at a time.

use super::packet::{Packet, Reply, Request};
use super::scenario::{Does, Fault};
use crate::protocol::{Delivered, MlsMessage, PartitionKey};

/// Whether the fault befalls this packet. Faults of commits wait for a response that has one.
pub(super) fn befalls(fault: &Fault, from: &str, to: &str, packet: &Packet) -> bool {
    let named = |wanted: &Option<String>, is: &str| wanted.as_deref().is_none_or(|w| w == is);
    let on_commits = matches!(fault.does, Does::FalseNextPartitionKey | Does::WithoutGroupInfo);
    fault.on == packet.what()
        && named(&fault.from, from)
        && named(&fault.to, to)
        && (!on_commits || messages(packet).iter().any(|d| d.commit.is_some()))
}

fn messages(packet: &Packet) -> &[Delivered] {
    match packet {
        Packet::Answer { answer: Ok(Reply::Received(response)), .. } | Packet::Push { response, .. } => {
            &response.epoch.messages
        }
        _ => &[],
    }
}

fn messages_mut(packet: &mut Packet) -> &mut [Delivered] {
    match packet {
        Packet::Answer { answer: Ok(Reply::Received(response)), .. } | Packet::Push { response, .. } => {
            &mut response.epoch.messages
        }
        _ => &mut [],
    }
}

/// What becomes of a packet that travels on. Whether there was anything to alter.
pub(super) fn alter(does: Does, packet: &mut Packet) -> bool {
    match does {
        Does::Hold | Does::Lose => true,
        Does::FlipBit => message(packet).is_some_and(flip),
        Does::UnknownPartitionKey => match packet {
            Packet::Request { request: Request::Send(send), .. } => {
                send.partition_key = PartitionKey(send.partition_key.0.map(|octet| !octet));
                true
            }
            _ => false,
        },
        Does::FalseNextPartitionKey => commits(packet, |commit| {
            if let Some(octet) = commit.0.0.first_mut() {
                *octet ^= 1;
            }
        }),
        Does::WithoutGroupInfo => commits(packet, |commit| commit.1 = None),
        // What it takes is at hand where packets are posted.
        Does::WrongPatch => false,
        Does::DamagedPatch => match packet {
            Packet::Request { request: Request::Patched { patch, .. }, .. } => {
                let octet = patch.nodes.first_mut().and_then(|node| node.ciphertext.first_mut());
                octet.map(|octet| *octet ^= 1).is_some()
            }
            _ => false,
        },
        Does::WithoutPatch => match packet {
            Packet::Request { request, .. } if matches!(request, Request::Patched { .. }) => {
                *request = request.plain().clone();
                true
            }
            _ => false,
        },
    }
}

type Beside = (crate::protocol::MaskedPartitionKey, Option<MlsMessage>);

fn commits(packet: &mut Packet, change: impl Fn(&mut Beside)) -> bool {
    let mut found = false;
    for beside in messages_mut(packet).iter_mut().filter_map(|d| d.commit.as_mut()) {
        change(beside);
        found = true;
    }
    found
}

/// The MLS message that a packet is about.
fn message(packet: &mut Packet) -> Option<&mut MlsMessage> {
    match packet {
        Packet::Request { request, .. } => match request {
            Request::Send(send) => Some(&mut send.message),
            Request::ExternalJoin(join) => Some(&mut join.message),
            _ => None,
        },
        Packet::Answer { answer: Ok(reply), .. } => match reply {
            Reply::Received(response) => response.epoch.messages.first_mut().map(|d| &mut d.message),
            Reply::GroupInfo(response) => Some(&mut response.group_info),
            Reply::Done | Reply::Trees(_) | Reply::TreeMarks(_) => None,
        },
        Packet::Welcome(welcome) => Some(welcome),
        Packet::Push { response, .. } => response.epoch.messages.first_mut().map(|d| &mut d.message),
        Packet::Answer { .. } | Packet::WelcomeInit(_) | Packet::WelcomeAnswer { .. } => None,
    }
}

/// Flips a bit behind what anybody can read, such that the message can still be read: in what is encrypted or signed.
pub(super) fn flip(message: &mut MlsMessage) -> bool {
    let octets = message.octets().to_vec();
    let from = octets.len().saturating_mul(3) / 4;
    for place in from..octets.len() {
        let mut changed = octets.clone();
        if let Some(octet) = changed.get_mut(place) {
            *octet ^= 1;
        }
        if let Ok(decoded) = MlsMessage::decode(&changed)
            && decoded.head() == message.head()
        {
            *message = decoded;
            return true;
        }
    }
    false
}
