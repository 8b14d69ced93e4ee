//! `delivery/tracking`: a hub that reads handshakes (sections 4.2 and 6). The messages are real: members of an MLS
//! library made them, which is not the one that the hub looks through. Partition keys are this suite's own, as no hub
//! can tell them from exported ones.

use super::scene::{ANN, CAT, GROUP, Next, SUITE, Scene, Sent};
use crate::mls::member::{Client, CommitOut, Engine, Member, Plan, Proposal, Refusal, Result, Settings};
use crate::mls::second;
use crate::protocol::CipherSuite;
use crate::reason::{delivery as reason, mls};
use crate::vector::families::build::{self, DELIVERY, NoteRow, failed, group};
use crate::vector::forge::traffic::{self, Kind};
use crate::vector::{Case, File};
use serde_json::json;

pub(in crate::vector::families) const NAME: &str = "delivery/tracking";

const NOTES: &[NoteRow] = &[
    (
        "tree",
        "The hub follows no tree, or serves one that does not belong to the GroupInfo.",
        "Every commit has to carry a tree, or nobody can join.",
        "ds-00:4.2:tree-needed",
        &["section 4.5"],
    ),
    (
        "branch",
        "A message is judged by another branch than the one that it names.",
        "Honest members of a branch are silenced by what happened on another.",
        "ds-00:6:judged-on-fork",
        &[],
    ),
    (
        "out-of-sight",
        "What the hub does not know counts as invalid.",
        "Members whom the hub cannot see are cut off.",
        "ds-00:6:unambiguous-criteria",
        &["section 3"],
    ),
    (
        "negative",
        "What is unambiguously invalid is let pass, which a hub may.",
        "Members have to sort it out.",
        "ds-00:6:unambiguously-invalid",
        &[],
    ),
    (
        "list",
        "A rule on lists of proposals, or on the size of paths, is not held against commits, or against too many.",
        "Members who look and members who do not are in different epochs, and joiners are sent to either.",
        "ds-00:6:unambiguously-invalid",
        &["RFC 9420 sections 7.6 and 12.2"],
    ),
    (
        "room",
        "What a room allows is judged of another branch, of another person, or too early; or not at all.",
        "Who is banned comes in at one provider, and who is not is kept out.",
        "ds-00:6:banned-add",
        &["draft-ietf-mimi-room-policy-03 section 8"],
    ),
];

const FORK: &str = "6:judged-on-fork";
const KNOWN: &str = "6:unambiguous-criteria";
const TREE: &str = "4.2:tree-needed rfc9750:7:service-tracks-state";
const INVALID: &str = "6:unambiguously-invalid";

/// What was said in one group, with a fork after Bob was added: Alice removes him, he goes on.
struct Said {
    created: (Vec<u8>, Vec<u8>),
    adds_bob: CommitOut,
    alice_in_common: Vec<u8>,
    data_in_common: Vec<u8>,
    removes_bob: CommitOut,
    bob_updates: CommitOut,
    bob_on_his: Vec<u8>,
    carol_joins: CommitOut,
}

fn device(name: &str) -> Result<Box<dyn Client>> {
    second::engine().client(&Settings {
        identity: name.into(),
        suite: CipherSuite(SUITE),
        seed: format!("{NAME} {name}"),
        encrypt_handshake: false,
        application: None,
    })
}

pub(super) fn none() -> Refusal {
    Refusal { reason: mls::NO_KEY_PACKAGE, said: "no Welcome, or a fault that befell nothing".into() }
}

fn say() -> Result<Said> {
    let (mut ann, mut ben) = (device("alice")?, device("bob")?);
    let mut alice = ann.create(GROUP)?;
    let created = alice.group_info()?;
    let adds_bob = alice.commit(&Plan { add: vec![ben.key_package()?], ..Plan::default() })?;
    alice.merge_own()?;
    let mut bob = ben.join(adds_bob.welcome.as_ref().ok_or_else(none)?, Some(&adds_bob.ratchet_tree))?;
    let mut apart: Box<dyn Member> = alice.copy();
    let (data_in_common, alice_in_common) = (apart.send(b"hello", b"")?, apart.propose(&Proposal::Remove(1))?);
    let removes_bob = alice.commit(&Plan { remove: vec![1], ..Plan::default() })?;
    let bob_updates = bob.commit(&Plan { update: true, ..Plan::default() })?;
    bob.merge_own()?;
    let bob_on_his = bob.propose(&Proposal::Remove(0))?;
    let (_, carol_joins) = device("carol")?.external_join(&adds_bob.group_info, Some(&adds_bob.ratchet_tree))?;
    Ok(Said { created, adds_bob, alice_in_common, data_in_common, removes_bob, bob_updates, bob_on_his, carol_joins })
}

pub(super) fn sent(message: &[u8], to: u8) -> Sent {
    Sent { group: GROUP, suite: SUITE, message: message.to_vec(), to, commit: None }
}

/// A commit with a GroupInfo that has no tree.
pub(super) fn committed(out: &CommitOut, from: u8, to: u8) -> Sent {
    let next = Next { to, group_info: Some(out.group_info.clone()), welcome: None };
    Sent { commit: Some(next), ..sent(&out.commit, from) }
}

/// One bit changed, so many octets before the end.
fn changed(sent: &Sent, before_end: usize) -> Sent {
    let mut message = sent.message.clone();
    if let Some(octet) = message.len().checked_sub(before_end).and_then(|place| message.get_mut(place)) {
        *octet ^= 1;
    }
    Sent { message, ..sent.clone() }
}

/// Where a signature lies: before a membership tag of 32 octets and, in a commit, a confirmation tag of 32.
const IN_SIGNATURE: usize = 33 + 10;
const IN_SIGNATURE_OF_COMMIT: usize = 33 + 33 + 10;

/// The same, of another leaf: behind version, wire format, group id, epoch and the sender's type.
fn of_leaf(sent: &Sent, leaf: u8) -> Sent {
    let mut message = sent.message.clone();
    if let Some(octet) = message.get_mut(4 + 1 + GROUP.len() + 8 + 1 + 3) {
        *octet = leaf;
    }
    Sent { message, ..sent.clone() }
}

fn tracking(name: &str, comment: &str, flag: &str, rules: &str) -> Scene {
    Scene::empty(name, comment, flag, rules, json!({"kind": "tracking"}))
}

fn cases(said: &Said) -> Vec<Case> {
    let (created, tree) = &said.created;
    let adds = committed(&said.adds_bob, 0, 1);
    let (hers, his) = (committed(&said.removes_bob, 1, 2), committed(&said.bob_updates, 1, 3));
    let (proposal, on_his) = (sent(&said.alice_in_common, 1), sent(&said.bob_on_his, 3));
    let data = sent(&said.data_in_common, 1);
    let joins = committed(&said.carol_joins, 1, 4);
    let sealed = Sent { message: traffic::private_message(GROUP, 1, Kind::Commit, b"sealed"), ..hers.clone() };
    let elsewhere = Sent { to: 9, ..changed(&hers, IN_SIGNATURE_OF_COMMIT).bare() };
    let wrong_tree = his.clone().with_info(said.removes_bob.group_info.clone());
    // In epoch 1, with Bob.
    let with_bob = |name, comment, flag, rules| {
        tracking(name, comment, flag, rules).create_with_tree(created, tree).send(ANN, &adds)
    };
    let forked = |name, comment| with_bob(name, comment, "branch", FORK).send_all(&[&hers, &his]);
    let may = |name, comment, sent: &Sent, reasons| {
        with_bob(name, comment, "negative", INVALID).send_all(&[&hers, &his]).send_either(sent, &[], reasons).end()
    };
    vec![
        with_bob("tree-inferred", "A GroupInfo without a tree, whose tree the commit tells.", "tree", TREE)
            .info_with_tree(&said.adds_bob.group_info, &said.adds_bob.ratchet_tree)
            .end(),
        with_bob("tree-inferred-on-branches", "Two commits of one epoch, each with its own tree.", "tree", TREE)
            .send_all(&[&hers, &his])
            .receive(1, 0, &[&hers, &his])
            .end(),
        with_bob("tree-of-sealed-commit", "A sealed commit tells no tree; a readable one after it does.", "tree", TREE)
            .send_refused(ANN, &sealed, &[reason::TREE_NEEDED])
            .send(ANN, &hers)
            .receive(1, 0, &[&hers])
            .end(),
        with_bob("tree-of-another-commit", "A GroupInfo whose tree hash is not that of the commit.", "tree", TREE)
            .send_refused(ANN, &wrong_tree, &[reason::GROUP_INFO_OF_ANOTHER, reason::TREE_NEEDED])
            .send(ANN, &his)
            .receive(1, 0, &[&his])
            .end(),
        forked("branch-of-the-removed", "Who was removed on one branch goes on as a member on the other.")
            .send(ANN, &on_his)
            .receive(3, 0, &[&on_his])
            .must(),
        with_bob("branch-of-the-removed-later", "The same, where the removal comes last.", "branch", FORK)
            .send_all(&[&his, &hers, &on_his])
            .receive(3, 0, &[&on_his])
            .must(),
        forked("branch-that-stays", "A member who ignored both commits is in the epoch before.")
            .send(ANN, &proposal)
            .receive(1, 2, &[&proposal])
            .must(),
        with_bob("sealed-message", "What cannot be read is not judged.", "out-of-sight", KNOWN)
            .send(ANN, &data)
            .receive(1, 0, &[&data])
            .must(),
        with_bob("sealed-commit", "Nor is a sealed commit, nor what follows it.", "out-of-sight", KNOWN)
            .send_all(&[&sealed.clone().bare(), &Sent { to: 2, ..on_his.clone() }])
            .receive(2, 0, &[&Sent { to: 2, ..on_his.clone() }])
            .must(),
        with_bob(
            "unknown-branch",
            "A commit that is wrong everywhere, on a branch that is not known.",
            "out-of-sight",
            KNOWN,
        )
        .send(ANN, &elsewhere)
        .receive(9, 0, &[&elsewhere])
        .must(),
        tracking("without-group-info", "A group without a GroupInfo is out of sight.", "out-of-sight", KNOWN)
            .create(GROUP, SUITE, None)
            .send_all(&[&adds.clone().bare(), &changed(&proposal, IN_SIGNATURE)])
            .receive(1, 0, &[&changed(&proposal, IN_SIGNATURE)])
            .must(),
        with_bob("joins", "An external commit that fits the most recent epoch.", "branch", "4.5:most-recent-key")
            .join(CAT, &joins, 1)
            .receive(1, 0, &[&joins])
            .info_with_tree(&said.carol_joins.group_info, &said.carol_joins.ratchet_tree)
            .end(),
        may(
            "invalid-signature",
            "A proposal with a wrong signature.",
            &changed(&proposal, IN_SIGNATURE),
            &[mls::BAD_SIGNATURE],
        ),
        may(
            "invalid-signature-of-commit",
            "A commit with a wrong signature.",
            &changed(&hers, IN_SIGNATURE_OF_COMMIT).bare(),
            &[mls::BAD_SIGNATURE],
        ),
        may("unknown-leaf", "A proposal of a leaf that nobody has.", &of_leaf(&proposal, 9), &[mls::UNKNOWN_SENDER]),
        may(
            "removed-member",
            "A proposal of somebody who was removed there.",
            &Sent { to: 2, ..on_his.clone() },
            &[mls::UNKNOWN_SENDER],
        ),
        may(
            "epoch-before",
            "A proposal of the epoch before.",
            &Sent { to: 2, ..proposal.clone() },
            &[mls::WRONG_EPOCH],
        ),
    ]
}

pub(in crate::vector::families) fn file() -> File {
    let made = match say() {
        Ok(said) => group("real handshakes", cases(&said)),
        Err(refusal) => failed("real handshakes", &refusal),
    };
    let more = [("invalid beyond doubt", super::invalid::cases()), ("what a room allows", super::allowed::cases())];
    let more = more.into_iter().map(|(name, cases)| match cases {
        Ok(cases) => group(name, cases),
        Err(refusal) => failed(name, &refusal),
    });
    build::file(DELIVERY, NAME, NOTES, std::iter::once(made).chain(more).collect())
}

#[cfg(test)]
mod tests {
    /// A library that refuses would leave an empty group behind.
    #[test]
    fn every_case_is_made() {
        assert!(
            super::file().cases().count() >= 39,
            "{}",
            super::file().groups.iter().map(|g| &*g.name).collect::<String>()
        );
    }
}
