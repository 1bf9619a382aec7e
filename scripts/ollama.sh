#!/bin/sh
# Builds the real Ollama server that the tests run against, from the module
# version named in go.mod, and prints the path of the binary.
#
#   scripts/ollama.sh          build it if it is not there yet (3-5 minutes on two cores, once a version)
#   scripts/ollama.sh path     print where it is or would be, and do nothing
#   OLLAMA_BIN=/usr/bin/ollama scripts/ollama.sh    use that binary instead
#
# The module archive leaves out the third-party headers that the C++ half
# includes (Go drops every folder called vendor): miniaudio, stb and nlohmann
# json. They are taken from the system when it has them, else from Debian's own
# packages, fetched by apt and only unpacked: nothing is installed, no root is
# needed, and the machine's apt configuration stays as it is.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
go=${GO:-go}
module=github.com/ollama/ollama
suite=trixie # the first Debian release with libminiaudio-dev

if [ -n "${OLLAMA_BIN:-}" ]; then
	[ -x "$OLLAMA_BIN" ] || { echo "ollama.sh: OLLAMA_BIN=$OLLAMA_BIN is not an executable file" >&2; exit 1; }
	echo "$OLLAMA_BIN"
	exit 0
fi

version=$("$go" list -m -f '{{.Version}}' $module)
tools=$root/.tools/ollama/$version
bin=$tools/ollama

if [ "${1:-}" = path ] || [ -x "$bin" ]; then
	echo "$bin"
	exit 0
fi

say() { echo "ollama.sh: $*" >&2; }

cure() {
	say "$1"
	cat >&2 <<-TEXT
	  What is needed: a C++ compiler and three header packages. Then run scripts/ollama.sh again.
	    Debian 13 and later:  apt-get install -y build-essential nlohmann-json3-dev libminiaudio-dev libstb-dev
	    macOS:                brew install nlohmann-json, then put miniaudio.h (0.11) and stb_image.h into
	                          $tools/include/miniaudio/ and $tools/include/stb/
	    any system:           install Ollama itself and set OLLAMA_BIN to its path
	TEXT
	exit 1
}

command -v "${CXX:-c++}" >/dev/null 2>&1 || {
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
		say "installing build-essential"
		{ apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends build-essential; } >&2
	else
		cure "no C++ compiler"
	fi
}

# Two processes may build the same version: each has a folder of its own, and
# what it finishes is moved into place in one step.
mkdir -p "$tools"
work=$(mktemp -d "$tools/build.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
include=$tools/include
mkdir -p "$include"

# has HEADER: does the compiler find it, in the system or among ours?
has() {
	printf '#include <%s>\n' "$1" | "${CXX:-c++}" -x c++ -std=c++17 -fsyntax-only -I"$include" - >/dev/null 2>&1
}

# private_apt ARGS: apt-get on lists of its own, which hold one suite of the
# Debian mirror that this machine already uses.
private_apt() {
	apt-get -q -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null \
		-o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Sandbox::User= "$@" >&2
}

private_lists() {
	[ -e "$work/sources.list" ] && return
	mirror=$(apt-get indextargets --format '$(REPO_URI) $(COMPONENT)' 'Created-By: Packages' |
		awk '$2 == "main" && $1 ~ /\/debian\/?$/ { print $1; exit }')
	[ -n "$mirror" ] || cure "no Debian mirror among this machine's apt sources to take headers from"
	keyring=/usr/share/keyrings/debian-archive-keyring.gpg
	[ -e $keyring ] || cure "no $keyring to check Debian's packages with"
	mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
	echo "deb [signed-by=$keyring] $mirror $suite main" >"$work/sources.list"
	private_apt update || cure "apt could not read suite $suite of the configured Debian mirror"
}

# header FILE PACKAGE: makes <FILE> includable.
header() {
	has "$1" && return
	say "$1 is missing: taking it from Debian's package $2"
	command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1 || cure "no <$1> and no apt to take it from"
	private_lists
	mkdir -p "$work/$2"
	(cd "$work/$2" && private_apt download "$2") || cure "apt could not fetch $2"
	dpkg -x "$work/$2/"*.deb "$work/$2"
	# Packages differ in whether the header lies in a folder of its own.
	found=$(find "$work/$2/usr/include" -name "$(basename "$1")" | head -n 1)
	[ -n "$found" ] || cure "package $2 holds no $(basename "$1")"
	mkdir -p "$include/$(dirname "$1")"
	cp -R "$(dirname "$found")/." "$include/$(dirname "$1")/"
	has "$1" || cure "<$1> from package $2 does not compile here"
}

header nlohmann/json.hpp nlohmann-json3-dev
header miniaudio/miniaudio.h libminiaudio-dev
header stb/stb_image.h libstb-dev

say "building $module $version (a few minutes, once)"
log=$work/build.log
# The include path goes by the compiler's own variables and not by CGO_CFLAGS:
# flags are part of Go's build cache key, and a second clone would compile it all again.
CGO_ENABLED=1 CGO_CFLAGS=-O2 CGO_CXXFLAGS=-O2 C_INCLUDE_PATH=$include CPLUS_INCLUDE_PATH=$include \
	nice -n 10 "$go" build -trimpath -ldflags "-X $module/version.Version=${version#v}" -o "$work/ollama" $module >"$log" 2>&1 || {
	tail -n 40 "$log" >&2
	cure "the build failed"
}
mv "$work/ollama" "$bin"
echo "$bin"
