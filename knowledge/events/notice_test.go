package events

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

const short = "2006-01-02 15:04"

func TestReminders(t *testing.T) {
	for _, c := range []struct{ name, start, want string }{
		{"a Saturday", "2026-12-19 09:30", "21 2026-11-28 10:00, 7 2026-12-12 10:00, 1 2026-12-18 10:00"},
		{"a Sunday in the third week before", "2026-12-06 14:00", "21 2026-11-16 08:00, 7 2026-11-30 08:00, 1 2026-12-05 10:00"},
		{"a Monday: the day before is Sunday", "2026-12-07 09:30", "21 2026-11-16 10:00, 7 2026-11-30 10:00, 1 2026-12-07 08:00"},
		{"a Monday at eight: too late for the last", "2026-12-07 08:00", "21 2026-11-16 10:00, 7 2026-11-30 10:00"},
		{"the day after 11 November", "2026-11-12 18:00", "21 2026-10-22 10:00, 7 2026-11-05 10:00, 1 2026-11-12 08:00"},
		{"the Tuesday after Easter", "2027-03-30 14:00", "21 2027-03-09 10:00, 7 2027-03-23 10:00, 1 2027-03-30 08:00"},
		{"the night hour of summer between", "2027-04-03 09:30", "21 2027-03-13 10:00, 7 2027-03-27 10:00, 1 2027-04-02 10:00"},
		{"the night hour of winter between", "2026-10-28 09:30", "21 2026-10-07 10:00, 7 2026-10-21 10:00, 1 2026-10-27 10:00"},
		{"2 January", "2027-01-02 10:00", "21 2026-12-12 10:00, 7 2026-12-26 10:00, 1 2027-01-02 08:00"},
	} {
		start := on(t, c.start)
		var got []string
		for _, r := range Reminders(Event{Start: start.UTC(), End: start.Add(time.Hour)}, town(t)) {
			got = append(got, fmt.Sprintf("%d %s", r.Days, r.At.In(town(t)).Format(short)))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, strings.Join(got, ", "), c.want)
		}
	}
	if list := Reminders(Event{Start: on(t, "2026-12-19 09:30"), Cancelled: true}, town(t)); list != nil {
		t.Errorf("who is reminded of a cancelled event? %v", list)
	}
}

func TestOfferUntil(t *testing.T) {
	for _, c := range []struct{ name, now, start, tell, until string }{
		{"a week ahead, a day to answer", "2026-11-24 10:00", "2026-12-01 14:00", "2026-11-24 10:00", "2026-11-25 10:00"},
		{"in the evening, told in the morning", "2026-11-24 21:00", "2026-12-01 14:00", "2026-11-25 08:00", "2026-11-26 08:00"},
		{"told on Saturday, until Sunday", "2026-11-21 19:59", "2026-12-01 14:00", "2026-11-21 19:59", "2026-11-22 19:59"},
		{"Saturday night, told on Monday", "2026-11-21 20:00", "2026-12-01 14:00", "2026-11-23 08:00", "2026-11-24 08:00"},
		{"tomorrow: until an hour before", "2026-11-24 10:00", "2026-11-25 09:30", "2026-11-24 10:00", "2026-11-25 08:30"},
		{"in three hours, just enough", "2026-11-24 10:00", "2026-11-24 13:00", "2026-11-24 10:00", "2026-11-24 12:00"},
		{"in less than three hours", "2026-11-24 10:01", "2026-11-24 13:00", "", ""},
		{"at night for the morning", "2026-11-24 21:00", "2026-11-25 09:30", "", ""},
		{"on Sunday for Monday morning", "2026-11-22 09:00", "2026-11-23 10:30", "", ""},
		{"on Sunday for Monday noon", "2026-11-22 09:00", "2026-11-23 11:00", "2026-11-23 08:00", "2026-11-23 10:00"},
		{"it has begun", "2026-11-24 10:00", "2026-11-24 09:30", "", ""},
		{"a day is 24 hours when the hour changes", "2026-10-24 10:00", "2026-11-03 10:00", "2026-10-24 10:00", "2026-10-25 09:00"},
	} {
		tell, until := OfferUntil(on(t, c.now).UTC(), on(t, c.start).UTC(), town(t))
		if show(t, tell) != c.tell || show(t, until) != c.until {
			t.Errorf("%s: told %s until %s, want %s until %s", c.name, show(t, tell), show(t, until), c.tell, c.until)
		}
	}
}

// show writes a moment by the clock of the town, "" for none.
func show(t testing.TB, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(town(t)).Format(short)
}
