# A thousand pages on four networks in one process, on a bad day.
load ../lib

@test "many: 1,000 pages with 5 % faults come whole, each with its account" {
	gp_setup
	cat >with <<-'END'
		{
			cat <<CONF
		telegram: {preview: $GP_SIM_URL, api: $GP_SIM_URL}
		vk: {api: $GP_SIM_URL/vk}
		ok: {api: $GP_SIM_URL/ok}
		max: {api: $GP_SIM_URL/max}
		pages:
		CONF
			for i in $(seq 250); do cat <<CONF
		  t$i: {network: telegram, name: zarechny_adm_$i}
		  v$i: {network: vk, name: $((210000777 + i)), tokens: {service: {file: $GP_SIM_VK_SERVICE}}}
		  o$i: {network: ok, name: $((55123456789012 + i)), application_key: $GP_SIM_OK_APPLICATION_KEY, tokens: {access: {file: $GP_SIM_OK_ACCESS}, session: {file: $GP_SIM_OK_SESSION}}}
		  m$i: {network: max, name: $((-70000000000001 - i)), tokens: {bot: {file: $GP_SIM_MAX_BOT}}}
		CONF
			done
		} >gp.yaml
		GP_CONFIG=$PWD/gp.yaml gp-fetch --all --stream posts --stream page --retries 8 >out 2>err
		echo $? >status
		curl -s "$GP_SIM_URL/_sim/log" | grep -c '"fault"' >faults
	END
	faults=()
	for kind in 502html reset cut 500; do
		faults+=(--fault "$kind@/,p=1.25%,times=0,seed=5")
	done
	gp-sim --clones 250 "${faults[@]}" --run -- sh ./with
	run cat status err
	assert_output 0
	[ "$(cat faults)" -gt 50 ] || fail "only $(cat faults) faults"
	run sh -c "jq -r 'select(.type == \"run\") | [.network, .stream, .outcome, .got.posts // 0] | map(tostring) | join(\" \")' out | sort | uniq -c | sed 's/^ *//'"
	assert_output - <<-'END'
		250 max page ok 0
		250 max posts ok 64
		250 ok page ok 0
		250 ok posts ok 64
		250 telegram page ok 0
		250 telegram posts ok 67
		250 vk page ok 0
		250 vk posts ok 64
	END
	[ "$(jq -r 'select(.type == "post").id' out | sort -u | wc -l)" -eq 64750 ]
}
