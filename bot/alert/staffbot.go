package alert

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"doudou/bot"
	"doudou/locales"
)

// Links is who works here and on which Telegram; bot.AlertStore and
// bot.AgentStore satisfy it.
type Links interface {
	Agent(ctx context.Context, login string) (bot.Agent, error)
	Wishes(ctx context.Context) ([]bot.Wish, error)
	LinkChat(ctx context.Context, codeHash, chat string, now time.Time) (login string, err error)
	UnlinkChat(ctx context.Context, login string) error
	// Hold tells whether this replica is the one that does what only one may do,
	// and keeps it so until the lease ends.
	Hold(ctx context.Context, post string, now time.Time, l bot.Lease) (bool, error)
}

// StaffOptions are what a StaffBot is made of.
type StaffOptions struct {
	Token     string // of a bot of its own, never the families'
	ServerURL string // of the Bot API
	Links     Links
	Texts     *locales.Catalog // of the desk
	PublicURL string
	Now       func() time.Time
	Draw      func() int64
	Count     func(name string)
	Log       *slog.Logger
}

// A StaffBot is the staff's own bot on Telegram. It tells agents, on their linked
// Telegram, that somebody waits, never what was written; it hears nobody else.
type StaffBot struct {
	StaffOptions
	api   *botAPI
	token int64 // of this replica
	name  atomic.Pointer[string]

	bridge *Bridge // nil: groups are not heard
}

var tokenForm = regexp.MustCompile(`^[0-9]{1,20}:[A-Za-z0-9_-]+$`)

// CheckToken tells what is wrong with the token of a bot.
func CheckToken(token string) error {
	if !tokenForm.MatchString(token) {
		return errors.New("it is not of the form 4242:letters: copy it again from @BotFather")
	}
	return nil
}

// NewStaffBot returns a bot; it speaks to nobody yet.
func NewStaffBot(o StaffOptions) *StaffBot {
	return &StaffBot{StaffOptions: o, api: newBotAPI(o.Token, o.ServerURL), token: o.Draw()}
}

// Name is that of the bot on Telegram, "" while it is not known.
func (b *StaffBot) Name() string {
	if name := b.name.Load(); name != nil {
		return *name
	}
	return ""
}

// Carry sends a message to an agent's Telegram.
func (b *StaffBot) Carry(ctx context.Context, to string, m Message) error {
	chat, err := strconv.ParseInt(to, 10, 64)
	if err != nil {
		return &Refusal{Why: "address", Gone: true, Err: errors.New("it is no chat")}
	}
	err = b.say(ctx, chat, m.Body)
	var refused *apiError
	if errors.As(err, &refused) {
		return refused.refusal()
	}
	return err
}

// say sends a text, as it stands.
func (b *StaffBot) say(ctx context.Context, chat int64, text string) error {
	return b.api.call(ctx, "sendMessage", map[string]any{"chat_id": chat, "text": text, "link_preview_options": map[string]bool{"is_disabled": true}}, nil)
}

// How long Telegram holds a poll, and how long a replica is the one that polls.
const (
	pollFor = 25 * time.Second
	postFor = time.Minute
)

// An update is what Telegram brings us of one person.
type update struct {
	ID      int64         `json:"update_id"`
	Message *groupMessage `json:"message"`
	Edited  *groupMessage `json:"edited_message"`
	Tap     *struct {
		ID      string       `json:"id"`
		From    person       `json:"from"`
		Data    string       `json:"data"`
		Message groupMessage `json:"message"`
	} `json:"callback_query"`
}

// A groupMessage is what somebody wrote, to the bot alone or in a group.
type groupMessage struct {
	ID         int             `json:"message_id"`
	Thread     int             `json:"message_thread_id"`
	Text       string          `json:"text"`
	From       person          `json:"from"`
	SenderChat *struct{}       `json:"sender_chat"` // set for who writes as the group
	ReplyTo    *repliedMessage `json:"reply_to_message"`
	Chat       struct {
		ID   int64  `json:"id"`
		Type string `json:"type"`
	} `json:"chat"`
}

type person struct {
	ID    int64 `json:"id"`
	IsBot bool  `json:"is_bot"`
}

type repliedMessage struct {
	ID   int    `json:"message_id"`
	Text string `json:"text"`
	From person `json:"from"`
}

// Run hears agents until ctx ends. Of several replicas one polls at a time; what
// it has heard is confirmed with the next poll, after it was done.
func (b *StaffBot) Run(ctx context.Context) {
	var offset int64
	for ctx.Err() == nil {
		next, err := b.poll(ctx, offset)
		if errors.Is(err, errWait) {
			pauseFor(ctx, waitAfter(err))
		} else if err != nil && ctx.Err() == nil {
			b.Log.Warn("the staff's Telegram cannot be heard; it is tried again", "error", err)
			b.Count("staff_telegram_failed")
			pauseFor(ctx, waitAfter(err))
		}
		offset = next
	}
}

// waitAfter is how long to wait after a failure.
func waitAfter(err error) time.Duration {
	var refused *apiError
	if errors.As(err, &refused) {
		return max(refused.After, 5*time.Second)
	}
	return 5 * time.Second
}

func pauseFor(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// hold tells whether this replica is the one that speaks with groups and hears.
func (b *StaffBot) hold(ctx context.Context) (bool, error) {
	now := b.Now()
	return b.Links.Hold(ctx, "staff-telegram", now, bot.Lease{Token: b.token, Until: now.Add(postFor)})
}

// page is where a page of the desk is.
func (b *StaffBot) page(path string) string { return strings.TrimSuffix(b.PublicURL, "/") + path }

// poll hears once, if it is this replica's turn.
func (b *StaffBot) poll(ctx context.Context, offset int64) (int64, error) {
	mine, err := b.hold(ctx)
	if err != nil {
		return offset, err
	}
	if !mine {
		pauseFor(ctx, postFor/10)
		return 0, nil
	}
	if err := b.introduce(ctx); err != nil {
		return offset, err
	}
	call, cancel := context.WithTimeout(ctx, pollFor+timeout)
	defer cancel()
	var batch []update
	params := map[string]any{"timeout": int(pollFor.Seconds()), "offset": offset, "allowed_updates": []string{"message", "edited_message", "callback_query"}}
	if err := b.api.call(call, "getUpdates", params, &batch); err != nil {
		return offset, err
	}
	for _, u := range batch {
		if err := b.hear(ctx, u); err != nil {
			return offset, err
		}
		offset = u.ID + 1
	}
	return offset, nil
}

// introduce asks Telegram for our name, once.
func (b *StaffBot) introduce(ctx context.Context) error {
	if b.Name() != "" {
		return nil
	}
	var me struct {
		Username string `json:"username"`
	}
	call, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := b.api.call(call, "getMe", map[string]any{}, &me); err != nil {
		return err
	}
	b.name.Store(&me.Username)
	return nil
}

// codeForm is that of a code which the desk makes.
var codeForm = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// hear does what a person asks. Groups and strangers are not answered.
func (b *StaffBot) hear(ctx context.Context, u update) error {
	if b.bridge != nil && (u.Message == nil || u.Message.Chat.Type != "private") {
		return b.bridge.hear(ctx, u)
	}
	if u.Message == nil || u.Message.Chat.Type != "private" {
		b.Count("staff_telegram_ignored")
		return nil
	}
	chat := u.Message.Chat.ID
	command, code, _ := strings.Cut(strings.TrimSpace(u.Message.Text), " ")
	if command == "/start" && codeForm.MatchString(code) {
		return b.link(ctx, chat, code)
	}
	wish, err := b.known(ctx, chat)
	if err != nil {
		return err
	}
	if wish.Agent == "" {
		b.Count("staff_telegram_ignored")
		return nil
	}
	if command == "/stop" {
		return b.leave(ctx, chat, wish)
	}
	return b.reply(ctx, chat, wish.Lang, "alert.bot.help")
}

// known returns the wish of the agent whose Telegram it is, the zero one for a
// stranger.
func (b *StaffBot) known(ctx context.Context, chat int64) (bot.Wish, error) {
	list, err := b.Links.Wishes(ctx)
	if err != nil {
		return bot.Wish{}, err
	}
	for _, w := range list {
		if w.Chat == chatOf(chat) {
			return w, nil
		}
	}
	return bot.Wish{}, nil
}

// link uses a code of the desk up. Who is wrong about it is told so, and nothing
// else.
func (b *StaffBot) link(ctx context.Context, chat int64, code string) error {
	login, err := b.Links.LinkChat(ctx, bot.LinkHash(code), chatOf(chat), b.Now())
	if errors.Is(err, bot.ErrGone) {
		b.Count("staff_telegram_refused")
		return b.reply(ctx, chat, "fr", "alert.bot.badcode")
	}
	if err != nil {
		return err
	}
	b.Count("staff_telegram_linked")
	agent, err := b.Links.Agent(ctx, login)
	if err != nil {
		return fmt.Errorf("read who linked a Telegram: %w", err)
	}
	wish, err := b.known(ctx, chat)
	if err != nil {
		return err
	}
	return b.reply(ctx, chat, wish.Lang, "alert.bot.linked", "name", agent.Name)
}

// leave unlinks a Telegram at its owner's word.
func (b *StaffBot) leave(ctx context.Context, chat int64, wish bot.Wish) error {
	if err := b.Links.UnlinkChat(ctx, wish.Agent); err != nil {
		return err
	}
	return b.reply(ctx, chat, wish.Lang, "alert.bot.left")
}

// reply answers an agent with a text of the desk. One that Telegram refuses is
// not repeated: what was asked is done.
func (b *StaffBot) reply(ctx context.Context, chat int64, lang, key string, args ...any) error {
	t := writer{texts: b.Texts, lang: b.Texts.Best(lang)}
	text := t.say(key, append(args, "link", b.page("/desk/"))...)
	if t.err != nil {
		return t.err
	}
	call, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := b.say(call, chat, text); err != nil {
		b.Log.Warn("an agent could not be answered on Telegram", "error", err)
	}
	return nil
}
