//! What a room allows.

use crate::adapter::input::{Result, member};
use crate::adapter::{Answer, policy as read};
use crate::policy;
use serde_json::{Value, json};

pub(super) fn judge(input: &Value) -> Result<Answer> {
    let (policy, people) = (read::policy(member(input, "policy")?)?, read::people(input)?);
    let actor = read::actor(member(input, "actor")?)?;
    let change = read::change(input, &actor)?;
    Ok(match policy::judge(&policy, &people, &actor, &change) {
        Ok(()) => Answer::Ok(json!({})),
        Err(denied) => Answer::reject(denied.reason, denied, None),
    })
}
