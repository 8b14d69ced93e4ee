//! Messages that nobody signed, and a hub to send them to.

use crate::delivery::{Blind, CreateGroup, Effect, Effects, Hub, Input, Refused, Response, Settings};
use crate::entropy::Time;
use crate::protocol::{
    CipherSuite, CommitData, ContentType, Head, MlsMessage, PartitionKey, ReceiveRequest, ReceiveResponse, SendRequest,
    Sender, ServiceProviderId, WelcomeData,
};
use crate::reason::Reason;

pub(super) const GROUP: &[u8] = b"group";
pub(super) const HUB: &str = "hub.example";

pub(super) fn provider(name: &str) -> ServiceProviderId {
    ServiceProviderId(name.as_bytes().to_vec())
}

pub(super) fn key(n: u8) -> PartitionKey {
    PartitionKey([n; 16])
}

/// `<V>` of fewer than 2^14 octets.
fn vector(octets: &[u8]) -> Vec<u8> {
    let length = octets.len() as u16;
    let mut out = if length < 64 { vec![length as u8] } else { (length | 0x4000).to_be_bytes().to_vec() };
    out.extend_from_slice(octets);
    out
}

/// A PrivateMessage with that ciphertext.
pub(super) fn private(group: &[u8], epoch: u64, content: ContentType, ciphertext: &[u8]) -> MlsMessage {
    let kind = content as u8 + 1;
    let octets = [
        &[0, 1, 0, 2],
        &vector(group)[..],
        &epoch.to_be_bytes(),
        &[kind],
        &vector(b""),
        &vector(b"sender"),
        &vector(ciphertext),
    ];
    MlsMessage::unread(octets.concat(), Head::Private { group_id: group.to_vec(), epoch, content })
}

/// A PublicMessage with that `authenticated_data`: a Remove of leaf 0, or a commit without proposals.
pub(super) fn public(epoch: u64, sender: Sender, content: ContentType, aad: &[u8]) -> MlsMessage {
    let from = match sender {
        Sender::Member(leaf) => [&[1][..], &leaf.to_be_bytes()].concat(),
        Sender::External(index) => [&[2][..], &index.to_be_bytes()].concat(),
        Sender::NewMemberProposal => vec![3],
        Sender::NewMemberCommit => vec![4],
    };
    let body = match content {
        ContentType::Application => vector(b"plain"),
        ContentType::Proposal => vec![0, 3, 0, 0, 0, 0],
        ContentType::Commit => vec![0, 0],
    };
    let confirmation = if content == ContentType::Commit { vector(b"tag") } else { vec![] };
    let membership = if matches!(sender, Sender::Member(_)) { vector(b"tag") } else { vec![] };
    let octets = [
        &[0, 1, 0, 1],
        &vector(GROUP)[..],
        &epoch.to_be_bytes(),
        &from,
        &vector(aad),
        &[content as u8 + 1],
        &body,
        &vector(b"signature"),
        &confirmation,
        &membership,
    ];
    MlsMessage::unread(octets.concat(), Head::Public { group_id: GROUP.to_vec(), epoch, sender, content })
}

pub(super) fn group_info(group: &[u8], epoch: u64, tree: Option<&[u8]>) -> MlsMessage {
    let extension = tree.map_or(vec![], |tree| [&[0, 2], &vector(tree)[..]].concat());
    let octets = [
        &[0, 1, 0, 4, 0, 1, 0, 1],
        &vector(group)[..],
        &epoch.to_be_bytes(),
        &vector(b"tree hash"),
        &vector(b"transcript"),
        &vector(b""),
        &vector(&extension),
        &vector(b"tag"),
        &[0; 4],
        &vector(b"signature"),
    ];
    let head = Head::GroupInfo {
        cipher_suite: 1,
        group_id: group.to_vec(),
        epoch,
        tree_hash: b"tree hash".to_vec(),
        group_context: vec![],
        ratchet_tree: tree.map(<[u8]>::to_vec),
    };
    MlsMessage::unread(octets.concat(), head)
}

pub(super) fn welcome(refs: &[&str]) -> MlsMessage {
    let secret = |name: &&str| [vector(name.as_bytes()), vector(b"kem"), vector(b"sealed")].concat();
    let secrets: Vec<u8> = refs.iter().flat_map(secret).collect();
    let octets = [&[0, 1, 0, 3, 0, 1], &vector(&secrets)[..], &vector(b"group info")].concat();
    let recipients = refs.iter().map(|name| name.as_bytes().to_vec()).collect();
    MlsMessage::unread(octets, Head::Welcome { cipher_suite: 1, recipients })
}

pub(super) fn application(partition: u8, text: &str) -> SendRequest {
    let message = private(GROUP, 0, ContentType::Application, text.as_bytes());
    SendRequest { message, partition_key: key(partition), commit_data: None }
}

/// A commit of epoch `epoch`, with a GroupInfo that has a tree.
pub(super) fn commit(epoch: u64, from: u8, to: u8) -> SendRequest {
    let message = private(GROUP, epoch, ContentType::Commit, &[from, to]);
    let group_info = Some(group_info(GROUP, epoch + 1, Some(&[to])));
    let data = CommitData { next_partition_key: key(to), group_info, welcome_data: None };
    SendRequest { message, partition_key: key(from), commit_data: Some(data) }
}

pub(super) fn without_group_info(mut request: SendRequest) -> SendRequest {
    request.commit_data.as_mut().unwrap().group_info = None;
    request
}

pub(super) fn with_welcome(mut request: SendRequest, to: &[(&str, &str)]) -> SendRequest {
    let refs: Vec<_> = to.iter().map(|(key_package_ref, _)| *key_package_ref).collect();
    let service_providers = to.iter().map(|(_, name)| provider(name)).collect();
    let data = WelcomeData { welcome: welcome(&refs), service_providers };
    request.commit_data.as_mut().unwrap().welcome_data = Some(data);
    request
}

pub(super) fn settings() -> Settings {
    Settings::new(provider(HUB))
}

pub(super) fn creation() -> CreateGroup {
    CreateGroup {
        group_id: GROUP.to_vec(),
        suite: CipherSuite::X25519,
        partition_key: key(0),
        group_info: Some(group_info(GROUP, 0, Some(b"tree"))),
        ratchet_tree: None,
        room: None,
    }
}

/// A hub with a group in partition 0.
pub(super) fn hub(settings: Settings) -> Blind {
    let mut hub = Blind::new(settings);
    step(&mut hub, HUB, Input::CreateGroup(creation())).unwrap();
    hub
}

pub(super) fn step(hub: &mut Blind, from: &str, input: Input) -> Result<Effects, Refused> {
    let mut out = vec![];
    hub.step(Time::default(), &provider(from), input, &mut out).map(|()| out)
}

/// What a refusal changes: nothing. Its reason.
pub(super) fn refused(hub: &mut Blind, from: &str, input: Input) -> Reason {
    let (before, mut out) = (hub.clone(), vec![]);
    let refused = hub.step(Time::default(), &provider(from), input, &mut out).unwrap_err();
    assert!(*hub == before && out.is_empty(), "a refusal changed something");
    refused.reason
}

pub(super) fn send(hub: &mut Blind, request: SendRequest) -> Effects {
    step(hub, "a.example", Input::Send(request)).unwrap()
}

pub(super) fn receive(hub: &mut Blind, partition: u8, counter: u32) -> ReceiveResponse {
    let request = ReceiveRequest { partition_key: key(partition), counter };
    let out = step(hub, "a.example", Input::Receive { group_id: GROUP.to_vec(), request }).unwrap();
    match &out[0] {
        Effect::Respond(Response::Received(response)) => response.clone(),
        other => panic!("{other:?}"),
    }
}

/// A leaf of this identity, of a KeyPackage that is valid for ever.
fn leaf(name: &str) -> Vec<u8> {
    let credential = [vec![0, 1], vector(name.as_bytes())].concat();
    let capabilities = [vector(&[0, 1]), vector(&[0, 1]), vector(b""), vector(b""), vector(&[0, 1])].concat();
    let source = [vec![1], vec![0; 8], vec![0xff; 8]].concat();
    [
        vector(b"encryption"),
        vector(b"signature key"),
        credential,
        capabilities,
        source,
        vector(b""),
        vector(b"signature"),
    ]
    .concat()
}

/// A KeyPackage without MLSMessage around it.
pub(super) fn key_package(suite: u8, name: &str) -> Vec<u8> {
    [vec![0, 1, 0, suite], vector(b"init"), leaf(name), vector(b""), vector(b"signature")].concat()
}

/// A ratchet tree of one leaf.
pub(super) fn tree(name: &str) -> Vec<u8> {
    vector(&[vec![1, 1], leaf(name)].concat())
}
