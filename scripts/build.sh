#!/usr/bin/env bash
# Builds the console, the widget and the binary that holds both.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v go >/dev/null || {
	echo "go is missing: install Go $(sed -n 's/^go //p' go.mod) or newer from https://go.dev/dl" >&2
	exit 1
}
bash scripts/npm.sh
# The web assets are built again only when a source is newer than they are.
built=console/dist/.built
if [ ! -e "$built" ] || [ -n "$(find console/app console/widget console/package-lock.json console/*.mjs -newer "$built" -type f -print -quit)" ]; then
	(cd console && npm run --silent build)
	touch "$built"
fi
version=$(git describe --tags --always --dirty 2>/dev/null || echo unversioned)
go build -trimpath -ldflags "-X main.version=$version" -o bin/storebot ./cmd/storebot
