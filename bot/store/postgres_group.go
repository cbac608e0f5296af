package store

import (
	"context"
	"hash/maphash"
	"sync"
	"sync/atomic"
	"time"
)

// Groups of writes that share a transaction, as the writer of SQLite does it. A
// commit costs PostgreSQL more than the statements of a turn; and statements of
// many turns that leave in one go cost both sides fewer system calls.
//
// The writes of a group go in step: the statements that each has gathered at its
// flush travel together, in one round. They must therefore not touch the same
// rows, which the locks of one transaction would not keep apart: each write
// names a key, two of one key never share a group, and all of one key go through
// the same group leader, so that two leaders never wait for each other.
//
// Short reads gather in the same way, without a transaction.
type groups struct {
	run     func(ctx context.Context, list []*joined) (spoilt bool)
	alone   func(ctx context.Context, fn func(tx) error) error
	seed    maphash.Seed
	leaders []chan *joined
	stop    chan struct{}
	all     sync.WaitGroup
}

// maxJoined is how many writes share a transaction at most.
const maxJoined = 64

// hedge is how long a write waits for a group before it goes alone: somebody
// else's lock may be in the group's way.
const hedge = 250 * time.Millisecond

// A joined is one write on its way to a group.
type joined struct {
	key   string
	fn    func(tx) error
	taken atomic.Bool
	err   error
	panic any // of fn: it belongs to the caller
	done  chan struct{}
}

// newGroups starts leaders. run does what a group has to do; when it is spoilt,
// and for a write without company, alone does it for each.
func newGroups(leaders int, run func(context.Context, []*joined) bool, alone func(context.Context, func(tx) error) error) *groups {
	g := &groups{run: run, alone: alone, seed: maphash.MakeSeed(), stop: make(chan struct{})}
	for range leaders {
		queue := make(chan *joined, maxJoined)
		g.leaders = append(g.leaders, queue)
		g.all.Go(func() { g.lead(queue) })
	}
	return g
}

// join runs fn in a transaction that it may share with writes of other keys.
func (g *groups) join(ctx context.Context, key string, fn func(tx) error) error {
	w := &joined{key: key, fn: fn, done: make(chan struct{})}
	queue := g.leaders[maphash.String(g.seed, key)%uint64(len(g.leaders))]
	patience := time.NewTimer(hedge)
	defer patience.Stop()
	select {
	case queue <- w:
	case <-ctx.Done():
		return ctx.Err()
	case <-patience.C:
		return g.alone(ctx, fn)
	}
	select {
	case <-w.done:
	case <-patience.C:
		if w.taken.CompareAndSwap(false, true) {
			return g.alone(ctx, fn)
		}
		<-w.done
	case <-g.stop:
		if w.taken.CompareAndSwap(false, true) {
			return errClosed
		}
		<-w.done
	}
	if w.panic != nil {
		panic(w.panic)
	}
	return w.err
}

// close ends the leaders, once what they have taken is done. Nobody may join any
// more.
func (g *groups) close() {
	close(g.stop)
	g.all.Wait()
}

// lead takes the writes that wait and runs them as a group, again and again.
func (g *groups) lead(queue chan *joined) {
	var left []*joined // of a key that was in the last group
	for {
		if len(left) == 0 {
			select {
			case w := <-queue:
				left = append(left, w)
			case <-g.stop:
				return
			}
		}
		for range len(queue) {
			left = append(left, <-queue)
		}
		var list []*joined
		list, left = group(left)
		if len(list) > 0 {
			g.serve(list)
		}
	}
}

// group picks those that may share a transaction and marks them as taken. The
// others keep their order.
func group(waiting []*joined) (list, left []*joined) {
	keys := map[string]bool{}
	for _, w := range waiting {
		if keys[w.key] || len(list) == maxJoined {
			left = append(left, w)
			continue
		}
		if keys[w.key] = true; w.taken.CompareAndSwap(false, true) {
			list = append(list, w)
		}
	}
	return list, left
}

// serve runs a group. It bets that none fails after it has changed something;
// where one does, the group is undone and each runs alone.
func (g *groups) serve(list []*joined) {
	ctx, cancel := context.WithTimeout(context.Background(), groupTime)
	defer cancel()
	spoilt := len(list) == 1 || g.run(ctx, list)
	for _, w := range list {
		if spoilt {
			g.serveAlone(ctx, w)
		}
		close(w.done)
	}
}

// groupTime is how long a group may take; then its connection is given up.
const groupTime = 30 * time.Second

func (g *groups) serveAlone(ctx context.Context, w *joined) {
	defer func() { w.panic = recover() }()
	w.err = g.alone(ctx, w.fn)
}
