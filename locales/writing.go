package locales

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// A writing is how a language writes numbers and dates. It stands in the
// language's own catalog, under keys that begin with "writing.", so that a new
// language is a new file and nothing else. In patterns, no-break spaces are
// written as such (\u00a0, \u202f); they become ordinary ones in the SMS of
// left-to-right languages.
type writing struct {
	rightToLeft bool
	forms       []string // plural forms that a text needs

	group, decimal string // 1 234,50
	euros, percent string // {n} is the number

	months    []string // January first
	days      []string // Sunday first
	shortDays []string // by SMS; nil: the long ones
	first     string   // the first of the month ("1er"); "": a figure
	date      string   // {day} {month} {year}
	moment    string   // {weekday} {day} {month} {time}
	clock     string   // {h} {mm}
	hour      string   // a full hour; "": as clock
	month     string   // {month} {year}
	hours     string   // {from} and {to}, of one day
	through   string   // {from} and {to}, days of the week in a row
	comma     string   // between the parts of a list but the last two
	and       string   // {a} and {b}: the last two

	yes, no string
}

// writingPrefix begins the keys that are no texts.
const writingPrefix = "writing."

// takeWriting takes the writing keys out of the entries of a catalog.
func takeWriting(lang string, entries map[string]any) (writing, error) {
	t := &taker{entries: entries}
	w := writing{
		rightToLeft: RightToLeft(lang), forms: pluralForms(lang),
		group: t.text("group"), decimal: t.text("decimal"),
		euros: t.pattern("euros", "n"), percent: t.pattern("percent", "n"),
		months: t.names("months", 12), days: t.names("days", 7), shortDays: t.names("days_short", 0, 7),
		first: t.perhaps("first"), date: t.pattern("date", "day", "month", "year"),
		moment: t.pattern("moment", "weekday", "day", "month", "time"),
		clock:  t.pattern("clock", "h", "mm"), hour: t.perhaps("hour"),
		month: t.pattern("month", "month", "year"), hours: t.pattern("hours", "from", "to"), through: t.pattern("through", "from", "to"),
		comma: t.text("comma"), and: t.pattern("and", "a", "b"),
		yes: t.text("yes"), no: t.text("no"),
	}
	for key := range entries {
		if strings.HasPrefix(key, writingPrefix) {
			t.refuse(key, "is not known")
			delete(entries, key)
		}
	}
	return w, errors.Join(t.wrong...)
}

// A taker takes keys out of a catalog and notes what is wrong with them.
type taker struct {
	entries map[string]any
	wrong   []error
}

func (t *taker) refuse(key, format string, args ...any) {
	t.wrong = append(t.wrong, fmt.Errorf("%q %s", key, fmt.Sprintf(format, args...)))
}

func (t *taker) take(name string) (any, bool) {
	v, ok := t.entries[writingPrefix+name]
	delete(t.entries, writingPrefix+name)
	return v, ok
}

// perhaps takes a text that a language may do without.
func (t *taker) perhaps(name string) string {
	v, ok := t.take(name)
	s, isText := v.(string)
	if ok && !isText {
		t.refuse(writingPrefix+name, "must be a text")
	}
	return s
}

func (t *taker) text(name string) string {
	s := t.perhaps(name)
	if s == "" {
		t.refuse(writingPrefix+name, "is missing: see active.fr.toml for what it says")
	}
	return s
}

// pattern takes a text that must hold {each} of the names.
func (t *taker) pattern(name string, holds ...string) string {
	s := t.text(name)
	for _, h := range holds {
		if s != "" && !strings.Contains(s, "{"+h+"}") {
			t.refuse(writingPrefix+name, "must hold {%s}", h)
		}
	}
	return s
}

// names takes a list of so many names.
func (t *taker) names(name string, so ...int) []string {
	v, _ := t.take(name)
	list, _ := v.([]any)
	var names []string
	for _, item := range list {
		if s, ok := item.(string); ok && s != "" {
			names = append(names, s)
		}
	}
	if len(names) != len(list) || !slices.Contains(so, len(names)) {
		t.refuse(writingPrefix+name, "must be a list of %d names", so[len(so)-1])
	}
	return names
}

// pluralForms returns the forms that a language needs for the numbers of this
// service: those that CLDR gives to 0 to 200, whole or with a half. (French,
// Spanish and Portuguese have one more, for whole millions.)
func pluralForms(lang string) []string {
	tag := language.Make(lang)
	reached := map[plural.Form]bool{plural.Other: true}
	for n := range 201 {
		reached[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)] = true
		reached[plural.Cardinal.MatchPlural(tag, n, 1, 1, 5, 5)] = true
	}
	var list []string
	for i, form := range []plural.Form{plural.Zero, plural.One, plural.Two, plural.Few, plural.Many, plural.Other} {
		if reached[form] {
			list = append(list, allForms()[i])
		}
	}
	return list
}

// Latin tells whether a language is written in Latin letters, which an SMS
// holds 160 of; of other letters it holds 70.
func Latin(lang string) bool {
	script, _ := language.Make(lang).Script()
	return script.String() == "Latn"
}
