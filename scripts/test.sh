#!/usr/bin/env bash
# Installs what the tests need and runs all of them. Ends with the line
# "N passed, N failed", and with status 1 if anything failed or nothing ran.
set -uo pipefail
cd "$(dirname "$0")/.."

results=$PWD/test-results
rm -rf "$results"
mkdir -p "$results"
export STOREBOT_TEST_RESULTS=$results

# install runs what must be there before any test; without it nothing counts.
install() {
	echo "== $1"
	shift
	if ! "$@"; then
		echo "could not be installed: $*" >&2
		echo "0 passed, 1 failed"
		exit 1
	fi
}

# suite runs one suite; its exit status is one test, besides those it counts itself.
suite() {
	local name=$1 began=$SECONDS
	shift
	echo "== $name"
	if "$@"; then
		echo "ok $name ($((SECONDS - began)) s)"
		echo "pass $name" >>"$results/suites"
	else
		echo "FAILED $name ($((SECONDS - began)) s)" >&2
		echo "fail $name" >>"$results/suites"
	fi
}

install "Postgres with pgvector" bash scripts/postgres.sh
install "console packages" bash scripts/npm.sh
install "browser and fonts" bash scripts/browser.sh
install "Ollama server, built from its module" bash scripts/ollama.sh
install "build" bash scripts/build.sh

suite "lint" bash scripts/lint.sh
suite "go test -race" go run ./migrations/pgtest/cmd/testpg bash scripts/gotest.sh go -race ./...
suite "real Ollama server" bash scripts/gotest.sh ollama -race -tags ollama ./rag/ollama/ollamatest/
suite "console and widget units" npm --prefix console run --silent test -- --reporter=default --reporter=json --outputFile.json="$results/vitest.json"
suite "widget size" node console/widget/size.mjs
suite "console size" node console/app/size.mjs
suite "browser" npm --prefix console run --silent e2e

node scripts/count.mjs --total "$results"
