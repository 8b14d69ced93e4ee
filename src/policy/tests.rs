//! What single cases can not show: that order means nothing, that every input has an answer, that nobody rises alone.

use super::*;
use crate::entropy::{Seed, Stream};
use std::collections::{BTreeMap, BTreeSet};

const USERS: [&str; 5] = ["ada", "ben", "cyd", "dot", "eve"];

fn small(s: &mut Stream, bound: u64) -> u32 {
    u32::try_from(s.below(bound)).unwrap()
}

fn any(s: &mut Stream) -> &'static str {
    USERS[usize::try_from(s.below(5)).unwrap()]
}

fn user(s: &mut Stream) -> User {
    any(s).as_bytes().to_vec()
}

fn client(s: &mut Stream) -> Client {
    let (user, at) = (any(s), s.below(2));
    format!("{user}-{at}").into_bytes()
}

fn some(s: &mut Stream, most: u64) -> u64 {
    s.below(most + 1)
}

fn role(index: RoleIndex, s: &mut Stream) -> Role {
    let capabilities = NAMES.iter().filter(|_| s.below(3) > 0).map(|(_, c)| *c).collect();
    let mut changes: BTreeMap<RoleIndex, BTreeSet<RoleIndex>> = BTreeMap::new();
    for _ in 0..some(s, 12) {
        changes.entry(small(s, 5)).or_default().insert(small(s, 5));
    }
    let span = |s: &mut Stream| Span { least: small(s, 2), most: (s.below(3) == 0).then(|| small(s, 4)) };
    let (participants, active) = (span(s), span(s));
    let name = if index == BANNED { "banned".to_owned() } else { String::new() };
    let capabilities = if index == BANNED { BTreeSet::new() } else { capabilities };
    Role { index, name, capabilities, participants, active, changes }
}

fn policy(s: &mut Stream) -> Policy {
    let roles = (0..5).map(|index| role(index, s)).collect();
    let preauthorized = (0..some(s, 2))
        .map(|_| Preauthorized { claims: [("is".to_owned(), s.below(2).to_string())].into(), role: small(s, 5) });
    let preauthorized = preauthorized.collect();
    let base = Base {
        fixed_membership: s.below(6) == 0,
        multi_device: s.below(4) > 0,
        max_clients: (s.below(4) == 0).then(|| small(s, 8)),
        max_users: (s.below(4) == 0).then(|| small(s, 5)),
    };
    Policy { roles, preauthorized, base }
}

fn participants(s: &mut Stream) -> Participants {
    let roles = USERS.iter().filter(|_| s.below(4) > 0).map(|u| u.as_bytes().to_vec()).collect::<Vec<_>>();
    let roles = roles.into_iter().map(|user| (user, 1 + small(s, 4))).collect();
    let clients = (0..some(s, 7)).map(|_| client(s)).collect::<BTreeSet<_>>();
    let clients = clients.into_iter().map(|c| (c.clone(), c[..3].to_vec())).collect();
    Participants { roles, clients, otherwise: None }
}

fn actor(s: &mut Stream) -> Actor {
    let who = match s.below(8) {
        0 => Who::Joiner(b"new".to_vec(), user(s)),
        1 => Who::External(b"hub".to_vec()),
        _ => Who::Member(client(s)),
    };
    let claims = if s.below(3) == 0 { [("is".to_owned(), s.below(2).to_string())].into() } else { BTreeSet::new() };
    Actor { who, claims }
}

fn proposal(s: &mut Stream) -> Proposal {
    match s.below(12) {
        0 => Proposal::Add([b"fresh ".to_vec(), client(s)].concat(), user(s)),
        1 | 2 => Proposal::Remove(client(s)),
        3 => Proposal::SelfRemove,
        4 => Proposal::Plain,
        5 => Proposal::Roles((0..5).map(|index| role(index, s)).collect()),
        6 => Proposal::Preauthorized(vec![]),
        7 => Proposal::Base(Base::default()),
        8 => Proposal::Metadata([Field::Name].into()),
        _ => Proposal::List(Listing {
            changed: (0..some(s, 2)).map(|_| (user(s), small(s, 6))).collect(),
            removed: (0..some(s, 1)).map(|_| user(s)).collect(),
            added: (0..some(s, 1)).map(|_| (user(s), small(s, 6))).collect(),
        }),
    }
}

struct Room {
    policy: Policy,
    before: Participants,
    actor: Actor,
    proposals: Vec<Proposed>,
}

/// A room and a commit; of many by the same few, so that what belongs together meets.
fn room(n: u64) -> Room {
    let mut s = Seed::new("policy rooms").stream(&n.to_string());
    let s = &mut s;
    let (policy, before, actor) = (policy(s), participants(s), actor(s));
    let mut by = || if s.below(3) == 0 { self::actor(s) } else { actor.clone() };
    let actors: Vec<_> = (0..4).map(|_| by()).collect();
    let proposals = (0..some(s, 4))
        .map(|_| Proposed { by: actors[usize::try_from(s.below(4)).unwrap()].clone(), proposal: proposal(s) })
        .collect();
    Room { policy, before, actor, proposals }
}

impl Room {
    fn judge(&self, proposals: &[Proposed]) -> Result<(), Denied> {
        judge(&self.policy, &self.before, &self.actor, &Change::Commit(proposals.to_vec()))
    }
}

const ROOMS: u64 = 6000;

#[test]
fn the_order_of_proposals_means_nothing_and_the_answer_is_always_the_same() {
    let (mut allowed, mut several) = (0, 0);
    for n in 0..ROOMS {
        let room = room(n);
        let verdict = room.judge(&room.proposals);
        assert_eq!(room.judge(&room.proposals), verdict);
        let mut turned = room.proposals.clone();
        for _ in 0..room.proposals.len() {
            turned.rotate_left(1);
            assert_eq!(room.judge(&turned), verdict, "room {n}");
            let mut back = turned.clone();
            back.reverse();
            assert_eq!(room.judge(&back), verdict, "room {n}, reversed");
        }
        allowed += u64::from(verdict.is_ok());
        several += u64::from(verdict.is_ok() && room.proposals.len() > 1);
    }
    assert!(allowed > 200 && several > 15, "{allowed} allowed, {several} of them with more than one proposal");
}

/// Commits that change roles and do nothing else.
fn promotions(n: u64) -> Room {
    let mut room = room(n);
    let mut s = Seed::new("policy promotions").stream(&n.to_string());
    let s = &mut s;
    let listed: Vec<User> = room.before.roles.keys().cloned().collect();
    let actors: Vec<Actor> = room.before.clients.keys().map(|client| Actor::member(client)).collect();
    let pick = |s: &mut Stream, among: usize| usize::try_from(s.below(u64::try_from(among).unwrap())).unwrap();
    room.proposals.clear();
    if let (false, Some(first)) = (listed.is_empty(), actors.first()) {
        room.actor = first.clone();
        for _ in 0..1 + some(s, 1) {
            let (by, user) = (actors[pick(s, actors.len())].clone(), listed[pick(s, listed.len())].clone());
            let listing = Listing { changed: vec![(user, 1 + small(s, 4))], ..Listing::default() };
            room.proposals.push(Proposed { by, proposal: Proposal::List(listing) });
        }
    }
    room
}

/// In every commit that is allowed each user that rises was moved by somebody whose own role, before the commit, lists
/// just that, and nobody was moved by itself but to what it is preauthorized for.
#[test]
fn nobody_rises_but_by_a_right_that_was_there_before() {
    let mut moves = 0;
    for n in 0..ROOMS {
        let room = promotions(n);
        if room.judge(&room.proposals).is_err() {
            continue;
        }
        for proposed in &room.proposals {
            let Proposal::List(listing) = &proposed.proposal else { continue };
            let mover = match &proposed.by.who {
                Who::Member(client) => room.before.clients.get(client),
                Who::Joiner(_, user) => Some(user),
                Who::External(_) => None,
            };
            for (user, to) in &listing.changed {
                let from = room.before.roles[user];
                if mover == Some(user) {
                    let first = room.policy.preauthorized(&proposed.by.claims).unwrap();
                    assert_eq!(first.index, *to, "room {n}");
                } else {
                    let role = match mover {
                        Some(mover) if room.before.roles.contains_key(mover) => {
                            room.policy.role(room.before.roles[mover])
                        }
                        _ => room.policy.preauthorized(&proposed.by.claims),
                    };
                    assert!(role.unwrap().moves(from, *to), "room {n}");
                }
                moves += 1;
            }
        }
    }
    assert!(moves > 10, "{moves}");
}

/// A proposal that may not stand alone for a reason of its own right is not made right by anything that the same user adds
/// which the user may do: rights are looked up, never earned.
#[test]
fn a_forbidden_change_of_roles_stays_forbidden_in_any_company() {
    let mut seen = 0;
    for n in 0..ROOMS {
        let room = room(n);
        for (at, one) in room.proposals.iter().enumerate() {
            let Proposal::List(listing) = &one.proposal else { continue };
            if listing.changed.is_empty() {
                continue;
            }
            let Err(alone) = room.judge(std::slice::from_ref(one)) else { continue };
            let code = alone.reason.code();
            if !["may-not-change-role", "may-not-change-own-role", "may-not-unban"].contains(&code) {
                continue;
            }
            seen += 1;
            for other in 0..room.proposals.len() {
                let pair = [one.clone(), room.proposals[other].clone()];
                assert!(other == at || room.judge(&pair).is_err(), "room {n}");
            }
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn a_message_is_judged_by_the_role_alone() {
    let mut said = 0;
    for n in 0..ROOMS {
        let Room { policy, before, actor, .. } = room(n);
        let verdict = judge(&policy, &before, &actor, &Change::Message);
        let Who::Member(client) = &actor.who else {
            assert!(verdict.is_err());
            continue;
        };
        let role = before.clients.get(client).and_then(|user| before.roles.get(user));
        let sends = role.is_some_and(|index| policy.role(*index).unwrap().can(Capability::SEND_MESSAGE));
        assert_eq!(verdict.is_ok(), sends, "room {n}");
        said += u64::from(sends);
    }
    assert!(said > 100, "{said}");
}

#[test]
fn capabilities_have_the_numbers_and_names_of_the_registry() {
    let numbers: BTreeSet<u16> = NAMES.iter().map(|(_, c)| c.0).collect();
    assert_eq!(numbers.len(), NAMES.len());
    for (name, capability) in NAMES {
        assert_eq!(Capability::named(name), Some(*capability));
    }
    assert_eq!(Capability::named("canUnBan"), Some(Capability::UNBAN));
    assert_eq!(Capability::named("canFly"), None);
}

#[test]
fn a_group_without_a_list_forbids_what_it_is_told_to_and_nothing_else() {
    let known = Known::forbidding(&[b"eve".to_vec()].into(), &[b"dot".to_vec()].into());
    let members = [(0, b"ada".to_vec()), (1, b"dot".to_vec()), (2, b"ben".to_vec())];
    let held = |by, act| vec![crate::protocol::Held { by: crate::protocol::Sender::Member(by), act }];
    let commit = |by, act| {
        let sender = crate::protocol::Sender::Member(by);
        known.commit(&members, sender, b"", &held(by, act)).map_err(|d| d.reason.code())
    };
    use crate::protocol::Act;
    assert_eq!(commit(0, Act::Add(b"cyd".to_vec())), Ok(()));
    assert_eq!(commit(1, Act::Add(b"cyd".to_vec())), Ok(()), "the muted commit");
    assert_eq!(commit(0, Act::Add(b"eve".to_vec())), Err("client-of-the-banned"));
    assert_eq!(commit(0, Act::Remove(2)), Ok(()));
    assert_eq!(known.message(&members, 0), Ok(()));
    assert_eq!(known.message(&members, 1).map_err(|d| d.reason.code()), Err("may-not-send"));
    let joins = |who: &[u8]| known.commit(&members, crate::protocol::Sender::NewMemberCommit, who, &[]);
    assert_eq!(joins(b"cyd"), Ok(()));
    assert_eq!(joins(b"eve").map_err(|d| d.reason.code()), Err("client-of-the-banned"));
}
