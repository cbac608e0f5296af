package alert

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
)

// A line is the staff's Telegram of a town.
type line struct {
	*town
	api    *bottest.TelegramServer
	bot    *StaffBot
	counts chan string
}

// newLine opens the staff's bot and has it hear until the test ends.
func newLine(t *testing.T) *line {
	l := &line{town: newTown(t), api: bottest.Telegram(t), counts: make(chan string, 100)}
	l.bot = l.staffBot()
	l.hears(l.bot)
	return l
}

func (l *line) staffBot() *StaffBot {
	desk, err := texts()
	l.must(err)
	return NewStaffBot(StaffOptions{Token: l.api.Token, ServerURL: l.api.URL, Links: l.store, Texts: desk, PublicURL: "https://doudou.example",
		Now: l.Now, Draw: func() int64 { return l.turns.Add(1) }, Count: func(name string) { l.counts <- name }, Log: silent})
}

// hears runs a bot until the test ends.
func (l *line) hears(b *StaffBot) {
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { b.Run(ctx); close(done) }()
	l.Cleanup(func() { stop(); <-done })
}

// offers has the desk make a code for an agent.
func (l *line) offers(login, code string) {
	l.Helper()
	l.must(l.store.OfferLink(l.Context(), login, bot.LinkHash(code), l.Now().Add(15*time.Minute)))
}

// writesTo has somebody write to the bot, and returns what they read then.
func (l *line) writesTo(chat int64, text string) string {
	l.Helper()
	before := len(l.api.SentTo(chat))
	l.api.Text(chat, "fr", text)
	if !l.api.WaitSentTo(chat, before+1, 10*time.Second) {
		l.Fatalf("%q is not answered", text)
	}
	return l.api.SentTo(chat)[before].Text
}

// counted waits for something that is counted.
func (l *line) counted(want string) {
	l.Helper()
	for timeout := time.After(10 * time.Second); ; {
		select {
		case name := <-l.counts:
			if name == want {
				return
			}
		case <-timeout:
			l.Fatalf("%s is not counted", want)
		}
	}
}

const code = "ABCDEFGHIJKLMNOPQRSTUVWX23"

func TestAnAgentIsToldOnTelegram(t *testing.T) {
	l := newLine(t)
	l.offers("awa", code)
	if got := l.writesTo(4711, "/start "+code); !strings.Contains(got, "Awa") || !strings.Contains(got, "relié") {
		t.Errorf("the agent reads %q", got)
	}
	if got := l.writesTo(4712, "/start "+code); !strings.Contains(got, "ne marche pas") {
		t.Errorf("a code that was used: %q", got)
	}
	if got := l.writesTo(4711, "bonjour ?"); !strings.Contains(got, "/stop") {
		t.Errorf("a word to the bot: %q", got)
	}
	if name := l.bot.Name(); name != "DoudouTestBot" {
		t.Errorf("its name is %q", name)
	}
	l.watch.Carriers[bot.ByTelegram] = l.bot
	l.calls("4182", false)
	l.must(l.watch.Round(t.Context()))
	got := l.api.SentTo(4711)[2].Text
	if !strings.Contains(got, "4182") || !strings.Contains(got, "tamoul") || strings.Contains(got, "Youssef") {
		t.Errorf("the alert reads %q", got)
	}
	if got := l.writesTo(4711, "/stop"); !strings.Contains(got, "plus relié") {
		t.Errorf("on leaving %q", got)
	}
	if w, err := l.store.Wish(t.Context(), "awa"); err != nil || w.Chat != "" {
		t.Errorf("still linked: %+v %v", w, err)
	}
}

func TestStrangersAreNotAnswered(t *testing.T) {
	l := newLine(t)
	for _, text := range []string{"bonjour", "/start", "/start hello", "/stop"} {
		l.api.Text(666, "fr", text)
		l.counted("staff_telegram_ignored")
	}
	l.api.Push(map[string]any{"message": map[string]any{"message_id": 1, "text": "/start " + code, "chat": map[string]any{"id": -100, "type": "supergroup"}}})
	l.counted("staff_telegram_ignored")
	if got := l.api.Sent(); len(got) > 0 {
		t.Errorf("a stranger was answered: %+v", got)
	}
}

// TestWhoBlockedTheBotIsUnlinked: the message is given up, not tried for ever.
func TestWhoBlockedTheBotIsUnlinked(t *testing.T) {
	l := newLine(t)
	l.offers("awa", code)
	l.writesTo(4711, "/start "+code)
	l.watch.Carriers[bot.ByTelegram] = l.bot
	l.api.Refuse(4711, l.api.Blocked())
	l.calls("1", false)
	l.must(l.watch.Round(t.Context()))
	if w, err := l.store.Wish(t.Context(), "awa"); err != nil || w.Chat != "" {
		t.Errorf("still linked: %+v %v", w, err)
	}
	if o, err := l.store.Outage(t.Context(), bot.ByTelegram); err != nil || !o.Since.IsZero() {
		t.Errorf("outage %+v %v", o, err)
	}
}

func TestTelegramAsksToWait(t *testing.T) {
	l := newLine(t)
	l.api.Refuse(4711, l.api.TooMany(90))
	err := l.bot.Carry(t.Context(), "4711", Message{Body: "x"})
	var refusal *Refusal
	if !errors.As(err, &refusal) || refusal.After != 90*time.Second || refusal.Gone {
		t.Fatalf("refused %+v", err)
	}
	if strings.Contains(err.Error(), l.api.Token) {
		t.Error("the error holds the token")
	}
}

// TestOneReplicaHears: a second one waits for its turn, so that neither cuts the
// other's poll.
func TestOneReplicaHears(t *testing.T) {
	l := newLine(t)
	if !l.api.WaitCalls("getUpdates", 1, 10*time.Second) {
		t.Fatal("nobody hears")
	}
	l.hears(l.staffBot())
	l.offers("awa", code)
	l.writesTo(4711, "/start "+code)
	time.Sleep(50 * time.Millisecond)
	select {
	case name := <-l.counts:
		if name == "staff_telegram_failed" {
			t.Error("two replicas poll at once")
		}
	default:
	}
	if n := len(l.api.SentTo(4711)); n != 1 {
		t.Errorf("answered %d times", n)
	}
}
