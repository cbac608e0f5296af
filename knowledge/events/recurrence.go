package events

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"
)

// A Recurrence is an event that comes again: every Wednesday, the third
// Saturday of each month.
type Recurrence struct {
	Event                // ID is the stem of the dates' ids; Start, End, Opens and Closes are not used
	Weekday time.Weekday // the day of the week
	Nth     int          // 0 every week; 1 to 4 the nth such day of the month
	From    Clock        // when it begins, by the clock of the town
	To      Clock        // when it ends, the same day, after From
	// More are further openings of the same day, after a lunch closing. Each is
	// an event of its own, with its own seats: who comes in the morning does not
	// keep anybody out in the afternoon.
	More []Span
	// Open and Close are the days before the event on which registration opens
	// and closes, both whole days; 0: no such limit.
	Open, Close int
	// Except are the dates ("2026-12-02") on which it is cancelled. They stay in
	// the calendar as cancelled, so that who has a seat is told.
	Except []string
	Moves  map[string]Move // by date
}

// A Move is where and when one date of a recurrence is held instead. The date
// keeps its id, and people their seats.
type Move struct {
	Date  string // "2026-12-03"; "" the same day
	Hours []Span // of all openings of the day; none: the same
	Place string // "" the same
}

// A Clock is a time of day in minutes since midnight.
type Clock int

// horizon is how far ahead dates are looked for.
const horizon = 2 * 366 // days

// Next returns the first n dates of r on or after the day of now in zone, by
// start, and those among them that are cancelled; days that skip refuses are
// left out, unless the date was moved. An id is the stem and the day
// ("atelier-2026-12-02"), and for later openings of the day their hour
// ("atelier-2026-12-02-1400"), so that the same date has the same id whenever it
// is asked for. Hours are those of the clock: a change of the hour moves nothing.
func (r Recurrence) Next(now time.Time, zone *time.Location, n int, skip func(day time.Time) bool) []Event {
	today := dayOf(now.In(zone))
	days := r.moved(today, zone)
	for ahead, live := 0, 0; live < n && ahead < horizon; ahead++ {
		day := today.AddDate(0, 0, ahead)
		switch _, moved := r.Moves[day.Format(time.DateOnly)]; {
		case moved || !r.on(day):
		case slices.Contains(r.Except, day.Format(time.DateOnly)):
			days = append(days, cancelled(r.at(day, Move{}, zone)))
		case skip == nil || !skip(day):
			days = append(days, r.at(day, Move{}, zone))
			live++
		}
	}
	slices.SortStableFunc(days, func(a, b []Event) int { return a[0].Start.Compare(b[0].Start) })
	return first(days, n)
}

// first joins the first n days that take place, and the cancelled before the
// last of them.
func first(days [][]Event, n int) (list []Event) {
	for _, day := range days {
		if n == 0 {
			break
		}
		list = append(list, day...)
		if !day[0].Cancelled {
			n--
		}
	}
	return list
}

func cancelled(day []Event) []Event {
	for i := range day {
		day[i].Cancelled = true
	}
	return day
}

// dayOf returns the day of a moment where it is, at midnight UTC.
func dayOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// on tells whether r falls on a day.
func (r Recurrence) on(day time.Time) bool {
	return day.Weekday() == r.Weekday && (r.Nth == 0 || (day.Day()-1)/7+1 == r.Nth)
}

// moved returns the dates that were moved and are not past.
func (r Recurrence) moved(today time.Time, zone *time.Location) (days [][]Event) {
	for _, was := range slices.Sorted(maps.Keys(r.Moves)) {
		to := r.Moves[was]
		day, err := time.Parse(time.DateOnly, was)
		held, err2 := time.Parse(time.DateOnly, cmp.Or(to.Date, was))
		if err == nil && err2 == nil && r.on(day) && !held.Before(today) {
			days = append(days, r.at(day, to, zone))
		}
	}
	return days
}

// at returns the events of one day, held where and when it was moved to.
func (r Recurrence) at(day time.Time, to Move, zone *time.Location) []Event {
	held, hours := day, r.hours()
	if moved, err := time.Parse(time.DateOnly, to.Date); err == nil {
		held = moved
	}
	var list []Event
	for i, span := range hours {
		e := r.Event
		e.ID, e.Series, e.Place = r.id(day, i), r.ID, cmp.Or(to.Place, r.Place)
		if i < len(to.Hours) {
			span = to.Hours[i]
		}
		e.Start, e.End = span.From.on(held, zone), span.To.on(held, zone)
		e.Opens, e.Closes = r.window(held, zone)
		list = append(list, e)
	}
	return list
}

// hours returns the openings of a day.
func (r Recurrence) hours() []Span { return append([]Span{{r.From, r.To}}, r.More...) }

func (r Recurrence) id(day time.Time, opening int) string {
	id := fmt.Sprintf("%s-%s", r.ID, day.Format(time.DateOnly))
	if opening == 0 {
		return id
	}
	from := r.hours()[opening].From
	return fmt.Sprintf("%s-%02d%02d", id, from/60, from%60)
}

// window returns when registration for a day opens and closes.
func (r Recurrence) window(day time.Time, zone *time.Location) (opens, closes time.Time) {
	if r.Open > 0 {
		opens = Clock(0).on(day.AddDate(0, 0, -r.Open), zone)
	}
	if r.Close > 0 {
		closes = Clock(0).on(day.AddDate(0, 0, 1-r.Close), zone)
	}
	return opens, closes
}

// on is a time of a day by the clock of a zone.
func (c Clock) on(day time.Time, zone *time.Location) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, int(c)/60, int(c)%60, 0, 0, zone)
}
