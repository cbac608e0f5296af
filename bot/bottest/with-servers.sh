#!/usr/bin/env bash
# Runs a command with a Redis and a PostgreSQL of its own, then stops them, and
# with a browser where there is one (browser/install.sh).
# Installs them where it may (root, on Debian), or says what to install.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

have_postgres() { command -v postgres >/dev/null || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; }
have_redis() { command -v redis-server >/dev/null; }
have_cc() { command -v gcc >/dev/null || command -v cc >/dev/null; } # the race detector links with it

if ! have_postgres || ! have_redis || ! have_cc; then
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		echo "installing redis-server, postgresql and gcc" >&2
		apt-get update -qq >/dev/null
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq redis-server postgresql gcc libc6-dev >/dev/null 2>&1 ||
			{ echo "could not install redis-server, postgresql and gcc; please install them" >&2; exit 1; }
	else
		echo "please install these first: redis-server, postgresql, gcc (on Debian: sudo apt-get install redis-server postgresql gcc)" >&2
		exit 1
	fi
fi

dir=$(mktemp -d)
cleanup() { "$here/servers.sh" stop "$dir" >&2 || true; rm -rf "$dir"; }
trap cleanup EXIT
settings=$("$here/servers.sh" start "$dir")
while IFS= read -r line; do
	case $line in DOUDOU_TEST_*=*) export "${line?}" ;; esac
done <<<"$settings"
browser=$("$here/browser/install.sh")
if [ -n "$browser" ]; then export "${browser?}"; fi
export DOUDOU_TEST_ALL=1
"$@"
