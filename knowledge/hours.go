package knowledge

import (
	"slices"
	"time"

	"doudou/knowledge/events"
)

// Hours are the working hours of a team or a place: several intervals a day,
// closed on French public holidays, unless they say otherwise, and on the days
// that they list. The zero Hours are always closed.
type Hours struct {
	zone     *time.Location
	week     [7][]interval // by time.Weekday, in order
	closed   []span
	holidays bool // open on public holidays too
}

// An interval is a part of a day, in minutes since midnight by the clock of the
// town: from included, to not.
type interval struct{ from, to int }

// A span is a period of whole days, both included, at midnight UTC.
type span struct{ from, until time.Time }

// horizon is how far ahead an opening is looked for.
const horizon = 400 // days

// Open tells whether somebody is there at t, and when somebody next will be
// (t itself when open). Time zone Europe/Paris. When nobody will be within a
// year, next is zero.
func (h Hours) Open(t time.Time) (open bool, next time.Time) {
	start, end := h.session(t)
	if end.IsZero() {
		return false, time.Time{}
	}
	if !start.After(t) {
		return true, t
	}
	return false, start
}

// AnswerBy returns the end of the half-day in which a question asked at t will
// have been read: the session under way if it lasts an hour more, or the next
// one. It is what a family may be told; zero when the team never opens.
func (h Hours) AnswerBy(t time.Time) time.Time {
	_, end := h.session(t)
	if !end.IsZero() && end.Sub(t) < time.Hour {
		_, end = h.session(end)
	}
	return end
}

// Worked returns how much of the time between two moments somebody was there.
func (h Hours) Worked(from, to time.Time) time.Duration {
	var sum time.Duration
	for at := from; ; {
		start, end := h.session(at)
		if end.IsZero() || !start.Before(to) {
			return sum
		}
		if start.Before(from) {
			start = from
		}
		if end.After(to) {
			return sum + to.Sub(start)
		}
		sum, at = sum+end.Sub(start), end
	}
}

// session returns the interval that is under way at t, or else the next one.
func (h Hours) session(t time.Time) (start, end time.Time) {
	if h.zone == nil {
		return start, end
	}
	y0, m0, d0 := t.In(h.zone).Date()
	for ahead := range horizon {
		noon := time.Date(y0, m0, d0+ahead, 12, 0, 0, 0, h.zone)
		y, m, d := noon.Date()
		if h.isClosed(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)) {
			continue
		}
		for _, i := range h.week[noon.Weekday()] {
			start, end = h.clock(noon, i.from), h.clock(noon, i.to)
			if end.After(t) {
				return start, end
			}
		}
	}
	return time.Time{}, time.Time{}
}

// away tells whether nobody is there on any of the next days on which somebody
// usually is: a holiday, a closure of several days.
func (h Hours) away(t time.Time, days int) bool {
	if h.zone == nil {
		return true
	}
	y0, m0, d0 := t.In(h.zone).Date()
	for ahead := 0; days > 0 && ahead < horizon; ahead++ {
		day := time.Date(y0, m0, d0+ahead, 0, 0, 0, 0, time.UTC)
		usual := h.week[day.Weekday()]
		if ahead == 0 { // what is over today helps nobody
			usual = slices.DeleteFunc(slices.Clone(usual), func(i interval) bool { return !h.clock(day, i.to).After(t) })
		}
		if len(usual) == 0 {
			continue
		}
		if !h.isClosed(day) {
			return false
		}
		days--
	}
	return true
}

// clock returns a minute of a day, by the clock of the town, so that a change
// of the hour moves nothing.
func (h Hours) clock(day time.Time, minute int) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, minute/60, minute%60, 0, 0, h.zone)
}

func (h Hours) isClosed(day time.Time) bool {
	for _, s := range h.closed {
		if !day.Before(s.from) && !day.After(s.until) {
			return true
		}
	}
	return !h.holidays && events.Holiday(day)
}
