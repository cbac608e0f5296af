package bot

import (
	"context"
	"time"

	"doudou/knowledge/events"
)

// An Introduction is a family and a childminder who may be put in touch. Neither
// learns who the other is before both said yes.
type Introduction struct {
	ID          string
	Parent      ContactID
	Childminder ContactID
	Event       string // the day at which they met, "" when the robot matched them
	ParentSays  Consent
	MinderSays  Consent
	Made        time.Time
	Exchanged   time.Time // both have the other's name and number since; zero: not yet
	Visit       Consent   // the family says that they visited the childminder
	Contract    Consent   // that a contract is signed
}

// Consent is a word of one side; "" while nothing was said. No is final until
// the same person says otherwise; who withdraws says no.
type Consent string

// What can be said.
const (
	Yes Consent = "yes"
	No  Consent = "no"
)

// A MeetingStore keeps what families need, what childminders offer, and who may
// be put in touch with whom.
type MeetingStore interface {
	// Profile returns what a contact said that they need or offer; ErrGone when
	// they said nothing.
	Profile(ctx context.Context, contact ContactID) (events.Profile, error)
	// Profiles returns those of one side, in force at a time and listed, by id. Who
	// said STOP is not among them: nobody may ask them anything.
	Profiles(ctx context.Context, side events.Side, at time.Time) ([]events.Profile, error)
	// Introductions returns those of a contact, or of an event, or all when both
	// are "", by id.
	Introductions(ctx context.Context, contact ContactID, event string) ([]Introduction, error)
	// Exchange marks the introductions to which both said yes. What tell returns
	// for each is kept in the same transaction; tell must do nothing else. Nobody
	// is put in touch who withdrew or said STOP meanwhile, left no name or number,
	// or whose profile is no longer in force.
	Exchange(ctx context.Context, now time.Time, tell func(i Introduction, parent, childminder events.Profile) []Prompt) error
	// Purge erases what nobody needs any more, and makes nameless what is only to
	// be counted, each kind after its days (see Keepings). The figures of the report
	// are the same before and after.
	Purge(ctx context.Context, now time.Time) error
}

// ProfileDays is how long what families and childminders said of themselves is
// kept after Profile.Until.
const ProfileDays = 90

// A Change is something lasting that a turn does for the relais beside words.
// Store.Commit applies all of a turn, or none.
type Change interface{ change() }

// JoinQueue puts the contact at the end of the waiting list of an event. Who has
// a seat or waits already stays as they are.
type JoinQueue struct{ Event string }

// StayFor says when the contact will be in the room at an event.
type StayFor struct {
	Event string
	Room  events.Span
}

// KeepProfile replaces what the contact needs or offers. A Name or Phone that is
// "" and Cares below 0 were not said this time: what is known of them stays, and
// CaresSince changes with Cares only. Since and Changed are the store's to keep.
type KeepProfile struct{ Profile events.Profile }

// Withdraw takes back what the contact needs or offers; introductions that are
// not exchanged are ended with it.
type Withdraw struct{}

// Subscribe says that the contact wants news of the relais, of one quarter or of
// all, or wants none any more.
type Subscribe struct {
	On      bool
	Quarter string
}

// Introduce asks childminders, or families, on behalf of the contact, who says
// yes by asking. A pair is introduced once; asking again says yes again.
type Introduce struct {
	With  []ContactID
	Event string
}

// SayTo is the contact's answer to an introduction: it may be changed as long as
// nothing was exchanged; after that a no is noted and changes nothing else.
type SayTo struct {
	Introduction string
	Says         Consent
}

// Choose is whom the contact wants to see again after a day, by the numbers on
// their badges, of the other side only; it replaces what was chosen before.
type Choose struct {
	Event   string
	Numbers []int
}

// FollowUp is what the family says came of an introduction that was exchanged.
type FollowUp struct {
	Introduction string
	Step         string // visit, contract
	Says         Consent
}

func (JoinQueue) change()   {}
func (StayFor) change()     {}
func (KeepProfile) change() {}
func (Withdraw) change()    {}
func (Subscribe) change()   {}
func (Introduce) change()   {}
func (SayTo) change()       {}
func (Choose) change()      {}
func (FollowUp) change()    {}
