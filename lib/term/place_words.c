#include "term/place_words.h"

#include <stdlib.h>
#include <string.h>

#include "text/fold.h"
#include "text/token.h"

#define STREET(sort) (GP_PLACE_STREET + 1 + GP_WORD_SORT * (sort))
#define OTHER(kind)  (GP_PLACE_##kind + 1)

/* Folded: ё is е. Those marked `stem` in any case. */
static const struct {
	const char *word;
	int code, stem;
} words[] = {
	{ "улица", STREET(0), 1 },
	{ "ул", STREET(0), 0 },
	{ "переулок", STREET(1), 1 },
	{ "переулка", STREET(1), 1 },
	{ "пер", STREET(1), 0 },
	{ "проспект", STREET(2), 1 },
	{ "пр", STREET(2), 0 },
	{ "просп", STREET(2), 0 },
	{ "проезд", STREET(3), 1 },
	{ "бульвар", STREET(4), 1 },
	{ "шоссе", STREET(5), 1 },
	{ "ш", STREET(5), 0 },
	{ "набережная", STREET(6), 1 },
	{ "наб", STREET(6), 0 },
	{ "площадь", STREET(7), 1 },
	{ "пл", STREET(7), 0 },
	{ "тупик", STREET(8), 1 },
	{ "аллея", STREET(9), 1 },
	{ "город", OTHER(TOWN), 1 },
	{ "г", OTHER(TOWN), 0 },
	{ "поселок", OTHER(TOWN), 1 },
	{ "поселка", OTHER(TOWN), 1 },
	{ "пос", OTHER(TOWN), 0 },
	{ "пгт", OTHER(TOWN), 0 },
	{ "п", OTHER(TOWN), 0 },
	{ "село", OTHER(TOWN), 1 },
	{ "селе", OTHER(TOWN), 0 },
	{ "с", OTHER(TOWN), 0 },
	{ "деревня", OTHER(TOWN), 1 },
	{ "дер", OTHER(TOWN), 0 },
	{ "д", OTHER(TOWN), 0 },
	{ "станица", OTHER(TOWN), 1 },
	{ "хутор", OTHER(TOWN), 1 },
	{ "аул", OTHER(TOWN), 1 },
	{ "район", OTHER(DISTRICT), 1 },
	{ "округ", OTHER(DISTRICT), 1 },
	{ "микрорайон", OTHER(AREA), 1 },
	{ "мкр", OTHER(AREA), 0 },
	{ "мкрн", OTHER(AREA), 0 },
	{ "мкрн", OTHER(AREA), 0 },
	{ "квартал", OTHER(AREA), 1 },
	{ "снт", OTHER(AREA), 0 },
	{ "днт", OTHER(AREA), 0 },
	{ "жк", OTHER(AREA), 0 },
};

static const struct {
	const char *word;
	int mark;
} marks[] = {
	{ "на", GP_PREP },
	{ "по", GP_PREP },
	{ "в", GP_PREP },
	{ "во", GP_PREP },
	{ "из", GP_PREP },
	{ "с", GP_PREP },
	{ "со", GP_PREP },
	{ "у", GP_PREP },
	{ "от", GP_PREP },
	{ "до", GP_PREP },
	{ "за", GP_PREP },
	{ "к", GP_PREP },
	{ "под", GP_PREP },
	{ "над", GP_PREP },
	{ "через", GP_PREP },
	{ "около", GP_PREP },
	{ "возле", GP_PREP },
	{ "вдоль", GP_PREP },
	{ "дом", GP_HOUSE },
	{ "дома", GP_HOUSE },
	{ "доме", GP_HOUSE },
	{ "д", GP_HOUSE },
	{ "им", GP_BETWEEN },
	{ "имени", GP_BETWEEN },
	{ "т", GP_TAIL },
	{ "кт", GP_TAIL },
	{ "н", GP_TAIL },
	{ "р", GP_TAIL },
	{ "января", GP_MONTH },
	{ "февраля", GP_MONTH },
	{ "марта", GP_MONTH },
	{ "апреля", GP_MONTH },
	{ "мая", GP_MONTH },
	{ "июня", GP_MONTH },
	{ "июля", GP_MONTH },
	{ "августа", GP_MONTH },
	{ "сентября", GP_MONTH },
	{ "октября", GP_MONTH },
	{ "ноября", GP_MONTH },
	{ "декабря", GP_MONTH },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

int
gp_place_word(struct gp_span folded)
{
	size_t i;

	/* Single letters are words of a name sooner than of its kind. */
	for (i = 0; i < COUNT(words); i++)
		if (strlen(words[i].word) > 2 &&
		    gp_span_is(folded, words[i].word))
			return words[i].code;
	return 0;
}

int
gp_place_has_word(const char *name)
{
	struct gp_tokens in;
	struct gp_token t;
	struct gp_buf b;
	int code = 0;

	gp_buf_init(&b, 0);
	gp_tokens_init(&in, gp_span_of(name));
	while (code == 0 && gp_tokens_next(&in, &t)) {
		gp_buf_reset(&b);
		gp_fold_word(&b, t.raw);
		code = gp_place_word(gp_buf_span(&b));
	}
	gp_buf_release(&b);
	return code;
}

/* The atom of a word of ours; -1: no memory. */
static long
make(struct gp_places *p, struct gp_stem *stem, const char *word, int stems)
{
	struct gp_span s = gp_span_of(word);

	return stems
	    ? gp_atom_make(p->atoms, GP_ATOM_STEM, gp_stem_word(stem, s))
	    : gp_atom_make(p->atoms, GP_ATOM_EXACT, s);
}

int
gp_place_words_make(struct gp_places *p, struct gp_stem *stem)
{
	long atom[COUNT(words)], mark[COUNT(marks)];
	size_t i;

	for (i = 0; i < COUNT(words); i++) {
		atom[i] = make(p, stem, words[i].word, words[i].stem);
		if (atom[i] == -1)
			return -1;
	}
	for (i = 0; i < COUNT(marks); i++) {
		mark[i] = make(p, stem, marks[i].word, 0);
		if (mark[i] == -1)
			return -1;
	}
	p->known = p->atoms->n;
	p->word = calloc(p->known + 1, 1);
	p->prep = calloc(p->known + 1, 1);
	if (p->word == NULL || p->prep == NULL)
		return -1;
	for (i = 0; i < COUNT(words); i++)
		p->word[atom[i]] = (signed char)words[i].code;
	for (i = 0; i < COUNT(marks); i++)
		p->prep[mark[i]] |= (signed char)marks[i].mark;
	return 0;
}
