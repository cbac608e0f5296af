package events

import "time"

// A Standing is an event with its seats now, seen by one contact.
type Standing struct {
	Event
	Taken int  // seats kept, and seats offered to somebody who may still accept
	Mine  bool // the contact keeps one of them
	// Wait is "waiting" when the contact is in the waiting list, "offered" when a
	// seat is kept for them until Until, else "".
	Wait    string
	Waiting int       // how many people are before the contact in the waiting list
	Until   time.Time // the offer is to be accepted before
}

// unheld is how long before the start of an event free seats are no longer held
// for those who wait: later there is no time to ask them (see OfferUntil).
const unheld = offerLeast + offerMargin

// Left returns how many seats are free; 0 when nobody registers.
func (s Standing) Left() int { return max(0, s.Capacity-s.Taken) }

// Seat tells what the contact has or could have at a time:
//
//	mine     they have a seat
//	offered  a seat is kept for them, until Until
//	waiting  they are in the waiting list
//	free     there is a seat that nobody waits for
//	full     there is none: they may join the waiting list
//	early    registration has not opened yet
//	late     registration has closed
//	gone     it has begun or is cancelled, nobody registers, or it is full and
//	         has no waiting list
func (s Standing) Seat(now time.Time) string {
	switch {
	case s.Cancelled || !s.End.After(now):
		return "gone"
	case s.Mine:
		return "mine"
	case s.Capacity == 0 || !s.Start.After(now):
		return "gone"
	case s.Wait == "offered" && (s.Until.IsZero() || s.Until.After(now)):
		return "offered"
	case s.Wait == "waiting" && !s.spare(now):
		return "waiting"
	}
	return s.open(now)
}

// open tells what somebody finds who has nothing yet.
func (s Standing) open(now time.Time) string {
	switch {
	case s.Opens.After(now):
		return "early"
	case !s.Closes.IsZero() && !s.Closes.After(now):
		return "late"
	case s.spare(now) || s.Left() > s.Waiting:
		return "free"
	case s.NoWait:
		return "gone"
	}
	return "full"
}

// spare tells whether there is a free seat that is no longer held for those who
// wait.
func (s Standing) spare(now time.Time) bool {
	return s.Left() > 0 && s.Start.Sub(now) < unheld
}
