package events

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func TestNext(t *testing.T) {
	zone := town(t)
	weekly := Recurrence{Event: Event{ID: "w", Title: "Atelier", Capacity: 3}, Weekday: time.Sunday, From: 90, To: 210}
	third := Recurrence{Event: Event{ID: "m"}, Weekday: time.Saturday, Nth: 3, From: 570, To: 690}
	for _, c := range []struct {
		name string
		r    Recurrence
		now  time.Time
		want []string // start by the town's clock, and length
	}{
		{"summer time begins", weekly, time.Date(2026, 3, 22, 20, 0, 0, 0, time.UTC), []string{"w-2026-03-22 01:30 +0100 2h0m0s", "w-2026-03-29 01:30 +0100 1h0m0s", "w-2026-04-05 01:30 +0200 2h0m0s"}},
		{"winter time begins", weekly, time.Date(2026, 10, 18, 23, 30, 0, 0, zone), []string{"w-2026-10-18 01:30 +0200 2h0m0s", "w-2026-10-25 01:30 +0200 3h0m0s", "w-2026-11-01 01:30 +0100 2h0m0s"}},
		{"already Sunday in the town", weekly, time.Date(2026, 11, 21, 23, 30, 0, 0, time.UTC), []string{"w-2026-11-22 01:30 +0100 2h0m0s"}},
		{"the last day of a third week", third, time.Date(2026, 11, 15, 0, 0, 0, 0, zone), []string{"m-2026-11-21 09:30 +0100 2h0m0s"}},
		{"third Saturdays", third, time.Date(2026, 11, 22, 0, 0, 0, 0, zone), []string{"m-2026-12-19 09:30 +0100 2h0m0s", "m-2027-01-16 09:30 +0100 2h0m0s", "m-2027-02-20 09:30 +0100 2h0m0s"}},
	} {
		got := c.r.Next(c.now, zone, len(c.want), nil)
		if len(got) != len(c.want) {
			t.Errorf("%s: %d dates", c.name, len(got))
			continue
		}
		for i, e := range got {
			if s := e.ID + " " + e.Start.Format("15:04 -0700") + " " + e.End.Sub(e.Start).String(); s != c.want[i] {
				t.Errorf("%s: %s, want %s", c.name, s, c.want[i])
			}
			if e.Title != c.r.Title || e.Capacity != c.r.Capacity {
				t.Errorf("%s: %+v", c.name, e)
			}
		}
	}
}

func TestNextSkips(t *testing.T) {
	r := Recurrence{Event: Event{ID: "w"}, Weekday: time.Monday, From: 540, To: 600}
	now := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	got := r.Next(now, time.UTC, 1, func(day time.Time) bool { return day.Day() == 6 })
	if len(got) != 1 || got[0].ID != "w-2026-04-13" {
		t.Errorf("%+v", got)
	}
	if got := r.Next(now, time.UTC, 1, func(time.Time) bool { return true }); len(got) != 0 {
		t.Errorf("every day is skipped, and yet %+v", got)
	}
}
