package telegram

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/go-telegram/bot/models"

	"doudou/bot"
)

// A message is what is read of a Bot API message: plain values only, of which
// none has a closed list of forms.
type message struct {
	ID        int              `json:"message_id"`
	Date      int64            `json:"date"`
	EditDate  int64            `json:"edit_date"`
	Chat      models.Chat      `json:"chat"`
	From      *models.User     `json:"from"`
	Text      string           `json:"text"`
	Caption   string           `json:"caption"`
	Location  *models.Location `json:"location"`
	Contact   *models.Contact  `json:"contact"`
	Voice     json.RawMessage  `json:"voice"`
	VideoNote json.RawMessage  `json:"video_note"`
	Audio     json.RawMessage  `json:"audio"`
}

// A message longer than Telegram allows is cut there, in UTF-16 units.
const maxText = 4096

func (m *message) text() string { return truncate(clean(m.Text), maxText) }

func (m *message) fromBot() bool { return m.From != nil && m.From.IsBot }

func (m *message) start(kind bot.MessageKind) bot.Message {
	out := address(m.Chat.ID, m.From)
	out.Kind, out.At = kind, time.Unix(m.Date, 0)
	return out
}

func readMessage(raw json.RawMessage) (update, Verdict, error) {
	var m message
	if json.Unmarshal(raw, &m) != nil || m.Chat.ID == 0 {
		return update{}, Unreadable, errBadMessage
	}
	if !private(m.Chat) || m.fromBot() {
		return update{}, Ignored, nil
	}
	out, ok := m.content(raw)
	if !ok {
		return update{}, Ignored, nil
	}
	return update{message: out}, Readable, nil
}

// content reads what a message carries; false when it carries nothing that a
// person said.
func (m *message) content(raw json.RawMessage) (bot.Message, bool) {
	switch {
	case clean(m.Text) != "":
		return m.words(), true
	case m.Location != nil:
		out := m.start(bot.Place)
		var ok bool
		out.Data, ok = cell(*m.Location)
		return out, ok
	case m.Contact != nil:
		out := m.start(bot.CallMe)
		if m.From != nil && m.Contact.UserID != 0 && m.Contact.UserID == m.From.ID {
			out.Data = truncate(clean(m.Contact.PhoneNumber), 32)
		}
		return out, true
	case present(m.Voice), present(m.VideoNote), present(m.Audio):
		return m.captioned(bot.Voice), true
	case speaks(raw):
		return m.captioned(bot.Media), true
	}
	return bot.Message{}, false
}

func (m *message) captioned(kind bot.MessageKind) bot.Message {
	out := m.start(kind)
	out.Text = truncate(clean(m.Caption), maxText)
	return out
}

// words reads a text: a command becomes the word that means the same on every
// channel, /start a greeting.
func (m *message) words() bot.Message {
	c, ok := parseCommand(m.Text)
	if !ok || (c.word == "" && !c.start) {
		out := m.start(bot.Text)
		out.Text = m.text()
		return out
	}
	if c.start {
		out := m.start(bot.Greeting)
		out.Data = truncate(clean(c.payload), 64)
		return out
	}
	out := m.start(bot.Text)
	out.Text, out.Data = c.word, truncate(clean(c.payload), maxText)
	return out
}

// speaks tells whether a message without words carries something that a person
// sent: a photo, a sticker, or a thing invented after this was written. What
// Telegram itself writes into a chat, and what merely surrounds a message, does
// not count.
func speaks(raw json.RawMessage) bool {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return false
	}
	for name, value := range fields {
		if telegramSays[name] {
			return false
		}
		if surrounds[name] || !present(value) {
			delete(fields, name)
		}
	}
	return len(fields) > 0
}

// messageID reads the id of a message as it is kept in Ref.
func messageID(ref string) (int, bool) {
	id, err := strconv.Atoi(ref)
	return id, err == nil && id > 0
}
