/*
 * The cases of the public suites of JSON parsing (their names are kept, so
 * that they can be looked up) and more of the kind, each as it stands and as
 * a member of a record.
 */
#include "unit.h"

#include "json/json.h"

enum kind {
	YES,
	NO,
	EITHER
};

/* clang-format off */
static const struct parse_case {
	enum kind kind;
	const char *name;
	struct gp_span text;
} cases[] = {
	{ YES, "arraysWithSpaces", T("[[]   ]") },
	{ YES, "array_empty_string", T("[\"\"]") },
	{ YES, "array_empty", T("[]") },
	{ YES, "array_ending_with_newline", T("[\"a\"]\n") },
	{ YES, "array_false", T("[false]") },
	{ YES, "array_heterogeneous", T("[null, 1, \"1\", {}]") },
	{ YES, "array_null", T("[null]") },
	{ YES, "array_newline_inside", T("[1\n]") },
	{ YES, "array_leading_space", T(" [1]") },
	{ YES, "array_several_null", T("[1,null,null,null,2]") },
	{ YES, "array_trailing_space", T("[2] ") },
	{ YES, "number_0e_plus_1", T("[0e+1]") },
	{ YES, "number_0e1", T("[0e1]") },
	{ YES, "number_after_space", T("[ 4]") },
	{ YES, "number_close_to_zero", T("[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]") },
	{ YES, "number_int_exp", T("[20e1]") },
	{ YES, "number_minus_zero", T("[-0]") },
	{ YES, "number_negative_int", T("[-123]") },
	{ YES, "number_negative_one", T("[-1]") },
	{ YES, "number_real_capital_e", T("[1E22]") },
	{ YES, "number_real_capital_e_minus", T("[1E-2]") },
	{ YES, "number_real_capital_e_plus", T("[1E+2]") },
	{ YES, "number_real_exponent", T("[123e45]") },
	{ YES, "number_real_fraction_exponent", T("[123.456e78]") },
	{ YES, "number_real_minus_exp", T("[1e-2]") },
	{ YES, "number_real_plus_exp", T("[1e+2]") },
	{ YES, "number_simple_int", T("[123]") },
	{ YES, "number_simple_real", T("[123.456789]") },
	{ YES, "number", T("[123e65]") },
	{ YES, "object_basic", T("{\"asd\":\"sdf\"}") },
	{ YES, "object_two", T("{\"asd\":\"sdf\", \"dfg\":\"fgh\"}") },
	{ YES, "object_duplicated_key", T("{\"a\":\"b\",\"a\":\"c\"}") },
	{ YES, "object_duplicated_key_and_value", T("{\"a\":\"b\",\"a\":\"b\"}") },
	{ YES, "object_empty", T("{}") },
	{ YES, "object_empty_key", T("{\"\":0}") },
	{ YES, "object_escaped_null_in_key", T("{\"foo\\u0000bar\": 42}") },
	{ YES, "object_extreme_numbers", T("{ \"min\": -1.0e+28, \"max\": 1.0e+28 }") },
	{ YES, "object_long_strings", T("{\"x\":[{\"id\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}], \"id\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}") },
	{ YES, "object_simple", T("{\"a\":[]}") },
	{ YES, "object_string_unicode", T("{\"title\":\"\\u041f\\u043e\\u043b\\u0442\\u043e\\u0440\\u0430 \\u0417\\u0435\\u043c\\u043b\\u0435\\u043a\\u043e\\u043f\\u0430\" }") },
	{ YES, "object_with_newlines", T("{\n\"a\": \"b\"\n}") },
	{ YES, "object_tabs_everywhere", T("\t{\t\"a\"\t:\t1\t,\t\"b\"\t:\t2\t}\t") },
	{ YES, "string_1_2_3_bytes_escapes", T("[\"\\u0060\\u012a\\u12AB\"]") },
	{ YES, "string_accepted_surrogate_pair", T("[\"\\uD801\\udc37\"]") },
	{ YES, "string_accepted_surrogate_pairs", T("[\"\\ud83d\\ude39\\ud83d\\udc8d\"]") },
	{ YES, "string_allowed_escapes", T("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]") },
	{ YES, "string_backslash_and_u_escaped_zero", T("[\"\\\\u0000\"]") },
	{ YES, "string_backslash_doublequotes", T("[\"\\\"\"]") },
	{ YES, "string_comments", T("[\"a/*b*/c/*d//e\"]") },
	{ YES, "string_double_escape_a", T("[\"\\\\a\"]") },
	{ YES, "string_double_escape_n", T("[\"\\\\n\"]") },
	{ YES, "string_escaped_control_character", T("[\"\\u0012\"]") },
	{ YES, "string_escaped_noncharacter", T("[\"\\uFFFF\"]") },
	{ YES, "string_in_array", T("[\"asd\"]") },
	{ YES, "string_in_array_with_leading_space", T("[ \"asd\"]") },
	{ YES, "string_last_surrogates_1_and_2", T("[\"\\uDBFF\\uDFFF\"]") },
	{ YES, "string_nbsp_uescaped", T("[\"new\\u00A0line\"]") },
	{ YES, "string_nonCharacterInUTF-8_U+10FFFF", T("[\"\364\217\277\277\"]") },
	{ YES, "string_nonCharacterInUTF-8_U+FFFF", T("[\"\357\277\277\"]") },
	{ YES, "string_null_escape", T("[\"\\u0000\"]") },
	{ YES, "string_one-byte-utf-8", T("[\"\\u002c\"]") },
	{ YES, "string_pi", T("[\"\317\200\"]") },
	{ YES, "string_reservedCharacterInUTF-8_U+1BFFF", T("[\"\360\233\277\277\"]") },
	{ YES, "string_space", T("[\" \"]") },
	{ YES, "string_surrogates_U+1D11E", T("[\"\\uD834\\uDd1e\"]") },
	{ YES, "string_three-byte-utf-8", T("[\"\\u0821\"]") },
	{ YES, "string_two-byte-utf-8", T("[\"\\u0123\"]") },
	{ YES, "string_u+2028_line_sep", T("[\"\342\200\250\"]") },
	{ YES, "string_u+2029_par_sep", T("[\"\342\200\251\"]") },
	{ YES, "string_uescaped_newline", T("[\"new\\u000Aline\"]") },
	{ YES, "string_uEscape", T("[\"\\u0061\\u30af\\u30EA\\u30b9\"]") },
	{ YES, "string_unescaped_char_delete", T("[\"\177\"]") },
	{ YES, "string_unicode_2", T("[\"\342\215\202\343\210\264\342\215\202\"]") },
	{ YES, "string_unicode_escaped_double_quote", T("[\"\\u0022\"]") },
	{ YES, "string_unicode_U+10FFFE", T("[\"\\uDBFF\\uDFFE\"]") },
	{ YES, "string_unicode_U+1FFFE", T("[\"\\uD83F\\uDFFE\"]") },
	{ YES, "string_unicode_U+200B_zero_width", T("[\"\\u200B\"]") },
	{ YES, "string_unicode_U+2064", T("[\"\\u2064\"]") },
	{ YES, "string_unicode_U+FDD0", T("[\"\\uFDD0\"]") },
	{ YES, "string_unicode_U+FFFE", T("[\"\\uFFFE\"]") },
	{ YES, "string_unicode", T("[\"\\uA66D\"]") },
	{ YES, "string_unicodeEscapedBackslash", T("[\"\\u005C\"]") },
	{ YES, "string_utf8", T("[\"\342\202\254\360\235\204\236\"]") },
	{ YES, "string_with_del", T("[\"a\177a\"]") },
	{ YES, "structure_lonely_false", T("false") },
	{ YES, "structure_lonely_int", T("42") },
	{ YES, "structure_lonely_negative_real", T("-0.1") },
	{ YES, "structure_lonely_null", T("null") },
	{ YES, "structure_lonely_string", T("\"asd\"") },
	{ YES, "structure_lonely_true", T("true") },
	{ YES, "structure_string_empty", T("\"\"") },
	{ YES, "structure_trailing_newline", T("[\"a\"]\n") },
	{ YES, "structure_true_in_array", T("[true]") },
	{ YES, "structure_whitespace_array", T(" [] ") },
	{ YES, "checker_pass2", T("[[[[[[[[[[[[[[[[[[[\"Not too deep\"]]]]]]]]]]]]]]]]]]]") },
	{ YES, "checker_pass3", T("{\n    \"JSON Test Pattern pass3\": {\n        \"The outermost value\": \"must be an object or array.\",\n        \"In this test\": \"It is an object.\"\n    }\n}\n") },
	{ YES, "checker_pass1_numbers", T("{\"E\": 1.23456789E34, \"\": 23456789012E66, \"real\": -9876.543210, \"e\": 0.123456789e-12, \"zero\": 0}") },
	{ YES, "checker_pass1_quotes", T("{\"\\/\\\\\\\"\\uCAFE\\uBABE\\uAB98\\uFCDE\\ubcda\\uef4A\\b\\f\\n\\r\\t`1~!@#$%^&*()_+-=[]{}|;:',./<>\?\": \"A key can be any string\"}") },
	{ YES, "checker_pass1_compact", T("[1,2,3,4,5,6,7]") },
	{ YES, "checker_pass1_spaces", T("{\" s p a c e d \" :[1,2 , 3\n\n,\n\n4 , 5        ,          6           ,7        ]}") },
	{ YES, "checker_fail1_is_text", T("\"A JSON payload should be an object or array, not a string.\"") },
	{ YES, "checker_fail18_twenty_deep", T("[[[[[[[[[[[[[[[[[[[[\"Too deep\"]]]]]]]]]]]]]]]]]]]]") },
	{ NO, "array_1_true_without_comma", T("[1 true]") },
	{ NO, "array_a_invalid_utf8", T("[a\345]") },
	{ NO, "array_colon_instead_of_comma", T("[\"\": 1]") },
	{ NO, "array_comma_after_close", T("[\"\"],") },
	{ NO, "array_comma_and_number", T("[,1]") },
	{ NO, "array_double_comma", T("[1,,2]") },
	{ NO, "array_double_extra_comma", T("[\"x\",,]") },
	{ NO, "array_extra_close", T("[\"x\"]]") },
	{ NO, "array_extra_comma", T("[\"\",]") },
	{ NO, "array_incomplete", T("[\"x\"") },
	{ NO, "array_incomplete_invalid_value", T("[x") },
	{ NO, "array_inner_array_no_comma", T("[3[4]]") },
	{ NO, "array_invalid_utf8", T("[\377]") },
	{ NO, "array_items_separated_by_semicolon", T("[1:2]") },
	{ NO, "array_just_comma", T("[,]") },
	{ NO, "array_just_minus", T("[-]") },
	{ NO, "array_missing_value", T("[   , \"\"]") },
	{ NO, "array_newlines_unclosed", T("[\"a\",\n4\n,1,") },
	{ NO, "array_number_and_comma", T("[1,]") },
	{ NO, "array_number_and_several_commas", T("[1,,]") },
	{ NO, "array_spaces_vertical_tab_formfeed", T("[\"\013a\"\\f]") },
	{ NO, "array_star_inside", T("[*]") },
	{ NO, "array_unclosed", T("[\"\"") },
	{ NO, "array_unclosed_trailing_comma", T("[1,") },
	{ NO, "array_unclosed_with_new_lines", T("[1,\n1\n,1") },
	{ NO, "array_unclosed_with_object_inside", T("[{}") },
	{ NO, "incomplete_false", T("[fals]") },
	{ NO, "incomplete_null", T("[nul]") },
	{ NO, "incomplete_true", T("[tru]") },
	{ NO, "multidigit_number_then_00", T("123\000") },
	{ NO, "number_++", T("[++1234]") },
	{ NO, "number_+1", T("[+1]") },
	{ NO, "number_+Inf", T("[+Inf]") },
	{ NO, "number_-01", T("[-01]") },
	{ NO, "number_-1.0.", T("[-1.0.]") },
	{ NO, "number_-2.", T("[-2.]") },
	{ NO, "number_-NaN", T("[-NaN]") },
	{ NO, "number_.-1", T("[.-1]") },
	{ NO, "number_.2e-3", T("[.2e-3]") },
	{ NO, "number_0.1.2", T("[0.1.2]") },
	{ NO, "number_0.3e+", T("[0.3e+]") },
	{ NO, "number_0.3e", T("[0.3e]") },
	{ NO, "number_0.e1", T("[0.e1]") },
	{ NO, "number_0_capital_E+", T("[0E+]") },
	{ NO, "number_0_capital_E", T("[0E]") },
	{ NO, "number_0e+", T("[0e+]") },
	{ NO, "number_0e", T("[0e]") },
	{ NO, "number_1.0e+", T("[1.0e+]") },
	{ NO, "number_1.0e-", T("[1.0e-]") },
	{ NO, "number_1.0e", T("[1.0e]") },
	{ NO, "number_1_000", T("[1 000.0]") },
	{ NO, "number_1eE2", T("[1eE2]") },
	{ NO, "number_2.e+3", T("[2.e+3]") },
	{ NO, "number_2.e-3", T("[2.e-3]") },
	{ NO, "number_2.e3", T("[2.e3]") },
	{ NO, "number_9.e+", T("[9.e+]") },
	{ NO, "number_expression", T("[1+2]") },
	{ NO, "number_hex_1_digit", T("[0x1]") },
	{ NO, "number_hex_2_digits", T("[0x42]") },
	{ NO, "number_Inf", T("[Inf]") },
	{ NO, "number_infinity", T("[Infinity]") },
	{ NO, "number_invalid+-", T("[0e+-1]") },
	{ NO, "number_invalid-negative-real", T("[-123.123foo]") },
	{ NO, "number_invalid-utf-8-in-bigger-int", T("[123\345]") },
	{ NO, "number_invalid-utf-8-in-exponent", T("[1e1\345]") },
	{ NO, "number_invalid-utf-8-in-int", T("[0\345]") },
	{ NO, "number_minus_infinity", T("[-Infinity]") },
	{ NO, "number_minus_sign_with_trailing_garbage", T("[-foo]") },
	{ NO, "number_minus_space_1", T("[- 1]") },
	{ NO, "number_NaN", T("[NaN]") },
	{ NO, "number_neg_int_starting_with_zero", T("[-012]") },
	{ NO, "number_neg_real_without_int_part", T("[-.123]") },
	{ NO, "number_neg_with_garbage_at_end", T("[-1x]") },
	{ NO, "number_real_garbage_after_e", T("[1ea]") },
	{ NO, "number_real_with_invalid_utf8_after_e", T("[1e\345]") },
	{ NO, "number_real_without_fractional_part", T("[1.]") },
	{ NO, "number_starting_with_dot", T("[.123]") },
	{ NO, "number_U+FF11_fullwidth_digit_one", T("[\357\274\221]") },
	{ NO, "number_with_alpha", T("[1.2a-3]") },
	{ NO, "number_with_alpha_char", T("[1.8011670033376514H-308]") },
	{ NO, "number_with_leading_zero", T("[012]") },
	{ NO, "number_-00.0", T("[-00.0]") },
	{ NO, "number_-00e0", T("[-00e0]") },
	{ NO, "number_00.0", T("[00.0]") },
	{ NO, "number_00e0", T("[00e0]") },
	{ NO, "number_1.e1", T("[1.e1]") },
	{ NO, "number_quote_behind", T("[1\"a\"]") },
	{ NO, "object_bad_value", T("[\"x\", truth]") },
	{ NO, "object_bracket_key", T("{[: \"x\"}\n") },
	{ NO, "object_comma_instead_of_colon", T("{\"x\", null}") },
	{ NO, "object_double_colon", T("{\"x\"::\"b\"}") },
	{ NO, "object_emoji", T("{\360\237\207\250\360\237\207\255}") },
	{ NO, "object_garbage_at_end", T("{\"a\":\"a\" 123}") },
	{ NO, "object_key_with_single_quotes", T("{key: 'value'}") },
	{ NO, "object_lone_continuation_byte_in_key", T("{\"\271\":\"0\",}") },
	{ NO, "object_missing_colon", T("{\"a\" b}") },
	{ NO, "object_missing_key", T("{:\"b\"}") },
	{ NO, "object_missing_semicolon", T("{\"a\" \"b\"}") },
	{ NO, "object_missing_value", T("{\"a\":") },
	{ NO, "object_no-colon", T("{\"a\"") },
	{ NO, "object_non_string_key", T("{1:1}") },
	{ NO, "object_non_string_key_but_huge_number", T("{9999E9999:1}") },
	{ NO, "object_repeated_null_null", T("{null:null,null:null}") },
	{ NO, "object_several_trailing_commas", T("{\"id\":0,,,,,}") },
	{ NO, "object_single_quote", T("{'a':0}") },
	{ NO, "object_trailing_comma", T("{\"id\":0,}") },
	{ NO, "object_trailing_comment", T("{\"a\":\"b\"}/**/") },
	{ NO, "object_trailing_comment_open", T("{\"a\":\"b\"}/**//") },
	{ NO, "object_trailing_comment_slash_open", T("{\"a\":\"b\"}//") },
	{ NO, "object_trailing_comment_slash_open_incomplete", T("{\"a\":\"b\"}/") },
	{ NO, "object_two_commas_in_a_row", T("{\"a\":\"b\",,\"c\":\"d\"}") },
	{ NO, "object_unquoted_key", T("{a: \"b\"}") },
	{ NO, "object_unterminated-value", T("{\"a\":\"a") },
	{ NO, "object_with_single_string", T("{ \"foo\" : \"bar\", \"a\" }") },
	{ NO, "object_with_trailing_garbage", T("{\"a\":\"b\"}#") },
	{ NO, "single_space", T(" ") },
	{ NO, "string_1_surrogate_then_escape", T("[\"\\uD800\\\"]") },
	{ NO, "string_1_surrogate_then_escape_u", T("[\"\\uD800\\u\"]") },
	{ NO, "string_1_surrogate_then_escape_u1", T("[\"\\uD800\\u1\"]") },
	{ NO, "string_1_surrogate_then_escape_u1x", T("[\"\\uD800\\u1x\"]") },
	{ NO, "string_accentuated_char_no_quotes", T("[\303\251]") },
	{ NO, "string_backslash_00", T("[\"\\\000\"]") },
	{ NO, "string_escape_x", T("[\"\\x00\"]") },
	{ NO, "string_escaped_backslash_bad", T("[\"\\\\\\\"]") },
	{ NO, "string_escaped_ctrl_char_tab", T("[\"\\\t\"]") },
	{ NO, "string_escaped_emoji", T("[\"\\\360\237\214\200\"]") },
	{ NO, "string_incomplete_escape", T("[\"\\\"]") },
	{ NO, "string_incomplete_escaped_character", T("[\"\\u00A\"]") },
	{ NO, "string_incomplete_surrogate", T("[\"\\uD834\\uDd\"]") },
	{ NO, "string_incomplete_surrogate_escape_invalid", T("[\"\\uD800\\uD800\\x\"]") },
	{ NO, "string_invalid-utf-8-in-escape", T("[\"\\u\345\"]") },
	{ NO, "string_invalid_backslash_esc", T("[\"\\a\"]") },
	{ NO, "string_invalid_unicode_escape", T("[\"\\uqqqq\"]") },
	{ NO, "string_invalid_utf8_after_escape", T("[\"\\\345\"]") },
	{ NO, "string_octal_escape", T("[\"\\012\"]") },
	{ NO, "string_leading_uescaped_thinspace", T("[\\u0020\"asd\"]") },
	{ NO, "string_no_quotes_with_bad_escape", T("[\\n]") },
	{ NO, "string_single_doublequote", T("\"") },
	{ NO, "string_single_quote", T("['single quote']") },
	{ NO, "string_single_string_no_double_quotes", T("abc") },
	{ NO, "string_start_escape_unclosed", T("[\"\\") },
	{ NO, "string_unescaped_ctrl_char", T("[\"a\000a\"]") },
	{ NO, "string_unescaped_newline", T("[\"new\nline\"]") },
	{ NO, "string_unescaped_tab", T("[\"\t\"]") },
	{ NO, "string_unicode_CapitalU", T("\"\\UA66D\"") },
	{ NO, "string_with_trailing_garbage", T("\"\"x") },
	{ NO, "string_two_side_by_side", T("[\"a\"\"b\"]") },
	{ NO, "string_then_word", T("[\"a\"b]") },
	{ NO, "string_half_escape_at_end", T("[\"\\u\"]") },
	{ NO, "string_key_bad_escape", T("{\"\\x\":1}") },
	{ NO, "string_key_short_escape", T("{\"\\u12\":1}") },
	{ NO, "structure_angle_bracket_.", T("<.>") },
	{ NO, "structure_angle_bracket_null", T("[<null>]") },
	{ NO, "structure_array_trailing_garbage", T("[1]x") },
	{ NO, "structure_array_with_extra_array_close", T("[1]]") },
	{ NO, "structure_array_with_unclosed_string", T("[\"asd]") },
	{ NO, "structure_ascii-unicode-identifier", T("a\303\245") },
	{ NO, "structure_capitalized_True", T("[True]") },
	{ NO, "structure_close_unopened_array", T("1]") },
	{ NO, "structure_comma_instead_of_closing_brace", T("{\"x\": true,") },
	{ NO, "structure_double_array", T("[][]") },
	{ NO, "structure_two_objects", T("{}{}") },
	{ NO, "structure_end_array", T("]") },
	{ NO, "structure_incomplete_UTF8_BOM", T("\357\273{}") },
	{ NO, "structure_lone-invalid-utf-8", T("\345") },
	{ NO, "structure_lone-open-bracket", T("[") },
	{ NO, "structure_no_data", T("") },
	{ NO, "structure_null-byte-outside-string", T("[\000]") },
	{ NO, "structure_null_byte_behind", T("{}\000") },
	{ NO, "structure_number_with_trailing_garbage", T("2@") },
	{ NO, "structure_object_followed_by_closing_object", T("{}}") },
	{ NO, "structure_object_unclosed_no_value", T("{\"\":") },
	{ NO, "structure_object_with_comment", T("{\"a\":/*comment*/\"b\"}") },
	{ NO, "structure_object_with_line_comment", T("{\"a\":1 // b\n}") },
	{ NO, "structure_object_with_trailing_garbage", T("{\"a\": true} \"x\"") },
	{ NO, "structure_open_array_apostrophe", T("['") },
	{ NO, "structure_open_array_comma", T("[,") },
	{ NO, "structure_open_array_open_object", T("[{") },
	{ NO, "structure_open_array_open_string", T("[\"a") },
	{ NO, "structure_open_array_string", T("[\"a\"") },
	{ NO, "structure_open_object", T("{") },
	{ NO, "structure_open_object_close_array", T("{]") },
	{ NO, "structure_open_object_comma", T("{,") },
	{ NO, "structure_open_object_open_array", T("{[") },
	{ NO, "structure_open_object_open_string", T("{\"a") },
	{ NO, "structure_open_object_string_with_apostrophes", T("{'a'") },
	{ NO, "structure_open_open", T("[\"\\{[\"\\{[\"\\{[\"\\{") },
	{ NO, "structure_single_eacute", T("\351") },
	{ NO, "structure_single_star", T("*") },
	{ NO, "structure_trailing_#", T("{\"a\":\"b\"}#{}") },
	{ NO, "structure_U+2060_word_joined", T("[\342\201\240]") },
	{ NO, "structure_uescaped_LF_before_string", T("[\\u000A\"\"]") },
	{ NO, "structure_unclosed_array", T("[1") },
	{ NO, "structure_unclosed_array_partial_null", T("[ false, nul") },
	{ NO, "structure_unclosed_array_unfinished_false", T("[ true, fals") },
	{ NO, "structure_unclosed_array_unfinished_true", T("[ false, tru") },
	{ NO, "structure_unclosed_object", T("{\"asd\":\"asd\"") },
	{ NO, "structure_unicode-identifier", T("\303\245") },
	{ NO, "structure_UTF8_BOM_no_data", T("\357\273\277") },
	{ NO, "structure_whitespace_formfeed", T("[\014]") },
	{ NO, "structure_whitespace_vertical_tab", T("[\0131]") },
	{ NO, "structure_whitespace_nbsp", T("[\302\2401]") },
	{ NO, "structure_whitespace_U+2028", T("[\342\200\2501]") },
	{ NO, "structure_word_run_on", T("[nullnull]") },
	{ NO, "structure_word_long", T("[trueish]") },
	{ NO, "structure_word_python", T("[None]") },
	{ NO, "structure_word_undefined", T("[undefined]") },
	{ NO, "structure_closed_by_the_other", T("{\"a\":1]") },
	{ NO, "structure_array_closed_by_the_other", T("[1}") },
	{ NO, "checker_fail3", T("{unquoted_key: \"keys must be quoted\"}") },
	{ NO, "checker_fail4", T("[\"extra comma\",]") },
	{ NO, "checker_fail5", T("[\"double extra comma\",,]") },
	{ NO, "checker_fail6", T("[   , \"<-- missing value\"]") },
	{ NO, "checker_fail7", T("[\"Comma after the close\"],") },
	{ NO, "checker_fail8", T("[\"Extra close\"]]") },
	{ NO, "checker_fail9", T("{\"Extra comma\": true,}") },
	{ NO, "checker_fail10", T("{\"Extra value after close\": true} \"misplaced quoted value\"") },
	{ NO, "checker_fail11", T("{\"Illegal expression\": 1 + 2}") },
	{ NO, "checker_fail12", T("{\"Illegal invocation\": alert()}") },
	{ NO, "checker_fail13", T("{\"Numbers cannot have leading zeroes\": 013}") },
	{ NO, "checker_fail14", T("{\"Numbers cannot be hex\": 0x14}") },
	{ NO, "checker_fail15", T("[\"Illegal backslash escape: \\x15\"]") },
	{ NO, "checker_fail16", T("[\\naked]") },
	{ NO, "checker_fail17", T("[\"Illegal backslash escape: \\017\"]") },
	{ NO, "checker_fail19", T("{\"Missing colon\" null}") },
	{ NO, "checker_fail20", T("{\"Double colon\":: null}") },
	{ NO, "checker_fail21", T("{\"Comma instead of colon\", null}") },
	{ NO, "checker_fail22", T("[\"Colon instead of comma\": false]") },
	{ NO, "checker_fail23", T("[\"Bad value\", truth]") },
	{ NO, "checker_fail24", T("['single quote']") },
	{ NO, "checker_fail25", T("[\"\ttab\tcharacter\tin\tstring\t\"]") },
	{ NO, "checker_fail26", T("[\"tab\\   character\\   in\\  string\\  \"]") },
	{ NO, "checker_fail27", T("[\"line\nbreak\"]") },
	{ NO, "checker_fail28", T("[\"line\\\nbreak\"]") },
	{ NO, "checker_fail29", T("[0e]") },
	{ NO, "checker_fail30", T("[0e+]") },
	{ NO, "checker_fail31", T("[0e+-1]") },
	{ NO, "checker_fail32", T("{\"Comma instead if closing brace\": true,") },
	{ NO, "checker_fail33", T("[\"mismatch\"}") },
	{ NO, "structure_value_as_key", T("{\"a\":\"b\":1}") },
	{ NO, "structure_value_as_key_brace", T("{ \"a\": \"b\":3 } }") },
	{ NO, "structure_value_as_key_deep", T("[{\"a\":\"b\":[1]},2]}") },
	{ NO, "structure_item_as_key", T("[\"a\":1}]") },
	{ NO, "structure_number_as_key", T("{\"a\":1:2}}") },
	{ NO, "structure_list_as_key", T("{\"a\":[1]:2}}") },
	{ NO, "utf8_overlong_slash_2", T("[\"\300\257\"]") },
	{ NO, "utf8_overlong_slash_3", T("[\"\340\200\257\"]") },
	{ NO, "utf8_overlong_slash_4", T("[\"\360\200\200\257\"]") },
	{ NO, "utf8_overlong_quote", T("[\"\300\242\"]") },
	{ NO, "utf8_overlong_U+7F", T("[\"\301\277\"]") },
	{ NO, "utf8_overlong_U+7FF", T("[\"\340\237\277\"]") },
	{ NO, "utf8_overlong_U+FFFF", T("[\"\360\217\277\277\"]") },
	{ NO, "utf8_above_U+10FFFF", T("[\"\364\220\200\200\"]") },
	{ NO, "utf8_five_bytes", T("[\"\370\210\200\200\200\"]") },
	{ NO, "utf8_six_bytes", T("[\"\374\204\200\200\200\200\"]") },
	{ NO, "utf8_surrogate_D800", T("[\"\355\240\200\"]") },
	{ NO, "utf8_surrogate_DFFF", T("[\"\355\277\277\"]") },
	{ NO, "utf8_surrogate_pair", T("[\"\355\240\275\355\270\200\"]") },
	{ NO, "utf8_lone_continuation", T("[\"\201\"]") },
	{ NO, "utf8_lone_continuations", T("[\"\200\200\"]") },
	{ NO, "utf8_cut_2", T("[\"\303\"]") },
	{ NO, "utf8_cut_3", T("[\"\340\277\"]") },
	{ NO, "utf8_cut_4", T("[\"\360\237\230\"]") },
	{ NO, "utf8_fe", T("[\"\376\"]") },
	{ NO, "utf8_ff", T("[\"\377\"]") },
	{ NO, "utf8_latin1", T("[\"\351\"]") },
	{ NO, "utf8_cp1251", T("[\"\317\360\350\342\345\362\"]") },
	{ NO, "utf8_in_key", T("{\"\377\":1}") },
	{ NO, "utf16_le", T("[\000\"\000\351\000\"\000]\000") },
	{ NO, "utf16_be", T("\000[\000\"\000\351\000\"\000]") },
	{ NO, "utf16_with_bom", T("\377\376[\000\"\000\351\000\"\000]\000") },
	{ EITHER, "number_double_huge_neg_exp", T("[123.456e-789]") },
	{ EITHER, "number_huge_exp", T("[0.4e00669999999999999999999999999999999999999999999999999999999999999999999999999999999999999999969999999006]") },
	{ EITHER, "number_neg_int_huge_exp", T("[-1e+9999]") },
	{ EITHER, "number_pos_double_huge_exp", T("[1.5e+9999]") },
	{ EITHER, "number_real_neg_overflow", T("[-123123e100000]") },
	{ EITHER, "number_real_pos_overflow", T("[123123e100000]") },
	{ EITHER, "number_real_underflow", T("[123e-10000000]") },
	{ EITHER, "number_too_big_neg_int", T("[-123123123123123123123123123123]") },
	{ EITHER, "number_too_big_pos_int", T("[100000000000000000000]") },
	{ EITHER, "number_very_big_negative_int", T("[-237462374673276894279832749832423479823246327846]") },
	{ EITHER, "number_2_to_64", T("[18446744073709551616]") },
	{ EITHER, "object_key_lone_2nd_surrogate", T("{\"\\uDFAA\":0}") },
	{ EITHER, "string_1st_surrogate_but_2nd_missing", T("[\"\\uDADA\"]") },
	{ EITHER, "string_1st_valid_surrogate_2nd_invalid", T("[\"\\uD888\\u1234\"]") },
	{ EITHER, "string_incomplete_surrogate_and_escape_valid", T("[\"\\uD800\\n\"]") },
	{ EITHER, "string_incomplete_surrogate_pair", T("[\"\\uDd1ea\"]") },
	{ EITHER, "string_incomplete_surrogates_escape_valid", T("[\"\\uD800\\uD800\\n\"]") },
	{ EITHER, "string_invalid_lonely_surrogate", T("[\"\\ud800\"]") },
	{ EITHER, "string_invalid_surrogate", T("[\"\\ud800abc\"]") },
	{ EITHER, "string_inverted_surrogates_U+1D11E", T("[\"\\uDd1e\\uD834\"]") },
	{ EITHER, "string_lone_second_surrogate", T("[\"\\uDFAA\"]") },
	{ EITHER, "structure_UTF-8_BOM_empty_object", T("\357\273\277{}") },
};
/* clang-format on */

static struct gp_json_reader *reader;

static int
opens(struct gp_span s, int flags, struct gp_json_obj *o, struct gp_why *why)
{
	char *p = unit_pad(s);
	int r = gp_json_open(reader, (struct gp_span){ p, s.n }, flags, o, why);

	free(p);
	return r == 0;
}

/* A wrapped value: 1, 0. The member must have been read as it stands. */
static int
opens_wrapped(struct gp_span s)
{
	struct gp_json_obj o;
	struct gp_why why;
	struct gp_buf b;
	int r;

	gp_buf_init(&b, 0);
	gp_buf_adds(&b, "{\"x\":");
	gp_buf_add(&b, s.p, s.n);
	gp_buf_adds(&b, "}");
	r = opens(gp_buf_span(&b), 0, &o, &why);
	gp_buf_release(&b);
	if (r == 1 && o.n != 1)
		fail_msg("%zu members in one", o.n);
	if (r == 0 && why.msg[0] == '\0')
		fail_msg("refused without a reason");
	return r;
}

static int
is_container(struct gp_span s)
{
	size_t i = 0;

	while (i < s.n && s.p[i] != '\0' && strchr(" \t\r\n", s.p[i]) != NULL)
		i++;
	return i < s.n && (s.p[i] == '{' || s.p[i] == '[');
}

static void
suite(void **state)
{
	struct gp_json_obj o;
	struct gp_why why;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		const struct parse_case *c = &cases[i];
		int wrapped = opens_wrapped(c->text);
		int bare = opens(c->text, GP_JSON_ANY, &o, &why);
		int want = c->kind == YES && is_container(c->text);

		if (c->kind == EITHER)
			continue;
		if (wrapped != (c->kind == YES))
			fail_msg("%s, wrapped: %s", c->name,
			    wrapped ? "accepted" : "refused");
		if (bare != want)
			fail_msg("%s, bare: %s", c->name,
			    bare ? "accepted" : why.msg);
	}
}

/* A record is an object: of the bare cases nothing else is opened. */
static void
objects_only(void **state)
{
	struct gp_json_obj o;
	struct gp_why why;
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		const struct parse_case *c = &cases[i];

		for (k = 0; k < c->text.n; k++)
			if (strchr(" \t\r\n", c->text.p[k]) == NULL)
				break;
		if (k < c->text.n && c->text.p[k] == '{')
			continue;
		if (opens(c->text, 0, &o, &why))
			fail_msg("%s: opened as a record", c->name);
	}
}

/* Each byte inside a string, behind a backslash, and outside of strings. */
static void
every_byte(void **state)
{
	char in[] = "{\"x\":\"a?q\"}", behind[] = "{\"x\":\"a\\?b\"}";
	char outside[] = "{\"x\":1?}", key[] = "{\"x?\":1}";
	struct gp_json_obj o;
	struct gp_why why;
	int c, plain, want;

	(void)state;
	for (c = 0; c < 256; c++) {
		plain = c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
		in[7] = key[3] = behind[8] = outside[6] = (char)c;
		if (opens(SPAN(in), 0, &o, &why) != plain)
			fail_msg("byte %#x in a string", (unsigned)c);
		if (opens(SPAN(key), 0, &o, &why) != plain)
			fail_msg("byte %#x in a key", (unsigned)c);
		want = c != 0 && strchr("\"\\/bfnrt", c) != NULL;
		if (opens(SPAN(behind), 0, &o, &why) != want)
			fail_msg("byte %#x behind a backslash", (unsigned)c);
		want = c != 0 && strchr(" \t\r\n0123456789", c) != NULL;
		if (opens(SPAN(outside), 0, &o, &why) != want)
			fail_msg("byte %#x behind a number", (unsigned)c);
	}
}

/* A record cut anywhere is refused; the bytes behind the cut are no help. */
static void
cut_anywhere(void **state)
{
	static const char text[] =
	    "{\"id\":\"tg:1\",\"n\":[1,-2.5e3,{\"a\":null}],\"t\":\"\\u041f\\n"
	    "\\ud83d\\ude39 \xd0\x9f\",\"b\":true,\"c\":{}}";
	struct gp_json_obj o;
	struct gp_why why;
	size_t n;

	(void)state;
	for (n = 0; n < sizeof(text) - 1; n++)
		if (gp_json_open(
			reader, (struct gp_span){ text, n }, 0, &o, &why) == 0)
			fail_msg("opened at %zu bytes", n);
	assert_true(opens(SPAN(text), 0, &o, &why));
	assert_int_equal(o.n, 5);
}

/* Deep nesting neither crashes nor takes long; 64 levels is the ceiling. */
static void
deep(void **state)
{
	static const char *const open[] = { "[", "{\"a\":", "[{\"a\":" };
	static const char *const shut[] = { "]", "}", "}]" };
	static const size_t depth[] = { 31, 32, 63, 64, 500, 100000 };
	struct gp_buf b;
	size_t k, d, i;
	int closed;

	(void)state;
	gp_buf_init(&b, 0);
	for (k = 0; k < 3; k++)
		for (d = 0; d < COUNT(depth); d++)
			for (closed = 0; closed < 2; closed++) {
				gp_buf_reset(&b);
				for (i = 0; i < depth[d]; i++)
					gp_buf_adds(&b, open[k]);
				gp_buf_adds(&b, closed ? "1" : "");
				for (i = 0; closed && i < depth[d]; i++)
					gp_buf_adds(&b, shut[k]);
				/* The record is the first level. */
				assert_int_equal(opens_wrapped(gp_buf_span(&b)),
				    closed && depth[d] * (k == 2 ? 2 : 1) < 64);
			}
	gp_buf_release(&b);
}

static int
setup(void **state)
{
	(void)state;
	reader = gp_json_new();
	return reader == NULL;
}

static int
teardown(void **state)
{
	(void)state;
	gp_json_free(reader);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(suite),
		cmocka_unit_test(objects_only),
		cmocka_unit_test(every_byte),
		cmocka_unit_test(cut_anywhere),
		cmocka_unit_test(deep),
	};

	return cmocka_run_group_tests_name(
	    "json suite", tests, setup, teardown);
}
