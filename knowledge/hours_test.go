package knowledge

import (
	"testing"
	"time"
)

func paris(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// office is open on weekdays, closed for lunch, shut on Wednesday afternoon and
// at the end of 2026.
func office(t *testing.T) Hours {
	t.Helper()
	day := []string{"09:00-12:00", "13:30-17:30"}
	team, err := teamEntry{ID: "office", Name: "bureau", Institution: "ville",
		Hours:  map[string][]string{"monday": day, "tuesday": day, "wednesday": day[:1], "thursday": day, "friday": day},
		Closed: []string{"2026-12-24..2026-12-31"}}.team(paris(t))
	if err != nil {
		t.Fatal(err)
	}
	return team.Hours
}

func TestOpen(t *testing.T) {
	h, zone := office(t), paris(t)
	for _, c := range []struct{ at, next, by, why string }{
		{"2026-11-23T10:00", "", "2026-11-23T12:00", "Monday morning"},
		{"2026-11-23T09:00", "", "2026-11-23T12:00", "the first minute"},
		{"2026-11-23T08:59", "2026-11-23T09:00", "2026-11-23T12:00", "before the first minute"},
		{"2026-11-23T11:30", "", "2026-11-23T17:30", "too late to be read in the morning"},
		{"2026-11-23T12:00", "2026-11-23T13:30", "2026-11-23T17:30", "lunch begins"},
		{"2026-11-23T13:29", "2026-11-23T13:30", "2026-11-23T17:30", "lunch ends"},
		{"2026-11-23T17:30", "2026-11-24T09:00", "2026-11-24T12:00", "evening"},
		{"2026-11-25T15:00", "2026-11-26T09:00", "2026-11-26T12:00", "Wednesday afternoon"},
		{"2026-11-27T18:00", "2026-11-30T09:00", "2026-11-30T12:00", "Friday evening to Monday"},
		{"2026-11-27T17:00", "", "2026-11-30T12:00", "open, but not for an hour more"},
		{"2026-11-11T10:00", "2026-11-12T09:00", "2026-11-12T12:00", "11 November"},
		{"2026-11-10T18:00", "2026-11-12T09:00", "2026-11-12T12:00", "the eve of 11 November"},
		{"2027-03-29T10:00", "2027-03-30T09:00", "2027-03-30T12:00", "Easter Monday"},
		{"2027-05-06T10:00", "2027-05-07T09:00", "2027-05-07T12:00", "Ascension"},
		{"2027-05-17T10:00", "2027-05-18T09:00", "2027-05-18T12:00", "Whit Monday"},
		{"2027-03-26T10:00", "", "2027-03-26T12:00", "Good Friday is a working day here"},
		{"2026-12-23T12:00", "2027-01-04T09:00", "2027-01-04T12:00", "closed, then New Year on a Friday"},
		{"2027-03-27T20:00", "2027-03-30T09:00", "2027-03-30T12:00", "the hour changes in the night, then Easter Monday"},
		{"2026-03-28T20:00", "2026-03-30T09:00", "2026-03-30T12:00", "summer time begins"},
		{"2026-10-24T20:00", "2026-10-26T09:00", "2026-10-26T12:00", "winter time begins"},
		{"2026-10-25T02:30", "2026-10-26T09:00", "2026-10-26T12:00", "in the hour that comes twice"},
	} {
		at, err := time.ParseInLocation(moment, c.at, zone)
		if err != nil {
			t.Fatal(err)
		}
		for _, asked := range []time.Time{at, at.UTC()} {
			open, next := h.Open(asked)
			want := c.next
			if want == "" {
				want = c.at
			}
			if open != (c.next == "") || next.In(zone).Format(moment) != want {
				t.Errorf("%s, %s: open %v, next %s; want %s", c.at, c.why, open, next.In(zone), want)
			}
			if by := h.AnswerBy(asked).In(zone).Format(moment); by != c.by {
				t.Errorf("%s, %s: answer by %s, want %s", c.at, c.why, by, c.by)
			}
		}
	}
}

func TestOpenChangesOfTheHour(t *testing.T) {
	h, zone := office(t), paris(t)
	for _, c := range []struct {
		from time.Time
		want time.Duration
	}{
		{time.Date(2026, 3, 28, 9, 0, 0, 0, zone), 47 * time.Hour},  // one night is an hour shorter
		{time.Date(2026, 10, 24, 9, 0, 0, 0, zone), 49 * time.Hour}, // one night is an hour longer
		{time.Date(2026, 11, 21, 9, 0, 0, 0, zone), 48 * time.Hour},
	} {
		if _, next := h.Open(c.from); next.Sub(c.from) != c.want {
			t.Errorf("from %s: opens after %s, want %s", c.from, next.Sub(c.from), c.want)
		}
	}
}

func TestNeverOpen(t *testing.T) {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	sundays, err := teamEntry{ID: "x", Name: "x", Institution: "caf", Hours: map[string][]string{"monday": nil}}.team(paris(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range []Hours{{}, sundays.Hours} {
		if open, next := h.Open(now); open || !next.IsZero() || !h.AnswerBy(now).IsZero() {
			t.Errorf("open %v, next %s", open, next)
		}
	}
}

// TestWorked: an office is at work neither at night nor at lunch.
func TestWorked(t *testing.T) {
	h, zone := office(t), paris(t)
	for _, c := range []struct {
		from, to string
		want     time.Duration
	}{
		{"2026-11-23T10:00", "2026-11-23T10:20", 20 * time.Minute},
		{"2026-11-23T11:30", "2026-11-23T14:00", time.Hour},
		{"2026-11-27T17:00", "2026-11-30T09:30", time.Hour},
		{"2026-11-27T20:00", "2026-11-28T20:00", 0},
		{"2026-11-10T17:00", "2026-11-12T10:00", 90 * time.Minute},
		{"2026-11-23T10:00", "2026-11-23T10:00", 0},
	} {
		from, err := time.ParseInLocation(moment, c.from, zone)
		to, err2 := time.ParseInLocation(moment, c.to, zone)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		if got := h.Worked(from, to); got != c.want {
			t.Errorf("from %s to %s: %v, want %v", c.from, c.to, got, c.want)
		}
	}
}
