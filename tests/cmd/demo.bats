#!/usr/bin/env bats
# The demo: it runs to its end, and says where what it made is.
load ../lib

@test "demo: ends with week.html, week.xlsx and five cards, and says where" {
	mkdir b
	ln -s "$GP_BUILD"/* b/
	rm -rf b/demo
	run timeout 200 sh "$GP_TESTS/demo" "$PWD/b"
	assert_success
	out=$PWD/b/demo
	assert_line "The week for the head: $out/week.html, $out/week.xlsx"
	tail -n 7 <<<"$output" | head -n 6 >last
	run cat last
	assert_line --index 0 'Five cards to post:'
	for i in 1 2 3 4 5; do
		card=$(sed -n "$((i + 1))s/^ *//p" last)
		[ "${card%/*}" = "$out/cards" ]
		file "$card" | grep -q 'PNG image data, 1080 x 1080' ||
			head -c 8 "$card" | grep -qa PNG
	done
	run ls "$out"/cards
	assert_equal "${#lines[@]}" 5
	grep -q '<html lang="ru">' "$out/week.html"
	python3 -m zipfile -t "$out/week.xlsx"
}
