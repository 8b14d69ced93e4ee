//! Who removes users and clients (section 8.1.2).

use super::scene::*;
use crate::reason::policy as reason;
use crate::vector::Group;
use crate::vector::families::build::group;

const USER: &[&str] = &["8.1.2:remove-participant"];
const LEFT: &[&str] = &["8.1.2:no-clients-left", "protocol-06:5.3:removed-together"];
const TARGET: &[&str] = &["8.1.2:remove-target-listed", "3:authorized-changes"];
const KICK: &[&str] = &["8.1.2:kick"];
const OWN: &[&str] = &["8.1.2:remove-own-client"];
const SELF: &[&str] = &["8.1.2:remove-self"];

pub(super) fn groups() -> [Group; 3] {
    [users(), clients(), leaving()]
}

fn users() -> Group {
    let removing = |who: &str| room().of(member(who)).commits([unlisted("dave"), remove("dave-1"), remove("dave-2")]);
    group(
        "users are taken off the list",
        [
            yes(
                (
                    "remove-user",
                    "A moderator takes a member off the list and removes both of its clients.",
                    "removing",
                    USER,
                ),
                removing("bob-1"),
            ),
            yes(
                ("remove-user-clients-first", "The same with the Removes in front.", "order", USER),
                room().of(member("bob-1")).commits([remove("dave-2"), remove("dave-1"), unlisted("dave")]),
            ),
            yes(
                (
                    "remove-inactive-user",
                    "A moderator takes a member off the list that has no client.",
                    "removing",
                    USER,
                ),
                room().of(member("bob-1")).commits([unlisted("ivan")]),
            ),
            no(
                ("remove-user-by-member", "A member does.", "removing", USER),
                removing("carol-1"),
                reason::MAY_NOT_REMOVE_USER,
            ),
            no(
                ("remove-user-by-guest", "A guest does.", "removing", USER),
                removing("erin-1"),
                reason::MAY_NOT_REMOVE_USER,
            ),
            no(
                ("remove-user-clients-left", "One of the two clients stays.", "clients-left", LEFT),
                room().of(member("bob-1")).commits([unlisted("dave"), remove("dave-1")]),
                reason::CLIENTS_REMAIN,
            ),
            no(
                ("remove-user-all-clients-left", "No client is removed.", "clients-left", LEFT),
                room().of(member("bob-1")).commits([unlisted("dave")]),
                reason::CLIENTS_REMAIN,
            ),
            no(
                (
                    "remove-user-and-add-client",
                    "The user goes with its clients, and one of its clients comes in the same commit.",
                    "clients-left",
                    LEFT,
                ),
                room().of(member("alice-1")).commits([
                    unlisted("dave"),
                    remove("dave-1"),
                    remove("dave-2"),
                    add("dave-3", "dave"),
                ]),
                reason::CLIENT_OF_NOBODY,
            )
            .also(&[reason::CLIENTS_REMAIN, reason::MAY_NOT_ADD_CLIENT]),
            no(
                (
                    "remove-user-target-not-listed",
                    "A moderator takes the admin off the list: its role lists no change from there.",
                    "escalation",
                    TARGET,
                ),
                room().of(member("bob-1")).participant("zoe", ADMIN).commits([unlisted("alice"), remove("alice-1")]),
                reason::MAY_NOT_REMOVE_USER,
            ),
            no(
                (
                    "remove-user-listed-elsewhere",
                    "The role lists 0 from other roles than the user's.",
                    "escalation",
                    TARGET,
                ),
                removing("bob-1").moves(MODERATOR, &[(2, &[0]), (3, &[1, 2])]),
                reason::MAY_NOT_REMOVE_USER,
            ),
            no(
                (
                    "remove-user-without-capability",
                    "The role lists the change and has no canRemoveParticipant; canKick removes clients only.",
                    "removing",
                    USER,
                ),
                removing("bob-1").can(MODERATOR, &["canKick", "canSendMessage"]),
                reason::MAY_NOT_REMOVE_USER,
            ),
            yes(
                (
                    "remove-banned-user",
                    "A moderator takes a banned user off the list: its role lists 0 from 1.",
                    "ban",
                    TARGET,
                ),
                room().of(member("bob-1")).commits([unlisted("mallory")]),
            ),
            no(
                ("remove-banned-user-not-listed", "The same where the role does not list that.", "ban", TARGET),
                room().of(member("bob-1")).moves(MODERATOR, &[(1, &[2, 3])]).commits([unlisted("mallory")]),
                reason::MAY_NOT_REMOVE_USER,
            ),
            no(
                (
                    "remove-user-who-is-not-there",
                    "A user is taken off the list that is not in it.",
                    "list",
                    &["protocol-06:7.5:authorized-separately"],
                ),
                room().of(member("bob-1")).commits([unlisted("frank")]),
                reason::LIST_DOES_NOT_APPLY,
            ),
            no(
                (
                    "remove-one-of-two",
                    "A member and the admin are taken off the list by a moderator.",
                    "escalation",
                    TARGET,
                ),
                room().of(member("bob-1")).participant("zoe", ADMIN).commits([
                    unlisted("ivan"),
                    unlisted("alice"),
                    remove("alice-1"),
                ]),
                reason::MAY_NOT_REMOVE_USER,
            ),
            yes(
                ("remove-user-by-reference", "A moderator proposes it, a member commits it.", "by-reference", USER),
                room().of(member("carol-1")).commits([
                    by(member("bob-1"), unlisted("dave")),
                    by(member("bob-1"), remove("dave-1")),
                    by(member("bob-1"), remove("dave-2")),
                ]),
            ),
            open(
                no(
                    (
                        "remove-user-by-reference-of-member",
                        "A member proposes it, a moderator commits it.",
                        "by-reference",
                        &["8:proposer-counts"],
                    ),
                    room().of(member("bob-1")).commits([by(member("carol-1"), unlisted("ivan"))]),
                    reason::MAY_NOT_REMOVE_USER,
                ),
                ["the proposer needs the capability", "the committer's is enough"],
            ),
        ],
    )
}

fn clients() -> Group {
    let removes = |who: &str, client: &str| room().of(member(who)).commits([remove(client)]);
    group(
        "clients are removed",
        [
            yes(
                ("kick", "A moderator removes a client of a member, who stays in the list.", "kick", KICK),
                removes("bob-1", "carol-1"),
            ),
            no(
                ("kick-by-member", "A member does.", "kick", KICK),
                removes("carol-1", "dave-1"),
                reason::MAY_NOT_REMOVE_CLIENT,
            ),
            no(
                ("kick-by-guest", "A guest does.", "kick", KICK),
                removes("erin-1", "dave-1"),
                reason::MAY_NOT_REMOVE_CLIENT,
            ),
            no(
                (
                    "kick-without-capability",
                    "A moderator does whose role has canRemoveParticipant and no canKick.",
                    "kick",
                    KICK,
                ),
                removes("bob-1", "carol-1").can(MODERATOR, &["canRemoveParticipant", "canSendMessage"]),
                reason::MAY_NOT_REMOVE_CLIENT,
            ),
            yes(
                ("kick-by-reference", "A moderator proposes it, a guest commits it.", "by-reference", KICK),
                room().of(member("erin-1")).commits([by(member("bob-1"), remove("carol-1"))]),
            ),
            no(
                (
                    "kick-by-reference-of-member",
                    "A member proposes it, another member commits it.",
                    "by-reference",
                    KICK,
                ),
                room().of(member("dave-1")).commits([by(member("carol-1"), remove("erin-1"))]),
                reason::MAY_NOT_REMOVE_CLIENT,
            ),
            open(
                no(
                    (
                        "kick-of-member-by-moderators-commit",
                        "A member proposes it, a moderator commits it.",
                        "by-reference",
                        &["8:proposer-counts"],
                    ),
                    room().of(member("bob-1")).commits([by(member("carol-1"), remove("dave-1"))]),
                    reason::MAY_NOT_REMOVE_CLIENT,
                ),
                ["the proposer needs the capability", "the committer's is enough"],
            ),
            yes(
                ("self-remove", "A member's client leaves by SelfRemove; another commits it.", "own-client", OWN),
                room().of(member("bob-1")).commits([by(member("carol-1"), kind("self-remove"))]),
            ),
            yes(
                ("remove-own-client", "A member's client proposes its own removal.", "own-client", OWN),
                room().of(member("bob-1")).commits([by(member("carol-1"), remove("carol-1"))]),
            ),
            no(
                (
                    "self-remove-of-guest",
                    "A guest's client leaves; its role has canRemoveSelf, and no canRemoveOwnClient.",
                    "own-client",
                    OWN,
                ),
                room().of(member("bob-1")).commits([by(member("erin-1"), kind("self-remove"))]),
                reason::MAY_NOT_REMOVE_CLIENT,
            ),
            open(
                yes(
                    (
                        "remove-other-own-client",
                        "A member's client removes another client of the same user.",
                        "by-device",
                        &["8.1.2:own-client-which"],
                    ),
                    removes("dave-1", "dave-2"),
                ),
                ["any client of the user", "only the one that proposes"],
            ),
            no(
                ("remove-nobody", "A client is removed that is not there.", "removing", &["8.1.2:kick"]),
                removes("alice-1", "frank-1"),
                reason::MAY_NOT_REMOVE_CLIENT,
            ),
            open(
                yes(
                    (
                        "banned-goes",
                        "A client of a banned user proposes its own removal.",
                        "ban",
                        &["8.1.2:banned-may-go", "protocol-06:5.3:removed-proposals"],
                    ),
                    room()
                        .client("mallory-1", "mallory")
                        .of(member("bob-1"))
                        .commits([by(member("mallory-1"), kind("self-remove"))]),
                ),
                ["it may", "it may not"],
            ),
            no(
                (
                    "banned-kicks",
                    "A client of a banned user proposes somebody else's removal.",
                    "ban",
                    &["protocol-06:5.3:removed-proposals"],
                ),
                room()
                    .client("mallory-1", "mallory")
                    .of(member("bob-1"))
                    .commits([by(member("mallory-1"), remove("carol-1"))]),
                reason::MAY_NOT_REMOVE_CLIENT,
            ),
        ],
    )
}

fn leaving() -> Group {
    group(
        "users leave the list",
        [
            yes(
                ("leave", "A member leaves the list with its client; a moderator commits that.", "leaving", SELF),
                room()
                    .of(member("bob-1"))
                    .commits([by(member("carol-1"), unlisted("carol")), by(member("carol-1"), kind("self-remove"))]),
            ),
            yes(
                ("leave-with-two-clients", "A member leaves with both of its clients.", "leaving", SELF),
                room().of(member("bob-1")).commits([
                    by(member("dave-1"), unlisted("dave")),
                    by(member("dave-1"), kind("self-remove")),
                    by(member("dave-1"), remove("dave-2")),
                ]),
            ),
            yes(
                (
                    "leave-of-guest",
                    "A guest leaves: the Remove of its client belongs to leaving, and takes no further capability.",
                    "leaving",
                    SELF,
                ),
                room()
                    .of(member("bob-1"))
                    .commits([by(member("erin-1"), unlisted("erin")), by(member("erin-1"), remove("erin-1"))]),
            ),
            no(
                (
                    "leave-without-clients",
                    "A member leaves the list, and its client stays.",
                    "clients-left",
                    &["8.1.2:remove-self-clients"],
                ),
                room().of(member("bob-1")).commits([by(member("carol-1"), unlisted("carol"))]),
                reason::CLIENTS_REMAIN,
            ),
            no(
                (
                    "leave-with-one-of-two",
                    "A member with two clients leaves with one.",
                    "clients-left",
                    &["8.1.2:remove-self-clients"],
                ),
                room()
                    .of(member("bob-1"))
                    .commits([by(member("dave-1"), unlisted("dave")), by(member("dave-1"), kind("self-remove"))]),
                reason::CLIENTS_REMAIN,
            ),
            no(
                ("leave-without-capability", "A role without canRemoveSelf.", "leaving", SELF),
                room()
                    .can(MEMBER, &["canSendMessage", "canRemoveOwnClient"])
                    .of(member("bob-1"))
                    .commits([by(member("carol-1"), unlisted("carol")), by(member("carol-1"), kind("self-remove"))]),
                reason::MAY_NOT_LEAVE,
            ),
            no(
                ("leave-not-listed", "A role that does not list 0 from itself.", "leaving", SELF),
                room()
                    .moves(MEMBER, &[(2, &[0])])
                    .of(member("bob-1"))
                    .commits([by(member("carol-1"), unlisted("carol")), by(member("carol-1"), kind("self-remove"))]),
                reason::MAY_NOT_LEAVE,
            ),
            no(
                (
                    "moderator-leaves-as-remover",
                    "A moderator, whose role does not list 0 from itself, leaves; canRemoveParticipant is for others.",
                    "leaving",
                    &["8.1.2:remove-self", "8.1.2:remove-participant"],
                ),
                room().of(member("alice-1")).commits([
                    by(member("bob-1"), unlisted("bob")),
                    by(member("bob-1"), kind("self-remove")),
                    by(member("bob-1"), remove("bob-2")),
                ]),
                reason::MAY_NOT_LEAVE,
            ),
            no(
                (
                    "banned-leaves-the-list",
                    "A client of a banned user takes its user off the list, and the ban with it.",
                    "ban",
                    &["8.1.2:remove-self", "4:not-the-banned"],
                ),
                room().client("mallory-1", "mallory").of(member("bob-1")).commits([
                    by(member("mallory-1"), unlisted("mallory")),
                    by(member("mallory-1"), kind("self-remove")),
                ]),
                reason::MAY_NOT_LEAVE,
            ),
        ],
    )
}
