# gp-doctor: each check is fired by a set-up that is broken so, and is silent
# on one that is not.
load ../lib

setup() {
	gp_setup
	# The config of fetch-networks.bats, with all that is asked for.
	sed -n '/^	cat >with/,/^	END/p' "$BATS_TEST_DIRNAME/fetch-networks.bats" |
		sed '1d; $d; s/^\t\t//; s|^zone:|contact: https://zarechny.example\nzone:|' >with
	export GP_CONFIG=$PWD/gp.yaml
}

sim() { gp-sim --run -- sh ./with "$1"; }

@test "doctor: a sound set-up has no errors, and nothing is confirmed" {
	run --separate-stderr sim 'gp-doctor -v -f ndjson; echo $? >status; gp-fetch -p telegram --stream updates >after'
	assert_success
	assert_stderr --partial 'more of them wait'
	run cat status
	assert_output 0
	sim 'cat $GP_SIM_VK_SERVICE $GP_SIM_VK_USER $GP_SIM_OK_ACCESS $GP_SIM_MAX_BOT $GP_SIM_TOKEN_FILE >secrets; gp-doctor -v -f ndjson >out'
	"$GP_TESTS/schema.py" <out
	run grep -Ff secrets out
	assert_output ''
	run jq -r 'select(.level == "error").rule' out
	assert_output ''
	run jq -r 'select(.rule == "stream.read").on' out
	[ "$(sort -u <<<"$output" | wc -l)" -eq 4 ]
	# The first update still waits for whoever keeps it.
	grep -q 'telegram:-1001987654321/50' after
}

@test "doctor: tokens that do not work, each by its kind" {
	run --separate-stderr sim 'echo wrong-token-0000000001 >t; chmod 600 t
		sed -i "s|service: {file: [^}]*}|service: {file: t}|" gp.yaml; gp-doctor -f ndjson'
	assert_failure 77
	run jq -r 'select(.level == "error") | [.rule, .on] | @tsv' <<<"$output"
	assert_output "token.works	vk:-210000777"
	run --separate-stderr sim 'chmod 644 $GP_SIM_MAX_BOT; gp-doctor -f table'
	assert_failure 77
	assert_line --partial "secret.read     max/bot: token file '"
	assert_line --partial "may be read by others (mode 644): chmod 600 it"
	assert_line --regexp '^[0-9]+ errors, .*cron would fail$'
}

@test "doctor: configs, pages that are not there, networks out of reach" {
	printf 'pages:\n  a: {netwrk: vk}\n' >gp.yaml
	run --separate-stderr gp-doctor -f table
	assert_failure 78
	assert_line --partial "gp.yaml:2:7: unknown key 'netwrk'"
	run --separate-stderr sim 'sed -i "s/-70000000000001/-7/" gp.yaml; gp-doctor -p max -f table'
	assert_failure 69
	assert_line --partial 'max:-7: page: no such channel (404'
	run --separate-stderr sim 'sed -i "s|^max: .*|max: {api: http://127.0.0.1:1}|" gp.yaml; gp-doctor -p max -f table'
	assert_failure 75
	assert_line --partial 'net.reach'
	run --separate-stderr sim 'printf "  twin:\n    network: max\n    name: -70000000000001\n" >>gp.yaml; gp-doctor --offline -f table'
	assert_failure 77
	assert_line --partial "page.twice      twin: the same page as 'max'"
	assert_line --partial 'page.tokens     twin: no token: nothing of it can be read'
	run --separate-stderr gp-doctor -c nowhere.yaml --offline -f table
	assert_failure 78
}

@test "doctor: a clock that is wrong" {
	mkdir r
	echo 'Thu, 01 Jan 2015 00:00:00 GMT' >r/date
	echo '{"ok":false,"error_code":401,"description":"Unauthorized"}' >r/getChat.1
	canned r
	echo 7:secretsecretsecret >t
	chmod 600 t
	printf 'zone: UTC\ntelegram: {preview: "%s", api: "%s"}\npages:\n  a: {network: telegram, name: town_adm, preview: no, bot: {token: {file: t}}}\n' "$canned" "$canned" >gp.yaml
	run --separate-stderr gp-doctor -f table
	assert_failure 78
	assert_line --regexp 'clock.skew +the clock is [0-9]+ s ahead of the networks'
}

@test "doctor: disks and files" {
	unset GP_CONFIG
	printf 'not a database at all' >db
	run --separate-stderr gp-doctor --offline --db db -f table
	assert_failure 65
	assert_line --partial 'db.opens        db: not a database of SQLite'
	run --separate-stderr gp-doctor --offline --state no/such/state -f table
	assert_failure 74
	assert_line --partial "state.write     no/such/state: its folder 'no/such': No such file or directory"
	run --separate-stderr gp-doctor --offline --min-disk 900000G -f table
	assert_failure 74
	assert_line --partial 'MiB are left, less than'
	run --separate-stderr sh -c 'gp-doctor --offline -v >/dev/full'
	assert_failure 74
}

@test "doctor: warnings alone are no errors, but under --strict" {
	unset GP_CONFIG
	run --separate-stderr gp-doctor --offline -f ndjson
	assert_success
	run --separate-stderr gp-doctor --offline --strict -f ndjson
	assert_failure 1
	run sh -c 'gp-doctor --offline -v | head -1 | wc -l'
	assert_output 1
	run --separate-stderr gp-doctor operand
	assert_failure 64
}
