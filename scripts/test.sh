#!/bin/sh
# Runs every test; files run one after the other, since several of them boot machines and this one may be small.
set -eu
cd "$(dirname "$0")/.."
find test -name '*.test.ts' | LC_ALL=C sort |
  xargs node --import tsx --test --test-concurrency="${TEST_CONCURRENCY:-2}" --test-reporter=spec
