//! Commits (sections 5.3, 5.5).

use super::story::{OTHERS, Story, Tale, bundle, changed, update};
use super::town::{GROUP, HUB};
use crate::mls::member::{Plan, Proposal, Result};
use crate::reason::room as reason;
use crate::vector::Verdict;
use crate::vector::forge::rooms::{Tree, commit_bundle, full, partial};
use crate::vector::forge::traffic::{Kind, private_message};

pub(super) const TALES: &[Tale] = &[
    (
        "commit",
        "A commit is taken, told to the others, and what follows is of its epoch.",
        "accepted",
        "5.3:success",
        taken,
    ),
    ("commit-of-each", "Members of three providers commit in turn.", "fan-out", "5.5:fanned-out", of_each),
    ("commit-partial-group-info", "The GroupInfo comes in part.", "group-info", "5.3:group-info-option", in_part),
    ("commit-whole-tree", "The tree comes whole.", "accepted", "5.3:bundle-fields", with_tree),
    ("commit-tree-by-url", "The tree is to be had at a URL.", "accepted", "5.3:bundle-fields", by_url),
    ("commit-tree-out-of-band", "The tree comes in another way.", "accepted", "5.3:bundle-fields", out_of_band),
    ("commit-of-epoch-before", "Two commits of one epoch: the second is late.", "epoch", "5.3:wrong-epoch", late),
    ("commit-of-epoch-after", "A commit of an epoch that the hub is not in yet.", "epoch", "5.3:wrong-epoch", early),
    (
        "commit-late-and-not-allowed",
        "A late commit that comes through another provider.",
        "epoch",
        "5.3:order-of-codes",
        late_through_another,
    ),
    ("commit-twice", "A commit that the hub has already.", "epoch", "5.3:wrong-epoch", twice),
    ("commit-of-another-group", "A commit of another group.", "group", "5.3:not-allowed", other_group),
    (
        "commit-with-wrong-signature",
        "A commit that nobody signed.",
        "invalid",
        "5.3:invalid-commit 7.1:hub-decides",
        unsigned,
    ),
    ("commit-of-nobody", "A commit of a leaf that nobody has.", "invalid", "7.1:hub-decides", of_nobody),
    (
        "commit-through-another",
        "A commit that comes from a provider that is not its sender's.",
        "sender",
        "5.3:not-allowed",
        through_another,
    ),
    ("commit-encrypted", "A commit that the hub can not read.", "malformed", "5.3:handshake-visible", encrypted),
    (
        "commit-with-group-info-before",
        "The GroupInfo of the epoch before.",
        "group-info",
        "5.3:group-info-fits",
        info_before,
    ),
    (
        "commit-with-group-info-of-another",
        "The GroupInfo of another commit.",
        "group-info",
        "5.3:group-info-fits",
        info_of_another,
    ),
    (
        "commit-with-group-info-unsigned",
        "A GroupInfo that nobody signed.",
        "group-info",
        "5.3:group-info-fits",
        info_unsigned,
    ),
    (
        "commit-with-part-unsigned",
        "A partial GroupInfo with the signature of another.",
        "group-info",
        "5.3:group-info-fits",
        part_unsigned,
    ),
    (
        "commit-with-tree-of-another",
        "A tree that is not that of the epoch.",
        "group-info",
        "5.3:group-info-fits",
        tree_of_another,
    ),
    ("commit-with-embedded-tree", "A GroupInfo with the tree inside.", "group-info", "5.3:no-embedded-tree", embedded),
    (
        "commit-by-reference",
        "A commit with proposals that the hub had before.",
        "proposals",
        "7.3:all-may-propose",
        by_reference,
    ),
    (
        "commit-of-unknown-proposal",
        "A commit with a proposal that the hub never had.",
        "proposals",
        "5.3:invalid-commit 7.1:hub-decides",
        unknown_proposal,
    ),
    (
        "commit-without-proposals",
        "A commit that leaves out a proposal.",
        "proposals",
        "7.3:all-proposals-committed",
        left_out,
    ),
    ("commit-cut", "A commit that ends too early, and whole.", "malformed", "5.3:bundle-fields", cut),
    ("commit-and-more", "A commit with an octet behind it.", "malformed", "5.3:no-protocol", and_more),
];

const ALICE: &str = "alice-laptop";
const A: &str = "a.example";

fn taken(s: &mut Story) -> Result<()> {
    s.commits(ALICE, &update(), OTHERS, "")?;
    let hello = s.town.send("bob-phone", "hello")?;
    s.accepted("bob-phone", &hello, &[A, "c.example", HUB], "a message of the new epoch");
    Ok(())
}

fn of_each(s: &mut Story) -> Result<()> {
    s.commits("bob-phone", &update(), &[A, "c.example", HUB], "")?;
    s.commits("cathy-laptop", &update(), &[A, "b.example", HUB], "")?;
    s.commits("hana-laptop", &update(), &[A, "b.example", "c.example"], "one of the hub's own users")?;
    s.goes_on()
}

fn in_part(s: &mut Story) -> Result<()> {
    let out = s.town.commit(ALICE, &update())?;
    let request = commit_bundle(&out.commit, None, &partial(&out.group_info), &Tree::Hub);
    s.commits_as(ALICE, &out, &request, OTHERS, "");
    let request = s.asks("bob-tablet")?.octets();
    s.gives_this("bob-tablet", &request, &out.group_info, &out.ratchet_tree, &[])
}

fn tree(s: &mut Story, tree: impl FnOnce(&[u8]) -> Tree) -> Result<()> {
    let out = s.town.commit(ALICE, &update())?;
    let request = commit_bundle(&out.commit, None, &full(&out.group_info), &tree(&out.ratchet_tree));
    s.commits_as(ALICE, &out, &request, OTHERS, "");
    s.goes_on()
}

fn with_tree(s: &mut Story) -> Result<()> {
    tree(s, |octets| Tree::Full(octets.to_vec()))
}

fn by_url(s: &mut Story) -> Result<()> {
    tree(s, |_| Tree::Url)
}

fn out_of_band(s: &mut Story) -> Result<()> {
    tree(s, |_| Tree::OutOfBand)
}

fn late(s: &mut Story) -> Result<()> {
    let other = s.town.aside("bob-phone", &update())?;
    s.commits(ALICE, &update(), OTHERS, "")?;
    s.wrong_epoch("b.example", &bundle(&other), "of the epoch that is over");
    s.goes_on()
}

fn late_through_another(s: &mut Story) -> Result<()> {
    let other = s.town.aside("bob-phone", &update())?;
    s.commits(ALICE, &update(), OTHERS, "")?;
    s.wrong_epoch("c.example", &bundle(&other), "");
    s.contested(&[
        (Verdict::Accept, "wrongEpoch: who may send what is a question of the epoch."),
        (Verdict::Accept, "notAllowed: nothing of the room is told to somebody who is not allowed."),
    ]);
    Ok(())
}

fn early(s: &mut Story) -> Result<()> {
    let mut ahead = s.town.copy();
    ahead.commit(ALICE, &update())?;
    s.wrong_epoch("b.example", &bundle(&ahead.commit("bob-phone", &update())?), "");
    s.goes_on()
}

fn twice(s: &mut Story) -> Result<()> {
    let out = s.commits(ALICE, &update(), OTHERS, "")?;
    s.wrong_epoch(A, &bundle(&out), "the same again");
    s.goes_on()
}

fn other_group(s: &mut Story) -> Result<()> {
    let out = s.town.aside(ALICE, &update())?;
    // One letter of the group id, which stands behind version, wire format and its length.
    let commit = changed(&out.commit, out.commit.len().saturating_sub(5));
    s.not_allowed(A, &commit_bundle(&commit, None, &full(&out.group_info), &Tree::Hub), "");
    s.goes_on()
}

fn unsigned(s: &mut Story) -> Result<()> {
    let out = s.town.aside(ALICE, &update())?;
    // Before a membership tag of 33 octets and a confirmation tag of 33.
    let commit = changed(&out.commit, 33 + 33 + 10);
    s.not_allowed(A, &commit_bundle(&commit, None, &full(&out.group_info), &Tree::Hub), "");
    s.contested(&[
        (Verdict::Accept, "notAllowed: no other code fits a commit that is not valid"),
        (Verdict::Accept, "invalidProposal, or an HTTP error: no policy and no authorization is against it"),
    ]);
    s.goes_on()
}

fn of_nobody(s: &mut Story) -> Result<()> {
    let out = s.town.aside(ALICE, &update())?;
    // The leaf stands behind version, wire format, group id, epoch and the sender's type.
    let leaf = 4 + 1 + GROUP.len() + 8 + 1 + 3;
    let commit = changed(&out.commit, out.commit.len().saturating_sub(leaf));
    let commit = changed(&commit, commit.len().saturating_sub(leaf.saturating_sub(1)));
    s.not_allowed(A, &commit_bundle(&commit, None, &full(&out.group_info), &Tree::Hub), "");
    s.goes_on()
}

fn through_another(s: &mut Story) -> Result<()> {
    let out = s.town.aside(ALICE, &update())?;
    s.not_allowed("b.example", &bundle(&out), "");
    s.goes_on()
}

fn encrypted(s: &mut Story) -> Result<()> {
    let out = s.town.aside(ALICE, &update())?;
    let commit = private_message(GROUP, 1, Kind::Commit, b"sealed");
    let request = commit_bundle(&commit, None, &full(&out.group_info), &Tree::Hub);
    s.refused("room-hub/update", A, &request, "", reason::NOT_A_VISIBLE_HANDSHAKE);
    s.goes_on()
}

/// A commit of Alice's with another GroupInfo.
fn with_info(s: &mut Story, info: &[u8]) -> Result<()> {
    let out = s.town.aside(ALICE, &update())?;
    s.not_allowed(A, &commit_bundle(&out.commit, None, info, &Tree::Hub), "");
    let readings = [
        (Verdict::Accept, "notAllowed: the hub has to give this GroupInfo on, and would lead joiners astray"),
        (Verdict::Accept, "success: the draft does not ask the hub to look at it"),
    ];
    s.contested(&readings);
    s.goes_on()
}

fn info_before(s: &mut Story) -> Result<()> {
    let (info, _) = s.town.member(ALICE)?.group_info()?;
    with_info(s, &full(&info))
}

fn info_of_another(s: &mut Story) -> Result<()> {
    let other = s.town.aside("bob-phone", &update())?;
    with_info(s, &full(&other.group_info))
}

fn info_unsigned(s: &mut Story) -> Result<()> {
    let out = s.town.aside(ALICE, &update())?;
    with_info(s, &full(&changed(&out.group_info, 10)))
}

fn part_unsigned(s: &mut Story) -> Result<()> {
    let other = s.town.aside("bob-phone", &update())?;
    with_info(s, &partial(&other.group_info))
}

fn tree_of_another(s: &mut Story) -> Result<()> {
    let (out, other) = (s.town.aside(ALICE, &update())?, s.town.aside("bob-phone", &update())?);
    let tree = Tree::Full(other.ratchet_tree);
    s.not_allowed(A, &commit_bundle(&out.commit, None, &full(&out.group_info), &tree), "");
    s.contested(&[
        (Verdict::Accept, "notAllowed: what the hub is given does not belong together"),
        (Verdict::Accept, "success: the hub has the tree already"),
    ]);
    s.goes_on()
}

fn embedded(s: &mut Story) -> Result<()> {
    let mut ahead = s.town.copy();
    let out = ahead.commit(ALICE, &update())?;
    let info = ahead.member(ALICE)?.group_info_with_tree()?;
    s.not_allowed(A, &commit_bundle(&out.commit, None, &full(&info), &Tree::Hub), "");
    s.contested(&[
        (Verdict::Accept, "notAllowed: such a GroupInfo can not be given on as section 5.6 wants it"),
        (Verdict::Accept, "success, as the example of section 5.3 sends it"),
    ]);
    s.goes_on()
}

fn by_reference(s: &mut Story) -> Result<()> {
    let cathy = s.town.leaf("cathy-laptop")?;
    let proposal = s.town.propose("bob-phone", &Proposal::Remove(cathy))?;
    s.proposed("b.example", &proposal, &[], &[A, "c.example", HUB], "");
    s.commits(ALICE, &Plan::default(), OTHERS, "Cathy's client is out of the group, Cathy still in the list")?;
    let hello = s.town.send("bob-phone", "hello")?;
    s.accepted("bob-phone", &hello, &[A, "c.example", HUB], "so her provider is told");
    Ok(())
}

fn unknown_proposal(s: &mut Story) -> Result<()> {
    let mut aside = s.town.copy();
    let cathy = aside.leaf("cathy-laptop")?;
    aside.propose("bob-phone", &Proposal::Remove(cathy))?;
    s.not_allowed(A, &bundle(&aside.commit(ALICE, &Plan::default())?), "");
    s.contested(&[
        (Verdict::Accept, "notAllowed: no other code fits a commit that can not be followed"),
        (Verdict::Accept, "invalidProposal with the ProposalRef that is not known"),
    ]);
    s.goes_on()
}

fn left_out(s: &mut Story) -> Result<()> {
    let mut aside = s.town.copy();
    let cathy = aside.leaf("cathy-laptop")?;
    let proposal = aside.propose("bob-phone", &Proposal::Remove(cathy))?;
    s.proposed("b.example", &proposal, &[], &[A, "c.example", HUB], "");
    s.contested(&[
        (Verdict::Accept, "success: receivers do not insist (RFC 9420 section 12.4)"),
        (Verdict::Accept, "notAllowed: a commit contains all valid proposals (section 7.3)"),
    ]);
    s.goes_on()
}

fn cut(s: &mut Story) -> Result<()> {
    let whole = bundle(&s.town.aside(ALICE, &update())?);
    let cut = whole.get(..whole.len().saturating_sub(1)).unwrap_or_default().to_vec();
    s.refused("room-hub/update", A, &cut, "", crate::reason::wire::WIRE_TRUNCATED);
    s.goes_on()
}

fn and_more(s: &mut Story) -> Result<()> {
    let whole = [bundle(&s.town.aside(ALICE, &update())?), vec![0]].concat();
    s.refused("room-hub/update", A, &whole, "", crate::reason::wire::WIRE_TRAILING);
    s.contested(&[
        (Verdict::Reject, "Nothing but the bundle is in the body."),
        (Verdict::Reject, "A protocol stands before the bundle, which makes the first octet wrong."),
    ]);
    s.goes_on()
}
