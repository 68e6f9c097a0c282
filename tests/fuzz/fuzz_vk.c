/* Answers of VK, whatever they hold, through each of its streams. */
#include "stream.h"

static const char *const sound[][FUZZ_SOUND] = {
	{ "{\"response\":{\"groups\":[{\"id\":7,\"name\":\"T\"}]}}" },
	{ "{\"response\":{\"count\":300,\"items\":[{\"id\":9,\"date\":1789999999"
	  ",\"text\":\"a [id1|b]\",\"from_id\":-7},{\"id\":8,\"date\":1789999990}"
	  "]}}" },
	{ "{\"response\":{\"count\":2,\"items\":[{\"id\":9,\"date\":1789999999,"
	  "\"comments\":{\"count\":3}},{\"id\":8,\"date\":1789999990,"
	  "\"comments\":{\"count\":1}}]}}",
	    "{\"response\":[{\"count\":3,\"current_level_count\":1,\"items\":[{"
	    "\"id\":1,\"date\":1,\"thread\":{\"count\":2,\"items\":[]}}]},"
	    "false],\"execute_errors\":[{\"error_code\":6}]}" },
	{ "{\"response\":{\"count\":1,\"items\":[{\"conversation\":{\"peer\":{"
	  "\"id\":5}},\"last_message\":{\"id\":3,\"date\":1}}]}}" },
	{ "{\"response\":{\"key\":\"k\",\"server\":\"http://127.0.0.1/\","
	  "\"ts\":1}}",
	    "{\"ts\":\"2\",\"updates\":[{\"type\":\"wall_reply_new\","
	    "\"object\":{\"id\":1,\"post_id\":2,\"date\":1}}]}" },
	{ "{\"response\":[{\"period_from\":1,\"period_to\":2,\"reach\":{"
	  "\"reach\":4}}]}",
	    "{\"response\":{\"items\":[{\"id\":4,\"date\":3}]}}" },
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	return fuzz_streams("vk", "7", "vk:-7", sound, data, n);
}
