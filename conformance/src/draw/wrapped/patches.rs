use super::view::View;
use mimicheck::protocol::{CipherSuite, Structure};
use mimicheck::tree::{Bounds, EncryptedTreePatch, RATCHET_TREE, Setup, StoredTree};
use mimicheck::wire::hex;

/// The fewest hexadecimal digits that a patch has.
const LEAST: usize = 2 * 256;

/// Every patch in a text, in hexadecimal digits and whatever is between: a vector file, a log. Those that follow one another
/// are commits of one tree; the last that a hub takes is shown. `None` where no tree begins.
#[must_use]
pub fn patches(title: &str, text: &str) -> Option<View> {
    let found = text.split(|c: char| !c.is_ascii_hexdigit()).filter(|digits| digits.len() >= LEAST);
    let found = found.filter_map(|digits| EncryptedTreePatch::decode(&hex::decode(digits).ok()?).ok());
    let (mut trees, mut last): (Vec<StoredTree>, Option<View>) = (vec![], None);
    let (mut taken, mut refused) = (0_usize, 0_usize);
    for patch in found {
        // The suite does not stand in a patch; a hash of these lengths has it.
        let suite = match patch.ert_hash.len() {
            48 => CipherSuite(7),
            64 => CipherSuite(5),
            _ => CipherSuite::X25519,
        };
        let before = trees.iter().rev().find(|tree| tree.patched(&patch, Bounds::default()).is_ok());
        let first = || {
            let setup = Setup::new(RATCHET_TREE, suite, &patch.group_id).ok()?;
            StoredTree::first(&setup, &patch, Bounds::default()).ok()
        };
        let after = before.map_or_else(first, |tree| tree.patched(&patch, Bounds::default()).ok());
        let Some(after) = after else {
            refused += 1;
            continue;
        };
        taken += 1;
        last = Some(View::of(title, "", before, &patch).after(&after, &patch));
        trees.push(after);
    }
    let about = format!("{taken} patches that a hub takes, {refused} that it refuses; this is the last that it takes");
    last.map(|view| View { about, ..view })
}
