package locales

import (
	"strconv"
	"strings"
	"time"
)

func (w *writing) writeDate(day time.Time) string {
	return expand(w.date, func(name string) string {
		switch name {
		case "day":
			return w.day(day)
		case "month":
			return w.months[day.Month()-1]
		}
		return strconv.Itoa(day.Year())
	})
}

// writeMoment writes a day and an hour without the year: it is about the dates
// of this school year.
func (w *writing) writeMoment(at time.Time, short bool) string {
	days := w.days
	if short && w.shortDays != nil {
		days = w.shortDays
	}
	return expand(w.moment, func(name string) string {
		switch name {
		case "weekday":
			return days[at.Weekday()]
		case "day":
			return w.day(at)
		case "month":
			return w.months[at.Month()-1]
		}
		return w.writeClock(at)
	})
}

func (w *writing) day(t time.Time) string {
	if t.Day() == 1 && w.first != "" {
		return w.first
	}
	return strconv.Itoa(t.Day())
}

func (w *writing) writeClock(t time.Time) string {
	pattern := w.clock
	if t.Minute() == 0 && w.hour != "" {
		pattern = w.hour
	}
	return expand(pattern, func(name string) string {
		if name == "h" {
			return strconv.Itoa(t.Hour())
		}
		return t.Format("04")
	})
}

// expand replaces each {name} of a pattern.
func expand(pattern string, value func(name string) string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(pattern, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		out.WriteString(value(name))
		pattern = after
	}
}
