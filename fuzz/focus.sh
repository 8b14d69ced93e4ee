#!/usr/bin/env bash
# Lets libFuzzer look at our code and the MLS libraries only:
#     RUSTC_WRAPPER="$PWD/fuzz/focus.sh" cargo +nightly fuzz run --target-dir fuzz/target/focused client_messages
# Coverage of ciphers, hashes and serde says nothing about what a message did, and keeping count of it takes most of
# the time. AddressSanitizer still watches all of it. $1 is rustc, the rest are its arguments.
rustc=$1
shift
crate=
previous=
for argument; do
    [ "$previous" = --crate-name ] && crate=$argument
    previous=$argument
done
case $crate in
mimicheck* | openmls | mls_rs | mls_rs_core | mls_rs_codec | tls_codec | ciborium* | minicbor* | cbor* | "" | ___) exec "$rustc" "$@" ;;
esac
case "$*" in
*--crate-type*bin*) exec "$rustc" "$@" ;;
esac
kept=()
for argument; do
    case $argument in
    -Cpasses=sancov-module | -Cllvm-args=-sanitizer-coverage-* | -Cllvm-args=-sanitizer-coverage*) ;;
    *) kept+=("$argument") ;;
    esac
done
exec "$rustc" "${kept[@]}"
