/* Personal data: check digits, shapes, what stays, what is allowed. */
#include "unit.h"

#include "text/personal.h"
#include "text/personal_inner.h"

static void
digits(void **state)
{
	(void)state;
	/* ISO/IEC 7812-1's own example of the rule. */
	assert_true(pd_luhn("79927398713", 11));
	assert_false(pd_luhn("79927398710", 11));
	assert_true(pd_snils_ok("11223344595"));
	assert_false(pd_snils_ok("11223344596"));
	/* A sum of 101 and one of 100 both give 00. */
	assert_true(pd_snils_ok("08765430300"));
	assert_true(pd_snils_ok("00101998900"));
	assert_false(pd_snils_ok("00000000000"));
	assert_true(pd_inn_ok("500100732259"));
	assert_false(pd_inn_ok("500100732258"));
	assert_false(pd_inn_ok("500100732269"));
	assert_false(pd_inn_ok("000000000000"));
	assert_true(pd_account_ok("40817810700000000001", "044525225"));
	assert_false(pd_account_ok("40817810800000000001", "044525225"));
}

static void
finds(void **state)
{
	static const struct {
		const char *text, *what; /* NULL: nothing */
		unsigned kind;
	} cases[] = {
		{ "тел 8\u00a0(900)\u2009000\u201111\u201422",
		    "8\u00a0(900)\u2009000\u201111\u201422", GP_PD_PHONE },
		{ "тел +７ 900 000-11-22", "+７ 900 000-11-22", GP_PD_PHONE },
		{ "8 9ОО 000-11-22", "8 9ОО 000-11-22", GP_PD_PHONE },
		{ "8 800 555-35-35", NULL, 0 },
		{ "https://x.ru/?p=89000001122", NULL, 0 },
		{ "https://wa.me/79000001122", "79000001122", GP_PD_PHONE },
		{ "id89000001122", NULL, 0 },
		{ "a.b@mail.ru.", "a.b@mail.ru", GP_PD_EMAIL },
		{ "kоt@mаil.ru", "kоt@mаil.ru", GP_PD_EMAIL },
		{ "@town", NULL, 0 },
		{ "112-233-445 95", "112-233-445 95", GP_PD_SNILS },
		{ "112-233-445 96", NULL, 0 },
		{ "500100732259", "500100732259", GP_PD_INN },
		{ "7707083893", NULL, 0 },
		{ "x 40702810700000000001 y БИК 044525225", NULL, 0 },
		{ "A123BC 77", "A123BC 77", GP_PD_PLATE },
		{ "А000ВС 77", NULL, 0 },
		{ "кв. 45", "45", GP_PD_FLAT },
		{ "45 кв. м", NULL, 0 },
		{ "59-ФЗ", NULL, 0 },
		{ "Ивановым И. П.", "Ивановым И. П.", GP_PD_NAME },
		{ "ул. Ивана Петрова", NULL, 0 },
		{ "[телефон] [имя]", NULL, 0 },
		{ "", NULL, 0 },
	};
	struct gp_personal *p = gp_personal_new();
	struct gp_personal_run *r;
	const struct gp_personal_hit *hit;
	size_t i;
	long n;

	(void)state;
	assert_non_null(p);
	r = gp_personal_run_new(p);
	assert_non_null(r);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		n = gp_personal_find(r, gp_span_of(cases[i].text), &hit);
		if (n != (cases[i].what != NULL))
			fail_msg("'%s': %ld hits", cases[i].text, n);
		if (n == 0)
			continue;
		assert_int_equal(hit->kind, cases[i].kind);
		assert_int_equal(hit->to - hit->from, strlen(cases[i].what));
		assert_memory_equal(cases[i].text + hit->from, cases[i].what,
		    strlen(cases[i].what));
	}
	gp_personal_run_free(r);
	gp_personal_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digits),
		cmocka_unit_test(finds),
	};

	return cmocka_run_group_tests_name("personal", tests, NULL, NULL);
}
