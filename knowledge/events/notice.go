package events

import "time"

// A Reminder is when those who have a seat are reminded of it.
type Reminder struct {
	Days int // before the day of the event
	At   time.Time
}

// tenth is the hour of a reminder: people are up, and offices open.
const tenth = 10

// Reminders returns when those who have a seat at an event are reminded: 21, 7
// and 1 days before its day, at ten by the clock of the zone or the next
// Courteous moment. One that could only leave when the event has begun is left
// out: for a Monday morning, or after a holiday, the last one leaves the same
// morning if there is time. A cancelled event has none.
func Reminders(e Event, zone *time.Location) []Reminder {
	var list []Reminder
	if e.Cancelled {
		return nil
	}
	y, m, d := e.Start.In(zone).Date()
	for _, days := range []int{21, 7, 1} {
		at := Courteous(time.Date(y, m, d-days, tenth, 0, 0, 0, zone), zone)
		if at.Before(e.Start) {
			list = append(list, Reminder{days, at})
		}
	}
	return list
}

// What a freed seat that is offered to somebody who waits must leave them.
const (
	offerTime   = 24 * time.Hour // to answer
	offerLeast  = 2 * time.Hour  // to answer, when the event is near
	offerMargin = time.Hour      // to come, after the last moment to answer
)

// OfferUntil returns when somebody who waits is told that a seat is free for
// them, and until when it stays theirs. They are told at the next Courteous
// moment and have 24 hours; less when the event is near, but at least two, and
// the offer ends an hour before the event begins at the latest, so that they can
// still come. If that cannot be kept, both times are zero: nobody is asked, and
// the seat is for who comes first.
func OfferUntil(now, start time.Time, zone *time.Location) (tell, until time.Time) {
	tell = Courteous(now, zone)
	until = tell.Add(offerTime)
	if last := start.Add(-offerMargin); until.After(last) {
		until = last
	}
	if until.Sub(tell) < offerLeast {
		return time.Time{}, time.Time{}
	}
	return tell, until
}
