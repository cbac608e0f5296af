package nlu

import (
	"slices"
	"strconv"
)

// The oldest child that is read from a message: one in care, unless the words
// say that it is a child.
const (
	mostMonths      = 83
	mostChildMonths = 143
)

// child finds how old the child of a message is, and its birth date. It marks
// the days that are those of a birth.
func (g *glance) child(f findings, days []mention) {
	born := g.born(days)
	aged := g.aged()
	unborn, due := g.m.told(g.r, "unborn"), g.m.told(g.r, "due")
	if unborn && !g.has("except", 0, len(g.in)) || due && !g.older(aged) {
		for i := range days {
			days[i].birth = due && (days[i].kind == exact || days[i].kind == inMonth)
		}
		if !g.older(aged) && born == nil {
			f.add("child_months", "0")
		}
		return
	}
	if born != nil {
		g.tellBirth(f, born)
		return
	}
	if len(aged) > 0 {
		if months, ok := added(aged, g.in); ok && !g.another(aged) {
			f.add("child_months", strconv.Itoa(months))
		}
		return
	}
	if q, ok := g.unsaid(); ok {
		f.add("child_months", strconv.Itoa(q.lived()))
	}
}

// older says whether one of the ages is of a child who is there.
func (g *glance) older(aged []quantity) bool {
	return slices.ContainsFunc(aged, func(q quantity) bool { return q.counts("year") })
}

// tellBirth reads a birth: all of its date, or only its month.
func (g *glance) tellBirth(f findings, born *mention) {
	born.birth = true
	day, ok := born.day(calendar{g.r.now, true}, midMonth)
	if !ok || g.r.now.IsZero() {
		return
	}
	months, ok := since(day, g.r.now)
	if !ok || months > mostChildMonths {
		return
	}
	if born.kind == exact && born.year > 0 && !day.After(g.r.now) {
		f.add("birth_date", day.Format(dayForm))
	}
	f.add("child_months", strconv.Itoa(months))
}

// born finds the date that a birth is told of: the nearest to the words of
// birth, after them rather than before.
func (g *glance) born(days []mention) *mention {
	var best *mention
	least := 0
	for i := range days {
		d := &days[i]
		if d.kind != exact && d.kind != inMonth && d.kind != fromToday {
			continue
		}
		for _, c := range g.cues {
			far := 2 * (d.from - c.to)
			if d.from < c.from {
				far = 2*(c.from-d.to) + 1
			}
			if c.what == "born" && far <= 10 && (best == nil || far < least) {
				best, least = d, far
			}
		}
	}
	if best != nil && g.several() == "" && g.births(days) > 1 {
		return nil
	}
	return best
}

// births counts the days that follow words of birth directly.
func (g *glance) births(days []mention) int {
	n := 0
	for _, d := range days {
		if d.kind == exact && d.year > 0 && g.touches("born", d.from-3, d.from) {
			n++
		}
	}
	return n
}

// aged lists the numbers that are ages.
func (g *glance) aged() []quantity {
	var out []quantity
	for _, q := range g.counts {
		if q.units == nil && q.to < len(g.in) && g.in[q.to] == "m" && (len(g.in) <= shortReply || g.has("child", q.from-3, q.from)) { // 18 m
			q.units, q.to = []string{"month"}, q.to+1
		}
		if (q.counts("year") || q.counts("month") || q.counts("week")) && g.isAge(q) {
			out = append(out, q)
		}
	}
	return out
}

// isAge says whether a number of years or months is how old a child is, and not
// how long something lasts.
func (g *glance) isAge(q quantity) bool {
	last := g.in[q.to-1]
	person := g.has("child", q.from-3, q.from) || g.touches("age", q.from-3, q.to+2)
	most := mostMonths
	if person || g.has("child", q.to, q.to+3) {
		most = mostChildMonths
	}
	switch {
	case q.lived() > most, last == "年", last == "月" && g.in[max(q.to-2, 0)] != "个", q.counts("week") && !person && len(g.in) > shortReply:
		return false
	case g.per(q), g.listed(q), g.near("will", q, 2), g.near("before", q, 1) && !person, g.near("before", q, 0), g.after(q):
		return false
	case g.r.lang == "ro" && q.from > 0 && g.in[q.from-1] == "de" && !person:
		return false
	case person:
		return true
	}
	return !g.touches("matter", q.from-4, q.from) && !g.touches("matter", q.to, q.to+4)
}

// listed says whether a number is the last of several ages: "de 2 4 et 6 ans".
func (g *glance) listed(q quantity) bool {
	return slices.ContainsFunc(g.all, func(o quantity) bool {
		return o.units == nil && o.cents == "" && o.whole < 18 && (o.to == q.from || o.to == q.from-1 && g.m.measure.numbers.and[g.in[o.to]])
	})
}

// per says whether a number is counted by another unit of time, or money: two
// months a year, 1500 euros a month.
func (g *glance) per(q quantity) bool {
	return g.one(q) && slices.ContainsFunc(g.all, func(o quantity) bool {
		return (o.counts("hour") || o.counts("euro")) && (o.from == q.to || o.to == q.from)
	})
}

// after says whether the words after a number make it a stretch of time.
func (g *glance) after(q quantity) bool {
	return g.touches("after", q.from, q.to+2) || g.touches("matter", q.to, q.to+2)
}

// another says whether a second child is told of after the first: "2 ans et un
// de 4".
func (g *glance) another(aged []quantity) bool {
	last := aged[len(aged)-1]
	return slices.ContainsFunc(g.all, func(q quantity) bool {
		return q.units == nil && q.from >= last.to && q.from <= last.to+3 && q.whole > 1 && q.whole < 18 && q.from > last.to && g.m.measure.numbers.and[g.in[last.to]]
	})
}

// unsaid reads one year, or half a year, where the number is left out:
// "عمره سنة ونصف", "a year and a half", 半岁.
func (g *glance) unsaid() (quantity, bool) {
	for i, units := range g.units {
		if len(units) != 1 || units[0] != "year" && units[0] != "month" || g.counted(i) {
			continue
		}
		q := quantity{whole: 1, units: units, from: i, to: i + 1}
		if i > 0 && g.m.measure.numbers.half[g.stems[i-1]] && g.r.lang != "pt" {
			q.whole, q.half, q.from = 0, true, i-1
		} else {
			if !slices.Contains(oneless, g.r.lang) {
				continue
			}
			g.m.measure.unit(&q, g.in, g.units)
		}
		if (q.half || g.touches("age", i-2, i)) && g.isAge(q) {
			return q, true
		}
	}
	return quantity{}, false
}

// counted says whether a word belongs to a number.
func (g *glance) counted(i int) bool {
	return slices.ContainsFunc(g.all, func(q quantity) bool { return i >= q.from && i < q.to })
}
