#!/usr/bin/env bash
# Installs the console's packages as the lock file names them, if they are not
# there yet.
set -euo pipefail
cd "$(dirname "$0")/../console"

command -v npm >/dev/null || {
	echo "npm is missing: install Node.js 20.19 or newer (Debian and Ubuntu: apt install nodejs npm; macOS: brew install node)" >&2
	exit 1
}
stamp=node_modules/.storebot-lock
if ! cmp -s package-lock.json "$stamp"; then
	npm ci --no-audit --no-fund --loglevel=error
	cp package-lock.json "$stamp"
fi
