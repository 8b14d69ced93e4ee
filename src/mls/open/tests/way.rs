//! Ways into a group, and what is seen on them.

use super::*;

#[test]
fn a_welcome_says_whose_tree_is_needed_and_is_not_used_up_by_it() {
    for encrypt in [false, true] {
        let mut alice = device("alice", 1, encrypt).create(b"group").unwrap();
        let mut bob = device("bob", 1, encrypt);
        let add = Plan { add: vec![bob.key_package().unwrap()], ..Plan::default() };
        let out = alice.commit(&add).unwrap();
        let welcome = out.welcome.unwrap();
        assert_eq!(why(device("eve", 1, false).welcome_group(&welcome)), reason::NO_KEY_PACKAGE);
        assert_eq!(bob.welcome_group(&welcome).unwrap(), b"group");
        assert_eq!(bob.welcome_group(&welcome).unwrap(), b"group");
        assert_eq!(bob.join(&welcome, Some(&out.ratchet_tree)).unwrap().position().unwrap(), out.next);
    }
}

#[test]
fn a_group_info_with_its_tree_is_enough() {
    let mut members = group(3, 1, true);
    let info = members[1].group_info_with_tree().unwrap();
    let (mut dave, out) = device("dave", 1, true).external_join(&info, None).unwrap();
    for member in &mut members {
        assert_eq!(take(member.as_mut(), &out.commit).next, Some(out.next.clone()));
    }
    // What the GroupInfo had does not make those of the joiner have it too.
    assert_eq!(why(device("eve", 1, false).external_join(&dave.group_info().unwrap().0, None)), reason::MISSING_TREE);
    assert_eq!(why(device("eve", 1, false).external_join(&out.group_info, None)), reason::MISSING_TREE);
    // An external commit is a PublicMessage; what follows is as the settings say.
    assert_eq!(out.commit[3], 1);
    assert_eq!(dave.commit(&Plan { update: true, ..Plan::default() }).unwrap().commit[3], 2);
}

#[test]
fn generations_come_late_and_far_ahead() {
    let mut members = group(2, 1, false);
    let sent: Vec<_> = (0..1100).map(|n: u32| members[0].send(&n.to_be_bytes(), b"").unwrap()).collect();
    let mut bob = members[1].copy();
    bob.process(&sent[999]).unwrap();
    bob.process(&sent[999 - 63]).unwrap();
    assert_eq!(why(bob.process(&sent[0])), reason::SECRET_REUSED, "too late");
    assert_eq!(why(members[1].process(&sent[1099])), reason::UNDECRYPTABLE, "too far ahead");
    members[1].process(&sent[3]).unwrap();
    members[1].process(&sent[0]).unwrap();
}

#[test]
fn a_key_package_of_another_suite_is_not_added() {
    let mut alice = device("alice", 1, false).create(b"group").unwrap();
    let package = device("bob", 2, false).key_package().unwrap();
    let add = Plan { add: vec![package.clone()], ..Plan::default() };
    assert_eq!(why(alice.commit(&add)), reason::BAD_PROPOSALS);
    assert_eq!(why(alice.propose(&Proposal::Add(package))), reason::BAD_PROPOSALS);
}
