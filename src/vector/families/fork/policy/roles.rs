//! Who changes roles, bans and unbans (section 8.1.3).

use super::scene::*;
use crate::reason::policy as reason;
use crate::vector::Group;
use crate::vector::families::build::group;
use serde_json::json;

const CHANGE: &[&str] = &["8.1.3:change-user-role"];
const LISTED: &[&str] = &["8.1.3:change-user-role", "3:authorized-changes"];
const OWN: &[&str] = &["8.1.3:change-own-role"];
const BAN: &[&str] = &["8.1.3:ban"];
const UNBAN: &[&str] = &["8.1.3:unban"];

pub(super) fn groups() -> [Group; 3] {
    [others(), own(), bans()]
}

fn others() -> Group {
    let changes = |who: &str, user: &str, role| room().of(member(who)).commits([changed(user, role)]);
    group(
        "roles of others",
        [
            yes(("change-role", "A moderator makes a guest a member.", "role-change", CHANGE), changes("bob-1", "erin", MEMBER)),
            yes(("mute", "A moderator makes a member a guest, who may not send.", "role-change", CHANGE), changes("bob-1", "carol", GUEST)),
            no(("change-role-by-member", "A member makes a guest a member.", "role-change", CHANGE), changes("carol-1", "erin", MEMBER), reason::MAY_NOT_CHANGE_ROLE),
            no(("change-role-without-capability", "The role lists the change and has no canChangeUserRole.", "role-change", CHANGE), changes("bob-1", "erin", MEMBER).can(MODERATOR, &["canBan", "canUnban", "canKick", "canSendMessage"]), reason::MAY_NOT_CHANGE_ROLE),
            no(("promote-above-listed", "A moderator makes a member a moderator: its role does not list that.", "escalation", LISTED), changes("bob-1", "carol", MODERATOR), reason::MAY_NOT_CHANGE_ROLE),
            no(("promote-to-admin", "A moderator makes a member an admin.", "escalation", LISTED), changes("bob-1", "carol", ADMIN), reason::MAY_NOT_CHANGE_ROLE),
            no(("demote-admin", "A moderator makes the admin a member: its role lists no change from there.", "escalation", LISTED), changes("bob-1", "alice", MEMBER).participant("zoe", ADMIN), reason::MAY_NOT_CHANGE_ROLE),
            yes(("promote-by-admin", "An admin makes a member a moderator.", "escalation", LISTED), changes("alice-1", "carol", MODERATOR)),
            no(("change-to-role-zero", "A user is given role 0.", "role-zero", &["3:role-zero"]), changes("alice-1", "carol", 0), reason::ROLE_ZERO),
            no(("change-to-no-role", "A user is given a role that the room does not have.", "role-zero", &["3:one-role"]), changes("alice-1", "carol", 6).moves(ADMIN, &[(3, &[6])]), reason::NO_SUCH_ROLE),
            no(("change-role-of-nobody", "A user is given a role that is not in the list.", "list", &["protocol-06:7.5:authorized-separately"]), changes("alice-1", "frank", MEMBER), reason::LIST_DOES_NOT_APPLY),
            no(("change-role-to-the-same", "A moderator gives a member the role that it has; its role does not list that change.", "role-change", LISTED), changes("bob-1", "carol", MEMBER), reason::MAY_NOT_CHANGE_ROLE),
            no(("user-twice-in-one-update", "One update gives a user two roles.", "twice", &["protocol-06:7.5:user-once-a-commit"]), room().of(member("bob-1")).commits([json!({"kind": "participants", "changed": [{"user": "carol", "role": GUEST}, {"user": "carol", "role": GUEST}]})]), reason::USER_TWICE),
            no(("user-twice-in-two-updates", "Two updates of one commit are about the same user.", "twice", &["protocol-06:7.5:user-once-a-commit"]), room().of(member("alice-1")).commits([changed("carol", GUEST), by(member("bob-1"), changed("carol", GUEST))]), reason::USER_TWICE),
            no(("user-removed-and-added", "A user is taken off the list and added in one commit.", "twice", &["protocol-06:7.5:user-once-a-commit"]), room().of(member("alice-1")).commits([unlisted("ivan"), listed("ivan", ADMIN)]), reason::LIST_DOES_NOT_APPLY).also(&[reason::USER_TWICE]),
            yes(("two-users-in-two-updates", "Two updates of one commit are about two users.", "twice", &["protocol-06:7.5:user-once-a-commit"]), room().of(member("alice-1")).commits([changed("carol", GUEST), by(member("bob-1"), changed("erin", MEMBER))])),
        ],
    )
}

fn own() -> Group {
    let takes = |who: &str, user: &str, role| room().of(member(who)).commits([changed(user, role)]);
    let staff = |ask: Ask| ask.preauthorizes(&[("works-for", "hub")], MODERATOR);
    let claiming_carol = || claiming(member("carol-1"), "works-for", "hub");
    let allowed = || staff(room().can(MEMBER, &["canChangeOwnRole", "canSendMessage"]));
    group(
        "one's own role",
        [
            no(
                ("promote-oneself", "A member makes itself a moderator.", "escalation", &["8.1.3:not-own-role"]),
                takes("carol-1", "carol", MODERATOR),
                reason::MAY_NOT_CHANGE_OWN_ROLE,
            ),
            no(
                (
                    "promote-oneself-as-moderator",
                    "A moderator, who may change roles of others, makes itself an admin.",
                    "escalation",
                    &["8.1.3:not-own-role"],
                ),
                takes("bob-1", "bob", ADMIN).moves(MODERATOR, &[(4, &[5])]),
                reason::MAY_NOT_CHANGE_OWN_ROLE,
            ),
            no(
                (
                    "demote-oneself",
                    "An admin makes itself a member: canChangeUserRole is not for oneself, downwards either.",
                    "role-change",
                    &["8.1.3:not-own-role"],
                ),
                takes("alice-1", "alice", MEMBER).participant("zoe", ADMIN),
                reason::MAY_NOT_CHANGE_OWN_ROLE,
            ),
            no(
                (
                    "promote-oneself-through-second-client",
                    "One client of a moderator proposes, the other commits.",
                    "by-device",
                    &["8.1.3:not-own-role"],
                ),
                room()
                    .of(member("bob-2"))
                    .moves(MODERATOR, &[(4, &[5])])
                    .commits([by(member("bob-1"), changed("bob", ADMIN))]),
                reason::MAY_NOT_CHANGE_OWN_ROLE,
            ),
            yes(
                (
                    "take-preauthorized-role",
                    "A member that is preauthorized takes the role; no list of changes is asked.",
                    "preauthorized",
                    OWN,
                ),
                allowed().of(claiming_carol()).commits([changed("carol", MODERATOR)]),
            ),
            no(
                (
                    "take-another-role",
                    "It takes another role than the one that it is preauthorized for.",
                    "preauthorized",
                    OWN,
                ),
                allowed().of(claiming_carol()).commits([changed("carol", ADMIN)]),
                reason::MAY_NOT_CHANGE_OWN_ROLE,
            ),
            no(
                ("take-role-without-capability", "A role without canChangeOwnRole.", "preauthorized", OWN),
                staff(room()).of(claiming_carol()).commits([changed("carol", MODERATOR)]),
                reason::MAY_NOT_CHANGE_OWN_ROLE,
            ),
            no(
                (
                    "take-role-without-claim",
                    "A member that claims nothing.",
                    "preauthorized",
                    &["8.1.3:change-own-role", "4:matching"],
                ),
                allowed().of(member("carol-1")).commits([changed("carol", MODERATOR)]),
                reason::MAY_NOT_CHANGE_OWN_ROLE,
            ),
            no(
                (
                    "take-role-with-false-claim",
                    "A member whose claim has another value.",
                    "preauthorized",
                    &["4:matching"],
                ),
                allowed().of(claiming(member("carol-1"), "works-for", "hub2")).commits([changed("carol", MODERATOR)]),
                reason::MAY_NOT_CHANGE_OWN_ROLE,
            ),
            no(
                (
                    "take-role-with-one-of-two-claims",
                    "The entry has two claims, the member one.",
                    "preauthorized",
                    &["4:matching"],
                ),
                room()
                    .can(MEMBER, &["canChangeOwnRole"])
                    .preauthorizes(&[("works-for", "hub"), ("grade", "9")], MODERATOR)
                    .of(claiming_carol())
                    .commits([changed("carol", MODERATOR)]),
                reason::MAY_NOT_CHANGE_OWN_ROLE,
            ),
            no(
                (
                    "take-second-match",
                    "Two entries match; it takes the role of the second.",
                    "preauthorized",
                    &["4:first-match"],
                ),
                room()
                    .can(MEMBER, &["canChangeOwnRole"])
                    .preauthorizes(&[("works-for", "hub")], GUEST)
                    .preauthorizes(&[("works-for", "hub")], MODERATOR)
                    .of(claiming_carol())
                    .commits([changed("carol", MODERATOR)]),
                reason::MAY_NOT_CHANGE_OWN_ROLE,
            ),
            no(
                (
                    "preauthorized-acts-in-place",
                    "A member that is preauthorized as moderator bans somebody, and is a member still.",
                    "preauthorized",
                    &["4:when-consulted"],
                ),
                staff(room()).of(claiming_carol()).commits([changed("erin", BANNED), remove("erin-1")]),
                reason::MAY_NOT_BAN,
            )
            .also(&[reason::MAY_NOT_REMOVE_CLIENT]),
        ],
    )
}

fn bans() -> Group {
    let bans =
        |who: &str| room().of(member(who)).commits([changed("dave", BANNED), remove("dave-1"), remove("dave-2")]);
    let unbans = |who: &str, role| room().of(member(who)).commits([changed("mallory", role)]);
    group(
        "bans",
        [
            yes(("ban", "A moderator bans a member and removes both of its clients.", "ban", BAN), bans("bob-1")),
            yes(
                ("ban-by-reference", "A moderator proposes it, a member commits it.", "by-reference", BAN),
                room()
                    .of(member("carol-1"))
                    .commits([by(member("bob-1"), changed("erin", BANNED)), by(member("bob-1"), remove("erin-1"))]),
            ),
            yes(
                ("ban-needs-no-kick", "canBan alone is enough, for the clients too.", "ban", BAN),
                bans("bob-1").can(MODERATOR, &["canBan", "canSendMessage"]),
            ),
            no(("ban-by-member", "A member bans a member.", "ban", BAN), bans("carol-1"), reason::MAY_NOT_BAN)
                .also(&[reason::MAY_NOT_REMOVE_CLIENT]),
            no(
                ("ban-not-listed", "The role lists no change to 1 from there.", "ban", BAN),
                bans("bob-1").moves(MODERATOR, &[(2, &[1])]),
                reason::MAY_NOT_BAN,
            ),
            no(
                ("ban-of-admin", "A moderator bans the admin.", "escalation", &["8.1.3:ban", "3:authorized-changes"]),
                room()
                    .of(member("bob-1"))
                    .participant("zoe", ADMIN)
                    .commits([changed("alice", BANNED), remove("alice-1")]),
                reason::MAY_NOT_BAN,
            ),
            no(
                (
                    "ban-clients-left",
                    "One client of the banned user stays.",
                    "clients-left",
                    &["8.1.3:ban", "8.1.2:no-clients-left"],
                ),
                room().of(member("bob-1")).commits([changed("dave", BANNED), remove("dave-1")]),
                reason::CLIENTS_REMAIN,
            ),
            no(
                (
                    "ban-and-add-client",
                    "The user is banned, and a further client of it comes in the same commit.",
                    "ban",
                    &["8.1.3:banned-role", "8.1.2:no-clients-left"],
                ),
                room().of(member("dave-1")).commits([
                    by(member("bob-1"), changed("carol", BANNED)),
                    by(member("bob-1"), remove("carol-1")),
                    by(member("carol-1"), add("carol-2", "carol")),
                ]),
                reason::CLIENT_OF_THE_BANNED,
            )
            .also(&[reason::CLIENTS_REMAIN]),
            yes(
                (
                    "ban-by-change-and-kick",
                    "canChangeUserRole and canKick do what canBan does.",
                    "ban",
                    &["8.1.3:ban-by-change"],
                ),
                bans("bob-1").can(MODERATOR, &["canChangeUserRole", "canKick"]),
            ),
            no(
                (
                    "ban-by-change-without-kick",
                    "canChangeUserRole alone does not remove the clients.",
                    "ban",
                    &["8.1.3:ban-by-change"],
                ),
                bans("bob-1").can(MODERATOR, &["canChangeUserRole", "canSendMessage"]),
                reason::MAY_NOT_REMOVE_CLIENT,
            ),
            no(
                (
                    "ban-without-the-role",
                    "Role 1 is called otherwise, so canBan bans nobody.",
                    "ban",
                    &["8.1.3:banned-role"],
                ),
                bans("bob-1").can(MODERATOR, &["canBan", "canKick"]).role_with(BANNED, "name", json!("outlaws")),
                reason::MAY_NOT_BAN,
            ),
            yes(("unban", "A moderator makes a banned user a guest.", "ban", UNBAN), unbans("bob-1", GUEST)),
            yes(
                ("unban-alone", "canUnban alone is enough.", "ban", UNBAN),
                unbans("bob-1", MEMBER).can(MODERATOR, &["canUnban"]),
            ),
            no(("unban-by-member", "A member does.", "ban", UNBAN), unbans("carol-1", GUEST), reason::MAY_NOT_UNBAN),
            no(
                ("unban-not-listed", "The role does not list the new role from 1.", "escalation", UNBAN),
                unbans("bob-1", MODERATOR),
                reason::MAY_NOT_UNBAN,
            ),
            no(
                ("unban-by-ban", "canBan does not unban.", "ban", UNBAN),
                unbans("bob-1", GUEST).can(MODERATOR, &["canBan", "canKick"]),
                reason::MAY_NOT_UNBAN,
            ),
            open(
                yes(
                    ("unban-by-change", "canChangeUserRole without canUnban.", "ban", &["8.1.3:unban-by-change"]),
                    unbans("bob-1", GUEST).can(MODERATOR, &["canChangeUserRole"]),
                ),
                ["nothing excepts role 1", "that is what canUnban is for"],
            ),
            no(
                (
                    "unban-and-add-client",
                    "A moderator unbans a user and adds a client of it.",
                    "ban",
                    &["8.1.3:unban-no-clients"],
                ),
                room().of(member("bob-1")).commits([changed("mallory", MEMBER), add("mallory-1", "mallory")]),
                reason::CLIENT_OF_THE_BANNED,
            )
            .also(&[reason::MAY_NOT_ADD_CLIENT]),
            no(
                (
                    "unban-oneself",
                    "A client of a banned user that is still in the group unbans it.",
                    "escalation",
                    &["8.1.3:not-own-role", "protocol-06:5.3:removed-proposals"],
                ),
                room()
                    .client("mallory-1", "mallory")
                    .of(member("bob-1"))
                    .commits([by(member("mallory-1"), changed("mallory", MEMBER))]),
                reason::MAY_NOT_CHANGE_OWN_ROLE,
            ),
        ],
    )
}
