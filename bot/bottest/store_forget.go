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
	"nothing ahead of them":       nothingAhead,
	"forgotten while it starts":   forgottenStarting,
}

const planted = "grenouille"

// live gives a contact something in every table.
func (t *storeTest) live() (bot.ContactID, bot.CaseID) {
	t.Helper()
	t.event("e", 5, time.Hour)
	t.must(t.register(phone, []string{"e"}, nil))
	t.drain()
	t.introduced()
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

// introduced gives the contact a profile and introductions that they asked for
// and that others did.
func (t *storeTest) introduced() {
	t.Helper()
	p := t.need(phone)
	p.Name, p.Quarters = planted, []string{planted}
	contact := t.change(phone, bot.KeepProfile{Profile: p})
	t.introduce(phone, t.meet(minder))
	t.meet(second)
	t.introduce(second, contact)
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
	if _, err := t.Store.Profile(t.ctx, contact); !errors.Is(err, bot.ErrGone) || len(t.introductions("", "")) != 0 {
		t.Errorf("profile %v, introductions %+v", err, t.introductions("", ""))
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

// nothingAhead forgets somebody who has a seat, waits, is offered one, is in the
// plan of a day, wants news, and to whom the relais was going to say things.
func nothingAhead(t *storeTest) {
	for _, id := range []string{"e", "queue", "offered"} {
		t.event(id, 1, 48*time.Hour)
	}
	t.must(t.register(mother, []string{"queue"}, nil))
	t.must(t.register(minder, []string{"offered"}, nil))
	t.must(t.register(phone, []string{"e"}, nil))
	contact := t.change(phone, bot.JoinQueue{Event: "offered"}, bot.JoinQueue{Event: "queue"}, bot.Subscribe{On: true, Quarter: planted})
	t.must(t.register(minder, nil, []string{"offered"}))
	t.offer()
	t.must(t.Store.SaveDay(t.ctx, t.day(1, contact, t.known(minder))))
	for _, id := range []string{"started", "waits"} {
		p := t.prompt(planted+"/"+id+"/"+string(contact), contact)
		p.Slots["title"] = planted
		if id == "waits" {
			p.Due = t.Now().Add(time.Hour)
		}
		t.add(p)
	}
	t.start()
	w := t.next(contact) // what the relais says by itself waits like a message
	turn := t.turn(w)
	turn.Forget = true
	t.commit(turn)
	t.nothingOf(planted, phone, `"`+string(contact)+`"`, "near "+string(contact))
	for line := range strings.Lines(t.Dump()) {
		if strings.Contains(line, string(contact)) && !strings.Contains(line, " sms SM") {
			t.Errorf("beside the ids of messages, this is kept: %s", line)
		}
	}
	for id, want := range map[string]int{"e": 0, "queue": 1, "offered": 0} {
		if s, err := t.Store.Event(t.ctx, id); err != nil || s.Taken != want || s.Waiting != 0 {
			t.Errorf("event %s: %+v %v", id, s, err)
		}
	}
	if d := t.plan(); len(d.Schedule.Meetings) != 1 || len(d.Schedule.People) != 2 || d.Version != 1 {
		t.Errorf("the plan of the others: %+v", d)
	}
	t.Clock.Add(2 * time.Hour)
	if wake := t.start(); len(wake) != 0 {
		t.Errorf("woken %v", wake)
	}
	if waiting, err := t.Store.Waiting(t.ctx, t.Now(), 9); err != nil || slices.Contains(waiting, contact) {
		t.Errorf("waiting %v %v", waiting, err)
	}
	again := t.day(2, contact, t.known(minder)) // by staff, who read the plan before
	t.must(t.Store.SaveDay(t.ctx, again))
	t.nothingOf(`"` + string(contact) + `"`)
}

// forgottenStarting has somebody be forgotten while prompts for them are added
// and started, and a seat is offered to them.
func forgottenStarting(t *storeTest) {
	both := []bot.Store{t.Store, t.replica()}
	for i := range 4 {
		from := fmt.Sprint("+3369000000", i)
		contact := t.known(from)
		t.event("e", 1, 48*time.Hour)
		t.change(from, bot.JoinQueue{Event: "e"})
		t.add(t.prompt(fmt.Sprint(planted, i), contact))
		together(4, func(k int) {
			var err error
			switch s := both[k%2]; k {
			case 0:
				t.hear(from, "EFFACE")
				err = t.erase(s, contact)
			case 1:
				_, err = s.Start(t.ctx, t.Now(), 9)
			case 2:
				err = offerOn(t, s, nil)
			case 3:
				_, err = s.Prompt(t.ctx, []bot.Prompt{t.prompt(fmt.Sprint(planted, i, "b"), contact)})
			}
			if err != nil {
				t.Error(err)
			}
		})
		t.start()
		t.nothingOf(planted, from)
		if s := t.of(""); s.Taken != 0 || s.Waiting != 0 {
			t.Fatalf("standing %+v", s)
		}
	}
}

// erase answers what waits for somebody until they ask to be forgotten.
func (t *storeTest) erase(s bot.Store, contact bot.ContactID) error {
	for {
		w, err := s.Next(t.ctx, contact)
		if err != nil {
			return err
		}
		turn := t.turn(w)
		turn.Forget = w.Message.Kind == bot.Text
		if _, err = s.Commit(t.ctx, turn); err != nil && !errors.Is(err, bot.ErrStale) || err == nil && turn.Forget {
			return err
		}
	}
}
