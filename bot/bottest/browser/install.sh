#!/usr/bin/env bash
# Prints DOUDOU_TEST_BROWSER=/path/to/chromium for TestBrowser, after installing
# what is missing where it may: Chromium and Node (root, on Debian), and the two
# packages of package-lock.json. Where it may not, it says what to install and
# prints nothing: TestBrowser is then left out, and named.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 0

left_out() { echo "TestBrowser is left out: $*" >&2; exit 0; }
have() { command -v "$1" >/dev/null; }

missing=()
have chromium || missing+=(chromium)
have node || missing+=(nodejs)
have npm || missing+=(npm)
if [ ${#missing[@]} -gt 0 ]; then
	[ "$(id -u)" = 0 ] && have apt-get || left_out "please install ${missing[*]}"
	echo "installing ${missing[*]}" >&2
	{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive timeout 600 apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1 ||
		left_out "could not install ${missing[*]}; please install them"
fi
if ! [ node_modules/.package-lock.json -nt package-lock.json ]; then
	echo "installing playwright-core and axe-core" >&2
	timeout 180 npm ci --no-audit --no-fund >/dev/null 2>&1 || left_out "npm ci could not fetch playwright-core and axe-core"
fi
echo "DOUDOU_TEST_BROWSER=$(command -v chromium)"
