package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"doudou/bot"
	"doudou/bot/sms"
	"doudou/dialogs"
	"doudou/dialogs/nlu"
	"doudou/knowledge"
	"doudou/locales"
)

// A content is all that Doudou says and knows, read and proved: the trees, the
// words, the facts, and the reader of messages.
type content struct {
	book      *dialogs.Book
	reader    *nlu.Model
	knowledge *knowledge.Knowledge
	words     *locales.Catalog
}

// loadContent reads the embedded files and refuses them if they break a rule. A
// date that has passed breaks none: texts do without a fact that has ended, and
// the service still starts.
func loadContent(p *program) (*content, error) {
	town, err := p.openTown()
	if err != nil {
		return nil, err
	}
	reader, err := p.openReader()
	if err != nil {
		return nil, err
	}
	c, problems, err := readContentWith(reader, town, p.now())
	if err != nil {
		return nil, err
	}
	problems = slices.DeleteFunc(problems, dialogs.Problem.Warning)
	if len(problems) > 0 {
		return nil, brokenError(problems)
	}
	return c, nil
}

// brokenError lists broken rules, a line each.
func brokenError(problems []dialogs.Problem) error {
	var lines []error
	for _, b := range problems {
		lines = append(lines, errors.New(b.String()))
	}
	return fmt.Errorf("the dialog trees or their words are broken; nothing was started:\n%w", errors.Join(lines...))
}

// readContent reads everything that is said in a town and returns the rules that
// it breaks. Its error says that a file cannot be read at all.
func readContent(town *knowledge.Knowledge, now time.Time) (*content, []dialogs.Problem, error) {
	reader, err := nlu.Default()
	if err != nil {
		return nil, nil, fmt.Errorf("read the phrases: %w", err)
	}
	return readContentWith(reader, town, now)
}

// readContentWith is the same for a reader that may have learned more phrases.
func readContentWith(reader *nlu.Model, town *knowledge.Knowledge, now time.Time) (*content, []dialogs.Problem, error) {
	c := content{knowledge: town, reader: reader}
	var err error
	if c.words, err = locales.Default(); err != nil {
		return nil, nil, fmt.Errorf("read the catalogs: %w", err)
	}
	book, problems := dialogs.Default()
	if book == nil || len(problems) > 0 {
		return nil, problems, nil
	}
	c.book = book
	return &c, c.check(now), nil
}

// check proves the trees, for what the town knows, and the routing for the trees.
func (c *content) check(now time.Time) []dialogs.Problem {
	problems := c.book.Check(c.surroundings(now))
	topics := slices.Concat(c.book.Dialogs(), c.book.Nodes())
	for _, r := range c.knowledge.Routing().Rules {
		for _, topic := range r.Topics {
			if !slices.Contains(topics, topic) {
				problems = append(problems, dialogs.Problem{File: r.File, Line: r.Line, Code: "K01", Text: "there is no dialog or node " + topic})
			}
		}
	}
	return append(problems, c.checkReplies(lintWords{Catalog: c.words, fact: c.fact(now)})...)
}

// surroundings tells the linter what the trees may rely on.
func (c *content) surroundings(now time.Time) dialogs.Surroundings {
	s := dialogs.Surroundings{
		Words:    lintWords{Catalog: c.words, fact: c.fact(now)},
		Intents:  c.reader.Intents(),
		Subjects: c.reader.Subjects(),
		Records:  bot.Records(),
		Today:    now.Format("2006-01-02"),
		FactInForce: func(id string) bool {
			_, ok := c.knowledge.Fact(id, now)
			return ok || c.waits(id, now)
		},
		SegmentBudget: segmentBudget,
		Released:      dialogs.Released(),
	}
	for _, t := range c.knowledge.Teams() {
		s.Teams = append(s.Teams, t.ID)
	}
	for _, f := range c.knowledge.Functions() {
		s.Functions = append(s.Functions, dialogs.Function{Name: f.Name, With: kinds(f.With), Optional: f.Optional, Sets: kinds(f.Sets), Item: kinds(f.Item)})
	}
	return s
}

// waits tells whether a fact is there for somebody to check, such as a town's
// telephone: until then texts do without it, and nothing is to mend.
func (c *content) waits(id string, now time.Time) bool {
	return slices.ContainsFunc(c.knowledge.Facts(), func(f knowledge.Fact) bool { return f.ID == id && f.State(now) == "unchecked" })
}

func kinds(names map[string]string) map[string]dialogs.Kind {
	if names == nil {
		return nil
	}
	out := make(map[string]dialogs.Kind, len(names))
	for name, kind := range names {
		out[name] = dialogs.Kind(kind)
	}
	return out
}

// segmentBudget is how many SMS segments a text and its choices may take: two
// in Latin scripts, three where a segment holds 67 characters.
func segmentBudget(lang string) int {
	if locales.Latin(lang) {
		return 2
	}
	return 3
}

func (c *content) fact(now time.Time) locales.Facts {
	return func(id string) (locales.Arg, bool) {
		f, ok := c.knowledge.Fact(id, now)
		return locales.Arg{Kind: f.Kind, Text: f.Value}, ok
	}
}

// lintWords shows the catalogs to the linter.
type lintWords struct {
	*locales.Catalog
	fact locales.Facts
}

// Facts returns the facts that a text quotes.
func (w lintWords) Facts(lang, key string) []string { return w.Catalog.Facts(lang, key) }

// Keys returns the ids of a language, without the names of languages: those are
// said by package bot, and only share their beginning with a dialog.
func (w lintWords) Keys(lang string) []string {
	return slices.DeleteFunc(slices.Clone(w.Catalog.Keys(lang)), func(key string) bool {
		code, found := strings.CutPrefix(strings.TrimSuffix(key, ".sms"), "language.")
		return found && len(code) == 2
	})
}

// longValue fills a text for measure: as long as a first name and a place.
const longValue = "Maison du Centre"

// Segments counts the SMS that a text takes with its choices.
func (w lintWords) Segments(lang, key string, choices []string) int {
	return w.measure(lang, key, choices).Segments
}

// measure measures a text as it would leave, its choices and the way to a person
// below it.
func (w lintWords) measure(lang, key string, choices []string) sms.Size {
	lines := []string{w.longest(lang, key)}
	person := false
	for i, c := range choices {
		lines = append(lines, strconv.Itoa(i+1)+" "+w.longest(lang, c))
		person = person || strings.HasSuffix(c, ".human")
	}
	if len(choices) > 0 && !person {
		lines = append(lines, w.longest(lang, "bot.zero"))
	}
	return sms.Measure(sms.Fit(strings.Join(lines, "\n")))
}

// longest writes a text with long values; a text that cannot be written is
// reported by other rules.
func (w lintWords) longest(lang, key string) string {
	args := map[string]locales.Arg{"PluralOf": {Kind: "count", Text: "5"}}
	for _, slot := range w.Slots(lang, key) {
		args[slot] = locales.Arg{Kind: "text", Text: longValue}
	}
	text, err := w.Text(lang, locales.Style{SMS: true}, locales.Line{Key: key, Args: args, Count: "PluralOf"}, w.fact)
	if err != nil {
		return ""
	}
	return text
}

// rehearsing returns a service that only rehearses.
func (c *content) rehearsing(p *program) (*bot.Service, error) {
	return bot.New(c.options(p, []bot.Carrier{
		{Channel: bot.Telegram, Style: locales.Style{Isolate: true}, Buttons: true},
		{Channel: bot.SMS, Style: locales.Style{SMS: true}, Pages: sms.Answer},
	}))
}

// options are the parts of a service that do not depend on where it runs.
func (c *content) options(p *program, carriers []bot.Carrier) bot.Options {
	return bot.Options{
		Book: c.book, Reader: c.reader, Knowledge: c.knowledge, Words: c.words,
		Carriers: carriers, Now: p.now, Draw: draw, NewID: shortID,
	}
}
