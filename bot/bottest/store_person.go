package bottest

import (
	"errors"
	"slices"
	"time"

	"doudou/bot"
)

var personSuite = map[string]func(*storeTest){
	"found by the number":        personFound,
	"all that is kept":           personWhole,
	"a yes and a no are kept":    consentKept,
	"erased by staff":            personErased,
	"erased while a turn is due": erasedMeanwhile,
}

// persons is the side of the store that answers for one person.
func (t *storeTest) persons() bot.PersonStore {
	t.Helper()
	s, ok := t.Store.(bot.PersonStore)
	if !ok {
		t.Fatal("the store answers for nobody")
	}
	return s
}

// person reads what is kept of somebody.
func (t *storeTest) person(contact bot.ContactID) bot.Person {
	t.Helper()
	p, err := t.persons().Person(t.ctx, contact)
	t.must(err)
	return p
}

func personFound(t *storeTest) {
	contact := t.known(phone)
	got, err := t.persons().Who(t.ctx, bot.Address{Channel: bot.SMS, ID: phone})
	if got != contact || err != nil {
		t.Errorf("found %q %v, want %q", got, err, contact)
	}
	for _, nobody := range []bot.Address{{Channel: bot.SMS, ID: second}, {Channel: bot.Telegram, ID: phone}, {}} {
		if got, err := t.persons().Who(t.ctx, nobody); !errors.Is(err, bot.ErrGone) {
			t.Errorf("%+v: found %q %v", nobody, got, err)
		}
	}
	if _, err := t.persons().Person(t.ctx, "nobody"); !errors.Is(err, bot.ErrGone) {
		t.Errorf("a person who is not there: %v", err)
	}
}

func personWhole(t *storeTest) {
	contact, id := t.live()
	p := t.prompt("soon/"+string(contact), contact)
	p.Due = t.Now().Add(time.Hour)
	t.add(p)
	got := t.person(contact)
	switch {
	case got.Contact.ID != contact, got.Contact.Notes["speaks"] != planted:
		t.Errorf("contact %+v", got.Contact)
	case len(got.Addresses) != 1 || got.Addresses[0].ID != phone:
		t.Errorf("addresses %+v", got.Addresses)
	case len(got.Cases) != 1 || got.Cases[0].ID != id:
		t.Errorf("cases %+v", got.Cases)
	case !slices.ContainsFunc(got.Lines, func(l bot.Line) bool { return l.Text == planted+" note" }):
		t.Errorf("lines %+v", got.Lines)
	case got.Profile == nil || got.Profile.Name != planted:
		t.Errorf("profile %+v", got.Profile)
	case len(got.Seats) != 1 || got.Seats[0].Event != "e":
		t.Errorf("seats %+v", got.Seats)
	case len(got.Meetings) != 2:
		t.Errorf("introductions %+v", got.Meetings)
	case len(got.Prompts) != 1 || got.Prompts[0].State != "waiting" || got.Prompts[0].Node == "":
		t.Errorf("prompts %+v", got.Prompts)
	case got.Messages == 0 || len(got.Session) == 0:
		t.Errorf("%d messages, session %s", got.Messages, got.Session)
	}
}

func consentKept(t *storeTest) {
	contact := t.change(phone, bot.Subscribe{On: true, Quarter: "centre"})
	t.change(phone, bot.Subscribe{})
	w := t.next(t.hear(phone, "STOP"))
	turn, yes := t.turn(w), true
	turn.Stopped = &yes
	t.commit(turn)
	type word struct {
		what  bot.Matter
		given bool
		how   string
	}
	var got []word
	for _, c := range t.person(contact).Consents {
		got = append(got, word{c.What, c.Given, c.How})
	}
	want := []word{{bot.ToNews, true, "sms"}, {bot.ToNews, false, "sms"}, {bot.ToMessages, false, "sms"}}
	if !slices.Equal(got, want) {
		t.Errorf("consents %+v, want %+v", got, want)
	}
}

func personErased(t *storeTest) {
	contact, id := t.live()
	e := bot.Erasure{Contact: contact, Once: "form", At: t.Now()}
	for range 2 {
		t.must(t.persons().Erase(t.ctx, e))
	}
	t.nothingOf(planted, phone)
	if _, err := t.persons().Person(t.ctx, contact); !errors.Is(err, bot.ErrGone) {
		t.Errorf("still there: %v", err)
	}
	if _, err := t.Store.Case(t.ctx, id); !errors.Is(err, bot.ErrGone) {
		t.Errorf("the case: %v", err)
	}
	if all := t.drain(); len(all) != 0 {
		t.Errorf("sent %q", all)
	}
	if again := t.hear(phone, "bonjour"); again == contact {
		t.Error("who was erased is known again")
	}
}

// erasedMeanwhile has staff erase somebody whose message is being answered: the
// turn is refused, and the message answered as that of somebody new.
func erasedMeanwhile(t *storeTest) {
	contact := t.hear(phone, "encore moi")
	turn := t.turn(t.next(contact))
	t.must(t.persons().Erase(t.ctx, bot.Erasure{Contact: contact, Once: "form"}))
	t.stale(turn)
	t.Clock.Add(time.Minute)
	list, err := t.Store.Waiting(t.ctx, t.Now(), 9)
	t.must(err)
	if len(list) != 1 || list[0] == contact {
		t.Fatalf("waiting %v", list)
	}
	t.commit(t.turn(t.next(list[0])))
}
