package bot

import (
	"context"
	"slices"
	"sync"
)

// lanes run one worker for each contact who has something to be answered, and
// never two for the same one. Contacts do not wait for each other, as long as
// there are fewer than the limit.
type lanes struct {
	work  func(context.Context, ContactID)
	slots chan struct{}
	ctx   context.Context // ends when the grace of close is over
	stop  context.CancelFunc

	mu     sync.Mutex
	busy   map[ContactID]bool // true: woken again while at work
	closed bool
	all    sync.WaitGroup
}

func newLanes(limit int, work func(context.Context, ContactID)) *lanes {
	ctx, stop := context.WithCancel(context.Background())
	return &lanes{work: work, slots: make(chan struct{}, limit), ctx: ctx, stop: stop, busy: map[ContactID]bool{}}
}

// wake makes sure that the contact's messages, this one included, are looked at
// after this call.
func (l *lanes) wake(c ContactID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	if _, running := l.busy[c]; running {
		l.busy[c] = true
		return
	}
	l.busy[c] = false
	l.all.Go(func() { l.run(c) })
}

func (l *lanes) run(c ContactID) {
	l.slots <- struct{}{}
	defer func() { <-l.slots }()
	for {
		l.work(l.ctx, c)
		if l.rest(c) {
			return
		}
	}
}

// rest ends a lane, unless it was woken while it worked.
func (l *lanes) rest(c ContactID) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.busy[c] && !l.closed {
		l.busy[c] = false
		return false
	}
	delete(l.busy, c)
	return true
}

// close lets the lanes finish the turn they are at; what is not answered stays
// in the inbox for the next start.
func (l *lanes) close() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.all.Wait()
	l.stop()
}

// waiters hold those who wait in Converse for the answer to a message.
type waiters struct {
	mu  sync.Mutex
	all map[waitKey][]*waiter
}

type waitKey struct {
	channel  Channel
	provider string
}

type waiter struct {
	key    waitKey
	answer chan []Outgoing // one place: giving never blocks
}

func (ws *waiters) add(ch Channel, provider string) *waiter {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if ws.all == nil {
		ws.all = map[waitKey][]*waiter{}
	}
	w := &waiter{key: waitKey{ch, provider}, answer: make(chan []Outgoing, 1)}
	ws.all[w.key] = append(ws.all[w.key], w)
	return w
}

func (ws *waiters) remove(gone *waiter) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	rest := slices.DeleteFunc(ws.all[gone.key], func(w *waiter) bool { return w == gone })
	if len(rest) == 0 {
		delete(ws.all, gone.key)
		return
	}
	ws.all[gone.key] = rest
}

// give hands an answer to those who wait for it; false when nobody does.
func (ws *waiters) give(ch Channel, provider string, out []Outgoing) bool {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	k := waitKey{ch, provider}
	given := ws.all[k]
	for _, w := range given {
		w.answer <- out
	}
	delete(ws.all, k)
	return len(given) > 0
}

// given returns an answer that came in the instant that its waiter gave up.
func (w *waiter) given() []Outgoing {
	select {
	case out := <-w.answer:
		return out
	default:
		return nil
	}
}
