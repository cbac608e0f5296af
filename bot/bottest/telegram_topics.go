package bottest

import (
	"fmt"
	"html"
	"strconv"
	"time"
)

// A TelegramTopic is a forum topic of a group.
type TelegramTopic struct {
	Group   int64
	Thread  int
	Name    string
	Closed  bool
	Deleted bool
}

// Topics returns the topics that were made, in order.
func (s *TelegramServer) Topics() []TelegramTopic {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []TelegramTopic
	for _, t := range s.topics {
		list = append(list, *t)
	}
	return list
}

// CloseTopic and DeleteTopic are what people do to a topic behind the bot's back.
func (s *TelegramServer) CloseTopic(thread int) {
	s.lock(func() { s.topic(thread).Closed = true })
}

// DeleteTopic deletes a topic with all that is in it.
func (s *TelegramServer) DeleteTopic(thread int) {
	s.lock(func() { s.topic(thread).Deleted = true })
}

// SentIn returns what was written in a topic, in order.
func (s *TelegramServer) SentIn(thread int) []TelegramMessage {
	var list []TelegramMessage
	for _, m := range s.Sent() {
		if m.Thread == thread {
			list = append(list, m)
		}
	}
	return list
}

// topic finds a topic; s is locked.
func (s *TelegramServer) topic(thread int) *TelegramTopic {
	for _, t := range s.topics {
		if t.Thread == thread {
			return t
		}
	}
	return &TelegramTopic{Deleted: true}
}

// refusesTopic is why nothing may be written in a topic, nil when it may.
func (s *TelegramServer) refusesTopic(f map[string]string) *TelegramAnswer {
	thread, _ := strconv.Atoi(f["message_thread_id"])
	if thread == 0 {
		return nil
	}
	var a TelegramAnswer
	switch t := s.topic(thread); {
	case t.Deleted:
		a = s.BadRequest("message thread not found")
	case t.Closed:
		a = s.BadRequest("TOPIC_CLOSED")
	default:
		return nil
	}
	return &a
}

// changeTopic answers the calls about topics; ok is false for another call.
func (s *TelegramServer) changeTopic(method string, f map[string]string) (a TelegramAnswer, ok bool) {
	if method == "createForumTopic" {
		group, _ := strconv.ParseInt(f["chat_id"], 10, 64)
		t := &TelegramTopic{Group: group, Thread: 100 + len(s.topics), Name: f["name"]}
		s.topics = append(s.topics, t)
		return resultBody(fmt.Sprintf(`{"message_thread_id":%d,"name":"x","icon_color":1}`, t.Thread)), true
	}
	thread, _ := strconv.Atoi(f["message_thread_id"])
	t := s.topic(thread)
	switch method {
	case "closeForumTopic":
		t.Closed = true
	case "reopenForumTopic":
		t.Closed = false
	case "deleteForumTopic":
		t.Deleted = true
	default:
		return a, false
	}
	return resultBody("true"), true
}

// editText changes a message and its buttons.
func (s *TelegramServer) editText(f map[string]string) TelegramAnswer {
	id, _ := strconv.Atoi(f["message_id"])
	m := s.byID[id]
	if m == nil || strconv.FormatInt(m.Chat, 10) != f["chat_id"] {
		return s.BadRequest("message to edit not found")
	}
	m.Text, m.Raw, m.Buttons = html.UnescapeString(f["text"]), f["text"], nil
	if refusal := readKeyboard(f["reply_markup"], m); refusal != "" {
		return s.BadRequest(refusal)
	}
	return resultBody(fmt.Sprintf(`{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"supergroup"}}`, m.ID, m.At.Unix(), m.Chat))
}

// TelegramInTopic is an update without its id: a member of staff writes in a
// topic, in answer to the message reply unless that is nil.
func TelegramInTopic(group int64, thread int, from int64, text string, reply *TelegramMessage) map[string]any {
	m := map[string]any{
		"message_id": time.Now().UnixNano() % 1e9, "date": time.Now().Unix(), "text": text, "message_thread_id": thread, "is_topic_message": true,
		"chat": map[string]any{"id": group, "type": "supergroup", "is_forum": true}, "from": telegramPerson(from, "fr"),
	}
	if reply != nil {
		m["reply_to_message"] = map[string]any{"message_id": reply.ID, "text": reply.Text, "from": map[string]any{"id": 4242, "is_bot": true}}
	}
	return map[string]any{"message": m}
}

// TelegramTapInTopic is an update without its id: a member of staff taps a button
// in a topic.
func TelegramTapInTopic(m TelegramMessage, from int64, data string) map[string]any {
	return map[string]any{"callback_query": map[string]any{
		"id": fmt.Sprint("tap", time.Now().UnixNano()), "from": telegramPerson(from, "fr"), "data": data, "chat_instance": "1",
		"message": map[string]any{"message_id": m.ID, "message_thread_id": m.Thread, "date": time.Now().Unix(), "chat": map[string]any{"id": m.Chat, "type": "supergroup"}},
	}}
}
