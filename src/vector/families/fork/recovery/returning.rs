use super::super::super::client::script::{About, Commit};
use super::super::super::client::variants::{Play, Stage};
use super::fork::{OF_ANOTHER_BRANCH, afterwards, approval, approval_of, back, fork};
use crate::mls::member::{Proposal, Result};
use crate::reason::delivery;
use crate::vector::Case;
use crate::wire::hex;
use serde_json::{Value, json};

pub(super) const SCRIPTS: &[(&str, Play)] = &[
    ("taken-in-again", taken_in),
    ("taken-in-at-a-lower-epoch", lower),
    ("taken-in-from-the-last-common-epoch", unmoved),
    ("taken-in-at-another-leaf", another_leaf),
    ("taken-in-with-others", with_others),
    ("taken-in-by-told-authenticator", told),
    ("taken-in-with-a-commit-out", pending),
    ("old-branch-is-gone", gone),
    ("an-approval-serves-once", once),
];

fn about<'a>(comment: &'a str, flags: &'a [&'a str], requirements: &'a [&'a str]) -> About<'a> {
    About { name: "", comment, flags, requirements }
}

fn taken_in(stage: &mut Stage) -> Result<Case> {
    let about = about(
        "The client is on a branch that nobody else follows. A member of the other one removes and adds it in one commit, and \
         its user agrees.",
        &["take-in"],
        &["recovery-1:2:old-group-gone", "recovery-1:3:one-commit", "rfc9420:12.2:one-add-a-client"],
    );
    let mut fork = fork(stage, &about, 2)?;
    let after = fork.place()?;
    let out = fork.take_in("alice")?;
    let input = back(&fork.fresh[0], &out, approval(&after.group_id, after.epoch));
    let script = fork.script.clone().again("Back, by a Welcome.", input, &out.next);
    Ok(afterwards(&mut fork, script)?.done())
}

fn lower(stage: &mut Stage) -> Result<Case> {
    let about = about(
        "The client's own branch is four epochs further than the one that it comes to.",
        &["take-in", "epoch"],
        &["recovery-1:2:own-number-does-not-count", "recovery-1:2:approved-epoch"],
    );
    let mut fork = fork(stage, &about, 6)?;
    let after = fork.place()?;
    let out = fork.take_in("bob")?;
    let input = back(&fork.fresh[0], &out, approval(&after.group_id, after.epoch));
    let script = fork.script.clone().again("A smaller number than its own.", input, &out.next);
    Ok(afterwards(&mut fork, script)?.done())
}

fn unmoved(stage: &mut Stage) -> Result<Case> {
    let about = about(
        "The client has missed the commit that the others followed, for good, and is still where the fork began.",
        &["take-in"],
        &["recovery-1:2:no-approval-no-move", "recovery-1:3:one-commit"],
    );
    let mut fork = fork(stage, &about, 0)?;
    let after = fork.place()?;
    let out = fork.take_in("carol")?;
    let input = back(&fork.fresh[0], &out, approval(&after.group_id, after.epoch));
    let script = fork.script.clone().again("", input, &out.next);
    Ok(afterwards(&mut fork, script)?.done())
}

fn another_leaf(stage: &mut Stage) -> Result<Case> {
    let about = about(
        "Somebody with a lower leaf has left the surviving branch, so that the client comes back to another leaf than it had.",
        &["take-in"],
        &["recovery-1:3:one-commit", "rfc9420:12.1.1:leftmost-blank"],
    );
    let mut fork = fork(stage, &about, 1)?;
    fork.live.remove("alice", &["bob"])?;
    let after = fork.place()?;
    let out = fork.take_in("alice")?;
    let input = back(&fork.fresh[0], &out, approval(&after.group_id, after.epoch));
    let mut listed = vec![];
    let mut own = None;
    for member in fork.live.member("alice")?.members() {
        if member.identity == super::super::super::client::world::identity("dora") {
            own = Some(member.leaf);
        }
        listed.push(json!({"leaf": member.leaf, "identity": hex::encode(&member.identity)}));
    }
    let script = fork.script.clone().again("", input, &out.next);
    let script = script.says("Where it is now.", "client/members", json!({"leaf": own, "members": listed}));
    let (sender, said) = (fork.live.leaf("carol")?, fork.live.send("carol", b"another place")?);
    Ok(script.read("", sender, &said, b"another place").stays().done())
}

fn with_others(stage: &mut Stage) -> Result<Case> {
    let about = about(
        "One commit takes in the client and another member at once; both go on.",
        &["take-in"],
        &["recovery-1:3:one-commit", "rfc9420:12.4.3.1:secrets-entry"],
    );
    let mut fork = fork(stage, &about, 1)?;
    let after = fork.place()?;
    let (leaf, keys) = (fork.leaf, fork.fresh[1].clone());
    let out = fork.live.add_again("alice", &["bob"], &[(leaf, &keys)])?;
    let input = back(&keys, &out, approval(&after.group_id, after.epoch));
    let script = fork.script.clone().again("One of two entries.", input, &out.next);
    Ok(afterwards(&mut fork, script)?.done())
}

fn told(stage: &mut Stage) -> Result<Case> {
    let about = about(
        "The user was told the epoch authenticator of the new place by somebody who is there.",
        &["take-in", "authenticator"],
        &["recovery-1:2:approved-authenticator"],
    );
    let mut fork = fork(stage, &about, 1)?;
    let out = fork.take_in("alice")?;
    let told = approval_of(&out.next, &out.next.epoch_authenticator);
    let script = fork.script.clone().again("It is that one.", back(&fork.fresh[0], &out, told), &out.next);
    Ok(afterwards(&mut fork, script)?.done())
}

fn pending(stage: &mut Stage) -> Result<Case> {
    let about = about(
        "The client has a commit of its own out when it comes back; that commit is of the old place and is gone.",
        &["take-in", "own-commit"],
        &["recovery-1:2:old-group-gone", "rfc9420:14:commit-leaves-state"],
    );
    let mut fork = fork(stage, &about, 1)?;
    let after = fork.place()?;
    let out = fork.take_in("alice")?;
    let because = "What is made is random; that it is gone shows in what follows.";
    let script = fork.script.clone().does("Out.", "client/commit", json!({"update": true}), because);
    let input = back(&fork.fresh[0], &out, approval(&after.group_id, after.epoch));
    let script = script.again("", input, &out.next);
    // Nothing pends: it may speak.
    let script = script.makes("", "client/send", json!({"data": hex::encode(b"here again")}));
    Ok(afterwards(&mut fork, script)?.done())
}

fn gone(stage: &mut Stage) -> Result<Case> {
    let about = about(
        "Everything that the other branch says after the client has come back, and everything of the epochs before the fork \
         that it has not read, is refused.",
        &["old-branch", "state-after-refusal"],
        &["recovery-1:2:old-group-gone", "ds-00:5:unfollowed-commit"],
    );
    let mut fork = fork(stage, &about, 1)?;
    let after = fork.place()?;
    let unread = fork.dead.send("carol", b"not read in time")?;
    let update = fork.dead.copy().update("bob")?;
    let proposal = fork.dead.copy().propose("carol", &Proposal::Remove(fork.leaf))?;
    let out = fork.take_in("alice")?;
    let input = back(&fork.fresh[0], &out, approval(&after.group_id, after.epoch));
    let script = fork
        .script
        .clone()
        .again("", input, &out.next)
        .refuse("Said on the other branch before the client left.", &unread, OF_ANOTHER_BRANCH)
        .refuse("A commit that was next there.", &update.commit, OF_ANOTHER_BRANCH)
        .refuse("A proposal to remove the client.", &proposal, OF_ANOTHER_BRANCH)
        .refuse("Said in the last common epoch.", &fork.early.clone(), OF_ANOTHER_BRANCH)
        .stays();
    let (sender, out) = (fork.live.leaf("carol")?, fork.live.update("carol")?);
    Ok(script.follow("", &Commit { out: &out, sender: Some(sender), added: &[], removed: &[] }).done())
}

fn once(stage: &mut Stage) -> Result<Case> {
    let about = about(
        "The client has come back. Another Welcome to the same group comes, and nobody has agreed to that.",
        &["approval"],
        &["recovery-1:2:approval-once", "recovery-1:2:no-approval-no-move", "rfc9420:12.4.3:group-id-unique"],
    );
    let mut fork = fork(stage, &about, 1)?;
    let after = fork.place()?;
    let out = fork.take_in("alice")?;
    let input = back(&fork.fresh[0], &out, approval(&after.group_id, after.epoch));
    let script = fork.script.clone().again("", input, &out.next);
    let mut elsewhere = fork.live.copy();
    let leaf = elsewhere.leaf_of("alice", "dora")?;
    let again = elsewhere.add_again("bob", &[], &[(leaf, &fork.fresh[1].clone())])?;
    let input = back(&fork.fresh[1], &again, Value::Null);
    let script = script.refuse_again("Once more.", input, &[delivery::ALREADY_MEMBER]).stays();
    Ok(afterwards(&mut fork, script)?.done())
}
