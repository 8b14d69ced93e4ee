#!/bin/sh
# Installs into ./node_modules what package-lock.json pins.
set -eu
cd "$(dirname "$0")"
exec npm ci --omit=dev --ignore-scripts
