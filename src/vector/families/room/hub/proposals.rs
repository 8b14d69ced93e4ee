//! Proposals (sections 5.3 and 5.5), those of the hub among them.

use super::story::{OTHERS, Story, Tale, changed, each, reference};
use super::town::{GROUP, HUB, HUB_INDEX, seed};
use crate::mls::member::{Plan, Proposal, Result};
use crate::reason::room as reason;
use crate::vector::forge::rooms::{Tree, commit_bundle, external_remove, fanout, full, proposal_bundle};
use serde_json::json;

pub(super) const TALES: &[Tale] = &[
    ("proposal", "A proposal is taken, and told to the others.", "proposals", "5.3:success", one),
    (
        "proposals-together",
        "Three proposals in one request go on as they came.",
        "proposals",
        "5.5:more-proposals-same",
        together,
    ),
    ("proposal-of-another-epoch", "A proposal of an epoch that is over.", "epoch", "5.3:wrong-epoch", late),
    (
        "proposal-behind-of-another-epoch",
        "The second of two proposals is of another epoch.",
        "epoch",
        "5.3:wrong-epoch",
        late_behind,
    ),
    ("proposal-of-another-group", "A proposal of another group.", "group", "5.3:not-allowed", other_group),
    (
        "proposal-with-wrong-signature",
        "A proposal that nobody signed is named by its reference.",
        "invalid",
        "5.3:invalid-proposal",
        unsigned,
    ),
    (
        "proposal-invalid-among-three",
        "One of three is not valid: none is taken, and that one named.",
        "invalid",
        "5.3:invalid-proposal",
        among_three,
    ),
    ("proposals-two-invalid", "Two of three are not valid.", "invalid", "5.3:invalid-proposal", two_invalid),
    (
        "proposal-through-another",
        "A proposal that comes from a provider that is not its sender's.",
        "sender",
        "5.3:not-allowed",
        through_another,
    ),
    (
        "proposal-of-unlisted-sender",
        "A proposal of an external sender that the group does not have.",
        "sender",
        "7.4:external-senders",
        unlisted,
    ),
    (
        "proposal-in-hubs-name",
        "A proposal in the hub's name that comes from another provider.",
        "sender",
        "7.4:external-senders",
        in_hubs_name,
    ),
    ("proposal-of-hub", "The hub proposes by itself, and tells everybody.", "own", "5.5:own-events", of_hub),
    ("proposal-of-hub-committed", "A member commits what the hub proposed.", "own", "7.3:all-may-propose", committed),
    (
        "proposal-of-hub-again",
        "Somebody joins from outside, and what the hub proposed is proposed again.",
        "own",
        "5.5:stapled-proposals",
        again,
    ),
    (
        "external-sender-commits",
        "A commit in the name of an external sender.",
        "sender",
        "7.3:clients-commit",
        sender_commits,
    ),
    (
        "proposals-beyond-limit",
        "More proposals than the hub keeps; fewer are taken.",
        "limits",
        "ds-00:6:unambiguous-criteria",
        beyond,
    ),
];

const A: &str = "a.example";
const B: &str = "b.example";
const ALICE: &str = "alice-laptop";

fn remove_cathy(s: &mut Story, by: &str) -> Result<Vec<u8>> {
    let cathy = s.town.leaf("cathy-laptop")?;
    s.town.copy().propose(by, &Proposal::Remove(cathy))
}

fn one(s: &mut Story) -> Result<()> {
    let proposal = s.town.propose("bob-phone", &Proposal::Update)?;
    s.proposed(B, &proposal, &[], &[A, "c.example", HUB], "");
    s.commits(ALICE, &Plan::default(), OTHERS, "").map(drop)
}

fn three(s: &mut Story) -> Result<[Vec<u8>; 3]> {
    Ok([
        remove_cathy(s, "bob-phone")?,
        s.town.copy().propose("bob-phone", &Proposal::Update)?,
        s.town.copy().propose("bob-laptop", &Proposal::Update)?,
    ])
}

fn together(s: &mut Story) -> Result<()> {
    let [first, second, third] = three(s)?;
    s.proposed(B, &first, &[second, third], &[A, "c.example", HUB], "");
    s.must();
    Ok(())
}

fn late(s: &mut Story) -> Result<()> {
    let proposal = remove_cathy(s, "bob-phone")?;
    s.goes_on()?;
    s.wrong_epoch(B, &proposal_bundle(&proposal, &[]), "");
    s.goes_on()
}

fn late_behind(s: &mut Story) -> Result<()> {
    let late = remove_cathy(s, "bob-phone")?;
    s.goes_on()?;
    let good = remove_cathy(s, "bob-phone")?;
    s.wrong_epoch(B, &proposal_bundle(&good, &[late]), "");
    s.proposed(B, &good, &[], &[A, "c.example", HUB], "the first alone");
    Ok(())
}

fn other_group(s: &mut Story) -> Result<()> {
    let proposal = remove_cathy(s, "bob-phone")?;
    s.not_allowed(B, &proposal_bundle(&changed(&proposal, proposal.len().saturating_sub(5)), &[]), "");
    s.goes_on()
}

/// A proposal with a signature that is not its own, before the membership tag of 33 octets.
fn spoilt(proposal: &[u8]) -> Vec<u8> {
    changed(proposal, 33 + 10)
}

fn unsigned(s: &mut Story) -> Result<()> {
    let evil = spoilt(&remove_cathy(s, "bob-phone")?);
    s.invalid(B, &proposal_bundle(&evil, &[]), &[reference(&evil)]);
    s.goes_on()
}

fn among_three(s: &mut Story) -> Result<()> {
    let [first, second, third] = three(s)?;
    let evil = spoilt(&second);
    s.invalid(B, &proposal_bundle(&first, &[evil.clone(), third.clone()]), &[reference(&evil)]);
    s.proposed(B, &first, &[second, third], &[A, "c.example", HUB], "all of them as they should be");
    Ok(())
}

fn two_invalid(s: &mut Story) -> Result<()> {
    let [first, second, third] = three(s)?;
    let evil = [spoilt(&first), spoilt(&third)];
    let references = [reference(&evil[0]), reference(&evil[1])];
    s.invalid(B, &proposal_bundle(&evil[0], &[second, evil[1].clone()]), &references);
    s.goes_on()
}

fn through_another(s: &mut Story) -> Result<()> {
    let proposal = remove_cathy(s, "bob-phone")?;
    s.not_allowed(A, &proposal_bundle(&proposal, &[]), "");
    s.goes_on()
}

fn unlisted(s: &mut Story) -> Result<()> {
    let proposal = external_remove(&seed(B), GROUP, 1, 1, s.town.leaf("cathy-laptop")?);
    s.not_allowed(B, &proposal_bundle(&proposal, &[]), "");
    s.goes_on()
}

fn in_hubs_name(s: &mut Story) -> Result<()> {
    let proposal = external_remove(&seed(HUB), GROUP, 1, HUB_INDEX, s.town.leaf("cathy-laptop")?);
    s.not_allowed(B, &proposal_bundle(&proposal, &[]), "");
    s.goes_on()
}

const ALL: &[&str] = &[A, B, "c.example", HUB];

fn of_hub(s: &mut Story) -> Result<()> {
    let proposal = s.expelled("bob-laptop", ALL)?;
    let (request, time) = (s.asks("bob-tablet")?.octets(), s.time());
    s.gives("bob-tablet", &request, ALICE, &[(proposal, time)])
}

fn committed(s: &mut Story) -> Result<()> {
    s.expelled("bob-laptop", ALL)?;
    s.commits(ALICE, &Plan::default(), OTHERS, "")?;
    let request = s.asks("bob-tablet")?.octets();
    s.gives("bob-tablet", &request, ALICE, &[])
}

/// Somebody joins from outside; the pushes with what the hub staples to it, and those of a hub that staples nothing and
/// proposes by another message, or not at all.
fn joins(s: &mut Story, who: &str, again: Option<&str>) -> Result<()> {
    let out = s.town.join(who, ALICE)?;
    let leaf = again.map(|client| s.town.leaf(client)).transpose()?;
    let stapled: Vec<_> = leaf.map(|leaf| external_remove(&seed(HUB), GROUP, 2, HUB_INDEX, leaf)).into_iter().collect();
    let request = commit_bundle(&out.commit, None, &full(&out.group_info), &Tree::Hub);
    let (to, commit) = ([A, "c.example", HUB], &out.commit);
    s.taken(B, &request, "", |time| each(&to, &fanout(time, commit, Some(&stapled))));
    s.moved();
    if let [proposal] = stapled.as_slice() {
        let time = s.time();
        let plain = each(&to, &fanout(time, commit, Some(&[])));
        let apart = each(ALL, &fanout(time, proposal, Some(&[])));
        s.or_pushes(plain.iter().cloned().chain(apart).collect());
        s.or_pushes(plain);
    }
    Ok(())
}

fn again(s: &mut Story) -> Result<()> {
    s.expelled("bob-laptop", ALL)?;
    joins(s, "bob-tablet", Some("bob-laptop"))
}

fn sender_commits(s: &mut Story) -> Result<()> {
    let out = s.town.aside(ALICE, &Plan { update: true, ..Plan::default() })?;
    // The sender's type stands behind version, wire format, group id and epoch.
    let mut commit = out.commit.clone();
    if let Some(octet) = commit.get_mut(4 + 1 + GROUP.len() + 8) {
        *octet = 2;
    }
    // An external sender has no membership tag.
    commit.truncate(commit.len().saturating_sub(33));
    let request = commit_bundle(&commit, None, &full(&out.group_info), &Tree::Hub);
    s.not_allowed(HUB, &request, "");
    s.goes_on()
}

fn beyond(s: &mut Story) -> Result<()> {
    s.opened_with("limits", json!({"max_pending_proposals": 2}));
    let [first, second, third] = three(s)?;
    let request = proposal_bundle(&first, &[second.clone(), third]);
    s.refused("room-hub/update", B, &request, "", reason::EXCEEDS_PROPOSAL_LIMIT);
    s.proposed(B, &first, &[second], &[A, "c.example", HUB], "two");
    Ok(())
}
