//! Messages, who may commit at all, and a commit as one.

use super::scene::*;
use crate::reason::policy as reason;
use crate::vector::Group;
use crate::vector::families::build::group;

pub(super) fn groups() -> [Group; 3] {
    [messages(), committers(), order()]
}

fn messages() -> Group {
    const SEND: &[&str] = &["8.3:send-message"];
    const MUTED: &[&str] = &["8.3:send-message", "ds-00:6:muted-user"];
    let says = |who: &str| room().of(member(who));
    group(
        "messages",
        [
            yes(("send", "A member sends.", "messages", SEND), says("carol-1")),
            yes(("send-second-client", "A member's second client sends.", "by-device", SEND), says("dave-2")),
            no(
                ("send-muted", "A guest sends, whose role has no canSendMessage.", "messages", MUTED),
                says("erin-1"),
                reason::MAY_NOT_SEND,
            ),
            no(
                (
                    "send-muted-other-device",
                    "A guest sends from a client that nobody has seen muted: users are muted, not clients.",
                    "by-device",
                    MUTED,
                ),
                room().client("erin-2", "erin").of(member("erin-2")),
                reason::MAY_NOT_SEND,
            ),
            no(
                (
                    "send-banned",
                    "A client of a banned user that is still in the group sends.",
                    "ban",
                    &["protocol-06:5.3:removed-no-application", "8.3:send-message"],
                ),
                room().client("mallory-1", "mallory").of(member("mallory-1")),
                reason::MAY_NOT_SEND,
            ),
            no(
                (
                    "send-unlisted",
                    "A client sends whose user was taken off the list.",
                    "messages",
                    &["protocol-06:5.3:removed-no-application", "8:holder"],
                ),
                says("carol-1").without("carol"),
                reason::MAY_NOT_SEND,
            ),
            no(
                ("send-from-outside", "A client sends that is not in the group.", "messages", &["8:holder"]),
                says("frank-1"),
                reason::NOT_A_PARTICIPANT,
            ),
            no(
                ("send-external", "An external sender sends.", "messages", &["8:holder", "4:when-consulted"]),
                room().preauthorizes(&[("works-for", "hub")], ADMIN).of(external("hub.example")),
                reason::NOT_A_PARTICIPANT,
            ),
            no(
                (
                    "send-preauthorized-in-place",
                    "A guest sends that is preauthorized as a member.",
                    "preauthorized",
                    &["4:when-consulted", "8.3:send-message"],
                ),
                room().preauthorizes(&[("works-for", "hub")], MEMBER).of(claiming(
                    member("erin-1"),
                    "works-for",
                    "hub",
                )),
                reason::MAY_NOT_SEND,
            ),
            no(
                (
                    "send-without-role",
                    "A user has a role that the room does not have.",
                    "messages",
                    &["3:one-role", "8:holder"],
                ),
                says("erin-1").without_role(GUEST),
                reason::MAY_NOT_SEND,
            ),
        ],
    )
}

fn committers() -> Group {
    const WHO: &[&str] = &["8:who-commits"];
    const GONE: &[&str] = &["protocol-06:5.3:removed-no-commit"];
    let commits = |who: &str| room().of(member(who)).commits([kind("update")]);
    group(
        "who commits",
        [
            yes(("commit-update", "A member refreshes its leaf.", "committing", GONE), commits("carol-1")),
            yes(
                ("commit-nothing", "A member commits nothing.", "committing", GONE),
                room().of(member("carol-1")).commits([]),
            ),
            open(
                yes(
                    ("commit-of-guest", "A guest, who may not send, refreshes its leaf.", "committing", WHO),
                    commits("erin-1"),
                ),
                ["who has any capability may commit", "a muted user is to say nothing at all"],
            ),
            no(
                (
                    "commit-banned",
                    "A client of a banned user that is still in the group refreshes its leaf.",
                    "ban",
                    GONE,
                ),
                room().client("mallory-1", "mallory").of(member("mallory-1")).commits([kind("update")]),
                reason::WITHOUT_CAPABILITIES,
            ),
            no(
                (
                    "commit-unlisted",
                    "A client whose user was taken off the list refreshes its leaf.",
                    "committing",
                    GONE,
                ),
                commits("carol-1").without("carol"),
                reason::NOT_A_PARTICIPANT,
            ),
            no(
                (
                    "commit-unlisted-others",
                    "A client whose user was taken off the list commits what an admin proposes.",
                    "committing",
                    GONE,
                ),
                room().without("carol").of(member("carol-1")).commits([by(member("alice-1"), changed("erin", MEMBER))]),
                reason::NOT_A_PARTICIPANT,
            ),
            yes(
                (
                    "commit-of-listener",
                    "A role has one capability, which decides over no change here, and refreshes its leaf.",
                    "unknown",
                    &["10.2:unknown-capabilities", "8:holder"],
                ),
                commits("erin-1").can(GUEST, &["canReceiveMessage"]),
            ),
            yes(
                (
                    "commit-of-role-of-tomorrow",
                    "The same with a capability that nobody knows.",
                    "unknown",
                    &["10.2:unknown-capabilities"],
                ),
                commits("erin-1").can(GUEST, &["canListenToThePast"]),
            ),
            open(
                no(
                    (
                        "commit-silent",
                        "A role that is not called banned and has no capability refreshes its leaf.",
                        "committing",
                        WHO,
                    ),
                    commits("erin-1").can(GUEST, &[]),
                    reason::WITHOUT_CAPABILITIES,
                ),
                ["who has no capability may do nothing", "only who is banned may do nothing"],
            ),
            no(
                (
                    "update-of-banned",
                    "A client of a banned user proposes an Update, a member commits it.",
                    "ban",
                    &["protocol-06:5.3:removed-proposals"],
                ),
                room()
                    .client("mallory-1", "mallory")
                    .of(member("carol-1"))
                    .commits([by(member("mallory-1"), kind("update"))]),
                reason::WITHOUT_CAPABILITIES,
            ),
            yes(
                (
                    "update-by-reference",
                    "A guest proposes an Update, a member commits it.",
                    "by-reference",
                    &["8:holder"],
                ),
                room().of(member("carol-1")).commits([by(member("erin-1"), kind("update"))]),
            ),
            open(
                yes(
                    ("psk", "A member commits a PreSharedKey.", "committing", &["8.7:reserved"]),
                    room().of(member("carol-1")).commits([kind("psk")]),
                ),
                ["it takes no capability", "the capability is reserved"],
            ),
            open(
                yes(
                    ("extensions", "A member commits GroupContextExtensions.", "committing", &["8.7:reserved"]),
                    room().of(member("carol-1")).commits([kind("group-context-extensions")]),
                ),
                ["it takes no capability", "the capability is reserved"],
            ),
        ],
    )
}

fn order() -> Group {
    const BEFORE: &[&str] = &["8:holder", "protocol-06:7.5:authorized-separately"];
    group(
        "a commit as one",
        [
            no(
                (
                    "promoted-and-acts",
                    "A member becomes a moderator and kicks somebody in one commit.",
                    "order",
                    BEFORE,
                ),
                room()
                    .of(member("carol-1"))
                    .commits([by(member("alice-1"), changed("carol", MODERATOR)), remove("dave-1")]),
                reason::MAY_NOT_REMOVE_CLIENT,
            ),
            no(
                ("acts-and-promoted", "The same in the other order.", "order", BEFORE),
                room()
                    .of(member("carol-1"))
                    .commits([remove("dave-1"), by(member("alice-1"), changed("carol", MODERATOR))]),
                reason::MAY_NOT_REMOVE_CLIENT,
            ),
            yes(
                (
                    "demoted-and-acts",
                    "A moderator becomes a guest, and its kick is in the same commit.",
                    "order",
                    BEFORE,
                ),
                room().of(member("bob-1")).commits([by(member("alice-1"), changed("bob", GUEST)), remove("carol-1")]),
            ),
            yes(
                ("acts-and-demoted", "The same in the other order.", "order", BEFORE),
                room().of(member("bob-1")).commits([remove("carol-1"), by(member("alice-1"), changed("bob", GUEST))]),
            ),
            open(
                yes(
                    (
                        "proposer-goes",
                        "A moderator proposes to add a user; the commit that has it takes the moderator off the list.",
                        "order",
                        &["8:proposer-leaves"],
                    ),
                    room().of(member("alice-1")).commits([
                        by(member("bob-1"), listed("frank", MEMBER)),
                        unlisted("bob"),
                        remove("bob-1"),
                        remove("bob-2"),
                    ]),
                ),
                ["rights are those before the commit", "who is gone has proposed nothing"],
            ),
            open(
                yes(
                    (
                        "proposer-banned",
                        "A moderator proposes to unban a user; the commit that has it bans the moderator.",
                        "order",
                        &["8:proposer-leaves"],
                    ),
                    room().of(member("alice-1")).commits([
                        by(member("bob-1"), changed("mallory", GUEST)),
                        changed("bob", BANNED),
                        remove("bob-1"),
                        remove("bob-2"),
                    ]),
                ),
                ["rights are those before the commit", "who is banned has proposed nothing"],
            ),
            yes(
                (
                    "promoted-by-proposal-of-another",
                    "An admin proposes to make a member a moderator; the member commits it.",
                    "by-reference",
                    BEFORE,
                ),
                room().of(member("carol-1")).commits([by(member("alice-1"), changed("carol", MODERATOR))]),
            ),
            no(
                (
                    "promoted-by-own-proposal",
                    "A member proposes to make itself a moderator; the admin commits it.",
                    "escalation",
                    &["8:proposer-counts", "8.1.3:not-own-role"],
                ),
                room().of(member("alice-1")).commits([by(member("carol-1"), changed("carol", MODERATOR))]),
                reason::MAY_NOT_CHANGE_OWN_ROLE,
            ),
            no(
                (
                    "two-promote-each-other",
                    "Two members propose to promote each other; an admin commits it.",
                    "escalation",
                    &["8:proposer-counts", "8.1.3:change-user-role"],
                ),
                room().of(member("alice-1")).commits([
                    by(member("carol-1"), changed("dave", MODERATOR)),
                    by(member("dave-1"), changed("carol", MODERATOR)),
                ]),
                reason::MAY_NOT_CHANGE_ROLE,
            ),
            no(
                (
                    "one-bad-among-good",
                    "Of four changes, each by somebody who may, one is by somebody who may not.",
                    "by-reference",
                    BEFORE,
                ),
                room().of(member("alice-1")).commits([
                    by(member("bob-1"), changed("erin", MEMBER)),
                    by(member("dave-1"), kind("update")),
                    by(member("erin-1"), remove("carol-1")),
                    listed("frank", GUEST),
                ]),
                reason::MAY_NOT_REMOVE_CLIENT,
            ),
            no(
                (
                    "unbanned-and-joins",
                    "A moderator proposes to unban a user, who joins in the commit that has it.",
                    "ban",
                    &["8.1.3:unban-no-clients", "8:holder"],
                ),
                room().of(joiner("mallory-1", "mallory")).commits([by(member("bob-1"), changed("mallory", MEMBER))]),
                reason::CLIENT_OF_THE_BANNED,
            ),
            no(
                (
                    "banned-by-another-and-joins",
                    "A moderator proposes to ban a user, a further client of which joins in the commit that has it.",
                    "ban",
                    &["8.1.3:banned-role"],
                ),
                room().of(joiner("ivan-1", "ivan")).commits([by(member("bob-1"), changed("ivan", BANNED))]),
                reason::CLIENT_OF_THE_BANNED,
            )
            .also(&[reason::CLIENTS_REMAIN]),
        ],
    )
}
