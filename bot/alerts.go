package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// A Wait is a family that waits for staff: it called a person, or wrote again
// after an answer, and nobody has answered yet.
type Wait struct {
	Case  Case      // without its brief and notes
	Since time.Time // of the oldest word that has no answer; of the call of a person
	Again bool      // staff had answered before
	Step  int       // of the escalation that was told for this wait, 0 for none
	Told  time.Time // when that step was
}

// A Way is how an agent is told of what waits.
type Way string

// The ways.
const (
	ByMail     Way = "mail"
	ByTelegram Way = "telegram"
)

// A NoticeKind says why an agent is told.
type NoticeKind string

// Why an agent is told. Each is told once for a wait.
const (
	NoticeNew     NoticeKind = "new"     // a family calls a person
	NoticeAgain   NoticeKind = "again"   // a family wrote after an answer
	NoticeUrgent  NoticeKind = "urgent"  // at once, at any hour
	NoticeNext    NoticeKind = "next"    // first step: nobody answered, the next person is asked
	NoticeDeputy  NoticeKind = "deputy"  // the same, where the whole team is away
	NoticeManager NoticeKind = "manager" // second step
)

// A Notice tells one agent of one wait, by one way. It holds no word of a family.
type Notice struct {
	ID     string // once for ever
	Agent  string // login
	Way    Way
	Case   CaseID
	Kind   NoticeKind
	Urgent bool      // leaves at once, however short ago the last message did
	Due    time.Time // not before
}

// A Digest is what may be told to one agent by one way now: one message.
type Digest struct {
	Agent   string
	Way     Way
	Lease   int64 // token of the replica that tells
	Tries   int   // that failed since one succeeded
	Notices []Notice
}

// A DigestOutcome is what became of a Digest. Of one that is Done the notices
// were said, or are of no use any more; the others are said at the next try.
type DigestOutcome struct {
	Digest Digest
	Done   bool
	Said   bool      // a message left: the next one waits
	Why    Reason    // it did not leave; "" when it did
	Retry  time.Time // not before
	At     time.Time
}

// An Escalation is a step that a wait calls for.
type Escalation struct {
	Wait    Wait
	Step    int
	Notices []Notice // whom it tells
	At      time.Time
}

// A Wish is how an agent wants to be told of what waits.
type Wish struct {
	Agent    string // login
	Lang     string // of the desk, "fr" or "en"
	Mail     bool
	Telegram bool
	Quiet    bool   // nothing outside of the hours of the team, except what is urgent
	Chat     string // of their own Telegram with the staff's bot; "" until linked
}

// NewWish is the wish of an agent who chose nothing.
func NewWish(agent string) Wish {
	return Wish{Agent: agent, Lang: "fr", Mail: true, Telegram: true, Quiet: true}
}

// An Outage is that messages to staff do not leave by a way.
type Outage struct {
	Since  time.Time // zero: they do
	Agents []string  // logins of those who are not told
	Why    Reason
}

// An AlertStore keeps who must be told of what waits, and who was. Its methods
// are atomic and durable when they return; several replicas may share it.
type AlertStore interface {
	// Waits returns what waits for staff, urgent first, then oldest first.
	Waits(ctx context.Context) ([]Wait, error)
	// Escalated returns those of them for which a step was told.
	Escalated(ctx context.Context) ([]Wait, error)
	// Notify adds notices and returns how many are new: one whose ID was added
	// before changes nothing, even if it has long been told.
	Notify(ctx context.Context, list []Notice) (fresh int, err error)
	// Escalate keeps a step of a wait with its notices and a line of the journal,
	// once; fresh is false when it was there.
	Escalate(ctx context.Context, e Escalation) (fresh bool, err error)
	// Digests leases what may be told now by the ways: to each agent one message
	// at a time, and the next one not before pause is over unless something
	// urgent waits.
	Digests(ctx context.Context, ways []Way, now time.Time, pause time.Duration, l Lease) ([]Digest, error)
	// SettleDigest says what became of a digest. ErrStale: the lease was lost.
	SettleDigest(ctx context.Context, o DigestOutcome) error
	// Outage tells since when nothing leaves by a way for some agents.
	Outage(ctx context.Context, way Way) (Outage, error)

	// Wishes returns what agents have chosen, by login.
	Wishes(ctx context.Context) ([]Wish, error)
	// Wish returns what one agent has chosen, NewWish when nothing.
	Wish(ctx context.Context, login string) (Wish, error)
	// SaveWish keeps a choice; the Chat stays as it is.
	SaveWish(ctx context.Context, w Wish) error
	// OfferLink keeps the hash of a one-time code that links a Telegram; a new one
	// replaces the old.
	OfferLink(ctx context.Context, login, codeHash string, until time.Time) error
	// LinkChat uses a code up and links the chat to its agent, who is returned; a
	// chat is one agent's only. ErrGone: the code is unknown, used or too old.
	LinkChat(ctx context.Context, codeHash, chat string, now time.Time) (login string, err error)
	// Hold tells whether who asks is the one replica that does what only one may
	// do, and keeps it so until the lease ends.
	Hold(ctx context.Context, post string, now time.Time, l Lease) (bool, error)
	// UnlinkChat forgets the Telegram of an agent.
	UnlinkChat(ctx context.Context, login string) error
}

// LinkHash is what is kept of a code that links a Telegram to an agent.
func LinkHash(code string) string {
	sum := sha256.Sum256([]byte(code))
	return hex.EncodeToString(sum[:])
}
