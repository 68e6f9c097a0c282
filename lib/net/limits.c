#include "net/limits.h"

#include <string.h>

#define MB ((int64_t)1000 * 1000)

static const struct {
	const char *name;
	struct gp_net_limits of;
} all[] = {
	{ "telegram",
	    { .files = 10,
		.photo_bytes = 10 * MB,
		.video_bytes = 50 * MB,
		.photo_sum = 10000,
		.photo_ratio = 20,
		.photos = "jpeg|png|webp",
		.videos = "mp4",
		.question = 300,
		.option = 100,
		.options = 12,
		.explanation = 200 } },
	{ "vk",
	    { .files = 10,
		.photo_bytes = 50 * MB,
		.photo_sum = 14000,
		.photo_ratio = 20,
		.photos = "jpeg|png|gif",
		.videos = "mp4|mov|avi",
		.options = 10,
		.mixed_poll = 1 } },
	{ "ok",
	    { .files = 10,
		.video_bytes = 1000 * MB,
		.video_least = 16 * 1024,
		.photos = "jpeg|png|gif|webp",
		.videos = "mp4|mov|avi|webm",
		.options = 10,
		.mixed_poll = 1 } },
	{ "max",
	    { .files = 12,
		.photo_bytes = 50 * MB,
		.video_bytes = 250 * MB,
		.photo_side = 7680,
		.photos = "jpeg|png|gif|tiff|bmp|heic",
		.videos = "mp4|mov|webm",
		.mixed_poll = 1 } },
};

const struct gp_net_limits *
gp_net_limits_of(const struct gp_net *net)
{
	static const struct gp_net_limits none;
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i].name, net->name) == 0)
			return &all[i].of;
	return &none;
}
