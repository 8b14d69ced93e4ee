//! Who participates (sections 5.3, 7.4, 7.5), who is added, removed and banned, and what a room keeps in its group.

use super::story::{OTHERS, Story, Tale, bundle, each, none, update};
use super::town::{AGENT, BANNED, HUB, LIST, MEMBER, METADATA, ROOM, Town, home, seed, user};
use crate::mls::member::{CommitOut, Plan, Proposal, Result};
use crate::vector::Verdict;
use crate::vector::forge::rooms::{
    Change, Tree, commit_bundle, fanout, fanout_welcome, full, metadata, proposal_bundle, public_key,
};

pub(super) const TALES: &[Tale] = &[
    (
        "added-with-list",
        "Dave enters list and group by one commit, and his provider gets the Welcome.",
        "welcome",
        "5.5:welcome-by-ref",
        with_list,
    ),
    (
        "added-after-list",
        "Dave is in the list before his client is in the group.",
        "welcome",
        "5.3:participant-before-member",
        after_list,
    ),
    (
        "added-without-list",
        "A client of somebody who is not in the list.",
        "list",
        "5.3:participant-before-member",
        without_list,
    ),
    (
        "added-as-banned",
        "A client of somebody who enters the list as banned.",
        "list",
        "5.3:participant-before-member",
        as_banned,
    ),
    (
        "added-unknown-client",
        "A client whose user nobody knows.",
        "list",
        "5.3:participant-before-member",
        unknown_client,
    ),
    (
        "welcome-unclaimed",
        "A Welcome for a KeyPackage that was not fetched through the hub.",
        "welcome",
        "5.5:welcome-unclaimed 4.3.1:refs-recorded",
        unclaimed,
    ),
    ("welcome-to-two", "A Welcome for clients of two providers.", "welcome", "5.5:welcome-by-ref", to_two),
    (
        "welcome-behind-commit",
        "A provider with a participant gets the commit, and the Welcome of another.",
        "welcome",
        "5.5:ordered",
        behind,
    ),
    ("welcome-with-tree", "The tree of the bundle goes with the Welcome.", "welcome", "5.5:welcome-by-ref", with_tree),
    (
        "banned",
        "Who was banned neither sends, nor commits, nor gets messages.",
        "removed",
        "5.3:removed-no-application",
        banned,
    ),
    ("banned-commit", "A commit by somebody banned.", "removed", "5.3:removed-no-commit", banned_commit),
    (
        "banned-leaves",
        "Somebody banned takes the own clients out, and nothing else.",
        "removed",
        "5.3:removed-proposals",
        banned_leaves,
    ),
    (
        "removed",
        "Who was removed from the list neither sends nor gets messages.",
        "removed",
        "5.3:removed-no-application",
        removed,
    ),
    ("removed-commit", "A commit by somebody removed.", "removed", "5.3:removed-no-commit", removed_commit),
    (
        "removed-leaves",
        "Somebody removed takes the own clients out, and nothing else.",
        "removed",
        "5.3:removed-proposals",
        removed_leaves,
    ),
    (
        "removed-altogether",
        "Bob leaves list and group by one commit, which his provider is told.",
        "removed",
        "5.5:removed-told 5.3:removed-together",
        altogether,
    ),
    (
        "removed-from-list-alone",
        "Bob leaves the list while his clients stay.",
        "removed",
        "5.3:removed-apart 5.3:removed-together",
        list_alone,
    ),
    ("role-changes", "Cathy's role changes to another that may act.", "list", "7.5:one-role", role_changes),
    ("order-of-changes", "Roles, removals and additions in one update.", "list", "7.5:update-order", order),
    (
        "index-beyond-list",
        "An update of an index that the list does not have.",
        "list",
        "7.5:index-out-of-range",
        beyond,
    ),
    (
        "user-twice-in-update",
        "One update changes Bob's role and removes him.",
        "list",
        "7.5:user-once-a-commit",
        twice_in_update,
    ),
    (
        "user-twice-in-commit",
        "Two updates of one commit change Bob's role.",
        "list",
        "7.5:user-once-a-commit",
        twice_in_commit,
    ),
    ("user-added-again", "Somebody is added who is in the list.", "list", "7.5:one-role", added_again),
    ("list-malformed", "An update that nobody can read.", "list", "7.5:update-fields", malformed),
    ("indices-of-list-before", "Two removals in one update.", "list", "7.5:indices", indices),
    ("metadata", "The room is renamed.", "metadata", "7.6:replaces", renamed),
    ("metadata-malformed", "Metadata that nobody can read.", "metadata", "7.6:metadata-fields", metadata_malformed),
    ("metadata-twice", "Two updates of the metadata in one commit.", "metadata", "7.6:one-a-commit", metadata_twice),
    (
        "ban-proposed",
        "A ban that was proposed, and is not committed yet.",
        "removed",
        "7.1:applied-when-accepted",
        ban_proposed,
    ),
    ("franking-agent", "A franking agent is added.", "metadata", "5.4.1:agent-update", franking_agent),
    (
        "franking-agent-malformed",
        "A franking agent that nobody can read.",
        "metadata",
        "5.4.1:agent-fields",
        franking_agent_malformed,
    ),
    (
        "hub-unlisted",
        "A commit takes the hub off the external senders.",
        "external-senders",
        "7.4:hub-listed",
        hub_unlisted,
    ),
    (
        "hub-other-key",
        "A commit gives the hub's name another key.",
        "external-senders",
        "7.4:hub-listed",
        hub_other_key,
    ),
    (
        "follower-listed",
        "A provider with participants becomes an external sender, and proposes.",
        "external-senders",
        "7.4:follower-listed",
        follower_listed,
    ),
    (
        "follower-without-participants",
        "A provider without participants becomes an external sender.",
        "external-senders",
        "7.4:who-unlists",
        stranger_listed,
    ),
    (
        "follower-stays-listed",
        "The last participant of a listed provider leaves, and the provider stays.",
        "external-senders",
        "7.4:who-unlists",
        stays_listed,
    ),
    (
        "follower-leaves",
        "The last participant of a listed provider leaves with its provider.",
        "external-senders",
        "7.4:follower-unlisted",
        follower_leaves,
    ),
    (
        "effective-on-commit",
        "A provider proposes before the commit that lists it.",
        "external-senders",
        "7.4:effective-on-commit",
        before_commit,
    ),
];

const ALICE: &str = "alice-laptop";
const A: &str = "a.example";
const B: &str = "b.example";
const C: &str = "c.example";

/// Places in the list.
const BOB: u32 = 1;
const CATHY: u32 = 2;

fn list(change: &Change) -> Plan {
    Plan { updates: vec![(LIST, change.octets())], ..Plan::default() }
}

fn with_dave(role: u32) -> Plan {
    list(&Change { added: vec![(user("dave"), role)], ..Change::default() })
}

fn role_of_bob(role: u32) -> Plan {
    list(&Change { roles: vec![(BOB, role)], ..Change::default() })
}

fn without(indices: &[u32]) -> Plan {
    list(&Change { removed: indices.to_vec(), ..Change::default() })
}

/// A commit with a Welcome: told to these, and these get the Welcome behind it.
fn welcomed(s: &mut Story, out: &CommitOut, tree: &Tree, to: &[&str], joiners: &[&str]) -> Result<()> {
    let welcome = out.welcome.clone().ok_or_else(|| none("no Welcome"))?;
    let request = commit_bundle(&out.commit, Some(&welcome), &full(&out.group_info), tree);
    s.taken(A, &request, "", |time| {
        let mut all = each(to, &fanout(time, &out.commit, Some(&[])));
        all.extend(each(joiners, &fanout_welcome(time, &welcome, tree)));
        all
    });
    s.moved();
    Ok(())
}

fn with_list(s: &mut Story) -> Result<()> {
    s.claimed("dave-phone")?;
    let out = s.town.add(ALICE, &["dave-phone"], with_dave(MEMBER))?;
    welcomed(s, &out, &Tree::Hub, OTHERS, &["d.example"])?;
    s.must();
    let hello = s.town.send("dave-phone", "hello")?;
    s.accepted("dave-phone", &hello, &[A, B, C, HUB], "he speaks");
    let hello = s.town.send("bob-phone", "hello")?;
    s.accepted("bob-phone", &hello, &[A, C, "d.example", HUB], "and is spoken to");
    Ok(())
}

fn after_list(s: &mut Story) -> Result<()> {
    s.claimed("dave-phone")?;
    s.commits(ALICE, &with_dave(MEMBER), OTHERS, "")?;
    let out = s.town.add(ALICE, &["dave-phone"], Plan::default())?;
    s.must();
    welcomed(s, &out, &Tree::Hub, &[B, C, "d.example", HUB], &["d.example"])
}

/// A commit that adds a client, which may not come in.
fn kept_out(s: &mut Story, client: &str, plan: Plan) -> Result<()> {
    s.claimed(client)?;
    let out = s.town.copy().add(ALICE, &[client], plan)?;
    s.not_allowed(A, &bundle(&out), "");
    s.must();
    s.goes_on()
}

fn without_list(s: &mut Story) -> Result<()> {
    kept_out(s, "dave-phone", Plan::default())
}

fn as_banned(s: &mut Story) -> Result<()> {
    kept_out(s, "dave-phone", with_dave(BANNED))
}

fn unknown_client(s: &mut Story) -> Result<()> {
    kept_out(s, "dora-phone", list(&Change { added: vec![(user("dora"), MEMBER)], ..Change::default() }))
}

fn unclaimed(s: &mut Story) -> Result<()> {
    let out = s.town.add(ALICE, &["dave-phone"], with_dave(MEMBER))?;
    welcomed(s, &out, &Tree::Hub, OTHERS, &[])?;
    s.contested(&[
        (Verdict::Accept, "Nobody gets the Welcome: the hub knows of no provider for its KeyPackageRef."),
        (Verdict::Accept, "The hub finds the provider otherwise, e.g. by the user who was added."),
    ]);
    Ok(())
}

fn to_two(s: &mut Story) -> Result<()> {
    s.claimed("dave-phone")?;
    s.claimed("ed-phone")?;
    let change = Change { added: vec![(user("dave"), MEMBER), (user("ed"), MEMBER)], ..Change::default() };
    let out = s.town.add(ALICE, &["dave-phone", "ed-phone"], list(&change))?;
    welcomed(s, &out, &Tree::Hub, OTHERS, &["d.example", "e.example"])
}

fn behind(s: &mut Story) -> Result<()> {
    s.claimed("bob-tablet")?;
    let out = s.town.add(ALICE, &["bob-tablet"], Plan::default())?;
    welcomed(s, &out, &Tree::Hub, OTHERS, &[B])
}

fn with_tree(s: &mut Story) -> Result<()> {
    s.claimed("dave-phone")?;
    let out = s.town.add(ALICE, &["dave-phone"], with_dave(MEMBER))?;
    let tree = Tree::Full(out.ratchet_tree.clone());
    welcomed(s, &out, &tree, OTHERS, &["d.example"])
}

/// Bob is silent from now on; his provider is told of the commit that silences him, and of nothing after it.
fn silenced(s: &mut Story, plan: &Plan) -> Result<()> {
    s.commits(ALICE, plan, OTHERS, "")?;
    s.must();
    Ok(())
}

fn speechless(s: &mut Story, plan: &Plan) -> Result<()> {
    silenced(s, plan)?;
    let hello = s.town.send("bob-phone", "hello")?;
    s.unsent(B, &hello, &user("bob"), "");
    let hello = s.town.send("cathy-laptop", "hello")?;
    s.accepted("cathy-laptop", &hello, &[A, HUB], "his provider gets no messages");
    Ok(())
}

fn banned(s: &mut Story) -> Result<()> {
    speechless(s, &role_of_bob(BANNED))
}

fn removed(s: &mut Story) -> Result<()> {
    speechless(s, &without(&[BOB]))
}

fn no_commit(s: &mut Story, plan: &Plan) -> Result<()> {
    silenced(s, plan)?;
    s.not_allowed(B, &bundle(&s.town.aside("bob-phone", &update())?), "");
    s.commits(ALICE, &update(), &[C, HUB], "others do").map(drop)
}

fn banned_commit(s: &mut Story) -> Result<()> {
    no_commit(s, &role_of_bob(BANNED))
}

fn removed_commit(s: &mut Story) -> Result<()> {
    no_commit(s, &without(&[BOB]))
}

fn leaves(s: &mut Story, plan: &Plan) -> Result<()> {
    silenced(s, plan)?;
    let (phone, cathy) = (s.town.leaf("bob-phone")?, s.town.leaf("cathy-laptop")?);
    let aside = |town: &Town, proposal| town.copy().propose("bob-laptop", &proposal);
    let (update, other) = (aside(&s.town, Proposal::Update)?, aside(&s.town, Proposal::Remove(cathy))?);
    s.not_allowed(B, &proposal_bundle(&update, &[]), "an Update");
    s.not_allowed(B, &proposal_bundle(&other, &[]), "a Remove of somebody else's client");
    let own = s.town.propose("bob-laptop", &Proposal::Remove(phone))?;
    s.not_allowed(B, &proposal_bundle(&own, &[other]), "a Remove of the own client, with one of another behind it");
    s.proposed(B, &own, &[], &[A, C, HUB], "a Remove of the own client");
    let leave = s.town.propose("bob-laptop", &Proposal::SelfRemove)?;
    s.proposed(B, &leave, &[], &[A, C, HUB], "a SelfRemove");
    s.commits(ALICE, &Plan::default(), &[C, HUB], "").map(drop)
}

fn banned_leaves(s: &mut Story) -> Result<()> {
    leaves(s, &role_of_bob(BANNED))
}

fn removed_leaves(s: &mut Story) -> Result<()> {
    leaves(s, &without(&[BOB]))
}

fn altogether(s: &mut Story) -> Result<()> {
    let remove = vec![s.town.leaf("bob-phone")?, s.town.leaf("bob-laptop")?];
    s.commits(ALICE, &Plan { remove, ..without(&[BOB]) }, OTHERS, "")?;
    s.commits(ALICE, &update(), &[C, HUB], "and of nothing after it").map(drop)
}

fn list_alone(s: &mut Story) -> Result<()> {
    s.commits(ALICE, &without(&[BOB]), OTHERS, "")?;
    s.contested(&[
        (
            Verdict::Accept,
            "success: section 5.3 says what clients may do whose user was removed, so there are such clients.",
        ),
        (Verdict::Accept, "notAllowed: section 5.3 has both happen at once."),
    ]);
    Ok(())
}

fn role_changes(s: &mut Story) -> Result<()> {
    s.commits(ALICE, &list(&Change { roles: vec![(CATHY, 3)], ..Change::default() }), OTHERS, "")?;
    let hello = s.town.send("cathy-laptop", "hello")?;
    s.accepted("cathy-laptop", &hello, &[A, B, HUB], "she may still act");
    Ok(())
}

fn order(s: &mut Story) -> Result<()> {
    let change = Change { roles: vec![(3, BANNED)], removed: vec![BOB], added: vec![(user("dave"), MEMBER)] };
    s.commits(ALICE, &list(&change), OTHERS, "Hana is banned, Bob is removed, Dave is added")?;
    let hello = s.town.send("cathy-laptop", "hello")?;
    s.accepted("cathy-laptop", &hello, &[A, "d.example"], "");
    let hello = s.town.send("hana-laptop", "hello")?;
    s.unsent(HUB, &hello, &user("hana"), "");
    Ok(())
}

/// A commit with a list or metadata that do not apply.
fn not_applied(s: &mut Story, plan: &Plan) -> Result<()> {
    s.not_allowed(A, &bundle(&s.town.aside(ALICE, plan)?), "");
    s.goes_on()
}

fn beyond(s: &mut Story) -> Result<()> {
    not_applied(s, &without(&[9]))?;
    s.contested(&[(Verdict::Accept, "The update is not valid."), (Verdict::Accept, "The index is ignored.")]);
    Ok(())
}

fn twice_in_update(s: &mut Story) -> Result<()> {
    not_applied(s, &list(&Change { roles: vec![(BOB, 3)], removed: vec![BOB], added: vec![] }))
}

fn twice_in_commit(s: &mut Story) -> Result<()> {
    let mut plan = role_of_bob(3);
    plan.updates.extend(role_of_bob(BANNED).updates);
    not_applied(s, &plan)
}

fn added_again(s: &mut Story) -> Result<()> {
    not_applied(s, &list(&Change { added: vec![(user("bob"), 4)], ..Change::default() }))
}

fn malformed(s: &mut Story) -> Result<()> {
    let mut update = Change { added: vec![(user("dave"), MEMBER)], ..Change::default() }.octets();
    update.push(0);
    not_applied(s, &Plan { updates: vec![(LIST, update)], ..Plan::default() })
}

fn indices(s: &mut Story) -> Result<()> {
    s.commits(ALICE, &without(&[BOB, CATHY]), OTHERS, "Bob and Cathy are removed")?;
    let hello = s.town.send("hana-laptop", "hello")?;
    s.accepted("hana-laptop", &hello, &[A], "");
    s.contested(&[
        (Verdict::Accept, "All indices are those of the list before the update."),
        (Verdict::Accept, "Each removal shifts those behind it, so Bob and Hana are removed."),
    ]);
    Ok(())
}

fn described(octets: Vec<u8>) -> Plan {
    Plan { updates: vec![(METADATA, octets)], ..Plan::default() }
}

fn renamed(s: &mut Story) -> Result<()> {
    let out = s.commits(ALICE, &described(metadata(ROOM, "Ingenieure")), OTHERS, "")?;
    let request = s.asks("bob-tablet")?.octets();
    s.gives_this("bob-tablet", &request, &out.group_info, &out.ratchet_tree, &[])
}

fn metadata_malformed(s: &mut Story) -> Result<()> {
    let mut octets = metadata(ROOM, "x");
    octets.pop();
    not_applied(s, &described(octets))
}

fn metadata_twice(s: &mut Story) -> Result<()> {
    let updates = ["one", "two"].map(|name| (METADATA, metadata(ROOM, name)));
    not_applied(s, &Plan { updates: updates.into(), ..Plan::default() })
}

fn ban_proposed(s: &mut Story) -> Result<()> {
    let change = Change { roles: vec![(BOB, BANNED)], ..Change::default() };
    // He says it before he has heard of the proposal, as his library sends nothing while one waits.
    let hello = s.town.copy().send("bob-phone", "hello")?;
    let proposal = s.town.propose(ALICE, &Proposal::AppData(LIST, change.octets()))?;
    s.proposed(A, &proposal, &[], OTHERS, "");
    s.accepted("bob-phone", &hello, &[A, C, HUB], "");
    s.commits(ALICE, &Plan::default(), OTHERS, "")?;
    let hello = s.town.send("bob-phone", "hello")?;
    s.unsent(B, &hello, &user("bob"), "now he is");
    s.contested(&[
        (Verdict::Accept, "The list is that of the last commit, as clients know it."),
        (Verdict::Accept, "A change takes effect at the hub once it is accepted, so Bob is banned at once."),
    ]);
    Ok(())
}

/// FrankingAgentData: a key and a basic credential.
fn agent() -> Plan {
    let vector = |octets: &[u8]| crate::vector::forge::traffic::vector(octets);
    let agent = [vector(&public_key(&seed("agent"))), vec![0, 1], vector(HUB.as_bytes())].concat();
    Plan { updates: vec![(AGENT, agent)], ..Plan::default() }
}

fn franking_agent(s: &mut Story) -> Result<()> {
    s.commits(ALICE, &agent(), OTHERS, "")?;
    s.goes_on()
}

fn franking_agent_malformed(s: &mut Story) -> Result<()> {
    let mut plan = agent();
    plan.updates.iter_mut().for_each(|(_, octets)| octets.push(0));
    not_applied(s, &plan)
}

fn senders(names: &[&str]) -> Vec<(Vec<u8>, Vec<u8>)> {
    names.iter().map(|name| (public_key(&seed(name)), name.as_bytes().to_vec())).collect()
}

fn listing(names: &[&str]) -> Plan {
    Plan { external_senders: Some(senders(names)), ..Plan::default() }
}

fn hub_unlisted(s: &mut Story) -> Result<()> {
    not_applied(s, &listing(&[B]))?;
    s.must();
    Ok(())
}

fn hub_other_key(s: &mut Story) -> Result<()> {
    let other = vec![(public_key(&seed("another")), HUB.as_bytes().to_vec())];
    not_applied(s, &Plan { external_senders: Some(other), ..Plan::default() })?;
    s.must();
    Ok(())
}

/// A Remove of Cathy's client by the external sender behind the hub.
fn by_follower(s: &mut Story, epoch: u64) -> Result<Vec<u8>> {
    let (leaf, key) = (s.town.leaf("cathy-laptop")?, seed(B));
    Ok(crate::vector::forge::rooms::external_remove(&key, super::town::GROUP, epoch, 1, leaf))
}

fn follower_listed(s: &mut Story) -> Result<()> {
    s.commits(ALICE, &listing(&[HUB, B]), OTHERS, "")?;
    let proposal = by_follower(s, 2)?;
    s.not_allowed(C, &proposal_bundle(&proposal, &[]), "through another provider");
    s.proposed(B, &proposal, &[], &[A, C, HUB], "");
    s.town.hear(B, &proposal)?;
    s.commits(ALICE, &Plan::default(), OTHERS, "").map(drop)
}

fn stranger_listed(s: &mut Story) -> Result<()> {
    not_applied(s, &listing(&[HUB, "d.example"]))?;
    s.contested(&[
        (Verdict::Accept, "notAllowed: only a provider with participants may be listed."),
        (Verdict::Accept, "success: that is for the committer to see to."),
    ]);
    Ok(())
}

fn stays_listed(s: &mut Story) -> Result<()> {
    s.commits(ALICE, &listing(&[HUB, B]), OTHERS, "")?;
    not_applied(s, &without(&[BOB]))?;
    s.contested(&[
        (Verdict::Accept, "notAllowed: the provider must go with its last participant."),
        (Verdict::Accept, "success: that is for members to see to, some time."),
    ]);
    Ok(())
}

fn follower_leaves(s: &mut Story) -> Result<()> {
    s.commits(ALICE, &listing(&[HUB, B]), OTHERS, "")?;
    let remove = vec![s.town.leaf("bob-phone")?, s.town.leaf("bob-laptop")?];
    let plan = Plan { remove, external_senders: Some(senders(&[HUB])), ..without(&[BOB]) };
    s.commits(ALICE, &plan, OTHERS, "")?;
    s.must();
    s.commits(ALICE, &update(), &[C, HUB], "").map(drop)
}

fn before_commit(s: &mut Story) -> Result<()> {
    let proposal = by_follower(s, 1)?;
    s.not_allowed(&home("bob"), &proposal_bundle(&proposal, &[]), "");
    s.goes_on()
}
