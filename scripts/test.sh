#!/bin/sh
# Runs every test; three files at once, since many wait for a daemon more than for this machine.
set -eu
cd "$(dirname "$0")/.."
find test -name '*.test.ts' | LC_ALL=C sort |
  xargs node --import tsx --test --test-concurrency="${TEST_CONCURRENCY:-3}" --test-reporter=spec
