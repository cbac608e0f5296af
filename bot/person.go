package bot

import (
	"context"
	"time"

	"doudou/knowledge/events"
)

// A Person is all that is kept of one contact.
type Person struct {
	Contact   Contact
	Addresses []Standing
	Session   []byte // where the talk with the robot stands, as it is kept
	Cases     []Case
	Lines     []Line
	Profile   *events.Profile // nil: they need and offer nothing
	Seats     []Seat
	Meetings  []Introduction
	Prompts   []Planned
	Consents  []Consented
	Messages  int // that came in or went out lately, as the channels carried them
}

// A Standing is an address, and whether its owner said STOP there.
type Standing struct {
	Address
	Stopped bool
}

// A Planned is what the relais was going to say, or has said.
type Planned struct {
	Prompt
	State string // waiting, held, started, dropped
}

// A Consented is a yes or no of somebody to what the relais does by itself.
type Consented struct {
	At    time.Time
	What  Matter
	Given bool
	How   string // the channel it was said on
}

// A Matter is something that needs a yes.
type Matter string

// What needs a yes.
const (
	ToMessages     Matter = "messages"     // being written to at all: STOP takes it back
	ToNews         Matter = "news"         // the news of the relais
	ToProposals    Matter = "proposals"    // being proposed to others
	ToIntroduction Matter = "introduction" // name and number told to one other person
)

// An Erasure is the erasure of one person by an agent who was asked for it.
type Erasure struct {
	Contact ContactID
	Once    string // key of the form
	At      time.Time
}

// A PersonStore answers for one person: what is kept, and that nothing is any more.
type PersonStore interface {
	// Who finds a contact by an address; ErrGone when nobody is known there.
	Who(ctx context.Context, a Address) (ContactID, error)
	// Person returns all that is kept of a contact; ErrGone when nothing is.
	Person(ctx context.Context, contact ContactID) (Person, error)
	// Erase erases a contact everywhere, as EFFACE does, without a word to them.
	// What was erased before is erased: the same form twice is no error.
	Erase(ctx context.Context, e Erasure) error
}
