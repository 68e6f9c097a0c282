# kill -9 at random moments, over all networks, on bad days.
# Takes long: it is begun first.
load ../lib

setup() {
	gp_setup
	# The config of fetch-networks.bats.
	sed -n '/^	cat >with/,/^	END/p' "$BATS_TEST_DIRNAME/fetch-networks.bats" |
		sed '1d; $d; s/^\t\t//' >with
	export GP_CONFIG=$PWD/gp.yaml
}

# ids FILE: every record by its id, the last one of each, what changes apart.
ids() {
	grep -a '^{.*}$' "$1" |
		jq -r 'select(.type | IN("post", "comment", "message", "page")) |
			[.type, .id, (.text // "" | gsub("[\n\r\t]"; " "))] | @tsv' |
		awk -F'\t' '{ last[$1 FS $2] = $3 }
			END { for (k in last) print k FS last[k] }' | sort
}

@test "kill: 200 runs killed at random moments lose nothing, double nothing" {
	cat >story <<-'END'
		# Before run N somebody speaks, on each network in turn.
		speak() {
			n=$1
			case $((n % 4)) in
			0) tell message "{\"from\":\"anna_b\",\"text\":\"Прогон $n\",\"post\":101}" ;;
			1) tell message "{\"network\":\"vk\",\"from\":\"anna_b\",\"text\":\"Прогон $n\",\"post\":1}" ;;
			2) tell message "{\"network\":\"ok\",\"from\":\"anna_b\",\"text\":\"Прогон $n\",\"post\":1}" ;;
			3) tell message "{\"network\":\"max\",\"from\":\"anna_b\",\"text\":\"Прогон $n\",\"post\":1}" ;;
			esac
		}
	END
	faults=()
	for f in 502html reset cut 500; do faults+=(--fault "$f@/,p=1%,times=0,seed=7"); done
	gp-sim "${faults[@]}" --run -- sh ./with '. ./story
		n=0
		while [ $n -lt 200 ]; do
			n=$((n + 1))
			[ $((n % 10)) -ne 0 ] || speak $n
			ms=$(awk -v n=$n "BEGIN { srand(n); printf \"%.3f\", 0.02 + rand() * 0.5 }")
			timeout -s KILL $ms gp-fetch --all --state st >>out 2>>err
			echo $? >>ends
		done
		curl -sf -H "Content-Type: application/json" -d "{\"clear\":true}" "$GP_SIM_URL/_sim/fault" >/dev/null
		gp-fetch --overlap 60d --state st >>out 2>err.last; echo $? >status
		# Nothing new is left behind.
		gp-fetch --state st >after 2>>err.last'
	run cat status err.last
	assert_output 0
	[ "$(grep -c 137 ends)" -gt 60 ] || fail "only $(grep -c 137 ends) were killed"
	gp-sim --run -- sh ./with '. ./story
		for n in $(seq 10 10 200); do speak $n; done
		gp-fetch --all --state st2 >whole 2>err.whole'
	run cat err.whole
	assert_output ''
	ids out >got
	ids whole >want
	[ "$(wc -l <want)" -gt 2000 ]
	diff want got
	run jq -r 'select(.type | IN("post", "comment", "message")).id' after
	assert_output ''
}
