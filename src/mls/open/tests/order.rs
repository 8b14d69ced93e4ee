//! Commits with several proposals for leaves: the same octets in every run, or refused.

use super::super::order::MOST;
use super::*;

/// What one commits who has received these proposals, each from the member of this leaf.
fn committed(n: usize, encrypt: bool, proposals: &[(usize, Proposal)], remove: &[u32]) -> (CommitOut, Staged) {
    let mut members = group(n, 1, encrypt);
    for (from, proposal) in proposals {
        let octets = members[*from].propose(proposal).unwrap();
        for (i, member) in members.iter_mut().enumerate() {
            if i != *from {
                member.process(&octets).unwrap();
            }
        }
    }
    let plan = Plan { remove: remove.to_vec(), aad: b"aad".to_vec(), ..Plan::default() };
    let out = members[0].commit(&plan).unwrap();
    let told: Vec<_> = members.iter_mut().skip(1).map(|m| take(m.as_mut(), &out.commit)).collect();
    assert!(told.iter().all(|t| t.removed == told[0].removed));
    (out, told[0].clone())
}

#[test]
fn the_order_is_always_the_same() {
    let self_remove = (4, Proposal::SelfRemove);
    let updates = [(1, Proposal::Update), (2, Proposal::Update), (3, Proposal::Update)];
    let about_one_leaf = [(1, Proposal::Update), (2, Proposal::Remove(1)), (3, Proposal::Remove(1))];
    for encrypt in [false, true] {
        let first = committed(7, encrypt, &[], &[6, 2, 4, 5]);
        assert_eq!(first.1.removed, [2, 4, 5, 6]);
        let mixed = committed(7, encrypt, &[&updates[..], std::slice::from_ref(&self_remove)].concat(), &[6]);
        assert_eq!(mixed.1.removed, [4, 6]);
        let one = committed(7, encrypt, &about_one_leaf, &[2, 1, 2]);
        assert_eq!(one.1.removed, [1, 2]);
        // A Remove after a SelfRemove of the same leaf: the library has no order for that, and asserts in tests.
        let both = committed(7, encrypt, &[self_remove.clone(), (5, Proposal::Remove(4))], &[4, 6]);
        assert_eq!(both.1.removed, [4, 6]);
        for _ in 0..3 {
            assert_eq!(committed(7, encrypt, &[], &[2, 4, 6, 5]), first, "and in whatever order they are named");
            assert_eq!(
                committed(7, encrypt, &[&updates[..], std::slice::from_ref(&self_remove)].concat(), &[6]),
                mixed
            );
            assert_eq!(committed(7, encrypt, &about_one_leaf, &[1, 2]), one);
            assert_eq!(committed(7, encrypt, &[self_remove.clone(), (5, Proposal::Remove(4))], &[6]), both);
        }
    }
}

#[test]
fn own_updates_are_done_by_a_path() {
    let (out, told) = committed(3, false, &[(0, Proposal::Update), (1, Proposal::Update)], &[]);
    assert_eq!((told.removed, told.next), (vec![], Some(out.next)));
}

#[test]
fn more_than_can_be_ordered_are_refused() {
    let mut members = group(MOST + 3, 1, false);
    let leaves = |n: usize| (1..=n).map(|leaf| u32::try_from(leaf).unwrap()).collect::<Vec<u32>>();
    let before = members[0].position().unwrap();
    let plan = |n| Plan { remove: leaves(n), ..Plan::default() };
    assert_eq!(why(members[0].commit(&plan(MOST + 1))), reason::MLS_UNSUPPORTED);
    assert_eq!(members[0].position().unwrap(), before);
    members[0].send(b"still here", b"").unwrap();
    let out = members[0].commit(&plan(MOST)).unwrap();
    assert_eq!(take(members[MOST + 1].as_mut(), &out.commit).removed, leaves(MOST));
}
