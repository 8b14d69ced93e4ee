use super::given::{Step, Stop, answer, number, partition, setup, structure};
use crate::adapter::Answer;
use crate::adapter::input::{BadInput, Result, optional};
use crate::adapter::session::Session;
use crate::protocol::Structure;
use crate::reason::{content as caller, delivery, tree as reason};
use crate::tree::{Bounds, EncryptedTree, EncryptedTreePatch, Keeps, Refused, TreeHub};
use crate::wire::hex;
use serde_json::{Value, json};

/// One group's trees behind the operations of `tree-hub/…`.
#[derive(Default)]
pub struct TreeHubSession {
    hub: Option<TreeHub>,
}

impl Session for TreeHubSession {
    fn answer(&mut self, op: &str, input: &Value) -> Result<Answer> {
        if !Self::OPS.contains(&op) {
            return Ok(Answer::Unsupported(format!("no operation {op}")));
        }
        answer(self.step(op, input))
    }
}

fn no_state(said: &str) -> Stop {
    Stop::Refused(Answer::reject(delivery::NO_STATE, said, None))
}

fn trees(all: &[EncryptedTree]) -> Step<Value> {
    let long = || Refused { reason: reason::TREE_TOO_LARGE, node: None };
    let one = |tree: &EncryptedTree| tree.encode().map(|octets| hex::encode(&octets)).map_err(|_| long());
    let all: std::result::Result<Vec<_>, _> = all.iter().map(one).collect();
    Ok(json!({"trees": all?}))
}

impl TreeHubSession {
    /// The operations of a session.
    pub const OPS: &'static [&'static str] =
        &["tree-hub/new", "tree-hub/commit", "tree-hub/repair", "tree-hub/fetch", "tree-hub/forget"];

    /// One operation, as JSON.
    pub fn operate(&mut self, op: &str, input: &Value) -> Answer {
        Session::answer(self, op, input).unwrap_or_else(|bad| Answer::reject(caller::BAD_INPUT, bad, None))
    }

    fn step(&mut self, op: &str, input: &Value) -> Step<Value> {
        if op == "tree-hub/new" {
            if self.hub.is_some() {
                return Err(no_state("this session has a hub already"));
            }
            self.hub = Some(TreeHub::new(setup(input)?, keeps(input)?));
            return Ok(json!({}));
        }
        let hub = self.hub.as_mut().ok_or_else(|| no_state("tree-hub/new comes first"))?;
        match op {
            "tree-hub/commit" => {
                let from = optional(input, "from").map(|_| partition(input, "from")).transpose()?;
                let to = partition(input, "to")?;
                if optional(input, "patch").is_none() {
                    return Err(Refused { reason: reason::TREE_PATCH_MISSING, node: None }.into());
                }
                let patch: EncryptedTreePatch = structure(input, "patch")?;
                hub.commit(from.as_ref(), to, &patch)?;
                Ok(json!({}))
            }
            "tree-hub/repair" => {
                let to = partition(input, "to")?;
                hub.repair(&to, &structure(input, "patch")?)?;
                Ok(json!({}))
            }
            "tree-hub/fetch" => trees(&hub.fetch(&partition(input, "partition")?)?),
            "tree-hub/forget" => {
                hub.forget(&partition(input, "partition")?)?;
                Ok(json!({}))
            }
            _ => Err(BadInput(format!("no operation {op}")).into()),
        }
    }
}

fn keeps(input: &Value) -> Step<Keeps> {
    let mut keeps = Keeps::default();
    if let Some(limits) = optional(input, "limits") {
        if optional(limits, "max_octets").is_some() {
            keeps.patch = Bounds { octets: number(limits, "max_octets")? };
        }
        if optional(limits, "max_candidates").is_some() {
            keeps.candidates = number(limits, "max_candidates")?;
        }
        if optional(limits, "max_partitions").is_some() {
            keeps.partitions = number(limits, "max_partitions")?;
        }
    }
    Ok(keeps)
}
