//! The input of `client/policy`.

use crate::adapter::input::{Result, array, octets, optional, text};
use crate::adapter::policy as read;
use crate::policy::{Known, Policy};
use serde_json::Value;

pub(super) fn known(input: &Value) -> Result<Known> {
    let policy = optional(input, "policy").map_or_else(|| Ok(Policy::default()), read::policy)?;
    let list = match optional(input, "participants") {
        None => vec![],
        Some(_) => read::participants(input)?.into_iter().collect(),
    };
    let owner = |client: &Value| Ok((octets(client, "identity")?, text(client, "user")?.as_bytes().to_vec()));
    let owners = array(input, "clients")?.iter().map(owner).collect::<Result<_>>()?;
    Ok(Known { policy, list, owners, ..Known::default() })
}
