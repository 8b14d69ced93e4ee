//! Groups that may be a room's, and those that may not (sections 4.3.1, 7.4).

use super::story::{Story, Tale, changed, put};
use super::town::{Ground, HUB, LIST, METADATA, ROOM, Town};
use crate::mls::member::Result;
use crate::reason::{mls, room as reason};
use crate::vector::Verdict;
use crate::vector::forge::rooms::metadata;
use crate::wire::hex;
use serde_json::{Value, json};

pub(super) const TALES: &[Tale] = &[
    ("open", "A group with the hub among its external senders, and a list.", "opening", "4.2:room-has-group", open),
    ("open-hub-second", "The hub is the second of its external senders.", "opening", "7.4:hub-listed", hub_second),
    (
        "open-without-external-senders",
        "A group without external senders.",
        "opening",
        "7.4:external-senders",
        no_senders,
    ),
    ("open-without-hub", "The external senders are others.", "opening", "7.4:hub-listed", no_hub),
    ("open-without-list", "A group without a list of participants.", "opening", "4.3.1:hub-state", no_list),
    ("open-list-malformed", "A list that nobody can read.", "opening", "7.5:data-fields", bad_list),
    ("open-embedded-tree", "A GroupInfo with the tree inside.", "opening", "5.3:no-embedded-tree", embedded),
    ("open-unsigned", "A GroupInfo that nobody signed.", "opening", "7.2:group-per-room", unsigned),
    ("open-tree-of-another", "The tree is that of another epoch.", "opening", "7.2:group-per-room", other_tree),
    ("open-beyond-limit", "More participants than the hub keeps.", "limits", "ds-00:6:unambiguous-criteria", beyond),
];

const ALICE: &str = "alice-laptop";

fn open(s: &mut Story) -> Result<()> {
    s.goes_on()
}

fn hub_second(s: &mut Story) -> Result<()> {
    let mut town = Town::new(Ground { senders: vec!["b.example", HUB], ..Ground::default() })?;
    let input = town.opening()?;
    for (name, value) in input.as_object().into_iter().flatten() {
        s.opened_with(name, value.clone());
    }
    s.town = town;
    s.must();
    s.goes_on()
}

fn no_senders(s: &mut Story) -> Result<()> {
    s.not_opened(Ground { senders: vec![], ..Ground::default() }, reason::HUB_NOT_LISTED)?;
    s.must();
    Ok(())
}

fn no_hub(s: &mut Story) -> Result<()> {
    s.not_opened(Ground { senders: vec!["b.example"], ..Ground::default() }, reason::HUB_NOT_LISTED)?;
    s.must();
    Ok(())
}

fn no_list(s: &mut Story) -> Result<()> {
    let data = vec![(METADATA, metadata(ROOM, "Engineering"))];
    s.not_opened(Ground { data, ..Ground::default() }, reason::NO_PARTICIPANT_LIST)
}

fn bad_list(s: &mut Story) -> Result<()> {
    let data = vec![(LIST, vec![3, 1, b'x'])];
    s.not_opened(Ground { data, ..Ground::default() }, reason::NO_PARTICIPANT_LIST)
}

/// The room's opening with another value.
fn with(s: &mut Story, name: &str, value: Value) -> Result<Value> {
    let mut input = s.town.opening()?;
    put(&mut input, name, value);
    Ok(input)
}

fn embedded(s: &mut Story) -> Result<()> {
    let info = s.town.member(ALICE)?.group_info_with_tree()?;
    let input = with(s, "group_info", hex::encode(&info).into())?;
    s.refused_opening(input, reason::EMBEDDED_TREE);
    s.contested(&[
        (Verdict::Reject, "It can not be given on as section 5.6 wants it."),
        (Verdict::Accept, "The tree comes within, as in the example of section 5.3."),
    ]);
    Ok(())
}

fn unsigned(s: &mut Story) -> Result<()> {
    let (info, _) = s.town.member(ALICE)?.group_info()?;
    let input = with(s, "group_info", hex::encode(&changed(&info, 10)).into())?;
    s.refused_opening(input, mls::BAD_SIGNATURE);
    Ok(())
}

fn other_tree(s: &mut Story) -> Result<()> {
    let out = s.town.aside(ALICE, &super::story::update())?;
    let input = with(s, "ratchet_tree", hex::encode(&out.ratchet_tree).into())?;
    s.refused_opening(input, mls::BAD_TREE);
    Ok(())
}

fn beyond(s: &mut Story) -> Result<()> {
    let input = with(s, "limits", json!({"max_participants": 3}))?;
    s.refused_opening(input, reason::EXCEEDS_PARTICIPANT_LIMIT);
    Ok(())
}
