package nlu

import (
	"slices"
	"strconv"
)

// The bounds of an age: whoever is not a child any more has none, and a bare
// number up to three years is of months.
const (
	mostAge    = 216
	mostBare   = 36
	yearMonths = 12
)

// age reads the age of a child in whole months: "18 mois", "2 ans et demi",
// "né le 3/4/25"; 0 for one who is not born yet.
func (m *Model) age(r *reply) string {
	in := figures(r.text)
	if r.question && len(in) > shortReply || r.loose(len(in)/2) || negative(r.text) {
		return ""
	}
	months, ok := m.months(r, in)
	if !ok || months > mostAge || !r.expect.holds(months) {
		return ""
	}
	return strconv.Itoa(months)
}

// months finds the age: first the child who is not born, then an age said with
// its unit, then a date of birth, then a number alone. A child is told of in
// more words than other answers, so that only twice a short reply is too long.
func (m *Model) months(r *reply, in []string) (int, bool) {
	all := m.measure.quantities(in, r.lang)
	if len(all) == 0 {
		all = m.measure.quantities(in, r.own)
	}
	aged := slices.DeleteFunc(slices.Clone(all), func(q quantity) bool { return !q.ages(in) })
	if m.told(r, "unborn") {
		return 0, len(aged) == 0 || len(aged) == 1 && !aged[0].counts("year")
	}
	if len(aged) > 0 {
		return added(aged, in)
	}
	if day, ok := m.birth(r, in); ok {
		return since(day, r.now)
	}
	if one, ok := m.oneYear(r, in); ok {
		return one, true
	}
	return bare(all, r, in)
}

// bare reads a number that stands without its unit.
func bare(all []quantity, r *reply, in []string) (int, bool) {
	if len(all) != 1 || r.question && len(in) > 1 {
		return 0, false
	}
	q := all[0]
	return q.whole, q.units == nil && q.cents == "" && !q.half && q.whole <= mostBare
}

// ages says whether a number counts time that a child has lived. 2025 is no
// age, 3月 is the month of March, and an m alone after a number is a month.
func (q quantity) ages(in []string) bool {
	switch {
	case q.whole > mostAge || in[q.to-1] == "月" && in[q.to-2] != "个":
		return false
	case q.units == nil:
		return q.to < len(in) && in[q.to] == "m"
	}
	return q.counts("year") || q.counts("month") || q.counts("week")
}

// added is the age of one child: years, or months, or years and the months
// after them. Two ages are of two children.
func added(aged []quantity, in []string) (int, bool) {
	first := aged[0].lived()
	if len(aged) == 2 && aged[0].counts("year") && !aged[1].counts("year") && aged[1].lived() < yearMonths {
		return first + aged[1].lived(), true
	}
	return first, !slices.ContainsFunc(aged, func(q quantity) bool { return q.lived() != first })
}

// lived is how many whole months a number is, parts of a year included.
func (q quantity) lived() int {
	switch {
	case q.counts("year"):
		cents, _ := strconv.Atoi((q.cents + "00")[:2])
		if q.half {
			cents = 50
		}
		return q.whole*yearMonths + cents*yearMonths/100
	case q.counts("week"):
		return q.whole * 7 * yearMonths / 365
	}
	return q.whole
}

// oneless are the languages that say one year without a number: "سنة ونصف".
var oneless = []string{"ar", "ar-latn", "en", "es"}

// oneYear reads one year, or one month, in the languages that leave the one out.
func (m *Model) oneYear(r *reply, in []string) (int, bool) {
	if !slices.Contains(oneless, r.lang) || len(in) > shortReply+1 {
		return 0, false
	}
	q := quantity{whole: 1}
	for _, units := range m.measure.unitsAt(in) {
		if len(units) == 1 && q.units == nil {
			q.units = units
		}
	}
	q.half = slices.ContainsFunc(in, func(w string) bool { return m.measure.numbers.half[stem(w)] })
	return q.lived(), q.counts("year") || q.counts("month")
}
