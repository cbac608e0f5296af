package bottest

import (
	"errors"
	"reflect"
	"sync/atomic"

	"doudou/bot"
	"doudou/knowledge/events"
)

// day is a plan of two pairs; the ids are those of contacts.
func (t *storeTest) day(version int, ids ...bot.ContactID) bot.Day {
	d := bot.Day{Event: "e", Version: version, Published: true, Agent: "awa", At: t.Now().UTC()}
	d.Schedule.Options, d.Schedule.Seats = events.DefaultOptions(), map[string]int{}
	for i, id := range ids {
		side := []events.Side{events.Parent, events.Childminder}[i%2]
		d.Schedule.People = append(d.Schedule.People, events.Participant{ID: string(id), Side: side, Quarters: []string{"near " + string(id)}})
		if i%2 == 1 {
			d.Schedule.Seats[string(id)] = i
			d.Schedule.Meetings = append(d.Schedule.Meetings, events.Meeting{Round: i, Table: i, Parent: string(ids[i-1]), Childminder: string(id)})
		}
	}
	return d
}

func (t *storeTest) plan() bot.Day {
	t.Helper()
	d, err := t.Store.Day(t.ctx, "e")
	t.must(err)
	return d
}

func planKept(t *storeTest) {
	a, b := t.known(mother), t.known(minder)
	first := t.day(1, a, b)
	t.must(t.Store.SaveDay(t.ctx, first))
	first = first.After(bot.Day{})
	if got := t.plan(); !reflect.DeepEqual(got, first) {
		t.Fatalf("plan %+v, want %+v", got, first)
	}
	for _, version := range []int{0, 1, 3} {
		if err := t.Store.SaveDay(t.ctx, t.day(version, a, b)); !errors.Is(err, bot.ErrStale) {
			t.Errorf("version %d after 1: %v", version, err)
		}
	}
	second := t.day(2, b, a)
	t.must(t.Store.SaveDay(t.ctx, second))
	if got := t.plan(); !reflect.DeepEqual(got, second.After(first)) {
		t.Fatalf("plan %+v, want %+v", got, second.After(first))
	}
}

func planTogether(t *storeTest) {
	a, b := t.known(mother), t.known(minder)
	both := []bot.Store{t.Store, t.replica()}
	for version := 1; version < 4; version++ {
		var won, stale atomic.Int64
		together(6, func(i int) {
			switch err := both[i%2].SaveDay(t.ctx, t.day(version, a, b)); {
			case err == nil:
				won.Add(1)
			case errors.Is(err, bot.ErrStale):
				stale.Add(1)
			default:
				t.Error(err)
			}
		})
		if won.Load() != 1 || stale.Load() != 5 {
			t.Fatalf("version %d: %d kept, %d stale", version, won.Load(), stale.Load())
		}
	}
}
