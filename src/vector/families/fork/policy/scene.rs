//! What the tables of this family are written with: a room with a ladder of roles, and one thing changed.

use crate::reason::Reason;
use crate::vector::families::build::{accept, reject};
use crate::vector::{Case, Verdict};
use serde_json::{Value, json};

const OP: &str = "policy/judge";

/// Roles of the room, by index: the higher may do more.
pub(in crate::vector::families::fork) const BANNED: u32 = 1;
pub(super) const GUEST: u32 = 2;
pub(super) const MEMBER: u32 = 3;
pub(super) const MODERATOR: u32 = 4;
pub(super) const ADMIN: u32 = 5;
/// Of nobody in the list: whoever is preauthorized.
pub(super) const ENFORCER: u32 = 9;

fn written(changes: &[(u32, &[u32])]) -> String {
    let targets = |to: &[u32]| to.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
    changes.iter().map(|(from, to)| format!("{from}>{}", targets(to))).collect::<Vec<_>>().join(" ")
}

/// A role as the operation takes it.
pub(super) fn role(index: u32, name: &str, capabilities: &[&str], changes: &[(u32, &[u32])]) -> Value {
    json!({"role": index, "name": name, "capabilities": capabilities.join(" "), "changes": written(changes)})
}

const OWN: [&str; 4] = ["canAddOwnClient", "canRemoveOwnClient", "canRemoveSelf", "canSendMessage"];
const OTHERS: [&str; 7] = [
    "canAddParticipant",
    "canRemoveParticipant",
    "canKick",
    "canBan",
    "canUnban",
    "canChangeUserRole",
    "canChangeRoomName",
];
const RULES: [&str; 8] = [
    "canChangeRoleDefinitions",
    "canChangePreauthorizedUserList",
    "canChangeRoomMembershipStyle",
    "canSendMLSReinitProposal",
    "canChangeRoomDescription",
    "canChangeRoomAvatar",
    "canChangeRoomSubject",
    "canChangeRoomMood",
];

fn roles() -> Vec<Value> {
    let moderator = [&OWN[..], &OTHERS].concat();
    let admin = [&OWN[..], &OTHERS, &RULES].concat();
    let all: &[u32] = &[0, 1, 2, 3, 4, 5];
    vec![
        role(0, "nobody", &[], &[]),
        role(BANNED, "banned", &[], &[]),
        role(GUEST, "guest", &["canReceiveMessage", "canRemoveSelf"], &[(2, &[0])]),
        role(MEMBER, "member", &OWN, &[(3, &[0])]),
        role(MODERATOR, "moderator", &moderator, &[(0, &[1, 2, 3]), (1, &[0, 2, 3]), (2, &[0, 1, 3]), (3, &[0, 1, 2])]),
        role(ADMIN, "admin", &admin, &[(0, all), (1, all), (2, all), (3, all), (4, all), (5, all)]),
        role(
            ENFORCER,
            "enforcer",
            &["canRemoveParticipant", "canBan", "canKick"],
            &[(0, &[1]), (2, &[0, 1]), (3, &[0, 1])],
        ),
    ]
}

/// A room, who is in it, and what somebody does.
#[derive(Clone)]
pub(super) struct Ask {
    roles: Vec<Value>,
    preauthorized: Vec<Value>,
    base: Option<Value>,
    participants: Vec<(&'static str, u32)>,
    clients: Vec<(&'static str, &'static str)>,
    actor: Value,
    commit: Option<Value>,
}

/// Alice administrates and Bob moderates with two clients; Carol and Dave are members, Dave with two clients; Erin is a
/// guest, who is muted; Ivan is a member without a client; Mallory is banned.
pub(super) fn room() -> Ask {
    Ask {
        roles: roles(),
        preauthorized: vec![],
        base: None,
        participants: vec![
            ("alice", ADMIN),
            ("bob", MODERATOR),
            ("carol", MEMBER),
            ("dave", MEMBER),
            ("erin", GUEST),
            ("ivan", MEMBER),
            ("mallory", BANNED),
        ],
        clients: vec![
            ("alice-1", "alice"),
            ("bob-1", "bob"),
            ("bob-2", "bob"),
            ("carol-1", "carol"),
            ("dave-1", "dave"),
            ("dave-2", "dave"),
            ("erin-1", "erin"),
        ],
        actor: json!({"as": "member", "client": "alice-1"}),
        commit: None,
    }
}

/// A client in the group.
pub(super) fn member(client: &str) -> Value {
    json!({"as": "member", "client": client})
}

/// A client that comes from outside.
pub(super) fn joiner(client: &str, user: &str) -> Value {
    json!({"as": "joiner", "client": client, "user": user})
}

/// Who claims to work for the hub.
pub(super) fn external(name: &str) -> Value {
    json!({"as": "external", "name": name, "claims": [["works-for", "hub"]]})
}

/// The same with a claim in its credential.
pub(super) fn claiming(mut actor: Value, id: &str, value: &str) -> Value {
    if let Some(members) = actor.as_object_mut() {
        members.insert("claims".to_owned(), json!([[id, value]]));
    }
    actor
}

pub(super) fn add(client: &str, user: &str) -> Value {
    json!({"kind": "add", "client": client, "user": user})
}

pub(super) fn remove(client: &str) -> Value {
    json!({"kind": "remove", "client": client})
}

pub(super) fn kind(kind: &str) -> Value {
    json!({"kind": kind})
}

pub(super) fn listed(user: &str, role: u32) -> Value {
    json!({"kind": "participants", "added": [{"user": user, "role": role}]})
}

pub(super) fn unlisted(user: &str) -> Value {
    json!({"kind": "participants", "removed": [user]})
}

pub(super) fn changed(user: &str, role: u32) -> Value {
    json!({"kind": "participants", "changed": [{"user": user, "role": role}]})
}

/// The proposal by reference, of somebody else.
pub(super) fn by(actor: Value, mut proposal: Value) -> Value {
    if let Some(members) = proposal.as_object_mut() {
        members.insert("by".to_owned(), actor);
    }
    proposal
}

impl Ask {
    /// The committer, or the sender.
    pub(super) fn of(mut self, actor: Value) -> Self {
        self.actor = actor;
        self
    }

    /// What is committed; without it, it is a message.
    pub(super) fn commits(mut self, proposals: impl IntoIterator<Item = Value>) -> Self {
        self.commit = Some(proposals.into_iter().collect());
        self
    }

    /// A member of a role is another.
    pub(super) fn role_with(mut self, index: u32, name: &str, value: Value) -> Self {
        let role = self.roles.iter_mut().find(|role| role["role"] == index);
        if let Some(members) = role.and_then(Value::as_object_mut) {
            members.insert(name.to_owned(), value);
        }
        self
    }

    /// A role may do this instead.
    pub(super) fn can(self, index: u32, capabilities: &[&str]) -> Self {
        self.role_with(index, "capabilities", json!(capabilities.join(" ")))
    }

    /// A role lists these changes instead.
    pub(super) fn moves(self, index: u32, changes: &[(u32, &[u32])]) -> Self {
        self.role_with(index, "changes", json!(written(changes)))
    }

    pub(super) fn without_role(mut self, index: u32) -> Self {
        self.roles.retain(|role| role["role"] != index);
        self
    }

    /// Whoever claims that is preauthorized for the role.
    pub(super) fn preauthorizes(mut self, claims: &[(&str, &str)], role: u32) -> Self {
        let claims: Vec<_> = claims.iter().map(|(id, value)| json!([id, value])).collect();
        self.preauthorized.push(json!({"claims": claims, "role": role}));
        self
    }

    pub(super) fn base(mut self, base: Value) -> Self {
        self.base = Some(base);
        self
    }

    pub(super) fn participant(mut self, user: &'static str, role: u32) -> Self {
        self.participants.retain(|(other, _)| *other != user);
        self.participants.push((user, role));
        self
    }

    pub(super) fn without(mut self, user: &str) -> Self {
        self.participants.retain(|(other, _)| *other != user);
        self
    }

    pub(super) fn client(mut self, client: &'static str, user: &'static str) -> Self {
        self.clients.push((client, user));
        self
    }

    /// The roles, to be replaced.
    pub(super) fn roles(&self) -> Vec<Value> {
        self.roles.clone()
    }

    fn input(self) -> Value {
        let mut policy = json!({"roles": self.roles});
        let mut input = json!({
            "participants": self.participants.iter().map(|(u, r)| json!({"user": u, "role": r})).collect::<Vec<_>>(),
            "clients": self.clients.iter().map(|(c, u)| json!({"client": c, "user": u})).collect::<Vec<_>>(),
            "actor": self.actor,
        });
        if let Some(members) = policy.as_object_mut() {
            if !self.preauthorized.is_empty() {
                members.insert("preauthorized".to_owned(), self.preauthorized.into());
            }
            if let Some(base) = self.base {
                members.insert("base".to_owned(), base);
            }
        }
        if let Some(members) = input.as_object_mut() {
            members.insert("policy".to_owned(), policy);
            if let Some(commit) = self.commit {
                members.insert("commit".to_owned(), commit);
            }
        }
        input
    }
}

/// Name, comment, flag, rules.
pub(super) type Head<'a> = (&'a str, &'a str, &'a str, &'a [&'a str]);

/// The room allows it.
pub(super) fn yes(head: Head<'_>, ask: Ask) -> Case {
    let (name, comment, flag, rules) = head;
    accept(name, comment, &[flag], rules, OP, ask.input(), json!({}))
}

/// The room does not.
pub(super) fn no(head: Head<'_>, ask: Ask, reason: Reason) -> Case {
    let (name, comment, flag, rules) = head;
    reject(name, comment, &[flag], rules, OP, ask.input(), reason)
}

/// The documents leave it open; the first reading is the one that the case expects, the other is the other verdict.
pub(super) fn open(case: Case, readings: [&str; 2]) -> Case {
    let [ours, other] = readings;
    let (here, there) = match case.expect.verdict {
        Verdict::Reject => (Verdict::Reject, Verdict::Accept),
        _ => (Verdict::Accept, Verdict::Reject),
    };
    case.contested(&[(here, ours), (there, other)])
}
