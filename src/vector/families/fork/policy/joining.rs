//! Who comes in from outside (sections 8.1.1 and 4).

use super::scene::*;
use crate::reason::policy as reason;
use crate::vector::Group;
use crate::vector::families::build::group;

const OWN: &[&str] = &["8.1.1:add-own-client"];
const OPEN: &[&str] = &["8.1.1:open-join", "rfc9750:6.4:external-join-policy"];
const INVITED: &[&str] = &["8.1.1:join-preauthorized"];

fn open_room() -> Ask {
    room().can(0, &["canOpenJoin"]).moves(0, &[(0, &[GUEST])])
}

fn staff_room() -> Ask {
    room().can(MEMBER, &["canJoinIfPreauthorized", "canSendMessage"]).preauthorizes(&[("works-for", "hub")], MEMBER)
}

pub(super) fn groups() -> [Group; 3] {
    [clients(), users(), senders()]
}

fn clients() -> Group {
    let joins = |client: &str, user: &str| room().of(joiner(client, user)).commits([]);
    group(
        "clients join from outside",
        [
            yes(
                ("join-second-client", "A further client of a member joins by an external commit.", "joining", OWN),
                joins("carol-2", "carol"),
            ),
            yes(("join-inactive", "A member without a client joins.", "joining", OWN), joins("ivan-1", "ivan")),
            yes(
                ("join-again", "A client that lost its state joins again, and removes what it was.", "joining", OWN),
                room().of(joiner("carol-1", "carol")).commits([remove("carol-1")]),
            ),
            no(
                (
                    "join-without-capability",
                    "A further client of a guest joins, whose role has no canAddOwnClient.",
                    "joining",
                    OWN,
                ),
                joins("erin-2", "erin"),
                reason::MAY_NOT_ADD_CLIENT,
            ),
            no(
                (
                    "join-banned",
                    "A client of a banned user joins.",
                    "ban",
                    &["8.1.3:banned-role", "ds-00:6:banned-add"],
                ),
                joins("mallory-1", "mallory"),
                reason::CLIENT_OF_THE_BANNED,
            ),
            no(
                (
                    "join-banned-other-device",
                    "A client of a banned user joins that nobody has seen before.",
                    "by-device",
                    &["8.1.3:banned-role"],
                ),
                joins("fresh-phone", "mallory"),
                reason::CLIENT_OF_THE_BANNED,
            ),
            no(
                (
                    "join-banned-preauthorized",
                    "A client of a banned user joins that is preauthorized.",
                    "ban",
                    &["4:not-the-banned"],
                ),
                staff_room().of(claiming(joiner("mallory-1", "mallory"), "works-for", "hub")).commits([]),
                reason::CLIENT_OF_THE_BANNED,
            ),
            no(
                (
                    "join-banned-open",
                    "A client of a banned user joins an open room and puts its user into the list.",
                    "ban",
                    &["4:not-the-banned", "8.1.1:open-join"],
                ),
                open_room().of(joiner("mallory-1", "mallory")).commits([listed("mallory", GUEST)]),
                reason::CLIENT_OF_THE_BANNED,
            )
            .also(&[reason::LIST_DOES_NOT_APPLY]),
            no(
                (
                    "join-and-kick",
                    "A further client of a member joins and removes a client of another.",
                    "joining",
                    &["8.1.2:kick", "8.1.1:add-own-client"],
                ),
                room().of(joiner("carol-2", "carol")).commits([remove("dave-1")]),
                reason::MAY_NOT_REMOVE_CLIENT,
            ),
            yes(
                (
                    "external-proposal",
                    "A further client of a member proposes itself from outside; somebody commits it.",
                    "joining",
                    OWN,
                ),
                room().of(member("bob-1")).commits([by(joiner("carol-2", "carol"), add("carol-2", "carol"))]),
            ),
            no(
                (
                    "external-proposal-of-banned",
                    "A client of a banned user proposes itself; the admin commits it.",
                    "ban",
                    &["8.1.3:banned-role", "8.1.1:add-own-client"],
                ),
                room().of(member("alice-1")).commits([by(joiner("mallory-1", "mallory"), add("mallory-1", "mallory"))]),
                reason::CLIENT_OF_THE_BANNED,
            ),
            no(
                (
                    "external-proposal-for-another",
                    "A client from outside proposes to add a client of another user.",
                    "joining",
                    &["8:proposer-counts", "8.1.1:add-own-client"],
                ),
                room().of(member("alice-1")).commits([by(joiner("carol-2", "carol"), add("dave-3", "dave"))]),
                reason::MAY_NOT_ADD_CLIENT,
            ),
        ],
    )
}

fn users() -> Group {
    let comes = |ask: Ask, role| ask.of(joiner("frank-1", "frank")).commits([listed("frank", role)]);
    let claims = |ask: Ask, role| {
        ask.of(claiming(joiner("frank-1", "frank"), "works-for", "hub")).commits([listed("frank", role)])
    };
    group(
        "users join from outside",
        [
            no(
                ("join-closed", "Somebody who is not in the list joins a room that is not open.", "joining", OPEN),
                comes(room(), GUEST),
                reason::MAY_NOT_JOIN,
            ),
            no(
                (
                    "join-unlisted",
                    "Somebody joins who is not in the list, and does not put itself there.",
                    "joining",
                    &["protocol-06:5.3:participant-before-member", "8.1.1:open-join"],
                ),
                open_room().of(joiner("frank-1", "frank")).commits([]),
                reason::MAY_NOT_JOIN,
            )
            .also(&[reason::CLIENT_OF_NOBODY]),
            yes(
                ("join-open", "Somebody joins an open room, with the role that role 0 lists.", "joining", OPEN),
                comes(open_room(), GUEST),
            ),
            no(
                (
                    "join-open-other-role",
                    "Somebody joins an open room as a member; role 0 lists guests.",
                    "escalation",
                    OPEN,
                ),
                comes(open_room(), MEMBER),
                reason::MAY_NOT_JOIN,
            ),
            no(
                ("join-open-as-admin", "Somebody joins an open room as an admin.", "escalation", OPEN),
                comes(open_room(), ADMIN),
                reason::MAY_NOT_JOIN,
            ),
            no(
                ("join-open-without-capability", "Role 0 lists a change and has no canOpenJoin.", "joining", OPEN),
                comes(room().moves(0, &[(0, &[GUEST])]), GUEST),
                reason::MAY_NOT_JOIN,
            ),
            no(
                (
                    "join-open-of-target",
                    "canOpenJoin is a capability of the new role, in place of role 0.",
                    "joining",
                    &["8.1.1:open-join", "8.1.1:open-join-of-zero"],
                ),
                comes(room().can(GUEST, &["canOpenJoin"]).moves(GUEST, &[(0, &[GUEST])]), GUEST),
                reason::MAY_NOT_JOIN,
            ),
            no(
                (
                    "join-open-and-add-another",
                    "Somebody joins an open room and adds a friend.",
                    "joining",
                    &["8.1.1:add-participant", "8.1.1:open-join"],
                ),
                open_room().of(joiner("frank-1", "frank")).commits([listed("frank", GUEST), listed("grace", GUEST)]),
                reason::MAY_NOT_ADD_USER,
            ),
            yes(
                (
                    "join-preauthorized",
                    "Somebody joins with the role that it is preauthorized for; no list of changes is asked.",
                    "preauthorized",
                    INVITED,
                ),
                claims(staff_room(), MEMBER),
            ),
            no(
                ("join-preauthorized-other-role", "It takes another role.", "escalation", INVITED),
                claims(staff_room(), MODERATOR),
                reason::MAY_NOT_JOIN,
            ),
            no(
                (
                    "join-preauthorized-without-capability",
                    "The role has no canJoinIfPreauthorized.",
                    "preauthorized",
                    INVITED,
                ),
                claims(room().preauthorizes(&[("works-for", "hub")], MEMBER), MEMBER),
                reason::MAY_NOT_JOIN,
            ),
            no(
                (
                    "join-without-claim",
                    "Somebody joins who does not have the claim.",
                    "preauthorized",
                    &["4:matching", "8.1.1:join-preauthorized"],
                ),
                comes(staff_room(), MEMBER),
                reason::MAY_NOT_JOIN,
            ),
            no(
                (
                    "join-second-match",
                    "Two entries match, and it takes the role of the second.",
                    "preauthorized",
                    &["4:first-match"],
                ),
                claims(
                    room()
                        .can(MEMBER, &["canJoinIfPreauthorized"])
                        .can(GUEST, &["canJoinIfPreauthorized"])
                        .preauthorizes(&[("works-for", "hub")], GUEST)
                        .preauthorizes(&[("works-for", "hub")], MEMBER),
                    MEMBER,
                ),
                reason::MAY_NOT_JOIN,
            ),
            yes(
                (
                    "join-after-no-match",
                    "The first entry does not match, the second does.",
                    "preauthorized",
                    &["4:first-match"],
                ),
                claims(
                    room()
                        .can(MEMBER, &["canJoinIfPreauthorized"])
                        .preauthorizes(&[("works-for", "somebody")], GUEST)
                        .preauthorizes(&[("works-for", "hub")], MEMBER),
                    MEMBER,
                ),
            ),
        ],
    )
}

fn senders() -> Group {
    let hub = || external("hub.example");
    let enforced = || room().preauthorizes(&[("works-for", "hub")], ENFORCER).of(member("alice-1"));
    const RULE: &[&str] = &["4:external-senders", "8:holder"];
    group(
        "external senders",
        [
            yes(
                (
                    "hub-bans",
                    "The hub, preauthorized, proposes to ban a user and remove its clients; a member commits it.",
                    "external-sender",
                    RULE,
                ),
                enforced().commits([
                    by(hub(), changed("dave", BANNED)),
                    by(hub(), remove("dave-1")),
                    by(hub(), remove("dave-2")),
                ]),
            ),
            yes(
                ("hub-kicks", "The hub proposes to remove a client.", "external-sender", RULE),
                enforced().commits([by(hub(), remove("carol-1"))]),
            ),
            no(
                (
                    "hub-adds",
                    "The hub proposes to add a user: its role has no such capability.",
                    "external-sender",
                    RULE,
                ),
                enforced().commits([by(hub(), listed("frank", MEMBER))]),
                reason::MAY_NOT_ADD_USER,
            ),
            no(
                (
                    "hub-without-role",
                    "An external sender that nothing preauthorizes proposes to remove a client.",
                    "external-sender",
                    RULE,
                ),
                room().commits([by(hub(), remove("carol-1"))]),
                reason::MAY_NOT_REMOVE_CLIENT,
            ),
            no(
                (
                    "hub-bans-moderator",
                    "The hub bans a moderator: its role lists no such change.",
                    "escalation",
                    &["4:external-senders", "3:authorized-changes"],
                ),
                enforced().commits([
                    by(hub(), changed("bob", BANNED)),
                    by(hub(), remove("bob-1")),
                    by(hub(), remove("bob-2")),
                ]),
                reason::MAY_NOT_BAN,
            ),
            no(
                (
                    "hub-without-claim",
                    "An external sender does not have the claim.",
                    "external-sender",
                    &["4:external-senders", "4:matching"],
                ),
                enforced().commits([by(claiming(external("other.example"), "works-for", "other"), remove("carol-1"))]),
                reason::MAY_NOT_REMOVE_CLIENT,
            ),
            no(
                (
                    "hub-of-role-zero",
                    "An external sender that nothing preauthorizes does not act with role 0.",
                    "external-sender",
                    RULE,
                ),
                room().can(0, &["canKick"]).commits([by(hub(), remove("carol-1"))]),
                reason::MAY_NOT_REMOVE_CLIENT,
            ),
        ],
    )
}
