//! Everything that was ever encrypted, by whomever, in whichever fork: no key and nonce stand for two things.

use mimicheck::tree::{EncryptedNode, EncryptedTreePatch, Wrapping};
use mimicheck::vector::forge::tree::key_and_nonce;
use std::collections::BTreeMap;

/// Place, epoch and ciphertext: the first two are the additional data within one group.
pub type Node = (u32, u64, Vec<u8>);

pub fn node(node: &EncryptedNode) -> Node {
    (node.node_index, node.epoch, node.ciphertext.clone())
}

/// Key and nonce → what was encrypted under them.
#[derive(Default)]
pub struct Sealed(BTreeMap<(Vec<u8>, Vec<u8>), Node>);

impl Sealed {
    /// One encryption. The same once more is no second one.
    pub fn record(&mut self, secret: &[u8], what: Node) -> Result<(), String> {
        let (x, epoch) = (what.0, what.1);
        let before = self.0.entry(key_and_nonce(secret)).or_insert_with(|| what.clone());
        if *before == what {
            return Ok(());
        }
        Err(format!("one key and nonce for node {x} of epoch {epoch} and node {} of epoch {}", before.0, before.1))
    }

    /// What a member encrypted on its way into an epoch.
    pub fn patch(&mut self, made: &Wrapping, patch: &EncryptedTreePatch) -> Result<(), String> {
        let secrets: BTreeMap<u32, _> = made.secrets().into_iter().map(|(node, s)| (node.node_index, s)).collect();
        for wrapped in &patch.nodes {
            let secret = secrets.get(&wrapped.node_index).ok_or("a node in the patch that is not in the tree")?;
            self.record(secret.octets(), node(wrapped))?;
        }
        Ok(())
    }

    /// What was encrypted under what follows from a secret.
    pub fn under(&self, secret: &[u8]) -> Option<&Node> {
        self.0.get(&key_and_nonce(secret))
    }

    /// How many keys were used.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

#[test]
fn a_key_that_does_not_depend_on_the_content_is_reported() {
    use mimicheck::vector::forge::tree::{additional, content, node_secret, seal, siv};
    let (epoch_secret, contents) = ([7; 32], [content(&[1, 1, 65], None), content(&[1, 1, 66], None)]);
    for (lax, expected) in [(true, false), (false, true)] {
        let mut sealed = Sealed::default();
        let holds = contents.iter().all(|content| {
            let siv = if lax { vec![] } else { siv(&epoch_secret, 4, content) };
            let secret = node_secret(&epoch_secret, 4, &siv);
            let ciphertext = seal(&secret, &additional("mimi ert 0", b"group", 9, 4), content);
            sealed.record(&secret, (4, 9, ciphertext)).is_ok()
        });
        assert_eq!(holds, expected);
    }
}
