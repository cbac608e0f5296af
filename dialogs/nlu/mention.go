package nlu

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// The kinds of mentions.
const (
	exact     = iota // a day and a month, the year perhaps
	inMonth          // a month without a day
	weekday          // Monday
	fromToday        // tomorrow
)

// A mention is a day that a message speaks of.
type mention struct {
	kind             int
	year, month, dom int // zero what is not said
	weekday          int // Monday is 1
	away             int // days from today
	from, to         int // words
	swapped          bool
	birth            bool // the day of a birth
}

// days lists the days of a message in order.
func (g *glance) days() []mention {
	var out []mention
	hits := g.dayWords()
	for i := 0; i < len(g.in); i++ {
		d, ok := g.mentionAt(i, hits)
		if !ok {
			continue
		}
		out = append(out, d)
		i = d.to - 1
	}
	return out
}

// A dayWord is a name of a month, a day or a distance from today.
type dayWord struct {
	what string
	to   int
}

// dayWords finds the longest such word that begins at each word. Two days of
// the week in another language are days all the same: "de segunda a sexta" is
// as good as Spanish.
func (g *glance) dayWords() map[int]dayWord {
	found, foreign := map[int]dayWord{}, map[string]map[int]dayWord{}
	dates, langs := g.m.dates, append(g.langs(), home)
	dates.patterns.find(g.stems, func(h hit) {
		e := dates.entries[h.pattern]
		in := found
		if !speaks(e, langs) {
			if foreign[e.lang] == nil {
				foreign[e.lang] = map[int]dayWord{}
			}
			in = foreign[e.lang]
		}
		old := in[h.from]
		month := old.to == h.to && e.id[0] == 'm' && old.what[0] == 'd' // سبتمبر begins like Saturday
		if (old.to < h.to || month) && !g.otherwise(e.id, h.from, h.to) {
			in[h.from] = dayWord{e.id, h.to}
		}
	})
	for _, of := range foreign {
		if len(of) < 2 {
			continue
		}
		for i, w := range of {
			if w.what[0] == 'd' && found[i].to < w.to {
				found[i] = w
			}
		}
	}
	return found
}

// otherwise says whether a word that could be a day is something else: the
// article and the number of Arabic (اثنين is two), 周五天 (five days a week).
func (g *glance) otherwise(what string, from, to int) bool {
	switch {
	case what == "today" && g.stems[from] == "يوم": // يوم is any day, في اليوم each day
		return g.in[from] == "يوم" || from > 0 && (g.in[from-1] == "في" || g.in[from-1] == "ب")
	case what == "tomorrow":
		return g.inside("morning", from) || slices.Contains(g.units[from], "day")
	case what[0] != 'd':
		return false
	case to < len(g.in) && slices.Contains([]string{"天", "次", "个"}, g.in[to]):
		return true
	case what == "d1" || what == "d7":
		return (g.stems[from] == "اثنين" || strings.HasPrefix(g.stems[from], "احد")) && !strings.HasPrefix(g.in[from], "ال") && !strings.Contains(g.in[from], "ال") && (from == 0 || g.stems[from-1] != "يوم")
	}
	return false
}

// inside says whether a word is the end of a longer cue: "por la mañana".
func (g *glance) inside(what string, at int) bool {
	return slices.ContainsFunc(g.cues, func(c mark) bool { return c.what == what && c.to-c.from > 1 && at >= c.from && at < c.to })
}

// mentionAt reads the day that begins at a word.
func (g *glance) mentionAt(i int, hits map[int]dayWord) (mention, bool) {
	if d, ok := g.chineseAt(i); ok {
		return d, true
	}
	if d, ok := g.figuresAt(i); ok {
		return d, true
	}
	if d, ok := g.spacedAt(i); ok {
		return d, true
	}
	if d, ok := g.dayOfMonth(i, hits); ok {
		return d, true
	}
	w, ok := hits[i]
	if !ok {
		return mention{}, false
	}
	switch {
	case w.what[0] == 'm':
		return g.monthAt(i, w), true
	case w.what[0] == 'd':
		n := int(w.what[1] - '0')
		if g.ofNumber(i, hits) {
			return mention{}, false
		}
		return mention{kind: weekday, weekday: n, from: i, to: w.to}, true
	}
	return mention{kind: fromToday, away: away[w.what], from: i, to: w.to}, true
}

// ofNumber says whether a word is what a number counts: "18 luni" is months,
// and "segunda filha" no Monday. The 一 of 周一周二 counts nothing.
func (g *glance) ofNumber(i int, hits map[int]dayWord) bool {
	for _, q := range g.all {
		if i > q.from && i < q.to && q.units != nil && hits[q.from-1].to <= q.from {
			return true
		}
	}
	return g.r.lang == "pt" && i+1 < len(g.in) && g.has("child", i+1, i+2)
}

// figuresAt reads "12/03/2025", "12/03", "03/2025".
func (g *glance) figuresAt(i int) (mention, bool) {
	w := g.in[i]
	if g.counted(i) || w == "1/2" {
		return mention{}, false
	}
	parts := strings.FieldsFunc(w, func(r rune) bool { return strings.ContainsRune("/.-", r) })
	if len(parts) < 2 || len(parts) > 3 || strings.ContainsAny(w, ",:") || len(parts) == 2 && !strings.Contains(w, "/") {
		return mention{}, false
	}
	n := make([]int, len(parts))
	for k, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || len(p) > 4 {
			return mention{}, false
		}
		n[k] = v
	}
	d := mention{kind: exact, from: i, to: i + 1}
	switch {
	case len(n) == 3 && n[0] > 31:
		d.year, d.month, d.dom = n[0], n[1], n[2]
	case len(n) == 3:
		d.year, d.month, d.dom = n[2], n[1], n[0]
	case n[1] >= 1900 && n[1] < 2200:
		d.kind, d.year, d.month = inMonth, n[1], n[0]
	case i+1 < len(g.in) && len(g.units[i+1]) > 0:
		return mention{}, false
	default:
		d.month, d.dom = n[1], n[0]
	}
	if d.year > 0 && d.year < 100 {
		d.year += 2000
	}
	d.swapped = d.dom <= 12 && d.dom != d.month && n[0] <= 31
	return d, d.month >= 1 && d.month <= 12
}

// spacedAt reads "15 06 2026".
func (g *glance) spacedAt(i int) (mention, bool) {
	year, ok := g.yearAt(i + 2)
	if !ok || len(g.in[i]) != 2 || len(g.in[i+1]) != 2 || !allFigures(g.in[i]) || !allFigures(g.in[i+1]) {
		return mention{}, false
	}
	d := mention{kind: exact, year: year, from: i, to: i + 3}
	d.dom, _ = strconv.Atoi(g.in[i])
	d.month, _ = strconv.Atoi(g.in[i+1])
	return d, d.month >= 1 && d.month <= 12
}

// fillers may stand between a day, its month and its year.
var fillers = []string{"er", "de", "of", "the", "th", "st", "nd", "rd", "eme", "e", "do", "del", "من", "ই", "শে", "লা", "রা", "ஆம்", "তারিখ", "d", "from", "ta", "te", "في"}

// skip returns the next word that is no filler.
func (g *glance) skip(i int) int {
	for n := 0; n < 2 && i < len(g.in) && slices.Contains(fillers, g.in[i]); n++ {
		i++
	}
	return i
}

// dayOfMonth reads "12 mars", "1er mars 2027", "doce de marzo".
func (g *glance) dayOfMonth(i int, hits map[int]dayWord) (mention, bool) {
	dom, to := 0, i
	if allFigures(g.in[i]) && len(g.in[i]) <= 2 {
		dom, _ = strconv.Atoi(g.in[i])
		to = i + 1
	} else if dom, to = g.m.measure.numbers.read(g.in, i, g.r.lang); to == i {
		if g.in[i] != "premier" && g.in[i] != "primero" && g.in[i] != "first" && g.in[i] != "primeiro" {
			return mention{}, false
		}
		dom, to = 1, i+1
	}
	at := g.skip(to)
	w, ok := hits[at]
	if !ok || w.what[0] != 'm' || dom < 1 || dom > 31 {
		return mention{}, false
	}
	d := g.monthAt(at, w)
	if d.kind == exact { // "12 mars 15": the figures after the month are no day
		d.to = w.to
	}
	d.kind, d.dom, d.from = exact, dom, i
	return d, true
}

// monthAt reads "mars", "mars 2025", "March 12", "March 12, 2025".
func (g *glance) monthAt(i int, w dayWord) mention {
	month, _ := strconv.Atoi(w.what[1:])
	d := mention{kind: inMonth, month: month, from: i, to: w.to}
	at := g.skip(w.to)
	if year, ok := g.yearAt(at); ok {
		d.year, d.to = year, at+1
		return d
	}
	if at >= len(g.in) || len(g.in[at]) > 2 || !allFigures(g.in[at]) || at+1 < len(g.in) && len(g.units[at+1]) > 0 {
		return d
	}
	d.dom, _ = strconv.Atoi(g.in[at])
	d.kind, d.to = exact, at+1
	at = g.skip(d.to)
	if year, ok := g.yearAt(at); ok {
		d.year, d.to = year, at+1
	}
	return d
}

// yearAt reads a year of four figures.
func (g *glance) yearAt(i int) (int, bool) {
	if i >= len(g.in) || len(g.in[i]) != 4 || !allFigures(g.in[i]) {
		return 0, false
	}
	year, _ := strconv.Atoi(g.in[i])
	return year, year >= 1900 && year < 2200
}

// chineseAt reads "2025年3月12日", "3月12日", "2025年4月".
func (g *glance) chineseAt(i int) (mention, bool) {
	d := mention{from: i, to: i}
	part := func(signs ...string) int {
		if d.to >= len(g.in) {
			return 0
		}
		n, to := g.m.measure.numbers.read(g.in, d.to, "zh")
		if allFigures(g.in[d.to]) && len(g.in[d.to]) <= 4 {
			n, _ = strconv.Atoi(g.in[d.to])
			to = d.to + 1
		}
		if to >= len(g.in) || to == d.to || !slices.Contains(signs, g.in[to]) {
			return 0
		}
		d.to = to + 1
		return n
	}
	d.year = part("年")
	d.month = part("月")
	if d.month < 1 || d.month > 12 {
		return mention{}, false
	}
	d.kind = inMonth
	if d.dom = part("日", "号"); d.dom > 0 {
		d.kind = exact
	}
	return d, d.kind == exact || d.year > 0
}

// day is the day that a mention means; dom stands for a day that is not said.
func (d mention) day(c calendar, dom int) (time.Time, bool) {
	if d.dom > 0 {
		dom = d.dom
	}
	switch {
	case d.kind == weekday:
		return c.weekday(d.weekday)
	case d.kind == fromToday:
		return c.away(d.away)
	case d.year > 0:
		return date(d.year, d.month, dom)
	}
	return c.nearest(d.month, dom)
}
