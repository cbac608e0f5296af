package telegram

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"doudou/bot"
)

// A pace keeps to Telegram's limits: so many messages a second over all, and so
// many in one chat (core.telegram.org/bots/faq: about 30 and 1).
type pace struct {
	all   *rate.Limiter
	rate  rate.Limit
	burst int

	mu    sync.Mutex
	chats map[int64]*chatPace
	sweep int // size at which idle chats are forgotten
}

type chatPace struct {
	*rate.Limiter
	used time.Time
}

const leastSweep = 1024

func newPace(o Options) *pace {
	return &pace{
		all:  rate.NewLimiter(rate.Limit(o.Rate), o.Burst),
		rate: rate.Limit(o.ChatRate), burst: o.ChatBurst,
		chats: map[int64]*chatPace{}, sweep: leastSweep,
	}
}

// wait lets a message to the chat pass when its time has come; an error means
// that ctx would end before.
func (p *pace) wait(ctx context.Context, chat int64) error {
	if err := p.chat(chat).Wait(ctx); err != nil {
		return err
	}
	return p.all.Wait(ctx)
}

func (p *pace) chat(id int64) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	c := p.chats[id]
	if c == nil {
		if len(p.chats) >= p.sweep {
			p.forget(now)
		}
		c = &chatPace{Limiter: rate.NewLimiter(p.rate, p.burst)}
		p.chats[id] = c
	}
	c.used = now
	return c.Limiter
}

// forget drops the chats whose allowance is whole again: a new limiter would
// say the same. So memory holds only the chats of the last few seconds.
func (p *pace) forget(now time.Time) {
	for id, c := range p.chats {
		if c.TokensAt(now) >= float64(p.burst) {
			delete(p.chats, id)
		}
	}
	p.sweep = max(leastSweep, 2*len(p.chats))
}

// pause holds every message back for as long as Telegram asked: to go on would
// make it longer.
func (c *Channel) pause(d time.Duration) {
	until := c.Now().Add(d).UnixNano()
	for {
		old := c.paused.Load()
		if old >= until || c.paused.CompareAndSwap(old, until) {
			return
		}
	}
}

// held is the refusal of a message while Telegram has asked to wait; nil when it
// has not.
func (c *Channel) held() *bot.SendError {
	until := c.paused.Load()
	if until == 0 {
		return nil
	}
	left := time.Unix(0, until).Sub(c.Now())
	if left <= 0 {
		return nil
	}
	return &bot.SendError{Kind: bot.Throttled, After: left, Code: "429", Err: errors.New("Telegram asked to wait")}
}
