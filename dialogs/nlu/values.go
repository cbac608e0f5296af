package nlu

import (
	"slices"
	"strconv"
	"strings"
)

// values gathers what a message gives besides its question. What is said twice
// and differently, or could be read in two ways, is not known.
func (m *Model) values(r *reply) map[string]string {
	if offers(r.words) {
		return m.offered(r)
	}
	g := m.glance(r)
	f := findings{}
	days := g.days()
	g.child(f, days)
	for _, q := range g.counts {
		f.add(g.named(q))
	}
	if f["children"] == "" {
		f.add("children", g.several())
	}
	f.add("postcode", g.postcode())
	f.add("date", g.date(days))
	f.add("month", g.monthAhead(days))
	f.add("hours", g.hoursBetween())
	f.add("places", g.places())
	f.add("days", g.weekdays(days))
	f.add("half", g.half())
	f.add("quarter", g.quarter())
	return f.clean()
}

// findings are the values found; one that was found twice, differently, is "?".
type findings map[string]string

func (f findings) add(name, value string) {
	if name == "" || value == "" {
		return
	}
	if old, ok := f[name]; ok && old != value {
		value = "?"
	}
	f[name] = value
}

func (f findings) clean() map[string]string {
	for name, value := range f {
		if value == "?" {
			delete(f, name)
		}
	}
	if len(f) == 0 {
		return nil
	}
	return f
}

// The bounds of what makes sense: a week has 168 hours, and nobody is paid more
// an hour.
const (
	mostHoursDay  = 24
	mostHoursWeek = 90
	mostHours     = 400
	mostHourly    = 60
	leastMonthly  = 100
	mostMonthly   = 50000
	mostUnsaid    = 8000 // more than that, without "a month", may be of a year
	mostChildren  = 12
)

// named says which value a number is, by its own unit and the time it is
// counted by.
func (g *glance) named(q quantity) (name, value string) {
	period := g.period(q)
	switch {
	case q.counts("hour") && q.whole > 0 && !g.one(q):
		return g.hours(q, period)
	case q.counts("child") && q.cents == "" && !q.half:
		return "children", g.children(q)
	case q.units != nil && !q.counts("euro"):
		return "", ""
	case (q.counts("euro") || q.cents != "") && period == "hour" && q.whole > 0 && q.whole <= mostHourly:
		return "euros_hour", q.amount()
	case g.monthly(q, period):
		return "euros_month", g.spoken(q)
	}
	return "", ""
}

// hours names hours by the time they are counted by. "À 9h" is a time of day.
func (g *glance) hours(q quantity, period string) (name, value string) {
	value = strings.TrimSuffix(q.amount(), ".00")
	switch {
	case period == "day" && q.whole <= mostHoursDay && !(g.has("to", q.from-1, q.from) && g.r.lang != "ro"):
		return "hours_day", value
	case period == "week" && q.whole <= mostHoursWeek:
		return "hours_week", value
	case period == "month" && q.whole <= mostHours:
		return "hours_month", value
	}
	return "", ""
}

// monthly says whether a number is money that comes or goes each month: euros
// by the month, or after words of income.
func (g *glance) monthly(q quantity, period string) bool {
	if q.whole < leastMonthly || q.whole > mostMonthly || period != "" && period != "month" {
		return false
	}
	income := within(g.units, 0, len(g.units), "income")
	if q.counts("euro") {
		return period == "month" || income && q.whole <= mostUnsaid
	}
	year := len(g.in[q.from]) == 4 && q.whole >= 2000 && q.whole <= 2035 && q.to == q.from+1 && allFigures(g.in[q.from]) && g.moreMoney(q)
	return !year && q.whole <= mostUnsaid && (within(g.units, q.from-4, q.from, "income") || within(g.units, q.to, q.to+2, "income"))
}

// moreMoney says whether another number of the message may be the income.
func (g *glance) moreMoney(q quantity) bool {
	return slices.ContainsFunc(g.all, func(o quantity) bool { return o.from != q.from && o.whole >= leastMonthly })
}

// spoken is an amount as it is said: "mille deux" is 1200 euros, not 1002.
func (g *glance) spoken(q quantity) string {
	if q.whole > 1000 && q.whole%1000 < 10 && q.whole%1000 > 0 && g.r.lang == home && q.cents == "" && !q.half && !allFigures(g.in[q.from]) {
		if q.counts("euro") {
			return "?"
		}
		q.whole += q.whole % 1000 * 99
	}
	return q.amount()
}

// children is how many children a number counts. "Un enfant" counts only for
// who has it: it is also any child.
func (g *glance) children(q quantity) string {
	switch {
	case q.whole < 1 || q.whole > mostChildren || g.ordinal(q):
		return ""
	case q.whole == 1 && !allFigures(g.in[q.from]) && (g.has("baby", q.from, q.to) || !g.has("have", q.from-4, q.from) && !(slices.Contains(ahead, g.r.lang) && g.has("have", 0, len(g.in)))):
		return ""
	}
	return strconv.Itoa(q.whole)
}

// ordinal says whether a number tells which child, not how many: "2e enfant".
func (g *glance) ordinal(q quantity) bool {
	for i := q.from + 1; i < q.to; i++ {
		if slices.Contains([]string{"e", "er", "ere", "eme", "em", "ieme", "nd", "nde", "th", "st", "rd", "a", "o"}, g.in[i]) {
			return true
		}
	}
	return q.from > 0 && g.in[q.from-1] == "第"
}

// several is how many children are said in one word: twins are two.
func (g *glance) several() string {
	switch {
	case g.has("three", 0, len(g.in)):
		return "3"
	case g.has("two", 0, len(g.in)):
		return "2"
	}
	return ""
}

// postcode is the one postcode of a message; a figure that counts something is
// none.
func (g *glance) postcode() string {
	code := postcode(g.in)
	if code == "" || !g.m.bare(g.in, g.units, code) {
		return ""
	}
	return code
}

// bare says whether a figure counts nothing: no unit near it, no income before.
func (m *Model) bare(in []string, units [][]string, figure string) bool {
	for i, w := range in {
		if w == figure && (within(units, i+1, i+3, "year") || within(units, i+1, i+3, "month") || within(units, i+1, i+3, "euro") || within(units, i-3, i, "income")) {
			return false
		}
	}
	return true
}

// within says whether a unit stands among these words.
func within(units [][]string, from, to int, unit string) bool {
	for i := max(from, 0); i < to && i < len(units); i++ {
		if slices.Contains(units[i], unit) {
			return true
		}
	}
	return false
}
