package bottest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// How many people want how few seats, how often, and on how many events.
const (
	rushPeople = 12
	rushSeats  = 3
	rushRounds = 4
	rushSteps  = 6
)

// seatsAtOnce has many people register, wait, accept and give back on two
// replicas while seats are offered and offers lapse. Whatever happens at once,
// no event has more people than seats, nobody has two, and a free place goes to
// the first in line.
func seatsAtOnce(t *storeTest) {
	both := []bot.Store{t.Store, t.replica()}
	for _, id := range []string{"a", "b"} {
		t.event(id, rushSeats, 240*time.Hour)
	}
	for i := range rushPeople {
		t.known(fmt.Sprintf("+336800000%02d", i))
	}
	for round := range rushRounds {
		together(rushPeople+2, func(i int) {
			dice := rand.New(rand.NewPCG(uint64(round), uint64(i)))
			for range rushSteps {
				if i < rushPeople {
					t.rush(both[i%2], fmt.Sprintf("+336800000%02d", i), dice)
				} else if err := offerOn(t, both[i%2], nil); err != nil {
					t.Error(err)
				}
				if i < 4 { // enough eyes: looking takes longer than doing
					t.noMoreThanSeats(both[dice.IntN(2)])
				}
			}
		})
		t.Clock.Add(13 * time.Hour) // every second round offers lapse
		t.inOrder(both)
	}
}

// rush does one thing that people do, at one event or both.
func (t *storeTest) rush(s bot.Store, from string, dice *rand.Rand) {
	id, _, err := s.Accept(t.ctx, t.message(from, "x"))
	if err != nil {
		t.Error(err)
		return
	}
	event := []string{"a", "b"}[dice.IntN(2)]
	do := dice.IntN(5)
	err = t.settle(s, id, func(turn *bot.Turn) {
		switch do {
		case 0:
			turn.Cancel = []string{event}
		case 1, 2:
			turn.Register = []string{event}
		case 3:
			turn.Changes = []bot.Change{bot.JoinQueue{Event: event}}
		case 4:
			turn.Register, turn.Changes = []string{"b"}, []bot.Change{bot.JoinQueue{Event: "a"}}
		}
	})
	if errors.Is(err, bot.ErrFull) {
		err = t.settle(s, id, func(turn *bot.Turn) { turn.Changes = []bot.Change{bot.JoinQueue{Event: event}} })
	}
	if err != nil {
		t.Error(err)
	}
}

// settle plays a turn until it is not stale.
func (t *storeTest) settle(s bot.Store, id bot.ContactID, change func(*bot.Turn)) error {
	for {
		w, err := s.Next(t.ctx, id)
		if err != nil {
			return err
		}
		turn := t.turn(w)
		change(&turn)
		if _, err = s.Commit(t.ctx, turn); !errors.Is(err, bot.ErrStale) {
			return err
		}
	}
}

// offerOn offers seats; each is told by a prompt of its own.
func offerOn(t *storeTest, s bot.Store, note func(bot.Seat)) error {
	return s.OfferSeats(t.ctx, t.Now(), func(e events.Event, seat bot.Seat) []bot.Prompt {
		if note != nil {
			note(seat)
		}
		p := offered(e, seat)
		p.ID += fmt.Sprint("/", seat.At.UnixMilli()) // waiting again in the same minute is another time
		return []bot.Prompt{p}
	})
}

// noMoreThanSeats looks at the events while others change them.
func (t *storeTest) noMoreThanSeats(s bot.Store) {
	for _, id := range []string{"a", "b"} {
		list, err := s.Roster(t.ctx, id)
		if err != nil {
			t.Error(err)
			return
		}
		taken, numbers := 0, map[int]bool{}
		for _, seat := range list {
			if seat.State == bot.Kept || seat.State == bot.Offered {
				taken++
			}
			if seat.State == bot.Kept && (numbers[seat.Number] || seat.Number < 1) {
				t.Errorf("event %s: number %d twice, or none", id, seat.Number)
			}
			numbers[seat.Number] = true
		}
		if taken > rushSeats {
			t.Errorf("event %s: %d people on %d seats", id, taken, rushSeats)
		}
		if e, err := s.Event(t.ctx, id); err != nil || e.Taken > rushSeats {
			t.Errorf("event %s: %d seats taken (%v)", id, e.Taken, err)
		}
	}
}

// inOrder compares, when nothing else goes on, what two replicas offer at once
// with the lines as they were.
func (t *storeTest) inOrder(both []bot.Store) {
	want := map[string][]bot.ContactID{"a": t.firstInLine("a"), "b": t.firstInLine("b")}
	var mu sync.Mutex
	got := map[string][]bot.ContactID{}
	note := func(seat bot.Seat) {
		mu.Lock()
		defer mu.Unlock()
		if list := got[seat.Event]; seat.State == bot.Offered && !slices.Contains(list, seat.Contact) {
			got[seat.Event] = append(list, seat.Contact)
		}
	}
	together(2, func(i int) {
		if err := offerOn(t, both[i], note); err != nil {
			t.Error(err)
		}
	})
	for id := range want {
		if !slices.Equal(got[id], want[id]) {
			t.Errorf("event %s: %v were offered a seat, first in line were %v", id, got[id], want[id])
		}
		t.counted(id)
	}
}

// firstInLine are those for whom there is a place, once late offers are over.
func (t *storeTest) firstInLine(event string) []bot.ContactID {
	t.Helper()
	free, line := rushSeats, []bot.ContactID(nil)
	for _, seat := range t.roster(event) {
		switch {
		case seat.State == bot.Kept, seat.State == bot.Offered && seat.Until.After(t.Now()):
			free--
		case seat.State == bot.Queueing:
			line = append(line, seat.Contact)
		}
	}
	return line[:min(free, len(line))]
}

// counted compares the seats that an event counts with those that people have.
func (t *storeTest) counted(event string) {
	t.Helper()
	taken := 0
	for _, seat := range t.roster(event) {
		if seat.State != bot.Queueing {
			taken++
		}
	}
	if e, err := t.Store.Event(t.ctx, event); err != nil || e.Taken != taken {
		t.Errorf("event %s: %d seats are counted, %d people have one (%v)", event, e.Taken, taken, err)
	}
}

// offerTogether has two replicas offer the same seats at once: each is offered
// once, and told once.
func offerTogether(t *storeTest) {
	_, queue := t.full(4, 6)
	for i := range 4 {
		t.must(t.register(fmt.Sprintf("+336500001%02d", i), nil, []string{"e"}))
	}
	both := []bot.Store{t.Store, t.replica()}
	together(6, func(i int) {
		if err := offerOn(t, both[i%2], nil); err != nil {
			t.Error(err)
		}
	})
	for i, id := range queue {
		if got := t.of(id).Wait == "offered"; got != (i < 4) {
			t.Errorf("number %d in line was offered a seat: %v", i, got)
		}
	}
	t.progress("offered", bot.Progress{Waiting: 4})
	if s := t.of(""); s.Taken != 4 {
		t.Errorf("standing %+v", s)
	}
}

// toldWithOffer: a service that ends while it offers a seat has offered it and
// kept the words for it, or neither.
func toldWithOffer(t *storeTest) {
	_, queue := t.full(1, 1)
	t.must(t.register("+33650000100", nil, []string{"e"}))
	ending, end := context.WithCancel(t.ctx)
	err := t.Store.OfferSeats(ending, t.Now(), func(e events.Event, s bot.Seat) []bot.Prompt {
		end()
		return []bot.Prompt{offered(e, s)}
	})
	t.Store = t.Reopen()
	made := t.of(queue[0]).Wait == "offered"
	p, _ := t.Store.Batch(t.ctx, "offered")
	if made != (p.Waiting == 1) || made != (err == nil) {
		t.Fatalf("offered %v, told %+v, error %v", made, p, err)
	}
	t.offer()
	t.seat(queue[0], "offered")
	if wake := t.start(); !slices.Equal(wake, queue) {
		t.Fatalf("told %v", wake)
	}
}
