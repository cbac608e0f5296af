package knowledge

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"doudou/knowledge/events"
)

// december is a calendar in which everything can happen to somebody.
func december(t *testing.T) *Library {
	t.Helper()
	l := library(t, "parent")
	date := func(id, start, quarter string, change func(*events.Standing)) events.Standing {
		s := events.Standing{Event: events.Event{ID: id, Kind: "workshop", Title: id, Place: "Salle Démo", Quarter: quarter,
			Audience: "parents", Start: at(t, start), End: at(t, start).Add(2 * time.Hour), Capacity: 2}}
		change(&s)
		return s
	}
	l.Events = func(context.Context) ([]events.Standing, error) {
		return []events.Standing{
			date("free", "2026-12-02T09:30", "Centre", func(*events.Standing) {}),
			date("full", "2026-12-02T14:00", "La Gare", func(s *events.Standing) { s.Taken, s.Waiting = 2, 3 }),
			date("nowait", "2026-12-02T16:00", "La Gare", func(s *events.Standing) { s.Taken, s.NoWait = 2, true }),
			date("waiting", "2026-12-03T09:30", "La Gare", func(s *events.Standing) { s.Taken, s.Wait, s.Waiting = 2, "waiting", 1 }),
			date("offered", "2026-12-04T09:30", "Centre", func(s *events.Standing) { s.Taken, s.Wait = 2, "offered" }),
			date("early", "2026-12-05T09:30", "Centre", func(s *events.Standing) {
				s.Kind, s.Opens = "speeddating", at(t, "2026-11-30T08:00")
			}),
			date("late", "2026-12-06T09:30", "Centre", func(s *events.Standing) { s.Closes = at(t, "2026-11-20T00:00") }),
			date("cancelled", "2026-11-30T09:30", "Centre", func(s *events.Standing) { s.Cancelled, s.Mine = true, true }),
			date("mine", "2026-12-09T09:30", "Centre", func(s *events.Standing) { s.Mine = true }),
			date("pro", "2026-12-09T09:30", "Centre", func(s *events.Standing) { s.Audience = "professionals" }),
		}, nil
	}
	return l
}

func TestWhatMayBeGivenBack(t *testing.T) {
	items, err := december(t).List("events.mine", nil)
	var ids []string
	for _, i := range items {
		ids = append(ids, i["id"])
	}
	if got := strings.Join(ids, " "); err != nil || got != "waiting offered mine" {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestUpcoming(t *testing.T) {
	for _, c := range []struct{ quarter, day, kind, want string }{
		{"", "", "", "free full waiting offered early"},
		{"La Gare", "", "", "full waiting free offered early"},
		{"La Gare", "2026-12-02", "", "full free"},
		{"", "2026-12-04", "", "offered"},
		{"", "2026-12-07", "", ""},
		{"", "", "speeddating", "early"},
	} {
		items, err := december(t).List("events.upcoming", map[string]string{"quarter": c.quarter, "day": c.day, "kind": c.kind})
		var ids []string
		for _, i := range items {
			ids = append(ids, i["id"])
		}
		if err != nil || strings.Join(ids, " ") != c.want {
			t.Errorf("near %q on %q: %v, %v; want %s", c.quarter, c.day, ids, err, c.want)
		}
	}
	items, err := december(t).List("events.upcoming", nil)
	if err != nil || items[1]["seats"] != "0" {
		t.Errorf("a full event says its seats: %v, %v", items, err)
	}
	if _, err := december(t).List("events.upcoming", map[string]string{"day": "mercredi"}); !errors.Is(err, ErrArgument) {
		t.Errorf("a day that is none: %v", err)
	}
}

func TestSeatState(t *testing.T) {
	const now = "2026-11-23T12:00"
	for _, c := range []struct{ event, state, opens, before string }{
		{"free", "free", now, "0"}, {"full", "full", now, "3"}, {"nowait", "gone", now, "0"}, {"waiting", "waiting", now, "1"},
		{"offered", "offered", now, "0"}, {"early", "early", "2026-11-30T08:00", "0"}, {"late", "late", now, "0"},
		{"cancelled", "gone", now, "0"}, {"mine", "mine", now, "0"}, {"unknown", "gone", now, "0"},
	} {
		got, err := december(t).Look("events.seat", map[string]string{"event": c.event})
		kind := map[string]string{"early": "speeddating", "unknown": "none"}[c.event]
		if kind == "" {
			kind = "workshop"
		}
		if err != nil || !maps.Equal(got, map[string]string{"state": c.state, "opens": c.opens, "before": c.before, "kind": kind}) {
			t.Errorf("%s: %v, %v", c.event, got, err)
		}
		if seat, err := december(t).Seat(c.event); err != nil || seat != c.state {
			t.Errorf("%s: %s, %v", c.event, seat, err)
		}
	}
}

// TestNextIsHeld: nobody is sent to a cancelled date.
func TestNextIsHeld(t *testing.T) {
	got, err := december(t).Look("events.next", map[string]string{"kind": "workshop"})
	if err != nil || got["title"] != "free" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestTownQuarters(t *testing.T) {
	l := december(t)
	items, err := l.List("town.quarters", nil)
	if err != nil || len(items) != len(l.Knowledge.Town().Quarters) || !maps.Equal(items[1], map[string]string{"id": "Les Lilas", "name": "Les Lilas"}) {
		t.Errorf("%v, %v", items, err)
	}
}
