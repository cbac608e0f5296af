package main

import (
	"context"
	"testing"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// wall is a calendar in memory.
type wall map[string]events.Event

func (w wall) Event(_ context.Context, id string) (events.Standing, error) {
	e, ok := w[id]
	if !ok {
		return events.Standing{}, bot.ErrGone
	}
	return events.Standing{Event: e}, nil
}

func (w wall) SaveEvents(_ context.Context, list []events.Event) error {
	for _, e := range list {
		w[e.ID] = e
	}
	return nil
}

// TestDatesOfTheFile starts twice: what staff changed meanwhile stays, what the
// file changed is told.
func TestDatesOfTheFile(t *testing.T) {
	now := time.Date(2027, 3, 3, 9, 0, 0, 0, time.UTC)
	file := []events.Event{{ID: "a", Place: "Salle"}, {ID: "b", Place: "Salle"}, {ID: "c", Place: "Salle"}}
	w := wall{}
	start := func() {
		if err := addDates(t.Context(), w, file, now); err != nil {
			t.Fatal(err)
		}
	}
	start()
	w["b"] = events.Event{ID: "b", Place: "Gymnase", Rev: 2, Staff: true}
	w["c"] = events.Event{ID: "c", Place: "Salle", Rev: 1, Revised: now.Add(-time.Hour)}
	file[0].Place, file[1].Place = "Parc", "Parc"
	start()
	for id, want := range map[string]events.Event{
		"a": {ID: "a", Place: "Parc", Rev: 1, Revised: now},
		"b": {ID: "b", Place: "Gymnase", Rev: 2, Staff: true},
		"c": {ID: "c", Place: "Salle", Rev: 1, Revised: now.Add(-time.Hour)},
	} {
		if got := w[id]; got.Place != want.Place || got.Rev != want.Rev || !got.Revised.Equal(want.Revised) || got.Staff != want.Staff {
			t.Errorf("%s: %+v", id, got)
		}
	}
}
