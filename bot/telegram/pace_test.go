package telegram

import (
	"context"
	"sync"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
)

func TestPaceInOneChat(t *testing.T) {
	s := bottest.Telegram(t)
	c := channel(t, s, func(o *Options) { o.ChatRate, o.ChatBurst = 10, 3 })
	began := time.Now()
	for range 5 { // three at once, then one each tenth of a second
		if _, err := c.Send(context.Background(), out("bonjour")); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(began); took < 180*time.Millisecond || took > time.Second {
		t.Errorf("five messages in %s", took)
	}
}

func TestPaceOverAllChats(t *testing.T) {
	s := bottest.Telegram(t)
	c := channel(t, s, func(o *Options) { o.Rate, o.Burst = 50, 5 })
	began := time.Now()
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			o := out("bonjour")
			o.To.ID = string(rune('1'+i%9)) + "00"
			if _, err := c.Send(context.Background(), o); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if took := time.Since(began); took < 280*time.Millisecond || took > 2*time.Second {
		t.Errorf("twenty messages in %s", took)
	}
}

func TestPaceGivesUpBeforeSending(t *testing.T) {
	s := bottest.Telegram(t)
	c := channel(t, s, func(o *Options) { o.ChatRate, o.ChatBurst = 0.01, 1 })
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if _, err := c.Send(ctx, out("un")); err != nil {
		t.Fatal(err)
	}
	_, err := c.Send(ctx, out("deux"))
	refusal, ok := err.(*bot.SendError)
	if !ok || refusal.Kind != bot.Trouble || refusal.Code != "pace" || len(s.Sent()) != 1 {
		t.Errorf("%v, %d sent", err, len(s.Sent()))
	}
}

func TestPaceDefaults(t *testing.T) {
	s := bottest.Telegram(t)
	c, err := New(Options{Token: s.Token, Inbox: newInbox()})
	if err != nil {
		t.Fatal(err)
	}
	if c.pace.all.Limit() != 25 || c.pace.rate != 1 || c.pace.burst != 3 {
		t.Errorf("%v a second, %v in a chat, %d at once", c.pace.all.Limit(), c.pace.rate, c.pace.burst)
	}
}

// Only the chats of the last few seconds take memory.
func TestPaceForgets(t *testing.T) {
	p := newPace(Options{Rate: 1e9, Burst: 1e9, ChatRate: 1e6, ChatBurst: 3})
	for chat := range int64(100000) {
		if err := p.wait(context.Background(), chat); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(p.chats); n > 4*leastSweep {
		t.Errorf("%d chats are remembered", n)
	}
}

func TestPaceDoesNotForgetTooEarly(t *testing.T) {
	p := newPace(Options{Rate: 1e9, Burst: 1e9, ChatRate: 0.001, ChatBurst: 1})
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	for chat := range int64(3 * leastSweep) {
		if err := p.wait(ctx, chat); err != nil {
			t.Fatal(err)
		}
	}
	if p.wait(ctx, 0) == nil {
		t.Error("the first chat was forgotten with its message")
	}
}
