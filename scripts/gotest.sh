#!/usr/bin/env bash
# gotest.sh NAME ARGS: go test with its events kept for counting; failures are
# shown as they are, passes only counted.
set -uo pipefail
cd "$(dirname "$0")/.."

results=${STOREBOT_TEST_RESULTS:-test-results}
mkdir -p "$results"
out=$results/go-$1.json
shift
go test -json -timeout 20m "$@" >"$out"
status=$?
node scripts/count.mjs --show "$out"
exit $status
