#!/usr/bin/env bash
# servers.sh start DIR   starts a Redis and a PostgreSQL for tests, on free ports
#                        of 127.0.0.1, with all their files in DIR, and prints
#                        DOUDOU_TEST_POSTGRES=... and DOUDOU_TEST_REDIS=...
# servers.sh stop DIR    stops these two, and no other
#
# DOUDOU_TEST_FSYNC=off  PostgreSQL does not wait for the disk: no test cuts the
#                        power, but figures of speed would be too good
#
# PostgreSQL refuses to run as root: there it runs as the user postgres.
set -euo pipefail

usage() { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
fail() { echo "servers.sh: $*" >&2; exit 1; }

# as_pg runs a command as somebody whom PostgreSQL accepts.
as_pg() {
	if [ "$(id -u)" != 0 ]; then "$@"
	elif command -v setpriv >/dev/null; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"
	else runuser -u postgres -- "$@"
	fi
}

# pg_bin finds the newest PostgreSQL.
pg_bin() {
	local d
	d=$(ls -d /usr/lib/postgresql/*/bin /usr/local/pgsql/bin /opt/homebrew/opt/postgresql*/bin 2>/dev/null | sort -V | tail -n 1)
	if [ -n "$d" ] && [ -x "$d/initdb" ]; then echo "$d"
	elif command -v initdb >/dev/null; then dirname "$(command -v initdb)"
	else fail "PostgreSQL is not installed (Debian: apt-get install postgresql)"
	fi
}

# free_port prints a port that nobody listens on.
free_port() {
	local port
	for _ in $(seq 50); do
		port=$((20000 + (RANDOM * 32768 + RANDOM) % 40000))
		if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then echo "$port"; return; fi
	done
	fail "no free port was found"
}

# start_redis tries a few ports: another program may take one in between.
start_redis() {
	command -v redis-server >/dev/null || fail "redis-server is not installed (Debian: apt-get install redis-server)"
	local port pid
	for _ in 1 2 3 4 5; do
		port=$(free_port)
		redis-server --port "$port" --bind 127.0.0.1 --dir "$dir" --save '' --appendonly no \
			--daemonize no --logfile "$dir/redis.log" >/dev/null 2>&1 </dev/null &
		pid=$!
		for _ in $(seq 100); do
			kill -0 "$pid" 2>/dev/null || break
			if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
				echo "$pid" >"$dir/redis.pid"
				echo "DOUDOU_TEST_REDIS=redis://127.0.0.1:$port/0"
				return
			fi
			sleep 0.05
		done
		kill "$pid" 2>/dev/null || true
	done
	fail "redis-server does not start; see $dir/redis.log"
}

start_postgres() {
	local bin port
	bin=$(pg_bin)
	mkdir -p "$dir/pg"
	if [ "$(id -u)" = 0 ]; then
		chown postgres "$dir/pg"
		chmod o+x "$dir" # so that postgres reaches its own folder
	fi
	[ -f "$dir/pg/data/PG_VERSION" ] ||
		(cd "$dir/pg" && as_pg "$bin/initdb" -D "$dir/pg/data" -U doudou -A trust -E UTF8 --locale=C.UTF-8 --no-sync) >"$dir/initdb.log" 2>&1 ||
		fail "initdb failed; see $dir/initdb.log"
	for _ in 1 2 3 4 5; do
		port=$(free_port)
		if (cd "$dir/pg" && as_pg "$bin/pg_ctl" -D "$dir/pg/data" -l "$dir/pg/log" -w -t 60 \
			-o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='' -c max_connections=300 -c fsync=${DOUDOU_TEST_FSYNC:-on}" start) >"$dir/pg_ctl.log" 2>&1 </dev/null; then
			echo "DOUDOU_TEST_POSTGRES=postgres://doudou@127.0.0.1:$port/postgres?sslmode=disable"
			return
		fi
	done
	fail "PostgreSQL does not start; see $dir/pg/log"
}

# stop_pid ends one process and waits until it is gone.
stop_pid() {
	local pid=$1 signal=$2
	kill "-$signal" "$pid" 2>/dev/null || return 0
	for _ in $(seq 200); do
		kill -0 "$pid" 2>/dev/null || return 0
		sleep 0.05
	done
	kill -KILL "$pid" 2>/dev/null || true
}

[ $# = 2 ] || usage
dir=$2
case $1 in
start)
	mkdir -p "$dir"
	dir=$(cd "$dir" && pwd)
	redis=$(start_redis)
	postgres=$(start_postgres) || { stop_pid "$(cat "$dir/redis.pid")" TERM; rm -f "$dir/redis.pid"; exit 1; }
	printf '%s\n%s\n' "$postgres" "$redis"
	;;
stop)
	[ -d "$dir" ] || exit 0
	if [ -f "$dir/redis.pid" ]; then stop_pid "$(cat "$dir/redis.pid")" TERM; fi
	rm -f "$dir/redis.pid"
	if [ -f "$dir/pg/data/postmaster.pid" ]; then stop_pid "$(head -n 1 "$dir/pg/data/postmaster.pid")" INT; fi
	;;
*) usage ;;
esac
