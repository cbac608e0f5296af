package bottest

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// apply does what a call asks, and returns what Telegram answers; s is locked.
func (s *TelegramServer) apply(method string, f map[string]string) TelegramAnswer {
	if answer, ok := s.changeTopic(method, f); ok {
		return answer
	}
	switch method {
	case "sendMessage":
		return s.sendMessage(f)
	case "editMessageText":
		return s.editText(f)
	case "editMessageReplyMarkup":
		return s.editMarkup(f)
	case "getUpdates":
		return TelegramAnswer{kind: telegramHold}
	case "setWebhook":
		s.webhook = maps.Clone(f)
	case "deleteWebhook":
		s.webhook = map[string]string{}
	case "getWebhookInfo":
		url, _ := json.Marshal(s.webhook["url"])
		return resultBody(fmt.Sprintf(`{"url":%s,"has_custom_certificate":false,"pending_update_count":%d}`, url, len(s.pending)))
	case "getMe":
		return resultBody(`{"id":4242,"is_bot":true,"first_name":"Doudou","username":"DoudouTestBot"}`)
	case "setMyCommands", "setMyDescription", "setMyShortDescription":
		s.profile[profileKey(method, f)] = f["commands"] + f["description"] + f["short_description"]
	case "getMyCommands":
		commands := s.profile[profileKey(method, f)]
		if commands == "" {
			commands = "[]"
		}
		return resultBody(commands)
	case "getMyDescription", "getMyShortDescription":
		text, _ := json.Marshal(s.profile[profileKey(method, f)])
		return resultBody(`{"` + map[string]string{"getMyDescription": "description", "getMyShortDescription": "short_description"}[method] + `":` + string(text) + `}`)
	case "answerCallbackQuery", "sendChatAction":
	default:
		return s.Error(404, "Not Found: method not found")
	}
	return resultBody("true")
}

// profileKey names what is set for a scope and language, the same for get and set.
func profileKey(method string, f map[string]string) string {
	return method[1:] + f["scope"] + "|" + f["language_code"]
}

func (s *TelegramServer) sendMessage(f map[string]string) TelegramAnswer {
	chat, err := strconv.ParseInt(f["chat_id"], 10, 64)
	if err != nil {
		return s.BadRequest("chat_id is empty")
	}
	text := f["text"]
	if f["parse_mode"] == "HTML" {
		if text, err = plainText(text); err != nil {
			return s.BadRequest("can't parse entities: " + err.Error())
		}
	}
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return s.BadRequest("message text is empty")
	case len(utf16.Encode([]rune(text))) > 4096:
		return s.BadRequest("message is too long")
	}
	if refusal := s.refusesTopic(f); refusal != nil {
		return *refusal
	}
	thread, _ := strconv.Atoi(f["message_thread_id"])
	m := &TelegramMessage{Chat: chat, Thread: thread, Text: text, Raw: f["text"], Mode: f["parse_mode"], At: time.Now()}
	if refusal := readKeyboard(f["reply_markup"], m); refusal != "" {
		return s.BadRequest(refusal)
	}
	m.ID = len(s.messages) + 1001
	s.messages = append(s.messages, m)
	s.byID[m.ID] = m
	quoted, _ := json.Marshal(text)
	return resultBody(fmt.Sprintf(`{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private"},"text":%s}`, m.ID, m.At.Unix(), chat, quoted))
}

// readKeyboard reads inline buttons; it returns the words of a refusal.
func readKeyboard(markup string, m *TelegramMessage) string {
	if markup == "" {
		return ""
	}
	var k struct {
		Rows [][]TelegramButton `json:"inline_keyboard"`
	}
	if markup == "null" || json.Unmarshal([]byte(markup), &k) != nil {
		return "object expected as reply markup"
	}
	for _, row := range k.Rows {
		for _, b := range row {
			if b.Text == "" {
				return "inline keyboard button text is empty"
			}
			if len(b.Data) == 0 || len(b.Data) > 64 {
				return "BUTTON_DATA_INVALID"
			}
		}
	}
	m.Buttons = k.Rows
	return ""
}

func (s *TelegramServer) editMarkup(f map[string]string) TelegramAnswer {
	id, _ := strconv.Atoi(f["message_id"])
	m := s.byID[id]
	switch {
	case m == nil || strconv.FormatInt(m.Chat, 10) != f["chat_id"]:
		return s.BadRequest("message to edit not found")
	case m.Buttons == nil && f["reply_markup"] == "":
		return s.BadRequest("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	m.Buttons = nil
	if refusal := readKeyboard(f["reply_markup"], m); refusal != "" {
		return s.BadRequest(refusal)
	}
	return resultBody(fmt.Sprintf(`{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private"}}`, m.ID, m.At.Unix(), m.Chat))
}

var (
	telegramTag    = regexp.MustCompile(`<[^<>]*>?`)
	telegramEntity = regexp.MustCompile(`&(?:lt|gt|amp|quot|#[0-9]+|#x[0-9a-fA-F]+);`)
)

// plainText reads Telegram's HTML: few tags, all closed in order, four named
// entities and the numbered ones; others stay as typed.
func plainText(text string) (string, error) {
	var open []string
	var failed error
	text = telegramTag.ReplaceAllStringFunc(text, func(tag string) string {
		name := strings.Trim(tag, "</>")
		switch {
		case tag == "</"+name+">" && len(open) > 0 && open[len(open)-1] == name:
			open = open[:len(open)-1]
		case tag == "<"+name+">" && (name == "b" || name == "i" || name == "u" || name == "s" || name == "code"):
			open = append(open, name)
		default:
			failed = fmt.Errorf("Unsupported start tag %q", name)
		}
		return ""
	})
	if len(open) > 0 {
		failed = fmt.Errorf("Can't find end tag corresponding to start tag %q", open[0])
	}
	return telegramEntity.ReplaceAllStringFunc(text, html.UnescapeString), failed
}
