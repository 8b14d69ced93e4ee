use super::super::super::client::script::{About, Commit, Script, join_input};
use super::super::super::client::variants::Stage;
use super::super::super::client::world::World;
use crate::mls::member::{CommitOut, Position, PrivateKeys, Result};
use crate::reason::{Reason, mls};
use crate::wire::hex;
use serde_json::{Value, json};

/// A group of alice, bob, carol and the client, dora, that has split: dora has followed a commit that the others have not.
/// Everybody is on both branches here, so that each of them can go on.
pub(super) struct Fork {
    /// The branch that dora is on.
    pub dead: World,
    /// The one that goes on, an epoch behind the commit that dora followed.
    pub live: World,
    /// dora's leaf before the fork.
    pub leaf: u32,
    /// Keys of dora's KeyPackages that nobody has used yet.
    pub fresh: [PrivateKeys; 3],
    /// What dora was given so far.
    pub script: Script,
    /// A message of the last common epoch that dora has not read.
    pub early: Vec<u8>,
}

/// dora joins, and follows so many commits on a branch of her own. Then the surviving branch makes one.
pub(super) fn fork(stage: &mut Stage, about: &About<'_>, commits: usize) -> Result<Fork> {
    let [first, a, b, c] = stage.world.all_keys("dora")?;
    let mut live = stage.world.copy();
    let joined = live.add("alice", &["bob", "carol"], &[&first])?;
    let mut script = Script::join(about, &first, &joined);
    let leaf = live.leaf_of("alice", "dora")?;
    let early = live.send("carol", b"before all that")?;
    let mut dead = live.copy();
    for at in 0..commits {
        let by = if at % 2 == 0 { "bob" } else { "carol" };
        let (sender, out) = (dead.leaf(by)?, dead.update(by)?);
        let comment = if at == 0 { "A commit that the others never see." } else { "" };
        script = script.follow(comment, &Commit { out: &out, sender: Some(sender), added: &[], removed: &[] });
    }
    live.update("alice")?;
    Ok(Fork { dead, live, leaf, fresh: [a, b, c], script, early })
}

impl Fork {
    /// Where the surviving branch is.
    pub fn place(&mut self) -> Result<Position> {
        self.live.member("alice")?.position()
    }

    /// dora is taken in again on the surviving branch, with the first of her fresh KeyPackages.
    pub fn take_in(&mut self, by: &str) -> Result<CommitOut> {
        let (leaf, keys) = (self.leaf, self.fresh[0].clone());
        self.live.add_again(by, &[], &[(leaf, &keys)])
    }
}

/// What dora's user has agreed to: this group, after this epoch.
pub(super) fn approval(group_id: &[u8], after: u64) -> Value {
    json!({"group_id": hex::encode(group_id), "after": after})
}

/// The same, where others have told the epoch authenticator of the new place.
pub(super) fn approval_of(next: &Position, epoch_authenticator: &[u8]) -> Value {
    json!({
        "group_id": hex::encode(&next.group_id),
        "after": next.epoch.saturating_sub(1),
        "epoch_authenticator": hex::encode(epoch_authenticator),
    })
}

/// The input of a further `client/join`, by the Welcome of this commit; null for what nobody has agreed to.
pub(super) fn back(keys: &PrivateKeys, out: &CommitOut, approval: Value) -> Value {
    let mut input = join_input(keys, out.welcome.as_deref().unwrap_or_default(), Some(&out.ratchet_tree));
    if let Some(members) = input.as_object_mut().filter(|_| !approval.is_null()) {
        members.insert("replace".to_owned(), approval);
    }
    input
}

/// What a client may say of a message of a branch that it is not on: epochs have numbers, and both branches the same ones.
pub(super) const OF_ANOTHER_BRANCH: &[Reason] = &[
    mls::WRONG_EPOCH,
    mls::WRONG_GROUP,
    mls::UNDECRYPTABLE,
    mls::BAD_MEMBERSHIP_TAG,
    mls::BAD_SIGNATURE,
    mls::BAD_CONFIRMATION_TAG,
    mls::BAD_UPDATE_PATH,
    mls::UNKNOWN_SENDER,
    mls::SECRET_REUSED,
    mls::MLS_OTHER,
];

/// What is said on both branches afterwards: the client reads the one and refuses all of the other.
pub(super) fn afterwards(fork: &mut Fork, script: Script) -> Result<Script> {
    let (sender, said) = (fork.live.leaf("carol")?, fork.live.send("carol", b"welcome back")?);
    let script = script.read("Said on the surviving branch.", sender, &said, b"welcome back");
    let said = fork.dead.send("bob", b"where are you")?;
    let script = script.refuse("Said on the other branch.", &said, OF_ANOTHER_BRANCH);
    let out = fork.dead.update("carol")?;
    let script = script.refuse("A commit of the other branch.", &out.commit, OF_ANOTHER_BRANCH).stays();
    let (sender, out) = (fork.live.leaf("bob")?, fork.live.update("bob")?);
    Ok(script.follow("", &Commit { out: &out, sender: Some(sender), added: &[], removed: &[] }))
}
