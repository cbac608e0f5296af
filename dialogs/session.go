package dialogs

// A Session is where a contact stands in the conversation: the dialog and the
// node whose question waits for an answer, and what was answered so far. It is
// plain data: it is marshalled to JSON between any two turns, and may be read
// back by a later release whose trees have changed.
//
// The zero Session is somebody who has never written.
type Session struct {
	Dialog string            `json:"dialog,omitempty"` // "" when no question waits
	Node   string            `json:"node,omitempty"`
	Slots  map[string]string `json:"slots,omitempty"` // filled slots of Dialog, in canonical form (see Kind)

	// Told holds the slots that the message which entered Dialog filled, until
	// their questions come: these are not asked.
	Told []string `json:"told,omitempty"`

	// Stack holds the dialogs that were left to answer a question asked in the
	// middle of the path, or by a "@dialog" target; the innermost is last.
	Stack []Frame `json:"stack,omitempty"`
	// Trail holds the questions already answered in Dialog, for RETOUR.
	Trail []string `json:"trail,omitempty"`
	// Kept holds the values that stay when their dialog is left, by
	// "dialog.slot": a path of several days goes on where it was.
	Kept map[string]string `json:"kept,omitempty"`
	// Offer holds the intents proposed when the message could mean several
	// things; it is set only while that choice waits.
	Offer []string `json:"offer,omitempty"`
	// Listed holds the ids shown by the current question when its choices come
	// from a look-up (the events of the month): a digit means what was shown.
	Listed []string `json:"listed,omitempty"`

	Retries int    `json:"retries,omitempty"` // answers in a row not understood at Node
	Lost    int    `json:"lost,omitempty"`    // messages in a row not understood outside of a question
	Said    uint64 `json:"said,omitempty"`    // fingerprint of the last answer
	Repeats int    `json:"repeats,omitempty"` // times in a row that the same answer was given
	Greeted bool   `json:"greeted,omitempty"` // has been told that this is a machine
	Last    string `json:"last,omitempty"`    // dialog.node where the conversation came to rest, for whoever is called next
}

// A Frame is a dialog to come back to.
type Frame struct {
	Dialog string            `json:"dialog"`
	Node   string            `json:"node"`
	Slots  map[string]string `json:"slots,omitempty"`
	Trail  []string          `json:"trail,omitempty"`
	Listed []string          `json:"listed,omitempty"`
	Told   []string          `json:"told,omitempty"`
	// Left is set when the question was answered by going elsewhere: only RETOUR
	// and "back" come back to it, the end of a dialog does not.
	Left bool `json:"left,omitempty"`
}

// An Input is one message as the reading room understood it. Fields are filled
// in the order of their certainty; Step takes the first that applies: Enter, Urgent,
// Tap, Global, Place, an answer to the question that waits (Choice, Value), Intent.
type Input struct {
	Text  string // what was written, for slots of kind text
	Today string // "2026-11-23", for dates that must not be past or to come; "": not checked

	Audience string // who writes, parent or childminder; "" when nobody knows

	Enter *Entry // nobody wrote: the service begins a word by itself

	Urgent string // name of a safety card (a node of the dialog "safety"), "" when none
	Tap    *Tap   // a button that was pressed, perhaps an old one
	Global Global // a word that holds everywhere
	Open   string // a dialog to open at once, from a poster or a link; unknown names are ignored
	Place  string // a location that was shared, "48.953,2.308"

	Choice string // id of the choice that the message names, among those of Expecting
	Value  string // canonical value of the slot that Expecting asks for
	Skip   bool   // the person would rather not answer ("passer", "je ne sais pas")

	Intent  string   // the likeliest intent
	Subject string   // what exactly is asked within it, "" when nothing more is known
	Zone    Zone     // how sure that is
	Top     []string // the three likeliest intents, the likeliest first
	// Values is what the message gives besides, in canonical form, as package nlu
	// names it: a dialog that the intent enters takes what its header reads.
	Values map[string]string
}

// A Tap is a pressed button: the choice and the question that showed it, with
// what that was about (see Say).
type Tap struct{ Dialog, Node, Choice, About string }

// A Global is a word that holds in every dialog and is written in no tree.
type Global string

// The global words. MORE (SUITE) and STOP with START are handled by package
// bot, which knows about segments and consent; Step ignores them.
const (
	Human    Global = "human"    // 0, HUMAIN: a person
	Menu     Global = "menu"     // MENU
	Back     Global = "back"     // RETOUR: the question before
	Help     Global = "help"     // AIDE
	Language Global = "language" // LANGUE
	Erase    Global = "erase"    // EFFACE: forget me
	Greet    Global = "greet"    // /start, first contact
	More     Global = "more"     // SUITE
	Stop     Global = "stop"     // STOP, ARRET
	Start    Global = "start"    // START: take me back after STOP
)

// A Zone says what may be done with an intent.
type Zone string

// The three zones: answer, offer the three likeliest, or a person.
const (
	ZoneAnswer Zone = "answer"
	ZoneChoose Zone = "choose"
	ZonePerson Zone = "person"
)

// A Kind is the kind of a slot; it fixes the canonical form of its value.
type Kind string

// The kinds and their canonical forms.
const (
	KindCount    Kind = "count"    // "2"
	KindEuros    Kind = "euros"    // "2500" or "5.60": a decimal number, point, no sign
	KindYesNo    Kind = "yesno"    // "yes" or "no"
	KindChoice   Kind = "choice"   // the id of the choice
	KindDate     Kind = "date"     // "2027-01-31"
	KindMoment   Kind = "moment"   // "2027-01-31T09:30", local time of the town
	KindPostcode Kind = "postcode" // "93800"
	KindText     Kind = "text"     // as written, trimmed
	KindAge      Kind = "age"      // "18": a child's age in whole months, "0" for one not born yet
	KindDays     Kind = "days"     // "mon|tue|thu", in the order of the week
	KindHours    Kind = "hours"    // "08:00-18:00"; "20:00-07:00" goes through the night
	KindMonth    Kind = "month"    // "2027-03"
	KindNumbers  Kind = "numbers"  // "4|7", as said: each once, at most six, none above 999
	KindPhone    Kind = "phone"    // "+33612345678"
	KindPlace    Kind = "place"    // "48.953,2.308" when it was shared, else a street or a quarter as written
)

// An Expectation is what the question that waits would take for an answer.
type Expectation struct {
	Kind     Kind     // "" when no question waits
	Min, Max int      // for counts, euros, ages and each of several numbers; both 0 when free
	Units    []string // for counts: the units of time that an answer may name
	Past     bool     // for dates and months: not after today
	Future   bool     // for dates and months: not before today
	Choices  []Choice // for menus, choices and offers, in the order shown; a listed choice has no Text.Key
	Skip     bool     // may be refused
	Private  bool     // the answer is not for staff or logs
}

// A Choice is one way to answer a menu: ID is what a tree calls it, Text what
// it is called in the catalogs.
type Choice struct {
	ID   string
	Text Text
}

// A Text is something to say: an id of the catalogs and what fills it. It stays
// in this form in the transcript, so that staff read it in their own language.
type Text struct {
	Key   string           `json:"key"`
	Args  map[string]Value `json:"args,omitempty"`
	Count string           `json:"count,omitempty"` // name of the argument that rules the plural
}

// A Value is a slot's value with its kind, ready to be written in the reader's form.
type Value struct {
	Kind    Kind   `json:"kind"`
	Text    string `json:"text"`
	Key     string `json:"key,omitempty"`     // catalog id that names a choice, when it has one
	Private bool   `json:"private,omitempty"` // never to staff or logs
}
