package telegram

import "strings"

// surrounds are the fields of a message that say nothing by themselves
// (core.telegram.org/bots/api#message, Bot API 10.3).
var surrounds = set(`message_id message_thread_id direct_messages_topic from sender_chat
	sender_boost_count sender_business_bot sender_tag receiver_user ephemeral_message_id date
	business_connection_id chat forward_origin forward_from forward_from_chat forward_from_message_id
	forward_signature forward_sender_name forward_date is_topic_message is_automatic_forward
	reply_to_message external_reply quote reply_to_story reply_to_checklist_task_id
	reply_to_poll_option_id via_bot edit_date has_protected_content is_from_offline is_paid_post
	media_group_id author_signature paid_star_count text entities link_preview_options
	suggested_post_info effect_id caption caption_entities show_caption_above_media
	has_media_spoiler reply_markup guest_bot_caller_user guest_bot_caller_chat guest_query_id`)

// telegramSays are the fields by which Telegram itself speaks in a chat: nobody
// expects an answer to them.
var telegramSays = set(`new_chat_members new_chat_participant new_chat_member left_chat_member
	left_chat_participant new_chat_title new_chat_photo delete_chat_photo group_chat_created
	supergroup_chat_created channel_chat_created message_auto_delete_timer_changed
	migrate_to_chat_id migrate_from_chat_id pinned_message invoice successful_payment
	refunded_payment users_shared chat_shared user_shared gift unique_gift gift_upgrade_sent
	connected_website write_access_allowed passport_data proximity_alert_triggered boost_added
	chat_background_set checklist_tasks_done checklist_tasks_added direct_message_price_changed
	forum_topic_created forum_topic_edited forum_topic_closed forum_topic_reopened
	general_forum_topic_hidden general_forum_topic_unhidden giveaway_created giveaway_completed
	paid_message_price_changed chat_owner_left chat_owner_changed community_chat_added
	community_chat_joined community_chat_removed suggested_post_approved
	suggested_post_approval_failed suggested_post_declined suggested_post_paid
	suggested_post_refunded video_chat_scheduled video_chat_started video_chat_ended
	video_chat_participants_invited web_app_data managed_bot_created poll_option_added
	poll_option_deleted`)

func set(words string) map[string]bool {
	names := map[string]bool{}
	for _, w := range strings.Fields(words) {
		names[w] = true
	}
	return names
}
