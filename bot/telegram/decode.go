package telegram

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"time"

	"github.com/go-telegram/bot/models"

	"doudou/bot"
)

// A Verdict says what to do with an update.
type Verdict int

// The verdicts.
const (
	Readable   Verdict = iota // a message to keep
	Ignored                   // not for us: a group, a service message; acknowledged
	Unreadable                // to keep aside for a person, and acknowledged
)

// An update is what Telegram brought, read.
type update struct {
	message bot.Message
	tap     string // id of the tap, to be answered at once; "" for anything else
}

// Decode reads one update as Telegram sends it. Only the few values that are
// used are decoded: the library's models refuse a whole update over a value
// that they do not know (a new kind of forwarding, say), and whoever wrote it
// would get no answer. Provider is set whenever it can be told, also when the
// error says why the update is Unreadable; the error holds nothing of what was
// written.
func Decode(raw []byte) (bot.Message, Verdict, error) {
	u, verdict, err := read(raw)
	return u.message, verdict, err
}

// Why an update is unreadable.
var (
	errNotUpdate  = errors.New("not an update")
	errNoID       = errors.New("an update without id")
	errBadMessage = errors.New("a message with an unknown form")
	errBadTap     = errors.New("a tap with an unknown form")
	errBadMember  = errors.New("a membership with an unknown form")
)

func read(raw []byte) (update, Verdict, error) {
	var envelope struct {
		ID      int64           `json:"update_id"`
		Message json.RawMessage `json:"message"`
		Edited  json.RawMessage `json:"edited_message"`
		Tap     json.RawMessage `json:"callback_query"`
		Member  json.RawMessage `json:"my_chat_member"`
	}
	if json.Unmarshal(raw, &envelope) != nil {
		return unreadable(nameless(raw), errNotUpdate)
	}
	if envelope.ID <= 0 {
		return unreadable(nameless(raw), errNoID)
	}
	provider := strconv.FormatInt(envelope.ID, 10)
	var u update
	var verdict Verdict
	var err error
	switch {
	case present(envelope.Message):
		u, verdict, err = readMessage(envelope.Message)
	case present(envelope.Edited):
		u, verdict, err = readEdited(envelope.Edited)
	case present(envelope.Tap):
		u, verdict, err = readTap(envelope.Tap)
	case present(envelope.Member):
		u, verdict, err = readMember(envelope.Member)
	default:
		verdict = Ignored
	}
	u.message.Channel, u.message.Provider = bot.Telegram, provider
	return u, verdict, err
}

func present(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }

func unreadable(provider string, why error) (update, Verdict, error) {
	return update{message: bot.Message{Channel: bot.Telegram, Provider: provider}}, Unreadable, why
}

// nameless names an update whose id cannot be read by what it holds, so that it
// is kept once however often it comes.
func nameless(raw []byte) string {
	sum := sha256.Sum256(raw)
	return "sha256:" + hex.EncodeToString(sum[:16])
}

// address fills who wrote: the chat, which on Telegram is the person's own
// number there, and the language of their telephone.
func address(chat int64, from *models.User) bot.Message {
	m := bot.Message{From: bot.Address{Channel: bot.Telegram, ID: strconv.FormatInt(chat, 10)}}
	if from != nil {
		m.Lang = truncate(clean(from.LanguageCode), 35) // the longest tag in practice
	}
	return m
}

func private(chat models.Chat) bool { return chat.Type == models.ChatTypePrivate }

func readEdited(raw json.RawMessage) (update, Verdict, error) {
	var m message
	if json.Unmarshal(raw, &m) != nil || m.Chat.ID == 0 {
		return update{}, Unreadable, errBadMessage
	}
	if !private(m.Chat) || m.fromBot() || clean(m.Text) == "" {
		return update{}, Ignored, nil // a live location moves, a caption changes
	}
	out := m.start(bot.Edited)
	out.Text, out.Data = m.text(), strconv.Itoa(m.ID)
	if m.EditDate > 0 {
		out.At = time.Unix(m.EditDate, 0)
	}
	if c, ok := parseCommand(m.Text); ok && c.word != "" {
		out.Text = c.word
	}
	return update{message: out}, Readable, nil
}

func readTap(raw json.RawMessage) (update, Verdict, error) {
	var q struct {
		ID      string       `json:"id"`
		From    *models.User `json:"from"`
		Data    string       `json:"data"`
		Message *struct {
			ID   int         `json:"message_id"`
			Date int64       `json:"date"` // 0 when the message can no longer be reached
			Chat models.Chat `json:"chat"`
		} `json:"message"`
	}
	if json.Unmarshal(raw, &q) != nil || q.From == nil || q.From.ID == 0 {
		return update{}, Unreadable, errBadTap
	}
	if q.Data == "" || (q.Message != nil && !private(q.Message.Chat)) {
		return update{}, Ignored, nil
	}
	out := address(q.From.ID, q.From)
	out.Kind, out.Data = bot.Tap, truncate(clean(q.Data), 64)
	if q.Message != nil && q.Message.Date != 0 {
		out.Ref = strconv.Itoa(q.Message.ID)
	}
	return update{message: out, tap: q.ID}, Readable, nil
}

func readMember(raw json.RawMessage) (update, Verdict, error) {
	var m struct {
		Chat models.Chat  `json:"chat"`
		From *models.User `json:"from"`
		Date int64        `json:"date"`
		New  struct {
			Status models.ChatMemberType `json:"status"`
		} `json:"new_chat_member"`
	}
	if json.Unmarshal(raw, &m) != nil || m.Chat.ID == 0 {
		return update{}, Unreadable, errBadMember
	}
	if !private(m.Chat) {
		return update{}, Ignored, nil
	}
	out := address(m.Chat.ID, m.From)
	out.At = time.Unix(m.Date, 0)
	switch m.New.Status {
	case models.ChatMemberTypeBanned:
		out.Kind = bot.Gone
	case models.ChatMemberTypeMember:
		out.Kind = bot.Returned
	case models.ChatMemberTypeLeft, models.ChatMemberTypeRestricted, models.ChatMemberTypeAdministrator, models.ChatMemberTypeOwner:
		return update{}, Ignored, nil
	default:
		return update{}, Unreadable, errBadMember
	}
	return update{message: out}, Readable, nil
}

// cell writes a place rounded to 0.001 degree, about a hundred metres: enough for
// the nearest crèche, not for a home. False when it is not on Earth.
func cell(l models.Location) (string, bool) {
	if !(math.Abs(l.Latitude) <= 90) || !(math.Abs(l.Longitude) <= 180) {
		return "", false
	}
	round := func(f float64) string {
		thousandths := int64(math.Round(f * 1000))
		return strconv.FormatFloat(float64(thousandths)/1000, 'f', 3, 64)
	}
	return round(l.Latitude) + "," + round(l.Longitude), true
}
