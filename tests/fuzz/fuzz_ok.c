/* Answers of Odnoklassniki, whatever they hold, through each of its streams. */
#include "stream.h"

static const char *const sound[][FUZZ_SOUND] = {
	{ "[{\"uid\":\"7\",\"name\":\"T\"}]" },
	{ "{\"media_topics\":[{\"id\":\"9\",\"created_ms\":1789999999000,"
	  "\"media\":[{\"type\":\"text\",\"text\":\"a\"}]}],\"anchor\":\"A\","
	  "\"has_more\":true}" },
	{ "{\"media_topics\":[{\"id\":\"9\",\"created_ms\":1789999999000}],"
	  "\"has_more\":false}",
	    "3",
	    "{\"comments\":[{\"id\":\"1\",\"date\":\"2026-09-01 10:00:00\"}],"
	    "\"has_more\":true,\"anchor\":\"B\"}" },
	{ "{\"chats\":[{\"chat_id\":\"chat:C1\",\"lastEventTime\":5}]}",
	    "{\"messages\":[{\"sender\":{\"user_id\":\"user:1\"},\"recipient\":"
	    "{\"chat_id\":\"chat:C1\"},\"message\":{\"mid\":\"mid:1\"},"
	    "\"timestamp\":4}]}" },
	{ "{\"success\":true}", "{\"updates\":[]}" },
	{ "{\"reach\":[{\"time\":1789981200000,\"value\":7}]}",
	    "{\"topics\":[{\"id\":\"4\",\"created_ms\":1000,\"reach\":3}],"
	    "\"has_more\":true,\"anchor\":\"x\"}" },
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	return fuzz_streams("ok", "7", "ok:7", sound, data, n);
}
