//! How many there may be (sections 3 and 5).

use super::scene::*;
use crate::reason::policy as reason;
use crate::vector::Group;
use crate::vector::families::build::group;
use serde_json::json;

pub(super) fn groups() -> [Group; 2] {
    [in_roles(), in_rooms()]
}

fn in_roles() -> Group {
    const MOST: &[&str] = &["3:maximum"];
    const LEAST: &[&str] = &["3:minimum"];
    let within = |index, name, span| room().role_with(index, name, span);
    let adding = |most: u32| {
        within(MEMBER, "participants", json!({"most": most})).of(member("bob-1")).commits([listed("frank", MEMBER)])
    };
    let joins = |most: u32| within(MEMBER, "active", json!({"most": most})).of(joiner("ivan-1", "ivan")).commits([]);
    let demotes = |least: u32| {
        within(MEMBER, "participants", json!({"least": least})).of(member("bob-1")).commits([changed("carol", GUEST)])
    };
    let kicks =
        |least: u32| within(MEMBER, "active", json!({"least": least})).of(member("bob-1")).commits([remove("carol-1")]);
    group(
        "how many in a role",
        [
            yes(("role-just-full", "The fourth member of at most four.", "limits", MOST), adding(4)),
            no(("role-full", "The fourth member of at most three.", "limits", MOST), adding(3), reason::ROLE_FULL),
            no(("role-full-by-change", "A guest becomes the fourth member of at most three.", "limits", MOST), within(MEMBER, "participants", json!({"most": 3})).of(member("bob-1")).commits([changed("erin", MEMBER)]), reason::ROLE_FULL),
            yes(("active-just-full", "The third active member of at most three.", "limits", MOST), joins(3)),
            no(("active-full", "The third active member of at most two.", "limits", MOST), joins(2), reason::ROLE_FULL),
            yes(("active-second-client", "A second client of an active member makes nobody active.", "by-device", MOST), within(MEMBER, "active", json!({"most": 2})).of(member("carol-1")).commits([add("carol-2", "carol")])),
            no(("active-none", "Nobody of a role may be active; a user is added with a client.", "limits", &["3:maximum-zero"]), within(MEMBER, "active", json!({"most": 0})).of(member("bob-1")).commits([listed("frank", MEMBER), add("frank-1", "frank")]), reason::ROLE_FULL),
            yes(("active-none-without-client", "The same without a client.", "limits", &["3:maximum-zero"]), within(MEMBER, "active", json!({"most": 0})).of(member("bob-1")).commits([listed("frank", MEMBER)])),
            yes(("role-just-enough", "Of three members one becomes a guest; two must stay.", "limits", LEAST), demotes(2)),
            no(("role-short", "The same, where three must stay.", "limits", LEAST), demotes(3), reason::ROLE_SHORT),
            no(("role-short-by-removal", "A member is taken off the list, where three must stay.", "limits", LEAST), within(MEMBER, "participants", json!({"least": 3})).of(member("bob-1")).commits([unlisted("ivan")]), reason::ROLE_SHORT),
            no(("role-short-by-leaving", "The last admin leaves, where one must stay.", "limits", LEAST), within(ADMIN, "participants", json!({"least": 1})).of(member("bob-1")).commits([by(member("alice-1"), unlisted("alice")), by(member("alice-1"), remove("alice-1"))]), reason::ROLE_SHORT),
            no(("role-short-by-ban", "A member is banned, where three must stay.", "limits", LEAST), within(MEMBER, "participants", json!({"least": 3})).of(member("bob-1")).commits([changed("ivan", BANNED)]), reason::ROLE_SHORT),
            yes(("active-just-enough", "Of two active members one is kicked; one must stay.", "limits", LEAST), kicks(1)),
            no(("active-short", "The same, where two must stay.", "limits", LEAST), kicks(2), reason::ROLE_SHORT),
            yes(("active-one-of-two-clients", "One of a member's two clients is kicked: it stays active.", "by-device", LEAST), within(MEMBER, "active", json!({"least": 2})).of(member("bob-1")).commits([remove("dave-1")])),
            no(("active-short-by-self-remove", "A member's only client leaves, where two must stay active.", "limits", LEAST), within(MEMBER, "active", json!({"least": 2})).of(member("bob-1")).commits([by(member("carol-1"), kind("self-remove"))]), reason::ROLE_SHORT),
            open(yes(("role-swapped", "At most three members: one becomes a guest and a guest becomes one, in this order.", "limits", &["3:when-counted"]), within(MEMBER, "participants", json!({"least": 3, "most": 3})).of(member("bob-1")).commits([json!({"kind": "participants", "changed": [{"user": "carol", "role": GUEST}, {"user": "erin", "role": MEMBER}]})])), ["the whole commit is counted", "each change is counted"]),
            open(yes(("role-overfull-before", "There are three members of at most two; somebody refreshes its leaf.", "limits", &["3:counted-when-touched"]), within(MEMBER, "participants", json!({"most": 2})).of(member("carol-1")).commits([kind("update")])), ["only commits that make it worse are stopped", "every limit holds after every commit"]),
        ],
    )
}

fn in_rooms() -> Group {
    const FIXED: &[&str] = &["5:fixed-membership"];
    let fixed = || room().base(json!({"fixed_membership": true}));
    let one_client = || room().base(json!({"multi_device": false}));
    let clients =
        |most: u32| room().base(json!({"max_clients": most})).of(member("carol-1")).commits([add("carol-2", "carol")]);
    let users = |most: u32| room().base(json!({"max_users": most})).of(member("bob-1"));
    group(
        "how many in a room",
        [
            no(
                ("fixed-add", "Membership is fixed; an admin adds a user.", "fixed", FIXED),
                fixed().commits([listed("frank", MEMBER)]),
                reason::FIXED_MEMBERSHIP,
            ),
            no(
                ("fixed-join", "Membership is fixed; somebody joins an open room.", "fixed", FIXED),
                fixed()
                    .can(0, &["canOpenJoin"])
                    .moves(0, &[(0, &[GUEST])])
                    .of(joiner("frank-1", "frank"))
                    .commits([listed("frank", GUEST)]),
                reason::FIXED_MEMBERSHIP,
            ),
            yes(
                ("fixed-add-client", "Membership is fixed; a member adds a client of its own.", "fixed", FIXED),
                fixed().of(member("carol-1")).commits([add("carol-2", "carol")]),
            ),
            open(
                no(
                    (
                        "fixed-remove",
                        "Membership is fixed; an admin takes a user off the list.",
                        "fixed",
                        &["5:fixed-leaving"],
                    ),
                    fixed().commits([unlisted("ivan")]),
                    reason::FIXED_MEMBERSHIP,
                ),
                ["nobody can be removed", "only ordinary users can not"],
            ),
            no(
                (
                    "fixed-leave",
                    "Membership is fixed; a member leaves the list.",
                    "fixed",
                    &["5:fixed-membership", "5:fixed-clients-leave"],
                ),
                fixed()
                    .of(member("bob-1"))
                    .commits([by(member("carol-1"), unlisted("carol")), by(member("carol-1"), kind("self-remove"))]),
                reason::FIXED_MEMBERSHIP,
            ),
            yes(
                (
                    "fixed-clients-leave",
                    "Membership is fixed; a member removes both of its clients, and stays in the list.",
                    "fixed",
                    &["5:fixed-clients-leave"],
                ),
                fixed()
                    .of(member("bob-1"))
                    .commits([by(member("dave-1"), kind("self-remove")), by(member("dave-1"), remove("dave-2"))]),
            ),
            yes(
                ("fixed-change-role", "Membership is fixed; roles change all the same.", "fixed", FIXED),
                fixed().commits([changed("carol", GUEST)]),
            ),
            no(
                (
                    "second-client",
                    "A user may have one client; a member adds a second one.",
                    "one-client",
                    &["5:multi-device"],
                ),
                one_client().of(member("carol-1")).commits([add("carol-2", "carol")]),
                reason::ONE_CLIENT_A_USER,
            ),
            no(
                (
                    "second-client-joins",
                    "A user may have one client; a second one joins.",
                    "one-client",
                    &["5:multi-device"],
                ),
                one_client().of(joiner("carol-2", "carol")).commits([]),
                reason::ONE_CLIENT_A_USER,
            ),
            yes(
                (
                    "client-replaced",
                    "A user may have one client; one joins and removes the one before.",
                    "one-client",
                    &["5:multi-device"],
                ),
                one_client().of(joiner("carol-1", "carol")).commits([remove("carol-1")]),
            ),
            no(
                (
                    "two-clients-at-once",
                    "A user may have one client; one is added with two.",
                    "one-client",
                    &["5:multi-device"],
                ),
                one_client().of(member("bob-1")).commits([
                    listed("frank", MEMBER),
                    add("frank-1", "frank"),
                    add("frank-2", "frank"),
                ]),
                reason::ONE_CLIENT_A_USER,
            ),
            yes(("clients-just-full", "The eighth client of at most eight.", "limits", &["5:limits"]), clients(8)),
            no(
                ("clients-full", "The eighth client of at most seven.", "limits", &["5:limits"]),
                clients(7),
                reason::ROOM_FULL,
            ),
            yes(
                ("clients-exchanged", "At most seven clients: one goes and one comes.", "limits", &["5:limits"]),
                room()
                    .base(json!({"max_clients": 7}))
                    .of(member("bob-1"))
                    .commits([remove("bob-2"), add("bob-3", "bob")]),
            ),
            yes(
                (
                    "users-just-full",
                    "The seventh user of at most seven; who is banned does not count.",
                    "limits",
                    &["5:max-users"],
                ),
                users(7).commits([listed("frank", MEMBER)]),
            ),
            no(
                ("users-full", "The seventh user of at most six.", "limits", &["5:max-users"]),
                users(6).commits([listed("frank", MEMBER)]),
                reason::ROOM_FULL,
            ),
            no(
                ("users-full-by-unban", "At most six users; a banned one becomes a guest.", "limits", &["5:max-users"]),
                users(6).commits([changed("mallory", GUEST)]),
                reason::ROOM_FULL,
            ),
            yes(
                (
                    "users-banned-do-not-count",
                    "At most six users, and one is put into the list as banned.",
                    "limits",
                    &["5:max-users"],
                ),
                users(6).commits([listed("frank", BANNED)]),
            ),
        ],
    )
}
