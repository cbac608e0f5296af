package nlu

import (
	"slices"
	"strconv"
	"time"
)

// mostAhead is how many months a birth is awaited.
const mostAhead = 9

// told says whether a birth is told in this way: unborn, due.
func (m *Model) told(r *reply, what string) bool {
	found, _ := m.births.said(r.words)
	return slices.Contains(found, what)
}

// birth finds the date of a birth, the last such day unless one is awaited.
func (m *Model) birth(r *reply, in []string) (time.Time, bool) {
	if r.now.IsZero() {
		return time.Time{}, false
	}
	c := calendar{r.now, !m.told(r, "due")}
	if day, ok := m.dates.day(in, r.lang, c); ok {
		return day, true
	}
	return m.dates.month(in, c)
}

// midMonth stands for the day of a month that is said alone.
const midMonth = 15

// month finds the one month of a message that gives no day: "avril 2025".
func (d *dateWords) month(in []string, c calendar) (time.Time, bool) {
	found, _ := d.said(in)
	if len(found) != 1 || found[0][0] != 'm' {
		return chinese(in, c, midMonth)
	}
	m, _ := strconv.Atoi(found[0][1:])
	for _, w := range in {
		if year, err := strconv.Atoi(w); err == nil && len(w) == 4 {
			return date(year, m, midMonth)
		}
	}
	return c.nearest(m, midMonth)
}

// since is how many whole months have passed since a birth, none when it is
// awaited; not ok when it is too far ahead.
func since(birth, now time.Time) (int, bool) {
	if birth.After(now) {
		return 0, !birth.After(now.AddDate(0, mostAhead, 0))
	}
	months := (now.Year()-birth.Year())*yearMonths + int(now.Month()-birth.Month())
	if now.Day() < birth.Day() {
		months--
	}
	return max(months, 0), true
}
