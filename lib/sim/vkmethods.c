/* The methods of VK that are played, by the published schema of 5.199. */
#include <string.h>

#include "sim/vk.h"

/* clang-format off */
static const struct gp_sim_vk_method methods[] = {
	{ "execute", "cu", "code*", gp_sim_vk_execute },
	{ "groups.getById", "scu", "group_ids group_id fields",
	    gp_sim_vk_groups_get_by_id },
	{ "groups.getLongPollServer", "cu", "p:group_id*",
	    gp_sim_vk_get_long_poll_server },
	{ "groups.getLongPollSettings", "cu", "p:group_id*",
	    gp_sim_vk_get_long_poll_settings },
	{ "groups.getTokenPermissions", "c", "",
	    gp_sim_vk_get_token_permissions },
	{ "groups.setLongPollSettings", "cu",
	    "p:group_id* b:enabled api_version"
	    " b:message_new b:message_reply b:message_allow b:message_deny"
	    " b:message_edit b:message_typing_state b:message_read b:photo_new"
	    " b:audio_new b:video_new b:wall_reply_new b:wall_reply_edit"
	    " b:wall_reply_delete b:wall_reply_restore b:wall_post_new"
	    " b:wall_repost b:board_post_new b:board_post_edit"
	    " b:board_post_restore b:board_post_delete b:photo_comment_new"
	    " b:photo_comment_edit b:photo_comment_delete"
	    " b:photo_comment_restore b:video_comment_new b:video_comment_edit"
	    " b:video_comment_delete b:video_comment_restore"
	    " b:market_comment_new b:market_comment_edit"
	    " b:market_comment_delete b:market_comment_restore b:poll_vote_new"
	    " b:group_join b:group_leave b:group_change_settings"
	    " b:group_change_photo b:group_officers_edit b:user_block"
	    " b:user_unblock b:like_add b:like_remove b:message_event"
	    " b:message_reaction_event b:donut_subscription_create"
	    " b:donut_subscription_prolonged b:donut_subscription_cancelled"
	    " b:donut_subscription_price_changed b:donut_subscription_expired"
	    " b:donut_money_withdraw b:donut_money_withdraw_error",
	    gp_sim_vk_set_long_poll_settings },
	{ "messages.getConversations", "cu",
	    "n:offset n:count filter b:extended n:start_message_id fields"
	    " n:group_id", gp_sim_vk_get_conversations },
	{ "messages.getHistory", "cu",
	    "i:offset n:count i:user_id i:peer_id i:start_message_id b:rev"
	    " b:extended fields n:group_id", gp_sim_vk_get_history },
	{ "polls.getById", "u",
	    "i:owner_id b:is_board n:poll_id* b:extended n:friends_count fields"
	    " name_case", gp_sim_vk_polls_get_by_id },
	{ "stats.get", "u",
	    "n:group_id n:app_id n:timestamp_from n:timestamp_to interval"
	    " n:intervals_count filters stats_groups b:extended",
	    gp_sim_vk_stats_get },
	{ "stats.getPostReach", "u", "i:owner_id* post_ids*",
	    gp_sim_vk_stats_get_post_reach },
	{ "users.get", "scu", "user_ids fields name_case i:from_group_id",
	    gp_sim_vk_users_get },
	{ "utils.getServerTime", "scu", "", gp_sim_vk_get_server_time },
	{ "utils.resolveScreenName", "scu", "screen_name*",
	    gp_sim_vk_resolve_screen_name },
	/* The schema leaves owner_id out, the documentation has it. */
	{ "wall.get", "su",
	    "i:owner_id domain n:offset n:count filter b:extended fields",
	    gp_sim_vk_wall_get },
	{ "wall.getById", "su",
	    "posts* b:extended n:copy_history_depth fields",
	    gp_sim_vk_wall_get_by_id },
	{ "wall.getComments", "su",
	    "i:owner_id* n:post_id b:need_likes n:start_comment_id i:offset"
	    " n:count sort n:preview_length b:extended fields n:comment_id"
	    " n:thread_items_count", gp_sim_vk_wall_get_comments },
};
/* clang-format on */

const struct gp_sim_vk_method *
gp_sim_vk_method(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (strcmp(methods[i].name, name) == 0)
			return &methods[i];
	return NULL;
}
