package nlu

import (
	"slices"
	"strings"
)

// shortNames are the days as answers name them.
var shortNames = [...]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// A weekSet holds days of the week; Monday is 1.
type weekSet [8]bool

// mark sets the days from one to another, on through Sunday.
func (s *weekSet) mark(from, to int, on bool) {
	for n := from; ; n = n%7 + 1 {
		if s[n] = on; n == to {
			return
		}
	}
}

// String writes the days in the order of the week: "mon|tue|thu".
func (s *weekSet) String() string {
	var out []string
	for n, named := range s {
		if named {
			out = append(out, shortNames[n-1])
		}
	}
	return strings.Join(out, "|")
}

// days reads the days of a week: "lundi mardi jeudi", "lun-ven", "tous les
// jours sauf le mercredi". Days to choose from ("lundi ou mardi") are not read.
func (m *Model) days(r *reply) string {
	in, dashes := dashed(r.text, "-–—→~>")
	g := m.glanceAt(r, in)
	var set weekSet
	named := g.rows()
	if r.loose(g.beside(func(i int) bool {
		return slices.ContainsFunc(named, func(d row) bool { return i >= d.from && i < d.to })
	})) {
		return ""
	}
	for i, d := range named {
		if i > 0 && g.has("or", named[i-1].to, d.from) {
			return ""
		}
		switch {
		case g.leftOut(d):
		case i > 0 && d.first == d.last && named[i-1].first == named[i-1].last && g.through(named[i-1], d, dashes):
			set.mark(named[i-1].last, d.first, true)
		default:
			set.mark(d.first, d.last, true)
		}
	}
	for _, d := range named {
		if g.leftOut(d) {
			set.mark(d.first, d.last, false)
		}
	}
	return set.String()
}

// A row is a day of the week that a message names, or several in a row.
type row struct{ first, last, from, to int }

// stretches are the words that name several days at once.
var stretches = map[string]row{"everyday": {first: 1, last: 5}, "allweek": {first: 1, last: 7}, "weekend": {first: 6, last: 7}}

// rows lists the days that a message names, in its order.
func (g *glance) rows() []row {
	var out []row
	for _, d := range g.days() {
		if d.kind == weekday {
			out = append(out, row{d.weekday, d.weekday, d.from, d.to})
		}
	}
	for _, c := range g.cues {
		if s, ok := stretches[c.what]; ok {
			out = append(out, row{s.first, s.last, c.from, c.to})
		}
	}
	out = g.withShort(out)
	slices.SortStableFunc(out, func(a, b row) int { return a.from - b.from })
	return out
}

// besides is how many words may stand between a short name and the next day.
const besides = 2

// withShort adds the days in short: "lun", "周一三五". Such a word may mean
// something else, so it counts beside another day or where it is nearly all.
func (g *glance) withShort(out []row) []row {
	var short []row
	for _, c := range g.cues {
		day := strings.IndexByte("1234567", c.what[len(c.what)-1]) + 1
		within := func(d row) bool { return c.from < d.to && c.to > d.from }
		if len(c.what) == 2 && c.what[0] == 'w' && day > 0 && !slices.ContainsFunc(out, within) && !g.counting(c) {
			short = append(short, row{day, day, c.from, c.to})
		}
	}
	all := slices.Concat(out, short)
	for _, s := range short {
		near := func(d row) bool { return d != s && d.from-s.to <= besides && s.from-d.to <= besides }
		if len(g.in) <= 2 || slices.ContainsFunc(all, near) {
			out = append(out, s)
		}
	}
	return out
}

// counting says whether the Chinese name of a day is the number of something:
// 一周五天 is five days a week.
func (g *glance) counting(c mark) bool {
	return c.to < len(g.in) && han(g.in[c.from]) && slices.Contains([]string{"周", "星", "天", "次", "个", "点"}, g.in[c.to])
}

// leftOut says whether days are named because they are not meant. Some
// languages say "except" after them.
func (g *glance) leftOut(d row) bool {
	after := g.r.lang != "zh" && slices.Contains(ahead, g.r.lang)
	return slices.ContainsFunc(g.cues, func(c mark) bool {
		if c.what != "except" || d.last-d.first == 4 {
			return false
		}
		return !after && c.to <= d.from || after && c.from >= d.to && c.from <= d.to+1
	})
}

// through says whether two days are the first and the last of a row.
func (g *glance) through(a, b row, dashes map[int]bool) bool {
	if b.from == a.to && dashes[b.from] {
		return true
	}
	return g.span(mention{from: a.from, to: a.to}, mention{from: b.from, to: b.to})
}

// dashed cuts a text into words as figures does, also at these signs; dashes
// holds the words before which one of them stood.
func dashed(text, signs string) (in []string, dashes map[int]bool) {
	dashes = map[int]bool{}
	for i, piece := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(signs, r) }) {
		if i > 0 {
			dashes[len(in)] = true
		}
		in = append(in, figures(piece)...)
	}
	return in, dashes
}
