# What every tests/cmd/*.bats begins with: `load ../lib`.
#
# Each test has a directory of its own, which is also its HOME and where it
# stands; the built programs come first in the PATH; time stands still. A file
# that needs a setup of its own calls gp_setup in it.
#
#	run --separate-stderr gp-x in
#	assert_failure 65
#	assert_output '{"a":1}'
#	assert_stderr "gp-x: in:3: not UTF-8"
bats_require_minimum_version 1.5.0

: "${GP_BATS_LIB:=/usr/lib/bats}"
load "$GP_BATS_LIB/bats-support/load.bash"
load "$GP_BATS_LIB/bats-assert/load.bash"

GP_SRC=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
: "${GP_BUILD:=$GP_SRC/build}"
case $GP_BUILD in /*) ;; *) GP_BUILD=$GP_SRC/$GP_BUILD ;; esac
GP_TESTS=$GP_SRC/tests
export GP_SRC GP_BUILD GP_TESTS GP_SHARED
export LSAN_OPTIONS=suppressions=$GP_TESTS/lsan.supp:print_suppressions=0

gp_setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	export HOME=$BATS_TEST_TMPDIR LC_ALL=C.UTF-8 TZ=UTC
	export GP_NOW=2026-10-31T15:00:00Z
	export PATH=$GP_BUILD:$GP_BUILD/tests/unit:$PATH
	unset GP_CONFIG GP_DATA XDG_CONFIG_HOME XDG_STATE_HOME \
		CREDENTIALS_DIRECTORY
	# Calls of a token are counted there: no test waits for another one.
	export XDG_RUNTIME_DIR=$BATS_TEST_TMPDIR/.runtime
	[ -d "$XDG_RUNTIME_DIR" ] || mkdir -m 700 "$XDG_RUNTIME_DIR"
	unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY \
		ALL_PROXY no_proxy NO_PROXY
	umask 022
}

setup() {
	gp_setup
}

# Leaves the test out, by name, where the samples are not at hand.
need_shared() {
	[ -n "${GP_SHARED:-}" ] || skip "GP_SHARED is not set"
}

# As assert_output, for what `run --separate-stderr` kept apart. With no words
# at all: something was said.
if ! declare -F assert_stderr >/dev/null; then
	assert_stderr() { (_gp_stderr assert_output "$@"); }
	refute_stderr() { (_gp_stderr refute_output "$@"); }
	assert_stderr_line() { (_gp_stderr assert_line "$@"); }
	refute_stderr_line() { (_gp_stderr refute_line "$@"); }
	# In a subshell: $output and $lines are those of the test again after.
	_gp_stderr() {
		# shellcheck disable=SC2034,SC2154
		output=$stderr lines=("${stderr_lines[@]}")
		"$@"
	}
fi

# canned DIR: serves the replies of DIR (tests/canned.py) until the test ends;
# its address goes to $canned.
canned() {
	rm -f canned.port # of one that was started before
	"$GP_TESTS/canned.py" "$1" >canned.port 2>canned.err 3>&- &
	echo $! >>canned.pids
	for _ in $(seq 100); do
		[ -s canned.port ] && break
		sleep 0.1
	done
	canned=http://127.0.0.1:$(cat canned.port)
}

teardown() {
	if [ -f "$BATS_TEST_TMPDIR/canned.pids" ]; then
		xargs kill <"$BATS_TEST_TMPDIR/canned.pids" 2>/dev/null || true
	fi
}
