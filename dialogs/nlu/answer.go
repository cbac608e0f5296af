package nlu

import (
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"
)

// answers are the words that answer a question: yes, no, skip, the first, the
// last, or.
type answers struct {
	entries  []answerWord // by pattern
	patterns *patternSet
	whole    map[string][]string // entry, as joined words: what it answers
}

// An answerWord is one entry: what it answers and in which language.
type answerWord struct {
	id, lang string
	plain    bool // in Latin letters, which other languages use for other words
}

func readAnswers(fsys fs.FS) (*answers, error) {
	a := &answers{whole: map[string][]string{}}
	var all []pattern
	err := table(fsys, "words/answers.tsv", 3, func(c []string) error {
		for _, text := range strings.Split(c[2], "|") {
			p, err := compile(len(all), text)
			if err != nil {
				return err
			}
			all = append(all, p)
			in := words(fold(text))
			a.entries = append(a.entries, answerWord{c[0], c[1], ascii(in[0])})
			whole := strings.Join(in, " ")
			a.whole[whole] = append(a.whole[whole], c[0])
		}
		return nil
	})
	a.patterns = newPatternSet(all)
	return a, err
}

// found lists what the words of a reply answer, each once, in order. Inside a
// message, the words of another language than the reply's and the contact's
// mean something else: "la" is no in Arabic and an article in French.
func (a *answers) found(r *reply, in []string) []string {
	type place struct {
		from, to int
		id       string
	}
	var places []place
	a.patterns.find(stems(in), func(h hit) {
		e := a.entries[h.pattern]
		if len(in) == 1 || !e.plain || e.lang == everyone || e.lang == r.lang || e.lang == r.own {
			places = append(places, place{h.from, h.to, e.id})
		}
	})
	var out []string
	for _, p := range places {
		inside := slices.ContainsFunc(places, func(q place) bool {
			return q.from <= p.from && q.to >= p.to && q.to-q.from > p.to-p.from
		})
		if !inside && !slices.Contains(out, p.id) {
			out = append(out, p.id)
		}
	}
	return out
}

// A reply is a message in the light of the question that waits.
type reply struct {
	text   string
	lang   string
	own    string // the contact's language
	expect Expect
	words  []string // folded
	now    time.Time
	// quarters are the names of those of the town.
	quarters []string
	offer    bool // what an offer says after its first word
	// question says that the message is put as a question, asks that it means
	// one, or something of its own.
	question, asks bool
}

// shortReply is the number of words up to which a message that answers the
// question is not taken for a question of its own.
const shortReply = 4

// loose says whether a message is too much of a question to be an answer: long
// and with a clear intent, or with a question mark.
func (r *reply) loose(other int) bool {
	return other > shortReply && r.asks
}

// answer reads a message as the answer to the question that waits.
func (m *Model) answer(r *reply, out *Reading) {
	if r.expect.Skip && slices.Contains(m.answers.whole[strings.Join(r.words, " ")], "skip") {
		out.Skip = true
		return
	}
	switch r.expect.Kind {
	case "count":
		out.Value = m.count(r)
	case "euros":
		out.Value = m.euros(r)
	case "yesno":
		out.Value = m.yesNo(r)
	case "date", "moment":
		out.Value = m.when(r)
	case "postcode":
		out.Value = postcode(figures(r.text))
	case "age":
		out.Value = m.age(r)
	case "days":
		out.Value = m.days(r)
	case "hours":
		out.Value = m.hours(r)
	case "month":
		out.Value = m.month(r)
	case "numbers":
		out.Value = m.numbers(r)
	case "phone":
		out.Value = phone(r.text)
	case "place":
		if !r.question || len(r.words) <= 2 {
			out.Value = strings.TrimSpace(r.text)
		}
	case "text":
		if !r.question || len(r.words) <= shortReply {
			out.Value = strings.TrimSpace(r.text)
		}
	}
	if len(r.expect.Options) > 0 {
		out.Choice = m.choice(r)
	}
}

// count reads a whole number: "2", "deux enfants", "j'en ai 2".
func (m *Model) count(r *reply) string {
	q, ok := m.only(r)
	if !ok || q.cents != "" || q.half || slices.ContainsFunc(q.units, r.expect.unasked) {
		return ""
	}
	if !r.expect.holds(q.whole) {
		return ""
	}
	return strconv.Itoa(q.whole)
}

// euros reads an amount of money: "2 500 €", "5,60", "1200e".
func (m *Model) euros(r *reply) string {
	q, ok := m.only(r)
	if !ok || len(q.units) > 0 && !q.counts("euro") && !q.counts("hour") && !q.counts("month") || !r.expect.holds(q.whole) {
		return ""
	}
	return q.amount()
}

// only returns the one number of a reply; not ok when there is none, several,
// a unit of time that the question did not ask for ("35 par semaine"), or when
// the reply is a question of its own.
func (m *Model) only(r *reply) (quantity, bool) {
	in := figures(r.text)
	all := m.measure.quantities(in, r.lang)
	if len(all) == 0 {
		all = m.measure.quantities(in, r.own)
	}
	if len(all) != 1 || negative(r.text) {
		return quantity{}, false
	}
	q := all[0]
	for i, units := range m.measure.unitsAt(in) {
		if i >= q.from && i < q.to {
			continue
		}
		if slices.ContainsFunc(units, r.expect.elsewhere) {
			return q, false
		}
	}
	other := len(in) - (q.to - q.from)
	if r.question && other > 1 { // "c'est quoi une mam": an article, not a figure
		return q, false
	}
	return q, !r.loose(other)
}

// negative says whether a number stands below zero.
func negative(text string) bool {
	text = strings.TrimSpace(text)
	return strings.HasPrefix(text, "-") || strings.HasPrefix(text, "−")
}

// holds says whether a number is within the bounds of the question.
func (e Expect) holds(n int) bool {
	return (e.Min == 0 || n >= e.Min) && (e.Max == 0 || n <= e.Max)
}

// unasked says whether a number of this unit answers another question: two years
// are not two children.
func (e Expect) unasked(unit string) bool {
	return unit == "euro" || unit == "month" && !slices.Contains(e.Units, unit) || e.elsewhere(unit)
}

// elsewhere says the same of a unit that stands beside the number: 35 hours a
// week are not those of a month.
func (e Expect) elsewhere(unit string) bool {
	return slices.Contains([]string{"day", "week", "year", "smic"}, unit) && !slices.Contains(e.Units, unit)
}

// yesNo reads yes or no, when the message says one of them and not both.
func (m *Model) yesNo(r *reply) string {
	if r.loose(len(r.words)) || len(r.words) > 2*shortReply {
		return ""
	}
	if v := yesOrNo(m.answers.whole[strings.Join(r.words, " ")]); v != "" {
		return v
	}
	if len(r.words) <= shortReply {
		return yesOrNo(m.answers.found(r, r.words))
	}
	return yesOrNo(m.answers.found(r, r.words[:1]))
}

// yesOrNo returns the one that is there alone.
func yesOrNo(found []string) string {
	yes, no := slices.Contains(found, "yes"), slices.Contains(found, "no")
	switch {
	case yes && !no:
		return "yes"
	case no && !yes:
		return "no"
	}
	return ""
}

// postcode reads the five figures of a French postcode.
func postcode(in []string) string {
	found := ""
	for _, w := range in {
		if len(w) != 5 || !allFigures(w) || w < "01000" || w > "98999" {
			continue
		}
		if found != "" && found != w {
			return ""
		}
		found = w
	}
	return found
}
