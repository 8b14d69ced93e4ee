use super::super::super::client::script::{About, Commit, Script};
use super::super::super::client::variants::{Play, Stage};
use super::super::super::client::world::World;
use super::fork::OF_ANOTHER_BRANCH;
use crate::mls::member::Result;
use crate::reason::{delivery, mls};
use crate::vector::Case;
use crate::wire::hex;
use serde_json::json;

pub(super) const SCRIPTS: &[(&str, Play)] = &[
    ("sees-one-taken-in", one),
    ("sees-two-taken-in", two),
    ("sees-the-first-member-taken-in", first),
    ("sees-removal-then-add", apart),
    ("sees-one-taken-in-before-its-own-commit", pending),
    ("sees-one-rejoin", rejoin),
    ("sees-two-rejoin", rejoin_two),
    ("sees-a-late-rejoin", late),
    ("sees-one-taken-in-with-proposals", proposals),
    ("takes-one-in-itself", itself),
];

/// The client, alice, bob, carol and erin, and a branch on which bob goes his own way.
struct Both {
    live: World,
    dead: World,
    script: Script,
}

fn both(stage: &mut Stage, comment: &str, flags: &[&str], rules: &[&str]) -> Result<Both> {
    let requirements = [&["recovery-1:3:others-lose-nothing"], rules].concat();
    let mut live = stage.world.copy();
    let joined = live.add("alice", &["bob", "carol", "erin"], &[&stage.dora])?;
    let script = Script::join(&About { name: "", comment, flags, requirements: &requirements }, &stage.dora, &joined);
    let mut dead = live.copy();
    dead.update("bob")?;
    let mut both = Both { live, dead, script };
    let lost = both.dead.send("bob", b"can you hear me")?;
    both.script = both.script.refuse("Said on the branch that nobody here follows.", &lost, OF_ANOTHER_BRANCH);
    both.update("carol")?;
    Ok(both)
}

impl Both {
    /// A commit of the surviving branch that the client follows.
    fn update(&mut self, by: &str) -> Result<()> {
        let (sender, out) = (self.live.leaf(by)?, self.live.update(by)?);
        let commit = Commit { out: &out, sender: Some(sender), added: &[], removed: &[] };
        self.script = self.script.clone().follow("", &commit);
        Ok(())
    }

    /// These are taken in again by one commit, which the client follows.
    fn take_in(&mut self, by: &str, names: &[&str]) -> Result<()> {
        let removed = self.leaves(by, names)?;
        let sender = Some(self.live.leaf(by)?);
        let out = self.live.add_again(by, names, &[])?;
        let commit = Commit { out: &out, sender, added: names, removed: &removed };
        self.script = self.script.clone().follow("Removed and added by one commit.", &commit);
        Ok(())
    }

    /// This one joins externally and removes its old leaf, which the client follows.
    fn rejoin(&mut self, name: &str) -> Result<()> {
        let removed = self.leaves("alice", &[name])?;
        self.live.forget(name);
        let out = self.live.join_externally(name, "alice")?;
        let commit = Commit { out: &out, sender: None, added: &[name], removed: &removed };
        self.script = self.script.clone().follow("Joined anew, and removed where it was.", &commit);
        Ok(())
    }

    fn leaves(&mut self, by: &str, names: &[&str]) -> Result<Vec<u32>> {
        let mut leaves: Vec<u32> = names.iter().map(|name| self.live.leaf_of(by, name)).collect::<Result<_>>()?;
        leaves.sort_unstable();
        Ok(leaves)
    }

    /// This one is back: it is heard, its old branch is not, and everybody goes on.
    fn back(mut self, name: &str) -> Result<Case> {
        let (sender, said) = (self.live.leaf(name)?, self.live.send(name, b"back again")?);
        self.script = self.script.read("It is heard.", sender, &said, b"back again");
        let old = self.dead.send(name, b"of the other branch")?;
        self.script = self.script.refuse("Its old branch is not.", &old, OF_ANOTHER_BRANCH);
        let old = self.dead.update(name)?;
        self.script = self.script.refuse("Nor is a commit of that.", &old.commit, OF_ANOTHER_BRANCH).stays();
        self.update(name)?;
        self.update("erin")?;
        Ok(self.script.done())
    }
}

const TAKEN: &[&str] = &["recovery-1:3:one-commit", "rfc9420:12.2:one-add-a-client", "rfc9420:12.3:order"];
const REJOINED: &[&str] = &[
    "recovery-1:3:rejoin-removes-old-leaf",
    "rfc9420:12.4.3.2:resync",
    "rfc9420:12.2:external-list",
    "rfc9420:12.2:resync-leaf",
];

fn one(stage: &mut Stage) -> Result<Case> {
    let comment = "Bob was on a branch of his own. Alice removes and adds him in one commit.";
    let mut both = both(stage, comment, &["take-in"], TAKEN)?;
    both.take_in("alice", &["bob"])?;
    both.back("bob")
}

fn two(stage: &mut Stage) -> Result<Case> {
    let comment = "Two are taken in again by one commit.";
    let mut both = both(stage, comment, &["take-in"], TAKEN)?;
    both.take_in("alice", &["bob", "carol"])?;
    both.back("carol")
}

fn first(stage: &mut Stage) -> Result<Case> {
    let comment = "Who made the group, with leaf 0, is the one who has to come back.";
    let mut both = both(stage, comment, &["take-in"], TAKEN)?;
    both.take_in("carol", &["alice"])?;
    both.back("alice")
}

fn apart(stage: &mut Stage) -> Result<Case> {
    let comment = "A client that can not do both in one commit removes first and adds then: an epoch more, in which bob is nobody.";
    let mut both = both(stage, comment, &["take-in"], &["rfc9420:12.1.3:remove", "rfc9420:12.1.1:leftmost-blank"])?;
    let leaf = both.leaves("alice", &["bob"])?;
    let sender = Some(both.live.leaf("alice")?);
    let out = both.live.remove("alice", &["bob"])?;
    both.script = both.script.follow("Removed.", &Commit { out: &out, sender, added: &[], removed: &leaf });
    let out = both.live.add("alice", &["bob"], &[])?;
    both.script = both.script.follow("Added.", &Commit { out: &out, sender, added: &["bob"], removed: &[] });
    both.back("bob")
}

fn pending(stage: &mut Stage) -> Result<Case> {
    let comment = "The client has a commit of its own out, which loses to the one that takes bob in.";
    let rules = [TAKEN, &["rfc9420:14:one-commit-an-epoch"]].concat();
    let mut both = both(stage, comment, &["take-in", "own-commit"], &rules)?;
    let because = "What is made is random; that it lost shows in what follows.";
    both.script = both.script.does("Out.", "client/commit", json!({"update": true}), because);
    both.take_in("alice", &["bob"])?;
    both.script = both.script.makes("", "client/send", json!({"data": hex::encode(b"on I go")}));
    both.back("bob")
}

fn rejoin(stage: &mut Stage) -> Result<Case> {
    let comment = "Bob joins by an external commit, which removes his old leaf.";
    let mut both = both(stage, comment, &["rejoin"], REJOINED)?;
    both.rejoin("bob")?;
    both.back("bob")
}

fn rejoin_two(stage: &mut Stage) -> Result<Case> {
    let comment = "Two join by external commits, one after the other: each needs the GroupInfo of the epoch that the one before began.";
    let rules = [REJOINED, &["rfc9420:12.4.3.2:group-info-one-epoch"]].concat();
    let mut both = both(stage, comment, &["rejoin"], &rules)?;
    both.rejoin("carol")?;
    both.rejoin("bob")?;
    both.back("carol")
}

fn late(stage: &mut Stage) -> Result<Case> {
    let comment = "Bob joins with the GroupInfo of an epoch that is over, and once more with a newer one.";
    let rules = [REJOINED, &["rfc9420:6.1:epoch"]].concat();
    let mut both = both(stage, comment, &["rejoin", "state-after-refusal"], &rules)?;
    let (info, tree) = both.live.group_info("alice")?;
    both.update("erin")?;
    let knock = both.live.copy().knock("bob", &info, &tree)?;
    let reasons = &[mls::WRONG_EPOCH, delivery::OLD_PARTITION, mls::MLS_OTHER];
    both.script = both.script.refuse("Too late.", &knock.commit, reasons).stays();
    both.rejoin("bob")?;
    both.back("bob")
}

fn proposals(stage: &mut Stage) -> Result<Case> {
    let comment = "A proposal of the epoch is committed by the commit that takes bob in.";
    let rules = [TAKEN, &["rfc9420:12.4.2:proposal-known"]].concat();
    let mut both = both(stage, comment, &["take-in"], &rules)?;
    let sender = both.live.leaf("erin")?;
    let message = both.live.propose("erin", &crate::mls::member::Proposal::Update)?;
    both.script = both.script.note("Erin wants a new leaf.", Some(sender), &message);
    both.take_in("alice", &["bob"])?;
    both.back("bob")
}

fn itself(stage: &mut Stage) -> Result<Case> {
    let comment = "The client itself makes the commit that removes bob and adds him; another one comes first, and it makes it anew.";
    let rules = [TAKEN, &["rfc9420:14:one-commit-an-epoch"]].concat();
    let mut both = both(stage, comment, &["take-in", "own-commit"], &rules)?;
    let leaf = both.leaves("alice", &["bob"])?;
    let wish = |live: &mut World| -> Result<_> {
        let key_package = live.key_package_of("bob")?;
        Ok(json!({"remove": leaf, "add": [hex::encode(&key_package)]}))
    };
    let first = wish(&mut both.live)?;
    let second = wish(&mut both.live)?;
    both.script = both.script.makes("Out.", "client/commit", first);
    both.update("erin")?;
    both.script = both.script.makes("Out again.", "client/commit", second).stays();
    both.update("carol")?;
    Ok(both.script.done())
}
