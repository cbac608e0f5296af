// Package nlu reads what families really write: it turns a message into a
// language, an intent, values and, before anything else, urgency. It is pure
// and deterministic: the same text gives the same reading in every run.
//
// Danger is looked for first, in all languages at once. Then come the words
// that hold everywhere (STOP, 0, MENU), then an answer to the question that
// waits, then what the message asks for: the intent and, inside some intents,
// the subject. All that it knows is in files that people can edit: phrases by
// intent and by subject (phrases/), words that mean the same thing in ten
// languages, ways to call for help, abbreviations, numbers, dates and births
// (words/). The classifiers are trained on them at start, in about a second.
//
// What was not understood may be kept once [Mask] has taken out whose it is
// (names.tsv), and taught: see [With].
package nlu

import (
	"cmp"
	"io/fs"
	"strings"
	"sync"
	"time"
)

// A Context is what is known before a message is read.
type Context struct {
	Lang     string // the contact's language, "" when unknown
	Audience string // "parent", "childminder" or ""
	Expect   Expect // the question that waits
	Now      string // today, "2026-11-23", for dates said in words; "" when unknown

	Quarters []string // the names of the quarters of the town
}

// Expect is what the question that waits would take for an answer. Kind is one
// of count, euros, yesno, choice, date, moment, month, days, hours, numbers, postcode,
// phone, text, age, place, or "".
type Expect struct {
	Kind         string
	Min, Max     int
	Units        []string // of a count: the units of time that an answer may name
	Options      []Option
	Skip         bool
	Past, Future bool // of a date or a month: not after today, not before today
}

// An Option is a choice on the contact's screen: ID is what the tree calls it,
// Label what the contact reads, in the contact's language.
type Option struct{ ID, Label string }

// A Reading is a message understood, or known not to be.
type Reading struct {
	Lang string // "fr", "ar", ... ; "ar-latn" for Arabic in Latin letters

	Urgent bool
	Card   string // the safety card for an urgent message: danger, medical, violence, despair, baby, exhausted

	Global string // a word that holds everywhere: human, menu, back, help, language, erase, more, stop, start; "" when none
	Skip   bool   // the person would rather not answer the question
	Choice string // ID of the option that the message names
	Value  string // canonical answer to Expect (see dialogs.Kind)

	Intent  string
	Subject string  // what exactly is asked inside the intent, "" for the intent in general
	Score   float64 // 0 to 1, calibrated
	Zone    string  // answer, choose, person
	Top     []Scored

	// Values is whatever else the message gives: child_months ("18", "0" for one
	// who is not born yet), birth_date ("2025-03-12", past), date (today or
	// later), month ("2027-03", this one or later), half (morning, noon, afternoon,
	// evening), days ("monday,tuesday"), hours ("08:00-18:00"), places ("2"),
	// hours_day, hours_week, hours_month ("35", "8.50"), euros_month ("2500"),
	// euros_hour ("4.50"), children, postcode, quarter (a name of
	// Context.Quarters). What could be read in two ways is left out. Nil when it
	// gives nothing.
	Values map[string]string
}

// A Scored is an intent with its score.
type Scored struct {
	Intent string  `json:"intent"`
	Score  float64 `json:"score"`
}

// A Model is a trained reader, immutable and safe for concurrent use.
type Model struct {
	alarm      *alarm
	globals    map[string]string
	answers    *answers
	measure    *measure
	dates      *dateWords
	cues       *cueWords
	births     *dateWords
	languages  *languages
	classifier *classifier
}

// trained is the model of the embedded files, trained when it is first needed.
var trained = sync.OnceValues(func() (*Model, error) {
	phrases, err := readPhrases(files)
	if err != nil {
		return nil, err
	}
	return train(files, phrases)
})

// Default returns the model trained on the embedded phrase files. The first
// call trains it, in about a second; an error names the file and the line
// to put right.
func Default() (*Model, error) { return trained() }

// train makes a model from the word files and these phrases. The machines of the
// classifier are trained when all else is done: each needs room to work in.
func train(fsys fs.FS, phrases []Phrase) (*Model, error) {
	m := &Model{}
	var others error
	var wg sync.WaitGroup
	wg.Go(func() { others = m.trainOthers(fsys, phrases) })
	c, docs, err := newClassifier(fsys, phrases)
	wg.Wait()
	if err := cmp.Or(others, err); err != nil {
		return nil, err
	}
	c.train(phrases, docs)
	m.classifier = c
	return m, nil
}

// trainOthers makes all of the model but the classifier.
func (m *Model) trainOthers(fsys fs.FS, phrases []Phrase) error {
	var small []Phrase
	for _, read := range []func() error{
		func() (err error) { m.alarm, err = readAlarm(fsys, phrases); return },
		func() (err error) { m.globals, err = readGlobals(fsys); return },
		func() (err error) { m.answers, err = readAnswers(fsys); return },
		func() (err error) { m.measure, err = readMeasure(fsys); return },
		func() (err error) { m.dates, err = readDateWords(fsys, "words/dates.tsv"); return },
		func() (err error) { m.cues, err = readCues(fsys); return },
		func() (err error) { m.births, err = readDateWords(fsys, "words/births.tsv"); return },
		func() (err error) { small, err = readLanguages(fsys); return },
	} {
		if err := read(); err != nil {
			return err
		}
	}
	m.languages = trainLanguages(phrases, small)
	return nil
}

// Read reads one message. It never fails: what cannot be read is in the zone
// "person".
func (m *Model) Read(text string, c Context) Reading {
	raw := words(fold(text))
	out := Reading{Lang: m.languages.of(text, c.Lang), Zone: "person"}
	msg := m.classifier.prepare(text, out.Lang, c.Audience)
	var scores []float64
	if len(raw) > 0 {
		scores = m.classifier.scores(msg)
		out.take(m.classifier.top(scores, likeliest))
	}
	card, excused := m.urgency(stems(raw), msg, scores, out.Top)
	switch {
	case card != "":
		out.alarm(card)
		return out
	case excused || cardIntent(out.Intent): // what is no cry for help means something else
		out.take(m.classifier.top(m.classifier.calm(scores), likeliest))
	}
	out.Subject = m.classifier.subject(msg, out.Intent)
	if offers(raw) {
		out.offer()
		out.Lang = cmp.Or(c.Lang, out.Lang) // the word is printed in every language: it tells none
	}
	r := &reply{text: strings.ToValidUTF8(head(text), ""), lang: out.Lang, own: c.Lang, expect: c.Expect, words: raw, quarters: c.Quarters}
	r.now, _ = time.Parse(dayForm, c.Now)
	r.question = m.question(text, msg)
	r.asks = r.question || out.Zone == "answer" && out.Intent != outOfScope
	if out.Global = m.global(text, c.Expect); out.Global == "" {
		m.answer(r, &out)
	}
	out.Values = m.values(r)
	return out
}

// likeliest is how many intents a reading names.
const likeliest = 3

// question says whether a message is put as a question.
func (m *Model) question(text string, msg *message) bool {
	return strings.ContainsAny(text, "?؟？") || m.classifier.lexicon.hasKind(msg.meanings, "ask")
}

// take makes the first of the likeliest intents that of the reading.
func (r *Reading) take(top []Scored) {
	r.Top = top
	r.Intent, r.Score, r.Zone = top[0].Intent, top[0].Score, zone(top[0].Score)
}

// surely is the least score of a danger that is answered as one.
const surely = 0.9

// alarm makes the reading an urgent one: the intent of the card comes first.
func (r *Reading) alarm(card string) {
	r.Urgent, r.Card = true, card
	first := Scored{cardIntents[card], surely}
	top := []Scored{first}
	for _, s := range r.Top {
		if s.Intent == first.Intent {
			top[0].Score = max(first.Score, s.Score)
			continue
		}
		top = append(top, s)
	}
	for i := range top[1:] {
		top[i+1].Score = min(top[i+1].Score, 1-top[0].Score)
	}
	r.take(top[:min(likeliest, len(top))])
}

// Intents returns the ids of all intents, sorted.
func (m *Model) Intents() []string { return append([]string(nil), m.classifier.intents...) }
