package bot

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Two messages of one contact are never answered at once, and a wake during the
// work is not lost.
func TestLanesKeepOneContactInOrder(t *testing.T) {
	var inside, worst, runs atomic.Int32
	l := newLanes(8, func(context.Context, ContactID) {
		if n := inside.Add(1); n > worst.Load() {
			worst.Store(n)
		}
		runs.Add(1)
		time.Sleep(time.Millisecond)
		inside.Add(-1)
	})
	for range 20 {
		l.wake("one")
		time.Sleep(200 * time.Microsecond)
	}
	before := runs.Load()
	l.wake("one")
	l.all.Wait()
	l.close()
	if worst.Load() != 1 {
		t.Errorf("%d workers were at the same contact at once", worst.Load())
	}
	if runs.Load() == before {
		t.Error("the last wake was lost")
	}
}

// Contacts do not wait for each other.
func TestLanesRunContactsSideBySide(t *testing.T) {
	both := make(chan struct{})
	var once sync.Once
	var arrived atomic.Int32
	l := newLanes(2, func(context.Context, ContactID) {
		if arrived.Add(1) == 2 {
			once.Do(func() { close(both) })
		}
		<-both
	})
	l.wake("one")
	l.wake("two")
	select {
	case <-both:
	case <-time.After(5 * time.Second):
		t.Fatal("the second contact waited for the first")
	}
	l.close()
}

// A closed service answers nothing more: what comes is for the next start.
func TestLanesClosed(t *testing.T) {
	var runs atomic.Int32
	l := newLanes(1, func(context.Context, ContactID) { runs.Add(1) })
	l.close()
	l.wake("one")
	l.all.Wait()
	if runs.Load() != 0 {
		t.Error("a lane ran after the end")
	}
}

// An answer given in the instant that its waiter gives up is not lost, and who
// waits for nobody's answer gets none.
func TestWaiters(t *testing.T) {
	var ws waiters
	w := ws.add(SMS, "SM1")
	if !ws.give(SMS, "SM1", []Outgoing{{Body: "oui"}}) {
		t.Fatal("nobody was waiting")
	}
	ws.remove(w)
	if got := w.given(); len(got) != 1 || got[0].Body != "oui" {
		t.Errorf("given() = %v", got)
	}
	gone := ws.add(SMS, "SM2")
	ws.remove(gone)
	if ws.give(SMS, "SM2", nil) {
		t.Error("an answer was given to somebody who had left")
	}
	if len(ws.all) != 0 {
		t.Errorf("waiters are kept for ever: %v", ws.all)
	}
}
