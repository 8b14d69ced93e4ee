#!/usr/bin/env bash
# What each target covers in so many seconds, beside one that only decodes (mls_decode), as a table:
#     fuzz/coverage.sh [SECONDS] [TARGET...]
# From the seeds on, in a corpus of its own, one core, AddressSanitizer, counted as CI counts: our code and the MLS
# libraries. `edges` and `features` are libFuzzer's `cov` and `ft`: edges taken, and edges told apart by how often.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-600}
shift || true
export RUSTC_WRAPPER="$PWD/fuzz/focus.sh"
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cargo +nightly fuzz list)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '| target | edges | of | features | inputs a second | after %s s |\n|---|---|---|---|---|---|\n' "$seconds"
for target in "${targets[@]}"; do
    RUSTC_WRAPPER='' cargo run --quiet --release -- seeds "$target" "$work/$target" >/dev/null
    log="$work/$target.log"
    outcome=held
    cargo +nightly fuzz run --target-dir fuzz/target/focused "$target" "$work/$target" -- -max_total_time="$seconds" -entropic=0 -print_final_stats=1 \
        -artifact_prefix="$work/" -dict="$work/$target.dict" >"$log" 2>&1 || outcome=reported
    counters=$(sed -n 's/.*(\([0-9]*\) inline 8-bit counters).*/\1/p' "$log" | head -1)
    edges=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -1)
    features=$(sed -n 's/.* ft: \([0-9]*\) .*/\1/p' "$log" | tail -1)
    speed=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log" | tail -1)
    printf '| `%s` | %s | %s | %s | %s | %s |\n' "$target" "$edges" "$counters" "$features" "$speed" "$outcome"
done
