package telegram

import (
	"errors"
	"sync"

	"doudou/bot"
)

// A partial remembers how many pieces of an outgoing have left, while the rest
// waits to be tried again.
type partial struct {
	mu     sync.Mutex
	pieces map[int64]int
}

const maxPartial = 1024 // long messages that failed half-way; beyond, one may be said twice

func (p *partial) sent(id int64) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.pieces[id]
}

func (p *partial) stopped(id int64, at int, err error) {
	var refusal *bot.SendError
	if id == 0 || at == 0 || !errors.As(err, &refusal) || refusal.Kind == bot.Unwanted || refusal.Kind == bot.Permanent {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.pieces == nil || len(p.pieces) >= maxPartial {
		p.pieces = map[int64]int{}
	}
	p.pieces[id] = at
}

func (p *partial) done(id int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.pieces, id)
}
