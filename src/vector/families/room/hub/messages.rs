//! Application messages (section 5.4).

use super::story::{OTHERS, Story, Tale, bundle, update};
use super::town::{GROUP, HUB, home, user};
use crate::mls::member::{Plan, Result};
use crate::reason::room as reason;
use crate::vector::Verdict;
use crate::vector::forge::rooms::submit;
use crate::vector::forge::traffic::{Kind, private_message};
use serde_json::json;

pub(super) const TALES: &[Tale] = &[
    ("message", "A message is accepted and goes to the other providers.", "fan-out", "5.4:response-accepted", accepted),
    ("message-of-hubs-user", "A message of one of the hub's own users.", "fan-out", "5.5:fanned-out", of_hubs_user),
    ("message-of-nobody", "The sender is in no list.", "sender", "5.4:sender-participant", of_nobody),
    (
        "message-through-another",
        "The sender's provider is another.",
        "sender",
        "5.4:sender-participant",
        through_another,
    ),
    ("message-without-sender", "The sender is empty.", "sender", "5.4:sender-participant", without_sender),
    (
        "message-of-client",
        "The sender is named by the client, not by the user.",
        "sender",
        "5.4:sender-participant",
        of_client,
    ),
    (
        "message-of-epoch-after",
        "A message of an epoch that the hub is not in yet.",
        "epoch",
        "5.4:epoch-too-new",
        early,
    ),
    ("message-of-epoch-before", "A message of the epoch before.", "epoch", "5.4:how-old", before),
    ("message-too-old", "A message of an epoch that is too old.", "epoch", "5.4:epoch-too-old", too_old),
    ("message-of-another-group", "A message of another group.", "group", "5.4:private-application", other_group),
    ("message-that-is-a-proposal", "An encrypted proposal.", "malformed", "5.4:private-application", proposal),
    ("message-in-public", "Handshakes do not go this way.", "malformed", "5.4:private-application", in_public),
    ("message-cut", "A request that ends too early.", "malformed", "5.4:request-fields", cut),
    (
        "message-beyond-limit",
        "A message that is longer than the hub takes; a shorter one.",
        "limits",
        "ds-00:6:unambiguous-criteria",
        beyond,
    ),
    ("message-order", "What the hub accepts goes on in its order.", "fan-out", "5.5:ordered", order),
];

const A: &str = "a.example";
const TO_BOBS: &[&str] = &[A, "c.example", HUB];

fn accepted(s: &mut Story) -> Result<()> {
    let hello = s.town.send("bob-phone", "hello")?;
    s.accepted("bob-phone", &hello, TO_BOBS, "");
    Ok(())
}

fn of_hubs_user(s: &mut Story) -> Result<()> {
    let hello = s.town.send("hana-laptop", "hello")?;
    s.accepted("hana-laptop", &hello, &[A, "b.example", "c.example"], "");
    Ok(())
}

/// A message that is refused, and one of Bob's that is not.
fn unsent(s: &mut Story, from: &str, message: &[u8], sender: &str) -> Result<()> {
    s.unsent(from, message, sender, "");
    let hello = s.town.send("bob-phone", "once more")?;
    s.accepted("bob-phone", &hello, TO_BOBS, "");
    Ok(())
}

fn from_bob(s: &mut Story, from: &str, sender: &str) -> Result<()> {
    let hello = s.town.send("bob-phone", "hello")?;
    unsent(s, from, &hello, sender)
}

fn of_nobody(s: &mut Story) -> Result<()> {
    from_bob(s, "b.example", &user("bella"))
}

fn through_another(s: &mut Story) -> Result<()> {
    from_bob(s, "c.example", &user("bob"))
}

fn without_sender(s: &mut Story) -> Result<()> {
    from_bob(s, "b.example", "")
}

fn of_client(s: &mut Story) -> Result<()> {
    from_bob(s, "b.example", "mimi://b.example/d/bob-phone")
}

fn early(s: &mut Story) -> Result<()> {
    let mut ahead = s.town.copy();
    ahead.commit("alice-laptop", &update())?;
    let hello = ahead.send("bob-phone", "hello")?;
    unsent(s, "b.example", &hello, &user("bob"))
}

fn before(s: &mut Story) -> Result<()> {
    let hello = s.town.send("bob-phone", "hello")?;
    s.goes_on()?;
    s.accepted("bob-phone", &hello, TO_BOBS, "of the epoch before");
    s.contested(&[
        (Verdict::Accept, "accepted: it is not too old where one epoch before the current one is taken."),
        (Verdict::Accept, "epochTooOld: the hub is in a newer epoch, and the draft names no number."),
    ]);
    Ok(())
}

fn too_old(s: &mut Story) -> Result<()> {
    let hello = s.town.send("bob-phone", "hello")?;
    s.goes_on()?;
    s.goes_on()?;
    s.too_old("bob-phone", &hello);
    let hello = s.town.send("bob-phone", "once more")?;
    s.accepted("bob-phone", &hello, TO_BOBS, "");
    Ok(())
}

fn other_group(s: &mut Story) -> Result<()> {
    let message = private_message(b"another group", 1, Kind::Application, b"sealed");
    unsent(s, "b.example", &message, &user("bob"))
}

fn malformed(s: &mut Story, request: &[u8], why: crate::reason::Reason) -> Result<()> {
    s.refused("room-hub/submit", "b.example", request, "", why);
    accepted(s)
}

fn proposal(s: &mut Story) -> Result<()> {
    let message = private_message(GROUP, 1, Kind::Proposal, b"sealed");
    malformed(s, &submit(&message, &user("bob")), reason::NOT_AN_APPLICATION_MESSAGE)
}

fn in_public(s: &mut Story) -> Result<()> {
    let out = s.town.aside("bob-phone", &update())?;
    malformed(s, &submit(&out.commit, &user("bob")), reason::NOT_AN_APPLICATION_MESSAGE)
}

fn cut(s: &mut Story) -> Result<()> {
    let mut request = submit(&s.town.copy().send("bob-phone", "hello")?, &user("bob"));
    request.pop();
    malformed(s, &request, crate::reason::wire::WIRE_TRUNCATED)
}

fn beyond(s: &mut Story) -> Result<()> {
    let (info, tree) = s.town.member("alice-laptop")?.group_info()?;
    // The group is let in.
    s.opened_with("limits", json!({"max_message": info.len().max(tree.len())}));
    let long = s.town.copy().send("bob-phone", "x".repeat(tree.len()))?;
    malformed(s, &submit(&long, &user("bob")), crate::reason::delivery::EXCEEDS_MESSAGE_LIMIT)
}

fn order(s: &mut Story) -> Result<()> {
    for text in ["one", "two", "three"] {
        let message = s.town.send("bob-phone", text)?;
        s.accepted("bob-phone", &message, TO_BOBS, "");
    }
    let commit = s.town.commit("alice-laptop", &Plan { update: true, ..Plan::default() })?;
    s.commits_as("alice-laptop", &commit, &bundle(&commit), OTHERS, "");
    let message = s.town.send("cathy-laptop", "four")?;
    s.accepted("cathy-laptop", &message, &[A, &home("bob"), HUB], "");
    Ok(())
}
