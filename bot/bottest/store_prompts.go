package bottest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"doudou/bot"
)

var promptSuite = map[string]func(*storeTest){
	"once for ever":             promptOnce,
	"played like a message":     promptPlayed,
	"in the order of their due": promptOrder,
	"nobody needs it any more":  promptDropped,
	"two who start at once":     startTogether,
	"a batch is held":           batchHeld,
	"held while it starts":      heldMeanwhile,
	"kept over a crash":         promptKept,
}

// prompt is a reminder that is due now.
func (t *storeTest) prompt(id string, contact bot.ContactID) bot.Prompt {
	return bot.Prompt{ID: id, Contact: contact, Node: "notice.remind", Slots: map[string]string{"event": id}, Due: t.Now()}
}

// add keeps prompts and returns how many are new.
func (t *storeTest) add(list ...bot.Prompt) int {
	t.Helper()
	fresh, err := t.Store.Prompt(t.ctx, list)
	t.must(err)
	return fresh
}

// start starts what is due.
func (t *storeTest) start() []bot.ContactID {
	t.Helper()
	list, err := t.Store.Start(t.ctx, t.Now(), 100)
	t.must(err)
	return list
}

// known is somebody who has written and was answered.
func (t *storeTest) known(from string) bot.ContactID {
	t.Helper()
	id := t.hear(from, "bonjour")
	t.commit(t.turn(t.next(id)))
	return id
}

// waiting is the Data of what waits for a contact, which is answered.
func (t *storeTest) waiting(contact bot.ContactID) []string {
	t.Helper()
	var ids []string
	for _, data := range t.read(contact) {
		p, err := bot.ParsePrompt(data)
		t.must(err)
		ids = append(ids, p.Slots["event"])
	}
	return ids
}

func promptOnce(t *storeTest) {
	id := t.known(phone)
	list := []bot.Prompt{t.prompt("a", id), t.prompt("b", id), t.prompt("a", id), t.prompt("c", "nobody")}
	if n := t.add(list...); n != 2 {
		t.Fatalf("%d of two prompts are new", n)
	}
	if n := t.add(list...); n != 0 {
		t.Fatalf("%d prompts are new again", n)
	}
	if wake := t.start(); !slices.Equal(wake, []bot.ContactID{id}) {
		t.Fatalf("wake %v", wake)
	}
	if n := t.add(list...); n != 0 || len(t.start()) != 0 {
		t.Fatalf("%d prompts that have started are new again", n)
	}
	if got := t.waiting(id); !slices.Equal(got, []string{"a", "b"}) {
		t.Fatalf("said %q", got)
	}
	if n := t.add(list...); n != 0 || len(t.start()) != 0 {
		t.Fatalf("%d prompts that were answered are new again", n)
	}
}

func promptPlayed(t *storeTest) {
	id := t.known(phone)
	p := t.prompt("remind/e/1", id)
	p.Slots = map[string]string{"title": planted, "place": "Salle « Éveil »"}
	t.add(p)
	t.start()
	w := t.next(id)
	if m := w.Message; m.Kind != bot.Started || m.Channel != bot.SMS || m.Data != p.Data() || m.Provider != "prompt:"+p.ID || w.Contact.Address.ID != phone || w.Contact.Address.To != "+33700000000" {
		t.Fatalf("message %+v", m)
	}
	turn := t.turn(w)
	turn.Lines, turn.Out = nil, words(w, bot.FromRobot, "c'est demain")
	t.commit(turn)
	t.nothingOf(planted)
	if out := t.drain(); !slices.Equal(out, []string{"c'est demain"}) {
		t.Fatalf("sent %q", out)
	}
}

func promptOrder(t *storeTest) {
	one, two := t.known("+33600000001"), t.known("+33600000002")
	var list []bot.Prompt
	for i, id := range []bot.ContactID{one, two, one, one, two} {
		p := t.prompt(fmt.Sprint("p", i), id)
		p.Due = t.Now().Add(time.Duration(10-i) * time.Minute)
		list = append(list, p)
	}
	t.add(list...)
	if wake := t.start(); len(wake) != 0 {
		t.Fatalf("started %v before it was due", wake)
	}
	t.Clock.Add(8 * time.Minute)
	first, err := t.Store.Start(t.ctx, t.Now(), 2)
	t.must(err)
	if !slices.Equal(first, []bot.ContactID{two, one}) {
		t.Fatalf("first %v", first)
	}
	t.Clock.Add(2 * time.Minute)
	t.start()
	if a, b := t.waiting(one), t.waiting(two); !slices.Equal(a, []string{"p3", "p2", "p0"}) || !slices.Equal(b, []string{"p4", "p1"}) {
		t.Fatalf("said %q and %q", a, b)
	}
}

func promptDropped(t *storeTest) {
	here, gone := t.known("+33600000001"), t.known("+33600000002")
	t.stop("+33600000002", true)
	in, late, stopped := t.prompt("in time", here), t.prompt("late", here), t.prompt("stopped", gone)
	in.Until, late.Until = t.Now().Add(time.Hour), t.Now()
	for _, p := range []*bot.Prompt{&in, &late, &stopped} {
		p.Batch = "all"
		p.Slots["title"] = planted
	}
	t.add(in, late, stopped)
	if wake := t.start(); !slices.Equal(wake, []bot.ContactID{here}) {
		t.Fatalf("wake %v", wake)
	}
	if got := t.waiting(here); !slices.Equal(got, []string{"in time"}) {
		t.Fatalf("said %q", got)
	}
	t.nothingOf(planted)
	t.stop("+33600000002", false)
	if n := t.add(late, stopped); n != 0 || len(t.start()) != 0 {
		t.Fatal("what was dropped has come back")
	}
	t.progress("all", bot.Progress{Started: 1, Dropped: 2})
}

func (t *storeTest) progress(batch string, want bot.Progress) {
	t.Helper()
	got, err := t.Store.Batch(t.ctx, batch)
	t.must(err)
	if got != want {
		t.Fatalf("batch %s: %+v, want %+v", batch, got, want)
	}
}

// crowd is people who wrote before, with a prompt each.
func (t *storeTest) crowd(n int, batch string) []bot.Prompt {
	t.Helper()
	var list []bot.Prompt
	for i := range n {
		p := t.prompt(fmt.Sprint(batch, "/", i), t.known(fmt.Sprintf("+33640000%03d", i)))
		p.Batch = batch
		list = append(list, p)
	}
	return list
}

// startTogether has services on two replicas start the same prompts, which are
// added by both at once too.
func startTogether(t *storeTest) {
	list := t.crowd(40, "b")
	both := []bot.Store{t.Store, t.replica()}
	var fresh, started atomic.Int64
	together(8, func(i int) {
		s := both[i%2]
		n, err := s.Prompt(t.ctx, list)
		if err != nil {
			t.Error(err)
		}
		fresh.Add(int64(n))
		for range 10 {
			wake, err := s.Start(t.ctx, t.Now(), 7)
			if err != nil {
				t.Error(err)
			}
			started.Add(int64(len(wake)))
		}
	})
	started.Add(int64(len(t.start())))
	if fresh.Load() != 40 || started.Load() != 40 {
		t.Errorf("%d of 40 prompts are new, %d were started", fresh.Load(), started.Load())
	}
	for i, p := range list {
		if got := t.waiting(p.Contact); !slices.Equal(got, []string{p.ID}) {
			t.Errorf("contact %d reads %q", i, got)
		}
	}
	t.progress("b", bot.Progress{Started: 40})
}

func batchHeld(t *storeTest) {
	list := t.crowd(6, "b")
	t.add(list[:4]...)
	if _, err := t.Store.Start(t.ctx, t.Now(), 2); err != nil {
		t.Fatal(err)
	}
	t.must(t.Store.HoldBatch(t.ctx, "b", true))
	t.must(t.Store.HoldBatch(t.ctx, "b", true))
	t.add(list...) // two more, to a batch that is held
	other := t.prompt("other", list[0].Contact)
	t.add(other)
	if wake := t.start(); len(wake) != 1 {
		t.Fatalf("beside the batch that is held, started %v", wake)
	}
	t.progress("b", bot.Progress{Waiting: 4, Started: 2, Held: true})
	t.must(t.Store.HoldBatch(t.ctx, "b", false))
	if wake := t.start(); len(wake) != 4 {
		t.Fatalf("let go, started %v", wake)
	}
	t.progress("b", bot.Progress{Started: 6})
	t.progress("", bot.Progress{})
	t.progress("no such", bot.Progress{})
}

// heldMeanwhile holds a batch that is starting: what has not started when the
// hold returns starts no more.
func heldMeanwhile(t *storeTest) {
	t.add(t.crowd(40, "b")...)
	both := []bot.Store{t.Store, t.replica()}
	var once sync.Once
	var after bot.Progress
	together(3, func(i int) {
		for range 12 {
			if i == 2 {
				once.Do(func() {
					if err := both[0].HoldBatch(t.ctx, "b", true); err != nil {
						t.Error(err)
					}
					after, _ = both[0].Batch(t.ctx, "b")
				})
			} else if _, err := both[i].Start(t.ctx, t.Now(), 2); err != nil {
				t.Error(err)
			}
		}
	})
	t.start()
	t.progress("b", after)
	if !after.Held || after.Waiting+after.Started != 40 {
		t.Fatalf("held at %+v", after)
	}
	t.must(both[1].HoldBatch(t.ctx, "b", false))
	t.start()
	t.progress("b", bot.Progress{Started: 40})
}

func promptKept(t *storeTest) {
	id := t.known(phone)
	t.add(t.prompt("a", id), t.prompt("b", id))
	if _, err := t.Store.Start(t.ctx, t.Now(), 1); err != nil {
		t.Fatal(err)
	}
	t.Store = t.Reopen()
	t.start()
	if got := t.waiting(id); !slices.Equal(got, []string{"a", "b"}) {
		t.Fatalf("after the crash: %q", got)
	}
	if strings.Contains(t.Dump(), `"event"`) {
		t.Fatal("values of what was said are still kept")
	}
}

// replica is a second service on the same tables, where the store allows it.
func (t *storeTest) replica() bot.Store {
	if t.Replica == nil {
		return t.Store
	}
	return t.Replica()
}
