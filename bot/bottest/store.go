package bottest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"doudou/bot"
)

// A StoreBench is an empty store to be tested, and ways to look behind it.
type StoreBench struct {
	Store bot.Store
	// Reopen loses all that the process holds, as kill -9 does, and opens what is
	// kept. The old Store must not be used any more.
	Reopen func() bot.Store
	// Replica opens a second store on the same tables; nil if there can be one only.
	Replica func() bot.Store
	// Dump returns all rows of all tables as text.
	Dump func() string
	// MostUnclear is how many messages that were not understood the store keeps.
	MostUnclear int
}

// An OpenStore opens an empty store whose time is that of a clock.
type OpenStore func(testing.TB, *Clock) StoreBench

// A storeSuite is the contract of one side of a store.
type storeSuite struct {
	name  string
	cases map[string]func(*storeTest)
}

func storeSuites() []storeSuite {
	return []storeSuite{
		{"inbox", inboxSuite}, {"turns", turnSuite}, {"outbox", outboxSuite}, {"holding", holdingSuite},
		{"cases", caseSuite}, {"undo", undoSuite}, {"refer", referSuite}, {"spend", spendSuite}, {"cases at random", randomSuite}, {"answers", answerSuite}, {"lists", listSuite}, {"search", searchSuite}, {"events", eventSuite}, {"forget", forgetSuite}, {"retention", retentionSuite}, {"person", personSuite}, {"unclear", unclearSuite},
		{"prompts", promptSuite}, {"alerts", alertSuite}, {"seats", seatSuite}, {"queue", queueSuite}, {"news", newsSuite}, {"meetings", meetingSuite},
		{"figures", figureSuite}, {"topics", topicSuite},
	}
}

// TestStore is the contract of bot.Store: all of it, or the suites that are
// named. The tests run beside each other, each on a store of its own.
func TestStore(t *testing.T, open OpenStore, only ...string) {
	for _, suite := range storeSuites() {
		if len(only) > 0 && !slices.Contains(only, suite.name) {
			continue
		}
		for name, test := range suite.cases {
			t.Run(suite.name+"/"+name, func(t *testing.T) {
				if name != timed {
					t.Parallel()
				}
				clock := NewClock("2026-11-23 08:30")
				b := open(t, clock)
				test(&storeTest{T: t, StoreBench: b, Clock: clock, ctx: t.Context()})
			})
		}
	}
}

// timed is the test that looks at a watch: nothing runs beside it.
const timed = "a deep backlog"

// A storeTest is one test of the contract, with the words it is told in.
type storeTest struct {
	*testing.T
	StoreBench
	*Clock
	ctx  context.Context
	last atomic.Int64
}

// phone is the number of a family that no row may keep once it is forgotten.
const phone = "+33611223344"

func (t *storeTest) number() int64 { return t.last.Add(1) }

// must ends the test on an error.
func (t *storeTest) must(err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// message is an SMS that nobody has sent before.
func (t *storeTest) message(from, text string) bot.Message {
	return bot.Message{
		Channel: bot.SMS, Provider: fmt.Sprintf("SM%d", t.number()), Kind: bot.Text, Text: text, At: t.Now(),
		From: bot.Address{Channel: bot.SMS, ID: from, To: "+33700000000"},
	}
}

// hear accepts a message.
func (t *storeTest) hear(from, text string) bot.ContactID {
	t.Helper()
	id, fresh, err := t.Store.Accept(t.ctx, t.message(from, text))
	t.must(err)
	if !fresh {
		t.Fatal("a message that is new was said to be known")
	}
	return id
}

// next reads the work that waits.
func (t *storeTest) next(contact bot.ContactID) bot.Work {
	t.Helper()
	w, err := t.Store.Next(t.ctx, contact)
	t.must(err)
	return w
}

// turn is the plain turn that answers a work.
func (t *storeTest) turn(w bot.Work) bot.Turn {
	return bot.Turn{
		Contact: w.Contact.ID, Inbox: w.Inbox, From: w.Stamp, At: t.Now(),
		To:      bot.Stamp{Version: w.Stamp.Version + 1, Tag: 1000 + t.number()},
		Session: fmt.Appendf(nil, `{"turn":%d}`, w.Stamp.Version+1),
		Lines:   []bot.Line{{Speaker: bot.Family, Text: w.Message.Text}},
	}
}

// words are outgoings to whoever wrote.
func words(w bot.Work, origin bot.Origin, bodies ...string) []bot.Outgoing {
	var list []bot.Outgoing
	for _, b := range bodies {
		list = append(list, bot.Outgoing{To: w.Message.From, Origin: origin, Body: b, Reply: w.Message.Provider})
	}
	return list
}

// lease is the right to send for a minute.
func (t *storeTest) lease() bot.Lease {
	return bot.Lease{Token: t.number(), Until: t.Now().Add(time.Minute)}
}

// say has a family write and the robot answer; nothing is leased.
func (t *storeTest) say(from string, bodies ...string) bot.Work {
	t.Helper()
	w := t.next(t.hear(from, "bonjour"))
	turn := t.turn(w)
	turn.Out = words(w, bot.FromRobot, bodies...)
	t.commit(turn)
	return w
}

// commit applies a turn that must succeed.
func (t *storeTest) commit(turn bot.Turn) []bot.Outgoing {
	t.Helper()
	out, err := t.Store.Commit(t.ctx, turn)
	t.must(err)
	return out
}

// claim leases what may leave now.
func (t *storeTest) claim() []bot.Outgoing {
	t.Helper()
	out, err := t.Store.Claim(t.ctx, bot.SMS, t.Now(), t.lease(), 100)
	t.must(err)
	return out
}

// sent settles an outgoing as sent.
func (t *storeTest) sent(o bot.Outgoing) {
	t.Helper()
	t.must(t.Store.Settle(t.ctx, bot.Outcome{Outgoing: o, State: bot.Sent, Sent: fmt.Sprint("out", o.ID), At: t.Now()}))
}

// drain claims and sends until nothing may leave, and returns the bodies.
func (t *storeTest) drain() []string {
	t.Helper()
	var all []string
	for {
		out := t.claim()
		if len(out) == 0 {
			return all
		}
		for _, o := range out {
			all = append(all, o.Body)
			t.sent(o)
		}
	}
}

// openCase has a family call a person.
func (t *storeTest) openCase(from string) (bot.Work, bot.CaseID) {
	t.Helper()
	w := t.next(t.hear(from, "je voudrais quelqu'un"))
	turn := t.turn(w)
	id := bot.CaseID(fmt.Sprint("C", t.number()))
	turn.Open = &bot.Case{ID: id, Team: "rpe", Topic: "cmg.person"}
	t.commit(turn)
	return w, id
}

// act does something to a case.
func (t *storeTest) act(id bot.CaseID, agent string, do bot.ActKind, text string) error {
	a := bot.Act{Case: id, Agent: agent, Do: do, Text: text, Tag: t.number(), At: t.Now()}
	if text != "" && do != bot.NoteIt {
		a.Out = &bot.Outgoing{To: bot.Address{Channel: bot.SMS}, Origin: bot.FromStaff, Body: text}
	}
	return t.Store.Act(t.ctx, a)
}

// together runs n at once and waits for all.
func together(n int, do func(i int)) {
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-start
			do(i)
		})
	}
	close(start)
	all.Wait()
}
