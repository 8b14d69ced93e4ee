//! A room that keeps its roles in its group (draft-ietf-mimi-room-policy-03): what the hub refuses that members would ignore.

use super::story::{OTHERS, Story, Tale, bundle, update};
use super::town::{BANNED, Ground, HUB, LIST, MEMBER, user};
use crate::mls::member::{Plan, Proposal, Result};
use crate::vector::forge::rooms::{Change, Role, roles};

/// The chapter.
pub(super) const NAME: &str = "what the room allows";

/// ComponentID of roles_list (section 10.1.2).
const ROLES: u16 = 0x25;
const ADMIN: u32 = 4;
const GUEST: u32 = 3;
/// Places in the list.
const BOB: u32 = 1;
const CATHY: u32 = 2;
const ALICE: &str = "alice-laptop";
const PHONE: &str = "bob-phone";
const A: &str = "a.example";
const B: &str = "b.example";
const C: &str = "c.example";

pub(super) const TALES: &[Tale] = &[
    (
        "allowed-removal",
        "A member removes a client of another, which only the admin may.",
        "allowed",
        "room-policy-03:8.1.2:kick",
        removal,
    ),
    (
        "allowed-removal-by-reference",
        "A member proposes to remove a client of another, and the admin commits that: the proposer counts.",
        "allowed",
        "room-policy-03:8:holder",
        by_reference,
    ),
    (
        "allowed-roles",
        "A member makes itself an admin; the admin makes it a guest.",
        "allowed",
        "room-policy-03:8.1.3:not-own-role",
        promotion,
    ),
    (
        "allowed-ban",
        "A member bans another; the admin does so and forgets a client; then it does it well.",
        "allowed",
        "room-policy-03:8.1.3:ban",
        ban,
    ),
    (
        "allowed-mute",
        "A guest, who may not send, sends. The hub knows whose message it is, as its provider says so.",
        "allowed",
        "room-policy-03:8.3:send-message",
        mute,
    ),
    (
        "allowed-rules",
        "A member changes the roles. Then the admin lets members remove clients.",
        "allowed",
        "room-policy-03:8.6:change-roles",
        rules,
    ),
    (
        "allowed-own-client",
        "A member adds a client of its own, and one of another.",
        "allowed",
        "room-policy-03:8.1.1:add-own-client",
        own_client,
    ),
];

/// The group of the other chapters, with roles.
pub(super) fn ground() -> Ground {
    let mut ground = Ground::default();
    ground.data.push((ROLES, ladder(&[])));
    ground
}

/// RoleData: members may do these, too. Numbers are those of the draft's registry (section 10.2).
fn ladder(more: &[u16]) -> Vec<u8> {
    let own = [0x0002, 0x0003, 0x0006, 0x0100];
    let admin = [&own[..], &[0x0000, 0x0001, 0x000a, 0x000b, 0x000c, 0x000f, 0x0503]].concat();
    let all: Vec<u32> = vec![0, 1, 2, 3, 4];
    let rows: Vec<Role> = vec![
        (BANNED, "banned", vec![], vec![]),
        (MEMBER, "member", [&own[..], more].concat(), vec![(2, vec![0])]),
        (GUEST, "guest", vec![0x0006, 0x0101], vec![(3, vec![0])]),
        (ADMIN, "admin", admin, all.iter().map(|from| (*from, all.clone())).collect()),
    ];
    roles(rows)
}

fn changes(place: u32, role: u32) -> Plan {
    let update = Change { roles: vec![(place, role)], ..Change::default() }.octets();
    Plan { updates: vec![(LIST, update)], ..Plan::default() }
}

/// Not allowed, and nobody here follows it.
fn denied(s: &mut Story, from: &str, by: &str, plan: &Plan, comment: &str) -> Result<()> {
    s.not_allowed(from, &bundle(&s.town.aside(by, plan)?), comment);
    Ok(())
}

fn removal(s: &mut Story) -> Result<()> {
    let plan = Plan { remove: vec![s.town.leaf("cathy-laptop")?], ..Plan::default() };
    denied(s, B, PHONE, &plan, "the member")?;
    s.commits(ALICE, &plan, OTHERS, "the admin")?;
    s.goes_on()
}

fn by_reference(s: &mut Story) -> Result<()> {
    let cathy = s.town.leaf("cathy-laptop")?;
    let mut aside = s.town.copy();
    let proposal = aside.propose(PHONE, &Proposal::Remove(cathy))?;
    s.proposed(B, &proposal, &[], &[A, C, HUB], "the proposal, which is judged in the commit that has it");
    s.not_allowed(A, &bundle(&aside.commit(ALICE, &Plan::default())?), "the commit");
    s.goes_on()
}

fn promotion(s: &mut Story) -> Result<()> {
    denied(s, B, PHONE, &changes(BOB, ADMIN), "itself")?;
    denied(s, B, PHONE, &changes(CATHY, GUEST), "another")?;
    s.commits(ALICE, &changes(BOB, GUEST), OTHERS, "the admin")?;
    s.goes_on()
}

fn ban(s: &mut Story) -> Result<()> {
    let cathy = s.town.leaf("cathy-laptop")?;
    let whole = Plan { remove: vec![cathy], ..changes(CATHY, BANNED) };
    denied(s, B, PHONE, &whole, "the member")?;
    denied(s, A, ALICE, &changes(CATHY, BANNED), "without the client")?;
    s.commits(ALICE, &whole, OTHERS, "with it")?;
    Ok(())
}

fn mute(s: &mut Story) -> Result<()> {
    let heard = s.town.send(PHONE, "heard")?;
    s.accepted(PHONE, &heard, &[A, C, HUB], "a member");
    s.commits(ALICE, &changes(BOB, GUEST), OTHERS, "who becomes a guest")?;
    let unheard = s.town.send(PHONE, "unheard")?;
    s.unsent(B, &unheard, &user(PHONE), "");
    s.commits(PHONE, &update(), &[A, C, HUB], "a guest may commit")?;
    s.commits(ALICE, &changes(BOB, MEMBER), OTHERS, "and is a member again")?;
    let heard = s.town.send(PHONE, "heard again")?;
    s.accepted(PHONE, &heard, &[A, C, HUB], "");
    Ok(())
}

fn rules(s: &mut Story) -> Result<()> {
    let lenient = Plan { updates: vec![(ROLES, ladder(&[0x000c]))], ..Plan::default() };
    denied(s, B, PHONE, &lenient, "the member")?;
    let kick = Plan { remove: vec![s.town.leaf("cathy-laptop")?], ..Plan::default() };
    denied(s, B, PHONE, &kick, "and may not remove")?;
    s.commits(ALICE, &lenient, OTHERS, "the admin")?;
    s.commits(PHONE, &kick, &[A, C, HUB], "the member may, now")?;
    Ok(())
}

fn own_client(s: &mut Story) -> Result<()> {
    let add = |name: &str, s: &Story| {
        let mut aside = s.town.copy();
        aside.add("cathy-laptop", &[name], Plan::default())
    };
    let strange = add("bob-tablet", s)?;
    s.not_allowed(C, &bundle(&strange), "a client of another");
    let mut plan = Plan::default();
    plan.add.push(s.town.key_package("bob-tablet")?);
    let out = s.town.commit(PHONE, &plan)?;
    s.commits_as(PHONE, &out, &bundle(&out), &[A, C, HUB], "one of its own");
    Ok(())
}
