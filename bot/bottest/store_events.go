package bottest

import (
	"errors"
	"fmt"
	"reflect"
	"sync/atomic"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

var eventSuite = map[string]func(*storeTest){
	"64 for 10 seats":               lastSeats,
	"a seat is given back":          givenBack,
	"a full event undoes the turn":  fullUndoes,
	"staff lower the capacity":      lowered,
	"the calendar":                  calendar,
	"two events, opposite order":    opposite,
	"open doors take no one's name": openDoors,
	"staff take a seat away":        unseated,
}

func (t *storeTest) event(id string, seats int, in time.Duration) events.Event {
	e := events.Event{ID: id, Kind: "atelier", Title: "Éveil & motricité", Capacity: seats, Start: t.Now().Add(in).UTC(), End: t.Now().Add(in + time.Hour).UTC()}
	t.must(t.Store.SaveEvents(t.ctx, []events.Event{e}))
	return e
}

// register has a contact ask for seats, or give them back.
func (t *storeTest) register(from string, take, give []string) error {
	t.Helper()
	id, _, err := t.Store.Accept(t.ctx, t.message(from, "1"))
	if err != nil {
		return err
	}
	w, err := t.Store.Next(t.ctx, id)
	if err != nil {
		return err
	}
	turn := t.turn(w)
	turn.Register, turn.Cancel = take, give
	turn.Out = words(w, bot.FromRobot, "c'est noté")
	_, err = t.Store.Commit(t.ctx, turn)
	return err
}

func (t *storeTest) standing(contact bot.ContactID) []events.Standing {
	t.Helper()
	list, err := t.Store.Standing(t.ctx, contact, t.Now())
	t.must(err)
	return list
}

func lastSeats(t *storeTest) {
	t.event("e", 10, time.Hour)
	var won, full atomic.Int64
	together(64, func(i int) {
		switch err := t.register(fmt.Sprintf("+336000002%02d", i), []string{"e"}, nil); {
		case err == nil:
			won.Add(1)
		case errors.Is(err, bot.ErrFull):
			full.Add(1)
		default:
			t.Error(err)
		}
	})
	if won.Load() != 10 || full.Load() != 54 {
		t.Fatalf("%d seats given, %d refused", won.Load(), full.Load())
	}
	if s := t.standing("nobody"); s[0].Taken != 10 || s[0].Mine {
		t.Fatalf("standing %+v", s[0])
	}
}

func givenBack(t *storeTest) {
	t.event("e", 1, time.Hour)
	t.must(t.register("+33600000001", []string{"e"}, nil))
	t.must(t.register("+33600000001", []string{"e"}, nil)) // has it: nothing more is taken
	if err := t.register("+33600000002", []string{"e"}, nil); !errors.Is(err, bot.ErrFull) {
		t.Fatalf("second contact: %v", err)
	}
	mine := t.hear("+33600000001", "?")
	if s := t.standing(mine); s[0].Taken != 1 || !s[0].Mine {
		t.Fatalf("standing %+v", s[0])
	}
	t.commit(t.turn(t.next(mine)))
	t.must(t.register("+33600000001", nil, []string{"e"}))
	t.must(t.register("+33600000001", nil, []string{"e"})) // has none: nothing is given
	if s := t.standing(mine); s[0].Taken != 0 || s[0].Mine {
		t.Fatalf("after giving back: %+v", s[0])
	}
	t.must(t.register("+33600000003", []string{"e"}, nil))
}

func fullUndoes(t *storeTest) {
	t.event("free", 5, time.Hour)
	t.event("full", 1, time.Hour)
	t.must(t.register("+33600000001", []string{"full"}, nil))
	t.drain()
	t.hear("+33600000002", "1")
	w := t.next(t.hear("+33600000002", "2"))
	before := t.Dump()
	turn := t.turn(w)
	turn.Register, turn.Out, turn.Lang = []string{"free", "full"}, words(w, bot.FromRobot, "noté"), "ar"
	turn.Open = &bot.Case{ID: "X", Team: "rpe"}
	if _, err := t.Store.Commit(t.ctx, turn); !errors.Is(err, bot.ErrFull) {
		t.Fatalf("commit: %v", err)
	}
	if t.Dump() != before {
		t.Fatal("a turn without a seat changed something")
	}
}

func lowered(t *storeTest) {
	e := t.event("e", 3, time.Hour)
	for i := range 3 {
		t.must(t.register(fmt.Sprint("+3360000000", i), []string{"e"}, nil))
	}
	e.Capacity = 1
	t.must(t.Store.SaveEvents(t.ctx, []events.Event{e}))
	if s := t.standing(""); s[0].Taken != 3 || s[0].Capacity != 1 {
		t.Fatalf("standing %+v", s[0])
	}
	t.must(t.register("+33600000000", nil, []string{"e"}))
	if err := t.register("+33600000009", []string{"e"}, nil); !errors.Is(err, bot.ErrFull) {
		t.Fatalf("two of one seat taken, a third was let in: %v", err)
	}
	e.Capacity = 9
	t.must(t.Store.SaveEvents(t.ctx, []events.Event{e}))
	t.must(t.register("+33600000008", []string{"e"}, nil))
}

func calendar(t *storeTest) {
	late := t.event("late", 1, 48*time.Hour)
	t.event("over", 1, -3*time.Hour)
	soon := t.event("soon", 0, time.Hour)
	s := t.standing("")
	if len(s) != 2 || !reflect.DeepEqual(s[0].Event, soon) || !reflect.DeepEqual(s[1].Event, late) {
		t.Fatalf("calendar %+v", s)
	}
	late.Title = "Rencontre"
	t.must(t.Store.SaveEvents(t.ctx, []events.Event{late}))
	if s := t.standing(""); len(s) != 2 || s[1].Title != "Rencontre" {
		t.Fatalf("after a change %+v", s)
	}
}

// opposite has contacts change seats in both directions at once: none may wait
// for another for ever, and no seat gets lost.
func opposite(t *storeTest) {
	t.event("a", 20, time.Hour)
	t.event("b", 20, time.Hour)
	together(16, func(i int) {
		from := fmt.Sprintf("+336000003%02d", i)
		one, two := []string{"a"}, []string{"b"}
		if i%2 == 0 {
			one, two = two, one
		}
		for _, step := range [][2][]string{{one, nil}, {two, one}, {one, two}, {{"b", "a"}, nil}} {
			if err := t.register(from, step[0], step[1]); err != nil {
				t.Error(err)
			}
		}
	})
	if s := t.standing(""); s[0].Taken != 16 || s[1].Taken != 16 {
		t.Fatalf("standing %+v", s)
	}
}

func openDoors(t *storeTest) {
	t.event("doors", 0, time.Hour)
	if err := t.register(phone, []string{"doors"}, nil); !errors.Is(err, bot.ErrFull) {
		t.Fatalf("register at open doors: %v", err)
	}
}

func unseated(t *storeTest) {
	t.event("e", 1, 48*time.Hour)
	t.must(t.register("+33600000001", []string{"e"}, nil))
	roster, err := t.Store.Roster(t.ctx, "e")
	t.must(err)
	t.must(t.Store.Unseat(t.ctx, "e", roster[0].Contact))
	if s := t.standing(roster[0].Contact); s[0].Taken != 0 || s[0].Mine {
		t.Errorf("standing %+v", s[0])
	}
	for _, who := range []struct {
		event   string
		contact bot.ContactID
	}{{"e", roster[0].Contact}, {"e", "nobody"}, {"none", roster[0].Contact}} {
		if err := t.Store.Unseat(t.ctx, who.event, who.contact); !errors.Is(err, bot.ErrGone) {
			t.Errorf("%v: %v", who, err)
		}
	}
	t.must(t.register("+33600000002", []string{"e"}, nil))
	if s := t.standing("nobody"); s[0].Taken != 1 {
		t.Errorf("the seat is not free again: %+v", s[0])
	}
}
