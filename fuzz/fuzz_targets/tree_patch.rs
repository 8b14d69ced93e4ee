#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| mimicheck_fuzz::run(mimicheck::fuzzing::targets::TREE_PATCH, octets));
