package telegram

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
)

// An inbox is a store that can fail.
type inbox struct {
	mu      sync.Mutex
	kept    map[string]bot.Message
	order   []bot.Message
	buried  map[string]string
	cursors map[string]int64
	fail    error
	hold    func(m bot.Message) error // called before a message is kept
}

func newInbox() *inbox {
	return &inbox{kept: map[string]bot.Message{}, buried: map[string]string{}, cursors: map[string]int64{}}
}

func (b *inbox) Accept(ctx context.Context, m bot.Message) (bot.ContactID, bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.hold != nil {
		if err := b.hold(m); err != nil {
			return "", false, err
		}
	}
	if b.fail != nil {
		return "", false, b.fail
	}
	if err := ctx.Err(); err != nil {
		return "", false, err
	}
	id := bot.ContactID("c" + m.From.ID)
	if _, ok := b.kept[m.Provider]; ok {
		return id, false, nil
	}
	b.kept[m.Provider] = m
	b.order = append(b.order, m)
	return id, true, nil
}

func (b *inbox) Bury(ctx context.Context, ch bot.Channel, provider string, raw []byte, why bot.Reason) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fail == nil {
		b.buried[provider] = string(raw)
	}
	return b.fail
}

func (b *inbox) Cursor(ctx context.Context, name string) (int64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.cursors[name], b.fail
}

func (b *inbox) SetCursor(ctx context.Context, name string, at int64) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fail == nil {
		b.cursors[name] = at
	}
	return b.fail
}

func (b *inbox) failing(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fail = err
}

func (b *inbox) texts() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []string
	for _, m := range b.order {
		out = append(out, m.Text)
	}
	return out
}

var errStore = errors.New("the disk is full")

// A counter keeps what Options.Count is told.
type counter struct {
	mu sync.Mutex
	n  map[string]int
}

func (c *counter) count(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		c.n = map[string]int{}
	}
	c.n[name]++
}

func (c *counter) of(name string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n[name]
}

// channel returns a Channel that speaks with a Bot API on loopback, in a hurry.
func channel(t testing.TB, s *bottest.TelegramServer, change func(*Options)) *Channel {
	t.Helper()
	o := Options{
		Token: s.Token, ServerURL: s.URL, Rate: 1e6, Burst: 1000, ChatRate: 1e6, ChatBurst: 1000,
		PollTimeout: 2 * time.Second, CallTimeout: 2 * time.Second, Inbox: newInbox(),
	}
	if change != nil {
		change(&o)
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	c.retry = retries{10 * time.Millisecond, 40 * time.Millisecond, 10 * time.Millisecond, 40 * time.Millisecond, 100 * time.Millisecond}
	t.Cleanup(c.Close)
	return c
}

func eventually(t testing.TB, about string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("in vain: %s", about)
}

func TestNewRefusesBadSettings(t *testing.T) {
	tests := map[string]func(*Options){
		"no token":           func(o *Options) { o.Token = "" },
		"a token with space": func(o *Options) { o.Token = "42:a b" },
		"a token with slash": func(o *Options) { o.Token = "42:a/../b" },
		"no inbox":           func(o *Options) { o.Inbox = nil },
		"a secret with é":    func(o *Options) { o.Secret = "clé" },
		"a server nowhere":   func(o *Options) { o.ServerURL = "not an address" },
		"a public nowhere":   func(o *Options) { o.PublicURL = "telegram" },
	}
	for about, change := range tests {
		o := Options{Token: "42:abc", Inbox: newInbox()}
		if _, err := New(o); err != nil {
			t.Fatalf("good settings: %v", err)
		}
		change(&o)
		if _, err := New(o); err == nil {
			t.Errorf("%s: accepted", about)
		}
	}
}

func TestNewSpeaksToNobody(t *testing.T) {
	s := bottest.Telegram(t)
	channel(t, s, nil)
	if n := len(s.Calls("")); n != 0 {
		t.Errorf("%d calls before anything is asked", n)
	}
}
