package alert

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"doudou/bot"
)

// anonymousAdmin is as whom Telegram shows an administrator who stays anonymous.
const anonymousAdmin = 1087968824

// hear takes what somebody wrote or tapped in a group. An error means that it
// could not be kept: it is heard again.
func (b *Bridge) hear(ctx context.Context, u update) error {
	if u.Tap != nil {
		return b.tapped(ctx, u)
	}
	m, edited := u.Message, false
	if m == nil {
		m, edited = u.Edited, true
	}
	if m == nil || m.Text == "" || m.Thread == 0 {
		return nil // a photo, a pinned message, a word outside of any topic
	}
	c, t, err := b.about(ctx, m.Chat.ID, m.Thread)
	if err != nil || t.Case == "" {
		return err
	}
	if m.From.ID == anonymousAdmin || m.SenderChat != nil {
		b.Bot.Count("staff_telegram_anonymous")
		return b.tell(ctx, c, t, "alert.topic.anonymous")
	}
	agent, err := b.agent(ctx, m.From.ID, c)
	if err != nil || agent.Login == "" {
		return err
	}
	once := fmt.Sprint("tg:", u.ID)
	if text, answer := m.answer(); answer && !edited {
		return b.preview(ctx, agent, c, t, text, once)
	}
	text := m.Text
	if edited {
		text = b.writer().say("alert.topic.edited") + " " + text
	}
	return b.note(ctx, agent, c, text, once)
}

// answer tells whether a message is meant for the family: /r and a text, or the
// reply to a message that we carried here.
func (m *groupMessage) answer() (text string, ok bool) {
	command, rest, _ := strings.Cut(m.Text, " ")
	if command, _, _ = strings.Cut(command, "@"); command == "/r" {
		return strings.TrimSpace(rest), true
	}
	r := m.ReplyTo
	return m.Text, r != nil && r.From.IsBot && r.Text != "" && r.ID != m.Thread
}

// about returns the case of a topic; the zero topic when it is none of ours.
func (b *Bridge) about(ctx context.Context, group int64, thread int) (bot.Case, bot.Topic, error) {
	list, err := b.Store.Topics(ctx)
	if err != nil {
		return bot.Case{}, bot.Topic{}, err
	}
	i := slices.IndexFunc(list, func(t bot.Topic) bool { return t.Group == group && t.Thread == thread })
	if i < 0 {
		return bot.Case{}, bot.Topic{}, nil
	}
	c, err := b.Store.Case(ctx, list[i].Case)
	if errors.Is(err, bot.ErrGone) {
		return c, bot.Topic{}, nil
	}
	return c, list[i], err
}

// agent returns who writes, if they linked their Telegram, may answer and are of
// the team; others are counted and not heard.
func (b *Bridge) agent(ctx context.Context, from int64, c bot.Case) (bot.Agent, error) {
	wish, err := b.Bot.known(ctx, from)
	if err != nil {
		return bot.Agent{}, err
	}
	a := bot.Agent{}
	if wish.Agent != "" {
		if a, err = b.Bot.Links.Agent(ctx, wish.Agent); err != nil && !errors.Is(err, bot.ErrGone) {
			return a, err
		}
	}
	if !answers(a) || !within(a, c) {
		b.Bot.Count("staff_telegram_ignored")
		return bot.Agent{}, nil
	}
	return a, nil
}

// note keeps a plain text as a word for colleagues.
func (b *Bridge) note(ctx context.Context, a bot.Agent, c bot.Case, text, once string) error {
	act := bot.Act{Case: c.ID, Agent: a.Login, Do: bot.NoteIt, Once: once, Text: text, Tag: b.Bot.Draw(), At: b.Bot.Now()}
	if err := b.Store.Act(ctx, act); err != nil && !errors.Is(err, bot.ErrGone) {
		return err
	}
	b.Bot.Count("staff_telegram_noted")
	return b.Store.Record(ctx, bot.Entry{At: b.Bot.Now(), Agent: a.Login, Did: "note", Case: c.ID})
}

// tell writes a text of the desk in a topic.
func (b *Bridge) tell(ctx context.Context, c bot.Case, t bot.Topic, key string, args ...any) error {
	w := b.writer()
	text := w.say(key, args...)
	if w.err != nil {
		return w.err
	}
	return b.said(c, b.post(ctx, c, t, text, nil))
}

// said lets a message to a topic go that Telegram refuses. One for which the
// group has no room is an error: what asked for it is heard again.
func (b *Bridge) said(c bot.Case, err error) error {
	if err != nil && !errors.Is(err, errWait) {
		b.Bot.Log.Warn("staff could not be answered in a topic", "case", string(c.ID), "error", err)
		return nil
	}
	return err
}

// maxAnswerText is how long an answer may be, in characters.
const maxAnswerText = 1500

// preview shows an answer to who wrote it. Nothing leaves before they tap.
func (b *Bridge) preview(ctx context.Context, a bot.Agent, c bot.Case, t bot.Topic, text, once string) error {
	switch {
	case c.State == bot.Closed:
		return b.tell(ctx, c, t, "alert.topic.closed")
	case a.Approved:
		return b.tell(ctx, c, t, "alert.topic.approved", "link", b.Bot.page("/desk/cases/"+string(c.ID)))
	case text == "" || len([]rune(text)) > maxAnswerText:
		return b.tell(ctx, c, t, "alert.topic.length")
	}
	lines, err := b.Store.Thread(ctx, c.Contact, 200)
	if err != nil {
		return err
	}
	seen := c.Lines
	for _, l := range lines {
		if l.Seq > t.Seen {
			seen-- // not carried here yet
		}
	}
	d := bot.Draft{ID: strings.TrimPrefix(once, "tg:"), Case: c.ID, Agent: a.Login, Text: text, Seen: max(seen, 1), At: b.Bot.Now()}
	if err := b.Store.AddDraft(ctx, d); err != nil {
		return err
	}
	w := b.writer()
	shown := w.say("alert.topic.preview", "id", c.ID, "text", text, "language", w.language(c.Lang))
	if c.Channel == bot.SMS && b.Segments != nil {
		shown += "\n" + w.say("alert.topic.sms", "n", b.Segments(text))
	}
	if w.err != nil {
		return w.err
	}
	return b.said(c, b.post(ctx, c, t, shown, w.taps(d.ID)))
}

// taps are the keys below a preview.
func (t *writer) taps(id string) any {
	var row []map[string]string
	for _, do := range []string{"send", "note", "cancel"} {
		row = append(row, map[string]string{"text": t.say("alert.topic.do." + do), "callback_data": do + ":" + id})
	}
	return map[string]any{"inline_keyboard": [][]map[string]string{row}}
}

// tapped does what the author of a draft taps, once.
func (b *Bridge) tapped(ctx context.Context, u update) error {
	do, id, _ := strings.Cut(u.Tap.Data, ":")
	d, err := b.Store.Draft(ctx, id)
	if errors.Is(err, bot.ErrGone) {
		return b.hint(ctx, u, "alert.topic.done")
	}
	if err != nil {
		return err
	}
	c, err := b.Store.Case(ctx, d.Case)
	if errors.Is(err, bot.ErrGone) {
		return b.hint(ctx, u, "alert.topic.done")
	}
	if err != nil {
		return err
	}
	agent, err := b.agent(ctx, u.Tap.From.ID, c)
	if err != nil {
		return err
	}
	if agent.Login != d.Agent {
		return b.hint(ctx, u, "alert.topic.notyours")
	}
	outcome, err := b.settle(ctx, agent, c, d, do)
	if err != nil {
		return err
	}
	if err := b.Store.DropDraft(ctx, d.ID); err != nil {
		return err
	}
	return b.show(ctx, u, c, outcome, d.Text)
}

// settle sends a draft, keeps it as a note, or does nothing with it; it returns
// the text that says so.
func (b *Bridge) settle(ctx context.Context, a bot.Agent, c bot.Case, d bot.Draft, do string) (string, error) {
	once := "tg-draft:" + d.ID
	switch do {
	case "note":
		return "alert.topic.noted", b.note(ctx, a, c, d.Text, once)
	case "send":
		return b.send(ctx, a, c, d, once)
	}
	return "alert.topic.cancelled", nil
}

// send answers the family, as the desk would.
func (b *Bridge) send(ctx context.Context, a bot.Agent, c bot.Case, d bot.Draft, once string) (string, error) {
	err := b.Service.Answer(ctx, a, c.ID, d.Text, once, d.Seen)
	for refused, key := range map[error]string{bot.ErrMoved: "alert.topic.moved", bot.ErrTaken: "alert.topic.taken", bot.ErrGone: "alert.topic.closed", bot.ErrClosing: "alert.topic.closed"} {
		if errors.Is(err, refused) {
			return key, nil
		}
	}
	if err != nil {
		return "", err
	}
	b.Bot.Count("staff_telegram_sent")
	return "alert.topic.sent", b.Store.Record(ctx, bot.Entry{At: b.Bot.Now(), Agent: a.Login, Did: "reply", Case: c.ID})
}

// show replaces a preview by what became of it, without its keys.
func (b *Bridge) show(ctx context.Context, u update, c bot.Case, key, text string) error {
	w := b.writer()
	params := map[string]any{"message_id": u.Tap.Message.ID, "text": w.say(key) + "\n\n" + text}
	if w.err != nil {
		return w.err
	}
	if err := b.call(ctx, c.Team, "editMessageText", params, nil); err != nil {
		b.Bot.Log.Warn("a preview could not be changed", "case", string(c.ID), "error", err)
	}
	return b.hint(ctx, u, key)
}

// hint answers a tap on the telephone of who tapped.
func (b *Bridge) hint(ctx context.Context, u update, key string) error {
	w := b.writer()
	text := w.say(key)
	if w.err != nil {
		return w.err
	}
	call, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	_ = b.Bot.api.call(call, "answerCallbackQuery", map[string]any{"callback_query_id": u.Tap.ID, "text": text}, nil) // nothing hangs on it
	return nil
}

// chatOf writes a Telegram as it is kept.
func chatOf(id int64) string { return strconv.FormatInt(id, 10) }
