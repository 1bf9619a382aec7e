#!/usr/bin/env bash
# Generates Go and TypeScript from the contract. Third-party .proto files come
# out of the Go module cache into an ignored folder.
set -euo pipefail
cd "$(dirname "$0")/.."

# The module holds no Go code that we use, so go.mod cannot name it.
protovalidate=github.com/bufbuild/protovalidate@v1.2.2
rules=$(go mod download -json "$protovalidate" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')/proto/protovalidate/buf/validate/validate.proto
mkdir -p proto/third_party/buf/validate
install -m 644 "$rules" proto/third_party/buf/validate/validate.proto

buf=console/node_modules/.bin/buf
rm -rf proto/gen console/app/src/gen
"$buf" generate
