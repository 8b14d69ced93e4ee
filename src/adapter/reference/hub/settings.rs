use crate::adapter::input::{Result, bad, boolean, optional, optional_text, optional_uint, text};
use crate::delivery::{Hints, Limits, Settings, Termination};
use crate::protocol::ServiceProviderId;
use serde_json::Value;

/// What a hub sees of handshakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    Blind,
    /// What is not encrypted.
    Tracking,
}

pub(super) fn kind(input: &Value) -> Result<Kind> {
    match text(input, "kind")? {
        "blind" => Ok(Kind::Blind),
        "tracking" => Ok(Kind::Tracking),
        _ => bad("kind", "is neither \"blind\" nor \"tracking\""),
    }
}

/// A provider: its name's octets.
pub(super) fn provider(input: &Value, name: &str) -> Result<ServiceProviderId> {
    Ok(ServiceProviderId(text(input, name)?.as_bytes().to_vec()))
}

pub(super) fn settings(input: &Value) -> Result<Settings> {
    let hints = match optional_text(input, "hints")? {
        None | Some("none") => Hints::None,
        Some("all") => Hints::All,
        Some(_) => return bad("hints", "is neither \"none\" nor \"all\""),
    };
    let termination = match optional_text(input, "termination")? {
        None | Some("operator") => Termination::Operator,
        Some("never") => Termination::Never,
        Some("minority") => Termination::Minority {
            after: optional_uint(input, "after")?.unwrap_or(0),
            lapse: optional_uint(input, "lapse")?.unwrap_or(u64::MAX),
        },
        Some(_) => return bad("termination", "is none of \"never\", \"operator\", \"minority\""),
    };
    let mut settings = Settings { hints, termination, ..Settings::new(provider(input, "provider")?) };
    // What such a hub refuses is what the reference's refuses always.
    if optional(input, "refuses_invalid").is_some() {
        boolean(input, "refuses_invalid")?;
    }
    if let Some(given) = optional(input, "limits") {
        limits(given, &mut settings.limits)?;
    }
    Ok(settings)
}

fn limits(given: &Value, limits: &mut Limits) -> Result<()> {
    let Limits {
        max_message,
        max_groups,
        max_partitions,
        max_messages_per_partition,
        max_octets_per_group,
        max_pending_welcomes,
        max_key_packages,
        max_followers: _,
        max_octets_in_sight: _,
        max_key_package_sets: _,
    } = limits;
    for (name, limit) in [
        ("max_message", max_message),
        ("max_groups", max_groups),
        ("max_partitions", max_partitions),
        ("max_messages_per_partition", max_messages_per_partition),
        ("max_octets_per_group", max_octets_per_group),
        ("max_pending_welcomes", max_pending_welcomes),
        ("max_key_packages", max_key_packages),
    ] {
        if let Some(value) = optional_uint(given, name)? {
            *limit = usize::try_from(value).unwrap_or(usize::MAX);
        }
    }
    Ok(())
}
