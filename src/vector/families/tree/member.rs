//! `tree/member`: clients in groups whose tree is encrypted: how they come in, what they do when the hub has another tree than
//! theirs, and that no patch decides what they follow. Groups are of OpenMLS and mls-rs, trees of `forge::tree`.

use super::notes;
use super::scene::{NODES, nodes, odd};
use crate::mls::member::{CommitOut, Position, Result};
use crate::reason::{Reason, mls, tree as reason};
use crate::vector::families::build::{self, ERT, accept, failed, group, reject};
use crate::vector::families::client::script::{join_input, state};
use crate::vector::families::client::variants::{Play, Stage, play_half};
use crate::vector::forge::traffic::{self, vector};
use crate::vector::forge::tree::{Patch, Tree};
use crate::vector::{Case, File};
use crate::wire::hex;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

pub(in crate::vector::families) const NAME: &str = "tree/member";

type Scripts = (&'static str, &'static [(&'static str, Play)]);

const SCRIPTS: &[Scripts] = &[
    ("who comes in", &[("joins-and-follows", follows), ("joins-in-a-small-group", small)]),
    (
        "trees that are none",
        &[
            ("tree-of-another-epoch", |stage| wrong(stage, "of the epoch before", earlier, reason::TREE_EPOCH)),
            ("tree-with-a-bit-flipped", |stage| wrong(stage, "with a bit flipped", flipped, reason::TREE_HASH)),
            ("tree-of-another-secret", |stage| wrong(stage, "wrapped by somebody else", strange, reason::TREE_TAG)),
            ("tree-of-another-branch", |stage| wrong(stage, "of another branch", branch, reason::TREE_TAG)),
            ("tree-of-a-lying-member", |stage| {
                wrong(stage, "whose tag is right, and whose nodes are not the group's", lie, mls::BAD_TREE)
            }),
            ("no-tree", none),
        ],
    ),
    (
        "what the hub has",
        &[
            ("other-hash", |stage| repairs(stage, |mark| flip(&mut mark.hash))),
            ("other-tag", |stage| repairs(stage, |mark| flip(&mut mark.tag))),
            ("no-mark", |stage| repairs(stage, |mark| *mark = Patch { hash: vec![], ..mark.clone() })),
            ("right-among-others", among),
            ("of-the-partition-before", before),
            ("of-the-epoch-it-joined", at_once),
        ],
    ),
    ("own commits", &[("own-commit-with-its-patch", own), ("own-commit-refused-for-its-patch", refused)]),
];

pub(in crate::vector::families) fn file() -> File {
    let made = SCRIPTS.iter().map(|(name, scripts)| match play_half(NAME, scripts) {
        Ok(cases) => group(name, cases),
        Err(refusal) => failed(name, &refusal),
    });
    build::file(ERT, NAME, notes::MEMBER, made.collect())
}

/// The tree of the group as it is now, and the patch that leads there.
fn grown(stage: &mut Stage, before: &Tree) -> Result<(Tree, Patch)> {
    let member = stage.world.member("alice")?;
    let at = member.position()?;
    let secret = member.export(NODES, &at.group_id, 32)?;
    let payloads = nodes(&member.group_info()?.1).ok_or_else(|| odd("a tree that is none"))?;
    Ok(before.next(at.epoch, &secret, &payloads))
}

fn first(stage: &mut Stage) -> Result<Tree> {
    let group_id = stage.world.member("alice")?.position()?.group_id;
    Ok(grown(stage, &Tree::none(NODES, &group_id))?.0)
}

fn flip(octets: &mut [u8]) {
    octets.first_mut().into_iter().for_each(|octet| *octet ^= 1);
}

/// TreesResponse.
fn served(trees: &[&Patch]) -> Value {
    let all: Vec<u8> = trees.iter().flat_map(|tree| tree.tree_octets()).collect();
    hex::encode(&vector(all)).into()
}

/// TreeMarksResponse; a tree without a hash has no mark.
fn marks(trees: &[&Patch]) -> Value {
    let marked = trees.iter().filter(|tree| !tree.hash.is_empty());
    let all: Vec<u8> = marked.flat_map(|tree| [vector(&tree.hash), vector(&tree.tag)].concat()).collect();
    hex::encode(&vector(all)).into()
}

fn join(stage: &Stage, out: &CommitOut, trees: Value) -> Value {
    let mut input = join_input(&stage.dora, out.welcome.as_deref().unwrap_or_default(), None);
    input.as_object_mut().into_iter().for_each(|members| drop(members.insert("trees".to_owned(), trees.clone())));
    input
}

/// The client in its group.
struct Scene {
    case: Case,
    here: Position,
    tree: Tree,
    patch: Patch,
}

/// Comment, flag, rules.
type About<'a> = (&'a str, &'a str, &'a [&'a str]);

impl Scene {
    /// dora joins alice and these people by the hub's tree.
    fn join(stage: &mut Stage, (comment, flag, rules): About<'_>, names: &[&str]) -> Result<Self> {
        let before = first(stage)?;
        let out = stage.world.add("alice", names, &[&stage.dora])?;
        let (tree, patch) = grown(stage, &before)?;
        let input = join(stage, &out, served(&[&tree.whole()]));
        let case = accept("", comment, &[flag], rules, "device/join", input, state(&out.next));
        Ok(Self { case, here: out.next, tree, patch })
    }

    /// The client follows a commit of somebody else.
    fn goes(mut self, stage: &mut Stage, comment: &str, out: &CommitOut) -> Result<Self> {
        let request = traffic::receive_request(&self.here.partition_key.0, 0);
        let next = Sha256::digest(out.next.partition_key.0).to_vec();
        let delivered = traffic::delivered(&out.commit, Some((next, Some(out.group_info.clone()))));
        let response = traffic::receive_response(&[delivered], &[]);
        let input = json!({"request": hex::encode(&request), "response": hex::encode(&response)});
        let output = json!({
            "came": [{"what": "commit"}],
            "sends": [],
            "next": {"partition_key": hex::encode(&out.next.partition_key.0), "counter": 0},
            "state": state(&out.next),
        });
        self.case = self.case.then_accept(comment, "device/deliver", input, Some(output));
        self.here = out.next.clone();
        (self.tree, self.patch) = grown(stage, &self.tree)?;
        Ok(self)
    }

    /// The hub shows marks of a partition, and the client has nothing to say to that.
    fn content(mut self, comment: &str, partition: &Position, trees: &[&Patch]) -> Self {
        let input = json!({"partition_key": hex::encode(&partition.partition_key.0), "marks": marks(trees)});
        let out = json!({"sends": [], "repair": null, "state": state(&self.here)});
        self.case = self.case.then_accept(comment, "device/tree-marks", input, Some(out));
        self
    }

    /// The hub has what the client has.
    fn agrees(self, comment: &str) -> Self {
        let (here, tree) = (self.here.clone(), self.tree.whole());
        self.content(comment, &here, &[&tree])
    }

    /// The hub has something else: the client stays where it is, and sends the patch.
    fn repairs(mut self, comment: &str, trees: &[&Patch]) -> Self {
        let input = json!({"partition_key": hex::encode(&self.here.partition_key.0), "marks": marks(trees)});
        let repair = [self.here.partition_key.0.to_vec(), self.patch.octets()].concat();
        let out = json!({"sends": ["TreeRepair"], "repair": hex::encode(&repair), "state": state(&self.here)});
        self.case = self.case.then_accept(comment, "device/tree-marks", input, Some(out));
        self
    }

    fn does(mut self, comment: &str, op: &str, input: Value, sends: &[&str]) -> Self {
        let out = json!({"sends": sends, "state": state(&self.here)});
        self.case = self.case.then_accept(comment, op, input, Some(out));
        self
    }
}

const PEOPLE: &[&str] = &["bob", "carol", "erin"];
const FOLLOWS: &[&str] = &["5:patch-is-no-vote", "6:path-only"];

fn follows(stage: &mut Stage) -> Result<Case> {
    let comment = "The client opens the hub's tree, and makes the tree of each commit that it follows.";
    let rules = &["8:open", "6:path-only", "minutes-20240605:TREE:small-welcome"];
    let scene = Scene::join(stage, (comment, "joins", rules), PEOPLE)?;
    let out = stage.world.update("bob")?;
    let scene = scene.goes(stage, "A leaf and its path.", &out)?.agrees("");
    let out = stage.world.add("carol", &["frank", "grace", "heidi", "ivan"], &[])?;
    let scene = scene.goes(stage, "The tree grows.", &out)?.agrees("");
    let out = stage.world.remove("alice", &["carol"])?;
    let scene = scene.goes(stage, "A leaf becomes blank.", &out)?.agrees("");
    let out = stage.world.remove("erin", &["ivan"])?;
    let scene = scene.goes(stage, "The tree gets smaller.", &out)?.agrees("");
    Ok(scene.case)
}

fn small(stage: &mut Stage) -> Result<Case> {
    let comment = "Two leaves and a root.";
    let scene = Scene::join(stage, (comment, "joins", &["8:open"]), &[])?;
    let out = stage.world.update("alice")?;
    Ok(scene.goes(stage, "", &out)?.agrees("").case)
}

/// What somebody serves instead of the tree: the tree before, the tree, its epoch's secret, somewhere else to go.
type Wrong = fn(&Tree, &Tree, &[u8], &mut Stage) -> Result<Patch>;

fn wrong(stage: &mut Stage, what: &str, make: Wrong, why: Reason) -> Result<Case> {
    let before = first(stage)?;
    let mut other = Stage { world: stage.world.copy(), dora: stage.dora.clone() };
    let out = stage.world.add("alice", PEOPLE, &[&stage.dora])?;
    let secret = stage.world.member("alice")?.export(NODES, &out.next.group_id, 32)?;
    let (tree, patch) = grown(stage, &before)?;
    let (wrong, right) = (make(&before, &tree, &secret, &mut other)?, tree.whole());
    let comment = format!("The hub serves a tree {what}. The client stays outside, and its KeyPackage unused.");
    let input = join(stage, &out, served(&[&wrong]));
    let case = reject("", &comment, &["tree"], &["8:open", "8:tree-hash"], "device/join", input, why);
    let input = join(stage, &out, served(&[&wrong, &right]));
    let said = "The same, and behind it the tree that a member made anew: the client takes the first that is good.";
    let case = case.then_accept(said, "device/join", input, Some(state(&out.next)));
    let scene = Scene { case, here: out.next, tree, patch };
    let out = stage.world.update("erin")?;
    Ok(scene.goes(stage, "", &out)?.agrees("").case)
}

fn earlier(before: &Tree, _: &Tree, _: &[u8], _: &mut Stage) -> Result<Patch> {
    Ok(before.whole())
}

fn flipped(_: &Tree, tree: &Tree, _: &[u8], _: &mut Stage) -> Result<Patch> {
    let mut tree = tree.whole();
    tree.nodes.first_mut().into_iter().for_each(|node| flip(&mut node.ciphertext));
    Ok(tree)
}

fn strange(before: &Tree, tree: &Tree, _: &[u8], _: &mut Stage) -> Result<Patch> {
    Ok(before.next(tree.epoch, &[0xbd; 32], &tree.payloads).0.whole())
}

fn branch(before: &Tree, _: &Tree, _: &[u8], other: &mut Stage) -> Result<Patch> {
    other.world.add("alice", &["frank"], &[])?;
    Ok(grown(other, before)?.0.whole())
}

/// A member who knows the secret of the epoch puts alice's leaf where bob's is.
fn lie(before: &Tree, tree: &Tree, secret: &[u8], _: &mut Stage) -> Result<Patch> {
    let mut payloads = tree.payloads.clone();
    if let (Some(alice), Some(bob)) = (tree.payloads.first(), payloads.get_mut(2)) {
        bob.clone_from(alice);
    }
    Ok(before.next(tree.epoch, secret, &payloads).0.whole())
}

fn none(stage: &mut Stage) -> Result<Case> {
    let before = first(stage)?;
    let out = stage.world.add("alice", PEOPLE, &[&stage.dora])?;
    let (tree, _) = grown(stage, &before)?;
    let input = join(stage, &out, served(&[]));
    let (comment, why) = ("The hub has no tree.", reason::TREE_UNKNOWN_PARTITION);
    let case = reject("", comment, &["tree"], &["8:open"], "device/join", input, why);
    let input = join(stage, &out, served(&[&tree.whole()]));
    Ok(case.then_accept("It has one after all.", "device/join", input, Some(state(&out.next))))
}

fn repairs(stage: &mut Stage, change: impl Fn(&mut Patch)) -> Result<Case> {
    let comment = "Beside a commit came another patch than the client makes. It follows the commit all the same, and sends its own.";
    let scene = Scene::join(stage, (comment, "patch", FOLLOWS), PEOPLE)?;
    let out = stage.world.update("bob")?;
    let mut scene = scene.goes(stage, "", &out)?;
    let mut other = scene.tree.whole();
    change(&mut other);
    scene = scene.repairs("The hub has another tree, or none.", &[&other]);
    let right = scene.tree.whole();
    let here = scene.here.clone();
    scene = scene.content("Now it has both.", &here, &[&other, &right]);
    let out = stage.world.update("alice")?;
    Ok(scene.goes(stage, "The next commit, as if nothing had been.", &out)?.agrees("").case)
}

fn among(stage: &mut Stage) -> Result<Case> {
    let comment = "The hub has three trees, the last of which is the client's.";
    let scene = Scene::join(stage, (comment, "patch", FOLLOWS), PEOPLE)?;
    let out = stage.world.update("bob")?;
    let scene = scene.goes(stage, "", &out)?;
    let (right, here) = (scene.tree.whole(), scene.here.clone());
    let (mut one, mut two) = (right.clone(), right.clone());
    flip(&mut one.hash);
    flip(&mut two.tag);
    Ok(scene.content("", &here, &[&one, &two, &right]).case)
}

fn before(stage: &mut Stage) -> Result<Case> {
    let comment = "An answer that was slow: it is about a partition that the client has left.";
    let scene = Scene::join(stage, (comment, "patch", FOLLOWS), PEOPLE)?;
    let out = stage.world.update("bob")?;
    let scene = scene.goes(stage, "", &out)?;
    let (left, mut old) = (scene.here.clone(), scene.tree.whole());
    flip(&mut old.hash);
    let out = stage.world.update("erin")?;
    let scene = scene.goes(stage, "", &out)?.content("Whatever it says, it is too late.", &left, &[&old]);
    Ok(scene.agrees("").case)
}

fn at_once(stage: &mut Stage) -> Result<Case> {
    let comment = "Of the epoch in which it came the client has made no patch, so it has none to send.";
    let scene = Scene::join(stage, (comment, "patch", FOLLOWS), PEOPLE)?;
    let (here, mut other) = (scene.here.clone(), scene.tree.whole());
    flip(&mut other.hash);
    let scene = scene.content("", &here, &[&other]);
    let out = stage.world.update("bob")?;
    let scene = scene.goes(stage, "", &out)?;
    let mut other = scene.tree.whole();
    flip(&mut other.hash);
    Ok(scene.repairs("Of the next it has.", &[&other]).case)
}

fn own(stage: &mut Stage) -> Result<Case> {
    let comment = "The client's own commit goes with its patch, and moves it no more than any other commit of its own.";
    let scene = Scene::join(stage, (comment, "own-commit", &["6:every-commit"]), PEOPLE)?;
    let scene = scene.does("", "device/commit", json!({}), &["SendRequest + patch"]);
    let out = stage.world.update("bob")?;
    let scene = scene.goes(stage, "Another commit was first, and its tree is the one that counts.", &out)?.agrees("");
    let scene = scene.does("Made anew, on that tree.", "device/commit", json!({}), &["SendRequest + patch"]);
    Ok(scene.case)
}

fn refused(stage: &mut Stage) -> Result<Case> {
    let comment = "The hub refuses the client's commit for its patch. The commit is lost, and nothing else.";
    let scene = Scene::join(stage, (comment, "own-commit", &["6:every-commit"]), PEOPLE)?;
    let scene = scene.does("", "device/commit", json!({}), &["SendRequest + patch"]);
    let scene = scene.does("", "device/refused", json!({"reason": "tree-hash"}), &[]);
    let out = stage.world.update("bob")?;
    let scene = scene.goes(stage, "", &out)?.agrees("");
    Ok(scene.does("", "device/commit", json!({}), &["SendRequest + patch"]).case)
}
