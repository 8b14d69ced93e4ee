//! The structures of sections 4.2 to 4.5 as octets, for the record.

use crate::protocol::{
    CommitData, Delivered, Epoch, ExternalJoinRequest, GroupInfoResponse, MlsMessage, ReceiveRequest, ReceiveResponse,
    SendRequest, WelcomeInitRequest,
};

/// `<V>` (RFC 9420 section 2.1.2). Nothing here is as long as 2^30 octets.
pub(super) fn vector(octets: &[u8]) -> Vec<u8> {
    let length = u32::try_from(octets.len()).unwrap_or(u32::MAX);
    let [a, b, c, d] = length.to_be_bytes();
    let mut out = match length {
        0..0x40 => vec![d],
        0x40..0x4000 => vec![c | 0x40, d],
        _ => vec![a | 0x80, b, c, d],
    };
    out.extend_from_slice(octets);
    out
}

fn optional<T>(value: Option<&T>, write: impl Fn(&T) -> Vec<u8>) -> Vec<u8> {
    value.map_or(vec![0], |value| [vec![1], write(value)].concat())
}

fn message(message: &MlsMessage) -> Vec<u8> {
    message.octets().to_vec()
}

fn commit_data(data: &CommitData) -> Vec<u8> {
    let info = optional(data.group_info.as_ref(), message);
    let welcome = optional(data.welcome_data.as_ref(), |w| {
        let providers: Vec<u8> = w.service_providers.iter().flat_map(|p| vector(&p.0)).collect();
        [message(&w.welcome), vector(&providers)].concat()
    });
    [data.next_partition_key.0.to_vec(), info, welcome].concat()
}

pub(super) fn send(request: &SendRequest) -> Vec<u8> {
    let data = request.commit_data.as_ref().map(commit_data).unwrap_or_default();
    [message(&request.message), request.partition_key.0.to_vec(), data].concat()
}

pub(super) fn external_join(request: &ExternalJoinRequest) -> Vec<u8> {
    [message(&request.message), commit_data(&request.commit_data)].concat()
}

pub(super) fn receive(request: &ReceiveRequest) -> Vec<u8> {
    [request.partition_key.0.to_vec(), request.counter.to_be_bytes().to_vec()].concat()
}

fn delivered(delivered: &Delivered) -> Vec<u8> {
    let commit = delivered.commit.as_ref();
    let commit = commit.map(|(masked, info)| [vector(&masked.0), optional(info.as_ref(), message)].concat());
    [message(&delivered.message), commit.unwrap_or_default()].concat()
}

fn epoch(epoch: &Epoch) -> Vec<u8> {
    vector(&epoch.messages.iter().flat_map(delivered).collect::<Vec<u8>>())
}

pub(super) fn received(response: &ReceiveResponse) -> Vec<u8> {
    let hint = |h: &crate::protocol::HintedEpoch| [vector(&h.masked_partition_key.0), epoch(&h.epoch)].concat();
    let hints: Vec<u8> = response.hints.iter().flat_map(hint).collect();
    [epoch(&response.epoch), vector(&hints)].concat()
}

pub(super) fn welcome_init(request: &WelcomeInitRequest) -> Vec<u8> {
    vector(&request.key_package_refs.iter().flat_map(|r| vector(r)).collect::<Vec<u8>>())
}

pub(super) fn group_info(response: &GroupInfoResponse) -> Vec<u8> {
    [message(&response.group_info), optional(response.ratchet_tree.as_ref(), Vec::clone)].concat()
}
