// Package locales holds every word that Doudou speaks, one catalog a language,
// and nothing else speaks to people.
package locales

import "io/fs"

// An Arg is a value to be written in the reader's form. Kind is one of count,
// euros, yesno, choice, date, moment, postcode, text, percent, phone; Text is
// the canonical form ("1234.50", "2027-01-31T09:30"); Key, when set, is a
// catalog id that names the value (a choice).
type Arg struct{ Kind, Text, Key string }

// A Style is the form a text takes on a channel.
type Style struct {
	SMS     bool // prefer the short form, written for 160 characters
	Isolate bool // wrap values in direction isolates in right-to-left languages (Telegram, desk)
}

// A Line is a text to write: its id, what fills it, and the argument that rules
// its plural.
type Line struct {
	Key   string
	Args  map[string]Arg
	Count string
}

// A Facts returns the fact with this id, false when it is unknown, out of date
// or unchecked.
type Facts func(id string) (Arg, bool)

// A Catalog holds the words of all languages; safe for concurrent use.
type Catalog struct{}

// Default reads the embedded catalogs.
func Default() (*Catalog, error) { return &Catalog{}, nil }

// Read reads active.<lang>.toml files at the top of fsys.
func Read(fsys fs.FS) (*Catalog, error) { return &Catalog{}, nil }

// Languages returns the languages that have a catalog, French first.
func (c *Catalog) Languages() []string { return nil }

// Best returns the language of the catalogs that serves somebody who writes
// lang ("ar-latn" is answered in ar); French when there is none.
func (c *Catalog) Best(lang string) string { return "fr" }

// Text writes a line in a language. When the text quotes a fact that facts does
// not give, its ".nofact" form is written instead. A missing text, argument or
// form is an error, never a hole in a message.
func (c *Catalog) Text(lang string, s Style, l Line, facts Facts) (string, error) { return "", nil }

// Format writes one value in the reader's form ("1 234,50 €", "mer. 3 mars à 9h30").
func (c *Catalog) Format(lang string, s Style, a Arg) (string, error) { return "", nil }

// Has, Slots, Facts and Keys serve dialogs.Check; see dialogs.Words.
func (c *Catalog) Has(lang, key string) bool       { return false }
func (c *Catalog) Slots(lang, key string) []string { return nil }
func (c *Catalog) Facts(lang, key string) []string { return nil }
func (c *Catalog) Keys(lang string) []string       { return nil }

// RightToLeft tells whether a language is written from right to left.
func RightToLeft(lang string) bool { return lang == "ar" }
