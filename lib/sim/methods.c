#include "sim/methods.h"

#include <string.h>
#include <strings.h>

/* clang-format off */
static const struct gp_sim_method methods[] = {
	{ "addStickerToSet",
	    "i:user_id* name* j:sticker*" },
	{ "answerCallbackQuery",
	    "callback_query_id* text b:show_alert url i:cache_time" },
	{ "answerChatJoinRequestQuery",
	    "chat_join_request_query_id* result*" },
	{ "answerGuestQuery",
	    "guest_query_id* j:result*" },
	{ "answerInlineQuery",
	    "inline_query_id* j:results* i:cache_time b:is_personal"
	    " next_offset j:button" },
	{ "answerPreCheckoutQuery",
	    "pre_checkout_query_id* b:ok* error_message" },
	{ "answerShippingQuery",
	    "shipping_query_id* b:ok* j:shipping_options error_message" },
	{ "answerWebAppQuery",
	    "web_app_query_id* j:result*" },
	{ "approveChatJoinRequest",
	    "chat_id* i:user_id*" },
	{ "approveSuggestedPost",
	    "i:chat_id* i:message_id* i:send_date" },
	{ "banChatMember",
	    "chat_id* i:user_id* i:until_date b:revoke_messages" },
	{ "banChatSenderChat",
	    "chat_id* i:sender_chat_id*" },
	{ "close", "" },
	{ "closeForumTopic",
	    "chat_id* i:message_thread_id*" },
	{ "closeGeneralForumTopic",
	    "chat_id*" },
	{ "convertGiftToStars",
	    "business_connection_id* owned_gift_id*" },
	{ "copyMessage",
	    "chat_id* i:message_thread_id i:direct_messages_topic_id"
	    " from_chat_id* i:message_id* i:video_start_timestamp caption"
	    " parse_mode j:caption_entities b:show_caption_above_media"
	    " b:disable_notification b:protect_content"
	    " b:allow_paid_broadcast message_effect_id"
	    " j:suggested_post_parameters j:reply_parameters"
	    " j:reply_markup" },
	{ "copyMessages",
	    "chat_id* i:message_thread_id i:direct_messages_topic_id"
	    " from_chat_id* j:message_ids* b:disable_notification"
	    " b:protect_content b:remove_caption" },
	{ "createChatInviteLink",
	    "chat_id* name i:expire_date i:member_limit"
	    " b:creates_join_request" },
	{ "createChatSubscriptionInviteLink",
	    "chat_id* name i:subscription_period* i:subscription_price*" },
	{ "createForumTopic",
	    "chat_id* name* i:icon_color icon_custom_emoji_id" },
	{ "createInvoiceLink",
	    "business_connection_id title* description* payload*"
	    " provider_token currency* j:prices* i:subscription_period"
	    " i:max_tip_amount j:suggested_tip_amounts provider_data"
	    " photo_url i:photo_size i:photo_width i:photo_height"
	    " b:need_name b:need_phone_number b:need_email"
	    " b:need_shipping_address b:send_phone_number_to_provider"
	    " b:send_email_to_provider b:is_flexible" },
	{ "createNewStickerSet",
	    "i:user_id* name* title* j:stickers* sticker_type"
	    " b:needs_repainting" },
	{ "declineChatJoinRequest",
	    "chat_id* i:user_id*" },
	{ "declineSuggestedPost",
	    "i:chat_id* i:message_id* comment" },
	{ "deleteAllMessageReactions",
	    "chat_id* i:user_id i:actor_chat_id" },
	{ "deleteBusinessMessages",
	    "business_connection_id* j:message_ids*" },
	{ "deleteChatPhoto",
	    "chat_id*" },
	{ "deleteChatStickerSet",
	    "chat_id*" },
	{ "deleteForumTopic",
	    "chat_id* i:message_thread_id*" },
	{ "deleteMessage",
	    "chat_id* i:message_id*" },
	{ "deleteMessageReaction",
	    "chat_id* i:message_id* i:user_id i:actor_chat_id" },
	{ "deleteMessages",
	    "chat_id* j:message_ids*" },
	{ "deleteMyCommands",
	    "j:scope language_code" },
	{ "deleteStickerFromSet",
	    "sticker*" },
	{ "deleteStickerSet",
	    "name*" },
	{ "deleteStory",
	    "business_connection_id* i:story_id*" },
	{ "deleteWebhook",
	    "b:drop_pending_updates" },
	{ "editChatInviteLink",
	    "chat_id* invite_link* name i:expire_date i:member_limit"
	    " b:creates_join_request" },
	{ "editChatSubscriptionInviteLink",
	    "chat_id* invite_link* name" },
	{ "editForumTopic",
	    "chat_id* i:message_thread_id* name icon_custom_emoji_id" },
	{ "editGeneralForumTopic",
	    "chat_id* name*" },
	{ "editMessageCaption",
	    "business_connection_id chat_id i:message_id"
	    " inline_message_id caption parse_mode j:caption_entities"
	    " b:show_caption_above_media j:reply_markup" },
	{ "editMessageChecklist",
	    "business_connection_id* chat_id* i:message_id* j:checklist*"
	    " j:reply_markup" },
	{ "editMessageLiveLocation",
	    "business_connection_id chat_id i:message_id"
	    " inline_message_id f:latitude* f:longitude* i:live_period"
	    " f:horizontal_accuracy i:heading i:proximity_alert_radius"
	    " j:reply_markup" },
	{ "editMessageMedia",
	    "business_connection_id chat_id i:message_id"
	    " inline_message_id j:media* j:reply_markup" },
	{ "editMessageReplyMarkup",
	    "business_connection_id chat_id i:message_id"
	    " inline_message_id j:reply_markup" },
	{ "editMessageText",
	    "business_connection_id chat_id i:message_id"
	    " inline_message_id text parse_mode j:entities"
	    " j:link_preview_options j:rich_message j:reply_markup" },
	{ "editStory",
	    "business_connection_id* i:story_id* j:content* caption"
	    " parse_mode j:caption_entities j:areas" },
	{ "editUserStarSubscription",
	    "i:user_id* telegram_payment_charge_id* b:is_canceled*" },
	{ "exportChatInviteLink",
	    "chat_id*" },
	{ "forwardMessage",
	    "chat_id* i:message_thread_id i:direct_messages_topic_id"
	    " from_chat_id* i:video_start_timestamp"
	    " b:disable_notification b:protect_content message_effect_id"
	    " j:suggested_post_parameters i:message_id*" },
	{ "forwardMessages",
	    "chat_id* i:message_thread_id i:direct_messages_topic_id"
	    " from_chat_id* j:message_ids* b:disable_notification"
	    " b:protect_content" },
	{ "getAvailableGifts", "" },
	{ "getBusinessAccountGifts",
	    "business_connection_id* b:exclude_unsaved b:exclude_saved"
	    " b:exclude_unlimited b:exclude_limited_upgradable"
	    " b:exclude_limited_non_upgradable b:exclude_unique"
	    " b:exclude_from_blockchain b:sort_by_price offset i:limit" },
	{ "getBusinessAccountStarBalance",
	    "business_connection_id*" },
	{ "getBusinessConnection",
	    "business_connection_id*" },
	{ "getChat",
	    "chat_id*" },
	{ "getChatAdministrators",
	    "chat_id* b:return_bots" },
	{ "getChatGifts",
	    "chat_id* b:exclude_unsaved b:exclude_saved"
	    " b:exclude_unlimited b:exclude_limited_upgradable"
	    " b:exclude_limited_non_upgradable b:exclude_from_blockchain"
	    " b:exclude_unique b:sort_by_price offset i:limit" },
	{ "getChatMember",
	    "chat_id* i:user_id*" },
	{ "getChatMemberCount",
	    "chat_id*" },
	{ "getChatMenuButton",
	    "i:chat_id" },
	{ "getCustomEmojiStickers",
	    "j:custom_emoji_ids*" },
	{ "getFile",
	    "file_id*" },
	{ "getForumTopicIconStickers", "" },
	{ "getGameHighScores",
	    "i:user_id* i:chat_id i:message_id inline_message_id" },
	{ "getManagedBotAccessSettings",
	    "i:user_id*" },
	{ "getManagedBotToken",
	    "i:user_id*" },
	{ "getMe", "" },
	{ "getMyCommands",
	    "j:scope language_code" },
	{ "getMyDefaultAdministratorRights",
	    "b:for_channels" },
	{ "getMyDescription",
	    "language_code" },
	{ "getMyName",
	    "language_code" },
	{ "getMyShortDescription",
	    "language_code" },
	{ "getMyStarBalance", "" },
	{ "getStarTransactions",
	    "i:offset i:limit" },
	{ "getStickerSet",
	    "name*" },
	{ "getUpdates",
	    "i:offset i:limit i:timeout j:allowed_updates" },
	{ "getUserChatBoosts",
	    "chat_id* i:user_id*" },
	{ "getUserGifts",
	    "i:user_id* b:exclude_unlimited b:exclude_limited_upgradable"
	    " b:exclude_limited_non_upgradable b:exclude_from_blockchain"
	    " b:exclude_unique b:sort_by_price offset i:limit" },
	{ "getUserPersonalChatMessages",
	    "i:user_id* i:limit*" },
	{ "getUserProfileAudios",
	    "i:user_id* i:offset i:limit" },
	{ "getUserProfilePhotos",
	    "i:user_id* i:offset i:limit" },
	{ "getWebhookInfo", "" },
	{ "giftPremiumSubscription",
	    "i:user_id* i:month_count* i:star_count* text text_parse_mode"
	    " j:text_entities" },
	{ "hideGeneralForumTopic",
	    "chat_id*" },
	{ "leaveChat",
	    "chat_id*" },
	{ "logOut", "" },
	{ "pinChatMessage",
	    "business_connection_id chat_id* i:message_id*"
	    " b:disable_notification" },
	{ "postStory",
	    "business_connection_id* j:content* i:active_period* caption"
	    " parse_mode j:caption_entities j:areas b:post_to_chat_page"
	    " b:protect_content" },
	{ "promoteChatMember",
	    "chat_id* i:user_id* b:is_anonymous b:can_manage_chat"
	    " b:can_delete_messages b:can_manage_video_chats"
	    " b:can_restrict_members b:can_promote_members"
	    " b:can_change_info b:can_invite_users b:can_post_stories"
	    " b:can_edit_stories b:can_delete_stories b:can_post_messages"
	    " b:can_edit_messages b:can_pin_messages b:can_manage_topics"
	    " b:can_manage_direct_messages b:can_manage_tags" },
	{ "readBusinessMessage",
	    "business_connection_id* i:chat_id* i:message_id*" },
	{ "refundStarPayment",
	    "i:user_id* telegram_payment_charge_id*" },
	{ "removeBusinessAccountProfilePhoto",
	    "business_connection_id* b:is_public" },
	{ "removeChatVerification",
	    "chat_id*" },
	{ "removeMyProfilePhoto", "" },
	{ "removeUserVerification",
	    "i:user_id*" },
	{ "reopenForumTopic",
	    "chat_id* i:message_thread_id*" },
	{ "reopenGeneralForumTopic",
	    "chat_id*" },
	{ "replaceManagedBotToken",
	    "i:user_id*" },
	{ "replaceStickerInSet",
	    "i:user_id* name* old_sticker* j:sticker*" },
	{ "repostStory",
	    "business_connection_id* i:from_chat_id* i:from_story_id*"
	    " i:active_period* b:post_to_chat_page b:protect_content" },
	{ "restrictChatMember",
	    "chat_id* i:user_id* j:permissions*"
	    " b:use_independent_chat_permissions i:until_date" },
	{ "revokeChatInviteLink",
	    "chat_id* invite_link*" },
	{ "savePreparedInlineMessage",
	    "i:user_id* j:result* b:allow_user_chats b:allow_bot_chats"
	    " b:allow_group_chats b:allow_channel_chats" },
	{ "savePreparedKeyboardButton",
	    "i:user_id* j:button*" },
	{ "sendAnimation",
	    "business_connection_id chat_id* i:message_thread_id"
	    " i:direct_messages_topic_id animation* i:duration i:width"
	    " i:height thumbnail caption parse_mode j:caption_entities"
	    " b:show_caption_above_media b:has_spoiler"
	    " b:disable_notification b:protect_content"
	    " b:allow_paid_broadcast message_effect_id"
	    " j:suggested_post_parameters j:reply_parameters"
	    " j:reply_markup" },
	{ "sendAudio",
	    "business_connection_id chat_id* i:message_thread_id"
	    " i:direct_messages_topic_id audio* caption parse_mode"
	    " j:caption_entities i:duration performer title thumbnail"
	    " b:disable_notification b:protect_content"
	    " b:allow_paid_broadcast message_effect_id"
	    " j:suggested_post_parameters j:reply_parameters"
	    " j:reply_markup" },
	{ "sendChatAction",
	    "business_connection_id chat_id* i:message_thread_id action*" },
	{ "sendChatJoinRequestWebApp",
	    "chat_join_request_query_id* web_app_url*" },
	{ "sendChecklist",
	    "business_connection_id* chat_id* j:checklist*"
	    " b:disable_notification b:protect_content message_effect_id"
	    " j:reply_parameters j:reply_markup" },
	{ "sendContact",
	    "business_connection_id chat_id* i:message_thread_id"
	    " i:direct_messages_topic_id phone_number* first_name*"
	    " last_name vcard b:disable_notification b:protect_content"
	    " b:allow_paid_broadcast message_effect_id"
	    " j:suggested_post_parameters j:reply_parameters"
	    " j:reply_markup" },
	{ "sendDice",
	    "business_connection_id chat_id* i:message_thread_id"
	    " i:direct_messages_topic_id emoji b:disable_notification"
	    " b:protect_content b:allow_paid_broadcast message_effect_id"
	    " j:suggested_post_parameters j:reply_parameters"
	    " j:reply_markup" },
	{ "sendDocument",
	    "business_connection_id chat_id* i:message_thread_id"
	    " i:direct_messages_topic_id document* thumbnail caption"
	    " parse_mode j:caption_entities"
	    " b:disable_content_type_detection b:disable_notification"
	    " b:protect_content b:allow_paid_broadcast message_effect_id"
	    " j:suggested_post_parameters j:reply_parameters"
	    " j:reply_markup" },
	{ "sendGame",
	    "business_connection_id chat_id* i:message_thread_id"
	    " game_short_name* b:disable_notification b:protect_content"
	    " b:allow_paid_broadcast message_effect_id j:reply_parameters"
	    " j:reply_markup" },
	{ "sendGift",
	    "i:user_id chat_id gift_id* b:pay_for_upgrade text"
	    " text_parse_mode j:text_entities" },
	{ "sendInvoice",
	    "chat_id* i:message_thread_id i:direct_messages_topic_id"
	    " title* description* payload* provider_token currency*"
	    " j:prices* i:max_tip_amount j:suggested_tip_amounts"
	    " start_parameter provider_data photo_url i:photo_size"
	    " i:photo_width i:photo_height b:need_name"
	    " b:need_phone_number b:need_email b:need_shipping_address"
	    " b:send_phone_number_to_provider b:send_email_to_provider"
	    " b:is_flexible b:disable_notification b:protect_content"
	    " b:allow_paid_broadcast message_effect_id"
	    " j:suggested_post_parameters j:reply_parameters"
	    " j:reply_markup" },
	{ "sendLivePhoto",
	    "business_connection_id chat_id* i:message_thread_id"
	    " i:direct_messages_topic_id live_photo* photo* caption"
	    " parse_mode j:caption_entities b:show_caption_above_media"
	    " b:has_spoiler b:disable_notification b:protect_content"
	    " b:allow_paid_broadcast message_effect_id"
	    " j:suggested_post_parameters j:reply_parameters"
	    " j:reply_markup" },
	{ "sendLocation",
	    "business_connection_id chat_id* i:message_thread_id"
	    " i:direct_messages_topic_id f:latitude* f:longitude*"
	    " f:horizontal_accuracy i:live_period i:heading"
	    " i:proximity_alert_radius b:disable_notification"
	    " b:protect_content b:allow_paid_broadcast message_effect_id"
	    " j:suggested_post_parameters j:reply_parameters"
	    " j:reply_markup" },
	{ "sendMediaGroup",
	    "business_connection_id chat_id* i:message_thread_id"
	    " i:direct_messages_topic_id j:media* b:disable_notification"
	    " b:protect_content b:allow_paid_broadcast message_effect_id"
	    " j:reply_parameters" },
	{ "sendMessage",
	    "business_connection_id chat_id* i:message_thread_id"
	    " i:direct_messages_topic_id text* parse_mode j:entities"
	    " j:link_preview_options b:disable_notification"
	    " b:protect_content b:allow_paid_broadcast message_effect_id"
	    " j:suggested_post_parameters j:reply_parameters"
	    " j:reply_markup" },
	{ "sendMessageDraft",
	    "i:chat_id* i:message_thread_id i:draft_id* text parse_mode"
	    " j:entities" },
	{ "sendPaidMedia",
	    "business_connection_id chat_id* i:message_thread_id"
	    " i:direct_messages_topic_id i:star_count* j:media* payload"
	    " caption parse_mode j:caption_entities"
	    " b:show_caption_above_media b:disable_notification"
	    " b:protect_content b:allow_paid_broadcast"
	    " j:suggested_post_parameters j:reply_parameters"
	    " j:reply_markup" },
	{ "sendPhoto",
	    "business_connection_id chat_id* i:message_thread_id"
	    " i:direct_messages_topic_id photo* caption parse_mode"
	    " j:caption_entities b:show_caption_above_media b:has_spoiler"
	    " b:disable_notification b:protect_content"
	    " b:allow_paid_broadcast message_effect_id"
	    " j:suggested_post_parameters j:reply_parameters"
	    " j:reply_markup" },
	{ "sendPoll",
	    "business_connection_id chat_id* i:message_thread_id"
	    " question* question_parse_mode j:question_entities"
	    " j:options* b:is_anonymous type b:allows_multiple_answers"
	    " b:allows_revoting b:shuffle_options b:allow_adding_options"
	    " b:hide_results_until_closes b:members_only j:country_codes"
	    " j:correct_option_ids explanation explanation_parse_mode"
	    " j:explanation_entities j:explanation_media i:open_period"
	    " i:close_date b:is_closed description description_parse_mode"
	    " j:description_entities j:media b:disable_notification"
	    " b:protect_content b:allow_paid_broadcast message_effect_id"
	    " j:reply_parameters j:reply_markup" },
	{ "sendRichMessage",
	    "business_connection_id chat_id* i:message_thread_id"
	    " i:direct_messages_topic_id j:rich_message*"
	    " b:disable_notification b:protect_content"
	    " b:allow_paid_broadcast message_effect_id"
	    " j:suggested_post_parameters j:reply_parameters"
	    " j:reply_markup" },
	{ "sendRichMessageDraft",
	    "i:chat_id* i:message_thread_id i:draft_id* j:rich_message*" },
	{ "sendSticker",
	    "business_connection_id chat_id* i:message_thread_id"
	    " i:direct_messages_topic_id sticker* emoji"
	    " b:disable_notification b:protect_content"
	    " b:allow_paid_broadcast message_effect_id"
	    " j:suggested_post_parameters j:reply_parameters"
	    " j:reply_markup" },
	{ "sendVenue",
	    "business_connection_id chat_id* i:message_thread_id"
	    " i:direct_messages_topic_id f:latitude* f:longitude* title*"
	    " address* foursquare_id foursquare_type google_place_id"
	    " google_place_type b:disable_notification b:protect_content"
	    " b:allow_paid_broadcast message_effect_id"
	    " j:suggested_post_parameters j:reply_parameters"
	    " j:reply_markup" },
	{ "sendVideo",
	    "business_connection_id chat_id* i:message_thread_id"
	    " i:direct_messages_topic_id video* i:duration i:width"
	    " i:height thumbnail cover i:start_timestamp caption"
	    " parse_mode j:caption_entities b:show_caption_above_media"
	    " b:has_spoiler b:supports_streaming b:disable_notification"
	    " b:protect_content b:allow_paid_broadcast message_effect_id"
	    " j:suggested_post_parameters j:reply_parameters"
	    " j:reply_markup" },
	{ "sendVideoNote",
	    "business_connection_id chat_id* i:message_thread_id"
	    " i:direct_messages_topic_id video_note* i:duration i:length"
	    " thumbnail b:disable_notification b:protect_content"
	    " b:allow_paid_broadcast message_effect_id"
	    " j:suggested_post_parameters j:reply_parameters"
	    " j:reply_markup" },
	{ "sendVoice",
	    "business_connection_id chat_id* i:message_thread_id"
	    " i:direct_messages_topic_id voice* caption parse_mode"
	    " j:caption_entities i:duration b:disable_notification"
	    " b:protect_content b:allow_paid_broadcast message_effect_id"
	    " j:suggested_post_parameters j:reply_parameters"
	    " j:reply_markup" },
	{ "setBusinessAccountBio",
	    "business_connection_id* bio" },
	{ "setBusinessAccountGiftSettings",
	    "business_connection_id* b:show_gift_button*"
	    " j:accepted_gift_types*" },
	{ "setBusinessAccountName",
	    "business_connection_id* first_name* last_name" },
	{ "setBusinessAccountProfilePhoto",
	    "business_connection_id* j:photo* b:is_public" },
	{ "setBusinessAccountUsername",
	    "business_connection_id* username" },
	{ "setChatAdministratorCustomTitle",
	    "chat_id* i:user_id* custom_title*" },
	{ "setChatDescription",
	    "chat_id* description" },
	{ "setChatMemberTag",
	    "chat_id* i:user_id* tag" },
	{ "setChatMenuButton",
	    "i:chat_id j:menu_button" },
	{ "setChatPermissions",
	    "chat_id* j:permissions* b:use_independent_chat_permissions" },
	{ "setChatPhoto",
	    "chat_id* photo*" },
	{ "setChatStickerSet",
	    "chat_id* sticker_set_name*" },
	{ "setChatTitle",
	    "chat_id* title*" },
	{ "setCustomEmojiStickerSetThumbnail",
	    "name* custom_emoji_id" },
	{ "setGameScore",
	    "i:user_id* i:score* b:force b:disable_edit_message i:chat_id"
	    " i:message_id inline_message_id" },
	{ "setManagedBotAccessSettings",
	    "i:user_id* b:is_access_restricted* j:added_user_ids" },
	{ "setMessageReaction",
	    "chat_id* i:message_id* j:reaction b:is_big" },
	{ "setMyCommands",
	    "j:commands* j:scope language_code" },
	{ "setMyDefaultAdministratorRights",
	    "j:rights b:for_channels" },
	{ "setMyDescription",
	    "description language_code" },
	{ "setMyName",
	    "name language_code" },
	{ "setMyProfilePhoto",
	    "j:photo*" },
	{ "setMyShortDescription",
	    "short_description language_code" },
	{ "setPassportDataErrors",
	    "i:user_id* j:errors*" },
	{ "setStickerEmojiList",
	    "sticker* j:emoji_list*" },
	{ "setStickerKeywords",
	    "sticker* j:keywords" },
	{ "setStickerMaskPosition",
	    "sticker* j:mask_position" },
	{ "setStickerPositionInSet",
	    "sticker* i:position*" },
	{ "setStickerSetThumbnail",
	    "name* i:user_id* thumbnail format*" },
	{ "setStickerSetTitle",
	    "name* title*" },
	{ "setUserEmojiStatus",
	    "i:user_id* emoji_status_custom_emoji_id"
	    " i:emoji_status_expiration_date" },
	{ "setWebhook",
	    "url* certificate ip_address i:max_connections"
	    " j:allowed_updates b:drop_pending_updates secret_token" },
	{ "stopMessageLiveLocation",
	    "business_connection_id chat_id i:message_id"
	    " inline_message_id j:reply_markup" },
	{ "stopPoll",
	    "business_connection_id chat_id* i:message_id* j:reply_markup" },
	{ "transferBusinessAccountStars",
	    "business_connection_id* i:star_count*" },
	{ "transferGift",
	    "business_connection_id* owned_gift_id* i:new_owner_chat_id*"
	    " i:star_count" },
	{ "unbanChatMember",
	    "chat_id* i:user_id* b:only_if_banned" },
	{ "unbanChatSenderChat",
	    "chat_id* i:sender_chat_id*" },
	{ "unhideGeneralForumTopic",
	    "chat_id*" },
	{ "unpinAllChatMessages",
	    "chat_id*" },
	{ "unpinAllForumTopicMessages",
	    "chat_id* i:message_thread_id*" },
	{ "unpinAllGeneralForumTopicMessages",
	    "chat_id*" },
	{ "unpinChatMessage",
	    "business_connection_id chat_id* i:message_id" },
	{ "upgradeGift",
	    "business_connection_id* owned_gift_id*"
	    " b:keep_original_details i:star_count" },
	{ "uploadStickerFile",
	    "i:user_id* sticker* sticker_format*" },
	{ "verifyChat",
	    "chat_id* custom_description" },
	{ "verifyUser",
	    "i:user_id* custom_description" },
};
/* clang-format on */

const struct gp_sim_method *
gp_sim_method(struct gp_span name)
{
	size_t i;

	for (i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (strlen(methods[i].name) == name.n &&
		    strncasecmp(methods[i].name, name.p, name.n) == 0)
			return &methods[i];
	return NULL;
}

int
gp_sim_param_next(const char **params, struct gp_sim_param_kind *to)
{
	const char *p = *params + strspn(*params, " ");
	size_t n = strcspn(p, " ");

	if (n == 0)
		return 0;
	*params = p + n;
	to->type = 0;
	if (p[1] == ':') {
		to->type = p[0];
		p += 2;
		n -= 2;
	}
	to->required = p[n - 1] == '*';
	to->name = (struct gp_span){ p, n - (size_t)to->required };
	return 1;
}
