#!/usr/bin/env bats
# How often gp-classify agrees with people, on the citizens of the scenario.
# The floors are what was measured, less two points; the taxonomy is not made
# from these messages, and must not be. Many of them say nothing without the
# talk they stand in, which gp-classify does not see.
load ../lib

GROUP_FLOOR=43.0
KIND_FLOOR=54.6

@test "the scenario's messages are classified as well as they were" {
	python3 - "$GP_SRC/lib/data/scenario.yaml" >gold.ndjson <<'EOF'
import json, sys, yaml

def messages(node):
    if isinstance(node, list):
        for item in node:
            yield from messages(item)
    elif isinstance(node, dict):
        gold = node.get("gold")
        if gold and node.get("text") and not gold.get("hard"):
            yield {"type": "comment", "text": node["text"], "gold": gold}
        for item in node.values():
            yield from messages(item)

for record in messages(yaml.safe_load(open(sys.argv[1]))):
    print(json.dumps(record, ensure_ascii=False))
EOF
	run --separate-stderr gp-classify gold.ndjson
	assert_success
	assert_stderr ''
	jq -s '
	    def share(f): 100 * (map(select(f)) | length) / length;
	    { messages: length,
	      kind: share(.class.kind == .gold.kind),
	      group: (map(select(.gold.group)) |
	          share(.class.group == .gold.group)) }' <<<"$output" >figures
	echo "# $(jq -c . figures)" >&3
	run jq -e --argjson group $GROUP_FLOOR --argjson kind $KIND_FLOOR \
		'.messages > 300 and .group >= $group and .kind >= $kind' figures
	assert_success
}
