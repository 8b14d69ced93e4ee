//! Coming in.

use super::*;
use crate::client::{Proof, Request, Standing, Way};
use crate::mls::member::Member;
use crate::protocol::{GroupInfoRequest, GroupInfoResponse, MlsMessage};
use crate::reason::{delivery, mls, recovery};
use crate::recovery::Approval;

fn outside(needs_tree: bool, settings: Settings) -> (Device, Double) {
    let member = Double::of("dave", &["alice", "bob", "dave"]);
    (Device::new(Box::new(Maker { member: member.clone(), needs_tree }), settings), member)
}

fn welcome() -> Input {
    let mut w = crate::wire::tls::Writer::new();
    w.raw(&[0, 1, 0, 3, 0, 1]).opaque(b"", "").unwrap().opaque(b"sealed", "").unwrap();
    Input::Welcome(MlsMessage::decode(&w.into_octets()).unwrap())
}

fn info(group: &Double, tree: Option<Vec<u8>>) -> Input {
    let (info, _) = group.clone().group_info().unwrap();
    Input::GroupInfo(GroupInfoResponse { group_info: MlsMessage::decode(&info).unwrap(), ratchet_tree: tree })
}

fn way(effects: &Effects) -> Option<Way> {
    effects.iter().find_map(|e| if let Effect::Entered { way, .. } = e { Some(*way) } else { None })
}

#[test]
fn a_welcome_without_a_tree_waits_for_it() {
    let (mut device, group) = outside(true, settings());
    let out = told(&mut device, welcome()).unwrap();
    assert_eq!(out, [Effect::AskGroupInfo(GroupInfoRequest { group_id: b"group".to_vec() })]);
    assert_eq!((device.awaits(), device.position()), ("tree", None));
    assert_eq!(told(&mut device, info(&group, None)).unwrap_err().reason, mls::MISSING_TREE);
    assert_eq!(device.awaits(), "tree", "still");
    let out = told(&mut device, info(&group, Some(vec![0]))).unwrap();
    assert_eq!(way(&out), Some(Way::Welcomed));
    assert_eq!(device.position().unwrap().epoch, 0);
}

#[test]
fn a_member_takes_no_welcome_unless_it_may_be_replaced() {
    let (mut device, _) = outside(false, settings());
    assert_eq!(way(&told(&mut device, welcome()).unwrap()), Some(Way::Welcomed));
    assert_eq!(told(&mut device, welcome()).unwrap_err().reason, delivery::ALREADY_MEMBER);
    let (mut device, _) = outside(false, Settings { replace: true, ..settings() });
    told(&mut device, welcome()).unwrap();
    assert_eq!(way(&told(&mut device, welcome()).unwrap()), Some(Way::Welcomed));
}

#[test]
fn an_external_joiner_is_in_the_new_epoch_at_once() {
    let (mut device, group) = outside(false, settings());
    assert_eq!(told(&mut device, info(&group, None)).unwrap_err().reason, delivery::NOT_ASKED);
    told(&mut device, Input::JoinExternally { group_id: b"group".to_vec() }).unwrap();
    assert_eq!(device.awaits(), "group info");
    let out = told(&mut device, info(&group, Some(vec![0]))).unwrap();
    assert!(matches!(out[0], Effect::ExternalJoin(_)));
    assert_eq!(way(&out), Some(Way::Joined));
    assert_eq!(device.position().unwrap().epoch, 1);
    let out = told(&mut device, Input::Send { data: b"here".to_vec() }).unwrap();
    assert_eq!(sent(&out)[0].partition_key, group.next("dave|").key(), "and speaks there");
}

#[test]
fn a_refused_external_join_leaves_things_as_they_were() {
    let refused = || Input::Refused { request: Request::ExternalJoin, reason: delivery::NOT_AN_EXTERNAL_COMMIT };
    let join = || Input::JoinExternally { group_id: b"group".to_vec() };
    let (mut device, group) = outside(false, Settings { replace: true, ..settings() });
    told(&mut device, join()).unwrap();
    told(&mut device, info(&group, Some(vec![0]))).unwrap();
    told(&mut device, refused()).unwrap();
    assert_eq!((device.awaits(), device.position()), ("group", None));
    // A member that joins anew keeps its place until the hub has agreed.
    told(&mut device, welcome()).unwrap();
    told(&mut device, join()).unwrap();
    told(&mut device, info(&group, Some(vec![0]))).unwrap();
    assert_eq!(device.position().unwrap().epoch, 1);
    told(&mut device, refused()).unwrap();
    assert_eq!(device.position().unwrap().epoch, 0);
}

#[test]
fn nothing_makes_a_device_join_by_itself() {
    let (mut device, group) = alice(settings());
    let talk = told(&mut device, Input::Send { data: b"x".to_vec() }).unwrap();
    let request = Request::Send(sent(&talk)[0].message.octets().to_vec());
    let out = told(&mut device, Input::Refused { request, reason: delivery::BRANCH_TERMINATED }).unwrap();
    let [Effect::Unsent { reason }, Effect::Knows(knowledge)] = &out[..] else { panic!("{out:?}") };
    assert_eq!(*reason, delivery::BRANCH_TERMINATED);
    assert_eq!((knowledge.standing, knowledge.proof), (Standing::Doubt, Some(Proof::Likely)));
    assert_eq!(device.position().unwrap().partition_key, group.key());
}

#[test]
fn a_copy_goes_its_own_way() {
    let (device, group) = alice(settings());
    let mut copy = device.copy();
    given(&mut copy, group.key(), 0, vec![group.theirs("bob|")]);
    assert_eq!((device.position().unwrap().epoch, copy.position().unwrap().epoch), (0, 1));
}

/// An approval of the group of the double, after this epoch.
fn approved(group_id: &[u8], after: u64) -> Input {
    Input::Approve(Some(Approval { group_id: group_id.to_vec(), after, epoch_authenticator: None }))
}

/// A device in epoch 1 of the group, whose next Welcome leads to epoch 0 and whose next external join to epoch 1.
fn stranded() -> (Device, Double) {
    let (mut device, group) = outside(false, settings());
    told(&mut device, Input::JoinExternally { group_id: b"group".to_vec() }).unwrap();
    told(&mut device, info(&group, Some(vec![0]))).unwrap();
    (device, group)
}

#[test]
fn an_approval_serves_once_and_for_what_it_names() {
    let (mut device, group) = stranded();
    let here = device.position().unwrap().clone();
    let join = || Input::JoinExternally { group_id: b"group".to_vec() };
    assert_eq!(told(&mut device, join()).unwrap_err().reason, delivery::ALREADY_MEMBER);
    told(&mut device, approved(b"another", 0)).unwrap();
    assert_eq!(told(&mut device, join()).unwrap_err().reason, recovery::NOT_THE_APPROVED_GROUP);
    assert_eq!(told(&mut device, welcome()).unwrap_err().reason, recovery::NOT_THE_APPROVED_GROUP);
    told(&mut device, approved(b"group", 0)).unwrap();
    assert_eq!(told(&mut device, welcome()).unwrap_err().reason, recovery::NOT_AFTER_THE_FORK);
    assert_eq!(device.position(), Some(&here), "and it is where it was");
    told(&mut device, join()).unwrap();
    let out = told(&mut device, info(&group, Some(vec![0]))).unwrap();
    assert!(out.iter().any(|e| matches!(e, Effect::Left { position, .. } if *position == here)));
    assert_eq!((way(&out), device.approval()), (Some(Way::Joined), None));
    assert_eq!(told(&mut device, join()).unwrap_err().reason, delivery::ALREADY_MEMBER);
}

#[test]
fn an_approval_that_the_hub_refuses_is_still_there() {
    let (mut device, group) = stranded();
    let here = device.position().unwrap().clone();
    told(&mut device, approved(b"group", 0)).unwrap();
    told(&mut device, Input::JoinExternally { group_id: b"group".to_vec() }).unwrap();
    told(&mut device, info(&group, Some(vec![0]))).unwrap();
    let refused = Input::Refused { request: Request::ExternalJoin, reason: delivery::BRANCH_TERMINATED };
    told(&mut device, refused).unwrap();
    assert_eq!(device.position(), Some(&here));
    assert!(device.approval().is_some());
    told(&mut device, Input::Approve(None)).unwrap();
    assert_eq!(told(&mut device, welcome()).unwrap_err().reason, delivery::ALREADY_MEMBER);
}

#[test]
fn what_waited_is_handed_back_to_who_wrote_it() {
    let (mut device, group) = stranded();
    told(&mut device, super::update()).unwrap();
    told(&mut device, Input::Send { data: b"never sent".to_vec() }).unwrap();
    told(&mut device, approved(b"group", 0)).unwrap();
    told(&mut device, Input::JoinExternally { group_id: b"group".to_vec() }).unwrap();
    let out = told(&mut device, info(&group, Some(vec![0]))).unwrap();
    let left = out.iter().find_map(|e| if let Effect::Left { unsent, .. } = e { Some(unsent.clone()) } else { None });
    assert_eq!(left, Some(vec![b"never sent".to_vec()]));
    assert!(sent(&out).is_empty(), "nobody sends it unasked");
    let epochs: Vec<u64> = device.trail().iter().map(|e| e.number).collect();
    assert_eq!(epochs, [1], "what it was in the other branch is no part of where it is");
}
