package desk

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"doudou/bot"
)

// How a watch asks the store.
const (
	watchEvery = time.Second
	// watchBack is how far behind the last look a move may still be found: for
	// what is committed late, and for replicas whose clocks differ.
	watchBack = 30 * time.Second
	mostMoves = 1000
)

// A watch tells streams which cases have changed, whoever changed them on
// whichever replica: while somebody listens it asks the store once a second. A
// listener who is slow finds all that changed meanwhile at once, each case once,
// and holds nobody up.
type watch struct {
	cases Cases
	now   func() time.Time
	log   *slog.Logger

	mu        sync.Mutex
	listeners map[*listener]bool
	running   bool
	told      map[bot.CaseID]int64 // mark of the last move that was told
	looked    time.Time            // when the store last answered
	mark      int64                // the highest that was seen
	there     []bot.Presence
}

func newWatch(cases Cases, now func() time.Time, log *slog.Logger) *watch {
	return &watch{cases: cases, now: now, log: log, listeners: map[*listener]bool{}}
}

// A listener is told of changes until it leaves.
type listener struct {
	ready chan struct{} // has a token when something changed

	mu      sync.Mutex
	changed map[bot.CaseID]change
}

// A change is a case as it is now.
type change struct {
	ID   bot.CaseID
	Team string
	Last int64 // number of the last line; 0 when no line was added
}

// listen adds a listener; the first one starts the watch.
func (w *watch) listen() *listener {
	l := &listener{ready: make(chan struct{}, 1), changed: map[bot.CaseID]change{}}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.listeners[l] = true
	if !w.running {
		w.running = true
		w.told, w.looked = map[bot.CaseID]int64{}, w.now()
		w.look() // what has changed so far is on the pages
		go w.run()
	}
	return l
}

// leave removes a listener; after the last one the watch ends by itself.
func (w *watch) leave(l *listener) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.listeners, l)
}

func (w *watch) run() {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for range tick.C {
		if !w.tell() {
			return
		}
	}
}

// tell looks once and tells all listeners; it returns false when there is none.
func (w *watch) tell() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.listeners) == 0 {
		w.running = false
		return false
	}
	if changed := w.look(); len(changed) > 0 {
		for l := range w.listeners {
			l.add(changed)
		}
	}
	return true
}

// look asks the store what changed since the last look.
func (w *watch) look() []change {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	now := w.now()
	moves, err := w.cases.Moves(ctx, w.cases.Mark(w.looked.Add(-watchBack)), mostMoves)
	var there []bot.Presence
	if err == nil {
		there, err = w.cases.Attending(ctx, now.Add(-bot.PresenceFor))
	}
	if err != nil {
		w.log.Warn("pages of the desk cannot be told what changed; it will be tried again", "error", err)
		return nil
	}
	changed := w.fresh(moves)
	changed = append(changed, w.turnover(ctx, there)...)
	if len(moves) < mostMoves {
		w.looked = now
	}
	return changed
}

// fresh returns the moves that were not told, and forgets those that no look
// will find again.
func (w *watch) fresh(moves []bot.Move) []change {
	var list []change
	told := make(map[bot.CaseID]int64, len(moves))
	for _, m := range moves {
		if w.told[m.Case] != m.Mark {
			list = append(list, change{m.Case, m.Team, m.Last})
		}
		told[m.Case] = m.Mark
		w.mark = max(w.mark, m.Mark)
	}
	w.told = told
	return list
}

// turnover returns the cases to which somebody came, where somebody does another
// thing, or that somebody left.
func (w *watch) turnover(ctx context.Context, there []bot.Presence) []change {
	type seat struct {
		kase  bot.CaseID
		agent string
	}
	was := map[seat]bot.Doing{}
	for _, p := range w.there {
		was[seat{p.Case, p.Agent}] = p.Doing
	}
	var ids []bot.CaseID
	for _, p := range there {
		at := seat{p.Case, p.Agent}
		if was[at] != p.Doing {
			ids = append(ids, p.Case)
		}
		delete(was, at)
	}
	for gone := range was {
		ids = append(ids, gone.kase)
	}
	w.there = there
	slices.Sort(ids)
	var list []change
	for _, id := range slices.Compact(ids) {
		if c, err := w.cases.Case(ctx, id); err == nil {
			list = append(list, change{ID: id, Team: c.Team})
		}
	}
	return list
}

// present is who is at which case, and the mark up to which changes were told.
func (w *watch) present() ([]bot.Presence, int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.there, w.mark
}

// add leaves changes for the listener to take.
func (l *listener) add(list []change) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range list {
		c.Last = max(c.Last, l.changed[c.ID].Last)
		l.changed[c.ID] = c
	}
	select {
	case l.ready <- struct{}{}:
	default: // it has not taken the last ones yet
	}
}

// take returns what changed since it was last called.
func (l *listener) take() map[bot.CaseID]change {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := l.changed
	l.changed = map[bot.CaseID]change{}
	return list
}
