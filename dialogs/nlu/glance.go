package nlu

import (
	"slices"
	"strconv"
)

// A glance is a message seen as numbers, days and the words beside them.
type glance struct {
	m      *Model
	r      *reply
	in     []string   // words, figures apart
	stems  []string   // the same as patterns see them
	units  [][]string // at each word
	cues   []mark
	all    []quantity // every number
	counts []quantity // the numbers that are one figure, no range and no limit
}

// glance looks at a message once.
func (m *Model) glance(r *reply) *glance { return m.glanceAt(r, withoutPhones(figures(r.text))) }

// glanceAt looks at the words of a message, however they were cut.
func (m *Model) glanceAt(r *reply, in []string) *glance {
	g := &glance{m: m, r: r, in: in}
	g.stems = stems(g.in)
	g.units = m.measure.unitsAt(g.in)
	g.cues = m.cues.find(g.stems, g.langs()...)
	g.all = m.measure.quantities(g.in, r.lang)
	if len(g.all) == 0 && r.own != "" {
		g.all = m.measure.quantities(g.in, r.own)
	}
	if len(g.all) > mostNumbers {
		g.all = nil
	}
	for i := range g.all {
		g.finish(&g.all[i], i)
	}
	for i, q := range g.all {
		if !g.vague(q, i) {
			g.counts = append(g.counts, q)
		}
	}
	return g
}

// mostNumbers is how many numbers somebody writes in a message that is meant to
// be read.
const mostNumbers = 50

// langs are the languages whose words count in the message.
func (g *glance) langs() []string {
	langs := []string{g.r.lang}
	if g.r.own != "" {
		langs = append(langs, g.r.own)
	}
	if g.r.lang == "ar-latn" { // who writes Arabic in Latin letters mixes French in
		langs = append(langs, home)
	}
	return langs
}

// pairs is how many groups of two figures make a telephone number.
const pairs = 4

// withoutPhones leaves out the figures of telephone numbers.
func withoutPhones(in []string) []string {
	out := in[:0:0]
	for i := 0; i < len(in); i++ {
		n := i
		for n < len(in) && len(in[n]) == 2 && allFigures(in[n]) {
			n++
		}
		if n-i >= pairs {
			out = append(out, "…")
			i = n - 1
			continue
		}
		out = append(out, in[i])
	}
	return out
}

// finish reads what belongs to a number besides its own words: the sign before
// it (€5), the figures after its unit (4€50, 8h30).
func (g *glance) finish(q *quantity, i int) {
	if n := q.to - 1; n > q.from && g.in[n] == "an" && q.to < len(g.in) && len(g.units[q.to]) > 0 { // 5 an hour
		q.units, q.to = nil, n
	}
	if q.units == nil && q.from > 0 && g.in[q.from-1] == "€" {
		q.units = []string{"euro"}
	}
	if !q.counts("euro") && !q.counts("hour") || q.cents != "" || q.half || q.to >= len(g.in) || len(g.in[q.to]) != 2 || !allFigures(g.in[q.to]) || i+1 < len(g.all) && g.all[i+1].units != nil && g.all[i+1].from == q.to {
		return
	}
	after, _ := strconv.Atoi(g.in[q.to])
	switch {
	case q.counts("euro"):
		q.cents = g.in[q.to]
	case after < 60:
		q.cents = strconv.Itoa(100 + after*100/60)[1:]
	default:
		return
	}
	q.to++
	if i+1 < len(g.all) && g.all[i+1].from < q.to { // the figures are no number of their own
		g.all[i+1] = quantity{from: q.to, to: q.to, units: []string{"minute"}}
	}
}

// vague says whether a number is one end of a range, one of several or a limit.
func (g *glance) vague(q quantity, i int) bool {
	if q.counts("minute") || g.near("limit", q, 1) {
		return true
	}
	return i > 0 && g.ends(g.all[i-1], q) || i+1 < len(g.all) && g.ends(q, g.all[i+1])
}

// ends says whether two numbers that follow each other are the ends of a
// range, or the one or the other: "2 ou 3 ans", "de 8h à 18h", "两三岁".
func (g *glance) ends(a, b quantity) bool {
	if a.units != nil && b.units != nil && !slices.Equal(a.units, b.units) {
		return false
	}
	if a.units != nil && b.units == nil && !g.touches("or", a.to, b.from) {
		return false
	}
	if b.from-a.to <= 2 && (g.has("between", a.from-2, a.from) || g.has("between", b.to, b.to+2)) {
		return true
	}
	switch {
	case a.to == b.from:
		return a.counts("hour") && b.counts("hour") || b.whole == a.whole+1 && a.units == nil
	case b.from-a.to > 3:
		return false
	}
	rises := a.whole < b.whole || a.counts("hour")
	return g.has("or", a.to, b.from) || b.from-a.to == 1 && g.has("elsewhere or", a.to, b.from) || rises && b.from-a.to <= 2 && g.has("to", a.to, b.from)
}

// has says whether a cue stands within these words.
func (g *glance) has(what string, from, to int) bool {
	return slices.ContainsFunc(g.cues, func(c mark) bool { return c.what == what && c.from >= from && c.to <= to })
}

// touches says whether a cue stands at least in part within these words.
func (g *glance) touches(what string, from, to int) bool {
	return slices.ContainsFunc(g.cues, func(c mark) bool { return c.what == what && c.from < to && c.to > from })
}

// near says whether a cue goes before a number, with at most so many words
// between.
func (g *glance) near(what string, q quantity, between int) bool {
	return slices.ContainsFunc(g.cues, func(c mark) bool { return c.what == what && c.to <= q.from && c.to >= q.from-between })
}

// ahead are the languages that say the period before the number: 每周35小时.
var ahead = []string{"tr", "ta", "bn", "zh"}

// period returns the unit of time that a number is counted by: "week" of
// "35 h par semaine", "day" of "ஒரு நாளைக்கு 8 மணி".
func (g *glance) period(q quantity) string {
	from, to := 0, len(g.in)
	for _, other := range g.all {
		switch {
		case g.one(other), other.counts("minute"):
		case other.to <= q.from:
			from = max(from, other.to)
		case other.from >= q.to:
			to = min(to, other.from)
		}
	}
	after := g.periodIn(q, q.to, min(to, q.to+5), 1)
	before := g.periodIn(q, q.from-1, max(from, q.from-5)-1, -1)
	if slices.Contains(ahead, g.r.lang) {
		after, before = before, after
	} else if from > 0 {
		before = ""
	}
	if after != "" {
		return after
	}
	return before
}

// one says whether a number is the "one" of a period: 一小时, ஒரு நாளைக்கு.
func (g *glance) one(q quantity) bool {
	return q.whole == 1 && !q.half && q.cents == "" && q.units != nil && !q.counts("euro") && !q.counts("child")
}

// periodIn returns the first unit of time from one word towards another.
func (g *glance) periodIn(q quantity, from, to, step int) string {
	for i := from; i != to && i >= 0 && i < len(g.in) && (to-i)*step > 0; i += step {
		for _, unit := range []string{"hour", "day", "week", "month", "year"} {
			if slices.Contains(g.units[i], unit) && !q.counts(unit) {
				return unit
			}
		}
	}
	return ""
}
