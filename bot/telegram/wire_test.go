package telegram

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"testing"

	api "github.com/go-telegram/bot"

	"doudou/bot"
	"doudou/bot/bottest"
)

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// The token is part of the address: it must not follow a redirection.
func TestWireFollowsNobody(t *testing.T) {
	var visits atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { visits.Add(1) }))
	defer other.Close()
	s := bottest.Telegram(t)
	c := channel(t, s, nil)
	s.Script("sendMessage", s.Moved(other.URL))
	_, err := c.Send(context.Background(), out("bonjour"))
	var refusal *bot.SendError
	if !errors.As(err, &refusal) || refusal.Kind != bot.Trouble || visits.Load() != 0 {
		t.Errorf("%v, %d visits elsewhere", err, visits.Load())
	}
}

// A request whose writing failed half-way was not read by Telegram.
func TestWireTellsWhatLeft(t *testing.T) {
	s := bottest.Telegram(t)
	broken := errors.New("broken pipe")
	for _, test := range []struct {
		written error
		kind    bot.SendKind
	}{{nil, bot.Unknown}, {broken, bot.Trouble}} {
		c := channel(t, s, nil)
		c.wire.client.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			trace := httptrace.ContextClientTrace(r.Context())
			trace.WroteHeaders()
			trace.WroteRequest(httptrace.WroteRequestInfo{Err: test.written})
			return nil, broken
		})
		_, err := c.Send(context.Background(), out("bonjour"))
		var refusal *bot.SendError
		if !errors.As(err, &refusal) || refusal.Kind != test.kind {
			t.Errorf("written %v: %v", test.written, err)
		}
	}
}

// The library announces a form even when it sends none, and sends forms piece
// by piece; what leaves is whole and plain.
func TestWireSendsWhole(t *testing.T) {
	s := bottest.Telegram(t)
	c := channel(t, s, nil)
	real := c.wire.client.Transport
	var seen []string
	c.wire.client.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
		if r.ContentLength < 0 || (r.ContentLength > 0) != (r.GetBody != nil) {
			t.Errorf("%s leaves in pieces", r.URL.Path)
		}
		seen = append(seen, kind)
		return real.RoundTrip(r)
	})
	if _, err := c.api.GetMe(context.Background()); err != nil {
		t.Error(err)
	}
	if _, err := c.Send(context.Background(), out("bonjour")); err != nil {
		t.Error(err)
	}
	if got := strings.Join(seen, ","); got != ",multipart/form-data" {
		t.Errorf("forms %q", got)
	}
}

// What an earlier request came to must not be told of a later one.
func TestWireForgets(t *testing.T) {
	s := bottest.Telegram(t)
	c := channel(t, s, nil)
	s.Script("getMyCommands", s.Unauthorized())
	s.Script("setMyCommands", s.Cut(false))
	err := c.ask(context.Background(), "two requests", func(ctx context.Context) error {
		c.api.GetMyCommands(ctx, &api.GetMyCommandsParams{})
		_, err := c.api.SetMyCommands(ctx, &api.SetMyCommandsParams{})
		return err
	})
	if err == nil || errors.Is(err, ErrToken) {
		t.Errorf("%v", err)
	}
}
