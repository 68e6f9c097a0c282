// The one C++ file: simdjson's on-demand reader behind json.h.
#include "json/json.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include <simdjson.h>

#include "json/scalar.h"

using namespace simdjson;

namespace
{

using members = std::vector<gp_json_member>;

// What is wrong, in our words; simdjson's own speak of its inner workings.
const char *
reason(error_code e)
{
	switch (e) {
	case UTF8_ERROR:
		return "not UTF-8";
	case UNESCAPED_CHARS:
		return "not JSON: a control character in a string";
	case UNCLOSED_STRING:
		return "not JSON: a string without its end";
	case DEPTH_ERROR:
		return "too deep";
	case EMPTY:
		return "not JSON: empty";
	case INCOMPLETE_ARRAY_OR_OBJECT:
		return "not JSON: cut off";
	case CAPACITY:
	case MEMALLOC:
		return "no memory";
	default:
		return "not JSON: a comma, colon or bracket is missing or "
		       "misplaced";
	}
}

enum : int {
	BAD_ESCAPE = -2,
	BAD_NUMBER = -3,
	BAD_WORD = -4,
	TWICE = -5,
	TOO_DEEP = -6,
	TOO_MANY = -7,
	NO_MEMORY = -8,
	BAD_UTF8 = -9
};

const char *
own_reason(int code)
{
	switch (code) {
	case BAD_ESCAPE:
		return "not JSON: a wrong escape in a string";
	case BAD_NUMBER:
		return "not JSON: a malformed number";
	case BAD_WORD:
		return "not JSON: a word that is not true, false or null";
	case TWICE:
		return "a member stands twice";
	case TOO_DEEP:
		return "too deep";
	case TOO_MANY:
		return "too many members";
	case BAD_UTF8:
		return "not UTF-8";
	default:
		return "no memory";
	}
}

gp_span
trim(const char *p, const char *end)
{
	while (end > p &&
	    (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\n' ||
		end[-1] == '\r'))
		end--;
	return { p, static_cast<size_t>(end - p) };
}

// The bytes of a key between its quotes.
gp_span
key_span(const char *p)
{
	const char *q = p;

	while (*q != '"')
		q += *q == '\\' ? 2 : 1;
	return { p, static_cast<size_t>(q - p) };
}

} // namespace

struct gp_json_reader {
	ondemand::parser parser;
	std::vector<std::unique_ptr<members>> pool; // one an object opened
	size_t used = 0;
	int flags = 0;

	members *take();
	int scalar(gp_json &);
	int walk(ondemand::value, gp_json &, int depth);
	int array(ondemand::array, int depth, members *);
	int object(ondemand::object, int depth, members *);
	int root(gp_span, gp_json_obj *);
	int rest(ondemand::document &, gp_span, gp_span &whole);
};

members *
gp_json_reader::take()
{
	if (used == pool.size())
		pool.push_back(std::make_unique<members>());
	pool[used]->clear();
	return pool[used++].get();
}

// Judges a scalar whose raw text is set; simdjson leaves that to a visitor.
int
gp_json_reader::scalar(gp_json &v)
{
	switch (v.text.p[0]) {
	case '"':
		v.type = GP_JSON_STRING;
		return gp_scalar_string(v.text) ? 0 : BAD_ESCAPE;
	case 't':
	case 'f':
		v.type = GP_JSON_BOOL;
		return gp_span_is(v.text, "true") || gp_span_is(v.text, "false")
		    ? 0
		    : BAD_WORD;
	case 'n':
		v.type = GP_JSON_NULL;
		return gp_span_is(v.text, "null") ? 0 : BAD_WORD;
	case ',':
	case ':':
	case ']':
	case '}':
		return TAPE_ERROR;
	default:
		v.type = GP_JSON_NUMBER;
		if (v.text.p[0] != '-' &&
		    (v.text.p[0] < '0' || v.text.p[0] > '9'))
			return BAD_WORD;
		return gp_scalar_number(v.text) ? 0 : BAD_NUMBER;
	}
}

int
gp_json_reader::walk(ondemand::value in, gp_json &v, int depth)
{
	std::string_view raw = in.raw_json_token();
	const char *end;
	int r;

	v.text = trim(raw.data(), raw.data() + raw.size());
	if (v.text.n == 0)
		return TAPE_ERROR;
	if (v.text.p[0] == '"') {
		// Taken, not left to be passed over: simdjson would see a
		// string before a colon as a key, wherever it stands.
		ondemand::raw_json_string s;
		error_code e = in.get_raw_json_string().get(s);
		return e != SUCCESS ? e : scalar(v);
	}
	if (v.text.p[0] != '{' && v.text.p[0] != '[')
		return scalar(v);
	if (depth >= GP_MAX_DEPTH)
		return TOO_DEEP;
	v.type = v.text.p[0] == '{' ? GP_JSON_OBJECT : GP_JSON_ARRAY;
	if (v.type == GP_JSON_OBJECT) {
		ondemand::object o;
		error_code e = in.get_object().get(o);
		r = e != SUCCESS ? e : object(o, depth + 1, nullptr);
	} else {
		ondemand::array a;
		error_code e = in.get_array().get(a);
		r = e != SUCCESS ? e : array(a, depth + 1, nullptr);
	}
	if (r != 0)
		return r;
	// The reader stands at the next token; what lies between is space.
	error_code e = in.current_location().get(end);
	if (e != SUCCESS)
		return e;
	v.text = trim(v.text.p, end);
	return 0;
}

int
gp_json_reader::array(ondemand::array a, int depth, members *to)
{
	gp_json_member m = {};

	for (auto item : a) {
		ondemand::value v;
		error_code e = item.get(v);
		if (e != SUCCESS)
			return e;
		int r = walk(v, m.value, depth);
		if (r != 0)
			return r;
		if (to != nullptr)
			to->push_back(m);
	}
	return 0;
}

static bool
twice(std::vector<std::string> &keys)
{
	std::sort(keys.begin(), keys.end());
	return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

// The key with its escapes undone: "a" and "\u0061" are one name.
static std::string
plain_key(gp_span key)
{
	gp_buf b;
	gp_buf_init(&b, 0);
	gp_json quoted = { GP_JSON_STRING, { key.p - 1, key.n + 2 } };
	gp_json_text(quoted, &b);
	std::string s(gp_buf_str(&b), b.n);
	gp_buf_release(&b);
	return s;
}

int
gp_json_reader::object(ondemand::object o, int depth, members *to)
{
	std::vector<std::string> keys;
	gp_json_member m = {};
	size_t n = 0;

	for (auto item : o) {
		ondemand::field f;
		error_code e = std::move(item).get(f);
		if (e != SUCCESS)
			return e;
		m.key = key_span(f.key().raw());
		if (!gp_scalar_string({ m.key.p - 1, m.key.n + 2 }))
			return BAD_ESCAPE;
		int r = walk(f.value(), m.value, depth);
		if (r != 0)
			return r;
		if (flags & GP_JSON_STRICT)
			keys.push_back(plain_key(m.key));
		// At every depth: what was opened can be entered.
		if (++n > GP_MAX_MEMBERS)
			return TOO_MANY;
		if (to != nullptr)
			to->push_back(m);
	}
	return (flags & GP_JSON_STRICT) && twice(keys) ? TWICE : 0;
}

// After the root: nothing but white space.
int
gp_json_reader::rest(ondemand::document &doc, gp_span line, gp_span &whole)
{
	const char *end;

	if (doc.current_location().get(end) == SUCCESS)
		return TRAILING_CONTENT;
	whole = trim(line.p, line.p + line.n);
	while (whole.n > 0 && std::strchr(" \t\r\n", whole.p[0]) != nullptr) {
		whole.p++;
		whole.n--;
	}
	char last = whole.n == 0 ? '\0' : whole.p[whole.n - 1];
	return last == '}' || last == ']' ? 0 : TRAILING_CONTENT;
}

int
gp_json_reader::root(gp_span line, gp_json_obj *to)
{
	ondemand::document doc;
	padded_string_view text(line.p, line.n, line.n + GP_PAD);
	error_code e = parser.iterate(text).get(doc);
	members *list = take();
	ondemand::json_type type;
	int r;

	if (e == SUCCESS)
		e = doc.type().get(type);
	if (e != SUCCESS)
		return e;
	if (type == ondemand::json_type::object) {
		ondemand::object o;
		e = doc.get_object().get(o);
		r = e != SUCCESS ? e : object(o, 1, list);
	} else {
		ondemand::array a;
		e = doc.get_array().get(a);
		r = e != SUCCESS ? e : array(a, 1, list);
	}
	if (r == 0)
		r = rest(doc, line, to->text);
	to->m = list->data();
	to->n = list->size();
	return r;
}

extern "C" struct gp_json_reader *
gp_json_new(void)
{
	return new (std::nothrow) gp_json_reader;
}

extern "C" void
gp_json_free(struct gp_json_reader *r)
{
	delete r;
}

// What the line is, when it is no object: for the message.
static const char *
instead(gp_span line)
{
	size_t i = 0;

	while (i < line.n && std::strchr(" \t\r\n", line.p[i]) != nullptr)
		i++;
	if (i == line.n)
		return "not JSON: empty";
	switch (line.p[i]) {
	case '{':
		return nullptr;
	case '[':
		return "an array, not an object";
	case '"':
		return "a string, not an object";
	default:
		return "not a JSON object";
	}
}

extern "C" int
gp_json_open(struct gp_json_reader *r, struct gp_span line, int flags,
    struct gp_json_obj *to, struct gp_why *why)
{
	const char *other = instead(line);
	int code;

	*to = {};
	if (other != nullptr &&
	    !((flags & GP_JSON_ANY) &&
		std::strcmp(other, "an array, not an object") == 0))
		return gp_because(why, "%s", other);
	r->flags = flags;
	r->used = 0;
	try {
		code = r->root(line, to);
	} catch (const std::exception &) {
		code = NO_MEMORY;
	}
	if (code == 0)
		return 0;
	*to = {};
	return gp_because(why, "%s",
	    code < 0 ? own_reason(code)
		     : reason(static_cast<error_code>(code)));
}

extern "C" int
gp_json_enter(
    struct gp_json_reader *r, struct gp_json v, struct gp_json_obj *to)
{
	*to = {};
	if (v.type != GP_JSON_OBJECT && v.type != GP_JSON_ARRAY)
		return 0;
	r->flags = 0;
	try {
		return r->root(v.text, to) == 0 ? 0 : -1;
	} catch (const std::exception &) {
		*to = {};
		return -1;
	}
}
