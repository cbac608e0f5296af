package events

import (
	"slices"
	"strings"
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

// atelier is every Wednesday, in the morning and after lunch.
func atelier() Recurrence {
	return Recurrence{Event: Event{ID: "a", Place: "Salle"}, Weekday: time.Wednesday, From: 540, To: 720, More: []Span{{840, 1020}}, Open: 21, Close: 2}
}

func TestNextChanges(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Recurrence)
		now    string
		n      int
		want   []string
	}{
		{"two openings, a window", func(*Recurrence) {}, "2026-12-02 23:00", 1, []string{
			"a-2026-12-02 2026-12-02 09:00-12:00 Salle", "a-2026-12-02-1400 2026-12-02 14:00-17:00 Salle"}},
		{"a cancelled date stays, and another comes", func(r *Recurrence) { r.More, r.Except = nil, []string{"2026-12-02"} }, "2026-12-01 10:00", 2, []string{
			"a-2026-12-02 cancelled 2026-12-02 09:00-12:00 Salle", "a-2026-12-09 2026-12-09 09:00-12:00 Salle", "a-2026-12-16 2026-12-16 09:00-12:00 Salle"}},
		{"moved to Thursday, after the hour", func(r *Recurrence) {
			r.Moves = map[string]Move{"2026-12-02": {Date: "2026-12-03", Hours: []Span{{600, 660}, {900, 960}}}}
		}, "2026-12-01 10:00", 1, []string{"a-2026-12-02 2026-12-03 10:00-11:00 Salle", "a-2026-12-02-1400 2026-12-03 15:00-16:00 Salle"}},
		{"moved behind the next, and asked for when its own day is past", func(r *Recurrence) {
			r.More, r.Moves = nil, map[string]Move{"2026-12-02": {Date: "2026-12-10", Place: "Gymnase"}}
		}, "2026-12-04 10:00", 2, []string{"a-2026-12-09 2026-12-09 09:00-12:00 Salle", "a-2026-12-02 2026-12-10 09:00-12:00 Gymnase"}},
		{"another place only", func(r *Recurrence) {
			r.More, r.Moves = nil, map[string]Move{"2026-12-02": {Place: "Gymnase"}}
		}, "2026-12-02 10:00", 1, []string{"a-2026-12-02 2026-12-02 09:00-12:00 Gymnase"}},
		{"11 November is left out", func(r *Recurrence) { r.More = nil }, "2026-11-11 10:00", 1, []string{"a-2026-11-18 2026-11-18 09:00-12:00 Salle"}},
		{"11 November is moved", func(r *Recurrence) {
			r.More, r.Moves = nil, map[string]Move{"2026-11-11": {Date: "2026-11-12"}}
		}, "2026-11-11 10:00", 1, []string{"a-2026-11-11 2026-11-12 09:00-12:00 Salle"}},
		{"a moved date is past", func(r *Recurrence) {
			r.More, r.Moves = nil, map[string]Move{"2026-12-02": {Date: "2026-12-01"}}
		}, "2026-12-02 10:00", 1, []string{"a-2026-12-09 2026-12-09 09:00-12:00 Salle"}},
	} {
		r := atelier()
		c.change(&r)
		if err := r.Check(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		var got []string
		for _, e := range r.Next(on(t, c.now), town(t), c.n, Holiday) {
			got = append(got, describe(t, e))
			day := e.Start.Format(time.DateOnly)
			if opens, closes := on(t, day+" 00:00").AddDate(0, 0, -21), on(t, day+" 00:00").AddDate(0, 0, -1); !e.Opens.Equal(opens) || !e.Closes.Equal(closes) || e.Series != "a" {
				t.Errorf("%s: %+v", c.name, e)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %s\nwant %s", c.name, strings.Join(got, "; "), strings.Join(c.want, "; "))
		}
	}
}

// describe writes what people see of a date: id, day, hours and place.
func describe(t testing.TB, e Event) string {
	id := e.ID
	if e.Cancelled {
		id += " cancelled"
	}
	return id + " " + show(t, e.Start) + "-" + e.End.In(town(t)).Format("15:04") + " " + e.Place
}

func TestRecurrenceCheck(t *testing.T) {
	for _, c := range []struct {
		change func(*Recurrence)
		want   string
	}{
		{func(r *Recurrence) { r.To = 530 }, "09:00-08:50 is no opening"},
		{func(r *Recurrence) { r.To = midnight + 1 }, "is no opening"},
		{func(r *Recurrence) { r.More[0].From = 700 }, "the opening at 11:40 begins before"},
		{func(r *Recurrence) { r.Nth = 5 }, "nth is 1 to 4"},
		{func(r *Recurrence) { r.Open = 1 }, "closes later than it opens"},
		{func(r *Recurrence) { r.Except = []string{"2/12/2026"} }, `not "2/12/2026"`},
		{func(r *Recurrence) { r.Except = []string{"2026-12-03"} }, "2026-12-03 is a Thursday"},
		{func(r *Recurrence) { r.Moves = map[string]Move{"2026-12-03": {Place: "x"}} }, "2026-12-03 is a Thursday"},
		{func(r *Recurrence) { r.Nth, r.Except = 1, []string{"2026-12-09"} }, "2026-12-09 is a Wednesday: it does not fall"},
		{func(r *Recurrence) { r.Moves = map[string]Move{"2026-12-02": {}} }, "say to which date, time or place"},
		{func(r *Recurrence) { r.Moves = map[string]Move{"2026-12-02": {Date: "Thursday"}} }, `not "Thursday"`},
		{func(r *Recurrence) { r.Moves = map[string]Move{"2026-12-02": {Hours: []Span{{600, 660}}}} }, "the hours of all 2 openings"},
		{func(r *Recurrence) { r.Moves = map[string]Move{"2026-12-02": {Hours: []Span{{600, 540}, {700, 800}}}} }, "10:00-09:00 is no opening"},
		{func(r *Recurrence) {
			r.Except, r.Moves = []string{"2026-12-02"}, map[string]Move{"2026-12-02": {Place: "x"}}
		}, "cancelled and moved"},
	} {
		r := atelier()
		c.change(&r)
		if err := r.Check(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v; want %q", err, c.want)
		}
	}
}
