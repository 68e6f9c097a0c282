/* Answers of MAX, whatever they hold, through each of its streams. */
#include "stream.h"

#define ME "{\"user_id\":5,\"is_bot\":true}"
#define POSTS                                                                   \
	"{\"messages\":[{\"recipient\":{\"chat_id\":-7},\"timestamp\":"         \
	"1789999999000,\"body\":{\"mid\":\"mid.1\",\"seq\":116000000000000001," \
	"\"text\":\"a\"}}]}"

static const char *const sound[][FUZZ_SOUND] = {
	{ "{\"chat_id\":-7,\"title\":\"T\",\"status\":\"active\"}" },
	{ POSTS },
	{ ME, "{\"members\":[{\"user_id\":6}]}", POSTS,
	    "{\"messages\":[{\"sender\":{\"user_id\":6},\"timestamp\":5,"
	    "\"body\":{\"mid\":\"mid.2\",\"text\":\"b\"}}]}" },
	{ ME, "{\"updates\":[],\"marker\":5}" },
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	return fuzz_streams("max", "-7", "max:-7", sound, data, n);
}
