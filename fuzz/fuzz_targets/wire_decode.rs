#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| mimicheck_fuzz::run("wire_decode", octets));
