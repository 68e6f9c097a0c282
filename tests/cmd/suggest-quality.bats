#!/usr/bin/env bats
# How often gp-suggest finds an answer to a like appeal: tests/suggest_near.py.
load ../lib

labelled=$GP_SRC/lib/data/labelled.ndjson

near() {
	/usr/bin/python3 "$GP_TESTS/suggest_near.py" "$@"
}

@test "the nearest answer is of the right matter more often than SQLite's" {
	near split . "$labelled"
	gp-suggest --past past -n 5 --least 0 text |
		near score . "$labelled" 'gp-suggest, text alone' >figures
	gp-suggest --past past -n 5 --least 0 group |
		near score . "$labelled" 'gp-suggest, group known' >>figures
	gp-suggest --past past -n 5 text |
		near score . "$labelled" 'gp-suggest, at least 0.25' >>figures
	near fts . "$labelled" >>figures
	sed 's/^/# /' figures >&3
	run jq -es '.[0].asked > 250 and .[0].topic > .[3].topic and
		.[0].group > .[3].group and .[1].topic > .[0].topic and
		.[1].group > .[0].group and .[0].found > 290' figures
	assert_success
}
