package alert

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"doudou/bot"
)

// Limits of a topic: how often it is made, how long it stays once its case is
// closed, how many characters one message carries.
const (
	mostMade  = 2
	topicDays = 30
	maxWords  = 3500
)

// carry brings what is new of a case into its topic, as one message.
func (b *Bridge) carry(ctx context.Context, c bot.Case, t bot.Topic) error {
	if t.Case == "" || t.Thread == 0 {
		made, err := b.open(ctx, c, t)
		if err != nil {
			return quiet(err)
		}
		t = made
	}
	lines, err := b.Store.Thread(ctx, c.Contact, 200)
	if err != nil {
		return err
	}
	words, last := b.words(ctx, c, t, lines)
	if last == t.Seen {
		return nil
	}
	if words != "" {
		if err := b.post(ctx, c, t, words, nil); err != nil {
			return b.mend(ctx, c, t, err)
		}
	}
	t.Seen, t.Open = last, true
	return b.Store.SaveTopic(ctx, t)
}

// quiet forgets that a group has no room: the next round goes on.
func quiet(err error) error {
	if errors.Is(err, errWait) {
		return nil
	}
	return err
}

// open makes the topic of a case. Of two that are made at once one is kept, and
// the other deleted: staff would write into a void.
func (b *Bridge) open(ctx context.Context, c bot.Case, old bot.Topic) (bot.Topic, error) {
	if old.Made >= mostMade {
		return old, errWait // somebody deletes it each time
	}
	var made struct {
		Thread int `json:"message_thread_id"`
	}
	if err := b.call(ctx, c.Team, "createForumTopic", map[string]any{"name": b.name(c)}, &made); err != nil {
		return old, err
	}
	group, err := b.group(ctx, c.Team)
	if err != nil {
		return old, err
	}
	t := bot.Topic{Case: c.ID, Group: group, Thread: made.Thread, Made: old.Made + 1, Open: true, At: b.Bot.Now()}
	if old.Case != "" {
		return t, b.Store.SaveTopic(ctx, t)
	}
	kept, fresh, err := b.Store.AddTopic(ctx, t)
	if err == nil && !fresh {
		return kept, b.call(ctx, c.Team, "deleteForumTopic", map[string]any{"message_thread_id": made.Thread}, nil)
	}
	return kept, err
}

// name is what a topic is called on the telephones of staff, and on their lock
// screens: never a person.
func (b *Bridge) name(c bot.Case) string {
	t := b.writer()
	return fmt.Sprintf("%s - %s - %s", c.ID, t.language(c.Lang), b.subject(t, c))
}

func (b *Bridge) writer() *writer {
	return &writer{texts: b.Bot.Texts, lang: "fr", now: b.Bot.Now()}
}

// subject says what a case is about.
func (b *Bridge) subject(t *writer, c bot.Case) string {
	dialog, _, _ := strings.Cut(c.Topic, ".")
	return t.named(t.named(c.Topic, t.texts, "desk.topic."+dialog), t.texts, "desk.topic."+c.Topic)
}

// words are the lines of a case that its topic lacks, as one message, and the
// number of the last; the first time with what a topic is for before them.
// Notes are left out: they were written here, or for the desk.
func (b *Bridge) words(ctx context.Context, c bot.Case, topic bot.Topic, lines []bot.Line) (string, int64) {
	t, last := b.writer(), topic.Seen
	var parts []string
	if topic.Seen == 0 {
		parts = append(parts, t.say("alert.topic.open", "id", c.ID, "language", t.language(c.Lang), "subject", b.subject(t, c), "link", b.Bot.page("/desk/cases/"+string(c.ID))))
	}
	for _, l := range lines {
		if l.Seq <= topic.Seen || l.Case != c.ID {
			continue
		}
		last = l.Seq
		switch {
		case l.Speaker == bot.Family && l.Text != "":
			parts = append(parts, t.say("alert.topic.family")+" "+l.Text)
		case l.Speaker == bot.Staff:
			parts = append(parts, t.say("alert.topic.answered", "name", b.nameOf(ctx, l.Agent))+" "+l.Text)
		}
	}
	return cut(strings.Join(parts, "\n\n")), last
}

func (b *Bridge) nameOf(ctx context.Context, login string) string {
	if a, err := b.Bot.Links.Agent(ctx, login); err == nil {
		return a.Name
	}
	return login
}

// cut shortens what is too long for one message: the desk has all of it.
func cut(text string) string {
	if utf8.RuneCountInString(text) <= maxWords {
		return text
	}
	return string([]rune(text)[:maxWords-1]) + "…"
}

// post writes in a topic.
func (b *Bridge) post(ctx context.Context, c bot.Case, t bot.Topic, text string, keys any) error {
	params := map[string]any{"message_thread_id": t.Thread, "text": text, "link_preview_options": map[string]bool{"is_disabled": true}}
	if keys != nil {
		params["reply_markup"] = keys
	}
	return b.call(ctx, c.Team, "sendMessage", params, nil)
}

// mend decides what becomes of a topic that Telegram refuses: one that was
// deleted is made again, once; one that was closed is opened again. The next
// round carries what was refused.
func (b *Bridge) mend(ctx context.Context, c bot.Case, t bot.Topic, err error) error {
	var refused *apiError
	switch {
	case !errors.As(err, &refused):
		return quiet(err)
	case refused.says("thread not found"), refused.says("topic_deleted"), refused.says("topic_id_invalid"):
		t.Thread, t.Seen = 0, 0
		return b.Store.SaveTopic(ctx, t)
	case refused.says("topic_closed"):
		return quiet(b.call(ctx, c.Team, "reopenForumTopic", map[string]any{"message_thread_id": t.Thread}, nil))
	case refused.After > 0:
		return nil
	}
	return err
}

// end closes the topic of a case that is over, and deletes it when its days are
// over, or at once when its family is forgotten.
func (b *Bridge) end(ctx context.Context, t bot.Topic) error {
	c, err := b.Store.Case(ctx, t.Case)
	gone := errors.Is(err, bot.ErrGone)
	if err != nil && !gone {
		return err
	}
	method := "closeForumTopic"
	switch now := b.Bot.Now(); {
	case gone, !t.Open && now.Sub(t.At) > topicDays*24*time.Hour:
		method = "deleteForumTopic"
	case !t.Open || c.State != bot.Closed:
		return nil
	}
	err = b.callIn(ctx, t, method)
	var refused *apiError
	if err != nil && (!errors.As(err, &refused) || refused.After > 0) {
		return quiet(err)
	}
	if method == "deleteForumTopic" {
		return b.Store.DropTopic(ctx, t.Case)
	}
	t.Open, t.At = false, b.Bot.Now()
	return b.Store.SaveTopic(ctx, t)
}

// callIn makes one request about a topic whose case may be gone.
func (b *Bridge) callIn(ctx context.Context, t bot.Topic, method string) error {
	team, err := b.teamOf(ctx, t.Group)
	if err != nil || team == "" {
		return err // no group of ours any more
	}
	return b.call(ctx, team, method, map[string]any{"message_thread_id": t.Thread}, nil)
}
