use super::super::script::{About, Commit, Script};
use super::super::variants::{Play, Stage};
use crate::mls::member::{Plan, Result};
use crate::vector::Case;

pub(super) const SCRIPTS: &[(&str, Play)] =
    &[("follows-epochs", epochs), ("catches-up", catches_up), ("tree-with-blanks", blanks), ("tree-doubles", doubles)];

fn epochs(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob"], &[dora])?;
    let about = About {
        name: "",
        comment: "A client joins, follows an update by each of two members, an addition and messages in between.",
        flags: &["key-schedule"],
        requirements: &["rfc9420:12.4.2:apply-commit", "rfc9420:8.7:epoch-authenticator", "ds-00:3:partition-key"],
    };
    let mut script = Script::join(&about, dora, &joined);
    for name in ["alice", "bob"] {
        let sender = world.leaf(name)?;
        let out = world.update(name)?;
        script = script.follow("", &Commit { out: &out, sender: Some(sender), added: &[], removed: &[] });
        let message = world.send(name, name.as_bytes())?;
        script = script.read("", sender, &message, name.as_bytes());
    }
    let out = world.add("alice", &["carol"], &[])?;
    let sender = Some(world.leaf("alice")?);
    script = script.follow("Somebody is added.", &Commit { out: &out, sender, added: &["carol"], removed: &[] });
    let message = world.send("carol", b"hello")?;
    let carol = world.leaf("carol")?;
    Ok(script.read("The new member speaks.", carol, &message, b"hello").stays().done())
}

fn catches_up(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &["bob", "carol"], &[dora])?;
    let about = About {
        name: "",
        comment: "A client that was offline takes twelve commits of three members in a row.",
        flags: &["key-schedule"],
        requirements: &["rfc9420:12.4.2:apply-commit", "rfc9420:8:init-secret-chain"],
    };
    let mut script = Script::join(&about, dora, &joined);
    for name in ["alice", "bob", "carol"].into_iter().cycle().take(12) {
        let sender = Some(world.leaf(name)?);
        let out = world.update(name)?;
        script = script.follow("", &Commit { out: &out, sender, added: &[], removed: &[] });
    }
    Ok(script.done())
}

fn blanks(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    world.add("alice", &["bob", "carol", "erin", "frank"], &[])?;
    world.update("erin")?;
    let joined = world.add("alice", &[], &[dora])?;
    let about = About {
        name: "",
        comment: "Leaves become blank and are filled again; commits reach the client through blank parents.",
        flags: &["tree-shape"],
        requirements: &["rfc9420:4.1.1:resolution", "rfc9420:7.5:filtered-path", "rfc9420:12.1.3:remove"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let removed = [world.leaf_of("alice", "bob")?, world.leaf_of("alice", "erin")?];
    let sender = Some(world.leaf("alice")?);
    let out = world.remove("alice", &["bob"])?;
    script =
        script.follow("", &Commit { out: &out, sender, added: &[], removed: removed.get(..1).unwrap_or_default() });
    let out = world.remove("alice", &["erin"])?;
    script =
        script.follow("", &Commit { out: &out, sender, added: &[], removed: removed.get(1..).unwrap_or_default() });
    let carol = Some(world.leaf("carol")?);
    let out = world.update("carol")?;
    script = script.follow("Past blank leaves.", &Commit { out: &out, sender: carol, added: &[], removed: &[] });
    let out = world.add("carol", &["grace"], &[])?;
    script = script
        .follow("The leftmost blank is filled.", &Commit { out: &out, sender: carol, added: &["grace"], removed: &[] });
    let (grace, out) = (Some(world.leaf("grace")?), world.update("grace")?);
    Ok(script.follow("", &Commit { out: &out, sender: grace, added: &[], removed: &[] }).done())
}

fn doubles(stage: &mut Stage) -> Result<Case> {
    let Stage { world, dora } = stage;
    let joined = world.add("alice", &[], &[dora])?;
    let about = About {
        name: "",
        comment: "The tree grows from two leaves to nine, one commit with several additions among them, and shrinks again.",
        flags: &["tree-shape"],
        requirements: &["rfc9420:7.7:extend-tree", "rfc9420:7.7:truncate-tree"],
    };
    let mut script = Script::join(&about, dora, &joined);
    let sender = Some(world.leaf("alice")?);
    for names in [&["bob"][..], &["carol"], &["erin", "frank", "grace"], &["heidi", "ivan"]] {
        let out = world.add("alice", names, &[])?;
        script = script.follow("", &Commit { out: &out, sender, added: names, removed: &[] });
    }
    for name in ["ivan", "heidi", "grace"] {
        let leaf = world.leaf_of("alice", name)?;
        let out = world.remove("alice", &[name])?;
        script = script.follow("", &Commit { out: &out, sender, added: &[], removed: &[leaf] });
    }
    let out = world.commit("alice", &Plan { update: true, ..Plan::default() })?;
    Ok(script.follow("", &Commit { out: &out, sender, added: &[], removed: &[] }).done())
}
