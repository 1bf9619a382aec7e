#!/usr/bin/env bash
# Makes sure of the browser that the tests drive, and of fonts for Chinese.
set -euo pipefail
cd "$(dirname "$0")/.."

sh scripts/apt.sh need chromium fonts-noto-cjk
