//! Generators and oracles, in pairs of the same name. They know no fuzz engine: `fuzz/` glues each pair to
//! one, `tests/fuzz_oracles.rs` runs each from a seed, `tests/fuzz_regressions.rs` replays what was found.

pub mod forger;
pub mod generators;
pub mod memory;
pub mod oracles;
pub mod targets;
pub mod world;

/// What an oracle says: nothing, or which property does not hold, in words.
pub type Verdict = Result<(), String>;

/// A generator and its oracle.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The name of generator, oracle and fuzz target.
    pub name: &'static str,
    /// Makes an input of any octets and holds it against the oracle.
    pub check: fn(&[u8]) -> Verdict,
}

/// Every target, in the order of their names.
pub const TARGETS: &[Target] = &[
    targets::ADAPTER_ANSWER,
    targets::CLIENT_MESSAGES,
    targets::COMMIT_BYTES,
    targets::COMMIT_FAULTS,
    targets::CONTENT_DECODE,
    targets::CONTENT_MEANING,
    targets::CONTENT_ROUNDTRIP,
    targets::ENGINES_AGREE,
    targets::FORK_WORLD,
    targets::HUB_REQUESTS,
    targets::MLS_DECODE,
    targets::ROOM_REQUESTS,
    targets::TREE_OPEN,
    targets::TREE_PATCH,
    targets::VECTOR_FILE,
    targets::WIRE_DECODE,
];

/// The target of this name.
#[must_use]
pub fn target(name: &str) -> Option<Target> {
    TARGETS.iter().find(|t| t.name == name).copied()
}

/// Fails with these words unless the condition holds.
fn holds(condition: bool, what: impl FnOnce() -> String) -> Verdict {
    if condition { Ok(()) } else { Err(what()) }
}
