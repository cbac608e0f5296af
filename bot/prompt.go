package bot

import (
	"context"
	"time"
)

// A Prompt is a word that the relais starts by itself: a reminder, a place that
// is free, an invitation. It opens a node of a dialog with one contact. When it
// is due it enters the inbox as a message of kind Started, and is then played,
// kept and sent like the answer to any message: once, in order, whatever crashes.
type Prompt struct {
	ID      string            // once for ever: "remind/atelier-2026-12-02/1/" and the contact
	Batch   string            // what it is held back with: a broadcast; "" for none
	Contact ContactID         // whom it is for
	Node    string            // dialog.node, one of those that dialogs.Book.Prompts names
	Slots   map[string]string // the values that the node takes, in canonical form
	Due     time.Time         // not before: see events.Courteous
	Until   time.Time         // nobody needs it from then on; zero: it never ages
}

// Started is the kind of a message that is a Prompt: Data holds its node and
// slots as JSON (see Prompt.Data). It is accepted from PromptStore.Start only.
const Started MessageKind = "started"

// A PromptStore keeps what the relais will say by itself. Its methods are atomic
// and durable when they return.
type PromptStore interface {
	// Prompt adds prompts and returns how many are new: one whose ID was added
	// before changes nothing, even if it has long started. One for somebody who is
	// forgotten is not kept.
	Prompt(ctx context.Context, list []Prompt) (fresh int, err error)
	// Start moves prompts that are due into the inbox of their contacts, those due
	// first first, at most limit, and returns the contacts to wake. A prompt whose
	// Until has passed, or whose contact said STOP or is forgotten, is dropped; one
	// whose batch is held waits.
	Start(ctx context.Context, now time.Time, limit int) ([]ContactID, error)
	// HoldBatch holds back the prompts of a batch that have not started, or lets
	// them go on.
	HoldBatch(ctx context.Context, batch string, held bool) error
	// Batch tells how far a batch has come.
	Batch(ctx context.Context, batch string) (Progress, error)
}

// A Progress is how far the prompts of a batch have come, in people.
type Progress struct {
	Waiting int // not started yet
	Started int // in the inbox, or further
	Dropped int // too late, or the contact said STOP
	Held    bool
}

// A Broadcast is one word of the relais to many: the invitation to a date, a
// piece of news for childminders. Its prompts are of the batch of its ID.
type Broadcast struct {
	ID       string
	Agent    string // login of who sent it
	Node     string // dialog.node of every prompt
	Slots    map[string]string
	Event    string // the date that it invites to, "" for none
	Audience string // parent, childminder, "" for both
	Quarter  string // of those who asked for news of one quarter; "" for all
	State    BroadcastState
	People   int       // whom it was addressed to when it was launched
	Segments int       // SMS segments in all, as staff saw them before
	At       time.Time // launched
}

// A BroadcastState says whether a broadcast goes on.
type BroadcastState string

// The states of a broadcast. It is over when nothing of its batch waits.
const (
	Sending BroadcastState = "sending"
	Halted  BroadcastState = "halted" // by staff; may be resumed
)

// A Recipient is somebody who agreed to be written to.
type Recipient struct {
	Contact ContactID
	Lang    string
	Channel Channel
}

// A BroadcastStore keeps broadcasts and who agreed to receive them.
type BroadcastStore interface {
	// Recipients returns who subscribed and did not say STOP, of an audience (all
	// when "") and a quarter (all when ""; who chose no quarter is in each), by id.
	Recipients(ctx context.Context, audience, quarter string) ([]Recipient, error)
	// Launch keeps a broadcast and its prompts together. Launching the same ID
	// again changes nothing.
	Launch(ctx context.Context, b Broadcast, prompts []Prompt) error
	// Halt stops a broadcast half-way, or lets it go on where it stood.
	Halt(ctx context.Context, id string, halted bool) error
	// Broadcasts returns the last ones first, at most limit.
	Broadcasts(ctx context.Context, limit int) ([]Broadcast, error)
}
