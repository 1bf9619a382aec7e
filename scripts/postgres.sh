#!/bin/sh
# Makes sure that this machine has a Postgres server, 15 or newer, with pgvector.
#
#   scripts/postgres.sh         installs what is missing; nothing to do takes no time
#   scripts/postgres.sh path    prints the folder of the server's programs, or exits 1
#
# Only programs are installed: no server is started and none of the machine's
# own clusters is touched. pgvector comes from apt where the suite has it, else
# from Debian's own source package of a newer suite, checked by apt against
# Debian's keyring and built for the server that is here.
set -eu

cd "$(dirname "$0")/.."
oldest=15
suite=trixie # the first Debian release with pgvector

say() { echo "postgres.sh: $*" >&2; }

cure() {
	say "$1"
	cat >&2 <<-TEXT
	  What is needed: a Postgres server, $oldest or newer, with the extension pgvector. Then run the same command again.
	    Debian 13, Ubuntu 24.04 and later:  sudo apt-get install -y postgresql postgresql-NN-pgvector  (NN: the server's version)
	    Debian 12:                          sudo scripts/postgres.sh
	    Fedora:                             sudo dnf install -y postgresql-server pgvector
	    macOS:                              brew install postgresql@17 pgvector
	TEXT
	exit 1
}

# programs: every folder with a server's programs, newest first.
programs() {
	ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin 2>/dev/null |
		awk '{ v = $0; gsub(/[^0-9]+/, " ", v); n = split(v, a, " "); print a[n] "\t" $0 }' | sort -rn | cut -f 2
	command -v pg_config >/dev/null 2>&1 && pg_config --bindir
	command -v postgres >/dev/null 2>&1 && dirname "$(command -v postgres)"
	true
}

# major FOLDER: 15, 16, ...
major() { "$1/postgres" --version 2>/dev/null | sed -n 's/^postgres (PostgreSQL) \([0-9]*\).*/\1/p'; }

# sharedir FOLDER: where the extensions of these programs are. Debian installs
# pg_config with the compiler's headers only, so its path there is known by rule.
sharedir() {
	case $1 in
	/usr/lib/postgresql/*/bin) echo "/usr/share/postgresql/$(basename "$(dirname "$1")")" ;;
	*) "$1/pg_config" --sharedir 2>/dev/null || true ;;
	esac
}

# server: the newest programs that are new enough. With "vector": and have pgvector.
server() {
	for folder in $(programs); do
		[ -x "$folder/postgres" ] && [ -x "$folder/initdb" ] || continue
		v=$(major "$folder")
		[ "${v:-0}" -ge $oldest ] || continue
		[ "${1:-}" != vector ] || [ -e "$(sharedir "$folder")/extension/vector.control" ] || continue
		echo "$folder"
		return
	done
}

found=$(server vector)
if [ "${1:-}" = path ]; then
	[ -n "$found" ] || exit 1
	echo "$found"
	exit 0
fi
[ -z "$found" ] || exit 0

command -v apt-get >/dev/null 2>&1 || cure "no Postgres server with pgvector here"
[ "$(id -u)" = 0 ] || cure "no Postgres server with pgvector here, and only root can install one"

have=$(server)
if [ -z "$have" ]; then
	# The package postgresql creates and starts a cluster on port 5432 unless told
	# otherwise. Where postgresql-common is there already, its owner has decided.
	if [ ! -e /etc/postgresql-common ]; then
		mkdir -p /etc/postgresql-common
		echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
	fi
	scripts/apt.sh need postgresql || cure "the package postgresql could not be installed"
	have=$(server)
	[ -n "$have" ] || cure "the Postgres of this system is older than $oldest"
fi
version=$(major "$have")

if apt-cache show "postgresql-$version-pgvector" >/dev/null 2>&1; then
	scripts/apt.sh need "postgresql-$version-pgvector" || cure "the package postgresql-$version-pgvector could not be installed"
	exit 0
fi

say "no package postgresql-$version-pgvector here: building Debian's source package of $suite"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -e $keyring ] || cure "no $keyring to check Debian's packages with"
# apt itself tells its sources, whichever of its two formats they are written in.
mirror=$(apt-get indextargets --format '$(REPO_URI) $(COMPONENT)' 'Created-By: Packages' |
	awk '$2 == "main" && $1 ~ /\/debian\/?$/ { print $1; exit }')
[ -n "$mirror" ] || cure "no Debian mirror among this machine's apt sources"
scripts/apt.sh need gcc make "postgresql-server-dev-$version" dpkg-dev || cure "what pgvector is built with could not be installed"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/source"
echo "deb-src [signed-by=$keyring] $mirror $suite main" >"$work/sources.list"
# apt-get on lists of its own: the machine's stay as they are.
private_apt() {
	apt-get -qq -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists="$work/lists" \
		-o Dir::Cache="$work/cache" -o APT::Sandbox::User= -o Acquire::Retries=3 "$@" >&2
}
private_apt update || cure "apt could not read suite $suite of $mirror"
(cd "$work/source" && private_apt source --download-only pgvector) || cure "apt could not fetch the source of pgvector"
# apt has checked the hashes of these files against the signed lists; the
# packager's own signature is not asked for: his key is not on a machine like this.
dpkg-source --no-check -x "$work/source/"*.dsc "$work/pgvector" >"$work/log" 2>&1 || cure "the source of pgvector could not be unpacked: $(tail -n 3 "$work/log")"

# OPTFLAGS: pgvector compiles for this very processor by default, and a disk
# image made here may run on another.
config=$have/pg_config
make -C "$work/pgvector" -j2 OPTFLAGS="" PG_CONFIG="$config" >"$work/log" 2>&1 &&
	make -C "$work/pgvector" install OPTFLAGS="" PG_CONFIG="$config" >>"$work/log" 2>&1 || {
	tail -n 30 "$work/log" >&2
	cure "pgvector did not build"
}
[ -n "$(server vector)" ] || cure "pgvector was built, but $(sharedir "$have") has no extension/vector.control"
say "installed pgvector $(sed -n "s/^default_version = '\(.*\)'/\1/p" "$(sharedir "$have")/extension/vector.control") for Postgres $version"
