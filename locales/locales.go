// Package locales holds every word that Doudou speaks, one catalog a language,
// and nothing else speaks to people.
//
// A language is one file, active.<lang>.toml, of flat quoted keys: those that
// begin with "writing." say how it writes numbers and dates, all others are
// texts. A text quotes the answers of a family as {{.children}}, the number that
// rules its plural as {{.PluralCount}} and what the law says as
// {{.fact.smic_hourly}}; it does not compute. Beside a text may stand its ".sms" form, written for 160 characters,
// and its ".nofact" form, for the day when a fact that it quotes is out of date.
//
// The words of the staff's desk are in desk.<lang>.toml, read the same way.
package locales

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed *.toml
var files embed.FS

// Errors of a catalog.
var (
	// ErrNoText says that a language lacks a text, or the argument, the plural
	// number or the language itself that it would need.
	ErrNoText = errors.New("text cannot be written")
	// ErrNoFact says that a text quotes a fact that may not be spoken now, and
	// has no form without it.
	ErrNoFact = errors.New("fact cannot be spoken")
)

// An Arg is a value to be written in the reader's form. Kind is one of count,
// euros, yesno, choice, date, moment, postcode, text, percent, phone, age (in
// months), place; Text is the canonical form ("1234.50", "2027-01-31T09:30"); Key, when set, is a
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
type Catalog struct {
	languages []string
	books     map[string]*book
}

// Default reads the embedded catalogs.
func Default() (*Catalog, error) { return Read(files) }

// Desk reads the embedded catalogs of the staff's desk.
func Desk() (*Catalog, error) { return read(files, "desk") }

// Read reads active.<lang>.toml files at the top of fsys. Its error lists every
// text that is wrong, with file and line.
func Read(fsys fs.FS) (*Catalog, error) { return read(fsys, "active") }

// Languages returns the languages that have a catalog, French first.
func (c *Catalog) Languages() []string { return slices.Clone(c.languages) }

// Best returns the language of the catalogs that serves somebody who writes
// lang ("ar-latn" is answered in ar, "pt-BR" in pt); French when there is none.
func (c *Catalog) Best(lang string) string {
	lang = strings.ToLower(strings.ReplaceAll(lang, "_", "-"))
	base, _, _ := strings.Cut(lang, "-")
	for _, l := range []string{lang, base, umbrella(base)} {
		if _, ok := c.books[l]; ok {
			return l
		}
	}
	return "fr"
}

// umbrella names the written language of a spoken one: Arabic for its dialects.
func umbrella(lang string) string {
	switch lang {
	case "arq", "ary", "aeb", "arz", "apc", "apd", "ayl":
		return "ar"
	case "cmn", "yue", "wuu":
		return "zh"
	}
	return ""
}

// Text writes a line in a language. When the text quotes a fact that facts does
// not give, its ".nofact" form is written instead. A missing text, argument or
// form is an error, never a hole in a message.
func (c *Catalog) Text(lang string, s Style, l Line, facts Facts) (string, error) {
	b, ok := c.books[lang]
	if !ok {
		return "", fmt.Errorf("locales: no catalog in %q: %w", lang, ErrNoText)
	}
	m, quoted, err := b.choose(s, l.Key, facts)
	if err != nil {
		return "", err
	}
	data, err := b.fill(s, m, l, quoted)
	if err != nil {
		return "", err
	}
	text, err := b.write(m, data)
	if err != nil {
		return "", err
	}
	if s.Isolate && b.writing.rightToLeft {
		text = markLines(text)
	}
	return text, nil
}

// Format writes one value in the reader's form ("1 234,50 €", "mercredi 3 mars
// à 9h30"). It is an error when the value is not in the canonical form of its
// kind; the error does not hold the value.
func (c *Catalog) Format(lang string, s Style, a Arg) (string, error) {
	b, ok := c.books[lang]
	if !ok {
		return "", fmt.Errorf("locales: no catalog in %q: %w", lang, ErrNoText)
	}
	return b.format(s, a)
}

// Has tells whether a language has a text; with Slots, Facts and Keys it serves
// dialogs.Check.
func (c *Catalog) Has(lang, key string) bool {
	b, ok := c.books[lang]
	return ok && b.messages[key] != nil
}

// Slots returns the arguments that a text uses in any of its forms, sorted,
// without the facts and the plural number.
func (c *Catalog) Slots(lang, key string) []string {
	return c.collect(lang, key, func(m *message) []string { return m.slots })
}

// Facts returns the facts that a text quotes in any of its forms, sorted.
func (c *Catalog) Facts(lang, key string) []string {
	return c.collect(lang, key, func(m *message) []string { return m.facts })
}

// collect joins what the forms of a text use, sorted.
func (c *Catalog) collect(lang, key string, of func(*message) []string) []string {
	b, ok := c.books[lang]
	if !ok {
		return nil
	}
	var all []string
	for _, suffix := range []string{"", ".sms", ".nofact", ".sms.nofact", ".nofact.sms"} {
		if m := b.messages[key+suffix]; m != nil {
			all = append(all, of(m)...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Keys returns all ids of a language as they stand in its file, sorted.
func (c *Catalog) Keys(lang string) []string {
	b, ok := c.books[lang]
	if !ok {
		return nil
	}
	return slices.Clone(b.keys)
}

// RightToLeft tells whether a language is written from right to left.
func RightToLeft(lang string) bool {
	base, script, _ := strings.Cut(strings.ToLower(lang), "-")
	if strings.HasPrefix(script, "latn") {
		return false
	}
	switch base {
	case "ar", "arq", "ary", "aeb", "arz", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi":
		return true
	}
	return false
}
