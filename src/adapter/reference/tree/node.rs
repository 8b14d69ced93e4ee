//! `tree/keys`, `tree/wrap`, `tree/unwrap`.

use super::given::{Step, answer, number, setup, structure};
use crate::adapter::Answer;
use crate::adapter::input::{Result, octets, optional};
use crate::protocol::{CipherSuite, Structure};
use crate::reason::tree as reason;
use crate::tree::{EncryptedNode, NodeKeys, RATCHET_TREE, Refused, Setup};
use crate::wire::hex;
use serde_json::{Value, json};

pub(in crate::adapter::reference) fn keys(input: &Value) -> Result<Answer> {
    let derived = || -> Step<Value> {
        // Neither payload nor group enters here: they are in the epoch's secret already.
        let setup = Setup::new(RATCHET_TREE, CipherSuite(number(input, "cipher_suite")?), &[])?;
        let (secret, content) = (octets(input, "ert_secret")?, octets(input, "content")?);
        let NodeKeys { siv, secret, key, nonce } = setup.keys(&secret, number(input, "node_index")?, &content)?;
        Ok(json!({
            "node_siv": hex::encode(&siv),
            "node_secret": hex::encode(secret.octets()),
            "node_key": hex::encode(&key),
            "node_nonce": hex::encode(&nonce),
        }))
    };
    answer(derived())
}

pub(in crate::adapter::reference) fn wrap(input: &Value) -> Result<Answer> {
    let wrapped = || -> Step<Value> {
        let setup = setup(input)?;
        let (secret, node) = (octets(input, "ert_secret")?, octets(input, "node")?);
        let (left, right) = match optional(input, "left_secret") {
            Some(_) => (octets(input, "left_secret")?, octets(input, "right_secret")?),
            None => (vec![], vec![]),
        };
        let (epoch, x): (u64, u32) = (number(input, "epoch")?, number(input, "node_index")?);
        let children = optional(input, "left_secret").map(|_| (left.as_slice(), right.as_slice()));
        if children.is_some() == (x % 2 == 0) {
            return Err(crate::adapter::input::BadInput("a parent has two secrets, a leaf none".to_owned()).into());
        }
        let (node, keys) = setup.wrap(&secret, epoch, x, &node, children)?;
        let octets = node.encode().map_err(|_| Refused { reason: reason::TREE_TOO_LARGE, node: None })?;
        Ok(json!({"encrypted_node": hex::encode(&octets), "node_secret": hex::encode(keys.secret.octets())}))
    };
    answer(wrapped())
}

pub(in crate::adapter::reference) fn unwrap(input: &Value) -> Result<Answer> {
    let opened = || -> Step<Value> {
        let (setup, secret) = (setup(input)?, octets(input, "node_secret")?);
        let node: EncryptedNode = structure(input, "encrypted_node")?;
        let (payload, children) = setup.unwrap(&secret, &node)?;
        let (left, right) = children.unzip();
        Ok(json!({
            "node": hex::encode(&payload),
            "left_secret": left.map(|octets| hex::encode(&octets)),
            "right_secret": right.map(|octets| hex::encode(&octets)),
        }))
    };
    answer(opened())
}
