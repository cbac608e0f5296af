package nlu

import (
	"strconv"
	"time"
)

// A calendar reads the days that are said without all of their date.
type calendar struct {
	now  time.Time // today, zero when unknown
	back bool      // the last such day is meant, not the next
}

// nearest returns the next such day, or the last one, today included.
func (c calendar) nearest(month, day int) (time.Time, bool) {
	if c.now.IsZero() {
		return time.Time{}, false
	}
	d, ok := date(c.now.Year(), month, day)
	switch {
	case ok && c.back && d.After(c.now):
		return date(c.now.Year()-1, month, day)
	case ok && !c.back && d.Before(c.now):
		return date(c.now.Year()+1, month, day)
	}
	return d, ok
}

// weekday returns the next such day after today, or the last before; Monday
// is 1.
func (c calendar) weekday(weekday int) (time.Time, bool) {
	ahead := (weekday - int(c.now.Weekday()) + 7) % 7
	switch {
	case c.back:
		ahead -= 7
	case ahead == 0:
		ahead = 7
	}
	return c.now.AddDate(0, 0, ahead), !c.now.IsZero()
}

// away returns the day that is some days from today.
func (c calendar) away(days int) (time.Time, bool) {
	return c.now.AddDate(0, 0, days), !c.now.IsZero()
}

// date returns a day that exists.
func date(year, month, day int) (time.Time, bool) {
	d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return d, d.Year() == year && int(d.Month()) == month && d.Day() == day
}

// chinese reads "2027年3月5日", "3月5日" and, with a day for the one that is left
// out, "2025年4月".
func chinese(in []string, c calendar, day int) (time.Time, bool) {
	part := map[string]int{}
	for i := 1; i < len(in); i++ {
		if n, err := strconv.Atoi(in[i-1]); err == nil {
			part[in[i]] = n
		}
	}
	year, month := part["年"], part["月"]
	if said := part["日"] + part["号"]; said > 0 {
		day = said
	}
	switch {
	case month == 0:
		return time.Time{}, false
	case year == 0:
		return c.nearest(month, day)
	}
	return date(year, month, day)
}
