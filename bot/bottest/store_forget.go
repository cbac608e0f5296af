package bottest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"doudou/bot"
)

var forgetSuite = map[string]func(*storeTest){
	"no row is left":              noRowLeft,
	"who writes again is new":     writesAgain,
	"what was written meanwhile":  writtenMeanwhile,
	"a forgotten case is gone":    forgottenCase,
	"forgotten while in flight":   forgottenInFlight,
	"forgotten after STOP":        forgottenStopped,
	"a stale turn forgets nobody": staleForget,
}

const planted = "grenouille"

// live gives a contact something in every table.
func (t *storeTest) live() (bot.ContactID, bot.CaseID) {
	t.Helper()
	t.event("e", 5, time.Hour)
	t.must(t.register(phone, []string{"e"}, nil))
	t.drain()
	w, id := t.openCase(phone)
	contact := w.Contact.ID
	w = t.next(t.hear(phone, planted))
	turn := t.turn(w)
	turn.Notes, turn.Session = map[string]string{"speaks": planted}, []byte(`{"x":"`+planted+`"}`)
	turn.Out, turn.Lease = words(w, bot.FromRobot, planted+" one", planted+" two"), t.lease()
	turn.Open = &bot.Case{Topic: planted}
	out := t.commit(turn)
	for _, o := range out[:1] {
		t.sent(o)
		t.must(t.Store.Delivered(t.ctx, bot.SMS, fmt.Sprint("out", o.ID), bot.Delivery{State: planted, Rank: 1}))
	}
	t.must(t.act(id, "awa", bot.NoteIt, planted+" note"))
	t.must(t.act(id, "awa", bot.Reply, planted+" reply"))
	t.must(t.Store.Bury(t.ctx, bot.SMS, "bad", []byte("From="+phone+"&Body="+planted), "unreadable"))
	return contact, id
}

// forgetMe commits a turn that erases the contact.
func (t *storeTest) forgetMe(l bot.Lease) []bot.Outgoing {
	t.Helper()
	w := t.next(t.hear(phone, "EFFACE "+planted))
	turn := t.turn(w)
	turn.Forget, turn.Lease, turn.Out = true, l, words(w, bot.FromSafety, "oubliée")
	return t.commit(turn)
}

func (t *storeTest) nothingOf(list ...string) {
	t.Helper()
	dump := t.Dump()
	for _, word := range list {
		if i := strings.Index(dump, word); i >= 0 {
			t.Errorf("%q is still kept: ...%s...", word, dump[max(0, i-80):min(len(dump), i+80)])
		}
	}
}

func noRowLeft(t *storeTest) {
	contact, _ := t.live()
	t.hear(phone, "x")
	t.commit(t.turn(t.next(contact)))
	out := t.forgetMe(t.lease())
	if bodies(out) != "oubliée" || out[0].To.ID != phone {
		t.Fatalf("the last word: %+v", out)
	}
	t.nothingOf(planted)
	t.sent(out[0])
	t.nothingOf(planted, phone, "oubliée")
	if lines, err := t.Store.Thread(t.ctx, contact, 9); err != nil || len(lines) != 0 {
		t.Errorf("thread %v %v", lines, err)
	}
	if s := t.standing(contact); s[0].Taken != 0 || s[0].Mine {
		t.Errorf("standing %+v", s)
	}
	t.Clock.Add(time.Hour)
	if all := t.drain(); len(all) != 0 {
		t.Errorf("sent later: %q", all)
	}
}

func writesAgain(t *storeTest) {
	contact, _ := t.live()
	m := t.message(phone, "EFFACE")
	_, _, err := t.Store.Accept(t.ctx, m)
	t.must(err)
	turn := t.turn(t.next(contact))
	turn.Forget = true
	t.commit(turn)
	if _, fresh, err := t.Store.Accept(t.ctx, m); fresh || err != nil {
		t.Fatalf("the message that asked for it is fresh again: %v", err)
	}
	again := t.hear(phone, "bonjour")
	if again == contact {
		t.Fatal("a forgotten contact is known again")
	}
	if w := t.next(again); w.Stamp.Version != 0 || w.Session != nil || w.Contact.Lang != "" || w.Case != nil {
		t.Fatalf("a new contact: %+v", w)
	}
}

func writtenMeanwhile(t *storeTest) {
	contact, _ := t.live()
	t.hear(phone, "EFFACE")
	turn := t.turn(t.next(contact))
	turn.Forget = true
	t.hear(phone, "encore moi")
	t.commit(turn)
	t.nothingOf(planted)
	t.Clock.Add(time.Second)
	list, err := t.Store.Waiting(t.ctx, t.Now(), 9)
	t.must(err)
	if len(list) != 1 || list[0] == contact {
		t.Fatalf("waiting %v", list)
	}
	w := t.next(list[0])
	if w.Message.Text != "encore moi" || w.Contact.Address.ID != phone || w.Session != nil {
		t.Fatalf("work %+v", w)
	}
	t.commit(t.turn(w))
}

func forgottenCase(t *storeTest) {
	_, id := t.live()
	t.forgetMe(bot.Lease{})
	if _, err := t.Store.Case(t.ctx, id); !errors.Is(err, bot.ErrGone) {
		t.Errorf("case: %v", err)
	}
	if err := t.act(id, "awa", bot.Reply, "x"); !errors.Is(err, bot.ErrGone) {
		t.Errorf("reply: %v", err)
	}
	if all := t.drain(); !slices.Equal(all, []string{"oubliée"}) {
		t.Errorf("sent %q", all)
	}
	t.nothingOf(phone)
}

func forgottenInFlight(t *storeTest) {
	out := t.answer(phone, t.lease(), planted)
	bye := t.forgetMe(t.lease())
	err := t.Store.Settle(t.ctx, bot.Outcome{Outgoing: out[0], State: bot.Sent, Sent: "x", At: t.Now()})
	if err != nil && !errors.Is(err, bot.ErrStale) {
		t.Fatal(err)
	}
	t.retry(bye[0], 0)
	last := t.claim()
	if bodies(last) != "oubliée" {
		t.Fatalf("the last word is tried again: %q", bodies(last))
	}
	t.must(t.Store.Settle(t.ctx, bot.Outcome{Outgoing: last[0], State: bot.Dead, Why: "no such number", Stop: true, At: t.Now()}))
	t.nothingOf(planted, phone, "oubliée")
}

func forgottenStopped(t *storeTest) {
	t.live()
	w := t.next(t.hear(phone, "STOP"))
	turn := t.turn(w)
	yes := true
	turn.Stopped = &yes
	t.commit(turn)
	w = t.next(t.hear(phone, "EFFACE"))
	turn = t.turn(w)
	turn.Forget, turn.Out = true, words(w, bot.FromRobot, planted)
	t.commit(turn)
	if all := t.drain(); len(all) != 0 {
		t.Errorf("sent %q", all)
	}
	t.nothingOf(planted, phone)
}

func staleForget(t *storeTest) {
	id := t.hear(phone, "EFFACE")
	turn := t.turn(t.next(id))
	turn.Forget = true
	turn.From.Tag++
	t.stale(turn)
}
