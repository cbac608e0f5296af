package bottest

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// The waiting list, and the offers that are made to it.
var queueSuite = map[string]func(*storeTest){
	"the waiting list":             waitingList,
	"an offer is accepted":         offerAccepted,
	"an offer lapses":              offerLapses,
	"an offer is given back":       offerGivenBack,
	"nobody overtakes":             nobodyOvertakes,
	"no time to ask":               noTimeToAsk,
	"who said STOP is passed over": passedOver,
	"cancelled and begun":          noOfferFor,
}

// wait has somebody join the waiting list.
func (t *storeTest) wait(from, event string) bot.ContactID {
	t.Helper()
	return t.change(from, bot.JoinQueue{Event: event})
}

// of is how somebody stands at the event "e".
func (t *storeTest) of(contact bot.ContactID) events.Standing {
	t.Helper()
	for _, s := range t.standing(contact) {
		if s.ID == "e" {
			return s
		}
	}
	t.Fatal("there is no event e")
	return events.Standing{}
}

// seat tells in a word what somebody has at the event "e".
func (t *storeTest) seat(contact bot.ContactID, want string) {
	t.Helper()
	s := t.of(contact)
	got := s.Seat(t.Now())
	if got == "waiting" || got == "full" {
		got = fmt.Sprint(got, " ", s.Waiting)
	}
	if got != want {
		t.Fatalf("%s: %s (%+v), want %s", contact, got, s, want)
	}
}

// offer offers what is free and returns what was told, in order.
func (t *storeTest) offer() []string {
	t.Helper()
	var told []string
	t.must(t.Store.OfferSeats(t.ctx, t.Now(), func(e events.Event, s bot.Seat) []bot.Prompt {
		told = append(told, fmt.Sprintf("%s %s", s.State, s.Contact))
		return []bot.Prompt{offered(e, s)}
	}))
	return told
}

// offered tells somebody about a seat.
func offered(e events.Event, s bot.Seat) bot.Prompt {
	return bot.Prompt{
		ID: fmt.Sprintf("%s/%s/%d/%s", s.State, e.ID, s.Until.UnixMilli(), s.Contact), Batch: string(s.State), Contact: s.Contact,
		Node: "notice.offered", Slots: map[string]string{"title": e.Title}, Due: s.At,
	}
}

// full is the event "e" of some seats in two days, all taken, and some who wait.
func (t *storeTest) full(seats, waiting int) (taken, queue []bot.ContactID) {
	t.Helper()
	t.event("e", seats, 48*time.Hour)
	for i := range seats {
		from := fmt.Sprintf("+336500001%02d", i)
		t.must(t.register(from, []string{"e"}, nil))
		taken = append(taken, t.known(from))
	}
	for i := range waiting {
		queue = append(queue, t.wait(fmt.Sprintf("+336500002%02d", i), "e"))
	}
	return taken, queue
}

func waitingList(t *storeTest) {
	taken, queue := t.full(2, 3)
	t.seat(taken[0], "mine")
	t.seat(queue[0], "waiting 0")
	t.seat(queue[2], "waiting 2")
	t.seat("nobody", "full 3")
	t.wait("+33650000200", "e") // waits already: keeps the place
	t.wait("+33650000100", "e") // has a seat: keeps it
	t.wait("+33650000300", "no such event")
	t.seat(queue[0], "waiting 0")
	t.seat(taken[0], "mine")
	t.must(t.register("+33650000201", nil, []string{"e"}))
	t.seat(queue[2], "waiting 1")
	t.wait("+33650000201", "e")
	t.seat(queue[1], "waiting 2")
	if told := t.offer(); len(told) != 0 {
		t.Fatalf("no seat is free, and %q were told", told)
	}
	var order []string
	for _, s := range t.roster("e") {
		order = append(order, fmt.Sprint(s.State, " ", s.Contact))
	}
	want := []string{"kept " + string(taken[0]), "kept " + string(taken[1]), "waiting " + string(queue[0]), "waiting " + string(queue[2]), "waiting " + string(queue[1])}
	if !slices.Equal(order, want) {
		t.Fatalf("roster %q, want %q", order, want)
	}
}

func offerAccepted(t *storeTest) {
	_, queue := t.full(2, 2)
	t.must(t.register("+33650000100", nil, []string{"e"}))
	t.seat("nobody", "full 2") // free, but not for who comes now
	if told := t.offer(); !slices.Equal(told, []string{"offered " + string(queue[0])}) {
		t.Fatalf("told %q", told)
	}
	if told := t.offer(); len(told) != 0 {
		t.Fatalf("told again: %q", told)
	}
	t.seat(queue[0], "offered")
	t.seat(queue[1], "waiting 0")
	if s := t.of(queue[0]); s.Taken != 2 || !s.Until.Equal(t.Now().Add(24*time.Hour)) {
		t.Fatalf("an offer %+v", s)
	}
	t.must(t.register("+33650000200", []string{"e"}, nil))
	t.seat(queue[0], "mine")
	if list := t.roster("e"); list[1].Contact != queue[0] || list[1].Number != 3 || list[1].Code == "" || !list[1].Until.IsZero() {
		t.Fatalf("accepted %+v", list[1])
	}
	if s := t.of(queue[1]); s.Taken != 2 {
		t.Fatalf("to accept took another seat: %+v", s)
	}
	if told := t.waiting(queue[0]); len(told) != 0 {
		t.Fatalf("told before Start: %q", told)
	}
	if wake := t.start(); !slices.Equal(wake, queue[:1]) {
		t.Fatalf("told %v", wake)
	}
}

func offerLapses(t *storeTest) {
	_, queue := t.full(1, 2)
	t.must(t.register("+33650000100", nil, []string{"e"}))
	t.offer()
	t.Clock.Add(24*time.Hour - time.Millisecond)
	if told := t.offer(); len(told) != 0 {
		t.Fatalf("in time: %q", told)
	}
	t.Clock.Add(time.Millisecond)
	if err := t.register("+33650000200", []string{"e"}, nil); !errors.Is(err, bot.ErrFull) {
		t.Fatalf("accepted too late: %v", err)
	}
	t.read(queue[0])
	if told := t.offer(); !slices.Equal(told, []string{"lapsed " + string(queue[0]), "offered " + string(queue[1])}) {
		t.Fatalf("told %q", told)
	}
	t.seat(queue[1], "offered")
	t.seat(queue[0], "full 0")
	t.wait("+33650000200", "e") // may wait again
	t.seat(queue[0], "waiting 0")
	if s := t.of(queue[1]); s.Taken != 1 {
		t.Fatalf("standing %+v", s)
	}
}

func offerGivenBack(t *storeTest) {
	_, queue := t.full(1, 2)
	t.must(t.register("+33650000100", nil, []string{"e"}))
	t.offer()
	t.must(t.register("+33650000200", nil, []string{"e"}))
	if told := t.offer(); !slices.Equal(told, []string{"offered " + string(queue[1])}) {
		t.Fatalf("told %q", told)
	}
	t.must(t.register("+33650000201", nil, []string{"e"}))
	t.seat("nobody", "free")
	if s := t.of(""); s.Taken != 0 {
		t.Fatalf("standing %+v", s)
	}
}

// nobodyOvertakes: who comes now gets a seat only if one is left beside those of
// everybody in line, also before they were told.
func nobodyOvertakes(t *storeTest) {
	_, queue := t.full(3, 1)
	t.must(t.register("+33650000100", nil, []string{"e"}))
	if err := t.register("+33600000001", []string{"e"}, nil); !errors.Is(err, bot.ErrFull) {
		t.Fatalf("overtook: %v", err)
	}
	t.must(t.register("+33650000101", nil, []string{"e"}))
	t.must(t.register("+33600000002", []string{"e"}, nil))
	t.offer()
	t.seat(queue[0], "offered")
	if s := t.of(""); s.Taken != 3 {
		t.Fatalf("standing %+v", s)
	}
}

// noTimeToAsk: shortly before the event a free seat is for who comes first, also
// if they wait.
func noTimeToAsk(t *storeTest) {
	_, queue := t.full(1, 1)
	t.must(t.register("+33650000100", nil, []string{"e"}))
	t.Clock.Add(46 * time.Hour)
	if told := t.offer(); len(told) != 0 {
		t.Fatalf("told %q two hours before", told)
	}
	t.seat(queue[0], "free")
	t.must(t.register("+33650000200", []string{"e"}, nil))
	t.seat(queue[0], "mine")
}

func passedOver(t *storeTest) {
	_, queue := t.full(1, 2)
	t.stop("+33650000200", true)
	t.seat(queue[1], "waiting 0")
	t.must(t.register("+33650000100", nil, []string{"e"}))
	if told := t.offer(); !slices.Equal(told, []string{"offered " + string(queue[1])}) {
		t.Fatalf("told %q", told)
	}
	t.stop("+33650000200", false)
	t.must(t.register("+33650000201", nil, []string{"e"}))
	if told := t.offer(); !slices.Equal(told, []string{"offered " + string(queue[0])}) {
		t.Fatalf("back in line, told %q", told)
	}
}

func noOfferFor(t *storeTest) {
	_, queue := t.full(1, 1)
	t.must(t.register("+33650000100", nil, []string{"e"}))
	e := t.of("").Event
	e.Cancelled = true
	t.must(t.Store.SaveEvents(t.ctx, []events.Event{e}))
	if told := t.offer(); len(told) != 0 {
		t.Fatalf("a seat at a cancelled event: %q", told)
	}
	e.Cancelled, e.Start = false, t.Now()
	t.must(t.Store.SaveEvents(t.ctx, []events.Event{e}))
	if told := t.offer(); len(told) != 0 {
		t.Fatalf("a seat at an event that has begun: %q", told)
	}
	t.wait("+33600000009", "e")
	if list := t.roster("e"); len(list) != 1 || list[0].Contact != queue[0] {
		t.Fatalf("roster %+v", list)
	}
}
