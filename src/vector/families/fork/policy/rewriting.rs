//! Who changes the policy and the metadata (sections 3 to 5, 8.2 and 8.6).

use super::scene::*;
use crate::reason::policy as reason;
use crate::vector::Group;
use crate::vector::families::build::group;
use serde_json::{Value, json};

pub(super) fn groups() -> [Group; 2] {
    [policy(), metadata()]
}

fn roles(list: Vec<Value>) -> Value {
    json!({"kind": "roles", "roles": list})
}

fn entries(role: u32) -> Value {
    json!({"kind": "preauthorized", "preauthorized": [{"claims": [["works-for", "hub"]], "role": role}]})
}

fn base(base: Value) -> Value {
    json!({"kind": "base", "base": base})
}

fn with(index: u32, capability: &str) -> Vec<Value> {
    let mut list = room().roles();
    for role in list.iter_mut().filter(|role| role["role"] == index) {
        let all = role["capabilities"].as_str().unwrap_or_default();
        role["capabilities"] = json!(format!("{all} {capability}").trim());
    }
    list
}

fn policy() -> Group {
    let replaced = || roles(with(GUEST, "canSendMessage"));
    let admin = || room().of(member("alice-1"));
    const ALONE: &[&str] = &["3:roles-alone"];
    group(
        "the policy is changed",
        [
            yes(
                ("change-roles", "An admin lets guests send.", "rules", &["8.6:change-roles", "3:replaces"]),
                admin().commits([replaced()]),
            ),
            no(
                ("change-roles-by-moderator", "A moderator does.", "rules", &["8.6:change-roles", "3:replaces"]),
                room().of(member("bob-1")).commits([replaced()]),
                reason::MAY_NOT_CHANGE_POLICY,
            ),
            no(
                (
                    "change-roles-by-member",
                    "A member gives members every capability of a moderator.",
                    "escalation",
                    &["8.6:change-roles"],
                ),
                room().of(member("carol-1")).commits([roles(with(MEMBER, "canKick"))]),
                reason::MAY_NOT_CHANGE_POLICY,
            ),
            yes(
                (
                    "change-roles-by-reference",
                    "An admin proposes it, a member commits it.",
                    "by-reference",
                    &["8.6:change-roles"],
                ),
                room().of(member("carol-1")).commits([by(member("alice-1"), replaced())]),
            ),
            open(
                no(
                    (
                        "change-roles-by-reference-of-member",
                        "A member proposes it, an admin commits it.",
                        "by-reference",
                        &["8:proposer-counts"],
                    ),
                    admin().commits([by(member("carol-1"), replaced())]),
                    reason::MAY_NOT_CHANGE_POLICY,
                ),
                ["the proposer needs the capability", "the committer's is enough"],
            ),
            no(
                (
                    "change-roles-and-use-them",
                    "A member gets a capability and uses it in the same commit: rights are those before it.",
                    "order",
                    &["8.6:change-roles", "8.1.2:kick"],
                ),
                room()
                    .of(member("carol-1"))
                    .commits([by(member("alice-1"), roles(with(MEMBER, "canKick"))), remove("dave-1")]),
                reason::MAY_NOT_REMOVE_CLIENT,
            ),
            no(
                ("change-roles-and-list", "Roles change and a user is added in one commit.", "rules", ALONE),
                admin().commits([replaced(), listed("frank", MEMBER)]),
                reason::POLICY_WITH_LIST,
            ),
            no(
                (
                    "change-roles-and-list-removal",
                    "Roles change and a user is taken off the list in one commit.",
                    "rules",
                    ALONE,
                ),
                admin().commits([replaced(), unlisted("ivan")]),
                reason::POLICY_WITH_LIST,
            ),
            no(
                ("change-roles-and-list-by-two", "The same, each proposed by somebody else.", "rules", ALONE),
                room()
                    .of(member("carol-1"))
                    .commits([by(member("alice-1"), replaced()), by(member("bob-1"), changed("erin", MEMBER))]),
                reason::POLICY_WITH_LIST,
            ),
            yes(
                (
                    "change-roles-and-kick",
                    "Roles change and a client is removed in one commit: that is no change of the list.",
                    "rules",
                    ALONE,
                ),
                admin().commits([replaced(), remove("carol-1")]),
            ),
            no(
                ("change-roles-twice", "Two updates of the roles in one commit.", "rules", &["3:replaces"]),
                admin().commits([replaced(), roles(room().roles())]),
                reason::BAD_POLICY,
            ),
            no(
                (
                    "change-roles-open-join",
                    "Another role than 0 gets canOpenJoin.",
                    "rules",
                    &["8.1.1:open-join-of-zero"],
                ),
                admin().commits([roles(with(GUEST, "canOpenJoin"))]),
                reason::BAD_POLICY,
            ),
            yes(
                ("change-roles-open-join-of-zero", "Role 0 gets canOpenJoin.", "rules", &["8.1.1:open-join-of-zero"]),
                admin().commits([roles(with(0, "canOpenJoin"))]),
            ),
            open(
                no(
                    ("change-roles-index-twice", "An index occurs twice.", "rules", &["3:valid-update"]),
                    admin().commits([roles([room().roles(), vec![role(GUEST, "guest again", &[], &[])]].concat())]),
                    reason::BAD_POLICY,
                ),
                ["every index occurs once", "whatever can be decoded is valid"],
            ),
            open(
                no(
                    ("change-roles-used-one-gone", "A role that somebody has is gone.", "rules", &["3:valid-update"]),
                    admin().commits([roles(room().without_role(GUEST).roles())]),
                    reason::BAD_POLICY,
                ),
                ["no role that somebody has is missing", "whatever can be decoded is valid"],
            ),
            yes(
                ("change-roles-unused-one-gone", "A role that nobody has is gone.", "rules", &["3:replaces"]),
                admin().commits([roles(room().without_role(ENFORCER).roles())]),
            ),
            no(
                (
                    "change-roles-fixed-adder",
                    "Membership is fixed, and a role gets canAddParticipant.",
                    "rules",
                    &["5:fixed-no-adder"],
                ),
                admin()
                    .can(MODERATOR, &["canSendMessage"])
                    .base(json!({"fixed_membership": true}))
                    .commits([roles(with(GUEST, "canAddParticipant"))]),
                reason::BAD_POLICY,
            ),
            yes(
                (
                    "change-preauthorized",
                    "An admin preauthorizes somebody.",
                    "rules",
                    &["8.6:change-preauthorized", "4:preauth-update"],
                ),
                admin().commits([entries(MEMBER)]),
            ),
            no(
                (
                    "change-preauthorized-by-moderator",
                    "A moderator does.",
                    "rules",
                    &["8.6:change-preauthorized", "4:preauth-update"],
                ),
                room().of(member("bob-1")).commits([entries(ADMIN)]),
                reason::MAY_NOT_CHANGE_POLICY,
            ),
            no(
                ("change-preauthorized-and-add", "A user is added in the same commit.", "rules", &["4:preauth-alone"]),
                admin().commits([entries(MEMBER), listed("frank", MEMBER)]),
                reason::POLICY_WITH_LIST,
            ),
            no(
                ("change-preauthorized-and-role", "A role changes in the same commit.", "rules", &["4:preauth-alone"]),
                admin().commits([entries(MEMBER), changed("carol", GUEST)]),
                reason::POLICY_WITH_LIST,
            ),
            yes(
                (
                    "change-preauthorized-and-remove",
                    "A user is taken off the list in the same commit, which is excepted.",
                    "rules",
                    &["4:preauth-alone"],
                ),
                admin().commits([entries(MEMBER), unlisted("ivan")]),
            ),
            no(
                (
                    "preauthorize-and-take",
                    "A member gets preauthorized and takes the role in the same commit.",
                    "escalation",
                    &["4:preauth-alone", "8.1.3:change-own-role"],
                ),
                room()
                    .can(MEMBER, &["canChangeOwnRole"])
                    .of(claiming(member("carol-1"), "works-for", "hub"))
                    .commits([by(member("alice-1"), entries(MODERATOR)), changed("carol", MODERATOR)]),
                reason::MAY_NOT_CHANGE_OWN_ROLE,
            )
            .also(&[reason::POLICY_WITH_LIST]),
            yes(
                ("change-style", "An admin fixes the membership.", "rules", &["8.6:membership-style"]),
                admin().commits([base(json!({"fixed_membership": true}))]),
            ),
            no(
                ("change-style-by-moderator", "A moderator does.", "rules", &["8.6:membership-style"]),
                room().of(member("bob-1")).commits([base(json!({"fixed_membership": true}))]),
                reason::MAY_NOT_CHANGE_POLICY,
            ),
            open(
                yes(
                    ("change-limit", "An admin limits the number of clients.", "rules", &["5:base-update"]),
                    admin().commits([base(json!({"max_clients": 100}))]),
                ),
                ["canChangeRoomMembershipStyle is enough", "what other fields take is reserved"],
            ),
            yes(("reinit", "An admin sends a ReInit.", "rules", &["8.6:reinit"]), admin().commits([kind("reinit")])),
            no(
                ("reinit-by-moderator", "A moderator does.", "rules", &["8.6:reinit"]),
                room().of(member("bob-1")).commits([kind("reinit")]),
                reason::MAY_NOT_REINIT,
            ),
            no(
                (
                    "reinit-by-reference-of-member",
                    "A member proposes it, a moderator commits it.",
                    "by-reference",
                    &["8.6:reinit"],
                ),
                room().of(member("bob-1")).commits([by(member("carol-1"), kind("reinit"))]),
                reason::MAY_NOT_REINIT,
            ),
        ],
    )
}

fn metadata() -> Group {
    const RULE: &[&str] = &["8.2:fields"];
    let fields =
        |who: &str, fields: &[&str]| room().of(member(who)).commits([json!({"kind": "metadata", "fields": fields})]);
    group(
        "the metadata are changed",
        [
            yes(
                ("metadata-name", "A moderator changes the room's name.", "metadata", RULE),
                fields("bob-1", &["name"]),
            ),
            no(
                ("metadata-name-by-member", "A member does.", "metadata", RULE),
                fields("carol-1", &["name"]),
                reason::MAY_NOT_CHANGE_METADATA,
            ),
            no(
                (
                    "metadata-other-field",
                    "A moderator, who may change the name, changes the subject.",
                    "metadata",
                    RULE,
                ),
                fields("bob-1", &["subject"]),
                reason::MAY_NOT_CHANGE_METADATA,
            ),
            no(
                ("metadata-one-of-two", "A moderator changes the name and the avatar.", "metadata", RULE),
                fields("bob-1", &["name", "avatar"]),
                reason::MAY_NOT_CHANGE_METADATA,
            ),
            yes(
                ("metadata-all", "An admin changes every field.", "metadata", RULE),
                fields("alice-1", &["name", "description", "avatar", "subject", "mood"]),
            ),
            yes(
                ("metadata-as-before", "A member replaces the metadata by the same.", "metadata", RULE),
                fields("carol-1", &[]),
            ),
        ],
    )
}
