#!/usr/bin/env bats
# The manual: whole, sound, and true to the option tables and the Makefile.
#
# Long options are written `.It Fl j , Fl -jobs Ar N`, each with an entry of
# its own in a list.
load ../lib

setup() {
	gp_setup
	cd "$GP_SRC" || return 1
	commands=$(sed -n 's/^CMDS *= *//p' Makefile)
	[ -n "$commands" ]
}

# blocks FILE: the literal examples, each as a file N of this test's folder.
blocks() {
	awk -v to="$BATS_TEST_TMPDIR" '
		/^\.Bd -literal/ { n++; on = 1; next }
		/^\.Ed/ { on = 0 }
		on { gsub(/\\e/, "\\"); print > (to "/" n) }' "$1"
	cd "$BATS_TEST_TMPDIR" || return 1
}

@test "mandoc finds nothing to say" {
	run mandoc -T lint -W warning $(find cmd lib -name '*.[157]')
	assert_output ''
	assert_success
}

@test "every command has a page, with the sections it needs" {
	for c in $commands; do
		assert [ -f "cmd/$c.1" ]
		for s in NAME SYNOPSIS DESCRIPTION 'EXIT STATUS' EXAMPLES \
			'SEE ALSO'; do
			grep -qx "\.Sh $s" "cmd/$c.1" || fail "$c: no $s"
		done
		grep -qx "\.Nm $c" "cmd/$c.1" || fail "$c: another name"
	done
	for page in cmd/*.7 lib/*/*.5; do
		grep -qx '\.Sh EXAMPLES' "$page" || fail "$page: no EXAMPLES"
	done
}

@test "every option of the tables has an entry in the page" {
	for c in $commands; do
		"$c" --gp-options | while IFS=$'\t' read -r kind letter name _; do
			[ "$kind" = command ] && continue
			entry=$(grep -E "^\.It .*Fl -$name( |$)" "cmd/$c.1") ||
				fail "$c: --$name has no entry"
			[ "$letter" = - ] ||
				grep -qE "^\.It Fl $letter , " <<<"$entry" ||
				fail "$c: -$letter does not stand by --$name"
		done
	done
}

@test "no page has an option that is not in the table" {
	for c in $commands; do
		"$c" --gp-options | awk -F '\t' '$1 != "command" { print $3 }' \
			>"$BATS_TEST_TMPDIR/known"
		grep -oE '^\.It .*Fl -[a-z][a-z0-9-]*' "cmd/$c.1" |
			grep -oE 'Fl -[a-z0-9-]+' | sed 's/^Fl -//' |
			while read -r name; do
				grep -qx -- "$name" "$BATS_TEST_TMPDIR/known" ||
					fail "$c: no option --$name"
			done
	done
}

@test "the purpose in the page is that of --help" {
	for c in $commands; do
		run sed -n '/^\.Nd /{s///p;q}' "cmd/$c.1"
		assert_output "$("$c" --gp-options | sed -n '1s/.*	//p')"
	done
}

@test "what a page refers to is there" {
	for page in $(find cmd lib -name '*.[157]'); do
		sed -n 's/^\.Xr \(gp[a-z-]*\) \([157]\).*/\1.\2/p' "$page" |
			sort -u | while read -r to; do
			[ -n "$(find cmd lib -name "$to")" ] ||
				fail "$page: no page $to"
		done
	done
}

@test "gp(7) names every command, and the folders of lib as lint has them" {
	for c in $commands; do
		grep -qx "\.It Xr $c 1" cmd/gp.7 || fail "$c is not in gp(7)"
	done
	for dir in lib/*/; do
		dir=${dir#lib/} dir=${dir%/}
		grep -q "^\.It Pa lib/$dir Ta" cmd/gp.7 || fail "no lib/$dir"
	done
	allowed=$(sed -n '/^allowed()/,/^}/p' tests/lint)
	sed -n 's/^\.It Pa lib\/\([a-z]*\) Ta .* Ta \(.*\)$/\1 \2/p' cmd/gp.7 |
		while read -r dir arrows; do
		[ "$dir" = data ] && continue
		[ "$arrows" = '\&' ] && arrows=
		run sh -c "$allowed"$'\n'"allowed $dir"
		assert_output "$arrows"
	done
}

@test "gp-config(5): the examples load" {
	blocks lib/config/gp-config.5
	for n in 1 3; do
		run --separate-stderr gp-fetch -c "$n" -p nowhere
		assert_failure 78
		assert_stderr "gp-fetch: no page 'nowhere' in the config"
	done
}

@test "gp-config(5): the errors look so" {
	cd "$BATS_TEST_TMPDIR"
	printf 'pages:\n  a:\n    netwrk: telegram\n' >gp.yaml
	run --separate-stderr gp-fetch -c gp.yaml
	assert_failure 78
	assert_stderr "gp-fetch: gp.yaml:3:5: unknown key 'netwrk': is 'network' meant?"
	printf 'telegram:\n  rate: fast\n' >gp.yaml
	run --separate-stderr gp-fetch -c gp.yaml
	assert_failure 78
	assert_stderr "gp-fetch: gp.yaml:2:9: 'rate' must be a number, not 'fast'"
	printf 'pages:\n a: {network: telegram, name: no, bot: {token: {}}}\n' \
		>gp.yaml
	run --separate-stderr gp-fetch -c gp.yaml
	assert_failure 78
	assert_stderr "gp-fetch: gp.yaml:2: a token comes from one of file, credential, command"
	printf 'pages:\n a: {network: telegram, name: no, bot: {token: {file: t}}}\n' \
		>gp.yaml
	echo 7100000001:x >t
	run --separate-stderr gp-fetch -c gp.yaml --stream updates
	assert_failure 77
	assert_stderr --partial ": updates: token file 't': may be read by others (mode 644): chmod 600 it"
}

@test "gp-record(5): the records and the filters of jq hold" {
	blocks lib/record/gp-record.5
	tr -d '\n' <1 >record
	run "$GP_TESTS/schema.py" <record
	assert_success
	cp "$GP_TESTS/fixtures/record/good.ndjson" records.ndjson
	for n in 2 3 4 5; do
		grep -q '^jq' "$n"
		run --separate-stderr sh "$n"
		assert_success
		assert_stderr ''
	done
	run sh 4
	assert_output "вода	505900"
	run sh 5
	assert_output "telegram:lugovoe_adm posts: partial: stopped by a signal"
}

@test "gp-fetch(1), gp(7) and the README use options that there are" {
	for c in $commands; do
		"$c" --gp-options | awk -F '\t' '$1 != "command" { print $3 }'
	done | sort -u >"$BATS_TEST_TMPDIR/known"
	for page in cmd/*.[17] README.md; do
		awk '/^\.Bd -literal/ || /^```sh/ { on = 1; next }
			/^\.Ed/ || /^```/ { on = 0 } on' "$page" |
			grep -E '(^|[ |("])gp-[a-z]+ ' |
			grep -oE -- ' --[a-z][a-z0-9-]*' | sed 's/^ --//' |
			sort -u | while read -r name; do
			grep -qx -- "$name" "$BATS_TEST_TMPDIR/known" ||
				fail "$page: no option --$name"
		done
	done
}

@test "examples that are commands are sound shell" {
	for page in cmd/*.[17] lib/*/*.5; do
		rm -f "$BATS_TEST_TMPDIR"/[0-9]*
		(blocks "$page")
		for n in "$BATS_TEST_TMPDIR"/[0-9]*; do
			head -n 1 "$n" | grep -qE '^(gp-[a-z]+|jq) ' || continue
			sh -n "$n" || fail "$page: $(cat "$n")"
		done
	done
}

@test "gp(7): the day runs, in the played district" {
	blocks cmd/gp.7
	cat 2 3 4 >day
	grep -q 'gp-fetch --cursors d.db' day
	grep -q 'gp-report week' day
	cat >play <<-'EOT'
		cat >gp.yaml <<EOC
		telegram: {preview: $GP_SIM_URL, api: $GP_SIM_URL}
		pages:
		  district:
		    network: telegram
		    name: zarechny_adm
		    bot: {token: {file: $GP_SIM_TOKEN_FILE}, messages: yes}
		EOC
		GP_CONFIG=gp.yaml sh -eu day
	EOT
	run --separate-stderr gp-sim -- sh -eu play
	assert_success
	assert_stderr ''
	gp-store get d.db >d.ndjson
	run head -c 3 week.csv
	assert_output $'\xef\xbb\xbf'
	for c in gp-classify "gp-classify --explain" "gp-report queue" \
		"gp-report week"; do
		$c d.ndjson >out
		run "$GP_TESTS/schema.py" <out
		assert_output ''
		assert_success
	done
}

@test "gp(7): the rehearsal runs" {
	blocks cmd/gp.7
	run --separate-stderr sh -eu 6
	assert_success
	assert_stderr ''
	assert_line --partial '"report":"week"'
}
