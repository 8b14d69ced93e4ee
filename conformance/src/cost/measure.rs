use super::designs::{Blob, Octets};
use super::group::Group;
use super::growth::{Line, line};
use super::nodes::Nodes;
use super::variants::{Partial, Variants, without_epoch};
use mimicheck::entropy::Seed;
use mimicheck::protocol::{CipherSuite, Structure};
use mimicheck::tree::{Bounds, EncryptedTree, EncryptedTreePatch, RATCHET_TREE, Setup, StoredTree, Wrapping, open};
use schemars::JsonSchema;
use serde::Serialize;
use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

/// What goes wrong where nothing may.
pub(super) type Broken = Box<dyn Error + Send + Sync>;

/// Epoch of the first tree: an epoch has as many octets as any other.
const EPOCH: u64 = 1000;
const GROUP: &[u8] = b"mimi://a.example/r/a-large-room";
const TOO_LONG: &str = "a tree is too long for a vector";
const BOUNDS: Bounds = Bounds { octets: 1 << 30 };

/// A cipher suite, by its name in tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Suite {
    /// Suite 1.
    X25519,
    /// X25519 and ML-KEM-768, suite 0x004f.
    XWing,
}

impl Suite {
    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::X25519 => "x25519",
            Self::XWing => "x-wing",
        }
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> CipherSuite {
        match self {
            Self::X25519 => CipherSuite::X25519,
            Self::XWing => CipherSuite::X_WING,
        }
    }
}

/// What a group has been through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Everybody has committed.
    Settled,
    /// Every other member was added since, and has not: most leaves are unmerged that can be.
    Crowded,
}

/// What a commit does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Work {
    /// A member in the middle refreshes its path.
    Update,
    /// It removes the first member.
    Remove,
    /// A member is added without a path: at the place that the removed one had, in a crowded group at the last.
    Add,
}

impl Work {
    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Update => "update",
            Self::Remove => "remove",
            Self::Add => "add",
        }
    }
}

/// One commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Commit {
    /// What it does.
    pub work: Work,
    /// What is uploaded beside it.
    pub octets: Octets,
    /// Nodes of the patch.
    pub nodes: usize,
    /// Places that the patch removes.
    pub removed: usize,
}

/// Milliseconds on one core, the best of several rounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Times {
    /// A committer writes the blob: one AEAD over the encoded tree.
    pub blob_commit: f64,
    /// A member computes the patch of a commit and encodes it.
    pub commit: f64,
    /// The hub decodes and checks a patch.
    pub hub: f64,
    /// A joiner reads the tree in the clear.
    pub clear_join: f64,
    /// A joiner opens the blob, and reads the tree in it.
    pub blob_join: f64,
    /// A joiner decodes, checks and opens the encrypted tree, and encodes what is in it.
    pub join: f64,
    /// The same for a tree of which every node was wrapped in its epoch, so that every siv is computed.
    pub join_first: f64,
}

/// One group.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Cost {
    /// Cipher suite.
    pub suite: Suite,
    /// What it has been through.
    pub shape: Shape,
    /// Members.
    pub members: usize,
    /// Its commits, one after the other.
    pub commits: Vec<Commit>,
    /// What a joiner downloads beside the Welcome, after the first of these commits.
    pub join: Octets,
    /// Of a settled group: what version 0 leaves out.
    pub variants: Option<Variants>,
    /// Where time was taken.
    pub times: Option<Times>,
}

/// Everything that was measured.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(title = "mimicheck cost")]
pub struct Report {
    /// Where all that is random came from.
    pub seed: String,
    /// Groups.
    pub costs: Vec<Cost>,
    /// Lines through a patch of an update against log2 of the leaves that there is room for, by cipher suite.
    pub growth: Vec<Line>,
}

/// Measures groups of these sizes, settled and crowded. `progress` is told what comes next.
///
/// # Errors
/// Something refuses what it must take.
pub fn report(
    suites: &[Suite],
    sizes: &[usize],
    seed: &Seed,
    timed: bool,
    progress: &dyn Fn(&str),
) -> Result<Report, Broken> {
    let (mut costs, mut growth) = (vec![], vec![]);
    for suite in suites {
        let nodes = Nodes::of(*suite)?;
        for shape in [Shape::Settled, Shape::Crowded] {
            for members in sizes.iter().copied() {
                progress(&format!("{} {members}", suite.name()));
                costs.push(measure(*suite, &nodes, shape, members, seed, timed && shape == Shape::Settled)?);
            }
        }
        growth.extend(line(*suite, &costs));
    }
    Ok(Report { seed: seed.text().to_owned(), costs, growth })
}

/// Measures one group.
///
/// # Errors
/// Something refuses what it must take, or a joiner has another tree than the group.
pub fn measure(
    suite: Suite,
    nodes: &Nodes,
    shape: Shape,
    members: usize,
    seed: &Seed,
    timed: bool,
) -> Result<Cost, Broken> {
    let setup = Setup::new(RATCHET_TREE, suite.number(), GROUP)?;
    let mut secrets = seed.stream(&format!("cost secrets {members}"));
    let mut secret = || secrets.octets(setup.secret_octets());
    let (mut group, works) = match shape {
        Shape::Settled => (Group::settled(nodes, members, seed)?, &[Work::Update, Work::Remove, Work::Add][..]),
        Shape::Crowded => (Group::crowded(nodes, members, seed)?, &[Work::Add][..]),
    };
    let (begins, key) = (secret(), seed.stream("cost blob").array());
    let (mut here, first) = Wrapping::first(&setup, EPOCH, &begins, &group.payloads())?;
    let mut hub = StoredTree::first(&setup, &first, BOUNDS)?;
    drop(first);
    let mut watch = Watch { timed, rounds: if members > 20_000 { 3 } else { 5 } };
    let join_first = if timed {
        let served = hub.serve().encode()?;
        watch.best(|| joined(&setup, &begins, &served))?.1
    } else {
        0.0
    };
    let (mut commits, mut joining) = (vec![], None);
    for work in works {
        let middle = members / 2;
        match (work, shape) {
            (Work::Update, _) => group.update(middle)?,
            (Work::Remove, _) => group.remove(0, middle)?,
            (Work::Add, Shape::Settled) => group.add(0)?,
            (Work::Add, Shape::Crowded) => group.add(middle.saturating_mul(2).saturating_sub(1))?,
        }
        let ert = secret();
        let payloads = group.payloads();
        let ((next, octets), commit) = watch.best(|| {
            let (next, patch) = here.next(&ert, &payloads)?;
            Ok((next, patch.encode()?))
        })?;
        let patch = EncryptedTreePatch::decode(&octets).map_err(|e| e.to_string())?;
        let (stored, hubs) = watch.best(|| {
            let patch = EncryptedTreePatch::decode(&octets).map_err(|e| e.to_string())?;
            Ok(hub.patched(&patch, BOUNDS)?)
        })?;
        (here, hub) = (next, stored);
        let clear = group.encoded()?;
        let (blob, blob_commit) = watch.best(|| Ok(Blob::seal(&key, GROUP, EPOCH, &clear).ok_or(TOO_LONG)?))?;
        let octets = Octets { clear: clear.len(), blob: blob.len(), encrypted: octets.len() };
        commits.push(Commit { work: *work, octets, nodes: patch.nodes.len(), removed: patch.removed.len() });
        if joining.is_none() {
            let root = here.help([0; 16]).root_secret;
            let shorter = without_epoch(octets.encrypted, &patch.nodes);
            joining = Some((hub.clone(), ert, clear, octets, (root, shorter), [blob_commit, commit, hubs]));
        }
    }
    // A large tree weighs much: members go before anybody joins.
    drop((here, hub, group));
    let (hub, ert, clear, octets, (root, shorter), [blob_commit, commit, hub_time]) =
        joining.ok_or("a group without a commit")?;
    let whole = hub.serve();
    drop(hub);
    let served = whole.encode()?;
    let variants = match shape {
        Shape::Settled => Some(varied(&setup, &whole, &clear, &root, members / 2, (shorter, served.len()))?),
        Shape::Crowded => None,
    };
    drop(whole);
    let (tree, join_time) = watch.best(|| joined(&setup, &ert, &served))?;
    if tree != clear {
        return Err("a joiner has another tree than the group".into());
    }
    let join = Octets { encrypted: served.len(), ..octets };
    drop((served, tree));
    let mut times = None;
    if timed {
        let blob = Blob::seal(&key, GROUP, EPOCH, &clear).ok_or(TOO_LONG)?;
        let read = |tree: &[u8]| Ok(RATCHET_TREE.split(tree).map_err(|e| e.to_string())?.len());
        let (_, blob_join) = watch.best(|| read(&Blob::open(&key, &blob).ok_or("a blob does not open")?))?;
        let (_, clear_join) = watch.best(|| read(&clear))?;
        times = Some(Times { blob_commit, commit, hub: hub_time, clear_join, blob_join, join: join_time, join_first });
    }
    Ok(Cost { suite, shape, members, commits, join, variants, times })
}

/// What version 0 leaves out; a part of the tree must hold what the whole has there.
fn varied(
    setup: &Setup,
    whole: &EncryptedTree,
    clear: &[u8],
    root_secret: &[u8],
    leaf: usize,
    (patch_without_epoch, served): (usize, usize),
) -> Result<Variants, Broken> {
    let partial = Partial::of(whole, leaf)?;
    let payloads = RATCHET_TREE.split(clear).map_err(|e| e.to_string())?;
    for (x, payload) in partial.open(setup, root_secret, &whole.ert_hash)? {
        if payloads.get(x).copied().unwrap_or(RATCHET_TREE.blank) != payload {
            return Err("a part of a tree has other nodes than the group".into());
        }
    }
    Ok(Variants {
        patch_without_epoch,
        tree_without_epoch: without_epoch(served, &whole.nodes),
        partial: partial.octets()?,
        partial_nodes: partial.nodes(),
    })
}

/// What a joiner has whom the hub serves this.
fn joined(setup: &Setup, secret: &[u8], served: &[u8]) -> Result<Vec<u8>, Broken> {
    let tree = EncryptedTree::decode(served).map_err(|e| e.to_string())?;
    let here = open(setup, tree.epoch, secret, &tree, BOUNDS)?;
    Ok(here.encoded().ok_or(TOO_LONG)?)
}

struct Watch {
    timed: bool,
    rounds: usize,
}

impl Watch {
    /// What comes out, and the milliseconds of the fastest round.
    fn best<T>(&mut self, mut does: impl FnMut() -> Result<T, Broken>) -> Result<(T, f64), Broken> {
        let mut once = || {
            let start = Instant::now();
            let made = black_box(does()?);
            Ok::<_, Broken>((made, start.elapsed().as_secs_f64() * 1e3))
        };
        let mut best = once()?;
        for _ in 1..if self.timed { self.rounds } else { 1 } {
            let time = once()?.1;
            best.1 = best.1.min(time);
        }
        Ok(best)
    }
}
