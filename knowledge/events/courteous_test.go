package events

import (
	"testing"
	"time"
)

// town is the zone of the tests.
func town(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// on reads a moment by the clock of the town: "2026-11-11 09:00".
func on(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, town(t))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestCourteous(t *testing.T) {
	for _, c := range []struct{ name, at, want string }{
		{"in the day it leaves at once", "2026-11-24 10:17", "2026-11-24 10:17"},
		{"at eight", "2026-11-24 08:00", "2026-11-24 08:00"},
		{"before eight", "2026-11-24 07:59", "2026-11-24 08:00"},
		{"after midnight", "2026-11-24 00:00", "2026-11-24 08:00"},
		{"on a weekday at eight in the evening", "2026-11-24 20:00", "2026-11-25 08:00"},
		{"Saturday, a minute before", "2026-11-21 19:59", "2026-11-21 19:59"},
		{"Saturday, too late", "2026-11-21 20:00", "2026-11-23 08:00"},
		{"Sunday", "2026-11-22 11:00", "2026-11-23 08:00"},
		{"11 November", "2026-11-11 09:00", "2026-11-12 08:00"},
		{"the evening before 11 November", "2026-11-10 20:00", "2026-11-12 08:00"},
		{"Saturday night before Easter", "2027-03-27 21:00", "2027-03-30 08:00"},
		{"Easter Monday", "2027-03-29 12:00", "2027-03-30 08:00"},
		{"Ascension", "2027-05-06 08:00", "2027-05-07 08:00"},
		{"31 December, a Thursday, in the evening", "2026-12-31 20:30", "2027-01-02 08:00"},
		{"31 December in the day", "2026-12-31 18:00", "2026-12-31 18:00"},
		{"Christmas before a Saturday", "2026-12-25 10:00", "2026-12-26 08:00"},
		{"Christmas before a Sunday", "2027-12-25 10:00", "2027-12-27 08:00"},
		{"the night of the summer hour", "2027-03-28 01:30", "2027-03-30 08:00"},
		{"the night of the winter hour", "2026-10-25 02:30", "2026-10-26 08:00"},
		{"Saturday before the winter hour", "2026-10-24 20:00", "2026-10-26 08:00"},
		{"1 and 2 November", "2026-10-31 20:00", "2026-11-02 08:00"},
	} {
		got := Courteous(on(t, c.at).UTC(), town(t))
		if s := got.Format("2006-01-02 15:04"); s != c.want {
			t.Errorf("%s: %s becomes %s, want %s", c.name, c.at, s, c.want)
		}
	}
}

// TestCourteousAlways: at any moment of some years, across all changes of the
// hour, the answer is allowed, not before, and no allowed moment was passed over.
func TestCourteousAlways(t *testing.T) {
	zone := town(t)
	allowed := func(at time.Time) bool {
		at = at.In(zone)
		return at.Hour() >= 8 && at.Hour() < 20 && at.Weekday() != time.Sunday && !Holiday(at)
	}
	last := on(t, "2029-01-01 00:00")
	next := Courteous(last, zone)
	for at := last; at.Year() > 2025; at = at.Add(-30 * time.Minute) {
		if allowed(at) {
			next = at
		}
		if got := Courteous(at, zone); !got.Equal(next) {
			t.Fatalf("%s becomes %s, want %s", at, got, next)
		}
	}
}
