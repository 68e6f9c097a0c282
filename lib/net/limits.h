/*
 * What a network takes in a post, as data. 0: it is not known to refuse any.
 * Lengths of texts and captions stand in struct gp_net, in its own unit; those
 * of polls are in the same one. Sources: core.telegram.org/bots/api;
 * dev.vk.com, wall.post, photos, polls.create; apiok.ru, mediatopic.post,
 * photosV2, video.getUploadUrl; dev.max.ru, uploads.
 */
#ifndef GP_NET_LIMITS_H
#define GP_NET_LIMITS_H

#include <stdint.h>

#include "net/net.h"

struct gp_net_limits {
	size_t files; /* of one post */
	int64_t photo_bytes, video_bytes;
	int64_t video_least;         /* bytes of the smallest video */
	int64_t photo_side;          /* pixels of the longer side */
	int64_t photo_sum;           /* pixels of both sides together */
	int photo_ratio;             /* of the longer side to the other */
	const char *photos, *videos; /* formats, "jpeg|png" */
	size_t question, option, options, explanation;
	int mixed_poll; /* a poll, a text and files can be one post */
};

/* Never NULL. */
const struct gp_net_limits *gp_net_limits_of(const struct gp_net *);

#endif
