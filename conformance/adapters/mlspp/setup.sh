#!/bin/sh
# Builds .build/mlspp-adapter. With a directory as argument, mlspp is taken from there instead of from its repository.
set -eu
cd "$(dirname "$0")"
if [ $# -gt 0 ]; then
    cmake -S . -B .build -DFETCHCONTENT_SOURCE_DIR_MLSPP="$1"
else
    cmake -S . -B .build
fi
exec cmake --build .build --target mlspp-adapter --parallel
