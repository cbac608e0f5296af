// Package nlu reads what families really write: it turns a message into a
// language, an intent, values and, before anything else, urgency. It is pure
// and deterministic: the same text gives the same reading in every run.
package nlu

// A Context is what is known before a message is read.
type Context struct {
	Lang     string // the contact's language, "" when unknown
	Audience string // "parent", "childminder" or ""
	Expect   Expect // the question that waits
	Now      string // today, "2026-11-23", for dates said in words; "" when unknown
}

// Expect is what the question that waits would take for an answer. Kind is one
// of count, euros, yesno, choice, date, moment, postcode, text, or "".
type Expect struct {
	Kind     string
	Min, Max int
	Options  []Option
	Skip     bool
}

// An Option is a choice on the contact's screen: ID is what the tree calls it,
// Label what the contact reads, in the contact's language.
type Option struct{ ID, Label string }

// A Reading is a message understood, or known not to be.
type Reading struct {
	Lang string // "fr", "ar", ... ; "ar-latn" for Arabic in Latin letters

	Urgent bool
	Card   string // the safety card for an urgent message: danger, medical, violence, despair, baby

	Global string // a word that holds everywhere: human, menu, back, help, language, erase, more, stop, start; "" when none
	Skip   bool   // the person would rather not answer the question
	Choice string // ID of the option that the message names
	Value  string // canonical answer to Expect (see dialogs.Kind)

	Intent string
	Score  float64 // 0 to 1, calibrated
	Zone   string  // answer, choose, person
	Top    []Scored

	Values map[string]string // whatever else the message gives: child_months, hours_week, euros_month, ...
}

// A Scored is an intent with its score.
type Scored struct {
	Intent string  `json:"intent"`
	Score  float64 `json:"score"`
}

// A Model is a trained reader, immutable and safe for concurrent use.
type Model struct{}

// Default returns the model trained on the embedded phrase files.
func Default() (*Model, error) { return &Model{}, nil }

// Read reads one message.
func (m *Model) Read(text string, c Context) Reading { return Reading{} }

// Intents returns the ids of all intents, sorted.
func (m *Model) Intents() []string { return nil }
