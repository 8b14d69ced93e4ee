//! Who adds users and clients (section 8.1.1).

use super::scene::*;
use crate::reason::policy as reason;
use crate::vector::Group;
use crate::vector::families::build::group;
use serde_json::json;

const USER: &[&str] = &["8.1.1:add-participant"];
const TARGET: &[&str] = &["8.1.1:add-target-listed", "3:authorized-changes"];
const CLIENTS: &[&str] = &["8.1.1:add-clients"];
const OWN: &[&str] = &["8.1.1:add-own-client"];

pub(super) fn groups() -> [Group; 2] {
    [users(), clients()]
}

fn users() -> Group {
    let adding = |who: &str, role| room().of(member(who)).commits([listed("frank", role)]);
    group(
        "users are added",
        [
            yes(("add-user", "A moderator adds a user without clients.", "adding", USER), adding("bob-1", MEMBER)),
            yes(("add-user-second-client", "The same by the moderator's other client: rights are the user's.", "by-device", USER), adding("bob-2", MEMBER)),
            yes(("add-user-with-clients", "A moderator adds a user and two of its clients.", "adding", CLIENTS), room().of(member("bob-1")).commits([listed("frank", MEMBER), add("frank-1", "frank"), add("frank-2", "frank")])),
            yes(("add-user-clients-first", "The same, with the Adds in front of the list: order means nothing.", "order", CLIENTS), room().of(member("bob-1")).commits([add("frank-1", "frank"), listed("frank", MEMBER)])),
            yes(("add-two-users", "Two users in one update, with different roles.", "adding", USER), room().of(member("bob-1")).commits([json!({"kind": "participants", "added": [{"user": "frank", "role": MEMBER}, {"user": "grace", "role": GUEST}]})])),
            no(("add-user-by-member", "A member adds a user.", "adding", USER), adding("carol-1", MEMBER), reason::MAY_NOT_ADD_USER),
            no(("add-user-by-guest", "A guest adds a user.", "adding", USER), adding("erin-1", GUEST), reason::MAY_NOT_ADD_USER),
            no(("add-user-with-clients-by-member", "A member adds a user with its client.", "adding", CLIENTS), room().of(member("carol-1")).commits([listed("frank", MEMBER), add("frank-1", "frank")]), reason::MAY_NOT_ADD_USER),
            no(("add-one-of-two", "Of two users the second gets a role that the moderator may not give.", "adding", TARGET), room().of(member("bob-1")).commits([json!({"kind": "participants", "added": [{"user": "frank", "role": MEMBER}, {"user": "grace", "role": MODERATOR}]})]), reason::MAY_NOT_ADD_USER),
            yes(("add-user-target-listed", "An admin adds a moderator: its role lists that.", "escalation", TARGET), adding("alice-1", MODERATOR)),
            no(("add-user-target-not-listed", "A moderator adds a moderator: its role lists no such change.", "escalation", TARGET), adding("bob-1", MODERATOR), reason::MAY_NOT_ADD_USER),
            no(("add-user-above-oneself", "A moderator adds an admin.", "escalation", TARGET), adding("bob-1", ADMIN), reason::MAY_NOT_ADD_USER),
            no(("add-user-listed-from-elsewhere", "The role lists the target from other roles, and not from 0.", "escalation", TARGET), adding("bob-1", MEMBER).moves(MODERATOR, &[(1, &[3]), (2, &[3])]), reason::MAY_NOT_ADD_USER),
            no(("add-user-without-capability", "The role lists the change and has no canAddParticipant.", "adding", USER), adding("bob-1", MEMBER).can(MODERATOR, &["canSendMessage", "canKick"]), reason::MAY_NOT_ADD_USER),
            no(("add-user-to-role-zero", "A user is added with role 0.", "role-zero", &["3:role-zero"]), adding("alice-1", 0), reason::ROLE_ZERO),
            no(("add-user-to-no-role", "A user is added with a role that the room does not have.", "role-zero", &["3:one-role"]), adding("alice-1", 6), reason::NO_SUCH_ROLE),
            yes(("add-user-to-role-beyond-a-gap", "Indices have a gap; the role behind it is a role like any other.", "role-zero", &["3:indices-apart"]), adding("alice-1", ENFORCER).moves(ADMIN, &[(0, &[ENFORCER])])),
            no(("add-user-who-is-there", "A user is added who is in the list.", "list", &["protocol-06:7.5:authorized-separately", "8.1.1:add-participant"]), room().of(member("bob-1")).commits([listed("carol", MEMBER)]), reason::LIST_DOES_NOT_APPLY),
            no(("add-user-who-is-banned", "A banned user is added again: who is in the list is not added.", "ban", &["8.1.1:add-participant", "4:not-the-banned"]), room().of(member("bob-1")).commits([listed("mallory", MEMBER)]), reason::LIST_DOES_NOT_APPLY),
            no(("add-user-by-nobody", "A client whose user was taken off the list adds a user.", "adding", &["protocol-06:5.3:removed-no-commit", "8:holder"]), adding("carol-1", MEMBER).without("carol"), reason::NOT_A_PARTICIPANT).also(&[reason::MAY_NOT_ADD_USER]),
            no(("add-oneself", "A client whose user was taken off the list puts itself back.", "adding", &["8.1.1:not-oneself"]), room().of(member("carol-1")).without("carol").commits([listed("carol", MEMBER)]), reason::NOT_A_PARTICIPANT).also(&[reason::MAY_NOT_JOIN]),
            yes(("add-unknown-capability", "The role has capabilities that nobody knows beside those that count.", "unknown", &["10.2:unknown-capabilities"]), adding("bob-1", MEMBER).can(MODERATOR, &["canDoAnything", "canAddParticipant", "canFly"])),
            no(("add-only-unknown-capability", "The role has a capability that nobody knows, with a name that sounds like it.", "unknown", &["10.2:unknown-capabilities"]), adding("bob-1", MEMBER).can(MODERATOR, &["canAddParticipants", "canSendMessage"]), reason::MAY_NOT_ADD_USER),
            open(yes(("ban-of-absent", "Who has canBan and not canAddParticipant puts a user into the list as banned; its role lists that.", "ban", &["8.1.3:ban-of-absent"]), adding("bob-1", BANNED).can(MODERATOR, &["canBan", "canSendMessage"])), ["canBan is enough where the role lists 1 from 0", "it takes canAddParticipant"]),
            no(("add-as-banned-not-listed", "Who has canBan puts a user into the list as banned, and its role does not list 1 from 0.", "ban", &["8.1.1:add-target-listed", "8.1.3:ban"]), adding("bob-1", BANNED).moves(MODERATOR, &[(0, &[2, 3])]), reason::MAY_NOT_ADD_USER),
        ],
    )
}

fn clients() -> Group {
    let adds = |who: &str, client: &str, user: &str| room().of(member(who)).commits([add(client, user)]);
    group(
        "clients are added",
        [
            yes(
                ("add-own-client", "A member adds a second client of its own.", "own-client", OWN),
                adds("carol-1", "carol-2", "carol"),
            ),
            no(
                ("add-own-client-of-guest", "A guest does, whose role has no canAddOwnClient.", "own-client", OWN),
                adds("erin-1", "erin-2", "erin"),
                reason::MAY_NOT_ADD_CLIENT,
            ),
            no(
                (
                    "add-client-of-nobody",
                    "A moderator adds a client of a user who is not in the list.",
                    "adding",
                    &["protocol-06:5.3:participant-before-member"],
                ),
                adds("bob-1", "frank-1", "frank"),
                reason::CLIENT_OF_NOBODY,
            )
            .also(&[reason::MAY_NOT_ADD_CLIENT]),
            no(
                (
                    "add-client-of-banned",
                    "A moderator adds a client of a banned user.",
                    "ban",
                    &["8.1.3:banned-role", "ds-00:6:banned-add"],
                ),
                adds("bob-1", "mallory-1", "mallory"),
                reason::CLIENT_OF_THE_BANNED,
            ),
            no(
                (
                    "add-second-client-of-banned",
                    "An admin adds a client of a banned user under a name that nobody has banned: users are banned, not clients.",
                    "by-device",
                    &["8.1.3:banned-role", "ds-00:6:banned-add"],
                ),
                adds("alice-1", "tablet-77", "mallory"),
                reason::CLIENT_OF_THE_BANNED,
            ),
            no(
                (
                    "add-client-of-banned-by-member",
                    "A member adds a client of a banned user.",
                    "ban",
                    &["8.1.3:banned-role"],
                ),
                adds("carol-1", "mallory-2", "mallory"),
                reason::CLIENT_OF_THE_BANNED,
            ),
            no(
                (
                    "add-client-among-others",
                    "Of three clients one is a banned user's.",
                    "ban",
                    &["8.1.3:banned-role", "8.1.1:add-clients"],
                ),
                room().of(member("bob-1")).commits([
                    listed("frank", MEMBER),
                    add("frank-1", "frank"),
                    add("mallory-1", "mallory"),
                    add("bob-3", "bob"),
                ]),
                reason::CLIENT_OF_THE_BANNED,
            ),
            no(
                (
                    "add-client-of-another",
                    "A member adds a client of another member.",
                    "own-client",
                    &["8.1.1:add-own-client"],
                ),
                adds("carol-1", "dave-3", "dave"),
                reason::MAY_NOT_ADD_CLIENT,
            ),
            open(
                no(
                    (
                        "add-client-of-inactive",
                        "A moderator brings back a member that is in the list and has no client.",
                        "adding",
                        &["8.1.1:clients-of-others"],
                    ),
                    adds("bob-1", "ivan-1", "ivan"),
                    reason::MAY_NOT_ADD_CLIENT,
                ),
                ["no capability says so", "canAddParticipant is enough"],
            ),
            open(
                no(
                    (
                        "add-client-of-active",
                        "A moderator adds a client of a member that has one.",
                        "adding",
                        &["8.1.1:clients-of-others"],
                    ),
                    adds("bob-1", "carol-2", "carol"),
                    reason::MAY_NOT_ADD_CLIENT,
                ),
                ["no capability says so", "canAddParticipant is enough"],
            ),
            yes(
                (
                    "add-own-client-by-reference",
                    "A member proposes its own second client, another member commits it.",
                    "by-reference",
                    OWN,
                ),
                room().of(member("dave-1")).commits([by(member("carol-1"), add("carol-2", "carol"))]),
            ),
            no(
                (
                    "add-client-by-reference-of-guest",
                    "A guest proposes its own second client, an admin commits it.",
                    "by-reference",
                    &["8:proposer-counts", "8.1.1:add-own-client"],
                ),
                room().of(member("alice-1")).commits([by(member("erin-1"), add("erin-2", "erin"))]),
                reason::MAY_NOT_ADD_CLIENT,
            ),
            no(
                (
                    "add-client-of-banned-by-reference",
                    "A moderator proposes a client of a banned user, an admin commits it.",
                    "by-reference",
                    &["8.1.3:banned-role", "ds-00:6:banned-add"],
                ),
                room().of(member("alice-1")).commits([by(member("bob-1"), add("mallory-1", "mallory"))]),
                reason::CLIENT_OF_THE_BANNED,
            ),
            no(
                (
                    "add-user-and-client-by-different-users",
                    "A moderator adds a user to the list, and a member that user's client.",
                    "adding",
                    CLIENTS,
                ),
                room()
                    .of(member("carol-1"))
                    .commits([by(member("bob-1"), listed("frank", MEMBER)), add("frank-1", "frank")]),
                reason::MAY_NOT_ADD_CLIENT,
            ),
            yes(
                (
                    "add-user-and-client-by-two-clients",
                    "One client of a moderator proposes the user, the other commits it with the user's client.",
                    "by-device",
                    CLIENTS,
                ),
                room()
                    .of(member("bob-2"))
                    .commits([by(member("bob-1"), listed("frank", MEMBER)), add("frank-1", "frank")]),
            ),
            no(
                ("add-client-as-banned", "A user is added as banned, with a client.", "ban", &["8.1.3:banned-role"]),
                room().of(member("alice-1")).commits([listed("frank", BANNED), add("frank-1", "frank")]),
                reason::CLIENT_OF_THE_BANNED,
            )
            .also(&[reason::CLIENTS_REMAIN]),
            no(
                (
                    "add-client-of-silent-role",
                    "A user whose role has no capability at all comes in, though the role is not called banned.",
                    "ban",
                    &["protocol-06:7.5:inactive-allowed", "8.1.3:banned-role"],
                ),
                room().of(member("alice-1")).can(GUEST, &[]).commits([listed("frank", GUEST), add("frank-1", "frank")]),
                reason::CLIENT_OF_THE_BANNED,
            ),
        ],
    )
}
