package dialogs

// An Effect is something that a turn wants done. Step does nothing itself: the
// caller commits all effects of a turn together, or none of them.
type Effect interface{ effect() }

// Say speaks to the contact. Several Says of one turn make one message.
type Say struct {
	Text    Text
	Dialog  string   // the question that shows Choices; "global" for one that
	Node    string   // stands in no tree ("choose", "lost")
	Choices []Choice // buttons on Telegram, digits by SMS; at most nine
	About   string   // what the service began it about, "" for the family's own; a Tap brings it back
}

// Handoff passes the contact to a person.
type Handoff struct {
	Team   string // id of a team; Caller when the tree leaves it to the dialog that was left
	Routed bool   // the tree said "caller": a routing table may know better than the owner
	Urgent bool
	Topic  string // dialog.node from which the person was called
	Brief  []BriefItem
}

// Caller as a Handoff team means: the team that owns the dialog that was left,
// or the default team.
const Caller = "caller"

// A BriefItem is a slot that staff may see, with its value.
type BriefItem struct {
	Slot  string `json:"slot"`
	Value Value  `json:"value"`
}

// Register asks for a seat at an event; the caller refuses the whole turn if no
// seat is left, and runs it again.
type Register struct{ Event string }

// Cancel gives a seat back.
type Cancel struct{ Event string }

// SetLanguage makes Lang the contact's language.
type SetLanguage struct{ Lang string }

// Forget erases the contact.
type Forget struct{}

// Note keeps a slot's value with the contact beyond the dialog (the language
// spoken on the telephone, the half-day to be called).
type Note struct{ Name, Value string }

// Record hands a fact to the service, to be kept with what else the turn does: a
// need, a place that is free. With holds the slots of it that are filled.
type Record struct {
	Name string
	With map[string]string
}

func (Say) effect()         {}
func (Handoff) effect()     {}
func (Register) effect()    {}
func (Cancel) effect()      {}
func (SetLanguage) effect() {}
func (Forget) effect()      {}
func (Note) effect()        {}
func (Record) effect()      {}

// A Library is what a dialog may look up. It may read a store, so it can fail:
// a failed look-up leads to the node's "fails" target, never to the family.
// Values are in canonical form (see Kind).
type Library interface {
	// Look runs the look-up named fn, with the slots that the tree passes, and
	// returns the values that the tree may set.
	Look(fn string, args map[string]string) (map[string]string, error)
	// List returns the choices that fn offers now, at most nine, each with its
	// "id" and the values that its label shows.
	List(fn string, args map[string]string) ([]map[string]string, error)
	// Seat tells whether the contact could get a seat at the event: "free",
	// "offered" (kept for them for a while), "mine" (already registered),
	// "waiting" (in the waiting list), "full", "early" or "late" (registration
	// does not open yet, or has closed), or "gone" (over, or unknown).
	Seat(event string) (string, error)
}

// A Function describes a look-up, or a record, to the linter and to the texts.
type Function struct {
	Name string
	With map[string]Kind // what it takes
	// Optional lists what it takes and can do without, so that a path may leave
	// it empty.
	Optional []string
	Sets     map[string]Kind // what Look gives
	Item     map[string]Kind // what each choice of List gives, beside "id"; nil when it does not list
}

// Words is what the linter must know of the catalogs.
type Words interface {
	Languages() []string
	Has(lang, key string) bool
	// Slots returns the arguments that the text uses, in all its plural forms
	// and its SMS form, without the facts.
	Slots(lang, key string) []string
	// Facts returns the facts that the text quotes.
	Facts(lang, key string) []string
	// Segments returns how many SMS segments the text takes with these choices
	// below it, its arguments filled with long values.
	Segments(lang, key string, choices []string) int
	// Keys returns all ids of a language.
	Keys(lang string) []string
}
