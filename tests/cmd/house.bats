# The house: installing, uninstalling, and that the tree is in order.
load ../lib

@test "house: install then uninstall leaves no file" {
	make -s -C "$GP_SRC" ${GP_MAKE:-O="$GP_BUILD"} DESTDIR="$PWD/root" install
	[ -x root/usr/local/bin/gp-fetch ]
	[ -f root/usr/local/share/man/man1/gp-fetch.1 ]
	[ -f root/usr/local/share/man/man5/gp-record.5 ]
	[ -f root/usr/local/share/man/man7/gp.7 ]
	[ -f root/usr/local/share/gp/taxonomy.yaml ]
	[ -f root/usr/local/share/gp/gp.jq ]
	[ -f root/usr/local/share/gp/standard.yaml ]
	[ -f root/usr/local/share/gp/gp-record.schema.json ]
	[ -f root/usr/local/share/gp/calendar-2026.yaml ]
	[ -f root/usr/local/share/bash-completion/completions/gp-fetch ]
	make -s -C "$GP_SRC" ${GP_MAKE:-O="$GP_BUILD"} DESTDIR="$PWD/root" uninstall
	run ls
	assert_output ""
}

@test "house: uninstall leaves what is not ours" {
	mkdir -p root/opt/bin
	touch root/opt/bin/other
	make -s -C "$GP_SRC" ${GP_MAKE:-O="$GP_BUILD"} DESTDIR="$PWD/root" PREFIX=/opt install
	make -s -C "$GP_SRC" ${GP_MAKE:-O="$GP_BUILD"} DESTDIR="$PWD/root" PREFIX=/opt uninstall
	run find root -type f
	assert_output root/opt/bin/other
}

@test "house: an installed program finds its data" {
	make -s -C "$GP_SRC" ${GP_MAKE:-O="$GP_BUILD"} DESTDIR="$PWD/root" PREFIX=/opt install
	run --separate-stderr root/opt/bin/gp-sim --check
	assert_success
	assert_stderr ""
	echo '{"type":"comment","id":"x","text":"Яма на дороге"}' >in
	run --separate-stderr root/opt/bin/gp-classify in
	assert_success
	assert_output --partial '"group":"Дороги"'
	sed -i 's/}$/,"at":"2026-10-30T17:15:00Z"}/' in
	run --separate-stderr root/opt/bin/gp-route in
	assert_success
	assert_output --partial '"first":"2026-11-03T09:15:00Z"'
	run --separate-stderr root/opt/bin/gp-classify --jq '[link, is_citizen]' in
	assert_success
	assert_stderr ""
	assert_output '["x",true]'
}

@test "house: deps says when nothing is missing" {
	run --separate-stderr make -s -C "$GP_SRC" deps
	assert_success
	assert_output "deps: nothing is missing"
}

@test "house: every command has help, a version and refuses what it does not know" {
	for cmd in "$GP_BUILD"/gp-*; do
		name=$(basename "$cmd")
		run --separate-stderr "$cmd" --help
		assert_success
		assert_stderr ""
		assert_line --index 0 --partial "$name: "
		run --separate-stderr "$cmd" --version
		assert_success
		assert_output "$name (gp) 0.1"
		run --separate-stderr "$cmd" --no-such-option
		assert_failure 64
		assert_stderr_line --index 0 "$name: unrecognized option '--no-such-option'"
		assert_output ""
		run --separate-stderr sh -c "'$cmd' --help >/dev/full"
		assert_failure 74
	done
}
