//! Glue between the targets of `mimicheck::fuzzing` and libFuzzer.

use mimicheck::fuzzing::Target;

/// Runs one input; what the oracle says becomes the crash's message.
///
/// # Panics
/// When a property does not hold.
#[inline(always)]
pub fn run(target: Target, octets: &[u8]) {
    if let Err(what) = (target.check)(octets) {
        panic!("{}: {what}", target.name);
    }
}
