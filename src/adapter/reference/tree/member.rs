use super::given::{Step, Stop, answer, number, partition, setup, structure};
use crate::adapter::Answer;
use crate::adapter::input::{BadInput, Result, octets};
use crate::adapter::session::Session;
use crate::protocol::Structure;
use crate::reason::{content as caller, delivery, tree as reason};
use crate::tree::{Bounds, EncryptedTree, Help, Refused, Setup, Wrapping, open, open_with_help};
use crate::wire::hex;
use serde_json::{Value, json};

/// One member's tree behind the operations of `tree-member/…`.
#[derive(Default)]
pub struct TreeMemberSession {
    setup: Option<Setup>,
    tree: Option<Wrapping>,
}

impl Session for TreeMemberSession {
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

fn encoded<S: Structure>(structure: &S) -> Step<String> {
    let long = |_| Refused { reason: reason::TREE_TOO_LARGE, node: None };
    Ok(hex::encode(&structure.encode().map_err(long)?))
}

impl TreeMemberSession {
    /// The operations of a session.
    pub const OPS: &'static [&'static str] = &[
        "tree-member/new",
        "tree-member/commit",
        "tree-member/join",
        "tree-member/join-with-help",
        "tree-member/help",
        "tree-member/tree",
    ];

    /// One operation, as JSON.
    pub fn operate(&mut self, op: &str, input: &Value) -> Answer {
        Session::answer(self, op, input).unwrap_or_else(|bad| Answer::reject(caller::BAD_INPUT, bad, None))
    }

    fn step(&mut self, op: &str, input: &Value) -> Step<Value> {
        if op == "tree-member/new" {
            if self.setup.is_some() {
                return Err(no_state("this session has a tree already"));
            }
            self.setup = Some(setup(input)?);
            return Ok(json!({}));
        }
        let setup = self.setup.as_ref().ok_or_else(|| no_state("tree-member/new comes first"))?;
        match (op, &self.tree) {
            ("tree-member/commit", held) => {
                let (secret, octets) = (octets(input, "ert_secret")?, octets(input, "payloads")?);
                let payloads = setup.payload.split(&octets)?;
                let (made, patch) = match held {
                    None => Wrapping::first(setup, number(input, "epoch")?, &secret, &payloads)?,
                    Some(held) => held.next(&secret, &payloads)?,
                };
                let patch = encoded(&patch)?;
                self.tree = Some(made);
                Ok(json!({"patch": patch}))
            }
            ("tree-member/join" | "tree-member/join-with-help", Some(_)) => Err(no_state("this session has its tree")),
            ("tree-member/join", None) => {
                let (epoch, secret) = (number(input, "epoch")?, octets(input, "ert_secret")?);
                let tree: EncryptedTree = structure(input, "tree")?;
                let opened = open(setup, epoch, &secret, &tree, Bounds::default())?;
                self.enter(opened)
            }
            ("tree-member/join-with-help", None) => {
                let (help, tree): (Help, EncryptedTree) = (structure(input, "help")?, structure(input, "tree")?);
                let opened = open_with_help(setup, &help, &tree, Bounds::default())?;
                self.enter(opened)
            }
            (_, None) => Err(no_state("there is no tree yet")),
            ("tree-member/help", Some(held)) => {
                let key = partition(input, "partition_key")?;
                Ok(json!({"help": encoded(&held.help(key.0))?}))
            }
            ("tree-member/tree", Some(held)) => {
                let whole = held.whole().ok_or_else(|| no_state("who was helped can not compute the tag"))?;
                Ok(json!({"tree": encoded(&whole)?}))
            }
            _ => Err(BadInput(format!("no operation {op}")).into()),
        }
    }

    fn enter(&mut self, opened: Wrapping) -> Step<Value> {
        let long = Refused { reason: reason::TREE_TOO_LARGE, node: None };
        let payloads = opened.encoded().ok_or(long)?;
        self.tree = Some(opened);
        Ok(json!({"payloads": hex::encode(&payloads)}))
    }
}
