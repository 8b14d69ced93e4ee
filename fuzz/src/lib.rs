//! Glue between the targets of `mimicheck::fuzzing` and libFuzzer.

/// Runs one input; what the oracle says becomes the crash's message.
///
/// # Panics
/// When a property does not hold, or there is no such target.
pub fn run(target: &str, octets: &[u8]) {
    let target = mimicheck::fuzzing::target(target).expect("a target of this name");
    if let Err(what) = (target.check)(octets) {
        panic!("{}: {what}", target.name);
    }
}
