#!/usr/bin/env bats
# gp-dedup: what is a duplicate, what repeats, and that a second run is quiet.
load ../lib

c() { # ID DAY AUTHOR TEXT [MEMBERS]
	printf '{"type":"comment","id":"vk:-1/1/%s","network":"vk","page":"vk:-1","at":"2026-10-%sT10:00:00Z","author":{"id":"vk:%s"},"text":"%s"%s}\n' \
		"$1" "$2" "$3" "$4" "${5:-}"
}

reply() { # ID DAY MEMBERS
	printf '{"type":"comment","id":"vk:-1/1/%s","network":"vk","page":"vk:-1","at":"2026-10-%sT10:00:00Z","author":{"id":"vk:-1","official":true},"text":"Включили в план работ"%s}\n' \
		"$1" "$2" "$3"
}

# marks [OPTION ...]: "id duplicate similarity repeat" of what is marked in `in`.
marks() {
	run --separate-stderr gp-dedup "$@" in
	assert_success
	assert_stderr ''
	printf '%s\n' "$output" >out
	run jq -r 'select(.duplicate_of or .repeat_of) |
		"\(.id[8:]) \(.duplicate_of // "-") \(.similarity // "-") \(.repeat_of // "-")"' out
}

pit='Яма на Ленина 5, когда отремонтируют дорогу?'

@test "an edit is a duplicate, and all else of it stays as it was" {
	c 1 01 7 "$pit" >in
	printf '{ "type":"comment","n":1.50, "id":"b","page":"vk:-1" ,"at":"2026-10-02T10:00:00Z","text":"ЯМА на ленина 5 когда отремонтируют дорогу"}\n' >>in
	run --separate-stderr gp-dedup in
	assert_success
	assert_stderr ''
	assert_output "$(head -n 1 in)
{ \"type\":\"comment\",\"n\":1.50, \"id\":\"b\",\"page\":\"vk:-1\" ,\"at\":\"2026-10-02T10:00:00Z\",\"text\":\"ЯМА на ленина 5 когда отремонтируют дорогу\",\"duplicate_of\":\"vk:-1/1/1\",\"similarity\":1}"
}

@test "another address is another appeal" {
	{
		c 1 01 7 "$pit"
		c 2 02 8 'Яма на Мира 7, когда отремонтируют дорогу?'
		c 3 02 9 'Яма на Ленина 15, когда отремонтируют дорогу?'
		c 4 02 8 'яма на мира 7! когда отремонтируют дорогу'
	} >in
	marks
	assert_output "4 vk:-1/1/2 1 -"
}

@test "short thanks and the like are duplicates of nothing" {
	for text in 'спасибо!' 'Спасибо большое за вашу работу!' 'Когда?' \
		'+1' '👍' 'согласна'; do
		for i in 1 2 3; do
			c "$i-$text" "0$i" "$i" "$text"
			c "$i-$text-again" "0$i" "$i" "$text"
		done
	done >in
	marks
	assert_output ''
}

@test "the same few words of one person are a duplicate, of two they are not" {
	{
		c 1 01 7 'Когда дадут воду?'
		c 2 02 8 'Когда дадут воду?'
		c 3 03 7 'когда дадут воду'
	} >in
	marks
	assert_output "3 vk:-1/1/1 1 -"
}

@test "all copies of a petition name the first one" {
	body='Мы, жители района, требуем остановить вырубку деревьев в старом парке, где гуляют дети и пожилые люди, слушаний не было, проекта не показали'
	{
		c 1 01 1 "$body. Иванова Мария"
		c 2 02 2 "$body. С уважением, Петров Олег"
		c 3 03 3 "$body. Подпись: Орлова Вера, 3 подъезд"
	} >in
	marks
	assert_line --index 0 --regexp '^2 vk:-1/1/1 0\.[89]'
	assert_line --index 1 --regexp '^3 vk:-1/1/1 0\.[89]'
	assert_equal "${#lines[@]}" 2
}

@test "a not more turns the sense round" {
	{
		c 1 01 1 'Почистили дорогу на Садовой, можно спокойно проехать к дому'
		c 2 01 2 'Не почистили дорогу на Садовой, можно спокойно проехать к дому'
	} >in
	marks
	assert_output ''
}

@test "the window and the page bound it; --across opens the pages" {
	{
		c 1 01 1 "$pit"
		c 2 09 2 "$pit"
		c 3 01 3 "$pit" | sed 's/"page":"vk:-1"/"page":"ok:5"/'
	} >in
	marks
	assert_output "2 vk:-1/1/1 1 -"
	marks -w 7d
	assert_output ''
	marks --window 7d --across
	assert_output "3 vk:-1/1/1 1 -"
}

@test "what authorities write, and what has no text, passes byte for byte" {
	for i in 1 2; do
		printf '{"type":"post","id":"p%s","page":"vk:-1","text":"%s"}\n' "$i" "$pit"
		printf '{"type":"post","id":"o%s","author":{"official":true},"text":"%s","duplicate_of":"x"}\n' "$i" "$pit"
		reply "r$i" 01 ''
		printf '{"type":"comment","id":"d%s","deleted":true,"text":"%s"}\n' "$i" "$pit"
		printf '{"type":"comment","id":"n%s"}\n{"type":"odd","text":"%s"}\n' "$i" "$pit"
	done >in
	run --separate-stderr gp-dedup in
	assert_success
	assert_stderr ''
	assert_output "$(cat in)"
}

@test "posts of citizens are appeals" {
	for i in 1 2; do
		printf '{"type":"post","id":"p%s","page":"vk:-1","at":"2026-10-01T00:00:00Z","author":{"id":"vk:%s"},"text":"%s"}\n' "$i" "$i" "$pit"
	done >in
	run --separate-stderr gp-dedup --jq .duplicate_of in
	assert_success
	assert_output 'null
"p1"'
}

@test "after an official reply the same person repeats, before it not" {
	again='Дорогу на Ленина 5 не отремонтировали, яма стала больше'
	{
		c 1 01 7 "$pit"
		c 2 03 7 "$again"
		reply r 05 ',"parent":"vk:-1/1/1","thread":"vk:-1/1/1"'
		c 3 06 7 "$again"
		c 4 06 8 "$again"
		c 5 07 7 'Дорогу на Мира 7 не отремонтировали, яма стала больше'
		c 6 07 7 'Нет горячей воды третий день в квартире'
		c 7 07 7 'Спасибо!'
	} >in
	marks
	# 3 is a repeat of 1 though it has the words of 2; 4 is another person.
	assert_output "3 - - vk:-1/1/1
4 vk:-1/1/2 1 -"
	marks --repeat 12h
	assert_output "3 vk:-1/1/2 1 -
4 vk:-1/1/2 1 -"
}

@test "the topic of the class decides where both have it" {
	topic() { echo ",\"class\":{\"group\":\"Дороги\",\"topic\":\"$1\"}"; }
	{
		c 1 01 7 'Отремонтируйте дорогу возле нашей школы' "$(topic Ямы)"
		reply r 02 ',"parent":"vk:-1/1/1"'
		c 2 03 7 'Никто не приехал, асфальт разбит' "$(topic Ямы)"
		c 3 03 7 'Отремонтируйте дорогу возле нашей больницы' "$(topic Знаки)"
		c 4 03 7 'Скамейки сломаны и урны перевёрнуты' "$(topic Ямы)" |
			sed 's/"group":"Дороги","topic":"Ямы"/"group":"Парки"/'
	} >in
	marks
	assert_output "2 - - vk:-1/1/1"
}

@test "a chat is the thread of messages, a post that of its comments" {
	{
		c 1 01 7 "$pit" ',"chat":"vk:-1:7"' | sed s/comment/message/
		reply r 02 ',"chat":"vk:-1:7"' | sed s/comment/message/
		c 2 03 7 "$pit" ',"chat":"vk:-1:7"' | sed s/comment/message/
		c 3 03 9 'Фонари на Полевой не горят вторую неделю' | sed s/comment/post/
		reply s 04 ',"post":"vk:-1/1/3"'
		c 4 05 9 'Фонари на Полевой так и не горят'
	} >in
	marks
	assert_output "2 - - vk:-1/1/1
4 - - vk:-1/1/3"
}

@test "an id seen again gets the answer it got, whatever it says now" {
	{
		c 1 01 7 "$pit"
		c 1 01 7 "$pit"
		c 2 02 8 "$pit"
		c 2 02 8 'Уже не нужно' ',"edited":true'
		c 1 01 7 'Нет света на Полевой 3, звоним второй день' ',"edited":true'
	} >in
	marks
	assert_output "2 vk:-1/1/1 1 -
2 vk:-1/1/1 1 -"
}

@test "marks that come with a record are replaced" {
	c 1 01 7 "$pit" ',"duplicate_of":"x","similarity":0.5,"x":1' >in
	run --separate-stderr gp-dedup in
	assert_success
	assert_output "$(c 1 01 7 "$pit" ',"x":1')"
}

@test "refused: no JSON, no id, a text that is none" {
	{
		echo nonsense
		printf '{"type":"comment","text":"a"}\n'
		printf '{"type":"comment","id":"1","text":5}\n'
		c 1 01 7 "$pit"
	} >in
	run --separate-stderr gp-dedup --reject bad in
	assert_failure 1
	assert_output "$(c 1 01 7 "$pit")"
	assert_stderr_line --index 1 "gp-dedup: in:2: no 'id', or it is no string"
	assert_stderr_line --index 2 "gp-dedup: in:3: 'text' is number, not a string" ||
		assert_stderr_line --index 2 --partial "gp-dedup: in:3: 'text' is"
	assert_equal "$(wc -l <bad)" 3
	run --separate-stderr gp-dedup --strict in
	assert_failure 65
	run --separate-stderr sh -c 'gp-dedup in >/dev/full'
	assert_failure 74
}

@test "threads change nothing" {
	for seed in 1 2 3 4 5 6; do
		"$GP_TESTS/dedup_set.py" dev $seed | sed "s|vk:-1/1/|&$seed-|"
	done >in
	gp-dedup in >one
	gp-dedup -j 4 in >four
	cmp one four
	grep -q duplicate_of one
}
