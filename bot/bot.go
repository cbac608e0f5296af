// Package bot is the service of the relais: a message comes in at a channel,
// is kept, read, answered by a dialog or passed to a person, and the answer
// goes out at the sender. One direction, six rooms:
//
//	1 channel   signature checked, decoded to a Message      bot/telegram, bot/sms
//	2 inbox     kept, once per provider id; only then "200"  Store.Accept
//	3 reading   one contact at a time, oldest message first  lanes, nlu.Read
//	4 dialogue  where they stand + message -> what to do     dialogs.Step
//	5 commit    all effects of the turn, or none             Store.Commit
//	6 outbox    sent in order per contact, retried by kind   senders
//
// What the relais starts by itself goes the same way: the town crier finds what
// is due (a reminder, a free seat, two who said yes), keeps it as a Prompt under
// an id that is said once for ever, and at an hour at which people may be written
// to moves it into the inbox as a message of kind Started. What a tree records is
// a Change of the same turn.
package bot

import (
	"encoding/json"
	"time"

	"doudou/dialogs"
)

// A ContactID names one person, whatever the channel. It holds no phone number.
type ContactID string

// A CaseID names a question in staff hands; short, as said on the telephone.
type CaseID string

// A Channel is a way to write to Doudou.
type Channel string

// The channels.
const (
	Telegram Channel = "telegram"
	SMS      Channel = "sms"
)

// An Address is where somebody writes from on one channel: a Telegram chat id,
// a phone number as the operator gives it (E.164 or not).
type Address struct {
	Channel Channel
	ID      string
	// To is the number or short code that was written to, and so the sender of
	// every answer; "" on Telegram.
	To string
}

// A MessageKind says what a message carries beside its text.
type MessageKind string

// The kinds of message. All but Text are answered kindly, none is kept: of a
// place, only the session knows, as long as the question lasts that it answers.
const (
	Text     MessageKind = "text"
	Tap      MessageKind = "tap"      // a button; Data holds its callback data
	Greeting MessageKind = "start"    // /start; Data holds its payload
	Place    MessageKind = "place"    // a shared location; Data "lat,lon" rounded to 0.001 degree
	CallMe   MessageKind = "contact"  // a shared contact card; Data is the number if it is the sender's own
	Voice    MessageKind = "voice"    // voice notes, video notes
	Media    MessageKind = "media"    // photos, documents, stickers...
	Gone     MessageKind = "gone"     // the person blocked the bot, or the number is dead
	Returned MessageKind = "returned" // the person unblocked the bot
	Edited   MessageKind = "edited"   // Text replaces that of the message Data
)

// A Message is one thing that came in on a channel.
type Message struct {
	Channel  Channel
	Provider string // the channel's own id of the message, once for ever: update id, MessageSid
	From     Address
	Kind     MessageKind
	Text     string
	Data     string
	Lang     string // what the channel knows of the person's language ("pt-br"), a first guess
	Ref      string // the channel's id of the message a tap was on, to be edited
	At       time.Time
}

// A Contact is a person, parent or childminder, under a pseudonym.
type Contact struct {
	ID       ContactID
	Lang     string // language to write to them; "" until known
	Audience string // parent, childminder, ""
	Address  Address
	Stopped  bool              // said STOP, or blocked the bot: nothing is sent
	Notes    map[string]string // spoken language, half-day to be called
	Since    time.Time
}

// A Stamp is the mark of a contact's last committed turn. The session kept in
// Redis counts only if it bears the same Stamp as the contact's row: a missing,
// late or foreign copy is found out.
type Stamp struct {
	Version int64 // number of turns; 0 for a contact who never had one
	Tag     int64 // drawn at random by the turn that made it
}

// A Session is where a contact stands: the dialog, and what this package must
// remember beside it.
type Session struct {
	Dialog  dialogs.Session `json:"dialog"`
	More    []string        `json:"more,omitempty"`    // pages that SUITE would send
	Offered string          `json:"offered,omitempty"` // language offered, not to be offered again
	// Speaking is the language of the path under way, when it is not the
	// contact's own: "2" answers a question put in Portuguese.
	Speaking string `json:"speaking,omitempty"`
	Quiet    string `json:"quiet,omitempty"`   // the day of the last safety card: no opinion is asked for a while
	Waiting  bool   `json:"waiting,omitempty"` // has been told that the message was added to the open case
}

// Afresh returns what stays of a session, as it is stored, when a person gives
// the word back to the robot: what the dialogs keep, and nothing of the question
// that waited. It is nil when nothing stays.
func Afresh(session []byte) []byte {
	var s Session
	if json.Unmarshal(session, &s) != nil || len(s.Dialog.Kept) == 0 && s.Quiet == "" {
		return nil
	}
	kept, err := json.Marshal(Session{Dialog: dialogs.Session{Kept: s.Dialog.Kept}, Quiet: s.Quiet})
	if err != nil {
		return nil // no map of strings does that
	}
	return kept
}

// A Work is a message to answer and all that its turn needs to know, read in
// one go.
type Work struct {
	Message Message
	Inbox   int64 // the row of the message
	Tries   int   // times that this message failed before
	More    bool  // further messages of the contact wait behind it
	Contact Contact
	Stamp   Stamp
	Session []byte // JSON of Session, nil for a contact without one
	Case    *Case  // the open case of the contact, nil when there is none
}

// A CaseState says who has the word.
type CaseState string

// The states of a case. The bot is silent while a person holds it (Taken,
// Waiting).
const (
	Open    CaseState = "open"    // nobody has taken it yet
	Taken   CaseState = "taken"   // an agent holds it
	Waiting CaseState = "waiting" // the agent has answered, the family has not written since
	Closed  CaseState = "closed"
)

// A Case is a question in staff hands. A contact has at most one that is not closed.
type Case struct {
	ID      CaseID
	Contact ContactID
	Team    string
	State   CaseState
	Urgent  bool
	Topic   string // dialog.node from which the person was called
	Lang    string
	Channel Channel
	Brief   []dialogs.BriefItem
	Notes   map[string]string // of the contact: spoken language, half-day
	Agent   string            // login of the agent who holds it
	Opened  time.Time
	Changed time.Time
	Lines   int // lines of the thread so far: a reply says which it has seen

	Asked    time.Time // since when the family waits for a person; zero when it does not
	Answered time.Time // when a person first answered; zero before
	Snoozed  time.Time // out of the lists until then; zero when it was not put aside

	Readers []string // teams that had it before and may still read it
	Toward  string   // team that the family was asked about, "" for none
}

// Held tells whether a person has the word.
func (c *Case) Held() bool { return c != nil && (c.State == Taken || c.State == Waiting) }

// Asleep tells whether the case was put aside and the time has not come.
func (c *Case) Asleep(now time.Time) bool { return c.Snoozed.After(now) }

// A Speaker says whose line it is.
type Speaker string

// Who speaks in a thread.
const (
	Family Speaker = "family"
	Robot  Speaker = "robot"
	Staff  Speaker = "staff"
	Aside  Speaker = "note"   // internal: never leaves
	Undone Speaker = "undone" // taken back before it left: no word of it is kept
)

// A Line is one line of a contact's thread, as staff read it. What the robot
// said is kept as keys and arguments, so that it is read in the reader's
// language; what the family wrote is kept as typed.
type Line struct {
	Seq     int64
	At      time.Time
	Speaker Speaker
	Agent   string
	Lang    string
	Text    string         // family and staff; "" for the robot
	Says    []dialogs.Text // robot; of staff, the answers by key, said before Text
	Intent  string         // what the family's message was understood as, for the figures
	Case    CaseID
	Team    string // of a note: who may read it; "" for all who see the case
	Masked  bool   // a private answer: Text was not kept
}

// A Button is a choice shown under a message; Data comes back when it is tapped.
type Button struct {
	Label string `json:"label"`
	Data  string `json:"data"`
}

// SharePlace is the Data of a button, alone under its message, that shares where
// the person is: it brings a message of kind Place, not a tap.
const SharePlace = "place"

// An Origin says who speaks in an Outgoing; it decides what may hold it back.
type Origin string

// The origins.
const (
	FromRobot  Origin = "robot"  // held back if a person has taken the case since
	FromSafety Origin = "safety" // safety cards, the confirmation of STOP: never held back
	FromStaff  Origin = "staff"
	FromRelais Origin = "relais" // what the relais starts by itself: held back by STOP, not by a case
)

// An Outgoing is a message to send, in its last form.
type Outgoing struct {
	ID      int64
	Contact ContactID
	To      Address
	Origin  Origin
	Body    string
	Lead    string // shown in bold before the body: the name of the agent and team
	Buttons [][]Button
	Choices []string // labels of the choices, in order; for whoever shows the turn, not kept
	Lang    string
	Reply   string // provider id of the message that it answers, "" when it answers none
	Ref     string // the channel's id of a message whose buttons were used up
	Tries   int
	Lease   int64  // token of the sender that holds it
	Team    string // whose words they are, for what they cost; "" the robot's
	At      time.Time
}

// A Reason for a dead letter or a refusal, for the counters and the log: never
// holds what was written.
type Reason string
