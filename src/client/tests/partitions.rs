//! A partition in its order.

use super::*;
use crate::client::Envelope;
use crate::policy::Known;
use crate::protocol::ReceiveRequest;
use crate::reason::{delivery, mls, policy};

#[test]
fn the_first_good_commit_moves_and_what_is_before_it_is_processed() {
    let (mut device, group) = alice(settings());
    let good = group.theirs("bob|");
    let messages = vec![
        group.says("bob", "one"),
        group.theirs("carol|bad"),
        group.says("dave", "who am I"),
        group.says("carol", "two"),
        good,
        group.theirs("carol|"),
        group.says("carol", "three"),
    ];
    let out = given(&mut device, group.key(), 0, messages);
    assert_eq!(heard(&out), ["bob: one", "carol: two"]);
    let late = [(5, delivery::OLD_PARTITION), (6, mls::WRONG_EPOCH)];
    assert_eq!(ignored(&out), [&[(1, mls::BAD_CONFIRMATION_TAG), (2, mls::UNKNOWN_SENDER)][..], &late].concat());
    assert_eq!(device.position().unwrap().epoch, 1);
    assert_eq!(device.ignored().count(), 4, "what is ignored is remembered");
    let next = group.next("bob|").key();
    let ask = Effect::Ask(ReceiveRequest { partition_key: next, counter: 0 });
    assert_eq!(out.last(), Some(&ask), "it goes on in the next partition from the start");
}

#[test]
fn a_count_says_what_is_new() {
    let (mut device, group) = alice(settings());
    let talk: Vec<_> = ["a", "b", "c"].map(|t| group.says("bob", t)).into();
    assert_eq!(heard(&given(&mut device, group.key(), 0, talk[..2].to_vec())), ["bob: a", "bob: b"]);
    assert_eq!(heard(&given(&mut device, group.key(), 0, talk.clone())), ["bob: c"]);
    assert!(heard(&given(&mut device, group.key(), 1, talk[1..].to_vec())).is_empty());
    let gap = given(&mut device, group.key(), 5, talk.clone());
    assert_eq!(gap, [Effect::Ask(ReceiveRequest { partition_key: group.key(), counter: 3 })]);
}

#[test]
fn nobody_gives_messages_that_were_not_asked_for() {
    let (mut device, group) = alice(settings());
    let key = PartitionKey([9; 16]);
    let input = Input::Delivered { partition_key: key, first: 0, messages: vec![group.says("bob", "x")] };
    assert_eq!(told(&mut device, input).unwrap_err().reason, delivery::NOT_ASKED);
}

#[test]
fn catches_up_through_partitions_that_hints_hold() {
    let (mut device, zero) = alice(settings());
    let one = zero.next("bob|");
    let two = one.next("carol|");
    let hint = |group: &Double, messages| Input::Hinted { partition: group.masked(), messages };
    assert!(told(&mut device, hint(&two, vec![two.says("bob", "late")])).unwrap().is_empty());
    assert!(told(&mut device, hint(&one, vec![one.says("bob", "mid"), one.theirs("carol|")])).unwrap().is_empty());
    let out = given(&mut device, zero.key(), 0, vec![zero.theirs("bob|")]);
    assert_eq!(heard(&out), ["bob: mid", "bob: late"]);
    assert_eq!(device.position().unwrap().partition_key, two.key());
    assert_eq!(out.last(), Some(&Effect::Ask(ReceiveRequest { partition_key: two.key(), counter: 1 })));
}

#[test]
fn a_message_of_an_old_partition_moves_nobody() {
    let (mut device, zero) = alice(settings());
    given(&mut device, zero.key(), 0, vec![zero.theirs("bob|")]);
    let before = device.position().cloned();
    let out = given(&mut device, zero.key(), 1, vec![zero.theirs("carol|"), zero.says("bob", "late")]);
    assert_eq!(ignored(&out), [(1, delivery::OLD_PARTITION), (2, mls::WRONG_EPOCH)]);
    assert_eq!(device.position().cloned(), before);
}

#[test]
fn policy_is_judged_like_cryptography() {
    let policy = Some(Known::forbidding(&[b"eve".to_vec()].into(), &[b"carol".to_vec()].into()));
    let (mut device, group) = alice(Settings { policy, ..settings() });
    let messages = vec![group.theirs("bob|+eve"), group.says("carol", "hush"), group.theirs("carol|+dave")];
    let out = given(&mut device, group.key(), 0, messages);
    assert_eq!(ignored(&out), [(0, policy::CLIENT_OF_THE_BANNED), (1, policy::MAY_NOT_SEND)]);
    assert!(heard(&out).is_empty());
    assert_eq!(device.members().last().unwrap().identity, b"dave");
}

#[test]
fn a_late_message_is_judged_in_the_epoch_that_it_was_sent_in() {
    let policy = Some(Known::forbidding(&[].into(), &[].into()));
    let double = Double { mutes_carol_from: Some(1), ..Double::of("alice", &["alice", "bob", "carol"]) };
    let (mut device, zero) = made(Settings { policy, ..settings() }, double);
    given(&mut device, zero.key(), 0, vec![zero.theirs("bob|")]);
    let one = zero.next("bob|");
    let out = given(&mut device, one.key(), 0, vec![one.says("carol", "muted"), one.says("bob", "free")]);
    assert_eq!((heard(&out), ignored(&out)), (vec!["bob: free".to_owned()], vec![(0, policy::MAY_NOT_SEND)]));
    let out = given(&mut device, zero.key(), 1, vec![zero.says("carol", "before")]);
    assert_eq!((heard(&out), ignored(&out)), (vec!["carol: before".to_owned()], vec![]));
}

#[test]
fn a_false_envelope_is_ignored_or_followed_as_set() {
    for (rule, epoch) in [(Envelope::Ignore, 0), (Envelope::Follow, 1)] {
        let (_, group) = alice(settings());
        let mut key = group.theirs("bob|");
        key.commit.as_mut().unwrap().0.0[0] ^= 1;
        let mut info = group.theirs("bob|");
        info.commit.as_mut().unwrap().1 = group.theirs("carol|").commit.unwrap().1;
        let mut none = group.theirs("bob|");
        none.commit = None;
        for altered in [key, info, none] {
            let (mut device, group) = alice(Settings { envelope: rule, ..settings() });
            let out = given(&mut device, group.key(), 0, vec![altered]);
            assert_eq!(device.position().unwrap().epoch, epoch, "{rule:?}");
            let suspect = out.iter().any(|e| matches!(e, Effect::Suspect { .. }));
            assert_eq!(suspect, rule == Envelope::Follow);
            assert_eq!(ignored(&out).len(), usize::from(rule == Envelope::Ignore));
        }
        let mut without = group.theirs("bob|");
        without.commit.as_mut().unwrap().1 = None;
        let (mut device, group) = alice(Settings { envelope: rule, ..settings() });
        given(&mut device, group.key(), 0, vec![without]);
        assert_eq!(device.position().unwrap().epoch, 1, "a GroupInfo is optional");
    }
}

#[test]
fn whoever_is_removed_is_out() {
    let (mut device, group) = alice(settings());
    let out = given(&mut device, group.key(), 0, vec![group.theirs("bob|-0"), group.says("bob", "gone")]);
    assert_eq!(out, [Effect::Out { committer: Some(1) }]);
    assert!(device.position().is_none());
    assert_eq!(device.awaits(), "nothing");
    assert_eq!(told(&mut device, Input::Look).unwrap_err().reason, mls::NOT_A_MEMBER);
}
