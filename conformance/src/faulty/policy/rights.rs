use super::super::bug::Fault::{Answers, Reads};
use super::super::bug::Row;
use super::{OP, forgiven, implies, proposals, put, roles, text};
use serde_json::{Value, json};

const ENOUGH: &str = "a right is taken for all that looks like it";

/// Every role may move everybody anywhere.
fn anywhere(input: &mut Value) {
    let all = "0,1,2,3,4,5,6,7,8,9";
    let changes: Vec<_> = (0..10).map(|from| format!("{from}>{all}")).collect();
    for role in roles(input) {
        put(role, "changes", changes.join(" "));
    }
}

pub(in super::super) const BUGS: &[Row] = &[
    (
        "policy-escalates",
        "Asks for the capability and not for the change from role to role.",
        "authorized_role_changes is read by nobody.",
        Reads(OP, anywhere),
    ),
    (
        "policy-lists-are-enough",
        "Lets who lists a change make it, whatever its capabilities.",
        ENOUGH,
        Reads(OP, |input| implies(input, "canSendMessage", "canChangeUserRole")),
    ),
    (
        "policy-promotes-oneself",
        "Lets everybody take any role.",
        "Changes of one's own entry are not looked at.",
        Answers(OP, |_, answer| forgiven(answer, "may-not-change-own-role")),
    ),
    (
        "policy-kick-is-removal",
        "Lets who may remove clients remove users.",
        ENOUGH,
        Reads(OP, |input| implies(input, "canKick", "canRemoveParticipant")),
    ),
    (
        "policy-removal-is-kick",
        "Lets who may remove users remove clients.",
        ENOUGH,
        Reads(OP, |input| implies(input, "canRemoveParticipant", "canKick")),
    ),
    ("policy-ban-is-unban", "Lets who may ban unban.", ENOUGH, Reads(OP, |input| implies(input, "canBan", "canUnban"))),
    (
        "policy-leaving-is-free",
        "Lets everybody leave the list.",
        "Nobody can be held.",
        Answers(OP, |_, answer| forgiven(answer, "may-not-leave")),
    ),
    (
        "policy-adds-for-others",
        "Lets members add clients of each other.",
        "The owner of a KeyPackage is not compared.",
        Answers(OP, |_, answer| forgiven(answer, "may-not-add-client")),
    ),
    (
        "policy-unlisted-clients",
        "Takes clients of users who are not in the list.",
        "Clients are counted, users are not.",
        Answers(OP, |_, answer| forgiven(answer, "client-of-nobody")),
    ),
    (
        "policy-role-zero",
        "Gives role 0.",
        "An index that is not looked up.",
        Answers(OP, |_, answer| forgiven(answer, "role-zero")),
    ),
    (
        "policy-roles-of-nothing",
        "Gives roles that the room does not have.",
        "An index that is not looked up.",
        Answers(OP, |_, answer| forgiven(answer, "no-such-role")),
    ),
    (
        "policy-role-one-bans",
        "Takes role 1 for that of the banned, whatever it is called.",
        "A number in place of a name.",
        Reads(OP, |input| {
            for role in roles(input).iter_mut().filter(|role| role.get("role") == Some(&json!(1))) {
                put(role, "name", "banned");
            }
        }),
    ),
    (
        "policy-capabilities-by-prefix",
        "Takes a capability for the one that its name begins with.",
        "Names are cut for a table of fixed width.",
        Reads(OP, |input| {
            for role in roles(input) {
                let all = text(role, "capabilities").replace("canAddParticipants", "canAddParticipant");
                put(role, "capabilities", all);
            }
        }),
    ),
    (
        "policy-refuses-unknown-capabilities",
        "Refuses whatever happens in a room that has a capability which it does not know.",
        "A list without room for more.",
        Answers(OP, |input, answer| {
            let odd = input.to_string().contains("canFly") || input.to_string().contains("canListenToThePast");
            if odd { super::super::adapter::refused("unknown capability") } else { answer }
        }),
    ),
    (
        "policy-one-field-for-all",
        "Takes the right to change the name for the right to change all metadata.",
        ENOUGH,
        Reads(OP, |input| {
            for proposal in proposals(input).iter_mut().filter(|p| text(p, "kind") == "metadata") {
                put(proposal, "fields", json!(["name"]));
            }
        }),
    ),
];
