#include "term/place.h"

#include <stdlib.h>
#include <string.h>

#include "term/place_words.h"
#include "text/fold.h"
#include "text/stem.h"
#include "text/token.h"

enum {
	DEEPEST = 8
};

struct entry {
	const char *name, *kind, *bare;
	struct gp_yaml_list forms;
	const struct gp_yaml *places, *streets;
};

struct filling {
	struct gp_places *p;
	struct gp_yaml_doc *doc;
	struct gp_stem *stem;
	struct gp_why *why;
	struct gp_buf folded;
	int depth;
};

#define AT(m) offsetof(struct entry, m)
#define KINDS "district|town|area|street"

/* clang-format off */
static const struct gp_yaml_field fields[] = {
	{ "name", GP_Y_TEXT, AT(name), 1, NULL, NULL, 0 },
	{ "kind", GP_Y_WORD, AT(kind), 0, KINDS, NULL, 0 },
	{ "bare", GP_Y_WORD, AT(bare), 0, "yes|no", NULL, 0 },
	{ "forms", GP_Y_TEXTS, AT(forms), 0, NULL, NULL, 0 },
	{ "places", GP_Y_NODE, AT(places), 0, NULL, NULL, 0 },
	{ "streets", GP_Y_NODE, AT(streets), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
/* clang-format on */

static int
no_memory(struct filling *f)
{
	return gp_because(f->why, "no memory");
}

static int
ends(struct gp_span s, const char *with)
{
	size_t n = strlen(with);

	return s.n > n && memcmp(s.p + s.n - n, with, n) == 0;
}

/* An adjective declines also in the name of a street. */
static int
is_adjective(struct gp_span s)
{
	static const char *const with[] = { "ая", "яя", "ое", "ее", "ый", "ий",
		"ой" };
	size_t i;

	for (i = 0; i < sizeof(with) / sizeof(with[0]); i++)
		if (ends(s, with[i]))
			return 1;
	return 0;
}

/* The atom of a word of a name; a street's noun stands as it is. */
static long
atom_of(struct filling *f, struct gp_span raw, int declines)
{
	struct gp_span s;

	gp_buf_reset(&f->folded);
	gp_fold_word(&f->folded, raw);
	s = gp_buf_span(&f->folded);
	if (s.n == 0 || memchr(s.p, '\0', s.n) != NULL)
		return -1;
	if (!declines && !is_adjective(s))
		return gp_atom_make(f->p->atoms, GP_ATOM_EXACT, s);
	return gp_atom_make(
	    f->p->atoms, GP_ATOM_STEM, gp_stem_word(f->stem, s));
}

static struct gp_place_form *
more_forms(struct gp_places *p)
{
	size_t cap = p->form_cap == 0 ? 256 : p->form_cap * 2;
	struct gp_place_form *v;

	if (p->forms == p->form_cap) {
		v = realloc(p->form, cap * sizeof(*v));
		if (v == NULL)
			return NULL;
		p->form = v;
		p->form_cap = cap;
	}
	v = &p->form[p->forms++];
	memset(v, 0, sizeof(*v));
	return v;
}

/* A way to write the name; words for kinds of places are left out. */
static int
add_form(struct filling *f, unsigned place, const struct gp_yaml *at,
    const char *name, int declines)
{
	struct gp_place_form *form = more_forms(f->p);
	struct gp_tokens in;
	struct gp_token t;
	long atom;

	if (form == NULL)
		return no_memory(f);
	form->place = place;
	gp_tokens_init(&in, gp_span_of(name));
	while (gp_tokens_next(&in, &t)) {
		if (t.kind != GP_TOKEN_WORD)
			continue;
		gp_buf_reset(&f->folded);
		gp_fold_word(&f->folded, t.raw);
		if (gp_place_word(gp_buf_span(&f->folded)) != 0)
			continue;
		if (form->n == GP_PLACE_WORDS)
			return gp_yaml_because(f->doc, at, f->why,
			    "'%s' has more than %d words", name,
			    GP_PLACE_WORDS);
		atom = atom_of(f, t.raw, declines);
		if (atom == -1)
			return no_memory(f);
		form->atom[form->n++] = (unsigned)atom;
	}
	if (form->n == 0)
		return gp_yaml_because(
		    f->doc, at, f->why, "'%s' is no name of a place", name);
	return 0;
}

/* Elets is "Ельце", Torzhok "Торжке": the vowel flees, and the stem differs. */
static int
add_fleeting(struct filling *f, unsigned place, const struct gp_yaml *at,
    const char *name)
{
	struct gp_span s = gp_span_of(name);
	char form[256];
	int cut = 0;

	if (s.n > sizeof(form) / 2)
		return 0;
	if (ends(s, "ец") || ends(s, "ок"))
		cut = (int)s.n - 4;
	if (cut <= 2)
		return 0;
	memcpy(form, name, (size_t)cut);
	memcpy(form + cut, ends(s, "ок") ? "ка" : "ца", sizeof("ка"));
	if (add_form(f, place, at, form, 1) == -1)
		return -1;
	if (ends(s, "ок"))
		return 0;
	memcpy(form + cut, "ьца", sizeof("ьца"));
	return add_form(f, place, at, form, 1);
}

static char *
label(struct gp_places *p, const struct gp_place *v)
{
	struct gp_buf b;
	const struct gp_place *in =
	    v->in != GP_PLACE_NONE ? &p->v[v->in] : NULL;

	gp_buf_init(&b, 0);
	if (in != NULL && in->kind != GP_PLACE_DISTRICT)
		gp_buf_addf(&b, "%s, ", in->label);
	if (v->kind == GP_PLACE_STREET && !gp_place_has_word(v->name))
		gp_buf_adds(&b, "ул. ");
	gp_buf_adds(&b, v->name);
	return gp_buf_detach(&b);
}

static int
word_no(const char *words, const char *word)
{
	size_t n = strlen(word);
	int no = 0;

	for (; strncmp(words, word, n) != 0; no++)
		words += strcspn(words, "|") + 1;
	return no;
}

/* Adds a place; its number into *no. */
static int
add(struct filling *f, const struct gp_yaml *at, const struct entry *e, long in,
    enum gp_place_kind kind, long *no)
{
	struct gp_places *p = f->p;
	size_t cap = p->cap == 0 ? 64 : p->cap * 2, i;
	const char *const *form = e->forms.v;
	struct gp_place *v = p->v;

	if (p->n == p->cap) {
		v = realloc(v, cap * sizeof(*v));
		if (v == NULL)
			return no_memory(f);
		p->v = v;
		p->cap = cap;
	}
	*no = (long)p->n;
	v = &p->v[p->n++];
	*v = (struct gp_place){ e->name, NULL, kind, in,
		e->bare != NULL ? strcmp(e->bare, "yes") == 0
				: kind != GP_PLACE_DISTRICT,
		kind == GP_PLACE_STREET
		    ? gp_place_has_word(e->name) / GP_WORD_SORT
		    : 0,
		at };
	v->label = label(p, v);
	if (v->label == NULL)
		return no_memory(f);
	if (add_form(f, (unsigned)*no, at, e->name, kind != GP_PLACE_STREET) ==
	    -1)
		return -1;
	if (kind != GP_PLACE_STREET &&
	    add_fleeting(f, (unsigned)*no, at, e->name) == -1)
		return -1;
	for (i = 0; i < e->forms.n; i++)
		if (add_form(f, (unsigned)*no, at, form[i], 1) == -1)
			return -1;
	return 0;
}

static int add_list(
    struct filling *, const struct gp_yaml *, long in, enum gp_place_kind);

static int
add_map(struct filling *f, const struct gp_yaml *at, long in,
    enum gp_place_kind kind)
{
	struct entry e = { 0 };
	long no;

	if (gp_yaml_fill(f->doc, at, fields, &e, f->why) == -1)
		return -1;
	if (e.kind != NULL)
		kind = (enum gp_place_kind)word_no(KINDS, e.kind);
	if (add(f, at, &e, in, kind, &no) == -1)
		return -1;
	if (e.places != NULL && add_list(f, e.places, no, GP_PLACE_TOWN) == -1)
		return -1;
	if (e.streets != NULL &&
	    add_list(f, e.streets, no, GP_PLACE_STREET) == -1)
		return -1;
	return 0;
}

/* Of names alone, or of maps. */
static int
add_list(struct filling *f, const struct gp_yaml *list, long in,
    enum gp_place_kind kind)
{
	const struct gp_yaml *v;
	struct entry e = { 0 };
	size_t i;
	long no;
	int r = 0;

	if (list->type != GP_YAML_LIST)
		return gp_yaml_because(
		    f->doc, list, f->why, "places must be a list");
	if (++f->depth > DEEPEST)
		return gp_yaml_because(f->doc, list, f->why,
		    "places within places, more than %d deep", DEEPEST);
	for (i = 0; r == 0 && i < list->n; i++) {
		v = &list->item[i];
		e.name = v->type == GP_YAML_SCALAR ? v->text.p : NULL;
		if (v->type == GP_YAML_MAP)
			r = add_map(f, v, in, kind);
		else if (e.name == NULL || v->text.n != strlen(e.name))
			r = gp_yaml_because(f->doc, v, f->why,
			    "a place must be a name or a map");
		else
			r = add(f, v, &e, in, kind, &no);
	}
	f->depth--;
	return r;
}

/* Lists of forms by first atom, and what atoms are words for. */
static int
index_forms(struct filling *f)
{
	struct gp_places *p = f->p;
	size_t i, n;
	long *at;

	if (gp_place_words_make(p, f->stem) == -1)
		return no_memory(f);
	n = p->atoms->n;
	p->first = malloc((n + 1) * sizeof(*p->first));
	if (p->first == NULL)
		return no_memory(f);
	for (i = 0; i < n; i++)
		p->first[i] = -1;
	for (i = 0; i < p->forms; i++) {
		at = &p->first[p->form[i].atom[0]];
		p->form[i].next = *at;
		*at = (long)i;
	}
	return 0;
}

int
gp_places_fill(struct gp_places *p, struct gp_atoms *atoms,
    struct gp_yaml_doc *doc, const struct gp_yaml *list, struct gp_why *why)
{
	struct filling f = { .p = p, .doc = doc, .why = why };
	int r;

	memset(p, 0, sizeof(*p));
	p->doc = doc;
	p->atoms = atoms;
	gp_buf_init(&f.folded, 0);
	f.stem = gp_stem_new("ru");
	if (f.stem == NULL)
		r = no_memory(&f);
	else
		r = add_list(&f, list, GP_PLACE_NONE, GP_PLACE_TOWN);
	if (r == 0)
		r = index_forms(&f);
	gp_stem_free(f.stem);
	gp_buf_release(&f.folded);
	if (r == -1)
		gp_places_release(p);
	return r;
}

void
gp_places_release(struct gp_places *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		free(p->v[i].label);
	free(p->v);
	free(p->form);
	free(p->first);
	free(p->word);
	free(p->prep);
	memset(p, 0, sizeof(*p));
}

int
gp_place_within(const struct gp_places *p, long place, long outer)
{
	for (; place != GP_PLACE_NONE; place = p->v[place].in)
		if (place == outer)
			return 1;
	return 0;
}

/* 1: the path, read from its end, names the place and what holds it. */
static int
is_path(const struct gp_places *p, long place, const char *path, size_t n)
{
	const char *slash = memrchr(path, '/', n);
	const char *name = slash != NULL ? slash + 1 : path;
	size_t len = n - (size_t)(name - path);

	if (strlen(p->v[place].name) != len ||
	    memcmp(p->v[place].name, name, len) != 0)
		return 0;
	if (slash == NULL)
		return 1;
	for (place = p->v[place].in; place != GP_PLACE_NONE;
	     place = p->v[place].in)
		if (is_path(p, place, path, (size_t)(slash - path)))
			return 1;
	return 0;
}

long
gp_places_find(const struct gp_places *p, const char *path)
{
	long found = GP_PLACE_NONE;
	size_t i;

	for (i = 0; i < p->n; i++) {
		if (!is_path(p, (long)i, path, strlen(path)))
			continue;
		if (found != GP_PLACE_NONE)
			return -2;
		found = (long)i;
	}
	return found;
}
