package desk

import (
	"net/http"
	"strings"

	"doudou/bot"
	"doudou/locales"
)

// Answers are what staff may send by key; *bot.Shelf satisfies it.
type Answers interface {
	// Find returns the answers that a search in French means, the best first.
	Find(query string) []bot.Approved
	// Get returns one answer, false when there is none with this key.
	Get(key string) (bot.Approved, bool)
	// Suggest returns at most three answers for what a family last wrote.
	Suggest(text, lang, topic string) []bot.Approved
}

// An offered is an answer as the agent may pick it.
type offered struct {
	Key, Title, Text string
	Lang             string // of the text
	Until            string // last day on which it may be said, "" when no end is known
	Ended            bool   // what it states is out of date: it may not leave
	Missing          bool   // the family's language lacks it: it would leave in French
	Proof            string // who has proofread the family's language, "" for nobody
	Sources          []source
}

// A source is where something that an answer states comes from.
type source struct{ Title, Address string }

// A shelf is what the page of answers shows.
type shelf struct {
	ID, Query, Language string
	Found               []offered
	Over                int // answers that are not shown
	Letter
}

// A Letter is a message under way, that goes from form to form until it leaves:
// answers that were picked before, and the agent's own words.
type Letter struct {
	Picks []inLetter
	Text  string
	Seen  int
	Free  bool // the agent may add words of their own
	Max   int
}

// An inLetter is an answer that is already in the message, as a form carries it.
type inLetter struct{ Title, Value string }

// maxOffered is how many answers a page shows: who does not find searches.
const maxOffered = 40

// answerable returns the case of the address, for an agent who may answer it.
func (d *desk) answerable(v *visit) (bot.Case, error) {
	if d.Answers == nil {
		return bot.Case{}, errNoPage
	}
	c, err := d.seen(v)
	if err == nil && c.State == bot.Closed {
		err = errClosed
	}
	return c, err
}

// answersPage is the list to pick from. A message that is under way comes with
// the form, and changes nothing.
func (d *desk) answersPage(v *visit) error {
	c, err := d.answerable(v)
	if err != nil {
		return err
	}
	if key := v.field("key"); key != "" && v.field("do") == "open" {
		return d.openAnswer(v, c, key)
	}
	return d.showAnswers(v, c, nil)
}

// showAnswers shows the list; more are the answers that the message holds.
func (d *desk) showAnswers(v *visit, c bot.Case, more []bot.Pick) error {
	query := strings.TrimSpace(v.r.FormValue("q"))
	letter, err := d.letter(v, c, more)
	if err != nil {
		return err
	}
	data := shelf{ID: string(c.ID), Query: query, Language: d.languageName(v.lang, c.Lang), Letter: letter}
	found := d.Answers.Find(query)
	data.Over = max(0, len(found)-maxOffered)
	for _, a := range found[:min(len(found), maxOffered)] {
		data.Found = append(data.Found, d.offer(v.lang, c, a))
	}
	return d.show(v, http.StatusOK, "answers", page{Title: "desk.answer.title", Tab: "list", Data: data})
}

// offer writes an answer as an agent reads it before they pick it.
func (d *desk) offer(lang string, c bot.Case, a bot.Approved) offered {
	family := d.Words.Best(c.Lang)
	o := offered{Key: a.ID, Title: a.Title, Lang: d.Words.Best(lang), Ended: a.Ended != "", Missing: !d.Words.Has(family, a.ID)}
	line := locales.Line{Key: a.ID, Args: map[string]locales.Arg{}}
	for _, b := range a.Blanks {
		line.Args[b.Name] = locales.Arg{Kind: "text", Text: "…"}
	}
	if text, err := d.Words.Text(o.Lang, locales.Style{}, line, d.factNow); err == nil {
		o.Text = text
	}
	if !a.Until.IsZero() {
		o.Until = d.day(lang, a.Until)
	}
	if p, ok := a.Proofread[family]; ok {
		o.Proof = p.By + ", " + d.day(lang, p.On)
	}
	for _, f := range a.Quotes {
		if s := (source{f.Source, f.Address}); len(o.Sources) == 0 || o.Sources[len(o.Sources)-1] != s {
			o.Sources = append(o.Sources, s)
		}
	}
	return o
}

// factNow gives the catalogs a fact that may be spoken today.
func (d *desk) factNow(id string) (locales.Arg, bool) {
	f, ok := d.Knowledge.Fact(id, d.Now())
	return locales.Arg{Kind: f.Kind, Text: f.Value}, ok
}

// maxHeard is how many of the family's last messages are read for suggestions.
const maxHeard = 3

// suggestions are the answers that the page of a case offers.
func (d *desk) suggestions(v *visit, c bot.Case) ([]offered, error) {
	lines, err := d.Cases.Thread(v.r.Context(), c.Contact, maxLines)
	return d.suggest(v.lang, c, lines), err
}

// suggest offers answers for what the family has written last.
func (d *desk) suggest(lang string, c bot.Case, lines []bot.Line) []offered {
	if d.Answers == nil {
		return nil
	}
	var heard []string
	for i := len(lines) - 1; i >= 0 && len(heard) < maxHeard; i-- {
		switch l := lines[i]; {
		case l.Speaker == bot.Staff:
			i = 0 // what came before was answered
		case l.Speaker == bot.Family && !l.Masked && l.Text != "" && (l.Case == c.ID || l.Case == ""):
			heard = append([]string{l.Text}, heard...)
		}
	}
	if len(heard) == 0 {
		return nil
	}
	var list []offered
	for _, a := range d.Answers.Suggest(strings.Join(heard, "\n"), c.Lang, c.Topic) {
		list = append(list, d.offer(lang, c, a))
	}
	return list
}
