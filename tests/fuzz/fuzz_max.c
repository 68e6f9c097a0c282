/* Answers of MAX, whatever they hold, through each of its streams. */
#include "stream.h"

#define ME "{\"user_id\":5,\"is_bot\":true}"
#define POST                                                                    \
	"{\"recipient\":{\"chat_id\":-7},\"timestamp\":1789999999000,\"body\":" \
	"{\"mid\":\"mid.1\",\"seq\":116000000000000001,\"text\":\"a\"}}"
#define COMMENT                                                             \
	"{\"sender\":{\"user_id\":6},\"timestamp\":1789999999500,\"body\":" \
	"{\"mid\":\"mid.2\",\"seq\":116000000000000002,\"text\":\"b\"}}"
/* A page so full that a further one is asked for. */
#define TEN(x)     x "," x "," x "," x "," x "," x "," x "," x "," x "," x
#define HUNDRED(x) TEN(TEN(x))
#define LIST(x)    "{\"messages\":[" x "]}"

static const char *const sound[][FUZZ_SOUND] = {
	{ "{\"chat_id\":-7,\"title\":\"T\",\"status\":\"active\"}" },
	{ LIST(HUNDRED(POST)), LIST(HUNDRED(POST)) },
	{ ME, "{\"members\":[{\"user_id\":6}]}", LIST(POST),
	    LIST(HUNDRED(COMMENT)), LIST(HUNDRED(COMMENT)) },
	{ ME, "{\"subscriptions\":[]}", "{\"updates\":[],\"marker\":5}" },
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	return fuzz_streams("max", "-7", "max:-7", sound, data, n);
}
