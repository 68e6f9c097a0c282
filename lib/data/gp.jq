# gp.jq: words for the records of gp, gp-record(5). gp-cookbook(7) lists them.
#
# Those of the last part take a list: `records`, or what jq -s has read. No
# word hides one of jq's own, and all run on jq 1.6.

# -- what a record is -------------------------------------------------------

def is_post: .type == "post";
def is_comment: .type == "comment";
def is_message: .type == "message";
def is_talk: is_comment or is_message;

# Written for the page: its posts, and what its people write under them.
def is_official:
  (is_talk and .author.official == true) or
  (is_post and (.author == null or .author.official == true));

# A comment or message of anybody else.
def is_citizen: is_talk and .author.official != true;

# As gp-report(1) counts them.
def is_appeal:
  is_citizen and (.deleted or .duplicate_of | not) and
  ((.class | type) != "object" or
    (.class.kind | IN("complaint", "question", "suggestion", "danger")));

# What a person can open, else the id.
def link: .url // .id;

# -- instants: of one that is not known, null -------------------------------

def _known(f): if . == null then null else f end;

# "+03:00" as seconds.
def _offset:
  if . == "Z" then 0
  else (if .[:1] == "-" then -1 else 1 end) *
    ((.[1:3] | tonumber) * 3600 + (.[4:6] | tonumber) * 60)
  end;

# Days since 1970 by the calendar of Gregory; a year begins in March.
def _days($year; $month; $day):
  (if $month <= 2 then $year - 1 else $year end) as $y |
  $y * 365 + ($y / 4 | floor) - ($y / 100 | floor) + ($y / 400 | floor) +
  ((($month + 9) % 12 * 153 + 2) / 5 | floor) + $day - 719469;

# An instant of a record as seconds since 1970; fractions are dropped. Not
# with fromdate: in jq 1.6 that is an hour off where $TZ has summer time.
def epoch: _known(
  if test("^[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$")
  then
    ([.[:4], .[5:7], .[8:10], .[11:13], .[14:16], .[17:19]] | map(tonumber))
      as [$year, $month, $day, $hour, $minute, $second] |
    _days($year; $month; $day) * 86400 + $hour * 3600 + $minute * 60 + $second -
    (if .[-1:] == "Z" then "Z" else .[-6:] end | _offset)
  else error("not an instant: \(.)") end);

# The time by the clocks of a place: "2026-10-31 18:00". Without an offset,
# that of Moscow.
def local($offset):
  _known(epoch + ($offset | _offset) | strftime("%Y-%m-%d %H:%M"));
def local: local("+03:00");

# "2026-10-31".
def day($offset): local($offset) | _known(.[:10]);
def day: day("+03:00");

# The week by ISO 8601: "2026-W44". It begins on Monday.
def week($offset):
  _known(epoch + ($offset | _offset) | strftime("%G-W%V"));
def week: week("+03:00");

# 0 to 23.
def hour($offset): local($offset) | _known(.[11:13] | tonumber);
def hour: hour("+03:00");

def tenths: . * 10 | round / 10;

# With one decimal; below 0 where the second is the earlier one.
def hours_between($from; $to):
  if $from == null or $to == null then null
  else (($to | epoch) - ($from | epoch)) / 3600 | tenths end;

# What counts as now, in seconds: $GP_NOW as everywhere in gp.
def clock: env.GP_NOW // "" | if . == "" then now | floor else epoch end;

# Hours from an instant to now.
def hours_ago: _known((clock - epoch) / 3600 | tenths);

# -- text, ids, cells -------------------------------------------------------

# Control characters, and marks that turn the direction of writing.
def _unprintable:
  . < 32 or (. >= 127 and . < 160) or . == 8232 or . == 8233 or
  (. >= 8234 and . <= 8238) or (. >= 8294 and . <= 8297) or
  . == 8206 or . == 8207 or . == 1564 or . == 65279;

# On one line, and harmless for a terminal.
def printable:
  if . == null then "" else tostring end | explode |
  map(if _unprintable then 32 else . end) | implode |
  split(" ") | map(select(. != "")) | join(" ");

# The same, at most so many characters of it.
def short($n): printable | if length > $n then .[:$n - 1] + "…" else . end;

# "telegram:-1001/7" is ["telegram", "-1001", "7"]. The parts stay strings: jq
# 1.6 rounds numbers above 2^53, and so do spreadsheets.
def id_parts: index(":") as $i | [.[:$i]] + (.[$i + 1:] | split("/"));

# For sort_by: 9 before 10, with no number made of either.
def id_order: id_parts | map([length, .]);

# A list of values as a line for a terminal, sort(1) or join(1).
def tsv:
  map(if type == "string" then printable else . end) | @tsv;

def _formula: .[:1] | IN("=", "+", "-", "@", "\t", "\r", "\n");

# A value as a cell for a Russian Excel. What could be run as a formula, and
# digits that are a name and no number, get an apostrophe in front.
def excel_cell:
  . as $raw | type as $type |
  if . == null then ""
  elif $type == "number" then tostring | gsub("[.]"; ",")
  else
    printable |
    if $type != "string" or . == "" then .
    elif _formula or ($raw | _formula) or test("^[0-9]+([.,][0-9]+)?$")
    then "'" + .
    else . end |
    if test("[\";]") then "\"" + gsub("\""; "\"\"") + "\"" else . end
  end;

# A list of values as a line; the line end of jq -r makes it CR LF.
def excel_row: map(excel_cell) | join(";") + "\r";

# A list of records as the lines of a file that a double click opens:
# excel(["Когда", "Текст"]; [(.at | local), .text]).
def excel(head; row): "\ufeff" + (head | excel_row), (.[] | row | excel_row);

# -- lists ------------------------------------------------------------------

# This record and all that follow it, in memory.
def records: [., inputs];

# Of every id the last version, at the place of the first.
def newest:
  . as $all |
  reduce range(length) as $i ({}; .[$all[$i].id // "\($i)"] = $all[$i]) |
  [.[]];

# null where there is nothing to take a part of.
def percent($part; $whole):
  if $whole == 0 then null else $part * 100 / $whole | tenths end;

# How often each value of f is there, the most frequent first: a list of
# {key, n, percent}.
def count_by(f):
  [.[] | f] | length as $all | group_by(.) |
  map({key: .[0], n: length, percent: percent(length; $all)}) |
  sort_by([-.n, .key]);

# Of a list of numbers; null where there are none.
def median:
  sort | length as $n | ($n / 2 | floor) as $half |
  if $n == 0 then null
  elif $n % 2 == 1 then .[$half]
  else (.[$half - 1] + .[$half]) / 2 | tenths end;

# The id of what a record answers; null: it is no answer. As in gp-report(1).
def _answers:
  if is_talk then
    if is_official and (.deleted | not) then .parent else null end
  elif .type == "reply" then .to
  elif .type == "receipt" and
    (.status == null or .status == "sent" or .status == "duplicate") then .to
  else null end;

# The appeals in a list, the newest version of each, with answered (true or
# false) and hours: until the first answer, or until now. If answered, with
# answered_at and answered_by, the name of who did.
def appeals:
  (reduce (.[] | select(_answers != null)) as $r ({};
    ($r | _answers) as $id |
    if .[$id] == null or $r.at < .[$id].at then .[$id] = $r else . end
  )) as $first |
  newest | map(select(is_appeal and .id) | $first[.id] as $answer |
    .answered = ($answer != null) |
    if $answer.at == null then .
    else .answered_at = $answer.at | .answered_by = $answer.author.name end |
    .hours = if .answered then hours_between(.at; .answered_at)
      else .at | hours_ago end |
    with_entries(select(.value != null)));

# The message that a talk began with; all of a private chat is one.
def thread: if is_message then .chat else .thread // .id end;

# The talks in a list, the oldest first: thread, post, at, last (instants),
# written (comments and messages), open (appeals that nobody answered),
# answered (none is open) and url.
def threads:
  (appeals | map({key: .id, value: .answered}) | from_entries) as $answered |
  newest | map(select(is_talk and (.deleted | not))) | group_by(thread) |
  map(sort_by(.at) | {
    thread: (.[0] | thread), post: .[0].post, at: .[0].at, last: .[-1].at,
    written: length, open: (map(select($answered[.id] == false)) | length),
    url: (.[0] | link)
  } | .answered = (.open == 0) | with_entries(select(.value != null))) |
  sort_by(.at);
