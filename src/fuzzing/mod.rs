//! Generators and oracles, in pairs of the same name. They know no fuzz engine: `fuzz/` glues each pair to
//! one, `tests/fuzz_oracles.rs` runs each from a seed, `tests/fuzz_regressions.rs` replays what was found.

pub mod generators;
pub mod oracles;

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
    Target { name: "adapter_answer", check: |octets| oracles::adapter_answer(&generators::text(octets)) },
    Target { name: "client_messages", check: oracles::client_messages },
    Target { name: "content_decode", check: oracles::content_decode },
    Target { name: "content_meaning", check: |octets| oracles::content_meaning(&generators::content_meaning(octets)) },
    Target {
        name: "content_roundtrip",
        check: |octets| oracles::content_roundtrip(&generators::content_roundtrip(octets)),
    },
    Target { name: "hub_requests", check: |octets| oracles::hub_requests(&generators::hub_requests(octets)) },
    Target { name: "vector_file", check: |octets| oracles::vector_file(&generators::text(octets)) },
    Target { name: "wire_decode", check: |octets| oracles::wire_decode(&generators::wire_decode(octets)) },
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
