use super::notes::OLD_BRANCH;
use super::spoiled::joined;
use crate::mls::hostile::Fault;
use crate::mls::member::{Plan, Result};
use crate::reason::mls;
use crate::vector::Case;
use crate::vector::families::client::script::{Commit, Script};
use crate::vector::families::client::variants::Stage;
use crate::vector::families::client::world::LIAR;

/// Faults that show only to who knows secrets of the next epoch: a client that the commit removes does not (RFC 9420 section
/// 12.4.2), and has to believe what is signed.
const HIDDEN: &[Fault] = &[Fault::WrongConfirmationTag, Fault::DamagedPathCiphertext, Fault::StrangeRootKey];

/// Faults that show to everybody.
const SHOWN: &[Fault] = &[Fault::WrongSignature, Fault::UnknownProposalReference, Fault::RemoveNobody];

/// What a client says to messages of a group that it believes to be out of.
const OUT: &[crate::reason::Reason] =
    &[mls::NOT_A_MEMBER, mls::WRONG_EPOCH, mls::WRONG_GROUP, mls::UNDECRYPTABLE, mls::MLS_OTHER];

type Row = (String, (Fault, Whom), &'static [usize]);

/// Whom the malformed commit removes.
#[derive(Clone, Copy)]
pub(super) enum Whom {
    /// The client, who can see the fault or can not.
    Client(bool),
    /// Somebody else.
    Another,
}

/// A session for each.
pub(super) fn rows() -> impl Iterator<Item = Row> {
    let row = |end: &str, fault: Fault, whom| (format!("{fault}-{end}"), (fault, whom), &[0_usize, 3][..]);
    let believed = HIDDEN.iter().map(move |fault| row("to-the-removed", *fault, Whom::Client(false)));
    let refused = SHOWN.iter().map(move |fault| row("to-the-removed", *fault, Whom::Client(true)));
    let others = HIDDEN.iter().map(move |fault| row("removing-another", *fault, Whom::Another));
    believed.chain(refused).chain(others)
}

/// A malformed commit that removes somebody.
pub(super) fn session(stage: &mut Stage, (fault, whom): (Fault, Whom)) -> Result<Case> {
    match whom {
        Whom::Client(shows) => to_the_removed(stage, fault, shows),
        Whom::Another => removing_another(stage, fault),
    }
}

/// The client is removed by it. All others refuse the commit and go on with the client, which hears nothing of it where it had
/// to believe: it takes no message of the group any more.
fn to_the_removed(stage: &mut Stage, fault: Fault, shows: bool) -> Result<Case> {
    let what = if shows {
        "It removes the client, which can see the fault, stays, and goes on with the others."
    } else {
        "It removes the client, which can not see the fault, as it has no secret of the next epoch: it is out, though all others \
         refuse the commit and keep it in the group."
    };
    let script = joined(stage, &format!("{} {what}", fault.says()), fault)?;
    let script = script.rule("rfc9420:12.4.2:removed-member");
    let leaf = stage.world.leaf_of("alice", "dora")?;
    let plan = Plan { remove: vec![leaf], ..Plan::default() };
    let (spoiled, _) = stage.world.spoiled(fault, &plan)?;
    let liar = Some(stage.world.leaf(LIAR)?);
    if !shows {
        let commit = Commit { out: &spoiled, sender: liar, added: &[], removed: &[leaf] };
        let script = script.leave("The commit with the fault.", &commit);
        let out = stage.world.update("alice")?;
        let script = script.refuse("The group goes on, with the client in it.", &out.commit, OUT);
        let said = stage.world.send("bob", b"where is dora")?;
        return Ok(script.refuse("What is said there is for the client as well, and lost.", &said, OUT).done());
    }
    let (bob, said) = (stage.world.leaf("bob")?, stage.world.send("bob", b"we have refused that")?);
    let script = script.refuse("The commit with the fault.", &spoiled.commit, fault.reasons()).stays();
    let script = script.read("Said by a member who refused it as well.", bob, &said, b"we have refused that");
    goes_on(stage, script)
}

/// Somebody else is removed by it: the client refuses it, and who was to be removed is there as before.
fn removing_another(stage: &mut Stage, fault: Fault) -> Result<Case> {
    let what = "It removes somebody else, who has to believe it. The client sees it and refuses: that member is there as before.";
    let script = joined(stage, &format!("{} {what}", fault.says()), fault)?;
    let plan = Plan { remove: vec![stage.world.leaf("erin")?], ..Plan::default() };
    let (spoiled, mut branch) = stage.world.spoiled(fault, &plan)?;
    let script = script.refuse("The commit with the fault.", &spoiled.commit, fault.reasons()).stays();
    let lost = branch.send(LIAR, b"erin is gone")?;
    let script = script.refuse("Said on the branch that only the committer follows.", &lost, OLD_BRANCH);
    let (erin, said) = (stage.world.leaf("erin")?, stage.world.send("erin", b"before I heard of it")?);
    let script = script.read("Said before that by who was to be removed.", erin, &said, b"before I heard of it");
    goes_on(stage, script)
}

fn goes_on(stage: &mut Stage, script: Script) -> Result<Case> {
    let (alice, out) = (Some(stage.world.leaf("alice")?), stage.world.update("alice")?);
    let good = Commit { out: &out, sender: alice, added: &[], removed: &[] };
    let script = script.follow("The commit of another member, next in the partition.", &good);
    let (bob, said) = (stage.world.leaf("bob")?, stage.world.send("bob", b"we go on")?);
    Ok(script.read("", bob, &said, b"we go on").stays().done())
}
