use super::scene::{play, report};
use crate::reason::{Reason, delivery as reason, wire};
use crate::vector::Case;
use crate::wire::hex;
use serde_json::json;

pub(super) fn cases() -> Vec<Case> {
    let group = hex::encode(b"group 1 at hub.example");
    let whole = report(0, 0, 0);
    let case = |name, comment, group: &str, octets: &[u8], reasons: &[Reason]| {
        let scene = play("blind", (name, "form forks-1:2:form", comment), json!({}), "a:ask0");
        let input = json!({"from": "a.example", "group_id": group, "report": hex::encode(octets)});
        scene.then_reject("", "hub/report", input, reasons)
    };
    let cut = |n: usize| whole.get(..n).unwrap_or_default().to_vec();
    let long = [&whole[..], &[0]].concat();
    let nowhere = hex::encode(b"elsewhere");
    let asks = play("blind", ("forks-of-no-group", "form forks-1:2:form", "Nor has it forks."), json!({}), "a:ask0");
    vec![
        case("report-empty", "No octets are no report.", &group, &[], &[wire::WIRE_TRUNCATED]),
        case("report-short", "An octet of the tag is missing.", &group, &cut(55), &[wire::WIRE_TRUNCATED]),
        case("report-without-tag", "The tag is missing.", &group, &cut(24), &[wire::WIRE_TRUNCATED]),
        case("report-long", "An octet follows.", &group, &long, &[wire::WIRE_TRAILING]),
        case("report-of-no-group", "The hub does not host the group.", &nowhere, &whole, &[reason::UNKNOWN_GROUP]),
        asks.then_reject("", "hub/forks", json!({"group_id": nowhere}), &[reason::UNKNOWN_GROUP]),
    ]
}
