package telegram

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"doudou/bot/bottest"
)

func spoken(lang, key string) string { return lang + " " + key }

func setUp(c *Channel) (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- c.Run(ctx) }()
	return func() error { cancel(); return <-done }
}

func TestSetup(t *testing.T) {
	s := bottest.Telegram(t)
	words := spoken
	c := channel(t, s, func(o *Options) {
		o.Languages, o.PublicURL, o.Secret = []string{"fr", "tr", "shi", "ar"}, "https://relais.example/telegram", "s3cret"
		o.Words = func(lang, key string) string { return words(lang, key) }
	})
	if err := c.Setup(context.Background()); err != nil {
		t.Fatal(err)
	}
	w := s.Webhook()
	if w["url"] != c.PublicURL || w["secret_token"] != "s3cret" || w["max_connections"] != "40" ||
		w["allowed_updates"] != `["message","edited_message","callback_query","my_chat_member"]` || w["drop_pending_updates"] != "" {
		t.Errorf("webhook %v", w)
	}
	calls := s.Calls("setMyCommands")
	if len(calls) != 3 || s.Count("setMyDescription") != 3 || s.Count("setMyShortDescription") != 3 {
		t.Fatalf("%d commands, %d descriptions, %d short ones", len(calls), s.Count("setMyDescription"), s.Count("setMyShortDescription"))
	}
	for i, code := range []string{"", "tr", "ar"} { // Telegram knows no three-letter language
		if f := calls[i].Fields; f["language_code"] != code || f["scope"] != `{"type":"all_private_chats"}` {
			t.Errorf("commands for %q in %s", f["language_code"], f["scope"])
		}
	}
	if got := calls[0].Fields["commands"]; !strings.HasPrefix(got, `[{"command":"menu","description":"fr telegram.menu"},{"command":"humain",`) {
		t.Errorf("commands %s", got)
	}
	before := len(s.Calls(""))
	if err := c.Setup(context.Background()); err != nil {
		t.Fatal(err)
	}
	if s.Count("setMyCommands") != 3 || s.Count("setMyDescription") != 3 || s.Count("setMyShortDescription") != 3 || len(s.Calls("")) != before+10 {
		t.Error("what Telegram knew was said again")
	}
	words = func(lang, key string) string {
		if lang == "tr" && key == "telegram.stop" {
			return "yeni"
		}
		return spoken(lang, key)
	}
	if err := c.Setup(context.Background()); err != nil || s.Count("setMyCommands") != 4 {
		t.Errorf("a new word: %d commands, %v", s.Count("setMyCommands"), err)
	}
}

func TestSetupWithoutWords(t *testing.T) {
	s := bottest.Telegram(t)
	c := channel(t, s, func(o *Options) { o.Languages = []string{"fr"} })
	if err := c.Setup(context.Background()); err != nil {
		t.Fatal(err)
	}
	if calls := s.Calls(""); len(calls) != 1 || calls[0].Method != "deleteWebhook" || calls[0].Fields["drop_pending_updates"] != "" {
		t.Errorf("calls %v", calls)
	}
}

func TestSetupIsTriedAgain(t *testing.T) {
	s := bottest.Telegram(t)
	var log bytes.Buffer
	c := channel(t, s, func(o *Options) {
		o.Languages, o.Words, o.PublicURL = []string{"fr"}, spoken, "https://relais.example/telegram"
		o.Logger = slog.New(slog.NewTextHandler(&log, nil))
	})
	s.Script("setWebhook", s.Page(502), s.Cut(false))
	s.Script("getMyCommands", s.Error(500, "Internal Server Error"))
	stop := setUp(c)
	if !s.WaitCalls("setMyShortDescription", 1, 5*time.Second) || !s.WaitCalls("setMyCommands", 1, 5*time.Second) {
		t.Error("never set up")
	}
	eventually(t, "the webhook is set", func() bool { return s.Webhook()["url"] != "" })
	if err := stop(); err != nil {
		t.Error(err)
	}
	if !strings.Contains(log.String(), "setWebhook") || !strings.Contains(log.String(), "502") {
		t.Errorf("log:\n%s", log.String())
	}
	assertDiscreet(t, s, log.String())
}

func TestRunStopsWhenTheTokenIsRefused(t *testing.T) {
	for about, url := range map[string]string{"polling": "", "webhook": "https://relais.example/telegram"} {
		s := bottest.Telegram(t)
		c := channel(t, s, func(o *Options) { o.Token, o.PublicURL = "4242:another", url })
		done := make(chan error, 1)
		go func() { done <- c.Run(context.Background()) }()
		select {
		case err := <-done:
			if !errors.Is(err, ErrToken) {
				t.Errorf("%s: %v", about, err)
			}
		case <-time.After(5 * time.Second):
			t.Errorf("%s: goes on", about)
		}
	}
}

func TestRunPolls(t *testing.T) {
	s := bottest.Telegram(t)
	box := newInbox()
	var served atomic.Bool
	c := channel(t, s, func(o *Options) {
		o.Inbox, o.Languages = box, []string{"fr"}
		o.Words = func(lang, key string) string { served.Store(true); return spoken(lang, key) }
	})
	stop := setUp(c)
	s.Text(501, "fr", "bonjour")
	eventually(t, "it is kept", func() bool { return len(box.texts()) == 1 && served.Load() })
	began := time.Now()
	if err := stop(); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("stopped after %s", took)
	}
}
