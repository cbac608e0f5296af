package bottest

import (
	"errors"
	"time"

	"doudou/bot"
)

func onePair(t *storeTest) {
	mum, minds := t.meet(mother), t.meet(minder)
	t.introduce(mother, minds)
	i := t.pair()
	want := bot.Introduction{ID: i.ID, Parent: mum, Childminder: minds, ParentSays: bot.Yes, Made: t.Now().UTC()}
	if i != want || i.ID == "" {
		t.Fatalf("asked by the mother: %+v", i)
	}
	t.Clock.Add(time.Hour)
	t.change(mother, bot.SayTo{Introduction: i.ID, Says: bot.No})
	t.change(mother, bot.Introduce{With: []bot.ContactID{minds, minds}})
	t.change(minder, bot.Introduce{With: []bot.ContactID{mum}, Event: "day"})
	want.MinderSays, want.Event = bot.Yes, "day"
	if i = t.pair(); i != want {
		t.Fatalf("asked by both: %+v", i)
	}
	for _, q := range []struct {
		contact bot.ContactID
		event   string
		want    int
	}{{mum, "", 1}, {minds, "", 1}, {"", "day", 1}, {mum, "day", 1}, {"nobody", "", 0}, {"", "other", 0}, {mum, "other", 0}} {
		if n := len(t.introductions(q.contact, q.event)); n != q.want {
			t.Errorf("introductions of %q %q: %d, want %d", q.contact, q.event, n, q.want)
		}
	}
}

func notIntroduced(t *storeTest) {
	mum, dad := t.meet(mother), t.meet(father)
	minds, unknown := t.meet(minder), t.hear(second, "x")
	before := len(t.introductions("", ""))
	t.change(mother, bot.Introduce{With: []bot.ContactID{mum, dad, unknown, "nobody"}})
	t.change(mother, bot.Introduce{})
	t.commit(t.turn(t.next(unknown)))
	t.change(second, bot.Introduce{With: []bot.ContactID{mum, minds}}) // nobody knows what they look for
	if after := t.introductions("", ""); len(after) != before {
		t.Fatalf("introduced %+v", after)
	}
}

func onlyTwo(t *storeTest) {
	t.meet(mother)
	i := t.introduce(mother, t.meet(minder))
	t.meet(father)
	t.meet(second)
	for _, from := range []string{father, second} {
		t.change(from, bot.SayTo{Introduction: i.ID, Says: bot.Yes}, bot.SayTo{Introduction: "none", Says: bot.Yes})
	}
	if got := t.pair(); got != i {
		t.Fatalf("answered by others: %+v", got)
	}
	t.change(minder, bot.SayTo{Introduction: i.ID, Says: bot.No})
	if got := t.pair(); got.MinderSays != bot.No || got.ParentSays != bot.Yes {
		t.Fatalf("after a no: %+v", got)
	}
	t.change(minder, bot.SayTo{Introduction: i.ID, Says: bot.Yes})
	if got := t.pair(); got.MinderSays != bot.Yes {
		t.Fatalf("after a yes: %+v", got)
	}
}

func byNumbers(t *storeTest) {
	t.event("day", 10, time.Hour)
	t.event("other", 10, 2*time.Hour)
	all := []string{mother, father, minder, second}
	ids := map[string]bot.ContactID{}
	for _, from := range all { // badges 1 to 4 at both days
		ids[from] = t.meet(from)
		t.must(t.register(from, []string{"day", "other"}, nil))
	}
	t.meet("+33622000003") // has no seat
	said := func(from, to string) bot.Consent {
		for _, i := range t.introductions(ids[from], "") {
			switch ids[to] {
			case i.Childminder:
				return i.ParentSays
			case i.Parent:
				return i.MinderSays
			}
		}
		return ""
	}
	for _, step := range []struct {
		event                    string
		numbers                  []int
		first, second, fromOther bot.Consent // what the mother says to each, and the father
	}{
		{"day", []int{9, 1, 2, 0, -3}, "", "", ""}, // unknown, herself, a family
		{"day", []int{3, 3}, bot.Yes, "", ""},
		{"day", []int{4}, bot.No, bot.Yes, ""},
		{"other", []int{3}, bot.Yes, bot.Yes, ""}, // of another day: what was chosen stays
		{"day", nil, bot.Yes, bot.No, ""},
		{"nowhere", []int{3, 4}, bot.Yes, bot.No, ""},
		{"day", []int{3, 4}, bot.Yes, bot.Yes, ""},
	} {
		t.change(mother, bot.Choose{Event: step.event, Numbers: step.numbers})
		if a, b, c := said(mother, minder), said(mother, second), said(father, minder); a != step.first || b != step.second || c != step.fromOther {
			t.Fatalf("after %+v: %q %q %q", step, a, b, c)
		}
	}
	t.change("+33622000003", bot.Choose{Event: "day", Numbers: []int{1, 2}})
	t.change(minder, bot.Choose{Event: "day", Numbers: []int{1, 4}})
	if list := t.introductions("", ""); len(list) != 2 || said(minder, mother) != bot.Yes {
		t.Fatalf("introductions %+v", list)
	}
	t.exchange()
	t.change(mother, bot.Choose{Event: "day"})
	if said(mother, minder) != bot.Yes || said(mother, second) != bot.No {
		t.Fatal("a choice after the exchange changed it, or left what was not exchanged")
	}
}

func followedUp(t *storeTest) {
	t.meet(mother)
	i := t.introduce(mother, t.meet(minder))
	visit := bot.FollowUp{Introduction: i.ID, Step: "visit", Says: bot.Yes}
	t.change(mother, visit)
	if got := t.pair(); got.Visit != "" {
		t.Fatalf("a visit before the exchange: %+v", got)
	}
	t.change(minder, bot.SayTo{Introduction: i.ID, Says: bot.Yes})
	t.exchange()
	t.change(minder, visit)
	t.change(mother, visit, bot.FollowUp{Introduction: i.ID, Step: "contract", Says: bot.No})
	if got := t.pair(); got.Visit != bot.Yes || got.Contract != bot.No {
		t.Fatalf("after the visit: %+v", got)
	}
}

func withdrawn(t *storeTest) {
	t.meet(mother)
	minds, other := t.meet(minder), t.meet(second)
	done := t.introduce(mother, minds)
	t.change(minder, bot.SayTo{Introduction: done.ID, Says: bot.Yes})
	t.exchange()
	t.change(mother, bot.Introduce{With: []bot.ContactID{other}})
	mum := t.change(mother, bot.Withdraw{})
	if _, err := t.Store.Profile(t.ctx, mum); !errors.Is(err, bot.ErrGone) {
		t.Fatalf("a profile that was withdrawn: %v", err)
	}
	for _, i := range t.introductions(mum, "") {
		if want := map[bool]bot.Consent{true: bot.Yes, false: bot.No}[i.ID == done.ID]; i.ParentSays != want || i.Exchanged.IsZero() == (i.ID == done.ID) {
			t.Errorf("after withdrawing: %+v", i)
		}
	}
	t.change(mother, bot.Withdraw{}) // nothing more
}

func purged(t *storeTest) {
	mum := t.meet(mother)
	t.introduce(mother, t.meet(minder))
	short := t.need(second)
	short.Until = t.Now()
	brief := t.change(second, bot.KeepProfile{Profile: short})
	for _, step := range []struct {
		days                int
		brief, mum, meeting bool
	}{{0, true, true, true}, {89, true, true, true}, {2, false, true, true}, {91, false, false, true}, {180, false, false, true}, {5, false, false, false}} {
		t.Clock.Add(time.Duration(step.days) * 24 * time.Hour)
		t.must(t.Store.Purge(t.ctx, t.Now()))
		_, one := t.Store.Profile(t.ctx, brief)
		_, two := t.Store.Profile(t.ctx, mum)
		if left := len(t.introductions("", "")); (one == nil) != step.brief || (two == nil) != step.mum || (left == 1) != step.meeting {
			t.Fatalf("after %+v: %v, %v, %d introductions", step, one, two, left)
		}
	}
}
