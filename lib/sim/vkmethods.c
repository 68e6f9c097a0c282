/* The methods of VK that are played, by the published schema of 5.199. */
#include <string.h>

#include "sim/vk.h"

/* clang-format off */
static const struct gp_sim_vk_method methods[] = {
	{ "docs.getWallUploadServer", "cu", "n:group_id",
	    gp_sim_vk_docs_server },
	{ "docs.save", "cu", "file* title tags b:return_tags",
	    gp_sim_vk_docs_save },
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
	{ "messages.delete", "cu",
	    "message_ids b:spam n:reason n:group_id b:delete_for_all i:peer_id"
	    " cmids", gp_sim_vk_messages_delete },
	{ "messages.edit", "cu",
	    "i:peer_id* message lat long attachment b:keep_forward_messages"
	    " b:keep_snippets n:group_id b:dont_parse_links b:disable_mentions"
	    " n:message_id n:cmid template keyboard",
	    gp_sim_vk_messages_edit },
	{ "messages.getConversations", "cu",
	    "n:offset n:count filter b:extended n:start_message_id fields"
	    " n:group_id", gp_sim_vk_get_conversations },
	{ "messages.getHistory", "cu",
	    "i:offset n:count i:user_id i:peer_id i:start_message_id b:rev"
	    " b:extended fields n:group_id", gp_sim_vk_get_history },
	{ "messages.send", "cu",
	    "i:user_id i:random_id* i:peer_id peer_ids domain n:chat_id message"
	    " lat long attachment i:reply_to forward_messages forward"
	    " n:sticker_id n:group_id keyboard template payload content_source"
	    " b:dont_parse_links b:disable_mentions intent n:subscribe_id",
	    gp_sim_vk_messages_send },
	{ "photos.getMessagesUploadServer", "cu", "i:peer_id",
	    gp_sim_vk_photos_server },
	{ "photos.getWallUploadServer", "u", "i:group_id",
	    gp_sim_vk_photos_server },
	{ "photos.saveMessagesPhoto", "cu", "photo* i:server* hash*",
	    gp_sim_vk_photos_save },
	{ "photos.saveWallPhoto", "u",
	    "n:user_id n:group_id photo* i:server* hash* latitude longitude"
	    " caption", gp_sim_vk_photos_save },
	{ "polls.create", "u",
	    "question* b:is_anonymous b:is_multiple n:end_date i:owner_id"
	    " i:app_id add_answers* n:photo_id background_id b:disable_unvote",
	    gp_sim_vk_polls_create },
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
	/* Not in the schema at hand: as the documentation has it. */
	{ "video.save", "u",
	    "name description b:is_private b:wallpost link n:group_id"
	    " n:album_id privacy_view privacy_comment b:no_comments b:repeat"
	    " b:compression", gp_sim_vk_video_save },
	{ "wall.closeComments", "cu", "i:owner_id* n:post_id*",
	    gp_sim_vk_close_comments },
	{ "wall.createComment", "cu",
	    "i:owner_id* n:post_id* n:from_group message i:reply_to_comment"
	    " attachments n:sticker_id guid", gp_sim_vk_create_comment },
	{ "wall.delete", "u", "i:owner_id* n:post_id*", gp_sim_vk_wall_delete },
	{ "wall.deleteComment", "u", "i:owner_id* n:post_id n:comment_id*",
	    gp_sim_vk_delete_comment },
	{ "wall.edit", "u",
	    "i:owner_id* n:post_id* b:friends_only message attachments services"
	    " b:signed n:publish_date lat long n:place_id b:mark_as_ads"
	    " b:close_comments i:donut_paid_duration n:poster_bkg_id"
	    " i:poster_bkg_owner_id poster_bkg_access_hash copyright n:topic_id",
	    gp_sim_vk_wall_edit },
	{ "wall.editComment", "u",
	    "i:owner_id* n:post_id n:comment_id* message attachments",
	    gp_sim_vk_edit_comment },
	/* The schema leaves owner_id out, the documentation has it. */
	{ "wall.get", "su",
	    "i:owner_id domain n:offset n:count filter b:extended fields",
	    gp_sim_vk_wall_get },
	{ "wall.getById", "su",
	    "posts* b:extended n:copy_history_depth fields",
	    gp_sim_vk_wall_get_by_id },
	{ "wall.openComments", "cu", "i:owner_id* n:post_id*",
	    gp_sim_vk_open_comments },
	{ "wall.pin", "u", "i:owner_id* n:post_id*", gp_sim_vk_wall_pin },
	{ "wall.post", "u",
	    "i:owner_id* b:friends_only b:from_group message attachments"
	    " services b:signed n:publish_date lat long n:place_id n:post_id"
	    " guid b:mark_as_ads link_title link_photo_id b:close_comments"
	    " i:donut_paid_duration b:mute_notifications copyright",
	    gp_sim_vk_wall_post },
	{ "wall.unpin", "u", "i:owner_id* n:post_id*", gp_sim_vk_wall_unpin },
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
