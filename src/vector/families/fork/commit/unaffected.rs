use super::notes::OLD_BRANCH;
use super::spoiled::ALWAYS;
use crate::mls::hostile::Fault;
use crate::mls::member::{Plan, Result};
use crate::vector::Case;
use crate::vector::families::client::script::{About, Commit, Script};
use crate::vector::families::client::variants::Stage;
use crate::vector::families::client::world::LIAR;

/// The client's share of the path is right: it can not tell the commit from a good one, and follows. What the victims say in
/// the old epoch reaches it no more.
pub(super) fn session(stage: &mut Stage, fault: Fault) -> Result<Case> {
    // Victims are taken from the last leaf on: whoever joined first is spared longest.
    let joined = stage.world.add("alice", &[LIAR], &[&stage.dora])?;
    let requirements = [&[fault.requirement(), "rfc9750:5.3:forked-alone"][..], ALWAYS].concat();
    let comment = format!("{} The client is none of them, and must follow.", fault.says());
    let flags = &["fragmented-path", "state-after-refusal"];
    let about = About { name: "", comment: &comment, flags, requirements: &requirements };
    let script = Script::join(&about, &stage.dora, &joined);
    let liar = Some(stage.world.leaf(LIAR)?);
    let others = &["bob", "erin", "carol"];
    let out = stage.world.add(LIAR, others, &[])?;
    let script = script.follow("", &Commit { out: &out, sender: liar, added: others, removed: &[] });
    let out = stage.world.remove(LIAR, &["alice"])?;
    let script = script.follow("", &Commit { out: &out, sender: liar, added: &[], removed: &[0] });
    let plan = Plan { update: true, ..Plan::default() };
    let (spoiled, mut branch) = stage.world.spoiled(fault, &plan)?;
    let script = script.follow(
        "The commit whose path is fragmented.",
        &Commit { out: &spoiled, sender: liar, added: &[], removed: &[] },
    );
    let (carol, said) = (stage.world.leaf("carol")?, stage.world.send("carol", b"I have stayed")?);
    let because = "Keys of the epoch that is over may be kept for a while, for application data alone.";
    let script =
        script.may_read("Said by a victim in the epoch that was left.", carol, &said, b"I have stayed", because);
    let lost = stage.world.update("carol")?;
    let script = script.refuse("A commit of the victim in the epoch that was left.", &lost.commit, OLD_BRANCH);
    let said = branch.send(LIAR, b"who is here")?;
    let script = script.read("", branch.leaf(LIAR)?, &said, b"who is here");
    Ok(script.stays().done())
}
