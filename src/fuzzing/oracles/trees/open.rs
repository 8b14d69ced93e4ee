use super::plain;
use crate::fuzzing::generators::{ServedTree, TreeScene, tree_open as drawn, tree_scene};
use crate::fuzzing::{Verdict, holds};
use crate::protocol::Structure;
use crate::tree::{Bounds, EncryptedTree, Help, Setup, Wrapping, open, open_with_help};
use std::cell::OnceCell;

thread_local! {
    static SCENE: OnceCell<Result<TreeScene, String>> = const { OnceCell::new() };
}

/// The tree that these octets stand for, served to a joiner.
///
/// # Errors
/// What does not hold, in words.
pub fn tree_open(octets: &[u8]) -> Verdict {
    SCENE.with(|scene| {
        let scene = scene.get_or_init(tree_scene).as_ref().map_err(Clone::clone)?;
        drawn(octets, scene).map_or(Ok(()), |served| opened(scene, open, &served))
    })
}

/// How a joiner opens a tree: as [`open`].
pub type Opens = fn(&Setup, u64, &[u8], &EncryptedTree, Bounds) -> crate::tree::Result<Wrapping>;

/// A joiner opens what the page says that it opens, with the payloads that are in it, and nothing else; it could serve the same tree then, and
/// somebody whom it helps opens it as well.
///
/// # Errors
/// What does not hold, in words.
pub fn opened(scene: &TreeScene, opens: Opens, served: &ServedTree) -> Verdict {
    let Ok(tree) = EncryptedTree::decode(&served.octets) else {
        return holds(!served.whole, || "the tree of the epoch can not be read".into());
    };
    let written = tree.encode().map_err(|e| format!("what was read can not be written: {e}"))?;
    holds(written == served.octets, || "what was read is written otherwise".into())?;
    let made = scene.epochs.get(served.epoch).ok_or("an epoch that is not there")?;
    let epoch = made.tree.epoch;
    let expected = plain::opened(&scene.setup.group_id, epoch, &made.secret, &tree);
    holds(expected.is_some() || !served.whole, || "the tree of the epoch is none by the page".into())?;
    let wrapping = match (opens(&scene.setup, epoch, &made.secret, &tree, Bounds::default()), &expected) {
        (Ok(wrapping), Some(_)) => wrapping,
        (Err(_), None) => return Ok(()),
        (Ok(_), None) => return Err("it opens what the page refuses".into()),
        (Err(refused), Some(_)) => return Err(format!("it refuses what the page opens: {refused}")),
    };
    same(&wrapping, expected.as_ref().into_iter().flatten())?;
    holds(wrapping.whole().as_ref() == Some(&tree), || "it would serve another tree than it opened".into())?;
    let help = wrapping.help([7; 16]).encode().map_err(|e| format!("help can not be written: {e}"))?;
    let help = Help::decode(&help).map_err(|e| format!("help can not be read: {e}"))?;
    let helped = open_with_help(&scene.setup, &help, &tree, Bounds::default());
    let helped = helped.map_err(|refused| format!("who is helped can not open it: {refused}"))?;
    same(&helped, expected.iter().flatten())?;
    // It goes on from there as everybody does.
    let next =
        wrapping.next(&made.secret, &wrapping.payloads()).map_err(|refused| format!("no commit follows: {refused}"))?;
    holds(!next.1.nodes.is_empty(), || "a commit without a root".into())
}

fn same<'a>(wrapping: &Wrapping, expected: impl Iterator<Item = (&'a u32, &'a Vec<u8>)>) -> Verdict {
    let blank: &[u8] = &[0];
    let mut all = wrapping.payloads();
    for (place, payload) in expected {
        let slot = usize::try_from(*place).ok().and_then(|place| all.get_mut(place));
        let found = slot.map(|slot| std::mem::replace(slot, blank));
        holds(found == Some(payload.as_slice()), || format!("at {place} is another payload"))?;
    }
    holds(all.iter().all(|payload| *payload == blank), || "a payload where there is none".into())
}
