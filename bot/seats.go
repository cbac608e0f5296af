package bot

import (
	"context"
	"time"

	"doudou/knowledge/events"
)

// A SeatState says what somebody has at an event.
type SeatState string

// The states of a seat. Kept and Offered seats are taken; an offer that is not
// accepted in time has Lapsed and the place goes to the next who waits.
const (
	Kept     SeatState = "kept"
	Queueing SeatState = "waiting"
	Offered  SeatState = "offered"
	Lapsed   SeatState = "lapsed"
)

// A Seat is somebody's place at an event, or in its waiting list.
type Seat struct {
	Event   string
	Contact ContactID
	State   SeatState
	At      time.Time // registered, or joined the waiting list
	Until   time.Time // of an offer: to be accepted before
	// Number is on the person's badge, 1 and up in the order of registration,
	// never given twice at one event; Code is four figures that let them in.
	Number int
	Code   string
	Room   events.Span // when they will be in the room; zero: the whole time
	Came   time.Time   // checked in; zero: not yet
	Left   time.Time   // left before the end, or said on the day that they do not come

	// What staff and planner must know of the person.
	Lang     string
	Channel  Channel
	Audience string
	Stopped  bool
	Profile  *events.Profile // nil when they said nothing of what they need or offer
}

// A SeatStore keeps the calendar and the seats. The seats that are kept and
// offered never exceed the capacity of an event, whatever happens at once.
type SeatStore interface {
	// Standing returns the events that end after the given time, by start, with
	// their seats as the contact sees them.
	Standing(ctx context.Context, contact ContactID, after time.Time) ([]events.Standing, error)
	// SaveEvents adds or changes events, by id; seats taken stay.
	SaveEvents(ctx context.Context, list []events.Event) error
	// Events returns those that end after from and begin before to, by start,
	// cancelled ones too, with the seats taken and how many people wait who may be
	// told of one.
	Events(ctx context.Context, from, to time.Time) ([]events.Standing, error)
	// Event returns one; ErrGone when there is none.
	Event(ctx context.Context, id string) (events.Standing, error)
	// Roster returns who has, is offered or waits for a seat, those who have one
	// first, by Number, then those who are offered one, then by place in the
	// waiting list.
	Roster(ctx context.Context, event string) ([]Seat, error)
	// OfferSeats takes back offers that were not accepted in time and gives free
	// places of events to come to the first in their waiting lists, as long as
	// events.OfferUntil leaves them time. Who said STOP is passed over, and keeps
	// the place. What tell returns for each is kept in the same transaction; tell
	// must do nothing else, as it may be asked twice. Somebody may be offered a
	// seat again: Until tells one offer from another.
	OfferSeats(ctx context.Context, now time.Time, tell func(events.Event, Seat) []Prompt) error
	// CheckIn notes that somebody came at a time (zero: takes it back) or left.
	// ErrGone when they have no seat.
	CheckIn(ctx context.Context, event string, contact ContactID, came, left time.Time) error
	// Unseat takes somebody's seat, offer or place in the waiting list away, on
	// behalf of staff, who tell them. ErrGone when they have none.
	Unseat(ctx context.Context, event string, contact ContactID) error
	// Day returns the plan of a speed-dating day; ErrGone when there is none.
	Day(ctx context.Context, event string) (Day, error)
	// SaveDay keeps the plan of a day whose Version is one more than the one
	// kept, as it is After that one; else it returns ErrStale: a colleague has
	// planned meanwhile. Who is forgotten stays in plans under a name that is
	// drawn, so that the others keep their times.
	SaveDay(ctx context.Context, d Day) error
}

// A Day is the plan of a speed-dating day. Participants of its Schedule go by
// the ids of their contacts.
type Day struct {
	Event     string          `json:"event"`
	Version   int             `json:"version"`   // 1 for the first plan
	Schedule  events.Schedule `json:"schedule"`  //
	Published bool            `json:"published"` // everybody is told their times of this version
	// Told is what each was told last of their own times: the store brings it
	// forward (see Day.After), whoever plans leaves it alone.
	Told  map[ContactID]Telling `json:"told,omitempty"`
	Agent string                `json:"agent"` // who planned
	At    time.Time             `json:"at"`
}
