#!/bin/sh
# Makes .venv beside this file and installs what the adapter needs. Harmless to run again.
set -eu
cd "$(dirname "$0")"
[ -x .venv/bin/python ] || python3 -m venv .venv
if cmp -s requirements.txt .venv/installed.txt; then
    exit 0
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
cp requirements.txt .venv/installed.txt
