package nlu

import (
	"regexp"
	"slices"
	"strconv"
	"time"
)

const monthForm = "2006-01"

// maxYears is how far from today a month is meant.
const maxYears = 20

// month reads a month: "mars", "en mars 2027", "03/2027", "tout de suite", "dans
// deux mois". Two months are none.
func (m *Model) month(r *reply) string {
	in := figures(r.text)
	if r.loose(len(in)) || r.now.IsZero() {
		return ""
	}
	month := m.glanceAt(r, in).month()
	if this := r.now.Format(monthForm); r.expect.Past && month > this || r.expect.Future && month < this {
		return ""
	}
	return month
}

// month finds the one month that a message names, in any way.
func (g *glance) month() string {
	found := findings{}
	for _, d := range g.days() {
		if !g.asNumber(d) && !(d.kind == weekday && g.r.offer) {
			found.add("month", g.monthOf(d))
		}
	}
	for i := range g.in {
		found.add("month", g.monthAsFigures(i))
	}
	found.add("month", g.monthFromNow())
	return found.clean()["month"]
}

// asNumber says whether a month is part of a number: "dix sept", "sept heures".
func (g *glance) asNumber(d mention) bool {
	return d.kind == inMonth && slices.ContainsFunc(g.all, func(q quantity) bool {
		return d.from >= q.from && d.to <= q.to && (q.units != nil || q.to-q.from > 1)
	})
}

// monthOf returns the month of a day, or the next such month, this one
// included; the last such one when the question is about the past.
func (g *glance) monthOf(d mention) string {
	back := g.r.expect.Past
	if d.kind == inMonth && d.year == 0 {
		return g.nearestMonth(d.month, back)
	}
	day, ok := d.day(calendar{g.r.now, back}, 1)
	if !ok || day.Year() < g.r.now.Year()-maxYears || day.Year() > g.r.now.Year()+maxYears {
		return ""
	}
	return day.Format(monthForm)
}

func (g *glance) nearestMonth(month int, back bool) string {
	year, this := g.r.now.Year(), int(g.r.now.Month())
	switch {
	case !back && month < this:
		year++
	case back && month > this:
		year--
	}
	return time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC).Format(monthForm)
}

// The forms of a month in figures: "2027-03", "03/27".
var (
	isoMonth   = regexp.MustCompile(`^(20\d\d)[-/.](0?[1-9]|1[0-2])$`)
	shortMonth = regexp.MustCompile(`^(0?[1-9]|1[0-2])[-/.](\d\d)$`)
)

// monthAsFigures reads the month that begins at a word: "2027-03", "03/27",
// "3月", and "3" when that is all.
func (g *glance) monthAsFigures(i int) string {
	if part := isoMonth.FindStringSubmatch(g.in[i]); part != nil {
		return part[1] + "-" + ("0" + part[2])[len(part[2])-1:]
	}
	if part := shortMonth.FindStringSubmatch(g.in[i]); part != nil && part[2] > "12" {
		return "20" + part[2] + "-" + ("0" + part[1])[len(part[1])-1:]
	}
	if month, err := strconv.Atoi(g.in[i]); err == nil && len(g.in) == 1 && month >= 1 && month <= yearMonths {
		return g.nearestMonth(month, g.r.expect.Past)
	}
	return g.chineseMonth(i)
}

// chineseMonth reads "3月" and "三月" without a year and a day.
func (g *glance) chineseMonth(i int) string {
	month, to := g.m.measure.numbers.read(g.in, i, "zh")
	if n, err := strconv.Atoi(g.in[i]); err == nil {
		month, to = n, i+1
	}
	named := to > i && to < len(g.in) && g.in[to] == "月" && g.in[max(i-1, 0)] != "年"
	dated := to+2 < len(g.in) && (g.in[to+2] == "日" || g.in[to+2] == "号")
	if !named || dated || month < 1 || month > yearMonths {
		return ""
	}
	return g.nearestMonth(month, g.r.expect.Past)
}

// mostMonthsAhead is how far ahead a place is asked or offered.
const mostMonthsAhead = 18

// monthFromNow reads "maintenant", "le mois prochain", "à la rentrée", "dans
// deux mois".
func (g *glance) monthFromNow() string {
	all := len(g.in)
	first := time.Date(g.r.now.Year(), g.r.now.Month(), 1, 0, 0, 0, 0, time.UTC)
	switch {
	case g.has("nextmonth", 0, all):
		return first.AddDate(0, 1, 0).Format(monthForm)
	case g.has("school", 0, all):
		return g.nearestMonth(int(time.September), g.r.expect.Past)
	}
	for _, q := range g.counts {
		if q.counts("month") && q.whole > 0 && q.whole <= mostMonthsAhead && q.cents == "" && !q.half && (g.near("inmonths", q, 0) || g.has("inmonths", q.to, q.to+2)) {
			return first.AddDate(0, q.whole, 0).Format(monthForm)
		}
	}
	if g.has("now", 0, all) {
		return first.Format(monthForm)
	}
	return ""
}
