package bottest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"doudou/bot"
)

var outboxSuite = map[string]func(*storeTest){
	"a turn leases its own words":     leasesOwn,
	"something older waits":           olderWaits,
	"nothing is leased without token": noToken,
	"one at a time per contact":       oneAtATime,
	"a lease runs out":                leaseRunsOut,
	"put off":                         putOff,
	"put off with the rest":           putOffRest,
	"dead lets the next one leave":    deadOne,
	"settled twice":                   settledTwice,
	"order under random retries":      orderUnderRetries,
	"a deep backlog":                  deepBacklog,
	"what was answered":               replies,
	"deliveries":                      deliveries,
	"an outgoing comes back whole":    outgoingWhole,
	"queued outlives a crash":         queuedOutlives,
}

func bodies(out []bot.Outgoing) string {
	var list []string
	for _, o := range out {
		list = append(list, o.Body)
	}
	return strings.Join(list, " ")
}

// answer commits a robot's answer under a lease.
func (t *storeTest) answer(from string, l bot.Lease, list ...string) []bot.Outgoing {
	t.Helper()
	w := t.next(t.hear(from, "bonjour"))
	turn := t.turn(w)
	turn.Lease, turn.Out = l, words(w, bot.FromRobot, list...)
	return t.commit(turn)
}

func leasesOwn(t *storeTest) {
	l := t.lease()
	out := t.answer(phone, l, "a", "b")
	if bodies(out) != "a b" || out[0].Lease != l.Token || out[0].ID == out[1].ID || out[0].Contact == "" || out[0].To.ID != phone {
		t.Fatalf("leased %+v", out)
	}
	if more := t.claim(); len(more) != 0 {
		t.Fatalf("claimed what is leased: %q", bodies(more))
	}
	t.sent(out[0])
	if more := t.claim(); len(more) != 0 {
		t.Fatalf("claimed the second one, which is leased: %q", bodies(more))
	}
	t.sent(out[1])
	if more := t.answer(phone, l, "c"); bodies(more) != "c" {
		t.Fatalf("the next turn leased %q", bodies(more))
	}
}

func olderWaits(t *storeTest) {
	l := t.lease()
	first := t.answer(phone, l, "a")
	if out := t.answer(phone, l, "b"); len(out) != 0 {
		t.Fatalf("b overtakes a: %q", bodies(out))
	}
	t.sent(first[0])
	if out := t.claim(); bodies(out) != "b" {
		t.Fatalf("after a: %q", bodies(out))
	}
}

func noToken(t *storeTest) {
	if out := t.answer(phone, bot.Lease{}, "a", "b"); len(out) != 0 {
		t.Fatalf("leased to nobody: %q", bodies(out))
	}
	if all := t.drain(); !slices.Equal(all, []string{"a", "b"}) {
		t.Fatalf("sent %q", all)
	}
}

func oneAtATime(t *storeTest) {
	for i := range 3 {
		t.say(fmt.Sprint("+3360000000", i), "a", "b")
	}
	var mu sync.Mutex
	got := map[bot.ContactID]int{}
	together(8, func(int) {
		out, err := t.Store.Claim(t.ctx, bot.SMS, t.Now(), t.lease(), 2)
		if err != nil {
			t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		for _, o := range out {
			got[o.Contact]++
			if o.Body != "a" {
				t.Errorf("claimed %q before the first", o.Body)
			}
		}
	})
	if len(got) > 3 || slices.Max(slices.Collect(mapValues(got))) != 1 {
		t.Fatalf("claimed at once: %v", got)
	}
	if other, err := t.Store.Claim(t.ctx, bot.Telegram, t.Now(), t.lease(), 9); err != nil || len(other) != 0 {
		t.Fatalf("another channel: %v %v", other, err)
	}
}

func mapValues(m map[bot.ContactID]int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for _, v := range m {
			if !yield(v) {
				return
			}
		}
	}
}

func leaseRunsOut(t *storeTest) {
	first := t.answer(phone, t.lease(), "a", "b")
	t.Clock.Add(2 * time.Minute)
	second := t.claim()
	if bodies(second) != "a" || second[0].Tries != 1 || second[0].Lease == first[0].Lease {
		t.Fatalf("after the lease: %+v", second)
	}
	for _, o := range first {
		err := t.Store.Settle(t.ctx, bot.Outcome{Outgoing: o, State: bot.Sent, Sent: "late", At: t.Now()})
		if !errors.Is(err, bot.ErrStale) {
			t.Fatalf("settling %q under a lost lease: %v", o.Body, err)
		}
	}
	t.sent(second[0])
	if all := t.drain(); !slices.Equal(all, []string{"b"}) {
		t.Fatalf("then %q", all)
	}
	kept := t.answer(phone, t.lease(), "c")
	t.Clock.Add(2 * time.Minute)
	t.sent(kept[0]) // late, but nobody has taken it over
	if all := t.drain(); len(all) != 0 {
		t.Fatalf("sent twice: %q", all)
	}
}

func (t *storeTest) retry(o bot.Outgoing, in time.Duration) {
	t.Helper()
	t.must(t.Store.Settle(t.ctx, bot.Outcome{Outgoing: o, State: bot.Queued, Retry: t.Now().Add(in), At: t.Now()}))
}

func putOff(t *storeTest) {
	t.say(phone, "a", "b")
	t.say("+33600000002", "x")
	for _, o := range t.claim() {
		if o.Body == "a" {
			t.retry(o, 10*time.Second)
			continue
		}
		t.sent(o)
	}
	if out := t.claim(); len(out) != 0 {
		t.Fatalf("before its time: %q", bodies(out))
	}
	t.Clock.Add(9 * time.Second)
	t.say("+33600000002", "y")
	if out := t.claim(); bodies(out) != "y" {
		t.Fatalf("a second before its time: %q", bodies(out))
	}
	t.Clock.Add(time.Second)
	out := t.claim() // y is still held
	if bodies(out) != "a" || out[0].Tries != 1 {
		t.Fatalf("at its time: %+v", out)
	}
	t.sent(out[0])
	if all := t.drain(); !slices.Equal(all, []string{"b"}) {
		t.Fatalf("then %q", all)
	}
}

// putOffRest is what a sender does when the first of several does not leave: it
// gives back the others, which have not been tried.
func putOffRest(t *storeTest) {
	out := t.answer(phone, t.lease(), "a", "b", "c")
	t.retry(out[0], time.Minute)
	t.retry(out[1], 0)
	t.retry(out[2], 0)
	if early := t.claim(); len(early) != 0 {
		t.Fatalf("before its time: %q", bodies(early))
	}
	t.Clock.Add(time.Minute)
	var tries []int
	for range 3 {
		next := t.claim()
		if len(next) != 1 {
			t.Fatalf("claimed %q", bodies(next))
		}
		tries = append(tries, next[0].Tries)
		t.sent(next[0])
	}
	if !slices.Equal(tries, []int{1, 0, 0}) {
		t.Fatalf("tries %v", tries)
	}
}

func deadOne(t *storeTest) {
	out := t.answer(phone, t.lease(), "a", "b")
	t.must(t.Store.Settle(t.ctx, bot.Outcome{Outgoing: out[0], State: bot.Dead, Why: "bad number", At: t.Now()}))
	t.sent(out[1])
	if all := t.drain(); len(all) != 0 {
		t.Fatalf("then %q", all)
	}
	if got, _, _ := t.Store.Replies(t.ctx, bot.SMS, out[0].Reply); bodies(got) != "b" {
		t.Fatalf("answered %q", bodies(got))
	}
}

func settledTwice(t *storeTest) {
	out := t.answer(phone, t.lease(), "a")
	t.sent(out[0])
	t.sent(out[0]) // the answer of the first call was lost
	err := t.Store.Settle(t.ctx, bot.Outcome{Outgoing: out[0], State: bot.Dead, At: t.Now()})
	if !errors.Is(err, bot.ErrStale) {
		t.Fatalf("sent, then dead: %v", err)
	}
	gone := out[0]
	gone.ID = 1
	if err := t.Store.Settle(t.ctx, bot.Outcome{Outgoing: gone, State: bot.Sent, At: t.Now()}); !errors.Is(err, bot.ErrStale) {
		t.Fatalf("an unknown outgoing: %v", err)
	}
}

// orderUnderRetries has three senders work on a few contacts while turns go on,
// refusing, losing and killing at random: what leaves for a contact must come in
// the order in which it was said.
func orderUnderRetries(t *storeTest) {
	seed := uint64(time.Now().UnixNano())
	r := rand.New(rand.NewPCG(seed, 0))
	said, left := map[string]int{}, map[string]int{}
	for step := range 400 {
		from := fmt.Sprint("+3360000000", r.IntN(4))
		if r.IntN(3) == 0 {
			l := bot.Lease{}
			if r.IntN(2) == 0 {
				l = t.lease()
			}
			var list []string
			for range 1 + r.IntN(3) {
				said[from]++
				list = append(list, fmt.Sprint(said[from]))
			}
			t.attempt(r, from, t.answer(from, l, list...), left)
		} else {
			for _, o := range t.claim() {
				t.attempt(r, o.To.ID, []bot.Outgoing{o}, left)
			}
		}
		t.Clock.Add(time.Duration(r.IntN(20)) * time.Second)
		if t.Failed() {
			t.Fatalf("step %d, seed %d", step, seed)
		}
	}
	for idle := 0; idle < 2; idle++ {
		t.Clock.Add(time.Hour) // all leases and waits are over
		for _, o := range t.claim() {
			idle = -1
			t.check(o.To.ID, o.Body, left)
			t.sent(o)
		}
	}
	for from := range said {
		if left[from] != said[from] {
			t.Errorf("%d of %d left (seed %d)", left[from], said[from], seed)
		}
	}
}

// attempt sends a batch as a sender would: in order, until one does not leave.
func (t *storeTest) attempt(r *rand.Rand, from string, batch []bot.Outgoing, left map[string]int) {
	t.Helper()
	for i, o := range batch {
		switch r.IntN(6) {
		case 0: // refused: this one and the rest are put off
			for _, rest := range batch[i:] {
				t.retry(rest, time.Duration(r.IntN(30))*time.Second)
			}
			return
		case 1: // the sender is killed: the lease runs out
			return
		case 2:
			t.check(from, o.Body, left)
			t.must(t.Store.Settle(t.ctx, bot.Outcome{Outgoing: o, State: bot.Dead, At: t.Now()}))
		default:
			t.check(from, o.Body, left)
			t.sent(o)
		}
	}
}

// check notes that a message has left, which must be the one after the last.
func (t *storeTest) check(from, body string, left map[string]int) {
	t.Helper()
	if body != fmt.Sprint(left[from]+1) {
		t.Errorf("%s left after %d", body, left[from])
	}
	left[from]++
}

func replies(t *storeTest) {
	m := t.message(phone, "bonjour")
	id, _, err := t.Store.Accept(t.ctx, m)
	t.must(err)
	for _, provider := range []string{m.Provider, "never seen"} {
		if out, answered, err := t.Store.Replies(t.ctx, bot.SMS, provider); err != nil || answered || len(out) != 0 {
			t.Fatalf("before the turn: %v %v %v", out, answered, err)
		}
	}
	turn := t.turn(t.next(id))
	turn.Out, turn.Lease = words(t.next(id), bot.FromRobot, "a", "b"), t.lease()
	for i, o := range t.commit(turn) {
		for range 2 {
			got, answered, err := t.Store.Replies(t.ctx, bot.SMS, m.Provider)
			if err != nil || !answered || bodies(got) != "a b" || (i == 0 && got[0].Lease != o.Lease) {
				t.Fatalf("%d sent: %q %v %v", i, bodies(got), answered, err)
			}
		}
		t.sent(o)
	}
	behind := t.say("+33600000002", "c")
	more := t.next(t.hear("+33600000002", "et ?"))
	late := t.turn(more)
	late.Out, late.Lease = words(more, bot.FromRobot, "d"), t.lease()
	t.commit(late)
	for _, w := range []bot.Work{behind, more} { // c is leased to nobody, d waits behind it
		if got, answered, err := t.Store.Replies(t.ctx, bot.SMS, w.Message.Provider); err != nil || !answered || len(got) != 0 {
			t.Fatalf("what is left to the sender: %q %v %v", bodies(got), answered, err)
		}
	}
	silent := t.message(phone, "ok")
	_, _, err = t.Store.Accept(t.ctx, silent)
	t.must(err)
	t.commit(t.turn(t.next(id)))
	if out, answered, err := t.Store.Replies(t.ctx, bot.SMS, silent.Provider); err != nil || !answered || len(out) != 0 {
		t.Fatalf("a turn that says nothing: %v %v %v", out, answered, err)
	}
}

func deliveries(t *storeTest) {
	report := func(sent, state string, rank int, final, stop bool) {
		t.must(t.Store.Delivered(t.ctx, bot.SMS, sent, bot.Delivery{State: state, Rank: rank, Final: final, Stop: stop, At: t.Now()}))
	}
	last := func(want string) {
		t.Helper()
		dump := t.Dump()
		for _, state := range []string{"S-queued", "S-sent", "S-delivered", "S-failed"} {
			if strings.Contains(dump, state) != (state == want) {
				t.Fatalf("state %s kept: %v, want %s", state, strings.Contains(dump, state), want)
			}
		}
	}
	report("unknown", "S-sent", 2, false, false)
	last("S-sent")
	report("unknown", "S-queued", 1, false, false) // comes late
	last("S-sent")
	report("unknown", "S-delivered", 3, true, false)
	report("unknown", "S-failed", 3, true, false)
	last("S-delivered")

	out := t.answer(phone, t.lease(), "a")
	t.sent(out[0])
	t.say(phone, "b")
	report(fmt.Sprint("out", out[0].ID), "x", 4, true, true)
	if all := t.drain(); len(all) != 0 {
		t.Fatalf("sent to somebody who stopped: %q", all)
	}
	other := "+33600000002"
	early := t.answer(other, t.lease(), "c")
	t.say(other, "d")
	report(fmt.Sprint("out", early[0].ID), "x", 4, true, true) // before the sender has written it down
	t.sent(early[0])
	if all := t.drain(); len(all) != 0 {
		t.Fatalf("sent to somebody who stopped early: %q", all)
	}
}

func outgoingWhole(t *storeTest) {
	w := t.next(t.hear(phone, "bonjour"))
	turn := t.turn(w)
	o := bot.Outgoing{
		To: w.Message.From, Origin: bot.FromRobot, Body: "Bonjour 👶", Lead: "Awa (RPE)", Lang: "fr", Reply: w.Message.Provider, Ref: "77",
		Buttons: [][]bot.Button{{{Label: "Oui", Data: "a:b:yes"}}, {{Label: "Non", Data: "a:b:no"}}}, At: t.Now().UTC(),
	}
	turn.Out = []bot.Outgoing{o}
	t.commit(turn)
	out := t.claim()
	if len(out) != 1 {
		t.Fatalf("claimed %d", len(out))
	}
	o.ID, o.Lease, o.Contact = out[0].ID, out[0].Lease, w.Contact.ID
	if fmt.Sprint(out[0]) != fmt.Sprint(o) {
		t.Fatalf("came back as\n%+v, want\n%+v", out[0], o)
	}
}

func queuedOutlives(t *storeTest) {
	t.answer(phone, t.lease(), "a", "b")
	t.Store = t.Reopen()
	if out := t.claim(); len(out) != 0 {
		t.Fatalf("the lease of before the crash: %q", bodies(out))
	}
	t.Clock.Add(2 * time.Minute)
	if all := t.drain(); !slices.Equal(all, []string{"a", "b"}) {
		t.Fatalf("after the crash: %q", all)
	}
}
