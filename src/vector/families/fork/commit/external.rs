use super::notes::OLD_BRANCH;
use super::spoiled::ALWAYS;
use crate::mls::hostile::Fault;
use crate::mls::member::Result;
use crate::vector::Case;
use crate::vector::families::client::script::{About, Commit, Script};
use crate::vector::families::client::variants::Stage;
use crate::vector::families::client::world::LIAR;

/// Somebody joins by a malformed commit, and then as it should be.
pub(super) fn session(stage: &mut Stage, fault: Fault) -> Result<Case> {
    let joined = stage.world.add("alice", &["bob", "erin"], &[&stage.dora])?;
    let requirements = [&[fault.requirement()][..], ALWAYS].concat();
    let about = About {
        name: "",
        comment: fault.says(),
        flags: &["external-commit", "state-after-refusal"],
        requirements: &requirements,
    };
    let script = Script::join(&about, &stage.dora, &joined);
    let (info, tree) = stage.world.group_info("alice")?;
    let (spoiled, mut branch) = stage.world.spoiled_join(fault, &info, &tree)?;
    let script = script.refuse("The external commit with the fault.", &spoiled.commit, fault.reasons()).stays();
    let lost = branch.send(LIAR, b"here I am")?;
    let script = script.refuse("Said in the epoch that only the joiner is in.", &lost, OLD_BRANCH);
    let (bob, said) = (stage.world.leaf("bob")?, stage.world.send("bob", b"not lost")?);
    let script = script.read("Said in the epoch in which everybody stayed.", bob, &said, b"not lost");
    let out = stage.world.join_externally(LIAR, "bob")?;
    let honest = Commit { out: &out, sender: None, added: &[LIAR], removed: &[] };
    let script = script.follow("The same device joins as it should be done.", &honest);
    let (leaf, said) = (stage.world.leaf(LIAR)?, stage.world.send(LIAR, b"now I am in")?);
    Ok(script.read("", leaf, &said, b"now I am in").stays().done())
}
