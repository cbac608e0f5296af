package bottest

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

var meetingSuite = map[string]func(*storeTest){
	"a profile is replaced":        profileReplaced,
	"what is not said again stays": profileStays,
	"who may be proposed":          proposed,
	"a pair is one, whoever asks":  onePair,
	"who may not be introduced":    notIntroduced,
	"only the two may answer":      onlyTwo,
	"both said yes":                bothYes,
	"who is not put in touch":      notInTouch,
	"a no after the exchange":      noAfter,
	"many exchange at once":        exchangeTogether,
	"a no against the exchange":    noAgainst,
	"chosen by numbers":            byNumbers,
	"what came of it":              followedUp,
	"withdrawn":                    withdrawn,
	"the other keeps nothing":      otherKeepsNothing,
	"years later":                  purged,
	"any order of words":           manyWords,
	"all at once":                  allAtOnce,
}

const (
	mother, father = "+33611000001", "+33611000002"
	minder, second = "+33622000001", "+33622000002"
)

// sideOf tells families from childminders by their numbers.
func sideOf(from string) events.Side {
	if strings.HasPrefix(from, "+33622") {
		return events.Childminder
	}
	return events.Parent
}

// across is the other side of the table.
func across(side events.Side) events.Side {
	if side == events.Parent {
		return events.Childminder
	}
	return events.Parent
}

// change commits a turn of somebody that changes something.
func (t *storeTest) change(from string, list ...bot.Change) bot.ContactID {
	t.Helper()
	turn := t.turn(t.next(t.hear(from, "x")))
	turn.Changes = list
	t.commit(turn)
	return turn.Contact
}

// need is what a family says, or a childminder: in force for ninety days.
func (t *storeTest) need(from string) events.Profile {
	return events.Profile{
		Participant: events.Participant{
			Side: sideOf(from), Days: 0b10011, Hours: []events.Span{{From: 8 * 60, To: 18 * 60}}, Quarters: []string{"orgemont"},
			Start: events.NewMonth(2027, 1), Ages: []events.Ages{{From: 10, To: 10}}, Places: 1,
		},
		Name: "nom" + from[6:], Phone: from, Listed: true, Cares: -1, Until: t.Now().AddDate(0, 0, 90).UTC(),
	}
}

// meet has somebody say what they need or offer.
func (t *storeTest) meet(from string) bot.ContactID {
	t.Helper()
	return t.change(from, bot.KeepProfile{Profile: t.need(from)})
}

// stop has somebody say STOP, or START.
func (t *storeTest) stop(from string, stopped bool) {
	t.Helper()
	turn := t.turn(t.next(t.hear(from, "STOP")))
	turn.Stopped = &stopped
	t.commit(turn)
}

func (t *storeTest) profile(contact bot.ContactID) events.Profile {
	t.Helper()
	p, err := t.Store.Profile(t.ctx, contact)
	t.must(err)
	return p
}

func (t *storeTest) introductions(contact bot.ContactID, event string) []bot.Introduction {
	t.Helper()
	list, err := t.Store.Introductions(t.ctx, contact, event)
	t.must(err)
	return list
}

// pair is the only introduction there is.
func (t *storeTest) pair() bot.Introduction {
	t.Helper()
	list := t.introductions("", "")
	if len(list) != 1 {
		t.Fatalf("%d introductions: %+v", len(list), list)
	}
	return list[0]
}

// introduce has a family ask a childminder.
func (t *storeTest) introduce(from string, with ...bot.ContactID) bot.Introduction {
	t.Helper()
	contact := t.change(from, bot.Introduce{With: with})
	return t.introductions(contact, "")[0]
}

func (t *storeTest) exchange() {
	t.Helper()
	t.must(t.exchangeOn(t.Store))
}

// exchangeOn puts in touch those who agreed. What it tells bears a new id each
// time, so that nothing told twice goes unseen.
func (t *storeTest) exchangeOn(s bot.Store) error {
	return s.Exchange(t.ctx, t.Now(), func(i bot.Introduction, parent, childminder events.Profile) []bot.Prompt {
		tell := func(to bot.ContactID, of events.Profile) bot.Prompt {
			return bot.Prompt{
				ID: fmt.Sprintf("exchange/%s/%d/%s", i.ID, t.number(), to), Contact: to, Node: "meet.exchange", Due: t.Now(),
				Slots: map[string]string{"name": of.Name, "phone": of.Phone, "introduction": i.ID},
			}
		}
		return []bot.Prompt{tell(i.Parent, childminder), tell(i.Childminder, parent)}
	})
}

// told starts all prompts and returns what they say, by contact.
func (t *storeTest) told() map[bot.ContactID][]string {
	t.Helper()
	all := map[bot.ContactID][]string{}
	list, err := t.Store.Start(t.ctx, t.Now(), 1000)
	t.must(err)
	for _, contact := range list {
		all[contact] = t.read(contact)
	}
	return all
}

// read answers all that waits for a contact and returns the data of it.
func (t *storeTest) read(contact bot.ContactID) []string {
	t.Helper()
	var list []string
	for {
		w, err := t.Store.Next(t.ctx, contact)
		if errors.Is(err, bot.ErrNothing) {
			return list
		}
		t.must(err)
		list = append(list, w.Message.Data)
		t.commit(t.turn(w))
	}
}

func profileReplaced(t *storeTest) {
	want := t.need(minder)
	want.Room, want.Languages = events.Span{From: 9 * 60}, []string{"fr", "ta"}
	id := t.change(minder, bot.KeepProfile{Profile: want})
	want.ID, want.Since, want.Changed = string(id), t.Now().UTC(), t.Now().UTC()
	if p := t.profile(id); !reflect.DeepEqual(p, want) {
		t.Fatalf("kept %+v, said %+v", p, want)
	}
	since := want.Since
	t.Clock.Add(48 * time.Hour)
	want = t.need(minder)
	want.Hours, want.Places, want.Listed, want.Phone = nil, 2, false, "+33622009999"
	t.change(minder, bot.KeepProfile{Profile: want})
	want.ID, want.Since, want.Changed = string(id), since, t.Now().UTC()
	if p := t.profile(id); !reflect.DeepEqual(p, want) {
		t.Fatalf("kept %+v, said %+v", p, want)
	}
	if _, err := t.Store.Profile(t.ctx, "nobody"); !errors.Is(err, bot.ErrGone) {
		t.Fatalf("profile of nobody: %v", err)
	}
}

func profileStays(t *storeTest) {
	id := t.meet(minder)
	start := t.Now().UTC()
	for _, step := range []struct {
		cares, want int
		since       time.Duration // of CaresSince, from the start; -1 for never
	}{
		{-1, -1, -1}, {0, 0, 2 * time.Hour}, {0, 0, 2 * time.Hour}, {-1, 0, 2 * time.Hour}, {3, 3, 5 * time.Hour}, {0, 0, 6 * time.Hour},
	} {
		t.Clock.Add(time.Hour)
		p := t.need(minder)
		p.Cares, p.Name, p.Phone = step.cares, "", ""
		t.change(minder, bot.KeepProfile{Profile: p})
		p = t.profile(id)
		since := start.Add(step.since)
		if step.since < 0 {
			since = time.Time{}
		}
		if p.Cares != step.want || !p.CaresSince.Equal(since) || p.Name == "" || p.Phone != minder {
			t.Fatalf("after %+v: %d children since %v, %q %q", step, p.Cares, p.CaresSince, p.Name, p.Phone)
		}
	}
}

func proposed(t *storeTest) {
	first, later := t.meet(minder), t.meet(second)
	t.meet(mother)
	hidden := t.need("+33622000003")
	hidden.Listed = false
	t.change("+33622000003", bot.KeepProfile{Profile: hidden})
	soon := t.need(second)
	soon.Until = t.Now().Add(time.Hour)
	t.change(second, bot.KeepProfile{Profile: soon})
	list := func() (ids []string) {
		all, err := t.Store.Profiles(t.ctx, events.Childminder, t.Now())
		t.must(err)
		for _, p := range all {
			ids = append(ids, p.ID)
		}
		return ids
	}
	want := []string{string(first), string(later)}
	slices.Sort(want)
	if got := list(); !slices.Equal(got, want) {
		t.Fatalf("proposed %v, want %v", got, want)
	}
	t.Clock.Add(time.Hour)
	if got := list(); !slices.Equal(got, []string{string(first)}) {
		t.Fatalf("an hour later %v", got)
	}
	t.stop(minder, true)
	if got := list(); len(got) != 0 {
		t.Fatalf("after STOP %v", got)
	}
}
