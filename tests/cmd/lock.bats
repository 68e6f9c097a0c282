# Filters lock themselves in: what a fault in one of them could be used for.
# tests/unit/test_lock.c has each call; here it is the commands, and that they
# are locked in when the first record is there.
load ../lib

setup() {
	gp_setup
	cat >in <<-'EOT'
		{"type":"comment","id":"vk:-1/2/3","network":"vk","page":"vk:-1","at":"2026-10-30T17:15:00Z","text":"Яма на дороге, звоните +7 918 555 12 34"}
		{"type":"comment","id":"vk:-1/2/4","network":"vk","page":"vk:-1","at":"2026-10-30T17:16:00Z","text":"Где вода?"}
	EOT
}

need_lock() {
	said=$(gp-doctor --offline -v -f ndjson |
		jq -r 'select(.rule == "lock.works") | .level + ": " + .message') || true
	case $said in ok:*) ;; *) skip "$said" ;; esac
}

# Each line a command that locks itself in; "files": it may still open files.
commands() {
	cat <<-'EOT'
		gp-redact
		gp-redact --pseudonymize key
		gp-classify
		gp-classify --model lib/model.gpm
		gp-dedup
		gp-dedup --db files.db
		gp-route
		gp-route --explain vk:-1/2/3
		gp-suggest
		gp-suggest --db past.db
		gp-check
		gp-check --schema
		gp-check --only-findings -f table
		gp-report queue
		gp-report week --format html
		gp-report week -o files.csv
		gp-report week --format xlsx
	EOT
}

files() {
	umask 077
	echo "a key of many letters" >key
	umask 022
	mkdir -p lib
	cp "$GP_BUILD/data/model.gpm" lib/
	gp-store put past.db in
}

@test "lock: an attempt to reach out of any filter ends it" {
	need_lock
	[ "$(uname -m)" = x86_64 ] || skip "registers are known of x86-64 only"
	run attempt getpid gp-redact <in
	[ "$status" -ne 77 ] || skip "no process may be traced here"
	files
	commands >list
	[ "$(wc -l <list)" -eq 17 ]
	while read -r command; do
		for call in socket connect execve fork; do
			run --separate-stderr attempt $call $command <in
			[ "${lines[-1]}" = SIGSYS ] || fail "$command: $call: $output $stderr"
		done
	done <list
}

@test "lock: no file is read or made, but of those that write files" {
	need_lock
	[ "$(uname -m)" = x86_64 ] || skip "registers are known of x86-64 only"
	run attempt getpid gp-redact <in
	[ "$status" -ne 77 ] || skip "no process may be traced here"
	files
	commands | grep -vE 'files|xlsx' >list
	[ "$(wc -l <list)" -eq 14 ]
	while read -r command; do
		run --separate-stderr attempt create $command <in
		[ "${lines[-1]}" = SIGSYS ] || fail "$command: $output $stderr"
		run --separate-stderr attempt open $command <in
		[ "${lines[-1]}" = "returned -13" ] || fail "$command: $output $stderr"
	done <list
}

@test "lock: without it the same attempts succeed" {
	[ "$(uname -m)" = x86_64 ] || skip "registers are known of x86-64 only"
	run attempt getpid gp-redact <in
	[ "$status" -ne 77 ] || skip "no process may be traced here"
	export GP_UNLOCKED=1
	run attempt socket gp-redact <in
	assert_line --regexp '^returned [0-9]+$'
	run attempt fork gp-redact <in
	assert_line --regexp '^returned [0-9]+$'
	run attempt open gp-redact <in
	assert_line "returned -14" # no address was given
}

@test "lock: every thread of every filter, while it waits for records" {
	need_lock
	files
	mkfifo pipe
	while read -r command; do
		# shellcheck disable=SC2086
		$command -j 3 <pipe >out 2>err 3>&- &
		exec 9>pipe
		cat in >&9
		for _ in $(seq 200); do
			cat /proc/$!/task/*/status 2>/dev/null >now || true
			[ "$(grep -c '^Seccomp:.2' now)" -ge 1 ] && break
			sleep 0.02
		done
		refute grep '^Seccomp:.[01]' now
		grep -q '^Seccomp:.2' now || fail "$command is not locked in"
		grep -q '^NoNewPrivs:.1' now || fail "$command: new privileges"
		exec 9>&-
		wait $! || fail "$command: $(cat err)"
	done < <(commands)
}

@test "lock: what is refused is kept, jq runs, the status is as ever" {
	need_lock
	{ cat in; echo no record; cat in; } >mixed
	run --separate-stderr gp-redact -j 4 --reject bad \
		--jq '[.id, (.redacted // []) | length]' mixed in
	assert_failure 1
	assert_stderr "gp-redact: mixed:3: not a JSON object"
	assert_line --index 0 '[9,1]'
	assert_equal "${#lines[@]}" 6
	run jq -r '.file, .line' bad
	assert_output $'mixed\n3'
	run --separate-stderr sh -c 'yes "$(head -1 in)" | gp-classify -j 2 | head -1 | wc -l'
	assert_success
	assert_output 1
	run --separate-stderr sh -c 'gp-redact in >/dev/full'
	assert_failure 74
}

@test "lock: operands are opened before, one that lacks is told of in its turn" {
	run --separate-stderr gp-redact in nowhere in
	assert_failure 74
	assert_stderr "gp-redact: cannot open 'nowhere': No such file or directory"
	assert_equal "${#lines[@]}" 2
	mkdir many
	for i in $(seq 300); do echo many/$i; done | xargs -n 1 cp in
	run --separate-stderr sh -c 'ulimit -Sn 64; gp-redact many/* | wc -l'
	assert_success
	assert_stderr ''
	assert_output 600
}

@test "lock: a report is written whole, beside it nothing" {
	need_lock
	mkdir to
	for format in csv html md ndjson xlsx; do
		run --separate-stderr gp-report week --format $format -o to/week.$format in
		assert_success
		assert_stderr ''
		[ -s to/week.$format ]
	done
	run ls to
	assert_output $'week.csv\nweek.html\nweek.md\nweek.ndjson\nweek.xlsx'
	ln -s to/week.csv link.csv
	run --separate-stderr gp-report queue --format csv -o link.csv in
	assert_success
	[ -L link.csv ]
	run grep -c 2026 to/week.csv
	refute_output 0
	# Pipes are written to, by whatever name.
	gp-report queue --format csv -o >(cat >piped) in
	for _ in $(seq 50); do [ -s piped ] && break; sleep 0.1; done
	cmp piped to/week.csv
	run --separate-stderr gp-report queue --format csv -o nowhere/q.csv in
	assert_failure 74
	assert_stderr "gp-report: cannot write 'nowhere/q.csv': No such file or directory"
}

@test "lock: dates are those of the zone, where TZ does not name it" {
	run --separate-stderr env -u TZ gp-report queue --format csv in
	assert_success
	locked=$output
	run --separate-stderr env -u TZ GP_UNLOCKED=1 gp-report queue --format csv in
	assert_equal "$output" "$locked"
}

@test "lock: gp-doctor says whether it works here" {
	run --separate-stderr gp-doctor --offline -v --jq \
		'select(.rule == "lock.works") | .level'
	assert_output --regexp '^"(ok|warning)"$'
	run --separate-stderr env GP_UNLOCKED=1 gp-doctor --offline --jq \
		'select(.rule == "lock.works") | [.level, .message]'
	assert_output '["warning","$GP_UNLOCKED is set: filters do not lock themselves in"]'
}
