package nlu

import (
	"strconv"
	"strings"
)

// values gathers what a message gives besides its question: child_months,
// hours_week, hours_month, euros_month, euros_hour, children, postcode.
func (m *Model) values(r *reply) map[string]string {
	in := figures(r.text)
	all := m.measure.quantities(in, r.lang)
	out := map[string]string{}
	units := m.measure.unitsAt(in)
	if code := postcode(r); code != "" && m.bare(in, units, code) {
		out["postcode"] = code
	}
	for i, q := range all {
		next := len(in)
		if i+1 < len(all) {
			next = all[i+1].from
		}
		name, value := q.named(units, next)
		if name == "" {
			continue
		}
		if old, ok := out[name]; ok && old != value {
			value = "" // said twice, differently: not known
		}
		out[name] = value
	}
	for name, value := range out {
		if value == "" {
			delete(out, name)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
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

// The bounds of what makes sense: a child in care is under six, a week has 168
// hours.
const (
	mostMonths    = 83
	mostHoursWeek = 90
	mostHours     = 400
	mostHourly    = 60
	leastMonthly  = 100
)

// named says which value a quantity is, by its own unit and the words up to the
// next quantity, or income words before it.
func (q quantity) named(units [][]string, next int) (name, value string) {
	after := func(unit string) bool { return within(units, q.to, min(next, q.to+4), unit) }
	half := 0
	if q.half {
		half = 6
	}
	switch {
	case q.counts("month") && q.cents == "" && q.whole <= mostMonths:
		return "child_months", strconv.Itoa(q.whole)
	case q.counts("year") && q.cents == "" && q.whole*12+half <= mostMonths:
		return "child_months", strconv.Itoa(q.whole*12 + half)
	case q.counts("hour") && after("week") && q.whole <= mostHoursWeek:
		return "hours_week", shorten(q.amount())
	case q.counts("hour") && after("month") && q.whole <= mostHours:
		return "hours_month", shorten(q.amount())
	case (q.counts("euro") || q.cents != "") && after("hour") && q.whole <= mostHourly:
		return "euros_hour", q.amount()
	case q.counts("euro") && q.whole >= leastMonthly && !after("year") && (after("month") || within(units, 0, len(units), "income")):
		return "euros_month", q.amount()
	case q.units == nil && q.whole >= leastMonthly && within(units, max(0, q.from-4), q.from, "income"):
		return "euros_month", q.amount()
	case q.counts("child") && q.cents == "" && q.whole >= 1 && q.whole <= 12:
		return "children", strconv.Itoa(q.whole)
	}
	return "", ""
}

// shorten writes whole hours without decimals.
func shorten(amount string) string { return strings.TrimSuffix(amount, ".00") }

// within says whether a unit stands among these words.
func within(units [][]string, from, to int, unit string) bool {
	for i := max(from, 0); i < to && i < len(units); i++ {
		for _, u := range units[i] {
			if u == unit {
				return true
			}
		}
	}
	return false
}
