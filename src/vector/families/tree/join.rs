//! `tree/join`: from a tree that somebody serves to a member's. Trees are of a real group; what is wrong with them is wrong
//! by one change, with hash and tag as whoever serves it could make them.

use super::notes;
use super::patch::committed;
use super::scene::{self, Epoch, Group, NODES, SUITES, joined, named, partition, setup};
use crate::reason::{Reason, tree as reason, wire};
use crate::vector::families::build::{self, ERT, accept, group};
use crate::vector::forge::traffic::vector;
use crate::vector::forge::tree::{Patch, Tree, Wrapped, additional, content, node_secret, seal, siv};
use crate::vector::{Case, File};
use crate::wire::hex;
use serde_json::{Value, json};

pub(in crate::vector::families) const NAME: &str = "tree/join";

pub(in crate::vector::families) fn file() -> File {
    let mut groups = match Scene::new() {
        Ok(scene) => vec![
            group("who joins", scene.joins()),
            group("what a hub can do", scene.of_hubs()),
            group("what a member can do", scene.of_members()),
            group("what is no help", scene.of_help()),
        ],
        Err(refused) => vec![build::failed("who joins", &refused)],
    };
    build::also(&mut groups, notes::JOIN_ALSO);
    build::file(ERT, NAME, notes::JOIN, groups)
}

struct Scene {
    /// By suite: the epochs of a group, and where another branch of it leads.
    histories: Vec<(u16, &'static str, Vec<Epoch>, Epoch)>,
}

fn joining(epoch: u64, ert: &[u8], tree: &str) -> Value {
    json!({"epoch": epoch, "ert_secret": hex::encode(ert), "tree": tree})
}

fn helped(help: &[u8], tree: &str) -> Value {
    json!({"help": hex::encode(help), "tree": tree})
}

impl Scene {
    fn new() -> Result<Self, crate::mls::member::Refusal> {
        let mut histories = vec![];
        for (suite, name) in SUITES {
            let mut group = Group::new(suite)?;
            let mut epochs = vec![group.now(None)?];
            let mut other = None;
            for (add, remove) in [(&["b", "c", "d", "e"][..], &[][..]), (&[], &[2]), (&["f"], &[]), (&[], &[])] {
                if epochs.len() == 3 {
                    let mut branch = group.fork();
                    branch.commit(&["g"], &[])?;
                    other = Some(branch.now(epochs.last())?);
                }
                group.commit(add, remove)?;
                let next = group.now(epochs.last())?;
                epochs.push(next);
            }
            if let Some(other) = other {
                histories.push((suite, name, epochs, other));
            }
        }
        Ok(Self { histories })
    }

    /// Who joins at each epoch has the payloads, and makes of the next commit the patch that all others make.
    fn joins(&self) -> Vec<Case> {
        let mut cases = vec![];
        for (suite, suffix, epochs, _) in &self.histories {
            let pairs: Vec<_> = epochs.iter().zip(epochs.iter().skip(1)).collect();
            for (place, (at, next)) in pairs.into_iter().enumerate() {
                let out = json!({"payloads": joined(&at.payloads)});
                let name = |kind: &str| format!("{kind}-at-{place}-{suffix}");
                let begin = |kind: &str, comment: &str, rules: &[&str]| {
                    accept(&name(kind), comment, &[kind], rules, "tree-member/new", setup(*suite, NODES), json!({}))
                };
                let commit = |case: Case| {
                    let out = json!({"patch": hex::encode(&next.patch.octets())});
                    let comment = "What it keeps is what members keep: the next commit makes the same patch.";
                    case.then_accept(
                        comment,
                        "tree-member/commit",
                        committed(&next.ert, &next.payloads, None),
                        Some(out),
                    )
                };
                let comment = "A joiner with a Welcome: the epoch's secret and the tree from the hub.";
                let joined = begin("joins", comment, &["5:tag", "8:open", "8:siv"]);
                let input = joining(at.epoch(), &at.ert, &at.served());
                cases.push(commit(joined.then_accept("", "tree-member/join", input, Some(out.clone()))));
                let comment = "An external joiner with a member's help, without the epoch's secret.";
                let input = helped(&at.tree.help(partition(1)), &at.served());
                let joined = begin("helped", comment, &["9:help", "8:open"]);
                cases.push(commit(joined.then_accept("", "tree-member/join-with-help", input, Some(out))));
            }
            if let Some(epoch) = epochs.last() {
                cases.push(Self::helps(*suite, suffix, epoch));
            }
        }
        cases
    }

    /// A member's help.
    fn helps(suite: u16, suffix: &str, at: &Epoch) -> Case {
        let key = partition(7);
        let (tree, patch) = Tree::none(NODES, scene::GROUP).next(at.epoch(), &at.ert, &at.payloads);
        let (name, comment) = (format!("helps-{suffix}"), "A member helps: the root's secret, never the epoch's.");
        let new = accept(&name, comment, &["helped"], &["9:help"], "tree-member/new", setup(suite, NODES), json!({}));
        let first = committed(&at.ert, &at.payloads, Some(at.epoch()));
        let made = json!({"patch": hex::encode(&patch.octets())});
        let help = json!({"help": hex::encode(&tree.help(key))});
        new.then_accept("", "tree-member/commit", first, Some(made)).then_accept(
            "",
            "tree-member/help",
            json!({"partition_key": hex::encode(&key)}),
            Some(help),
        )
    }

    /// The epoch and the one before it, in the first suite.
    fn here(&self) -> Option<(&Epoch, &Epoch, &Epoch)> {
        let (_, _, epochs, other) = self.histories.first()?;
        Some((epochs.get(2)?, epochs.get(3)?, other))
    }

    /// Refused, and nothing has happened: the right tree is taken then.
    fn refused(
        at: &Epoch,
        (name, comment, flag, rule): (&str, &str, &str, &str),
        input: Value,
        whys: &[Reason],
    ) -> Case {
        let op = if input.get("help").is_some() { "tree-member/join-with-help" } else { "tree-member/join" };
        let new = accept(name, comment, &[flag], &[rule], "tree-member/new", setup(1, NODES), json!({}));
        let out = json!({"payloads": joined(&at.payloads)});
        let right = joining(at.epoch(), &at.ert, &at.served());
        new.then_reject("", op, input, whys).then_accept(
            "The right tree, after that.",
            "tree-member/join",
            right,
            Some(out),
        )
    }

    fn of_hubs(&self) -> Vec<Case> {
        let Some((before, at, other)) = self.here() else { return vec![] };
        let whole = || at.tree.whole();
        let tree = |what: (&str, &str, &str, &str), tree: Patch, whys: &[Reason]| {
            Self::refused(at, what, joining(at.epoch(), &at.ert, &hex::encode(&tree.tree_octets())), whys)
        };
        // A hub can make the hash right, and not the tag.
        let rehashed = |tree: Patch| Patch { tag: at.tree.tag.clone(), ..tree.rehashed(&[]) };
        let changed = |change: &dyn Fn(&mut Patch)| {
            let mut tree = whole();
            change(&mut tree);
            tree
        };
        let flip = |octets: &mut Vec<u8>| {
            if let Some(octet) = octets.last_mut() {
                *octet ^= 1;
            }
        };
        let node = |x: u32, change: &dyn Fn(&mut Wrapped)| {
            changed(&|tree| tree.nodes.iter_mut().filter(|node| node.index == x).for_each(change))
        };
        let moved = before.tree.nodes.get(&2).cloned();
        let octets = whole().tree_octets();
        let raw = |what: (&str, &str, &str, &str), octets: &[u8], whys: &[Reason]| {
            Self::refused(at, what, joining(at.epoch(), &at.ert, &hex::encode(octets)), whys)
        };
        let mixed = changed(&|tree| {
            for node in tree.nodes.iter_mut().filter(|node| node.index == 4) {
                *node = other.tree.nodes.get(&4).cloned().unwrap_or_else(|| node.clone());
            }
        });
        vec![
            Self::refused(
                at,
                ("tree-of-the-epoch-before", "The tree of the epoch before: stale.", "epoch", "7:epoch"),
                joining(at.epoch(), &at.ert, &before.served()),
                &[reason::TREE_EPOCH],
            ),
            tree(
                ("tree-of-another-branch", "The tree of this epoch on another branch of the fork.", "tag", "5:tag"),
                other.tree.whole(),
                &[reason::TREE_TAG],
            ),
            tree(
                ("mixed", "The leaf of another branch in the tree of this one; the hash is right.", "tag", "5:tag"),
                rehashed(mixed),
                &[reason::TREE_TAG],
            ),
            tree(
                ("leaf-moved", "A leaf's node stands in the place of another one; the hash is right.", "tag", "5:tag"),
                rehashed(changed(&|tree| {
                    tree.nodes.iter_mut().filter(|node| node.index == 0).for_each(|node| {
                        *node = moved.clone().map_or_else(|| node.clone(), |s| Wrapped { index: 0, ..s })
                    });
                })),
                &[reason::TREE_TAG, reason::TREE_NODE_EPOCH],
            ),
            tree(
                ("leaf-withheld", "A leaf is left out; the hash is right.", "tag", "5:tag"),
                rehashed(changed(&|tree| tree.nodes.retain(|node| node.index != 2))),
                &[reason::TREE_TAG],
            ),
            tree(
                ("altered", "One octet of a node is another one.", "hash", "5:hash"),
                node(0, &|node| flip(&mut node.ciphertext)),
                &[reason::TREE_HASH],
            ),
            tree(
                ("altered-and-hashed", "The same, and the hash is right.", "tag", "5:tag"),
                rehashed(node(0, &|node| flip(&mut node.ciphertext))),
                &[reason::TREE_TAG],
            ),
            tree(
                ("other-hash", "The hash is another one.", "hash", "5:hash"),
                changed(&|tree| flip(&mut tree.hash)),
                &[reason::TREE_HASH],
            ),
            tree(
                ("other-tag", "The tag is another one.", "tag", "5:tag"),
                changed(&|tree| flip(&mut tree.tag)),
                &[reason::TREE_TAG],
            ),
            tree(
                ("no-tag", "There is no tag.", "tag", "5:tag"),
                changed(&|tree| tree.tag.clear()),
                &[reason::TREE_TAG],
            ),
            tree(
                ("other-root-siv", "root_siv is another one: neither hash nor tag covers it.", "root-siv", "8:open"),
                changed(&|tree| flip(&mut tree.root_siv)),
                &[reason::TREE_UNDECRYPTABLE],
            ),
            tree(
                ("other-group", "The tree is said to be another group's.", "group", "7:group"),
                changed(&|tree| tree.group_id = b"group 2 at hub.example".to_vec()),
                &[reason::TREE_OTHER_GROUP],
            ),
            tree(
                ("said-epoch-later", "The tree is said to be of a later epoch.", "epoch", "7:epoch"),
                changed(&|tree| tree.epoch += 1),
                &[reason::TREE_EPOCH],
            ),
            tree(
                ("capacity-3", "The capacity is no power of two.", "capacity", "7:capacity"),
                changed(&|tree| tree.capacity = 3),
                &[reason::TREE_CAPACITY],
            ),
            tree(
                ("capacity-0", "The capacity is 0.", "capacity", "7:capacity"),
                changed(&|tree| tree.capacity = 0),
                &[reason::TREE_CAPACITY],
            ),
            tree(
                ("capacity-2-31", "The capacity is 2^31.", "capacity", "7:capacity"),
                changed(&|tree| tree.capacity = 1 << 31),
                &[reason::TREE_CAPACITY],
            ),
            tree(
                ("capacity-doubled", "The capacity is twice as large, and the root is not there.", "shape", "7:root"),
                changed(&|tree| tree.capacity *= 2),
                &[reason::TREE_ROOT_MISSING],
            ),
            tree(
                ("no-root", "The root is missing.", "shape", "7:root"),
                changed(&|tree| tree.nodes.retain(|node| node.index != 7)),
                &[reason::TREE_ROOT_MISSING],
            ),
            tree(
                ("no-nodes", "There are no nodes.", "shape", "7:root"),
                changed(&|tree| tree.nodes.clear()),
                &[reason::TREE_ROOT_MISSING],
            ),
            tree(
                ("hole", "A parent is missing, its children are there.", "shape", "7:shape"),
                changed(&|tree| tree.nodes.retain(|node| node.index != 1)),
                &[reason::TREE_HOLE],
            ),
            tree(
                ("childless", "A parent is there without its children.", "shape", "7:shape"),
                changed(&|tree| tree.nodes.retain(|node| node.index != 0 && node.index != 2)),
                &[reason::TREE_CHILDLESS],
            ),
            tree(
                ("order", "Two nodes stand the wrong way round.", "order", "7:order"),
                changed(&|tree| tree.nodes.swap(0, 1)),
                &[reason::TREE_NODE_ORDER],
            ),
            tree(
                ("doubled", "A node stands there twice.", "order", "7:order"),
                changed(&|tree| tree.nodes.extend(tree.nodes.first().cloned().into_iter().collect::<Vec<_>>())),
                &[reason::TREE_NODE_ORDER],
            ),
            tree(
                ("outside", "A node stands outside the capacity.", "range", "7:range"),
                changed(&|tree| tree.nodes.push(Wrapped { index: 40, epoch: at.epoch(), ciphertext: vec![0; 272] })),
                &[reason::TREE_NODE_RANGE],
            ),
            tree(
                (
                    "child-later-than-its-parent",
                    "A leaf is said to be wrapped later than its parent.",
                    "node-epoch",
                    "7:node-epoch",
                ),
                node(0, &|node| node.epoch = at.epoch() + 1),
                &[reason::TREE_NODE_EPOCH],
            ),
            tree(
                (
                    "root-of-an-epoch-before",
                    "The root is said to be wrapped an epoch before.",
                    "node-epoch",
                    "7:node-epoch",
                ),
                node(7, &|node| node.epoch -= 1),
                &[reason::TREE_NODE_EPOCH],
            ),
            tree(
                ("ciphertext-cut", "A ciphertext lacks an octet.", "length", "4:padding"),
                node(0, &|node| node.ciphertext.truncate(node.ciphertext.len() - 1)),
                &[reason::TREE_CIPHERTEXT_LENGTH],
            ),
            tree(
                ("ciphertext-empty", "A ciphertext has no octets.", "length", "4:padding"),
                node(0, &|node| node.ciphertext.clear()),
                &[reason::TREE_CIPHERTEXT_LENGTH],
            ),
            raw(
                ("tree-cut", "The tree ends in its tag.", "octets", "rfc9420:2.1:whole"),
                octets.get(..octets.len().saturating_sub(1)).unwrap_or_default(),
                &[wire::WIRE_TRUNCATED],
            ),
            raw(("tree-empty", "No octets.", "octets", "rfc9420:2.1:whole"), &[], &[wire::WIRE_TRUNCATED]),
            raw(
                ("tree-and-more", "An octet stands behind the tree.", "octets", "rfc9420:2.1:whole"),
                &[octets.as_slice(), &[0]].concat(),
                &[wire::WIRE_TRAILING],
            ),
            raw(
                ("tree-of-huge-length", "The group's id claims 2^30 - 1 octets.", "octets", "rfc9420:2.1:whole"),
                &[0xbf, 0xff, 0xff, 0xff, 0],
                &[wire::WIRE_TRUNCATED],
            ),
            Self::refused(
                at,
                (
                    "secret-of-the-epoch-before",
                    "Somebody who was a member an epoch before, with that epoch's secret.",
                    "tag",
                    "5:tag",
                ),
                joining(at.epoch(), &before.ert, &at.served()),
                &[reason::TREE_TAG],
            ),
        ]
    }

    /// Somebody who holds the epoch's secret makes hash and tag right.
    fn of_members(&self) -> Vec<Case> {
        let Some((before, at, _)) = self.here() else { return vec![] };
        let tree = |what: (&str, &str, &str, &str), tree: Patch, whys: &[Reason]| {
            let tree = tree.rehashed(&at.ert);
            Self::refused(at, what, joining(at.epoch(), &at.ert, &hex::encode(&tree.tree_octets())), whys)
        };
        let secret = |x: u32| at.tree.secrets.get(&x).cloned().unwrap_or_default();
        let payload = |x: u32| usize::try_from(x).ok().and_then(|x| at.payloads.get(x).cloned()).unwrap_or_default();
        // The root wrapped again, around other secrets of its children.
        let root = |left: &[u8], right: &[u8], under: &dyn Fn(&[u8]) -> Vec<u8>| {
            let text = content(&payload(7), Some((left, right)));
            let siv = under(&text);
            let key = node_secret(&at.ert, 7, &siv);
            let mut tree = at.tree.whole();
            for node in tree.nodes.iter_mut().filter(|node| node.index == 7) {
                node.ciphertext = seal(&key, &additional(NODES, scene::GROUP, at.epoch(), 7), &text);
            }
            Patch { root_siv: siv, ..tree }
        };
        let right_siv = |text: &[u8]| siv(&at.ert, 7, text);
        let without_right = root(&secret(3), &[], &right_siv);
        vec![
            tree(
                (
                    "root-under-another-siv",
                    "The root is wrapped under a siv that is not that of its content.",
                    "siv",
                    "8:siv",
                ),
                root(&secret(3), &secret(11), &|_| named("no siv")),
                &[reason::TREE_SIV],
            ),
            tree(
                (
                    "child-secret-of-nobody",
                    "The root holds a secret that does not open the child.",
                    "binding",
                    "8:open",
                ),
                root(&named("nobody"), &secret(11), &right_siv),
                &[reason::TREE_UNDECRYPTABLE],
            ),
            tree(
                (
                    "child-secrets-swapped",
                    "The root holds the secrets of its children the wrong way round.",
                    "binding",
                    "8:open",
                ),
                root(&secret(11), &secret(3), &right_siv),
                &[reason::TREE_UNDECRYPTABLE],
            ),
            tree(
                (
                    "child-without-secret",
                    "The right child is there, and the root has no secret for it.",
                    "children",
                    "4:child-secrets",
                ),
                without_right,
                &[reason::TREE_CHILD_MISMATCH],
            ),
            tree(
                (
                    "stale-child-secret",
                    "The root holds the secret that a child had an epoch before.",
                    "binding",
                    "8:open",
                ),
                root(before.tree.secrets.get(&3).map_or(&[][..], |s| s), &secret(11), &right_siv),
                &[reason::TREE_UNDECRYPTABLE],
            ),
        ]
    }

    fn of_help(&self) -> Vec<Case> {
        let Some((before, at, other)) = self.here() else { return vec![] };
        let key = partition(1);
        let no = |what: (&str, &str, &str, &str), help: &[u8], tree: &Tree, whys: &[Reason]| {
            Self::refused(at, what, helped(help, &hex::encode(&tree.whole().tree_octets())), whys)
        };
        let right = at.tree.help(key);
        let help = |tree: Tree| tree.help(key);
        let with_secret = |secret: Vec<u8>| {
            let mut tree = at.tree.clone();
            tree.secrets.insert(7, secret);
            help(tree)
        };
        let flipped = |octets: &[u8]| {
            let mut octets = octets.to_vec();
            if let Some(last) = octets.last_mut() {
                *last ^= 1;
            }
            octets
        };
        vec![
            no(
                ("help-for-the-epoch-before", "Help for the epoch before, with this epoch's tree.", "helped", "9:help"),
                &before.tree.help(key),
                &at.tree,
                &[reason::TREE_EPOCH],
            ),
            no(
                ("help-with-a-later-tree", "Help for this epoch, with the tree of the one before.", "helped", "9:help"),
                &right,
                &before.tree,
                &[reason::TREE_EPOCH],
            ),
            no(
                (
                    "help-with-a-tree-of-another-branch",
                    "The tree is of another branch of the fork.",
                    "helped",
                    "9:help",
                ),
                &right,
                &other.tree,
                &[reason::TREE_HASH, reason::TREE_EPOCH],
            ),
            no(
                ("help-of-another-hash", "The help names another hash.", "helped", "9:help"),
                &flipped(&right),
                &at.tree,
                &[reason::TREE_HASH],
            ),
            no(
                ("help-for-another-group", "The help is for another group.", "group", "9:help"),
                &help(Tree { group_id: b"group 2 at hub.example".to_vec(), ..at.tree.clone() }),
                &at.tree,
                &[reason::TREE_OTHER_GROUP],
            ),
            no(
                ("help-of-another-capacity", "The help names another capacity.", "helped", "9:help"),
                &help(Tree { capacity: 16, secrets: [(15, named("x"))].into(), ..at.tree.clone() }),
                &at.tree,
                &[reason::TREE_EPOCH, reason::TREE_CAPACITY],
            ),
            no(
                ("help-with-another-siv", "The help names another root_siv than the tree.", "helped", "9:help"),
                &help(Tree { root_siv: named("no siv"), ..at.tree.clone() }),
                &at.tree,
                &[reason::TREE_HASH],
            ),
            no(
                ("help-with-another-secret", "The secret is not the root's.", "helped", "8:open"),
                &with_secret(named("nobody")),
                &at.tree,
                &[reason::TREE_UNDECRYPTABLE],
            ),
            no(
                (
                    "help-with-the-epochs-secret",
                    "The epoch's secret in place of the root's: it opens nothing.",
                    "helped",
                    "9:help",
                ),
                &with_secret(at.ert.clone()),
                &at.tree,
                &[reason::TREE_UNDECRYPTABLE],
            ),
            no(
                ("help-cut", "The help ends in its hash.", "octets", "rfc9420:2.1:whole"),
                right.get(..right.len().saturating_sub(1)).unwrap_or_default(),
                &at.tree,
                &[wire::WIRE_TRUNCATED],
            ),
            no(
                ("help-and-more", "An octet stands behind the help.", "octets", "rfc9420:2.1:whole"),
                &[right.as_slice(), &[0]].concat(),
                &at.tree,
                &[wire::WIRE_TRAILING],
            ),
            no(
                ("help-group-only", "Nothing but the group's id.", "octets", "rfc9420:2.1:whole"),
                &vector(scene::GROUP),
                &at.tree,
                &[wire::WIRE_TRUNCATED],
            ),
        ]
    }
}
