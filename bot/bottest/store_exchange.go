package bottest

import (
	"fmt"
	"strings"
	"time"

	"doudou/bot"
	"doudou/dialogs"
	"doudou/knowledge/events"
)

func bothYes(t *storeTest) {
	mum, minds := t.meet(mother), t.meet(minder)
	i := t.introduce(mother, minds)
	t.exchange()
	if got := t.pair(); !got.Exchanged.IsZero() || len(t.told()) != 0 {
		t.Fatalf("put in touch on one yes: %+v", got)
	}
	t.change(minder, bot.SayTo{Introduction: i.ID, Says: bot.Yes})
	t.exchange()
	if got := t.pair(); !got.Exchanged.Equal(t.Now()) {
		t.Fatalf("not put in touch: %+v", got)
	}
	told := t.told()
	if len(told[mum]) != 1 || !strings.Contains(told[mum][0], minder) || len(told[minds]) != 1 || !strings.Contains(told[minds][0], mother) {
		t.Fatalf("told %v", told)
	}
	t.Clock.Add(time.Hour)
	t.exchange()
	if got := t.pair(); got.Exchanged.Equal(t.Now()) || len(t.told()) != 0 {
		t.Fatalf("put in touch twice: %+v", got)
	}
}

func notInTouch(t *storeTest) {
	t.meet(mother)
	i := t.introduce(mother, t.meet(minder))
	yes := bot.SayTo{Introduction: i.ID, Says: bot.Yes}
	say := func(from string, p func(*events.Profile)) {
		profile := t.need(from)
		if from == minder {
			profile = t.need(from)
		}
		p(&profile)
		t.change(from, bot.Withdraw{}, bot.KeepProfile{Profile: profile}, yes)
	}
	whole := func(*events.Profile) {}
	for _, from := range []string{mother, minder} {
		for why, do := range map[string]func(){
			"a no":              func() { t.change(from, bot.SayTo{Introduction: i.ID, Says: bot.No}) },
			"withdrawn":         func() { t.change(from, bot.Withdraw{}) },
			"withdrawn, afresh": func() { t.change(from, bot.Withdraw{}, bot.KeepProfile{Profile: t.need(from)}) },
			"no name":           func() { say(from, func(p *events.Profile) { p.Name = "" }) },
			"no number":         func() { say(from, func(p *events.Profile) { p.Phone = "" }) },
			"too old":           func() { say(from, func(p *events.Profile) { p.Until = t.Now() }) },
			"the other side":    func() { say(from, func(p *events.Profile) { p.Side = across(p.Side) }) },
			"STOP":              func() { t.stop(from, true) },
		} {
			say(mother, whole)
			say(minder, whole)
			do()
			t.exchange()
			if got := t.pair(); !got.Exchanged.IsZero() || len(t.told()) != 0 {
				t.Errorf("%s by %s: put in touch", why, from)
			}
			t.stop(from, false)
		}
	}
	say(mother, whole)
	say(minder, whole)
	t.exchange()
	if got := t.pair(); got.Exchanged.IsZero() {
		t.Error("all is well: not put in touch")
	}
}

func noAfter(t *storeTest) {
	t.meet(mother)
	i := t.introduce(mother, t.meet(minder))
	yes, no := bot.SayTo{Introduction: i.ID, Says: bot.Yes}, bot.SayTo{Introduction: i.ID, Says: bot.No}
	t.change(minder, yes)
	t.exchange()
	t.told()
	at := t.pair().Exchanged
	t.change(mother, no)
	if got := t.pair(); got.ParentSays != bot.No || got.Exchanged != at {
		t.Fatalf("a no after the exchange: %+v", got)
	}
	t.change(mother, yes, bot.Introduce{With: []bot.ContactID{i.Childminder}})
	t.exchange()
	if got := t.pair(); got.ParentSays != bot.No || got.Exchanged != at || len(t.told()) != 0 {
		t.Fatalf("a yes after that: %+v", got)
	}
}

func exchangeTogether(t *storeTest) {
	const pairs = 6
	for n := range pairs {
		from, with := fmt.Sprintf("+336110001%02d", n), fmt.Sprintf("+336220001%02d", n)
		t.meet(from)
		i := t.introduce(from, t.meet(with))
		t.change(with, bot.SayTo{Introduction: i.ID, Says: bot.Yes})
	}
	two := [2]bot.Store{t.Store, t.replica()}
	together(8, func(n int) {
		if err := t.exchangeOn(two[n%2]); err != nil {
			t.Error(err)
		}
	})
	told := t.told()
	if len(told) != 2*pairs {
		t.Errorf("%d people told of %d", len(told), 2*pairs)
	}
	for contact, words := range told {
		if len(words) != 1 {
			t.Errorf("%s was told %d times", contact, len(words))
		}
	}
}

// noAgainst lets a no and a withdrawal race with the exchange: it is told whole,
// or not at all.
func noAgainst(t *storeTest) {
	two := [2]bot.Store{t.Store, t.replica()}
	for n := range 8 {
		from, with := fmt.Sprintf("+336110002%02d", n), fmt.Sprintf("+336220002%02d", n)
		mum := t.meet(from)
		i := t.introduce(from, t.meet(with))
		t.change(with, bot.SayTo{Introduction: i.ID, Says: bot.Yes})
		last := []bot.Change{bot.SayTo{Introduction: i.ID, Says: bot.No}, bot.Withdraw{}}[n%2]
		turn := t.turn(t.next(t.hear(from, "non")))
		turn.Changes = []bot.Change{last}
		together(3, func(k int) {
			var err error
			if k > 0 {
				err = t.exchangeOn(two[k-1])
			} else {
				_, err = t.Store.Commit(t.ctx, turn)
			}
			if err != nil {
				t.Error(err)
			}
		})
		got, told := t.introductions(mum, "")[0], t.told()
		if want := map[bool]int{true: 0, false: 1}[got.Exchanged.IsZero()]; len(told[i.Parent]) != want || len(told[i.Childminder]) != want {
			t.Errorf("%+v, told %v", got, told)
		}
	}
}

// otherKeepsNothing has a family forgotten after the exchange, before and after
// the childminder was told: neither name nor number stays with her.
func otherKeepsNothing(t *storeTest) {
	for _, far := range []string{"prompt", "inbox", "outbox", "sent", "withdrawn"} {
		p := t.need(phone)
		p.Name = planted
		mum := t.change(phone, bot.KeepProfile{Profile: p})
		minds := t.meet(minder)
		i := t.introduce(phone, minds)
		t.change(minder, bot.SayTo{Introduction: i.ID, Says: bot.Yes})
		t.exchange()
		t.tell(minds, far)
		t.read(mum)
		if far == "withdrawn" {
			t.change(phone, bot.Withdraw{})
		}
		t.forgetMe(bot.Lease{})
		t.drain()
		t.nothingOf(planted, phone)
		if list := t.introductions("", ""); len(list) != 0 {
			t.Errorf("%s: introductions %+v", far, list)
		}
		if n := t.profile(minds); n.Phone != minder {
			t.Errorf("the other's own profile: %+v", n)
		}
		t.must(t.Store.Exchange(t.ctx, t.Now(), func(bot.Introduction, events.Profile, events.Profile) []bot.Prompt {
			t.Error("a forgotten person is put in touch")
			return nil
		}))
		if told := t.told(); len(told) > 0 {
			t.Errorf("%s: told %v", far, told)
		}
	}
}

// tell brings the words of an exchange to a childminder, as far as is said.
func (t *storeTest) tell(contact bot.ContactID, far string) {
	t.Helper()
	if far == "prompt" {
		return
	}
	_, err := t.Store.Start(t.ctx, t.Now(), 100)
	t.must(err)
	if far == "inbox" {
		return
	}
	w := t.next(contact)
	turn := t.turn(w)
	value := dialogs.Value{Kind: dialogs.KindText, Text: planted}
	turn.Lines = []bot.Line{{Speaker: bot.Robot, Says: []dialogs.Text{{Key: "meet.exchange", Args: map[string]dialogs.Value{"name": value}}}}}
	turn.Session = []byte(`{"dialog":{"dialog":"meet","slots":{"name":"` + planted + `"},"kept":{"places.days":"mon"}}}`)
	turn.Out = words(w, bot.FromRobot, "voici "+planted)
	t.commit(turn)
	if far != "outbox" {
		t.drain()
	}
}
