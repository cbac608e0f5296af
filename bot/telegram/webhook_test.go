package telegram

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
)

func ask(c *Channel, method, secret string, body io.Reader) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/telegram", body)
	if secret != "" {
		r.Header.Set(secretHeader, secret)
	}
	w := httptest.NewRecorder()
	c.Handler().ServeHTTP(w, r)
	return w
}

func TestWebhookStatuses(t *testing.T) {
	s := bottest.Telegram(t)
	_, good := s.Update(bottest.TelegramText(501, "fr", "bonjour"))
	_, lost := s.Update(bottest.TelegramText(501, "fr", "perdu"))
	poison := []byte(`{"update_id":5,"message":{"message_id":"x"}}`)
	tests := []struct {
		about, method, secret string
		body                  []byte
		fail                  error
		status                int
		count                 string
		kept, buried          int
	}{
		{"a message", "POST", "s3cret", good, nil, 200, CountAccepted, 1, 0},
		{"again", "POST", "s3cret", good, nil, 200, CountDuplicate, 1, 0},
		{"unsigned", "POST", "", good, nil, 401, CountUnsigned, 1, 0},
		{"signed by another", "POST", "s3cres", good, nil, 401, CountUnsigned, 1, 0},
		{"signed by half", "POST", "s3c", good, nil, 401, CountUnsigned, 1, 0},
		{"read by a browser", "GET", "s3cret", nil, nil, 405, "", 1, 0},
		{"oversize", "POST", "s3cret", append([]byte(`{"a":"`), bytes.Repeat([]byte("a"), maxUpdate)...), nil, 413, CountOversize, 1, 0},
		{"not JSON", "POST", "s3cret", []byte(`{"update_id":`), nil, 400, CountMalformed, 1, 0},
		{"nothing", "POST", "s3cret", nil, nil, 400, CountMalformed, 1, 0},
		{"the store fails", "POST", "s3cret", lost, errStore, 503, CountRefused, 1, 0},
		{"poison while the store fails", "POST", "s3cret", poison, errStore, 503, CountRefused, 1, 0},
		{"poison", "POST", "s3cret", poison, nil, 200, CountBuried, 1, 1},
		{"poison again", "POST", "s3cret", poison, nil, 200, CountBuried, 1, 1},
		{"a list", "POST", "s3cret", []byte(`[]`), nil, 200, CountBuried, 1, 2},
		{"from a group", "POST", "s3cret", []byte(`{"update_id":6,"message":{"message_id":1,"date":1,"chat":{"id":-1,"type":"group"},"text":"a"}}`), nil, 200, CountIgnored, 1, 2},
		{"the store is back", "POST", "s3cret", lost, nil, 200, CountAccepted, 2, 2},
	}
	box, woken := newInbox(), atomic.Int32{}
	var n counter
	c := channel(t, s, func(o *Options) {
		o.Inbox, o.Secret, o.PublicURL, o.Count = box, "s3cret", "https://relais.example/telegram", n.count
		o.Wake = func(id bot.ContactID) {
			if id != "c501" {
				t.Errorf("woke %s", id)
			}
			woken.Add(1)
		}
	})
	for _, test := range tests {
		box.failing(test.fail)
		before := n.of(test.count)
		w := ask(c, test.method, test.secret, bytes.NewReader(test.body))
		if w.Code != test.status || len(box.kept) != test.kept || len(box.buried) != test.buried {
			t.Errorf("%s: status %d, %d kept, %d buried", test.about, w.Code, len(box.kept), len(box.buried))
		}
		if test.count != "" && n.of(test.count) != before+1 {
			t.Errorf("%s: not counted", test.about)
		}
		if (w.Header().Get("Retry-After") != "") != (test.status == 503) {
			t.Errorf("%s: Retry-After %q", test.about, w.Header().Get("Retry-After"))
		}
	}
	if woken.Load() != 2 {
		t.Errorf("woken %d times", woken.Load())
	}
	if box.buried["5"] != string(poison) {
		t.Errorf("buried %q", box.buried["5"])
	}
}

func TestWebhookSecretIsNeverEmpty(t *testing.T) {
	s := bottest.Telegram(t)
	c := channel(t, s, func(o *Options) { o.Secret = "" })
	_, raw := s.Update(bottest.TelegramText(501, "fr", "bonjour"))
	if w := ask(c, "POST", "", bytes.NewReader(raw)); w.Code != 401 {
		t.Errorf("unsigned: status %d", w.Code)
	}
	if w := ask(c, "POST", c.Secret, bytes.NewReader(raw)); w.Code != 200 || len(c.Secret) < 32 || strings.Contains(c.Secret, "TEST") {
		t.Errorf("derived secret %q: status %d", c.Secret, w.Code)
	}
}

func TestWebhookLogsNothingPersonal(t *testing.T) {
	s := bottest.Telegram(t)
	var log bytes.Buffer
	c := channel(t, s, func(o *Options) {
		o.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	c.Inbox.(*inbox).failing(errStore)
	for _, body := range []string{
		`{"update_id":5,"message":{"message_id":"Fatima","text":"secret-words","chat":{"id":50123456,"type":"private"}}}`,
		`{"update_id":6,"message":{"message_id":5,"date":1,"text":"secret-words","from":{"id":50123456,"first_name":"Fatima"},"chat":{"id":50123456,"type":"private"}}}`,
	} {
		ask(c, "POST", c.Secret, strings.NewReader(body))
	}
	for _, word := range []string{"secret-words", "Fatima", "50123456", "TEST-token"} {
		if strings.Contains(log.String(), word) {
			t.Errorf("the log shows %q:\n%s", word, log.String())
		}
	}
	if !strings.Contains(log.String(), "disk is full") {
		t.Errorf("the log does not say why:\n%s", log.String())
	}
}

func TestTapIsAnsweredOnceKept(t *testing.T) {
	s := bottest.Telegram(t)
	box := newInbox()
	c := channel(t, s, func(o *Options) { o.Inbox = box })
	tap := `{"update_id":9,"callback_query":{"id":"77","from":{"id":501},"data":"1|a|b|c"}}`
	box.failing(errStore)
	ask(c, "POST", c.Secret, strings.NewReader(tap))
	c.Close()
	if n := s.Count("answerCallbackQuery"); n != 0 {
		t.Errorf("%d answers to a tap that was not kept", n)
	}
	box.failing(nil)
	ask(c, "POST", c.Secret, strings.NewReader(tap))
	c.Close()
	calls := s.Calls("answerCallbackQuery")
	if len(calls) != 1 || calls[0].Fields["callback_query_id"] != "77" {
		t.Errorf("answers %v", calls)
	}
}

// A Bot API that hangs must not hold back the taps that follow.
func TestTapsDoNotWaitForEachOther(t *testing.T) {
	s := bottest.Telegram(t)
	var n counter
	c := channel(t, s, func(o *Options) { o.Count, o.CallTimeout = n.count, 300*time.Millisecond })
	for range 40 {
		s.Script("answerCallbackQuery", s.Hang(false))
	}
	began := time.Now()
	for i := range 40 {
		tap := fmt.Sprintf(`{"update_id":%d,"callback_query":{"id":"77","from":{"id":501},"data":"x"}}`, i+1)
		if w := ask(c, "POST", c.Secret, strings.NewReader(tap)); w.Code != http.StatusOK {
			t.Errorf("status %d", w.Code)
		}
	}
	if took := time.Since(began); took > 250*time.Millisecond {
		t.Errorf("40 taps took %s", took)
	}
	c.Close()
	if n.of(CountTapUnheard) != 40 || n.of(CountAccepted) != 40 {
		t.Errorf("counted %v", n.n)
	}
}

func TestReceived(t *testing.T) {
	now := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	c := &Channel{Options: Options{Now: func() time.Time { return now }}}
	tests := map[time.Duration]time.Time{
		0:                now,
		time.Second:      now,
		-time.Hour:       now, // a clock that is wrong
		6 * time.Hour:    now.Add(-6 * time.Hour),
		26 * time.Hour:   now, // Telegram keeps nothing that long
		90 * time.Second: now.Add(-90 * time.Second),
	}
	for ago, want := range tests {
		if got := c.received(now.Add(-ago)); !got.Equal(want) {
			t.Errorf("sent %s ago: received %s", ago, got)
		}
	}
}
