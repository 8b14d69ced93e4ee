//! Generators and oracles, in pairs of the same name. They know no fuzz engine: `fuzz/` glues them to
//! one, `tests/fuzz_oracles.rs` runs them from a seed.

pub mod oracles;
