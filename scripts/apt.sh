#!/bin/sh
# Installs system packages, and only those that are missing.
#
#   scripts/apt.sh need PACKAGE...    Debian's package names
#
# Already there: nothing happens, nothing is printed, exit 0. On Debian and
# Ubuntu as root, apt-get installs the missing ones. Anywhere else the exact
# commands for this and for other systems are printed, exit 1.
set -eu

say() { echo "apt.sh: $*" >&2; }

# name SYSTEM PACKAGE: what Debian's PACKAGE is called on fedora or by brew;
# "-" where that system needs nothing for it.
name() {
	case $1:$2 in
	fedora:build-essential) echo gcc gcc-c++ make ;;
	brew:build-essential | brew:gcc | brew:g++ | brew:make) echo - ;;
	fedora:g++) echo gcc-c++ ;;
	fedora:postgresql) echo postgresql-server postgresql-contrib ;;
	fedora:postgresql-server-dev-*) echo postgresql-server-devel ;;
	fedora:postgresql-*-pgvector) echo pgvector ;;
	fedora:fonts-noto-cjk) echo google-noto-sans-cjk-fonts ;;
	fedora:nlohmann-json3-dev) echo json-devel ;;
	brew:postgresql) echo postgresql@17 ;;
	brew:postgresql-server-dev-*) echo - ;;
	brew:postgresql-*-pgvector) echo pgvector ;;
	brew:chromium) echo --cask chromium ;;
	brew:fonts-noto-cjk) echo --cask font-noto-sans-cjk ;;
	brew:nlohmann-json3-dev) echo nlohmann-json ;;
	fedora:nodejs) echo nodejs npm ;;
	fedora:npm) echo nodejs-npm ;;
	brew:nodejs | brew:npm) echo node ;;
	brew:ca-certificates) echo - ;;
	*) echo "$2" ;;
	esac
}

names() {
	system=$1
	shift
	out=
	for package; do
		for n in $(name "$system" "$package"); do
			[ "$n" = - ] || out="$out $n"
		done
	done
	echo "${out# }"
}

# Without dpkg nothing can be said of Debian's names, so everything counts as missing.
missing() {
	for package; do
		state=
		if command -v dpkg-query >/dev/null 2>&1; then
			state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
		fi
		[ "$state" = installed ] || printf '%s ' "$package"
	done
}

cure() {
	say "$1"
	shift
	cat >&2 <<-TEXT
	  Install these and run the same command again:
	    Debian, Ubuntu:  sudo apt-get update && sudo apt-get install -y --no-install-recommends $*
	    Fedora:          sudo dnf install -y $(names fedora "$@")
	    macOS:           brew install $(names brew "$@")
	TEXT
	exit 1
}

if [ "${1:-}" != need ] || [ $# -lt 2 ]; then
	say "usage: scripts/apt.sh need PACKAGE..."
	exit 2
fi
shift

lacking=$(missing "$@")
[ -n "$lacking" ] || exit 0
# shellcheck disable=SC2086 # a list of names
set -- $lacking

command -v apt-get >/dev/null 2>&1 || cure "missing, and this system has no apt-get: $*" "$@"
[ "$(id -u)" = 0 ] || cure "missing, and only root can install them: $*" "$@"

say "installing $*"
export DEBIAN_FRONTEND=noninteractive
# Lists that are a day old usually still do; a failed installation is what
# shows that they do not, or that there are none.
quiet() { apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" >&2; }
quiet install -y --no-install-recommends "$@" 2>/dev/null || {
	quiet update || cure "apt-get update failed" "$@"
	quiet install -y --no-install-recommends "$@" || cure "apt-get could not install: $*" "$@"
}
