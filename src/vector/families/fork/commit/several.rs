use super::spoiled;
use crate::mls::hostile::Fault;
use crate::mls::member::{Plan, Result};
use crate::vector::Case;
use crate::vector::families::client::script::Commit;
use crate::vector::families::client::variants::{Play, Stage};
use crate::vector::families::client::world::LIAR;

pub(super) const SCRIPTS: &[(&str, Play)] = &[
    ("signature-then-path", |stage| row(stage, &[Fault::WrongSignature, Fault::WrongParentHash])),
    ("proposals-then-tag", |stage| row(stage, &[Fault::RemoveCommitter, Fault::WrongConfirmationTag])),
    ("path-then-proposals-then-octets", |stage| {
        row(stage, &[Fault::PathTooLong, Fault::UnknownProposalReference, Fault::BitFlippedLate])
    }),
    ("tag-then-leaf-then-path", |stage| {
        row(stage, &[Fault::WrongConfirmationTag, Fault::WrongLeafSignature, Fault::FragmentedPathHalf])
    }),
    ("three-of-one-kind", |stage| {
        row(stage, &[Fault::ContextExtensionsTwice, Fault::ReinitBesideOthers, Fault::ExternalInitByMember])
    }),
    ("cut-then-more-then-cut", |stage| row(stage, &[Fault::Cut, Fault::AndMore, Fault::Cut])),
];

/// Several malformed commits of one member in one partition, then a good one.
fn row(stage: &mut Stage, faults: &[Fault]) -> Result<Case> {
    let names: Vec<&str> = faults.iter().map(|fault| fault.name()).collect();
    let comment = format!("Malformed commits in a row: {}.", names.join(", "));
    let first = faults.first().copied().unwrap_or(Fault::WrongSignature);
    let mut script = spoiled::joined(stage, &comment, first)?;
    for fault in faults {
        let plan = Plan { update: true, ..Plan::default() };
        let (out, _) = stage.world.spoiled(*fault, &plan)?;
        script = script.refuse(fault.says(), &out.commit, fault.reasons()).stays();
    }
    let (bob, said) = (stage.world.leaf("bob")?, stage.world.send("bob", b"between them")?);
    script = script.read("", bob, &said, b"between them");
    let (sender, out) = (Some(stage.world.leaf(LIAR)?), stage.world.update(LIAR)?);
    let comment = "At last the same member commits as it should be done.";
    Ok(script.follow(comment, &Commit { out: &out, sender, added: &[], removed: &[] }).stays().done())
}
