//! A hub that reads handshakes and was told to hold commits against what a room allows (`docs/spec/policy.md`, section 5):
//! on the branch that each names, by what that branch's group keeps, or by what the hub was told where it keeps nothing.
//! The people here follow everything; what the hub has to say is written down from that page.

use super::scene::{ANN, GROUP, SUITE, Scene, Sent};
use super::tracking::{committed, sent};
use crate::mls::member::{CommitOut, Plan, Proposal, Result, Settings};
use crate::protocol::CipherSuite;
use crate::reason::{Reason, policy as reason};
use crate::vector::Case;
use crate::vector::families::crowd::{Crowd, Devices};
use crate::vector::families::fork::policy::house::{Home, House, KICK, changes, identity, moves, rules, told};
use crate::vector::families::fork::policy::scene::{BANNED, GUEST, MEMBER, MODERATOR, room};
use crate::vector::forge::traffic::{self, Kind};
use crate::wire::hex;
use serde_json::{Value, json};

const FAMILY: &str = "delivery/tracking room";

const ADDS: &[Reason] = &[reason::CLIENT_OF_THE_BANNED, reason::MAY_NOT_ADD_CLIENT];
const KICKS: &[Reason] = &[reason::MAY_NOT_REMOVE_CLIENT];

/// People whose group keeps nothing about its room.
#[derive(Clone)]
struct Plain;

impl Devices for Plain {
    fn settings(&self, name: &str) -> Settings {
        Settings {
            identity: identity(name),
            suite: CipherSuite(SUITE),
            seed: format!("{FAMILY} plain {name}"),
            encrypt_handshake: false,
            application: None,
        }
    }
}

/// What the hub is told where the group keeps nothing: Alice moderates, Erin is banned, Dave is muted.
fn room_told() -> Value {
    let listed = [("alice", MODERATOR), ("bob", MEMBER), ("carol", MEMBER), ("dave", GUEST), ("erin", BANNED)];
    let list: Vec<_> = listed.iter().map(|(user, role)| json!({"user": user, "role": role})).collect();
    let clients = ["alice", "bob", "carol", "dave", "erin"];
    let client = |user: &&str| json!({"identity": hex::encode(&identity(user)), "user": user});
    let mut clients: Vec<_> = clients.iter().map(client).collect();
    // A second device of Bob's.
    clients.push(json!({"identity": hex::encode(&identity("grace")), "user": "bob"}));
    json!({"policy": {"roles": room().roles()}, "participants": list, "clients": clients})
}

/// A group with Alice, Bob, Carol and Dave, which a hub takes in epoch 1.
struct Ground<D: Devices> {
    /// GroupInfo and tree of the epoch in which the hub takes the group.
    here: (Vec<u8>, Vec<u8>),
    crowd: Crowd<D>,
    room: Value,
}

impl<D: Devices> Ground<D> {
    fn new(devices: D, room: Value) -> Result<Self> {
        let mut crowd = Crowd::found(devices, "alice", GROUP)?;
        crowd.add("alice", &["bob", "carol", "dave"], Plan::default())?;
        let here = crowd.member("alice")?.group_info()?;
        Ok(Self { here, crowd, room })
    }

    fn scene(&self, name: &str, comment: &str, rules: &str) -> Scene {
        let (info, tree) = &self.here;
        let rules: Vec<String> = rules.split(' ').map(of_policy).collect();
        Scene::empty(name, comment, "room", &rules.join(" "), json!({"kind": "tracking"})).create_with_room(
            info,
            tree,
            self.room.clone(),
        )
    }
}

/// Rules of the room's draft may be written without it.
fn of_policy(rule: &str) -> String {
    if rule.matches(':').count() == 2 { rule.to_owned() } else { format!("room-policy-03:{rule}") }
}

fn next(out: &CommitOut, from: u8, to: u8) -> Sent {
    committed(out, from, to)
}

fn plan(updates: impl IntoIterator<Item = (u16, Vec<u8>)>) -> Plan {
    Plan { updates: updates.into_iter().collect(), ..Plan::default() }
}

fn update() -> Plan {
    Plan { update: true, ..Plan::default() }
}

/// Of a group that keeps its list and its roles.
fn kept(house: &Ground<Home>) -> Result<Vec<Case>> {
    let crowd = || -> House { house.crowd.copy() };
    let carol = crowd().leaf("carol")?;
    let kick = Plan { remove: vec![carol], ..Plan::default() };
    let ban = Plan { remove: vec![carol], ..plan([changes(&[("carol", BANNED)])]) };

    let kicks = {
        let (by_member, by_moderator) =
            (crowd().commit("carol", &removal(&mut crowd(), "dave")?)?, crowd().commit("bob", &kick)?);
        house
            .scene(
                "room-kick",
                "A member removes a client of another, which it may not. A moderator may.",
                "8.1.2:kick ds-00:6:banned-add",
            )
            .send_refused(ANN, &next(&by_member, 0, 5), KICKS)
            .receive(0, 0, &[])
            .send(ANN, &next(&by_moderator, 0, 2))
            .receive(0, 0, &[&next(&by_moderator, 0, 2)])
            .must()
    };
    let proposer = {
        let mut aside = crowd();
        let proposal = aside.propose("bob", &Proposal::Remove(carol))?;
        let out = aside.commit("dave", &Plan::default())?;
        let mut other = crowd();
        let dave = other.leaf("dave")?;
        let of_member = other.propose("carol", &Proposal::Remove(dave))?;
        let against = other.commit("alice", &Plan::default())?;
        house
            .scene(
                "room-proposer-counts",
                "A member proposes to remove another: the proposal alone is judged nowhere, but the admin's commit that has it is. Then a moderator proposes, and a guest commits that.",
                "8:proposer-counts 8.1.2:kick",
            )
            .send(ANN, &sent(&of_member, 0))
            .send_refused(ANN, &next(&against, 0, 5), KICKS)
            .send_all(&[&sent(&proposal, 0), &next(&out, 0, 2)])
            .receive(0, 0, &[&sent(&of_member, 0), &sent(&proposal, 0), &next(&out, 0, 2)])
            .must()
    };
    let banned = {
        let mut aside = crowd();
        let erin = aside.add("alice", &["erin"], Plan::default())?;
        let joins = crowd().join("erin", "alice")?;
        let stranger = crowd().join("frank", "alice")?;
        let out = crowd().commit("alice", &update())?;
        house
            .scene(
                "room-banned-comes-in",
                "A client of a banned user is added, and joins by itself; somebody joins who is not in the list. None of them comes in, and the group goes on.",
                "8.1.3:banned-role ds-00:6:banned-add protocol-06:5.3:participant-before-member",
            )
            .send_refused(ANN, &next(&erin, 0, 5), ADDS)
            .join_refused(&next(&joins, 0, 5), ADDS)
            .join_refused(&next(&stranger, 0, 5), &[reason::MAY_NOT_JOIN, reason::CLIENT_OF_NOBODY])
            .receive(0, 0, &[])
            .send(ANN, &next(&out, 0, 2))
            .must()
    };
    let branches = {
        let (mut one, mut other) = (crowd(), crowd());
        let bans = one.commit("bob", &ban)?;
        let returns = one.copy().join("carol", "alice")?;
        let goes = other.commit("carol", &update())?;
        let goes_on = other.commit("carol", &update())?;
        let mutes = one.commit("bob", &plan([changes(&[("dave", MEMBER)])]))?;
        house
            .scene(
                "room-ban-per-branch",
                "Of two commits of one epoch one bans a member. On its branch the member does not come back; on the other, where nobody was banned, it goes on, and so does everybody.",
                "ds-00:6:judged-on-fork 8.1.3:ban",
            )
            .send_all(&[&next(&bans, 0, 2), &next(&goes, 0, 3), &next(&goes_on, 3, 4), &next(&mutes, 2, 6)])
            .receive(3, 0, &[&next(&goes_on, 3, 4)])
            .receive(2, 0, &[&next(&mutes, 2, 6)])
            .send_refused(ANN, &next(&returns, 2, 7).bare(), ADDS)
            .must()
    };
    let first = {
        let (mut one, mut other) = (crowd(), crowd());
        let goes = other.commit("carol", &update())?;
        let bans = one.commit("bob", &ban)?;
        let returns = other.copy().join("carol", "alice")?;
        house
            .scene(
                "room-ban-elsewhere",
                "A member is banned on the branch that was begun last. On the other it joins once more, in the place of its client.",
                "ds-00:6:judged-on-fork 8.1.3:ban",
            )
            .send_all(&[&next(&goes, 0, 3), &next(&bans, 0, 2), &next(&returns, 3, 4)])
            .receive(3, 0, &[&next(&returns, 3, 4)])
            .must()
    };
    let evolves = {
        let (mut aside, dave) = (crowd(), crowd().leaf("dave")?);
        let kicks = Plan { remove: vec![dave], ..Plan::default() };
        let together = Plan { remove: vec![dave], ..plan([rules(Some((MEMBER, KICK)))]) };
        let early = crowd().commit("carol", &kicks)?;
        let own = crowd().commit("carol", &together)?;
        let lenient = aside.commit("alice", &plan([rules(Some((MEMBER, KICK)))]))?;
        let late = aside.commit("carol", &kicks)?;
        let may_not = &[reason::MAY_NOT_REMOVE_CLIENT, reason::MAY_NOT_CHANGE_POLICY];
        house
            .scene(
                "room-rules-change",
                "A member removes another and may not, nor with rules of its own. The admin lets members do so: from the next epoch on they may.",
                "8.6:change-roles 3:replaces 3:role-data",
            )
            .send_refused(ANN, &next(&early, 0, 5), KICKS)
            .send_refused(ANN, &next(&own, 0, 5), may_not)
            .send_all(&[&next(&lenient, 0, 2), &next(&late, 2, 3)])
            .receive(2, 0, &[&next(&late, 2, 3)])
            .must()
    };
    let escalates = {
        let promotes = crowd().commit("carol", &plan([changes(&[("carol", MODERATOR)])]))?;
        let removes = crowd().commit("dave", &plan([moves(&["bob"], &[])]))?;
        let good = crowd().commit("bob", &plan([changes(&[("dave", MEMBER)])]))?;
        house
            .scene(
                "room-escalation",
                "A member makes itself a moderator; a guest takes a moderator off the list. Neither may. The moderator may make a guest a member.",
                "8.1.3:change-user-role 3:authorized-changes 8.1.3:not-own-role",
            )
            .send_refused(ANN, &next(&promotes, 0, 5), &[reason::MAY_NOT_CHANGE_OWN_ROLE, reason::MAY_NOT_CHANGE_ROLE])
            .send_refused(
                ANN,
                &next(&removes, 0, 5),
                &[reason::MAY_NOT_REMOVE_USER, reason::CLIENTS_REMAIN],
            )
            .send(ANN, &next(&good, 0, 2))
            .must()
    };
    Ok(vec![kicks, proposer, banned, branches, first, evolves, escalates])
}

fn removal<D: Devices>(crowd: &mut Crowd<D>, name: &str) -> Result<Plan> {
    Ok(Plan { remove: vec![crowd.leaf(name)?], ..Plan::default() })
}

/// Of a group that keeps nothing, by what the hub was told.
fn plain(ground: &Ground<Plain>) -> Result<Vec<Case>> {
    let crowd = || ground.crowd.copy();
    let told = {
        let against = crowd().commit("bob", &removal(&mut crowd(), "carol")?)?;
        let banned = crowd().join("erin", "alice")?;
        let allowed = crowd().commit("alice", &removal(&mut crowd(), "carol")?)?;
        ground
            .scene(
                "room-told",
                "The group keeps neither list nor roles, and the hub was told them: a member may not remove another, nor a banned user's client join; a moderator may remove.",
                "8.1.2:kick 8.1.3:banned-role",
            )
            .send_refused(ANN, &next(&against, 0, 5), KICKS)
            .join_refused(&next(&banned, 0, 5), ADDS)
            .send(ANN, &next(&allowed, 0, 2))
            .receive(0, 0, &[&next(&allowed, 0, 2)])
            .must()
    };
    let own = {
        let out = crowd().add("bob", &["grace"], Plan::default())?;
        let other = crowd().add("carol", &["grace"], Plan::default())?;
        ground
            .scene(
                "room-own-client",
                "A member adds a second client of another, which it may not. The other adds it, and may.",
                "8.1.1:add-own-client 8.1.1:add-clients",
            )
            .send_refused(ANN, &next(&other, 0, 5), &[reason::MAY_NOT_ADD_CLIENT])
            .send(ANN, &next(&out, 0, 2))
            .must()
    };
    let unseen = {
        let against = crowd().commit("bob", &removal(&mut crowd(), "carol")?)?;
        let sealed = traffic::private_message(GROUP, 1, Kind::Commit, b"sealed");
        let sealed = Sent { message: sealed, ..next(&against, 0, 5).bare() };
        let elsewhere = Sent { to: 9, ..next(&against, 0, 8).bare() };
        ground
            .scene(
                "room-out-of-sight",
                "A sealed commit is not judged, nor is a commit on a branch that the hub does not know, though here it would be against the rules.",
                "ds-00:6:unambiguous-criteria",
            )
            .send_all(&[&sealed, &elsewhere])
            .receive(0, 0, &[&sealed])
            .receive(9, 0, &[&elsewhere])
            .send_refused(ANN, &next(&against, 0, 8), KICKS)
            .must()
    };
    let muted = {
        let mut aside = crowd();
        let data = aside.send("dave", b"unheard by members")?;
        let out = aside.commit("dave", &update())?;
        ground
            .scene(
                "room-muted",
                "Application data are not judged: their sender can not be seen. Who is muted may refresh its leaf.",
                "ds-00:6:unambiguous-criteria",
            )
            .send_all(&[&sent(&data, 0), &next(&out, 0, 2)])
            .receive(0, 0, &[&sent(&data, 0), &next(&out, 0, 2)])
            .must()
    };
    Ok(vec![told, own, unseen, muted])
}

/// A hub that was told nothing of a room is free: what the group keeps it can read, and needs not.
fn untold(house: &Ground<Home>) -> Result<Case> {
    let mut crowd = house.crowd.copy();
    let plan = removal(&mut crowd, "dave")?;
    let against = crowd.commit("carol", &plan)?;
    let (info, tree) = &house.here;
    let comment = "The group keeps its list and its roles, and nobody told the hub to hold commits against them.";
    let scene = Scene::empty("room-untold", comment, "room", "6:banned-add", json!({"kind": "tracking"}));
    let scene = scene.create_with_tree(info, tree);
    Ok(scene.send_either(&next(&against, 0, 2), &[], KICKS).end())
}

pub(super) fn cases() -> Result<Vec<Case>> {
    let home = Home::open(CipherSuite(SUITE), FAMILY);
    let house = Ground::new(home, told())?;
    let mut cases = kept(&house)?;
    cases.push(untold(&house)?);
    cases.extend(plain(&Ground::new(Plain, room_told())?)?);
    Ok(cases)
}
