#!/usr/bin/env bats
# gp-post: what of a plan goes out where and when, once; against gp-sim on all
# four networks.
# Takes long: it is begun first.
load ../lib

small=$BATS_TEST_DIRNAME/../fixtures/sim/small.yaml

setup() {
	gp_setup
	export GP_NOW=2026-10-10T15:00:00Z
	# 1 x 1 and, by its head, 12000 x 100 pixels; the head of a film.
	base64 -d >a.png <<-'END'
	iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY
	42YAAAAASUVORK5CYII=
	END
	cp a.png b.png
	printf '\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\056\340\0\0\0\144' >wide.png
	printf '\0\0\0\030ftypisom\0\0\0\0isomiso2film' >c.mp4
	head -c 20000 /dev/zero >>c.mp4
}

sim() {
	run --separate-stderr gp-sim "${@:1:$#-1}" "$small" -- \
		bash -c ". $GP_TESTS/post.bash; ${!#}"
}

plan() {
	{
		echo 'pages: [tg, vk, ok, max]'
		echo 'posts:'
		cat
	} >p.yaml
}

# -- what goes out -------------------------------------------------------------

@test "an entry goes to four networks, each in its own way" {
	plan <<-'END'
	- id: water
	  at: 2026-10-10 18:00
	  text: |
	    🚰 **Вода будет** _вечером_: [график](https://example.org/в_д)
	    > Запас на день
	  tags: [ЖКХ]
	END
	sim 'post p.yaml | short; written; sim messages | jq -c "select(.message_id==38)|.entities|map([.type,.offset,.length,.url])"'
	assert_success
	assert_output - <<-'END'
	["water@tg","post","sent"]
	["water@vk","post","sent"]
	["water@ok","post","sent"]
	["water@max","post","sent"]
	["telegram","post","🚰 Вода будет вечером: график\nЗапас на день\n\n#ЖКХ"]
	["vk","post","🚰 Вода будет вечером: график (https://example.org/в_д)\nЗапас на день\n\n#ЖКХ"]
	["ok","post","🚰 Вода будет вечером: график (https://example.org/в_д)\nЗапас на день\n\n#ЖКХ"]
	["max","post","🚰 Вода будет вечером: график\nЗапас на день\n\n#ЖКХ"]
	[["bold",3,10,null],["italic",14,7,null],["text_link",23,6,"https://example.org/в_д"],["blockquote",30,13,null],["hashtag",45,4,null]]
	END
	assert_stderr ''
}

@test "receipts name what is there, and the journal no token" {
	plan <<<'- {id: a, text: Ярмарка}'
	sim 'post p.yaml >r; jq -r .result r >ids; sim written | jq -r .id | diff ids -; jq -r "[.type,.id,.network,.page,.at,.url]|@tsv" r; for t in "$GP_SIM_TOKEN_FILE" "$GP_SIM_VK_USER" "$GP_SIM_OK_ACCESS" "$GP_SIM_MAX_BOT"; do grep -c -a -F -e "$(cat "$t")" r j.db*; done | grep -v ":0$"'
	assert_output - <<-'END'
	receipt	receipt:a@tg	telegram	telegram:lipovka_adm	2026-10-10T15:00:00Z	https://t.me/lipovka_adm/38
	receipt	receipt:a@vk	vk	vk:-210000111	2026-10-10T15:00:00Z	https://vk.com/wall-210000111_34
	receipt	receipt:a@ok	ok	ok:55000000000111	2026-10-10T15:00:00Z	https://ok.ru/group/55000000000111/topic/153000000000000034
	receipt	receipt:a@max	max	max:-70000000000111	2026-10-10T15:00:00Z	
	END
}

@test "one picture, an album, a film" {
	plan <<-'END'
	- {id: one, text: "**Мост**", files: [{path: a.png, alt: Мост}]}
	- {id: two, text: Два снимка, files: [a.png, b.png]}
	- {id: film, text: Фильм, files: [c.mp4]}
	END
	sim 'post p.yaml 2>&1 | short; sim messages | jq -c "select(.message_id>37 and .message_id<500)|[.message_id,.caption,(.caption_entities|length),(.media_group_id!=null),(.photo!=null),(.video!=null)]"
	for n in vk ok max; do sim "notes?network=$n" | tail -n 3 | jq -c "[.text,.photos,.video]"; done'
	assert_success
	assert_output --partial - <<-'END'
	["one@tg","post","sent"]
	["one@vk","post","sent"]
	["one@ok","post","sent"]
	["one@max","post","sent"]
	["two@tg","post","sent"]
	["two@vk","post","sent"]
	["two@ok","post","sent"]
	["two@max","post","sent"]
	["film@tg","post","sent"]
	["film@vk","post","sent"]
	["film@ok","post","sent"]
	["film@max","post","sent"]
	[38,"Мост",1,false,true,false]
	[39,"Два снимка",0,true,true,false]
	[40,null,0,true,true,false]
	[41,"Фильм",0,false,false,true]
	["Мост",1,null]
	["Два снимка",2,null]
	["Фильм",null,30]
	["Мост",1,null]
	["Два снимка",2,null]
	["Фильм",null,30]
	["Мост",1,null]
	["Два снимка",2,null]
	["Фильм",null,30]
	END
}

@test "a poll stands in the post, on Telegram behind it, on MAX as text" {
	plan <<-'END'
	- id: q
	  text: Выбираем вместе
	  poll: {question: Где каток?, options: [В парке, У школы], multiple: yes, close: 2026-10-11 18:00}
	END
	sim 'post p.yaml | short; written "[.network,.id,.text,.poll]"; at 2026-10-11T14:59:00Z; post p.yaml | short; at 2026-10-11T15:01:00Z; post p.yaml | short; sim messages | jq -c "select(.poll)|select(.message_id>37 and .message_id<500)|.poll|[.question,.is_closed,.allows_multiple_answers]"; post p.yaml'
	assert_success
	assert_output - <<-'END'
	["q@tg","post","sent"]
	["q@tg#poll","post","sent"]
	["q@vk","post","sent"]
	["q@ok","post","sent"]
	["q@max","post","sent"]
	["telegram","telegram:lipovka_adm/38","Выбираем вместе",null]
	["telegram","telegram:lipovka_adm/39","","Где каток?"]
	["vk","vk:-210000111/34","Выбираем вместе","Где каток?"]
	["ok","ok:55000000000111/153000000000000034","Выбираем вместе","Где каток?"]
	["max","max:-70000000000111/mid.ffffb0006aca52f00000000000000022","Выбираем вместе\n\nГде каток?\n1. В парке\n2. У школы\n\nНапишите номер ответа в комментариях.",null]
	["q@tg#close","close","sent"]
	["Где каток?",true,true]
	END
}

@test "a quiz: Telegram's own, elsewhere a poll and an answer at close" {
	plan <<-'END'
	- id: z
	  poll: {question: Какого года мост?, options: ["1957", "1964"], correct: 2, explanation: "Открыт **7 ноября**", close: 2026-10-11 18:00}
	END
	sim 'post p.yaml | short; sim messages | jq -c "select(.poll)|select(.message_id>37 and .message_id<500)|.poll|[.type,.explanation,.correct_option_ids]"; at 2026-10-11T15:00:00Z; post p.yaml | short; written | tail -n 3; post p.yaml'
	assert_success
	assert_output - <<-'END'
	["z@tg","post","sent"]
	["z@vk","post","sent"]
	["z@ok","post","sent"]
	["z@max","post","sent"]
	["quiz","Открыт 7 ноября",[1]]
	["z@tg#close","close","sent"]
	["z@vk#answer","post","sent"]
	["z@ok#answer","post","sent"]
	["z@max#answer","post","sent"]
	["vk","post","Какого года мост?\n\nПравильный ответ: 1964\n\nОткрыт 7 ноября"]
	["ok","post","Какого года мост?\n\nПравильный ответ: 1964\n\nОткрыт 7 ноября"]
	["max","post","Какого года мост?\n\nПравильный ответ: 1964\n\nОткрыт 7 ноября"]
	END
}

@test "what differs: by network, by page; where it does not go" {
	plan <<-'END'
	- id: a
	  text: Всем
	  tags: [Раз]
	  files: [a.png]
	  per:
	    telegram: {text: Телеграму, files: []}
	    vk: {text: "Сети", tags: [Два], link: https://example.org/x}
	    ok: {skip: yes}
	    max: {at: 2026-10-10 19:00, files: []}
	END
	sim 'post p.yaml | short; at 2026-10-10T16:00:00Z; post p.yaml | short; written'
	assert_output - <<-'END'
	["a@tg","post","sent"]
	["a@vk","post","sent"]
	["a@max","post","sent"]
	["telegram","post","Телеграму\n\n#Раз"]
	["vk","post","Сети\n\nhttps://example.org/x\n\n#Два"]
	["max","post","Всем\n\n#Раз"]
	END
}

@test "records of other programs are posted, each with a receipt" {
	cat >in <<-'END'
	{"type":"figure","id":"x"}
	{"type":"post","id":"card-1","page":"vk","text":"Неделя_42 *итоги*","markup":false,"attachments":[{"kind":"photo","path":"a.png","alt":"Карточка"}]}
	{"type":"post","id":"card-2","pages":["tg","max:-70000000000111"],"text":"**Итоги**","poll":{"question":"Полезно?","options":["Да",{"text":"Нет"}]}}
	{"type":"post","id":"card-3","page":"нет","text":"а"}
	{"type":"post","text":"Без имени"}
	{"type":"post","id":"card 4","page":"vk","text":"а"}
	END
	sim 'post --reject bad in | short; post in 2>/dev/null | short; cat bad; written'
	assert_output - <<-'END'
	["card-1@vk","post","sent"]
	["card-2@tg","post","sent"]
	["card-2@tg#poll","post","sent"]
	["card-2@max","post","sent"]
	"status 1"
	["card-1@vk","post","duplicate"]
	["card-2@tg","post","duplicate"]
	["card-2@tg#poll","post","duplicate"]
	["card-2@max","post","duplicate"]
	"status 1"
	{"file":"in","line":5,"reason":"'sha256-9b32b171ab8cf4e3' names no pages","input":"{\"type\":\"post\",\"text\":\"Без имени\"}"}
	{"file":"in","line":6,"reason":"'id' may hold no white space, quotes, \\, @ or #: 'card 4'","input":"{\"type\":\"post\",\"id\":\"card 4\",\"page\":\"vk\",\"text\":\"а\"}"}
	["vk","post","Неделя_42 *итоги*"]
	["telegram","post","Итоги"]
	["telegram","post",""]
	["max","post","Итоги\n\nПолезно?\n1. Да\n2. Нет\n\nНапишите номер ответа в комментариях."]
	END
	assert_stderr --partial "gp-post: in:4: card-3@нет: there is no page 'нет'"
}

@test "a record without id and page: one made of its bytes, and -p" {
	echo '{"type":"post","text":"Неделя 42"}' >in
	sim 'for i in 1 2; do post -p vk -p max <in | short; done'
	assert_output - <<-'END'
	["sha256-b8b8512cbff7b1fa@vk","post","sent"]
	["sha256-b8b8512cbff7b1fa@max","post","sent"]
	["sha256-b8b8512cbff7b1fa@vk","post","duplicate"]
	["sha256-b8b8512cbff7b1fa@max","post","duplicate"]
	END
}

@test "a table that Excel saved is a plan" {
	printf '\357\273\277код;дата;время;страницы;текст;текст:vk\r\na;10.10.2026;18:00;tg vk;"Два слова; ""и""\r\nещё";-\r\n;;;;;\r\n' >p.csv
	sim 'post p.csv | short; written'
	assert_output $'["a@tg","post","sent"]\n["telegram","post","Два слова; \\"и\\"\\nещё"]'
}

# -- when ----------------------------------------------------------------------

@test "cron takes what is due; a little late is good, more is refused and said" {
	plan <<-'END'
	- {id: soon, pages: [tg], at: 2026-10-10 18:05, text: Скоро}
	- {id: late, pages: [tg], at: 2026-10-10 17:20, text: Поздно}
	- {id: due, pages: [tg], at: 2026-10-10 17:40, text: Пора}
	END
	sim 'post p.yaml | short; post --late 10m p.yaml | jq -c "if type==\"object\" then [.id,.page,.status,.error,(.text_sha256|length)] else . end"; post --late 1h p.yaml | short; at 2026-10-10T15:05:00Z; post p.yaml | short; written "[.text]"'
	assert_output - <<-'END'
	["late@tg","post","refused","too late: it was for 2026-10-10 17:20"]
	["due@tg","post","sent"]
	"status 1"
	["receipt:late@tg","telegram:lipovka_adm","refused","too late: it was for 2026-10-10 17:20",64]
	"status 1"
	["late@tg","post","sent"]
	["soon@tg","post","sent"]
	["Пора"]
	["Поздно"]
	["Скоро"]
	END
}

@test "--schedule gives to VK and OK what they keep; the others wait for cron" {
	plan <<<'- {id: a, at: 2026-10-11 12:00, text: Завтра, files: [a.png]}'
	sim 'post --schedule p.yaml | short; post --schedule p.yaml; written "[.network,.due]"; at 2026-10-11T09:00:00Z; post p.yaml | short; written "[.network,.published]"'
	assert_output - <<-'END'
	["a@vk","post","sent"]
	["a@ok","post","sent"]
	["vk","2026-10-11T09:00:00Z"]
	["ok","2026-10-11T09:00:00Z"]
	["a@tg","post","sent"]
	["a@max","post","sent"]
	["vk",true]
	["ok",true]
	["telegram",null]
	["max",null]
	END
}

@test "times are of the plan's zone" {
	cat >p.yaml <<-'END'
	zone: Asia/Vladivostok
	pages: [tg]
	posts:
	- {id: a, at: 2026-10-11 01:00, text: Восток}
	- {id: b, at: "2026-10-10T17:00:00+02:00", text: Своя}
	END
	sim 'post p.yaml | short'
	assert_output $'["a@tg","post","sent"]\n["b@tg","post","sent"]'
}

# -- edits and deletions -------------------------------------------------------

@test "a text that changed goes there with --edit alone, as often as it changes" {
	plan <<<'- {id: a, text: "**Раз**"}'
	sim 'post p.yaml >/dev/null; sed -i s/Раз/Два/ p.yaml; post p.yaml | short; post --edit p.yaml | short; post --edit p.yaml; post p.yaml; sed -i s/Два/Раз/ p.yaml; post --edit -p vk p.yaml | short; written "[.network,.text,.edited]"'
	assert_output - <<-'END'
	["a@tg#edit1","edit","refused","it is out with another text: --edit changes it"]
	["a@vk#edit1","edit","refused","it is out with another text: --edit changes it"]
	["a@ok#edit1","edit","refused","it is out with another text: --edit changes it"]
	["a@max#edit1","edit","refused","it is out with another text: --edit changes it"]
	"status 1"
	["a@tg#edit1","edit","sent"]
	["a@vk#edit1","edit","sent"]
	["a@ok#edit1","edit","sent"]
	["a@max#edit1","edit","sent"]
	["a@vk#edit2","edit","sent"]
	["telegram","Два",1]
	["vk","Раз",2]
	["ok","Два",1]
	["max","Два",1]
	END
}

@test "an edit keeps files and polls, and finds what has gone out meanwhile" {
	plan <<<'- {id: a, pages: [tg, vk, max], at: 2026-10-10 18:30, text: Раз, files: [a.png], per: {telegram: {at: 2026-10-10 18:00}, max: {at: 2026-10-10 18:00}}}'
	sim 'post --schedule p.yaml | short; sed -i s/Раз/Два/ p.yaml; at 2026-10-10T15:31:00Z; post --edit p.yaml | short; sim messages | jq -c "select(.message_id==38)|[.caption,.photo!=null]"; sim notes?network=vk | tail -n 1 | jq -c "[.text,.photos]"; sim notes?network=max | tail -n 1 | jq -c "[.text,.photos]"'
	assert_output - <<-'END'
	["a@tg","post","sent"]
	["a@vk","post","sent"]
	["a@max","post","sent"]
	["a@tg#edit1","edit","sent"]
	["a@vk#edit1","edit","sent"]
	["a@max#edit1","edit","sent"]
	["Два",true]
	["Два",1]
	["Два",1]
	END
}

@test "what is marked as deleted is taken back, albums whole, once" {
	plan <<<'- {id: a, text: Ошибка, files: [a.png, b.png], delete: no}'
	sim 'post p.yaml >/dev/null; sed -i "s/delete: no/delete: yes/" p.yaml; post p.yaml | short; post p.yaml; written "[.network,.deleted]"; sim messages | jq "select(.message_id>37 and .message_id<500)"; sed -i "s/id: a/id: b/" p.yaml; post p.yaml'
	assert_output - <<-'END'
	["a@tg#delete","delete","sent"]
	["a@vk#delete","delete","sent"]
	["a@ok#delete","delete","sent"]
	["a@max#delete","delete","sent"]
	["telegram",true]
	["telegram",true]
	["vk",true]
	["ok",true]
	["max",true]
	END
}

# -- before the day ------------------------------------------------------------

@test "--check finds what would fail, in the units of each network" {
	printf 'GIF89a\1\0\1\0' >g.gif
	echo текст >t.png
	plan <<-END
	- {id: long, at: 2026-10-11 10:00, text: "$(printf '%04001d' 0)", files: [{path: a.png, alt: а}]}
	- {id: emoji, pages: [tg, max], at: 2026-10-11 11:00, text: "$(printf '😀%.0s' $(seq 2049))"}
	- {id: files, pages: [tg], at: 2026-10-11 12:00, text: а, files: [wide.png, t.png, none.png, g.gif, {path: c.mp4, alt: Мост}]}
	- {id: past, pages: [tg], at: 2026-10-10 17:00, text: а}
	- {id: clash, pages: [tg], at: "2026-10-11 12:00:30", text: а}
	- {id: page, pages: [tgg], text: а}
	- {id: quiz, pages: [vk, tg], at: 2026-10-11 13:00, poll: {question: "$(printf '%0301d' 0)", options: [а, б], correct: 1, close: 2026-10-11 12:00}}
	- {id: poll, pages: [ok], at: 2026-10-11 14:00, text: а, poll: {question: а, options: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], correct: 1}}
	- {id: film, pages: [ok], at: 2026-10-11 15:00, text: а, files: [{path: d.mp4, alt: а}]}
	END
	head -c 24 c.mp4 >d.mp4
	sim 'post --check p.yaml | if read -r l; then { echo "$l"; cat; } | jq -c "select(.level)|[.level[0:1],.rule,.of,.on,.message]" 2>/dev/null; fi'
	assert_output - <<-'END'
	["e","page","page","p.yaml:8","there is no page 'tgg'"]
	["e","time.past","past@tg","p.yaml:6","время 2026-10-10 17:00 прошло и уже не выйдет"]
	["e","text.caption","long@tg","p.yaml:3","длина подписи к файлам 4001, сеть принимает 1024 (UTF-16 units)"]
	["e","text.caption","long@ok","p.yaml:3","длина подписи к файлам 4001, сеть принимает 3000 (characters)"]
	["e","text.caption","long@max","p.yaml:3","длина подписи к файлам 4001, сеть принимает 4000 (characters)"]
	["e","text.length","emoji@tg","p.yaml:4","длина текста 4098, сеть принимает 4096 (UTF-16 units)"]
	["e","file.pixels","files@tg","p.yaml:5","wide.png: 12100 пикселей, сеть принимает 10000"]
	["e","file.ratio","files@tg","p.yaml:5","wide.png: стороны относятся как 120 к 1, сеть принимает 20"]
	["e","file.kind","files@tg","p.yaml:5","t.png: это не картинка и не видео"]
	["e","file.missing","files@tg","p.yaml:5","файл не читается: none.png: No such file or directory"]
	["e","file.format","files@tg","p.yaml:5","g.gif: gif: такой формат сеть не принимает"]
	["e","time.order","quiz@vk","p.yaml:9","опрос закрывается раньше, чем выходит"]
	["e","time.order","quiz@tg","p.yaml:9","опрос закрывается раньше, чем выходит"]
	["e","poll.question","quiz@tg","p.yaml:9","длина вопроса 301, сеть принимает 300"]
	["e","poll.answer","poll@ok","p.yaml:10","викторин в этой сети нет, а close не указан: правильный ответ не выйдет"]
	["e","poll.options","poll@ok","p.yaml:10","вариантов 11, сеть принимает 10"]
	["e","file.size","film@ok","p.yaml:11","d.mp4: 24 байт, сеть принимает от 16384"]
	["e","time.clash","clash@tg","p.yaml:7","в ту же минуту на этой странице выходит files@tg"]
	["w","alt","files@tg","p.yaml:5","wide.png: нет описания для незрячих"]
	["w","alt","files@tg","p.yaml:5","t.png: нет описания для незрячих"]
	["w","alt","files@tg","p.yaml:5","none.png: нет описания для незрячих"]
	["w","alt","files@tg","p.yaml:5","g.gif: нет описания для незрячих"]
	END
}

@test "--check: its status, its table, and what is out is not late" {
	plan <<<'- {id: a, at: 2026-10-10 18:00, text: Раз}'
	sim 'post --check p.yaml; post p.yaml >/dev/null; at 2026-10-12T15:00:00Z; post --check p.yaml; gp-post --journal other.db --check -f table p.yaml; echo $?; gp-post --check --lang en -f csv --journal other.db p.yaml | tail -n 1 | tr -d "\r"'
	assert_output - <<-'END'
	Что     Место     Запись  Правило    Подробности
	ошибка  p.yaml:3  a@tg    time.past  время 2026-10-10 18:00 прошло и уже не выйдет
	ошибка  p.yaml:3  a@vk    time.past  время 2026-10-10 18:00 прошло и уже не выйдет
	ошибка  p.yaml:3  a@ok    time.past  время 2026-10-10 18:00 прошло и уже не выйдет
	ошибка  p.yaml:3  a@max   time.past  время 2026-10-10 18:00 прошло и уже не выйдет
	1
	error,p.yaml:3,a@max,time.past,"the time 2026-10-10 18:00 is past, it will not go out"
	END
}

@test "--check --links opens each link, and posts refuse what --check refuses" {
	plan <<-'END'
	- {id: a, pages: [vk], text: "[есть](URL/s/lipovka_adm) и [нет](URL/_sim/none)"}
	- {id: b, pages: [tg], text: а, files: [none.png]}
	END
	sim 'sed -i "s|URL|$GP_SIM_URL|g" p.yaml; post --check --links p.yaml | jq -c "[.rule,.of]"; post p.yaml | short; written "[.network]"'
	assert_output - <<-'END'
	["link.dead","a@vk"]
	["file.missing","b@tg"]
	["alt","b@tg"]
	["a@vk","post","sent"]
	["b@tg","post","refused","файл не читается: none.png: No such file or directory"]
	"status 1"
	["vk"]
	END
}

@test "--diff tells what would be done" {
	plan <<-'END'
	- {id: a, pages: [tg, vk], text: Раз}
	- {id: b, pages: [vk], at: 2026-10-12 10:00, text: Потом}
	- {id: c, pages: [tg], at: 2026-10-09 10:00, text: Давно}
	END
	sim 'd() { post --diff "$@" p.yaml | jq -c "[.key,.action,.due,.result]"; }; d; echo; post -p tg p.yaml >/dev/null 2>&1; sed -i s/Раз/Два/ p.yaml; d --schedule; post --diff -f table -p vk p.yaml; written "[.network]"'
	assert_output --regexp '^\["a@tg","post","now",null\]
\["a@vk","post","now",null\]
\["c@tg","post","late",null\]
\["b@vk","post","waits",null\]

\["a@tg","post","out","telegram:lipovka_adm/38"\]
\["a@tg#edit1","edit","changed","telegram:lipovka_adm/38"\]
\["a@vk","post","now",null\]
\["c@tg","post","late",null\]
\["b@vk","post","ahead",null\]
Когда +Ключ +Действие +Состояние +Сеть +Запись в сети +Текст
  +a@vk +post +выйдет сейчас +vk +Два
2026-10-12 10:00 +b@vk +post +ждёт срока +vk +Потом
\["telegram"\]$'
}

@test "--ics is a calendar" {
	plan <<-'END'
	- id: a
	  at: 2026-10-11 10:00
	  text: "**Вода**, тепло; и свет: подробности о том, когда что включат, читайте в пятницу\n\nВторой абзац"
	  per: {vk: {at: 2026-10-11 11:00}}
	- {id: now, text: Без времени}
	END
	printf '%s\n' 'pages:' '  tg: {network: telegram, name: lipovka_adm}' >c.yaml
	run --separate-stderr gp-post -c c.yaml --ics p.yaml
	assert_success
	printf '%s\n' "$output" >out.ics
	run python3 - out.ics <<-'END'
	import sys
	raw = open(sys.argv[1], "rb").read().replace(b"\r\n", b"\n")
	assert all(len(l) <= 75 for l in raw.split(b"\n")), "a line is long"
	lines = raw.decode().replace("\n ", "").split("\n")
	events = "\n".join(lines).split("BEGIN:VEVENT\n")[1:]
	for e in events:
	    d = dict(l.split(":", 1) for l in e.split("\n") if ":" in l)
	    print(d["UID"], d["DTSTART"], d["DTSTAMP"], d["LOCATION"])
	    print(d["SUMMARY"])
	print(lines[0], lines[-2], "DESCRIPTION" in d, "\\n\\nВторой" in d["DESCRIPTION"])
	END
	assert_output - <<-'END'
	a@gp-post 20261011T100000Z 20261010T150000Z tg ok max
	Вода\, тепло\; и свет: подробности о том\, когда что включат\, читайте в пятницу
	a.vk@gp-post 20261011T110000Z 20261010T150000Z vk
	Вода\, тепло\; и свет: подробности о том\, когда что включат\, читайте в пятницу
	BEGIN:VCALENDAR END:VCALENDAR True True
	END
}

@test "--dry-run shows each request without tokens, and sends nothing" {
	plan <<-'END'
	- {id: a, text: "**Раз**", files: [a.png]}
	- {id: q, pages: [vk], text: Опрос, poll: {question: Где?, options: [а, б]}}
	END
	sim 'gp-post --dry-run p.yaml >out; echo $?; ls j.db*; for t in "$GP_SIM_TOKEN_FILE" "$GP_SIM_VK_USER" "$GP_SIM_OK_ACCESS" "$GP_SIM_MAX_BOT"; do grep -c -F -e "$(cat "$t")" out; done; grep -E "^(GET|POST)" out | sed "s|$GP_SIM_URL||"; grep -a bytes out; grep -o "attachments=[^&]*" out; grep -o "{\"text.*" out; written'
	assert_output - <<-'END'
	0
	0
	0
	0
	0
	POST /botTOKEN/sendPhoto
	POST /vk/method/photos.getWallUploadServer
	POST /vk/method/wall.post
	POST /ok/fb.do
	POST /ok/fb.do
	POST /max/uploads?type=image
	POST /max/messages?chat_id=-70000000000111
	POST /vk/method/polls.create
	POST /vk/method/wall.post
	(68 bytes)
	attachments=%7Bfile%7D
	attachments=%7Bpoll%7D
	{"text":"<b>Раз</b>","format":"html","attachments":[{"type":"image","payload":{"token":"{file}"}}]}
	END
}

# -- once ----------------------------------------------------------------------

@test "an answer that is lost is looked for; nothing goes twice" {
	plan <<<'- {id: a, text: "Ярмарка [тут](https://example.org/)"}'
	sim 'for m in sendMessage wall.post messages?chat_id; do fault -d kind=lost -d match=$m -d times=1; done; fault -d kind=lost -d match=fb.do -d times=1 -d after=0; post p.yaml 2>/dev/null | short; post p.yaml | short; written "[.network]"; gp-post --journal j.db --list'
	assert_output - <<-'END'
	["a@tg","post","sent"]
	["a@vk","post","sent"]
	["a@ok","post","sent"]
	["a@max","post","sent"]
	["telegram"]
	["vk"]
	["ok"]
	["max"]
	END
}

@test "what is in doubt is looked for behind all that was posted since" {
	plan <<<'- {id: a, text: Раз}'
	{
		echo 'pages: [tg, vk, ok, max]'
		echo 'posts:'
		for i in $(seq 120); do
			echo "- {id: n$i, at: \"2026-10-10T18:$((10 * (1 + (i - 1) / 40))):00+03:00\", text: Запись $i}"
		done
	} >more.yaml
	sim 'for m in sendMessage "POST /max/messages" fb.do; do fault -d kind=lost --data-urlencode "match=$m" -d times=1; done; fault -d kind=lost -d match=wall.post -d times=9
	for m in /s/ wall.get "GET /max/messages"; do fault -d kind=500 --data-urlencode "match=$m" -d times=9; done; fault -d kind=500 -d match=fb.do -d times=9
	post p.yaml 2>/dev/null | jq -r "if type == \"string\" then . else .status end"; sim fault -d clear=1 >/dev/null
	for m in 10 20 30; do at 2026-10-10T15:$m:00Z; gp-post --journal other more.yaml 2>/dev/null | jq -r .status | sort | uniq -c; done
	post --late 1d p.yaml 2>/dev/null | jq -r "[.network,.status,.result]|@tsv"; written "select(.text == \"Раз\") | [.network,.id]"'
	assert_output - <<-'END'
	unknown
	unknown
	unknown
	unknown
	status 75
	    160 sent
	    160 sent
	    160 sent
	telegram	sent	telegram:lipovka_adm/38
	vk	sent	vk:-210000111/34
	ok	sent	ok:55000000000111/153000000000000034
	max	sent	max:-70000000000111/mid.ffffb0006aca52f00000000000000022
	["telegram","telegram:lipovka_adm/38"]
	["vk","vk:-210000111/34"]
	["ok","ok:55000000000111/153000000000000034"]
	["max","max:-70000000000111/mid.ffffb0006aca52f00000000000000022"]
	END
}

@test "what is in doubt and was put off is looked for now, and goes out at its time" {
	printf 'pages: [max]\nposts:\n- {id: a, at: 2026-10-10 18:00, text: Раз}\n- {id: b, at: 2026-10-10 18:00, text: Два}\n' >p.yaml
	sim 'fault -d kind=lost -d match="POST /max/messages" -d times=1; fault -d kind=500 -d match="GET /max/messages" -d times=0; fault -d kind=reset -d match="POST /max/messages" -d times=1
	post p.yaml 2>/dev/null | jq -r ".status? // ."; sim fault -d clear=1 >/dev/null
	sed -i "s/at: 2026-10-10 18:00/at: 2026-10-15 10:00/" p.yaml
	post p.yaml 2>/dev/null | short; post p.yaml; written "[.text]"; at 2026-10-15T07:00:00Z; post p.yaml | short; written "[.text]"'
	assert_output - <<-'END'
	unknown
	unknown
	status 75
	["a@max","post","sent"]
	["b@max","post","failed","it did not arrive; it goes out at 2026-10-15 10:00"]
	"status 75"
	["Раз"]
	["b@max","post","sent"]
	["Раз"]
	["Два"]
	END
}

@test "what is in doubt stays so where it could not go again" {
	printf 'pages: [max]\nposts:\n- {id: a, text: Фото, files: [a.png]}\n' >p.yaml
	sim 'fault -d kind=lost -d match="POST /max/messages" -d times=1; fault -d kind=500 -d match="GET /max/messages" -d times=0
	post p.yaml 2>/dev/null | jq -r ".status? // ."; mv a.png c.png; post p.yaml 2>/dev/null | short
	gp-post --journal j.db --list | jq -r .status; sim fault -d clear=1 >/dev/null; mv c.png a.png; post p.yaml | short; written "[.text]"'
	assert_output - <<-'END'
	unknown
	status 75
	["a@max","post","unknown","it may be out, and could not go again: файл не читается: a.png: No such file or directory"]
	"status 75"
	unknown
	["a@max","post","sent"]
	["Фото"]
	END
}

@test "what is in doubt is not passed over: taken back, or its text put back" {
	printf 'pages: [max]\nposts:\n- {id: a, text: Раз, delete: no}\n' >p.yaml
	sim 'fault -d kind=lost -d match="POST /max/messages" -d times=1; fault -d kind=500 -d match="GET /max/messages" -d times=0
	post p.yaml 2>/dev/null | jq -r ".status? // ."; sed -i "s/delete: no/delete: yes/" p.yaml; post p.yaml
	post --diff -f ndjson p.yaml | jq -c "[.key,.due]"; sim fault -d clear=1 >/dev/null
	gp-post --journal j.db --resolve a@max sent "$(sim written | jq -r .id)"; post p.yaml | short
	printf "pages: [max]\nposts:\n- {id: b, text: Старый}\n" >p.yaml; post p.yaml | short
	sed -i s/Старый/Новый/ p.yaml; fault -d kind=lost -d match="PUT /max/messages" -d times=9
	post --edit p.yaml 2>/dev/null | jq -r ".status? // ."; sim fault -d clear=1 >/dev/null; written "[.text]" | tail -n 1
	sed -i s/Новый/Старый/ p.yaml; post p.yaml 2>/dev/null | short; post --edit p.yaml | short; written "[.text]" | tail -n 1; post p.yaml
	sed -i s/Старый/Новый/ p.yaml; post --edit p.yaml | short; post --edit p.yaml; written "[.text]" | tail -n 1'
	assert_output - <<-'END'
	unknown
	status 75
	"status 75"
	["a@max#delete","unknown"]
	["a@max#delete","delete","sent"]
	["b@max","post","sent"]
	unknown
	status 75
	["Новый"]
	["b@max#edit2","edit","refused","it is out with another text: --edit changes it"]
	"status 1"
	["b@max#edit2","edit","sent"]
	["Старый"]
	["b@max#edit3","edit","sent"]
	["Новый"]
	END
	assert_stderr --partial "a@max#delete: nobody knows whether it is out, or where"
}

@test "receipts that nobody took come again with --receipts, with the time of then" {
	plan <<<'- {id: a, pages: [vk, max], text: Раз}'
	sim 'gp-post --journal j.db p.yaml | false; echo "${PIPESTATUS[0]}"; post p.yaml >/dev/null; at 2026-10-12T15:00:00Z; post p.yaml
	post --receipts p.yaml | jq -r "[.key,.status,.at[:15],.result]|@tsv"; written "[.network]"'
	assert_output - <<-'END'
	74
	a@vk	duplicate	2026-10-10T15:0	vk:-210000111/34
	a@max	duplicate	2026-10-10T15:0	max:-70000000000111/mid.ffffb0006aca52f00000000000000022
	["vk"]
	["max"]
	END
	assert_stderr --partial "--receipts gives them again"
}

@test "a page that gets another name does not get its posts again" {
	plan <<<'- {id: a, pages: [vk, max], text: Раз, delete: no}'
	sim 'post p.yaml | short; sed -i "s/^  max:/  m2:/; s/^  vk:/  v2:/" gp.yaml; sed -i "s/\[vk, max\]/[v2, m2]/; s/\[tg, vk, ok, max\]/[v2]/" p.yaml
	post p.yaml; post --diff -f ndjson p.yaml | jq -c "[.key,.due]"; sed -i s/Раз/Два/ p.yaml; post --edit p.yaml | short
	sed -i "s/id: a/id: b/" p.yaml; post p.yaml | short; written "[.network,.text]"'
	assert_output - <<-'END'
	["a@vk","post","sent"]
	["a@max","post","sent"]
	["a@vk","out"]
	["a@max","out"]
	["a@vk#edit1","edit","sent"]
	["a@max#edit1","edit","sent"]
	["b@v2","post","sent"]
	["b@m2","post","sent"]
	["vk","Два"]
	["max","Два"]
	["vk","Два"]
	["max","Два"]
	END
}

@test "what a channel without a preview leaves in doubt a person decides" {
	plan <<-'END'
	- {id: a, pages: [tg], text: Раз}
	- {id: b, pages: [tg], text: Два}
	END
	sim 'sed -i "s,preview: [^,]*,preview: http://127.0.0.1:1," gp.yaml
	gp-post --journal j.db --list; echo "rc $?"
	fault -d kind=lost -d match=sendMessage -d times=2
	post p.yaml 2>/dev/null | jq -r "if type == \"string\" then . else .status end"
	gp-post --journal j.db --list | jq -r "[.key,.status]|@tsv"
	id=$(sim written | jq -r "select(.text == \"Раз\").id")
	for word in "" "sent ok:1/2" "sent 3 4" "later"; do gp-post --journal j.db --resolve a@tg $word; echo "rc $?"; done
	gp-post --journal j.db --list more; echo "rc $?"
	gp-post --journal j.db --resolve a@tg sent "$id"; echo "rc $?"
	gp-post --journal j.db --resolve b@tg resend; echo "rc $?"
	gp-post --journal j.db --list
	sed -i "s/Раз/Раз-другой/" p.yaml
	post --edit p.yaml 2>/dev/null | short; written "[.action,.text]"'
	assert_output - <<-'END'
	rc 65
	unknown
	unknown
	status 75
	a@tg	unknown
	b@tg	unknown
	rc 64
	rc 65
	rc 64
	rc 64
	rc 64
	rc 0
	rc 0
	["a@tg#edit1","edit","sent"]
	["b@tg","post","sent"]
	["post","Раз-другой"]
	["post","Два"]
	["post","Два"]
	END
	assert_stderr --partial 'there is no journal yet'
	assert_stderr --partial "--resolve a@tg: 'ok:1/2' is no id of telegram"
	assert_stderr --partial '--resolve a@tg: say sent [ID] or resend'
}

@test "refusals are named and leave nothing; the next run tries again" {
	plan <<<'- {id: a, text: Раз}'
	sim 'fault -d kind=telegram403 -d match=sendMessage -d times=1; fault -d kind=vk214 -d match=wall.post -d times=1; post p.yaml 2>/dev/null | short; post p.yaml | short; written "[.network]"'
	assert_output --regexp '^\["a@tg","post","(refused|sent).*
\["a@vk","post","refused",".*214.*
\["a@ok","post","sent"\]
\["a@max","post","sent"\]
"status 1"
(.*
)*\["a@vk","post","sent"\]
'
}

@test "two at once post once" {
	{ echo 'pages: [tg, vk, ok, max]'; echo 'posts:'; for i in $(seq 15); do echo "- {id: n$i, text: Запись $i}"; done; } >p.yaml
	sim 'post --wait 60s p.yaml >1 2>err1 & post --wait 60s p.yaml >2 2>err2; wait; cat err1 err2; cat 1 2 | jq -r "select(.status==\"sent\").key" | sort | uniq -d; cat 1 2 | jq -r "select(.status==\"sent\").key" | wc -l; written "[.network,.text]" | sort | uniq -c | sort -rn | head -n 1 | tr -s " "; written | wc -l'
	assert_output --regexp '^60
 1 .*
60$'
}

@test "without a token, without a journal's room: named, and no post" {
	plan <<<'- {id: a, pages: [tg], text: Раз}'
	sim 'sed -i "s|file: $GP_SIM_TOKEN_FILE|file: /none|" gp.yaml; post p.yaml 2>err | short; grep -c none err; gp-post --journal /none/j.db p.yaml; echo $?; written'
	assert_output --regexp '^\["a@tg","post","failed",.*
"status 77"
1
(74|73|78)$'
}

@test "wrong plans and command lines" {
	echo 'posts: [{id: a, txt: b}]' >p.yaml
	printf 'pages: {}\n' >c.yaml
	run --separate-stderr gp-post -c c.yaml --journal j.db p.yaml
	assert_failure 65
	assert_stderr --partial "p.yaml:1:17: unknown key 'txt'"
	run --separate-stderr gp-post -c c.yaml --check --diff
	assert_failure 64
	run --separate-stderr gp-post -c c.yaml --links
	assert_failure 64
	run --separate-stderr gp-post -c c.yaml --journal j.db none.yaml
	assert_failure 65
	run --separate-stderr gp-post -c c.yaml --journal j.db none.ndjson
	assert_failure 74
	run --separate-stderr gp-post -c c.yaml --journal j.db --strict <<<'{'
	assert_failure 65
	run --separate-stderr gp-post -c c.yaml --journal j.db </dev/null
	assert_success
	assert_output ''
	assert_stderr ''
}

@test "the shipped plan is sound" {
	sed -e 's/zarechny-//g' "$GP_SRC/lib/data/plan.yaml" >p.yaml
	sim 'at 2026-11-02T05:00:00Z; post --check p.yaml | jq -c "[.level,.rule,.of]"'
	assert_output - <<-'END'
	["warning","poll.apart","opros-katok@tg"]
	["warning","poll.text","opros-katok@max"]
	["warning","poll.text","viktorina-most@max"]
	END
}
