package events

import (
	"fmt"
	"time"
)

// A Recurrence is an event that comes again: every Wednesday, the third
// Saturday of each month.
type Recurrence struct {
	Event                // ID is the stem of the dates' ids; Start and End are not used
	Weekday time.Weekday // the day of the week
	Nth     int          // 0 every week; 1 to 4 the nth such day of the month
	From    Clock        // when it begins, by the clock of the town
	To      Clock        // when it ends, the same day, after From
}

// A Clock is a time of day in minutes since midnight.
type Clock int

// Next returns the first n dates of r on or after the day of now in zone, by
// start; days that skip refuses are left out. An id is the stem and the day
// ("atelier-2026-12-02"), so that the same date has the same id whenever it is
// asked for. Hours are those of the clock: a change of the hour moves nothing.
func (r Recurrence) Next(now time.Time, zone *time.Location, n int, skip func(day time.Time) bool) []Event {
	var list []Event
	y, m, d := now.In(zone).Date()
	for ahead := 0; len(list) < n && ahead < 2*366; ahead++ {
		day := time.Date(y, m, d+ahead, 0, 0, 0, 0, time.UTC)
		if r.on(day) && (skip == nil || !skip(day)) {
			list = append(list, r.at(day, zone))
		}
	}
	return list
}

// on tells whether r falls on a day.
func (r Recurrence) on(day time.Time) bool {
	return day.Weekday() == r.Weekday && (r.Nth == 0 || (day.Day()-1)/7+1 == r.Nth)
}

func (r Recurrence) at(day time.Time, zone *time.Location) Event {
	y, m, d := day.Date()
	clock := func(c Clock) time.Time { return time.Date(y, m, d, int(c)/60, int(c)%60, 0, 0, zone) }
	e := r.Event
	e.ID = fmt.Sprintf("%s-%s", r.ID, day.Format(time.DateOnly))
	e.Start, e.End = clock(r.From), clock(r.To)
	return e
}
