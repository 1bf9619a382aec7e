#!/usr/bin/env bash
# The checks that need no database and no browser. Each names itself, and a
# broken one does not hide the next.
set -uo pipefail
cd "$(dirname "$0")/.."

failed=0
check() {
	local name=$1
	shift
	echo "== $name"
	"$@" || { failed=1; echo "FAILED: $name" >&2; }
}

formatted() {
	local wrong
	wrong=$(gofmt -l $(git ls-files '*.go'))
	[ -z "$wrong" ] || { echo "not formatted by gofmt:" "$wrong"; return 1; }
}

# Generating must give what is committed.
reproducible() {
	local before
	before=$(mktemp -d)
	cp -r proto/gen "$before/go" && cp -r console/app/src/gen "$before/ts"
	bash scripts/generate.sh && diff -r proto/gen "$before/go" && diff -r console/app/src/gen "$before/ts"
	local same=$?
	cp rag/encoder/model.bin "$before/model.bin"
	bash scripts/encoder.sh && cmp rag/encoder/model.bin "$before/model.bin" || same=1
	rm -rf "$before"
	return $same
}

sizes() {
	local long
	long=$(git ls-files '*.go' '*.ts' '*.tsx' '*.mjs' '*.sql' '*.sh' | grep -vE '/gen/|foldtable\.go$' | xargs wc -l | awk '$1 > 500 && $2 != "total"')
	[ -z "$long" ] || { echo "files above 500 lines:"; echo "$long"; return 1; }
}

check "gofmt" formatted
check "no file above 500 lines" sizes
check "go vet" go vet ./...
check "go vet, real Ollama suite" go vet -tags ollama ./rag/ollama/...
check "staticcheck" go tool staticcheck ./...
check "go mod tidy" go mod tidy -diff
check "generated code is reproducible" reproducible
check "buf lint" console/node_modules/.bin/buf lint
check "tsc and biome" npm --prefix console run --silent check
exit $failed
