use mimicheck::protocol::Structure;
use mimicheck::tree::{EncryptedTreePatch, RATCHET_TREE, StoredTree, Wrapping};
use mimicheck::wire::tls::{Reader, WireError};
use std::collections::BTreeMap;

/// What a patch does to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::draw) enum Touch {
    /// The node stays as it was wrapped before.
    Kept,
    /// The patch has it.
    Wrapped,
    /// The patch removes it.
    Removed,
}

/// One tree, seen by somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::draw) struct Panel {
    pub head: String,
    pub about: String,
    /// Leaves that there is room for.
    pub capacity: usize,
    /// By place: what is written there, and what the patch does to it.
    pub spots: BTreeMap<usize, (String, Touch)>,
}

/// One commit, as trees side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    pub(in crate::draw) title: String,
    pub(in crate::draw) about: String,
    /// What the patch amounts to.
    pub(in crate::draw) sums: Vec<String>,
    pub(in crate::draw) panels: Vec<Panel>,
}

fn place(x: u32) -> usize {
    usize::try_from(x).unwrap_or(usize::MAX)
}

fn listed(indices: &[u32]) -> String {
    indices.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}

impl View {
    /// A patch, and the hub's tree before and after it.
    pub(super) fn of(title: &str, about: &str, before: Option<&StoredTree>, patch: &EncryptedTreePatch) -> Self {
        let wrapped: Vec<u32> = patch.nodes.iter().map(|node| node.node_index).collect();
        let sizes = patch.nodes.iter().map(|node| node.ciphertext.len()).sum::<usize>();
        let octets = patch.encode().map_or(0, |octets| octets.len());
        let sums = vec![
            format!("patch into epoch {}: {octets} octets, {sizes} of them ciphertext", patch.epoch),
            format!("wrapped: {}", listed(&wrapped)),
            format!("removed: {}", if patch.removed.is_empty() { "none".to_owned() } else { listed(&patch.removed) }),
        ];
        let mut view = Self { title: title.to_owned(), about: about.to_owned(), sums, panels: vec![] };
        if let Some(before) = before {
            view.hub("What the hub has before it", before, patch);
        }
        view
    }

    /// The hub's tree after the patch.
    pub(super) fn after(mut self, after: &StoredTree, patch: &EncryptedTreePatch) -> Self {
        self.hub("What the hub has after it", after, patch);
        self
    }

    fn hub(&mut self, head: &str, tree: &StoredTree, patch: &EncryptedTreePatch) {
        let served = tree.serve();
        let spots = served.nodes.iter().map(|node| {
            let touch = if patch.removed.contains(&node.node_index) {
                Touch::Removed
            } else if patch.nodes.iter().any(|other| other.node_index == node.node_index) {
                Touch::Wrapped
            } else {
                Touch::Kept
            };
            (place(node.node_index), (node.epoch.to_string(), touch))
        });
        let about =
            "In each place the epoch in which its node was wrapped. Positions, sizes and times, no names and no keys.";
        self.panels.push(Panel {
            head: head.to_owned(),
            about: about.to_owned(),
            capacity: place(served.leaf_capacity),
            spots: spots.collect(),
        });
    }

    /// What a member sees of the same tree.
    ///
    /// # Errors
    /// A payload is no node of a ratchet tree.
    pub(super) fn member(mut self, here: &Wrapping, patch: &EncryptedTreePatch) -> Result<Self, WireError> {
        let mut spots = BTreeMap::new();
        let payloads = here.payloads();
        for (node, _) in here.secrets() {
            let x = place(node.node_index);
            // Behind the last leaf are blank parents only.
            let payload = payloads.get(x).copied().unwrap_or(RATCHET_TREE.blank);
            let touch = if node.epoch == patch.epoch { Touch::Wrapped } else { Touch::Kept };
            spots.insert(x, (said(payload)?, touch));
        }
        self.panels.push(Panel {
            head: "What a member sees after it".to_owned(),
            about:
                "Leaves by who is there; parents that have a key (K) with how many unmerged leaves, or are blank (-)."
                    .to_owned(),
            capacity: place(here.capacity()),
            spots,
        });
        Ok(self)
    }
}

/// A node in a word: the digits of a member's number, K, K+2, or - for a blank one.
fn said(payload: &[u8]) -> Result<String, WireError> {
    let mut r = Reader::new(payload);
    if !r.optional("node")? {
        return Ok("-".to_owned());
    }
    let leaf = r.u8("node_type")? == 1;
    r.opaque("encryption_key")?;
    if leaf {
        r.opaque("signature_key")?;
        r.u16("credential_type")?;
        let identity = String::from_utf8_lossy(r.opaque("identity")?).into_owned();
        let number = identity.chars().filter(char::is_ascii_digit).take(7).collect::<String>();
        return Ok(crate::draw::letter(number.parse().unwrap_or(0)));
    }
    r.opaque("parent_hash")?;
    let unmerged = r.opaque("unmerged_leaves")?.len() / 4;
    Ok(if unmerged == 0 { "K".to_owned() } else { format!("K+{unmerged}") })
}
