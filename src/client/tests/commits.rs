//! Own commits and messages.

use super::*;
use crate::client::{Invitation, Publish, Request};
use crate::policy::Known;
use crate::protocol::ServiceProviderId;
use crate::reason::{delivery, mls, policy};

fn commit_of(device: &mut Device, wish: Wish) -> crate::protocol::SendRequest {
    let out = told(device, Input::Commit(wish)).unwrap();
    sent(&out)[0].clone()
}

fn updating() -> Wish {
    Wish { update: true, ..Wish::default() }
}

#[test]
fn an_own_commit_moves_when_it_comes_back_first() {
    let (mut device, group) = alice(settings());
    let request = commit_of(&mut device, updating());
    assert_eq!(request.partition_key, group.key());
    assert_eq!(request.commit_data.as_ref().unwrap().next_partition_key, group.next("alice|").key());
    assert_eq!((device.position().unwrap().epoch, device.awaits()), (0, "own commit"));
    let out = given(&mut device, group.key(), 0, vec![group.says("bob", "before"), returned(&request)]);
    assert_eq!(heard(&out), ["bob: before"]);
    assert!(ignored(&out).is_empty());
    assert_eq!((device.position().unwrap().epoch, device.awaits()), (1, "messages"));
}

#[test]
fn somebody_elses_commit_first_drops_the_own_one_and_says_what_is_left() {
    let (mut device, group) = alice(settings());
    let wish = Wish { remove: vec![1, 2], ..Wish::default() };
    let request = commit_of(&mut device, wish);
    let out = given(&mut device, group.key(), 0, vec![group.theirs("bob|-2"), returned(&request)]);
    let left = Wish { remove: vec![1], ..Wish::default() };
    assert!(out.contains(&Effect::Lost(left)), "leaf 2 is gone already: {out:?}");
    assert_eq!(ignored(&out), [(1, delivery::OLD_PARTITION)]);
    assert_eq!(device.position().unwrap().partition_key, group.next("bob|-2").key());
    assert!(told(&mut device, update()).is_ok(), "and it can commit again");
}

#[test]
fn whoever_was_taken_in_again_meanwhile_is_left_in_peace() {
    let (mut device, group) = alice(settings());
    commit_of(&mut device, Wish { remove: vec![2], ..Wish::default() });
    let before = device.members();
    let out = given(&mut device, group.key(), 0, vec![group.theirs("bob|-2,+carol")]);
    assert_eq!(device.members(), before, "carol has leaf 2 again");
    assert!(out.contains(&Effect::Lost(Wish::default())), "nothing is left to do: {out:?}");
}

#[test]
fn an_ignored_commit_does_not_disturb_the_own_one() {
    let (mut device, group) = alice(settings());
    let request = commit_of(&mut device, updating());
    let out = given(&mut device, group.key(), 0, vec![group.theirs("bob|bad"), returned(&request)]);
    assert_eq!(ignored(&out), [(0, mls::BAD_CONFIRMATION_TAG)]);
    assert_eq!(device.position().unwrap().epoch, 1);
}

#[test]
fn an_own_commit_in_a_false_envelope_is_lost() {
    let (mut device, group) = alice(settings());
    let request = commit_of(&mut device, updating());
    let mut altered = returned(&request);
    altered.commit.as_mut().unwrap().0.0[0] ^= 1;
    let out = given(&mut device, group.key(), 0, vec![altered]);
    assert_eq!(ignored(&out), [(0, delivery::ENVELOPE_MISMATCH)]);
    assert!(out.contains(&Effect::Lost(updating())));
    assert_eq!((device.position().unwrap().epoch, device.awaits()), (0, "messages"));
}

#[test]
fn a_refused_commit_is_retried_with_a_tree_once() {
    let (mut device, _) = alice(settings());
    let request = commit_of(&mut device, updating());
    let refusal = |reason| Input::Refused { request: Request::Send(request.message.octets().to_vec()), reason };
    let out = told(&mut device, refusal(delivery::TREE_NEEDED)).unwrap();
    let again = sent(&out);
    assert_eq!((again.len(), again[0].message.octets()), (1, request.message.octets()), "the same commit");
    let out = told(&mut device, refusal(delivery::TREE_NEEDED)).unwrap();
    assert!(sent(&out).is_empty(), "not for ever");
    assert_eq!(out, [Effect::Unsent { reason: delivery::TREE_NEEDED }, Effect::Lost(updating())]);
    assert_eq!(device.awaits(), "messages");
}

#[test]
fn what_is_published_is_a_setting() {
    for (publish, there) in [(Publish::Nothing, false), (Publish::WithoutTree, true), (Publish::WithTree, true)] {
        let (mut device, _) = alice(Settings { publish, ..settings() });
        let request = commit_of(&mut device, updating());
        assert_eq!(request.commit_data.unwrap().group_info.is_some(), there);
    }
}

#[test]
fn messages_wait_for_an_own_commit() {
    let (mut device, group) = alice(settings());
    let request = commit_of(&mut device, updating());
    assert!(told(&mut device, Input::Send { data: b"wait".to_vec() }).unwrap().is_empty());
    let out = given(&mut device, group.key(), 0, vec![returned(&request)]);
    let requests = sent(&out);
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].partition_key, group.next("alice|").key());
}

#[test]
fn own_messages_that_come_back_are_no_news() {
    let (mut device, group) = alice(settings());
    let out = told(&mut device, Input::Send { data: b"mine".to_vec() }).unwrap();
    let back = returned(sent(&out)[0]);
    let out = given(&mut device, group.key(), 0, vec![back, group.says("bob", "yours")]);
    assert_eq!(heard(&out), ["bob: yours"]);
    assert!(ignored(&out).is_empty());
}

#[test]
fn what_a_client_would_ignore_it_does_not_send() {
    let policy = Some(Known::forbidding(&[b"eve".to_vec()].into(), &[b"alice".to_vec()].into()));
    let (mut device, _) = alice(Settings { policy, ..settings() });
    let eve = Invitation { key_package: [&[0, 1, 0, 5], &b"eve"[..]].concat(), provider: ServiceProviderId(vec![]) };
    let wish = Wish { add: vec![eve], ..Wish::default() };
    assert_eq!(told(&mut device, Input::Commit(wish)).unwrap_err().reason, policy::CLIENT_OF_THE_BANNED);
    assert_eq!(device.awaits(), "messages", "nothing is pending");
    let talk = Input::Send { data: b"x".to_vec() };
    assert_eq!(told(&mut device, talk).unwrap_err().reason, policy::MAY_NOT_SEND);
    assert!(told(&mut device, update()).is_ok());
}

#[test]
fn who_leaves_asks_again_when_a_commit_passes_it_by() {
    let (mut device, zero) = alice(settings());
    let out = told(&mut device, Input::Leave).unwrap();
    let first = sent(&out)[0].clone();
    assert_eq!(device.awaits(), "removal");
    assert_eq!(told(&mut device, Input::Leave).unwrap_err().reason, delivery::LEAVING);
    assert_eq!(told(&mut device, update()).unwrap_err().reason, delivery::LEAVING);
    let out = given(&mut device, zero.key(), 0, vec![zero.theirs("bob|"), returned(&first)]);
    let one = zero.next("bob|");
    let again = sent(&out);
    assert_eq!((again.len(), again[0].partition_key), (1, one.key()));
    assert!(ignored(&out).is_empty());
    let out = given(&mut device, one.key(), 0, vec![returned(again[0]), one.theirs("carol|-0")]);
    assert_eq!(out, [Effect::Out { committer: Some(2) }]);
}
