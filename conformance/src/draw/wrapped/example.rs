use super::view::View;
use crate::cost::{Group, Nodes, Suite};
use mimicheck::entropy::Seed;
use mimicheck::tree::{Bounds, RATCHET_TREE, Setup, StoredTree, Wrapping};
use std::error::Error;

/// What the built-in examples show, by name.
pub const EXAMPLES: [(&str, &str); 6] = [
    ("update", "a member refreshes its keys: its leaf and all above it are wrapped anew, nothing else"),
    ("remove", "a member is removed: its place, and parents above nobody, are gone"),
    ("add", "a member is added where one was removed, by a commit without a path"),
    ("grow", "a member is added to a tree that is full: there is a new root, and the old one stays as it was wrapped"),
    ("shrink", "the members of the right half are removed, and the tree is half as large"),
    ("unmerged", "a member is added beside others who have not committed either"),
];

type Broken = Box<dyn Error + Send + Sync>;

/// Commits before the one that is shown, which is the last.
struct Steps {
    setup: Setup,
    seed: Seed,
    here: Option<Wrapping>,
    hub: Option<StoredTree>,
    epoch: u64,
}

impl Steps {
    fn commit(&mut self, payloads: &[&[u8]], about: (&str, &str)) -> Result<View, Broken> {
        let secret = self.seed.stream(&format!("draw {}", self.epoch)).octets(self.setup.secret_octets());
        let (next, patch) = match &self.here {
            None => Wrapping::first(&self.setup, self.epoch, &secret, payloads)?,
            Some(here) => here.next(&secret, payloads)?,
        };
        let after = match &self.hub {
            None => StoredTree::first(&self.setup, &patch, Bounds::default())?,
            Some(hub) => hub.patched(&patch, Bounds::default())?,
        };
        let view = View::of(about.0, about.1, self.hub.as_ref(), &patch).after(&after, &patch);
        let view = view.member(&next, &patch).map_err(|e| e.to_string())?;
        (self.here, self.hub) = (Some(next), Some(after));
        self.epoch += 1;
        Ok(view)
    }
}

/// The example of this name, in a group of so many members.
///
/// # Errors
/// There is none of this name, or a tree is refused that must be taken.
pub fn example(name: &str, members: usize, seed: &Seed) -> Result<View, Broken> {
    let about = EXAMPLES.iter().find(|example| example.0 == name).copied().ok_or("no such example")?;
    let nodes = Nodes::of(Suite::X25519)?;
    let setup = Setup::new(RATCHET_TREE, Suite::X25519.number(), b"drawn")?;
    let mut steps = Steps { setup, seed: seed.clone(), here: None, hub: None, epoch: 4 };
    let (settled, room) = (Group::settled(&nodes, members, seed)?, members.next_power_of_two());
    match name {
        "grow" => {
            // The same members with room for one more behind them.
            let mut group = Group::settled(&nodes, room, seed)?.grown();
            steps.commit(&group.payloads(), about)?;
            group.update(1)?;
            steps.commit(&group.payloads(), about)?;
            group.add(room)?;
            steps.commit(&group.payloads(), about)
        }
        "unmerged" => {
            let mut group = Group::crowded(&nodes, room, seed)?;
            steps.commit(&group.payloads(), about)?;
            group.add(room.saturating_sub(1))?;
            steps.commit(&group.payloads(), about)
        }
        _ => {
            let mut group = settled;
            steps.commit(&group.payloads(), about)?;
            group.update(members.saturating_sub(1))?;
            steps.commit(&group.payloads(), about)?;
            match name {
                "update" => group.update(members / 2)?,
                "shrink" => {
                    let half = room / 2;
                    (half..members).rev().try_for_each(|leaf| group.remove(leaf, 0))?;
                }
                _ => group.remove(1, members / 2)?,
            }
            let view = steps.commit(&group.payloads(), about)?;
            if name != "add" {
                return Ok(view);
            }
            group.add(1)?;
            steps.commit(&group.payloads(), about)
        }
    }
}
