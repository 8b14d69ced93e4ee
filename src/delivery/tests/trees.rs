//! A hub with encrypted trees: each commit with its patch or not at all, and how long a tree is served.

use super::forge::*;
use crate::delivery::{Blind, CreateGroup, Effect, Effects, Hub, Input, Refused, Response, TreeSettings, WithTrees};
use crate::entropy::Time;
use crate::protocol::{CipherSuite, CommitData, ContentType, ExternalJoinRequest, ReceiveRequest, SendRequest, Sender};
use crate::reason::{Reason, delivery as reason, tree};
use crate::tree::{EncryptedTree, EncryptedTreePatch, RATCHET_TREE, Setup, TreeRepair, TreeRequest, Wrapping};

fn setup() -> Setup {
    Setup::new(RATCHET_TREE, CipherSuite::X25519, GROUP).unwrap()
}

/// The tree of an epoch whose secret and leaf are of this octet.
fn first(n: u8) -> (Wrapping, EncryptedTreePatch) {
    Wrapping::first(&setup(), 0, &[n; 32], &[&[1, n]]).unwrap()
}

fn next(tree: &Wrapping, n: u8) -> (Wrapping, EncryptedTreePatch) {
    tree.next(&[n; 32], &[&[1, n]]).unwrap()
}

fn patched(request: Input, patch: &EncryptedTreePatch) -> Input {
    Input::Patched { request: Box::new(request), patch: patch.clone() }
}

/// A commit whose GroupInfo has no tree.
fn bare(epoch: u64, from: u8, to: u8) -> SendRequest {
    let mut request = commit(epoch, from, to);
    request.commit_data.as_mut().unwrap().group_info = Some(group_info(GROUP, epoch + 1, None));
    request
}

fn told(hub: &mut WithTrees, input: Input) -> Result<Effects, Refused> {
    let mut out = vec![];
    hub.step(Time::default(), &provider(HUB), input, &mut out).map(|()| out)
}

/// Why it refuses this, and that nothing has changed then.
fn refused(hub: &mut WithTrees, input: Input) -> Reason {
    let before = (hub.host().clone(), format!("{hub:?}"));
    let why = told(hub, input).unwrap_err().reason;
    assert!((hub.host().clone(), format!("{hub:?}")) == before, "a refusal changed something");
    why
}

/// A hub with a group in partition 0 whose tree is of octet 0.
fn hub(late: usize) -> (WithTrees, Wrapping) {
    let settings = TreeSettings { late, ..TreeSettings::default() };
    let mut hub = WithTrees::new(Blind::new(super::forge::settings()), settings);
    let (tree, patch) = first(0);
    let group_info = Some(group_info(GROUP, 0, None));
    let new = CreateGroup { group_info, ..creation() };
    told(&mut hub, patched(Input::CreateGroup(new), &patch)).unwrap();
    (hub, tree)
}

fn trees(hub: &mut WithTrees, partition: u8) -> Result<Vec<EncryptedTree>, Reason> {
    let ask = TreeRequest { group_id: GROUP.to_vec(), partition_key: key(partition) };
    match told(hub, Input::Trees(ask)).map_err(|refused| refused.reason)?.as_slice() {
        [Effect::Respond(Response::Trees(response))] => Ok(response.trees.clone()),
        other => panic!("{other:?}"),
    }
}

fn messages(hub: &mut WithTrees, partition: u8) -> usize {
    let request = ReceiveRequest { partition_key: key(partition), counter: 0 };
    match told(hub, Input::Receive { group_id: GROUP.to_vec(), request }).unwrap().as_slice() {
        [Effect::Respond(Response::Received(response)), ..] => response.epoch.messages.len(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn commit_and_patch_have_their_place_together_or_not_at_all() {
    let (mut hub, tree) = hub(9);
    let (grown, patch) = next(&tree, 1);
    let mut damaged = patch.clone();
    damaged.nodes[0].ciphertext[0] ^= 1;
    assert_eq!(refused(&mut hub, patched(Input::Send(bare(0, 0, 1)), &damaged)), tree::TREE_HASH);
    assert_eq!(messages(&mut hub, 0), 0);
    // A good patch beside a commit whose GroupInfo is of another epoch.
    let mut stale = bare(0, 0, 1);
    stale.commit_data.as_mut().unwrap().group_info = Some(group_info(GROUP, 5, None));
    assert_eq!(refused(&mut hub, patched(Input::Send(stale), &patch)), reason::GROUP_INFO_OF_ANOTHER);
    assert_eq!(trees(&mut hub, 1), Err(tree::TREE_UNKNOWN_PARTITION));
    told(&mut hub, patched(Input::Send(bare(0, 0, 1)), &patch)).unwrap();
    assert_eq!((messages(&mut hub, 0), trees(&mut hub, 1)), (1, Ok(vec![grown.whole().unwrap()])));
}

#[test]
fn a_commit_needs_a_patch_and_nothing_else_has_one() {
    let (mut hub, tree) = hub(9);
    let (_, patch) = next(&tree, 1);
    assert_eq!(refused(&mut hub, Input::Send(bare(0, 0, 1))), tree::TREE_PATCH_MISSING);
    let said = application(0, "text");
    assert_eq!(refused(&mut hub, patched(Input::Send(said.clone()), &patch)), reason::COMMIT_DATA_MISMATCH);
    let twice = patched(Input::Send(bare(0, 0, 1)), &patch);
    assert_eq!(refused(&mut hub, patched(twice, &patch)), reason::COMMIT_DATA_MISMATCH);
    told(&mut hub, Input::Send(said)).unwrap();
    assert_eq!(messages(&mut hub, 0), 1);
}

#[test]
fn an_external_commit_changes_the_tree_of_the_most_recent_partition() {
    let (mut hub, tree) = hub(9);
    let (one, patch) = next(&tree, 1);
    told(&mut hub, patched(Input::Send(bare(0, 0, 1)), &patch)).unwrap();
    let message = public(1, Sender::NewMemberCommit, ContentType::Commit, b"");
    let commit_data = CommitData { next_partition_key: key(2), group_info: None, welcome_data: None };
    let join = Input::ExternalJoin(ExternalJoinRequest { message, commit_data });
    assert_eq!(refused(&mut hub, join.clone()), tree::TREE_PATCH_MISSING);
    let (_, of_the_first) = next(&tree, 2);
    assert_eq!(refused(&mut hub, patched(join.clone(), &of_the_first)), tree::TREE_EPOCH);
    let (two, patch) = next(&one, 2);
    told(&mut hub, patched(join, &patch)).unwrap();
    assert_eq!(trees(&mut hub, 2), Ok(vec![two.whole().unwrap()]));
}

#[test]
fn trees_that_were_left_are_served_for_a_while_and_ends_of_branches_for_ever() {
    let (mut hub, mut tree) = hub(2);
    let (_, patch) = next(&tree, 100);
    told(&mut hub, patched(Input::Send(bare(0, 0, 100)), &patch)).unwrap();
    for n in 1..6 {
        let (grown, patch) = next(&tree, n);
        told(&mut hub, patched(Input::Send(bare(u64::from(n) - 1, n - 1, n)), &patch)).unwrap();
        tree = grown;
    }
    let served: Vec<u8> = (0..6).chain([100]).filter(|n| trees(&mut hub, *n).is_ok()).collect();
    assert_eq!(served, [3, 4, 5, 100]);
    assert_eq!(trees(&mut hub, 2), Err(tree::TREE_TOO_OLD));
    let (_, late) = next(&first(0).0, 50);
    assert_eq!(refused(&mut hub, patched(Input::Send(bare(0, 0, 50)), &late)), tree::TREE_TOO_OLD);
}

#[test]
fn a_repair_stands_behind_what_it_repairs() {
    let (mut hub, tree) = hub(9);
    let (_, wrong) = next(&tree, 9);
    let (right, patch) = next(&tree, 1);
    told(&mut hub, patched(Input::Send(bare(0, 0, 1)), &wrong)).unwrap();
    let repair = Input::RepairTree(TreeRepair { partition_key: key(1), patch });
    assert_eq!(told(&mut hub, repair.clone()), Ok(vec![Effect::Respond(Response::Done)]));
    told(&mut hub, repair).unwrap();
    let served = trees(&mut hub, 1).unwrap();
    assert_eq!((served.len(), served.last()), (2, right.whole().as_ref()));
    let (_, patch) = next(&right, 2);
    told(&mut hub, patched(Input::Send(bare(1, 1, 2)), &patch)).unwrap();
}

#[test]
fn hubs_and_groups_without_trees_have_none() {
    let (_, patch) = first(0);
    let mut plain = super::forge::hub(settings());
    let ask = TreeRequest { group_id: GROUP.to_vec(), partition_key: key(0) };
    let repair = TreeRepair { partition_key: key(0), patch: patch.clone() };
    let inputs = [
        patched(Input::Send(commit(0, 0, 1)), &patch),
        Input::Trees(ask.clone()),
        Input::TreeMarks(ask),
        Input::RepairTree(repair),
    ];
    for input in inputs.clone() {
        assert_eq!(super::forge::refused(&mut plain, HUB, input), tree::TREE_UNKNOWN_PARTITION);
    }
    let mut hub = WithTrees::new(Blind::new(settings()), TreeSettings::default());
    told(&mut hub, Input::CreateGroup(creation())).unwrap();
    for input in inputs {
        assert_eq!(refused(&mut hub, input), tree::TREE_UNKNOWN_PARTITION);
    }
    told(&mut hub, Input::Send(commit(0, 0, 1))).unwrap();
    assert_eq!(messages(&mut hub, 0), 1);
}
