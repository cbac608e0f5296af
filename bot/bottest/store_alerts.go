package bottest

import (
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"doudou/bot"
)

var alertSuite = map[string]func(*storeTest){
	"a call waits until staff answer":             callWaits,
	"a second word waits from when it came":       againWaits,
	"urgent first, then who waits longest":        waitsInOrder,
	"notices are told once, in one message":       toldOnce,
	"a lost answer is told again, a failed later": toldAgain,
	"the next message pauses, urgent ones do not": digestPauses,
	"two replicas tell one message":               oneTells,
	"a step is kept once with its journal":        stepOnce,
	"wishes":                                      wishes,
	"a code links one chat once":                  linkOnce,
	"who is forgotten leaves no notice":           forgottenNotices,
	"one replica holds a post":                    onePost,
}

// alerts is the store as whoever tells staff sees it.
func (t *storeTest) alerts() bot.AlertStore { return t.Store.(bot.AlertStore) }

// waits reads what waits, as "C1 09:30", with "again" and the step.
func (t *storeTest) waits() []string {
	t.Helper()
	list, err := t.alerts().Waits(t.ctx)
	t.must(err)
	return brief(list)
}

func brief(list []bot.Wait) []string {
	words := []string{}
	for _, w := range list {
		text := fmt.Sprint(w.Case.ID, " ", w.Since.UTC().Format("15:04"))
		if w.Again {
			text += " again"
		}
		if w.Step > 0 {
			text += fmt.Sprint(" step ", w.Step)
		}
		words = append(words, text)
	}
	return words
}

func (t *storeTest) expect(got []string, want ...string) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
}

// writes has a family write a word that nobody but staff answers.
func (t *storeTest) writes(from, text string) {
	t.Helper()
	t.commit(t.turn(t.next(t.hear(from, text))))
}

func callWaits(t *storeTest) {
	at := t.Now().UTC().Format("15:04")
	_, id := t.openCase(phone)
	t.expect(t.waits(), string(id)+" "+at)
	t.Add(10 * time.Minute)
	t.must(t.act(id, "awa", bot.Take, ""))
	t.must(t.act(id, "awa", bot.NoteIt, "à rappeler"))
	t.writes(phone, "allo")
	t.expect(t.waits(), string(id)+" "+at)
	t.must(t.act(id, "awa", bot.Reply, "Bonjour"))
	t.expect(t.waits())
	t.must(t.act(id, "awa", bot.NoteIt, "attend un papier"))
	t.expect(t.waits())
}

func againWaits(t *storeTest) {
	_, id := t.openCase(phone)
	t.must(t.act(id, "awa", bot.Reply, "Bonjour"))
	t.Add(time.Hour)
	at := t.Now().UTC().Format("15:04")
	t.writes(phone, "merci mais non")
	t.Add(time.Hour)
	t.writes(phone, "allo")
	t.expect(t.waits(), string(id)+" "+at+" again")
	t.must(t.act(id, "awa", bot.Close, "Au revoir"))
	t.expect(t.waits())
}

func waitsInOrder(t *storeTest) {
	_, first := t.openCase("+33600000001")
	t.Add(time.Minute)
	_, second := t.openCase("+33600000002")
	t.Add(time.Minute)
	w := t.next(t.hear("+33600000003", "au secours"))
	turn := t.turn(w)
	turn.Open = &bot.Case{ID: "U", Team: "rpe", Urgent: true}
	t.commit(turn)
	list, err := t.alerts().Waits(t.ctx)
	t.must(err)
	if len(list) != 3 || list[0].Case.ID != "U" || list[1].Case.ID != first || list[2].Case.ID != second {
		t.Fatalf("order %v", brief(list))
	}
	if c := list[0].Case; !c.Urgent || c.Team != "rpe" || c.Contact == "" || c.State != bot.Open {
		t.Fatalf("case %+v", c)
	}
}

// notice is one for an agent about a case.
func (t *storeTest) notice(agent string, id bot.CaseID, kind bot.NoticeKind) bot.Notice {
	return bot.Notice{ID: fmt.Sprint(kind, "/", id, "/", agent), Agent: agent, Way: bot.ByMail, Case: id, Kind: kind, Urgent: kind == bot.NoticeUrgent, Due: t.Now()}
}

// notify adds notices and tells how many were new.
func (t *storeTest) notify(list ...bot.Notice) int {
	t.Helper()
	n, err := t.alerts().Notify(t.ctx, list)
	t.must(err)
	return n
}

// pause is how long a message to an agent holds the next one back.
const pause = 10 * time.Minute

func (t *storeTest) digests() []bot.Digest {
	t.Helper()
	list, err := t.alerts().Digests(t.ctx, []bot.Way{bot.ByMail}, t.Now(), pause, t.lease())
	t.must(err)
	return list
}

// said settles a digest that left.
func (t *storeTest) said(d bot.Digest) {
	t.Helper()
	t.must(t.alerts().SettleDigest(t.ctx, bot.DigestOutcome{Digest: d, Done: true, Said: true, At: t.Now()}))
}

func contents(list []bot.Digest) []string {
	words := []string{}
	for _, d := range list {
		for _, n := range d.Notices {
			words = append(words, d.Agent+":"+n.ID)
		}
	}
	return words
}

func toldOnce(t *storeTest) {
	later := t.notice("awa", "C3", bot.NoticeNew)
	later.Due = t.Now().Add(time.Hour)
	if n := t.notify(t.notice("awa", "C1", bot.NoticeNew), t.notice("awa", "C2", bot.NoticeUrgent), t.notice("lea", "C1", bot.NoticeNew), later); n != 4 {
		t.Fatalf("%d are new, want 4", n)
	}
	list := t.digests()
	t.expect(contents(list), "awa:urgent/C2/awa", "awa:new/C1/awa", "lea:new/C1/lea")
	for _, d := range list {
		t.said(d)
	}
	if n := t.notify(t.notice("awa", "C1", bot.NoticeNew)); n != 0 {
		t.Fatalf("%d are new, want none", n)
	}
	t.expect(contents(t.digests()))
	t.Add(time.Hour)
	t.expect(contents(t.digests()), "awa:new/C3/awa")
	other, err := t.alerts().Digests(t.ctx, []bot.Way{bot.ByTelegram}, t.Now().Add(time.Hour), pause, t.lease())
	t.must(err)
	t.expect(contents(other))
}

func toldAgain(t *storeTest) {
	t.notify(t.notice("awa", "C1", bot.NoticeNew))
	lost := t.digests()[0]
	t.expect(contents(t.digests()))
	t.Add(2 * time.Minute)
	again := t.digests()
	t.expect(contents(again), "awa:new/C1/awa")
	if err := t.alerts().SettleDigest(t.ctx, bot.DigestOutcome{Digest: lost, Done: true, Said: true, At: t.Now()}); !errors.Is(err, bot.ErrStale) {
		t.Fatalf("a lost lease: %v", err)
	}
	failed := t.Now()
	t.must(t.alerts().SettleDigest(t.ctx, bot.DigestOutcome{Digest: again[0], Why: "no answer", Retry: failed.Add(time.Minute), At: failed}))
	t.expect(contents(t.digests()))
	o, err := t.alerts().Outage(t.ctx, bot.ByMail)
	t.must(err)
	if !o.Since.Equal(failed.Truncate(time.Millisecond)) || fmt.Sprint(o.Agents) != "[awa]" || o.Why != "no answer" {
		t.Fatalf("outage %+v", o)
	}
	t.Add(time.Minute)
	third := t.digests()
	if len(third) != 1 || third[0].Tries != 1 {
		t.Fatalf("after a failure %+v", third)
	}
	t.said(third[0])
	if o, err := t.alerts().Outage(t.ctx, bot.ByMail); err != nil || !o.Since.IsZero() {
		t.Fatalf("the outage is not over: %+v %v", o, err)
	}
}

func digestPauses(t *storeTest) {
	t.notify(t.notice("awa", "C1", bot.NoticeNew))
	t.said(t.digests()[0])
	t.Add(time.Minute)
	t.notify(t.notice("awa", "C2", bot.NoticeNew))
	t.expect(contents(t.digests()))
	t.notify(t.notice("awa", "C3", bot.NoticeUrgent))
	list := t.digests()
	t.expect(contents(list), "awa:urgent/C3/awa", "awa:new/C2/awa")
	t.said(list[0])
	t.notify(t.notice("awa", "C4", bot.NoticeNew))
	t.Add(pause)
	list = t.digests()
	t.expect(contents(list), "awa:new/C4/awa")
	// Nothing of it was of use any more: no message left, so the next need not wait.
	t.must(t.alerts().SettleDigest(t.ctx, bot.DigestOutcome{Digest: list[0], Done: true, At: t.Now()}))
	t.notify(t.notice("awa", "C5", bot.NoticeNew))
	t.expect(contents(t.digests()), "awa:new/C5/awa")
}

func oneTells(t *storeTest) {
	stores := []bot.AlertStore{t.alerts(), t.alerts()}
	if t.Replica != nil {
		stores[1] = t.Replica().(bot.AlertStore)
	}
	var got, kept atomic.Int64
	together(8, func(i int) {
		s := stores[i%2]
		n, err := s.Notify(t.ctx, []bot.Notice{t.notice("awa", "C1", bot.NoticeNew), t.notice("lea", "C1", bot.NoticeNew)})
		if err != nil {
			t.Error(err)
		}
		kept.Add(int64(n))
		list, err := s.Digests(t.ctx, []bot.Way{bot.ByMail}, t.Now(), pause, t.lease())
		if err != nil {
			t.Error(err)
		}
		got.Add(int64(len(contents(list))))
	})
	if kept.Load() != 2 || got.Load() != 2 {
		t.Fatalf("%d notices kept, %d told, want 2 and 2", kept.Load(), got.Load())
	}
}

func stepOnce(t *storeTest) {
	_, id := t.openCase(phone)
	list, err := t.alerts().Waits(t.ctx)
	t.must(err)
	step := bot.Escalation{Wait: list[0], Step: 1, Notices: []bot.Notice{t.notice("lea", id, bot.NoticeNext)}, At: t.Now()}
	var fresh atomic.Int64
	together(4, func(int) {
		ok, err := t.alerts().Escalate(t.ctx, step)
		if err != nil {
			t.Error(err)
		}
		if ok {
			fresh.Add(1)
		}
	})
	if fresh.Load() != 1 {
		t.Fatalf("the step was new %d times", fresh.Load())
	}
	told, err := t.alerts().Escalated(t.ctx)
	t.must(err)
	if len(told) != 1 || told[0].Step != 1 || !told[0].Told.Equal(t.Now().Truncate(time.Millisecond)) {
		t.Fatalf("escalated %+v", told)
	}
	t.expect(contents(t.digests()), "lea:next/"+string(id)+"/lea")
	entries, err := t.Store.(bot.AgentStore).Journal(t.ctx, bot.JournalQuery{Limit: 10})
	t.must(err)
	if len(entries) != 1 || entries[0].Did != "escalate-1" || entries[0].Case != id || entries[0].Agent != "" {
		t.Fatalf("journal %+v", entries)
	}
	t.must(t.act(id, "awa", bot.Reply, "Bonjour"))
	t.Add(time.Hour)
	t.writes(phone, "encore moi")
	t.expect(t.waits(), string(id)+" "+t.Now().UTC().Format("15:04")+" again") // a new wait, no step
	told, err = t.alerts().Escalated(t.ctx)
	t.must(err)
	t.expect(brief(told))
}

func wishes(t *storeTest) {
	a := t.alerts()
	if w, err := a.Wish(t.ctx, "awa"); err != nil || w != bot.NewWish("awa") {
		t.Fatalf("who chose nothing: %+v %v", w, err)
	}
	t.must(a.OfferLink(t.ctx, "lea", "hash-lea", t.Now().Add(time.Hour)))
	awa := bot.Wish{Agent: "awa", Lang: "en", Mail: true}
	t.must(a.SaveWish(t.ctx, awa))
	awa.Quiet, awa.Chat = true, "4711" // the chat is not changed by a form
	t.must(a.SaveWish(t.ctx, awa))
	awa.Chat = ""
	list, err := a.Wishes(t.ctx)
	if err != nil || fmt.Sprint(list) != fmt.Sprint([]bot.Wish{awa, bot.NewWish("lea")}) {
		t.Fatalf("wishes %+v %v", list, err)
	}
}

func linkOnce(t *storeTest) {
	a := t.alerts()
	link := func(code, chat, want string) {
		t.Helper()
		login, err := a.LinkChat(t.ctx, code, chat, t.Now())
		if login != want || (want == "") != errors.Is(err, bot.ErrGone) {
			t.Fatalf("link %s: %q %v, want %q", code, login, err, want)
		}
	}
	chat := func(login, want string) {
		t.Helper()
		if w, err := a.Wish(t.ctx, login); err != nil || w.Chat != want {
			t.Fatalf("%s: %+v %v, want chat %q", login, w, err, want)
		}
	}
	t.must(a.OfferLink(t.ctx, "awa", "first", t.Now().Add(time.Hour)))
	t.must(a.OfferLink(t.ctx, "awa", "second", t.Now().Add(time.Hour)))
	link("first", "4711", "")
	link("", "4711", "")
	link("second", "4711", "awa")
	link("second", "4712", "")
	chat("awa", "4711")
	t.must(a.OfferLink(t.ctx, "lea", "third", t.Now().Add(time.Hour)))
	link("third", "4711", "lea") // one telephone is one agent's
	chat("lea", "4711")
	chat("awa", "")
	t.must(a.OfferLink(t.ctx, "awa", "old", t.Now()))
	link("old", "4712", "")
	t.must(a.UnlinkChat(t.ctx, "lea"))
	chat("lea", "")
}

func forgottenNotices(t *storeTest) {
	_, id := t.openCase(phone)
	list, err := t.alerts().Waits(t.ctx)
	t.must(err)
	_, err = t.alerts().Escalate(t.ctx, bot.Escalation{Wait: list[0], Step: 1, Notices: []bot.Notice{t.notice("lea", id, bot.NoticeNext)}, At: t.Now()})
	t.must(err)
	turn := t.turn(t.next(t.hear(phone, "EFFACE")))
	turn.Forget, turn.Lines = true, nil
	t.commit(turn)
	t.expect(contents(t.digests()))
	t.expect(t.waits())
}

func onePost(t *storeTest) {
	holds := func(token int64, want bool) {
		t.Helper()
		got, err := t.alerts().Hold(t.ctx, "poll", t.Now(), bot.Lease{Token: token, Until: t.Now().Add(time.Minute)})
		if err != nil || got != want {
			t.Fatalf("replica %d holds it: %v %v, want %v", token, got, err, want)
		}
	}
	holds(1, true)
	holds(2, false)
	t.Add(30 * time.Second)
	holds(1, true)
	t.Add(59 * time.Second)
	holds(2, false)
	t.Add(time.Second)
	holds(2, true)
	holds(1, false)
}
