package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
)

// polling polls until stop is called, which returns what Poll returned.
func polling(t testing.TB, c *Channel) (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- c.Poll(ctx) }()
	var once sync.Once
	var err error
	stop = func() error {
		once.Do(func() {
			cancel()
			select {
			case err = <-done:
			case <-time.After(time.Second):
				t.Error("polling does not stop")
			}
		})
		return err
	}
	t.Cleanup(func() { stop() })
	return stop
}

func TestPollKeepsThenConfirms(t *testing.T) {
	s := bottest.Telegram(t)
	box := newInbox()
	c := channel(t, s, func(o *Options) { o.Inbox = box })
	for i := range 250 {
		s.Text(int64(500+i%7), "fr", fmt.Sprint("m", i))
	}
	stop := polling(t, c)
	eventually(t, "all is kept", func() bool { return len(box.texts()) == 250 })
	eventually(t, "all is confirmed", func() bool { return s.Pending() == 0 })
	late := s.Text(501, "fr", "later")
	eventually(t, "a later one is kept", func() bool { return len(box.texts()) == 251 })
	eventually(t, "its place is kept", func() bool { at, _ := box.Cursor(context.Background(), "telegram:4242"); return at == late+1 })
	if err := stop(); err != nil {
		t.Error(err)
	}
	for i, text := range box.texts()[:250] {
		if text != fmt.Sprint("m", i) {
			t.Fatalf("%s came as number %d", text, i)
		}
	}
	f := s.Calls("getUpdates")[0].Fields
	if f["allowed_updates"] != `["message","edited_message","callback_query","my_chat_member"]` {
		t.Errorf("asked for %s", f["allowed_updates"])
	}
}

// Whatever the moment at which the relais stops, and whatever the store does,
// each message is kept once.
func TestPollLosesNothingAcrossRestarts(t *testing.T) {
	s := bottest.Telegram(t)
	box := newInbox()
	const all = 400
	for i := range all {
		s.Text(int64(500+i%5), "fr", fmt.Sprint("m", i))
		if i%40 == 7 {
			s.PushRaw(900000+int64(i), fmt.Appendf(nil, `{"update_id":%d,"message":{"message_id":[]}}`, 900000+i))
		}
	}
	calls := 0
	box.hold = func(bot.Message) error {
		if calls++; calls%37 == 0 {
			return errStore
		}
		return nil
	}
	for run := range 300 { // ever longer, so that a slow machine gets through too
		c := channel(t, s, func(o *Options) { o.Inbox = box })
		ctx, cancel := context.WithTimeout(context.Background(), time.Duration(1+run)*time.Millisecond)
		if err := c.Poll(ctx); err != nil {
			t.Fatal(err)
		}
		cancel()
		if s.Pending() == 0 {
			break
		}
	}
	texts := box.texts()
	if len(texts) != all || len(box.buried) != 10 || s.Pending() != 0 {
		t.Fatalf("%d kept, %d buried, %d waiting", len(texts), len(box.buried), s.Pending())
	}
	slices.Sort(texts)
	if len(slices.Compact(texts)) != all {
		t.Error("some were kept twice")
	}
}

func TestPollIsNotStoppedByPoison(t *testing.T) {
	s := bottest.Telegram(t)
	box := newInbox()
	c := channel(t, s, func(o *Options) { o.Inbox = box })
	s.Text(501, "fr", "avant")
	s.PushRaw(5, []byte(`{"update_id":5,"message":{"message_id":"x"}}`))
	s.PushRaw(6, []byte(`{"update_id":6,"my_chat_member":{"chat":{"id":5,"type":"private"},"new_chat_member":{"status":"muted"}}}`))
	s.PushRaw(7, []byte(`{"message":{"message_id":1}}`))
	s.PushRaw(8, []byte(`7`))
	s.Text(501, "fr", "après")
	polling(t, c)
	eventually(t, "both texts are kept", func() bool { return len(box.texts()) == 2 })
	eventually(t, "all is confirmed", func() bool { return s.Pending() == 0 })
	if len(box.buried) != 4 {
		t.Errorf("buried %v", box.buried)
	}
}

// After a quiet week Telegram draws new ids, which may be lower.
func TestPollFollowsLowerIds(t *testing.T) {
	s := bottest.Telegram(t)
	box := newInbox()
	box.cursors["telegram:4242"] = 2000000000
	c := channel(t, s, func(o *Options) { o.Inbox = box })
	s.Text(501, "fr", "bonjour")
	polling(t, c)
	eventually(t, "it is kept and confirmed", func() bool { return len(box.texts()) == 1 && s.Pending() == 0 })
}

func TestPollRetries(t *testing.T) {
	s := bottest.Telegram(t)
	box := newInbox()
	var n counter
	c := channel(t, s, func(o *Options) { o.Inbox, o.Count, o.CallTimeout = box, n.count, 200*time.Millisecond })
	s.Script("getUpdates", s.Error(500, "Internal Server Error"), s.Page(502), s.Cut(false), s.Torn(false), s.Raw(200, "{}"),
		s.Raw(200, `{"ok":true,"result":7}`), s.Page(200), s.Hang(false), s.Error(403, "Forbidden"))
	s.Text(501, "fr", "bonjour")
	if c.Ready() == nil {
		t.Error("ready before anything came")
	}
	polling(t, c)
	eventually(t, "it is kept", func() bool { return len(box.texts()) == 1 })
	eventually(t, "it is ready again", func() bool { return c.Ready() == nil })
	if n.of(CountPollError) != 9 {
		t.Errorf("counted %d failures", n.of(CountPollError))
	}
}

func TestPollWaitsAsLongAsAsked(t *testing.T) {
	s := bottest.Telegram(t)
	c := channel(t, s, nil)
	s.Script("getUpdates", s.TooMany(1))
	polling(t, c)
	if !s.WaitCalls("getUpdates", 2, 5*time.Second) {
		t.Fatal("no second poll")
	}
	calls := s.Calls("getUpdates")
	if gap := calls[1].At.Sub(calls[0].At); gap < time.Second {
		t.Errorf("polled again after %s", gap)
	}
}

func TestPollStopsWhenTheTokenIsRefused(t *testing.T) {
	for _, code := range []int{401, 404} {
		s := bottest.Telegram(t)
		c := channel(t, s, nil)
		s.Script("getUpdates", s.Error(code, "No"))
		if err := c.Poll(context.Background()); !errors.Is(err, ErrToken) {
			t.Errorf("%d: %v", code, err)
		}
		if c.Ready() == nil {
			t.Errorf("%d: ready", code)
		}
	}
}

// A page of a gateway is not a verdict on the token.
func TestPollGoesOnAfterAForeign404(t *testing.T) {
	s := bottest.Telegram(t)
	c := channel(t, s, nil)
	s.Script("getUpdates", s.Page(404), s.Page(401))
	stop := polling(t, c)
	eventually(t, "ready", func() bool { return c.Ready() == nil })
	if err := stop(); err != nil {
		t.Error(err)
	}
}

func TestPollSaysThatAnotherPolls(t *testing.T) {
	s := bottest.Telegram(t)
	box := newInbox()
	var n counter
	c := channel(t, s, func(o *Options) { o.Inbox, o.Count = box, n.count })
	s.Script("getUpdates", s.Error(409, "Conflict: terminated by other getUpdates request"))
	polling(t, c)
	eventually(t, "not ready", func() bool {
		err := c.Ready()
		return err != nil && strings.Contains(err.Error(), "stop the other one")
	})
	s.Text(501, "fr", "bonjour")
	eventually(t, "it goes on", func() bool { return len(box.texts()) == 1 && c.Ready() == nil })
	if hold := s.Calls("getUpdates")[1].Fields["timeout"]; hold == "0" {
		t.Error("only a poll that is held proves that nobody else polls")
	}
	if n.of(CountPollConflict) != 1 || s.Count("deleteWebhook") != 0 {
		t.Errorf("%d conflicts, %d deleteWebhook", n.of(CountPollConflict), s.Count("deleteWebhook"))
	}
}

func TestPollRemovesAForgottenWebhook(t *testing.T) {
	s := bottest.Telegram(t)
	old := channel(t, s, func(o *Options) { o.PublicURL = "https://old.example/telegram" })
	if err := old.Setup(context.Background()); err != nil || s.Webhook()["url"] == "" {
		t.Fatalf("webhook %v, %v", s.Webhook(), err)
	}
	box := newInbox()
	c := channel(t, s, func(o *Options) { o.Inbox = box })
	s.Text(501, "fr", "bonjour")
	polling(t, c)
	eventually(t, "it is kept", func() bool { return len(box.texts()) == 1 })
}

// A server that does not hold the request is not asked in a loop.
func TestPollDoesNotSpin(t *testing.T) {
	s := bottest.Telegram(t)
	c := channel(t, s, nil)
	for range 1000 {
		s.Script("getUpdates", s.Raw(200, `{"ok":true,"result":[]}`))
	}
	stop := polling(t, c)
	time.Sleep(350 * time.Millisecond) // the pause is 100 ms here, a second in earnest
	stop()
	if n := s.Count("getUpdates"); n < 2 || n > 6 {
		t.Errorf("%d polls in 350 ms", n)
	}
}

// Nor one that gives again and again what cannot be confirmed.
func TestPollDoesNotSpinOnWhatHasNoID(t *testing.T) {
	s := bottest.Telegram(t)
	c := channel(t, s, nil)
	s.PushRaw(1, []byte(`{"message":{}}`))
	stop := polling(t, c)
	time.Sleep(350 * time.Millisecond)
	stop()
	if n := s.Count("getUpdates"); n < 2 || n > 6 {
		t.Errorf("%d polls in 350 ms", n)
	}
}

func TestPollWaitsForTheStore(t *testing.T) {
	s := bottest.Telegram(t)
	box := newInbox()
	box.failing(errStore)
	c := channel(t, s, func(o *Options) { o.Inbox = box })
	s.Text(501, "fr", "bonjour")
	polling(t, c)
	time.Sleep(50 * time.Millisecond)
	if c.Ready() == nil || s.Pending() != 1 {
		t.Error("ready, or confirmed, without a store")
	}
	box.failing(nil)
	eventually(t, "it is kept", func() bool { return len(box.texts()) == 1 && c.Ready() == nil })
}

func TestPollErrorsHideTheToken(t *testing.T) {
	s := bottest.Telegram(t)
	var log bytes.Buffer
	c := channel(t, s, func(o *Options) {
		o.ServerURL = "http://no-such-host.invalid"
		o.Logger = slog.New(slog.NewTextHandler(&log, nil))
	})
	stop := polling(t, c)
	time.Sleep(100 * time.Millisecond)
	stop()
	if !strings.Contains(log.String(), "no-such-host") || strings.Contains(log.String(), "TEST-token") {
		t.Errorf("log:\n%s", log.String())
	}
	assertDiscreet(t, s, c.Ready().Error())
}
