//! Hostile commits of a member, as clients get them in `fork/commit` and `fork/lies`: what a hub answers, how its graph
//! looks then, and what it ends. Mallory is at c; alice at a and bob at b take none of them, and go on with bob's.

use super::scene::{Group, Real, play_in};
use crate::mls::hostile::Fault;
use crate::mls::member::{Plan, Result};
use crate::reason::{Reason, mls};
use crate::vector::Case;
use crate::vector::families::delivery::hub::invalid::{self, LIST, PATH, Plans, addition, removal, update};
use serde_json::json;
use std::collections::BTreeMap;

/// Name, comment, fault, what the commit does beside.
type Row = (&'static str, &'static str, Fault, Plans);

/// What a hub can not see without a member's secrets, and so sequences, whatever it reads.
const UNSEEN: &[Row] = &[
    ("confirmation-tag", "The confirmation tag is wrong.", Fault::WrongConfirmationTag, update),
    ("root-key", "The root's public key is not the one that its path secret gives.", Fault::StrangeRootKey, update),
    (
        "fragmented-path",
        "Half of the members get another path secret than the path was made of.",
        Fault::FragmentedPathHalf,
        update,
    ),
    ("path-ciphertext", "Path secrets do not open.", Fault::DamagedPathCiphertext, update),
    ("path-encapsulation", "Path secrets are encapsulated wrongly.", Fault::DamagedPathEncapsulation, update),
];

/// What a hub that reads handshakes sees, and refuses if it was told to.
const SEEN: &[(Row, &[Reason])] = &[
    (("signature", "The signature is wrong.", Fault::WrongSignature, update), &[mls::BAD_SIGNATURE, mls::MLS_OTHER]),
    (("remove-twice", "It removes one member twice.", Fault::RemoveTwice, removal), LIST),
    (("add-twice", "It adds one KeyPackage twice.", Fault::AddTwice, addition), LIST),
    (("context-extensions-twice", "It has two GroupContextExtensions.", Fault::ContextExtensionsTwice, update), LIST),
    (("reinit-beside-others", "It has a ReInit beside another proposal.", Fault::ReinitBesideOthers, addition), LIST),
    (("ciphertext-more", "A node of its path has a ciphertext too many.", Fault::PathCiphertextMore, update), PATH),
    (("ciphertext-less", "A node of its path has a ciphertext too few.", Fault::PathCiphertextLess, update), PATH),
];

/// Mallory follows its own commit and asks there; bob and alice go on, and report. A majority of providers speaks for their
/// branch and nobody for mallory's, which is ended.
const FORKED: &str = "a:0>1 c:1>5 c:ask5 b:1>2 b:ask2 a:ask2 ?0:a,5;1:bc,2;2:ab,0;5:c,3/0>1;1>2;1>5/1[2,5]open \
     a:rep2 ?0:a,6;1:bc,3;2:ab,0;5:c,4/0>1;1>2;1>5/1[2,5]open \
     b:rep2 ?0:a,7;1:bc,4;2:ab,0;5!:c,5/0>1;1>2;1>5/ c:say5! b:say2 a:ask1";

/// Mallory speaks for its branch as well: nobody is ended, though two of three speak for the other.
const DISPUTED: &str = "a:0>1 c:1>5 b:1>2 a:ask2 c:rep5 a:rep2 b:rep2 \
     ?0:a,6;1:bc,4;2:ab,0;5:c,2/0>1;1>2;1>5/1[2,5]undecidable c:say5 b:say2";

/// The commit is refused, and nothing of it is anywhere.
const REFUSED: &str = "a:0>1 c:1>5 b:1>2 b:ask2 a:ask2 c:ask5 ?0:a,3;1:b,2;2:ab,0/0>1;1>2/ \
     a:rep2 b:rep2 ?0:a,5;1:b,4;2:ab,0/0>1;1>2/ b:say2 a:ask1";

/// The group, with mallory's commit in it.
fn group(of: &invalid::Group, fault: Fault, plan: Plans, refused: &'static [Reason]) -> Result<Group> {
    let bobs = of.bob.copy().commit(&Plan { update: true, ..Plan::default() })?;
    let bare = |message| Real { message, ..Real::default() };
    let hostile = Real { refused, ..bare(of.hostile(fault, plan)?) };
    let commits =
        BTreeMap::from([((0, 1), bare(of.adds.commit.clone())), ((1, 5), hostile), ((1, 2), bare(bobs.commit))]);
    Ok(Group { created: Some(of.created.clone()), commits })
}

fn case(
    of: &invalid::Group,
    kind: &str,
    row: &Row,
    more: (&str, &str, &str),
    refused: &'static [Reason],
) -> Result<Case> {
    let (name, comment, fault, plan) = *row;
    let (suffix, rule, steps) = more;
    let mut settings = json!({"termination": "minority", "after": 0});
    if kind == "tracking"
        && let Some(members) = settings.as_object_mut()
    {
        members.insert("refuses_invalid".to_owned(), true.into());
    }
    let (name, rule) = (format!("{name}-{suffix}"), format!("hostile {rule}"));
    Ok(play_in(group(of, fault, plan, refused)?, kind, (&name, &rule, comment), settings, steps))
}

pub(super) fn cases() -> Result<Vec<Case>> {
    let of = invalid::Group::new()?;
    let (forked, disputed) =
        (("at-a-blind-hub", "forks-1:3:majority", FORKED), ("disputed", "forks-1:3:undecidable", DISPUTED));
    let unseen = ("at-a-tracking-hub", "forks-1:1:what-is-a-fork", FORKED);
    let mut cases = vec![];
    for row in UNSEEN.iter().chain(SEEN.iter().map(|(row, _)| row)) {
        cases.push(case(&of, "blind", row, forked, &[])?);
        cases.push(case(&of, "blind", row, disputed, &[])?);
    }
    for row in UNSEEN {
        cases.push(case(&of, "tracking", row, unseen, &[])?);
    }
    for (row, reasons) in SEEN {
        let refused = ("refused", "ds-00:6:unambiguously-invalid", REFUSED);
        cases.push(case(&of, "tracking", row, refused, reasons)?);
    }
    Ok(cases)
}
