# Made by completions/generate; not edited by hand.
# shellcheck shell=bash
_gp()
{
	local command=${COMP_WORDS[0]##*/} cur=${COMP_WORDS[COMP_CWORD]}
	local prev=${COMP_WORDS[COMP_CWORD - 1]} words='' files='' verbs=''
	local options='' verb

	COMPREPLY=()
	# --option=VALUE comes as three words.
	if [[ $cur == = ]]; then
		cur=
	elif [[ $prev == = ]] && ((COMP_CWORD > 2)); then
		prev=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	case $command:$prev in
	gp-card:-t | gp-card:--theme | \
	gp-card:--cards | \
	gp-card:--before | \
	gp-card:-c | gp-card:--config | \
	gp-card:--reject | \
	gp-check:-a | gp-check:--allow | \
	gp-check:-c | gp-check:--config | \
	gp-check:--reject | \
	gp-classify:-t | gp-classify:--taxonomy | \
	gp-classify:-m | gp-classify:--model | \
	gp-classify:--reject | \
	gp-dedup:--reject | \
	gp-doctor:-c | gp-doctor:--config | \
	gp-doctor:--state | \
	gp-doctor:--db | \
	gp-fetch:-c | gp-fetch:--config | \
	gp-fetch:--pages | \
	gp-fetch:--cursors | \
	gp-fetch:--state | \
	gp-import:--reject | \
	gp-post:-c | gp-post:--config | \
	gp-post:--reject | \
	gp-redact:-r | gp-redact:--rules | \
	gp-redact:-a | gp-redact:--allow | \
	gp-redact:--pseudonymize | \
	gp-redact:--reject | \
	gp-reply:-c | gp-reply:--config | \
	gp-reply:-a | gp-reply:--allow | \
	gp-reply:--reject | \
	gp-report:-o | gp-report:--output | \
	gp-report:-c | gp-report:--config | \
	gp-report:--reject | \
	gp-review:--write | \
	gp-review:--apply | \
	gp-review:-s | gp-review:--standard | \
	gp-review:-c | gp-review:--config | \
	gp-review:--reject | \
	gp-route:-r | gp-route:--rules | \
	gp-route:-c | gp-route:--config | \
	gp-route:-t | gp-route:--taxonomy | \
	gp-route:--reject | \
	gp-sim:--token-file | \
	gp-sim:--log | \
	gp-store:--reject | \
	gp-store:-c | gp-store:--config | \
	gp-suggest:-t | gp-suggest:--templates | \
	gp-suggest:-r | gp-suggest:--routes | \
	gp-suggest:-c | gp-suggest:--config | \
	gp-suggest:--taxonomy | \
	gp-suggest:--reject | \
	gp-train:-o | gp-train:--output | \
	gp-train:--test | \
	gp-train:--judge | \
	gp-train:--compare | \
	gp-train:--reject | \
	gp-work:-c | gp-work:--config | \
	gp-work:--pages) files=-f ;;
	gp-card:-o | gp-card:--output | \
	gp-fetch:--record | \
	gp-fetch:--replay | \
	gp-sim:--token-dir) files=-d ;;
	gp-card:-f | gp-card:--format) words='png svg pdf' ;;
	gp-card:--scheme) words='light dark' ;;
	gp-card:--lang) words='ru en' ;;
	gp-check:-f | gp-check:--format) words='table ndjson csv' ;;
	gp-check:--lang) words='ru en' ;;
	gp-classify:--first) words='model rules alone' ;;
	gp-doctor:-f | gp-doctor:--format) words='table ndjson' ;;
	gp-import:--as) words='telegram-desktop telegram-preview' ;;
	gp-post:-f | gp-post:--format) words='table ndjson csv' ;;
	gp-post:--lang) words='ru en' ;;
	gp-redact:--lang) words='ru en' ;;
	gp-report:-f | gp-report:--format) words='table ndjson csv md html xlsx' ;;
	gp-report:--csv) words='excel-ru rfc4180' ;;
	gp-report:--lang) words='ru en' ;;
	gp-report:--by) words='day week month' ;;
	gp-report:--against) words='previous year' ;;
	gp-report:--behind) words='posts audience polls survey quality' ;;
	gp-review:--lang) words='ru en' ;;
	gp-route:-f | gp-route:--format) words='table ndjson csv' ;;
	gp-route:--lang) words='ru en' ;;
	gp-store:--order) words='at due seen put' ;;
	gp-store:--partition) words='month' ;;
	gp-store:-f | gp-store:--format) words='table ndjson csv' ;;
	gp-store:--lang) words='ru en' ;;
	gp-train:--features) words='stems stems,char4 char4' ;;
	gp-train:-f | gp-train:--format) words='table ndjson csv' ;;
	gp-train:--lang) words='ru en' ;;
	gp-work:-f | gp-work:--format) words='table ndjson csv' ;;
	gp-work:--lang) words='ru en' ;;
	gp-card:-s | gp-card:--size | \
	gp-card:--quotes | \
	gp-card:--zone | \
	gp-card:-j | gp-card:--jobs | \
	gp-card:--jq | \
	gp-check:-s | gp-check:--standard | \
	gp-check:--only | \
	gp-check:--skip | \
	gp-check:--since | \
	gp-check:--until | \
	gp-check:--zone | \
	gp-check:--width | \
	gp-check:-j | gp-check:--jobs | \
	gp-check:--jq | \
	gp-classify:--threshold | \
	gp-classify:--member | \
	gp-classify:--top | \
	gp-classify:--min-confidence | \
	gp-classify:--coverage | \
	gp-classify:--uncertain | \
	gp-classify:-j | gp-classify:--jobs | \
	gp-classify:--jq | \
	gp-dedup:--db | \
	gp-dedup:-w | gp-dedup:--window | \
	gp-dedup:--repeat | \
	gp-dedup:-j | gp-dedup:--jobs | \
	gp-dedup:--jq | \
	gp-doctor:-p | gp-doctor:--page | \
	gp-doctor:--max-skew | \
	gp-doctor:--min-disk | \
	gp-doctor:--timeout | \
	gp-doctor:--jq | \
	gp-fetch:-p | gp-fetch:--page | \
	gp-fetch:--stream | \
	gp-fetch:--since | \
	gp-fetch:--until | \
	gp-fetch:-n | gp-fetch:--limit | \
	gp-fetch:--overlap | \
	gp-fetch:--parallel | \
	gp-fetch:--rate | \
	gp-fetch:--max-wait | \
	gp-fetch:--retries | \
	gp-fetch:--timeout | \
	gp-fetch:--jq | \
	gp-import:--page | \
	gp-import:--channel | \
	gp-import:--official | \
	gp-import:--since | \
	gp-import:--until | \
	gp-import:--jq | \
	gp-post:-p | gp-post:--page | \
	gp-post:--db | \
	gp-post:--journal | \
	gp-post:--late | \
	gp-post:--wait | \
	gp-post:--settle | \
	gp-post:--timeout | \
	gp-post:--max-wait | \
	gp-post:--resolve | \
	gp-post:--restored | \
	gp-post:--jq | \
	gp-redact:--keep | \
	gp-redact:--only | \
	gp-redact:--member | \
	gp-redact:-j | gp-redact:--jobs | \
	gp-redact:--jq | \
	gp-reply:--db | \
	gp-reply:--journal | \
	gp-reply:--rate | \
	gp-reply:--at | \
	gp-reply:--wait | \
	gp-reply:--settle | \
	gp-reply:--timeout | \
	gp-reply:--max-wait | \
	gp-reply:--resolve | \
	gp-reply:--restored | \
	gp-reply:--jq | \
	gp-report:--width | \
	gp-report:--since | \
	gp-report:--until | \
	gp-report:--cut-off | \
	gp-report:--where | \
	gp-report:--across | \
	gp-report:--zone | \
	gp-report:-n | gp-report:--limit | \
	gp-report:--table | \
	gp-report:--memory | \
	gp-report:-j | gp-report:--jobs | \
	gp-report:--jq | \
	gp-review:--as | \
	gp-review:--jq | \
	gp-route:--explain | \
	gp-route:-j | gp-route:--jobs | \
	gp-route:--jq | \
	gp-sim:-p | gp-sim:--port | \
	gp-sim:--now | \
	gp-sim:--fault | \
	gp-sim:--pages | \
	gp-sim:--clones | \
	gp-sim:--bench-vk | \
	gp-sim:--country | \
	gp-sim:--snow | \
	gp-sim:--speed | \
	gp-sim:--delay | \
	gp-store:--state | \
	gp-store:-t | gp-store:--type | \
	gp-store:-p | gp-store:--page | \
	gp-store:--network | \
	gp-store:--kind | \
	gp-store:--topic | \
	gp-store:--assignee | \
	gp-store:--id | \
	gp-store:--post | \
	gp-store:--author | \
	gp-store:--since | \
	gp-store:--until | \
	gp-store:-m | gp-store:--match | \
	gp-store:-w | gp-store:--where | \
	gp-store:-n | gp-store:--limit | \
	gp-store:--records | \
	gp-store:--runs | \
	gp-store:--versions | \
	gp-store:--jq | \
	gp-suggest:--db | \
	gp-suggest:--past | \
	gp-suggest:--since | \
	gp-suggest:-n | gp-suggest:--drafts | \
	gp-suggest:--least | \
	gp-suggest:-j | gp-suggest:--jobs | \
	gp-suggest:--jq | \
	gp-train:-l | gp-train:--label | \
	gp-train:--with | \
	gp-train:--see | \
	gp-train:--member | \
	gp-train:--cost | \
	gp-train:--least | \
	gp-train:--most | \
	gp-train:--folds | \
	gp-train:-j | gp-train:--jobs | \
	gp-train:--jq | \
	gp-work:--db | \
	gp-work:--lease | \
	gp-work:--term | \
	gp-work:--ceiling | \
	gp-work:--min | \
	gp-work:--max | \
	gp-work:--tries | \
	gp-work:--wait | \
	gp-work:--jq) return ;;
	*)
		case $command in
		gp-card)
			options='--output --format --size --theme --scheme --cards --before --quotes --lang --zone --config --jobs --strict --reject --jq --help --version'
			files=-f
			;;
		gp-check)
			options='--standard --only-findings --format --strict --official --only --skip --allow --rules --schema --since --until --zone --config --lang --width --jobs --reject --jq --help --version'
			files=-f
			;;
		gp-classify)
			options='--taxonomy --check --threshold --posts --official --again --explain --member --model --first --top --min-confidence --coverage --uncertain --jobs --strict --reject --jq --help --version'
			files=-f
			;;
		gp-dedup)
			options='--db --window --repeat --across --jobs --strict --reject --jq --help --version'
			files=-f
			;;
		gp-doctor)
			options='--config --page --state --db --offline --max-skew --min-disk --timeout --strict --format --jq --verbose --help --version'
			;;
		gp-fetch)
			options='--config --page --pages --stream --since --until --limit --all --forward --overlap --cursors --state --no-cursor --follow --plan --parallel --rate --max-wait --retries --timeout --record --replay --jq --networks --verbose --help --version'
			;;
		gp-import)
			options='--as --page --channel --official --since --until --strict --reject --jq --help --version'
			files=-f
			;;
		gp-post)
			options='--config --page --db --journal --late --schedule --edit --receipts --check --links --diff --ics --dry-run --wait --settle --timeout --max-wait --list --resolve --restored --format --lang --strict --reject --jq --help --version'
			;;
		gp-redact)
			options='--rules --allow --keep --only --pseudonymize --member --lang --jobs --strict --reject --jq --help --version'
			files=-f
			;;
		gp-reply)
			options='--config --db --journal --dry-run --split --again --blind --rate --at --allow --wait --settle --timeout --max-wait --list --resolve --restored --strict --reject --jq --help --version'
			files=-f
			;;
		gp-report)
			options='--format --csv --output --lang --width --since --until --cut-off --by --against --where --behind --across --zone --config --limit --review --table --memory --jobs --strict --reject --jq --help --version'
			verbs='queue items overdue speed topics repeat promises executors pages month posts audience polls survey quality week'
			files=-f
			;;
		gp-review)
			options='--as --two-person --keep-skipped --resume --write --apply --standard --lang --config --strict --reject --jq --help --version'
			files=-f
			;;
		gp-route)
			options='--rules --config --check --taxonomy --explain --format --lang --again --jobs --strict --reject --jq --help --version'
			files=-f
			;;
		gp-sim)
			options='--port --run --token-file --token-dir --log --now --strict-24h --fault --pages --clones --bench-vk --country --snow --speed --strict-rate --delay --check --help --version'
			files=-f
			;;
		gp-store)
			options='--ack --no-text --adopt --strict --reject --open --overdue --state --type --page --network --kind --topic --assignee --id --post --author --since --until --match --where --order --reverse --limit --history --desk --dry-run --records --runs --versions --partition --format --lang --config --jq --help --version'
			verbs='put get cursors forget prune stats migrate check'
			files=-f
			;;
		gp-suggest)
			options='--db --past --since --drafts --interim --least --templates --routes --config --check --taxonomy --jobs --strict --reject --jq --help --version'
			files=-f
			;;
		gp-train)
			options='--label --output --features --with --see --member --machine --cost --least --most --test --folds --judge --compare --format --lang --jobs --strict --reject --jq --help --version'
			files=-f
			;;
		gp-work)
			options='--db --config --pages --lease --term --ceiling --min --max --tries --once --wait --status --aside --workers --retry --sweep --format --lang --jq --verbose --help --version'
			;;
		esac
		if [[ $cur == -* ]]; then
			words=$options
		else
			words=$verbs
			for verb in $verbs; do
				[[ " ${COMP_WORDS[*]:1:COMP_CWORD-1} " == *" $verb "* ]] && words=''
			done
		fi
		;;
	esac
	if [[ -n $words ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
	elif [[ -n $files && $cur != -* ]]; then
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen $files -- "$cur")
	fi
}
complete -F _gp gp-card gp-check gp-classify gp-dedup gp-doctor gp-fetch gp-import gp-post gp-redact gp-reply gp-report gp-review gp-route gp-sim gp-store gp-suggest gp-train gp-work
