//! One damage at a time at every field of every structure. What is in a structure of MLS is left to `messages`.

use super::rows::{Bad, bad, form, form_slug, title};
use crate::reason::{Reason, wire as reason};
use crate::vector::families::build::group;
use crate::vector::forge::delivery::Forged;
use crate::vector::forge::tls::{Damage, Field, Kind};
use crate::vector::{Case, Group};

/// A group of damages for each of these structures.
pub(in crate::vector::families) fn groups(every: &[Forged]) -> Vec<Group> {
    let structure = |forged: &Forged| {
        let rule = form(forged);
        let mut cases = whole(forged, rule);
        cases.extend(fields(forged, &form_slug(forged), rule, Field::is_mls, |_| true));
        group(&format!("{}, damaged", title(forged)), cases)
    };
    every.iter().map(structure).collect()
}

/// Nothing at all, and an octet too many.
fn whole(forged: &Forged, rule: &str) -> Vec<Case> {
    let slug = form_slug(forged);
    let octets = forged.wire.octets();
    let length = octets.len();
    let row = |name: &str, comment: &str, flag, octets, reason, offset| {
        let (name, comment) = (format!("{slug}-{name}"), comment.to_owned());
        let requirements = &[rule, WHOLE];
        let (structure, offset) = (forged.name, Some(offset));
        bad(forged.area, Bad { name, comment, flag, requirements, structure, octets, reason, offset })
    };
    // What goes on to the end of the input has no end before it: the octet is the beginning of another element.
    let (after, more) =
        if forged.name == "NotifyRequest" { (reason::WIRE_TRUNCATED, 1) } else { (reason::WIRE_TRAILING, 0) };
    vec![
        row("nothing", "No octets.", "truncated", vec![], reason::WIRE_TRUNCATED, 0),
        row("trailing", "An octet follows.", "trailing", [octets, vec![0]].concat(), after, length + more),
    ]
}

const WHOLE: &str = "rfc9420:2.1:whole";
const MINIMAL: &str = "rfc9420:2.1.2:minimal-length";
const PREFIX: &str = "rfc9420:2.1.2:length-prefix";

/// One damage at a time at every field of which `wanted` says so of its path; what is in a `closed` one is left out.
pub(in crate::vector::families) fn fields(
    forged: &Forged,
    prefix: &str,
    rule: &str,
    closed: fn(&Field) -> bool,
    wanted: fn(&str) -> bool,
) -> Vec<Case> {
    let mut cases = vec![];
    for (path, field) in forged.wire.fields(closed).into_iter().filter(|(path, _)| !path.is_empty() && wanted(path)) {
        let mut add = |flag: &'static str, what: &str, more: &str, reason: Reason, damage: Option<Damage>| {
            let Some((_, end)) = forged.wire.place(&path) else { return };
            let (octets, offset) = match damage {
                Some(damage) => forged.wire.damaged(&path, damage).damaged_octets(),
                None => (forged.wire.octets().into_iter().take(end - 1).collect(), Some(end - 1)),
            };
            let row = Bad {
                name: format!("{prefix}-{path}-{flag}"),
                comment: format!("{}: {what}.", path.replace('-', " ")),
                flag: flag.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-'),
                requirements: &[rule, more],
                structure: forged.name,
                octets,
                reason,
                offset,
            };
            cases.push(bad(forged.area, row));
        };
        let leaf = !matches!(field.kind, Kind::Struct(_) | Kind::Vector(_) | Kind::Optional(_));
        if leaf && !(field.is_mls()) {
            add("truncated", "its last octet is missing, and all after it", WHOLE, reason::WIRE_TRUNCATED, None);
        }
        match &field.kind {
            Kind::Vector(elements) => {
                lengths(&mut add);
                if !elements.is_empty() {
                    let what = "the last octet of its content is missing, and its length knows";
                    add("short-content", what, WHOLE, reason::WIRE_TRUNCATED, Some(Damage::ShortContent));
                }
            }
            Kind::Opaque(_) => lengths(&mut add),
            Kind::Optional(_) => {
                for octet in [2, 255] {
                    let damage = Some(Damage::Instead(vec![octet]));
                    let what = format!("the octet before it is {octet}");
                    let flag = if octet == 2 { "presence-2" } else { "presence-255" };
                    add(flag, &what, "rfc9420:2.1.1:presence", reason::WIRE_BAD_OPTIONAL, damage);
                }
            }
            Kind::Enum(_, wrong) => {
                for (place, octets) in (1..).zip(wrong) {
                    let flag = ["enum-1", "enum-2", "enum-3"].get(place - 1).copied().unwrap_or("enum-4");
                    let what = format!("its value is 0x{}", crate::wire::hex::encode(octets));
                    let damage = Some(Damage::Instead(octets.clone()));
                    add(flag, &what, "rfc9420:2.1:enum-values", reason::WIRE_UNKNOWN_ENUM, damage);
                }
            }
            Kind::Version => {
                for (flag, version) in [("version-0", 0), ("version-2", 2)] {
                    let damage = Some(Damage::Instead(vec![0, version]));
                    let what = format!("it is {version}");
                    add(flag, &what, "rfc9420:6:version-mls10", reason::WIRE_UNKNOWN_VERSION, damage);
                }
            }
            Kind::Fixed(_) | Kind::Struct(_) => {}
        }
    }
    cases
}

/// What a vector's length can have wrong.
fn lengths(add: &mut impl FnMut(&'static str, &str, &str, Reason, Option<Damage>)) {
    let wide = "its length takes more octets than it needs";
    add("minimal-length", wide, MINIMAL, reason::WIRE_LENGTH_NOT_MINIMAL, Some(Damage::WideLength));
    let prefix = "its length begins with the bits 11";
    add("length-prefix", prefix, PREFIX, reason::WIRE_LENGTH_PREFIX, Some(Damage::LengthPrefix));
    let huge = "its length says 2^30 - 1 octets";
    add("huge-length", huge, WHOLE, reason::WIRE_TRUNCATED, Some(Damage::HugeLength));
}
