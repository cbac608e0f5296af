package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"doudou/dialogs"
)

// Errors of a Store.
var (
	ErrNothing = errors.New("no message waits")
	ErrStale   = errors.New("the contact has moved on since it was read")
	ErrFull    = errors.New("no seat is left at the event")
	ErrGone    = errors.New("no such thing")
	ErrTaken   = errors.New("a colleague holds the case")
	ErrLast    = errors.New("a team would be left without a manager")
	ErrMoved   = errors.New("the thread has new lines since the page was read")
	ErrUndone  = errors.New("what this form sent was taken back")
	ErrLate    = errors.New("the words have left and cannot be taken back")
	ErrClosing = errors.New("the case closes in a moment")
)

// A Store keeps what must not be lost. Every method is atomic and durable when
// it returns; several replicas may share one store. It is implemented on SQLite
// and PostgreSQL by bot/store; bottest.TestStore is its contract.
type Store interface {
	Inbox
	Outbox
	CaseStore
	ListStore
	UnclearStore
	PromptStore
	BroadcastStore
	SeatStore
	MeetingStore

	// Next returns the oldest message of the contact that is not answered, with
	// all that its turn needs; ErrNothing when none waits.
	Next(ctx context.Context, contact ContactID) (Work, error)
	// Commit applies a turn: all of it, or none. It returns ErrStale when the
	// contact's stamp is no longer Turn.From or the message was answered
	// meanwhile, ErrFull when a seat is gone. It returns the outgoings that it
	// leased to Turn.Lease: those of this turn, if nothing older waits to leave
	// for the contact.
	Commit(ctx context.Context, t Turn) ([]Outgoing, error)
}

// An Inbox keeps what came in.
type Inbox interface {
	// Accept keeps a message, once per channel and provider id, and finds or
	// makes the contact it comes from. Fresh is false for a message already kept.
	Accept(ctx context.Context, m Message) (contact ContactID, fresh bool, err error)
	// Waiting returns contacts with an unanswered message older than the time.
	Waiting(ctx context.Context, before time.Time, limit int) ([]ContactID, error)
	// Bury keeps an update that cannot be read, as it came, for a person to see.
	// The same provider id is kept once.
	Bury(ctx context.Context, ch Channel, provider string, raw []byte, why Reason) error
	// Cursor and SetCursor keep the place of a poller (the Telegram offset).
	Cursor(ctx context.Context, name string) (int64, error)
	SetCursor(ctx context.Context, name string, at int64) error
}

// An Outbox keeps what must leave, in order per contact.
type Outbox interface {
	// Claim leases outgoings of a channel that may leave now: for each contact
	// the oldest one only, if no other sender holds it. Held back and marked so
	// are those to contacts who said STOP and the robot's words where a person
	// has taken the case (see Origin).
	Claim(ctx context.Context, ch Channel, now time.Time, l Lease, limit int) ([]Outgoing, error)
	// Depart puts into the outbox what staff said and did not take back in time
	// (see Act.Due), of at most limit contacts, in the order in which it was said;
	// a case whose last word that was closes, unless the family has written since.
	// It returns how many contacts had something.
	Depart(ctx context.Context, now time.Time, limit int) (contacts int, err error)
	// Settle says what became of a leased outgoing. It returns ErrStale when the
	// lease was lost to another sender.
	Settle(ctx context.Context, o Outcome) error
	// Replies returns what was answered to the message with this provider id and
	// has left, or is leased to leave now (Lease says it), in order; what waits
	// behind older words is left to the sender. answered is false while the turn
	// of the message is not committed.
	Replies(ctx context.Context, ch Channel, provider string) (out []Outgoing, answered bool, err error)
	// Delivered notes what the operator says of a message that left; it never
	// goes back from a final state, and accepts unknown ids.
	Delivered(ctx context.Context, ch Channel, sent string, d Delivery) error
}

// A Lease is the right to send until a time; Token tells senders apart.
type Lease struct {
	Token int64
	Until time.Time
}

// An Outcome is what became of an attempt to send.
type Outcome struct {
	Outgoing Outgoing
	State    OutState
	Sent     string    // the channel's id of the message that left
	Retry    time.Time // for Queued: not before
	Why      Reason    // for Dead
	Stop     bool      // the contact does not want messages any more: Stopped is set
	Segments int       // SMS that it took, to be counted; 0 where nobody counts them
	At       time.Time
}

// An OutState is where an outgoing stands.
type OutState string

// The states of an outgoing.
const (
	Queued OutState = "queued"
	Sent   OutState = "sent"
	Dead   OutState = "dead" // will never leave; Why says it
	Held   OutState = "held" // held back: STOP, or a person took the case
)

// A Delivery is a status callback. Rank orders states that may come in any
// order; a final state is never left.
type Delivery struct {
	State string // queued, sent, delivered, undelivered, failed
	Rank  int
	Final bool
	Code  string // operator's error code
	Stop  bool   // the code says that the contact has stopped
	At    time.Time
}

// A Turn is all that one turn changes. It is applied as a whole.
type Turn struct {
	Contact  ContactID
	Inbox    int64 // the message that it answers; 0 when it answers none (staff)
	From, To Stamp
	At       time.Time
	Session  []byte
	Lease    Lease // for Out, see Store.Commit

	Lang     string            // new language, "" to keep
	Audience string            // new audience, "" to keep
	Stopped  *bool             // new state of consent, nil to keep
	Notes    map[string]string // to add

	Lines    []Line
	Out      []Outgoing
	Open     *Case // case to open; if one is open already it is only made urgent, given the notes and the topic's brief
	Register []string
	Cancel   []string // gives a seat, an offer or a place in the waiting list back
	Changes  []Change // what the turn does for the relais, in order
	Forget   bool     // erase the contact: lines, session, notes, registrations, address; Out still leaves, then its address goes too
	Mask     bool     // the message answered a private slot: its text is not kept
	Unclear  *Unclear // what is kept of a message that was not understood; without its ID
	Failed   bool     // the turn failed and may be tried again: only the message's Tries is counted, nothing else applies
}

// A CaseStore keeps cases and what staff do with them.
type CaseStore interface {
	// Cases lists cases of the teams (all when nil) in the states, urgent first,
	// then oldest first; at most limit.
	Cases(ctx context.Context, teams []string, states []CaseState, limit int) ([]Case, error)
	// Case returns one case; ErrGone when there is none.
	Case(ctx context.Context, id CaseID) (Case, error)
	// Thread returns the lines of a contact, oldest first, the last limit ones.
	Thread(ctx context.Context, contact ContactID, limit int) ([]Line, error)
	// Spendings returns what SMS came to since a month (2026-11), by month, the last
	// first, and team.
	Spendings(ctx context.Context, from string) ([]Spending, error)
	// Partings returns what was said in a case and has not left yet, in order.
	Partings(ctx context.Context, id CaseID) ([]Parting, error)
	// Act does one thing to a case. It moves the contact's stamp, so that a turn
	// of the robot that is under way starts again and sees it. It returns
	// ErrTaken, ErrMoved, ErrClosing, ErrLate or ErrGone and then changes nothing.
	// An Act whose Once was already done changes nothing and returns no error, or
	// ErrUndone when that was taken back since.
	Act(ctx context.Context, a Act) error
}

// An Act is one thing that an agent does to a case.
type Act struct {
	Case  CaseID
	Agent string
	Do    ActKind
	Once  string         // key of the form, so that a double click does it once
	Seen  int            // lines that the agent had before their eyes; for Reply, 0 to send anyway
	Text  string         // reply or note
	Says  []dialogs.Text // answers by key, said before Text; for Reply; for Transfer, what the family reads
	Out   *Outgoing
	Tail  string // for Close: what Out ends with if the case closes
	Tag   int64  // tag of the contact's new stamp
	At    time.Time
	Due   time.Time // when Out leaves; until then Undo takes it back; zero: at once
	Until time.Time // for Snooze
	// Anyway sends a reply although a colleague holds the case, who keeps it.
	Anyway bool
	Part   int64 // for Undo: the Parting that is taken back

	Referral *Referral // for Transfer
}

// An ActKind is what an agent can do.
type ActKind string

// What an agent can do.
const (
	Take     ActKind = "take"     // hold it: the robot falls silent; its words not yet sent are held back
	Release  ActKind = "release"  // give it back to the list
	Reply    ActKind = "reply"    // answer the family (takes the case if nobody holds it)
	Undo     ActKind = "undo"     // take back what the same agent said and what has not left
	Transfer ActKind = "transfer" // pass it to another team, or ask the family whether it may be
	NoteIt   ActKind = "note"     // a word for colleagues
	Snooze   ActKind = "snooze"   // put it aside until a time, or until the family writes (takes the case if nobody holds it); without a time, wake it
	Close    ActKind = "close"    // done: the contact goes back to the robot, which starts afresh; Out, if any, is the last word
)

// A Sender sends on one channel. It returns the channel's id of the message, or
// a *SendError; any other error counts as Unknown.
type Sender interface {
	Send(ctx context.Context, o Outgoing) (sent string, err error)
}

// A SendError is a refusal that carries the decision to take.
type SendError struct {
	Kind  SendKind
	After time.Duration // for Throttled: wait at least that long
	Code  string        // the provider's code, for the log
	Err   error
}

// A SendKind is what a failed attempt to send means.
type SendKind int

// The closed set of failures.
const (
	Unknown   SendKind = iota // no answer came: it may have left; one more try, later
	Throttled                 // too fast: the whole channel waits After, then again
	Trouble                   // the provider is in trouble: again with back-off
	Unwanted                  // the contact blocked us or said STOP: nothing more is sent to them
	Permanent                 // this message will never reach this address
	OurFault                  // refused settings or a malformed request: kept, an alarm is raised, tried again slowly
)

func (e *SendError) Error() string { return fmt.Sprintf("send refused (%s): %v", e.Code, e.Err) }

// Unwrap returns the cause.
func (e *SendError) Unwrap() error { return e.Err }
