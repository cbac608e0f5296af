package bottest

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

var seatSuite = map[string]func(*storeTest){
	"only when one may register":       whenOpen,
	"numbers and codes":                numbersAndCodes,
	"when they are in the room":        inTheRoom,
	"on the day":                       onTheDay,
	"the calendar of staff":            staffCalendar,
	"the plan of a day":                planKept,
	"two plan at once":                 planTogether,
	"everything at once":               seatsAtOnce,
	"two replicas offer the same":      offerTogether,
	"what is told stands or is undone": toldWithOffer,
}

func (t *storeTest) roster(event string) []bot.Seat {
	t.Helper()
	list, err := t.Store.Roster(t.ctx, event)
	t.must(err)
	return list
}

// whenOpen registers at events that one cannot register at, each with its own
// reason, and at the edges of the window.
func whenOpen(t *storeTest) {
	now := t.Now()
	for name, c := range map[string]struct {
		change func(*events.Event)
		full   bool
	}{
		"open":             {func(*events.Event) {}, false},
		"cancelled":        {func(e *events.Event) { e.Cancelled = true }, true},
		"before it opens":  {func(e *events.Event) { e.Opens = now.Add(time.Millisecond) }, true},
		"as it opens":      {func(e *events.Event) { e.Opens = now }, false},
		"before it closes": {func(e *events.Event) { e.Closes = now.Add(time.Millisecond) }, false},
		"as it closes":     {func(e *events.Event) { e.Closes = now }, true},
		"it has begun":     {func(e *events.Event) { e.Start = now }, true},
		"open doors":       {func(e *events.Event) { e.Capacity = 0 }, true},
	} {
		e := events.Event{ID: name, Title: name, Capacity: 2, Start: now.Add(48 * time.Hour), End: now.Add(50 * time.Hour)}
		c.change(&e)
		t.must(t.Store.SaveEvents(t.ctx, []events.Event{e}))
		from := fmt.Sprintf("+33660000%03d", t.number())
		err := t.register(from, []string{name}, nil)
		if c.full != errors.Is(err, bot.ErrFull) || !c.full && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if s, err := t.Store.Event(t.ctx, name); err != nil || (s.Taken == 1) == c.full {
			t.Errorf("%s: %d seats taken (%v)", name, s.Taken, err)
		}
	}
}

func numbersAndCodes(t *storeTest) {
	t.event("e", 3, 48*time.Hour)
	for i, step := range []string{"+a", "+b", "-a", "+c", "-b", "+a", "+d"} {
		take, give := []string{"e"}, []string(nil)
		if step[0] == '-' {
			take, give = give, take
		}
		if err := t.register("+3367000000"+step[1:], take, give); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
	var numbers []int
	codes := map[string]bool{}
	for _, s := range t.roster("e") {
		numbers, codes[s.Code] = append(numbers, s.Number), true
		if len(s.Code) != 4 {
			t.Errorf("code %q", s.Code)
		}
	}
	if !slices.Equal(numbers, []int{3, 4, 5}) || len(codes) != 3 {
		t.Errorf("numbers %v codes %v", numbers, slices.Sorted(maps.Keys(codes)))
	}
}

func inTheRoom(t *storeTest) {
	t.full(1, 1)
	half := events.Span{From: 9*60 + 30, To: 11 * 60}
	t.change("+33650000100", bot.StayFor{Event: "e", Room: half})
	t.change("+33650000200", bot.StayFor{Event: "e", Room: half})
	t.change("+33600000009", bot.StayFor{Event: "e", Room: half})
	if list := t.roster("e"); len(list) != 2 || list[0].Room != half || list[1].Room != half {
		t.Fatalf("roster %+v", list)
	}
	t.change("+33650000100", bot.StayFor{Event: "e"})
	if list := t.roster("e"); list[0].Room != (events.Span{}) {
		t.Fatalf("roster %+v", list[0])
	}
}

func onTheDay(t *storeTest) {
	taken, queue := t.full(2, 1)
	t.stop("+33650000101", true)
	turn := t.turn(t.next(t.hear("+33650000100", "x")))
	turn.Lang, turn.Audience = "tr", "parent"
	turn.Changes = []bot.Change{bot.KeepProfile{Profile: t.need("+33650000100")}}
	t.commit(turn)
	came, left := t.Now().UTC(), t.Now().Add(time.Hour).UTC()
	t.must(t.Store.CheckIn(t.ctx, "e", taken[0], came, left))
	list := t.roster("e")
	a, b := list[0], list[1]
	if !a.Came.Equal(came) || !a.Left.Equal(left) || a.Lang != "tr" || a.Audience != "parent" || a.Channel != bot.SMS || a.Stopped ||
		a.Profile == nil || a.Profile.Name == "" || a.Event != "e" || !a.At.Equal(t.Now()) {
		t.Errorf("roster %+v", a)
	}
	if !b.Came.IsZero() || !b.Stopped || b.Profile != nil {
		t.Errorf("roster %+v", b)
	}
	t.must(t.Store.CheckIn(t.ctx, "e", taken[0], time.Time{}, time.Time{}))
	if list := t.roster("e"); !list[0].Came.IsZero() || !list[0].Left.IsZero() {
		t.Errorf("taken back: %+v", list[0])
	}
	for _, id := range []bot.ContactID{queue[0], "nobody"} {
		if err := t.Store.CheckIn(t.ctx, "e", id, came, left); !errors.Is(err, bot.ErrGone) {
			t.Errorf("%s has no seat and came: %v", id, err)
		}
	}
}

func staffCalendar(t *storeTest) {
	t.full(1, 2)
	t.event("later", 1, 72*time.Hour)
	over := t.event("over", 1, -3*time.Hour)
	e := t.of("").Event
	e.Cancelled = true
	t.must(t.Store.SaveEvents(t.ctx, []events.Event{e}))
	list, err := t.Store.Events(t.ctx, t.Now(), t.Now().Add(72*time.Hour))
	t.must(err)
	if len(list) != 1 || !reflect.DeepEqual(list[0], events.Standing{Event: e, Taken: 1, Waiting: 2}) {
		t.Fatalf("the next three days: %+v", list)
	}
	if list, err = t.Store.Events(t.ctx, t.Now().Add(-24*time.Hour), t.Now()); err != nil || len(list) != 1 || list[0].ID != "over" {
		t.Fatalf("yesterday: %+v %v", list, err)
	}
	if s, err := t.Store.Event(t.ctx, "over"); err != nil || !reflect.DeepEqual(s.Event, over) {
		t.Fatalf("one: %+v %v", s, err)
	}
	if _, err := t.Store.Event(t.ctx, "none"); !errors.Is(err, bot.ErrGone) {
		t.Fatalf("none: %v", err)
	}
	if _, err := t.Store.Day(t.ctx, "e"); !errors.Is(err, bot.ErrGone) {
		t.Fatalf("no plan: %v", err)
	}
	if list := t.roster("none"); len(list) != 0 {
		t.Fatalf("roster of none: %v", list)
	}
}
