package knowledge

import (
	"cmp"
	"io/fs"
	"slices"
	"time"

	"doudou/knowledge/events"
)

// A rule is what the calendar says of one event: a recurrence and how many of
// its dates to show, or the openings of one date.
type rule struct {
	events.Recurrence
	ahead  int
	single []events.Event
}

// Calendar returns the dates of the calendar's file from the day of now on, by
// start, cancelled ones too. What comes again is left out on public holidays. The
// same date has the same id from one call to the next. A town that only shows
// what Doudou does says so in its file: all its dates are then marked as samples.
func (k *Knowledge) Calendar(now time.Time) []events.Event {
	var list []events.Event
	today := k.local(now).Format(time.DateOnly)
	for _, r := range k.rules {
		list = append(list, r.Next(now, k.zone, r.ahead, events.Holiday)...)
		for _, e := range r.single {
			if k.local(e.Start).Format(time.DateOnly) >= today {
				list = append(list, e)
			}
		}
	}
	slices.SortFunc(list, func(a, b events.Event) int {
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID))
	})
	return list
}

func readCalendar(fsys fs.FS, town Town, zone *time.Location) (rules []rule, wrong []error) {
	var file struct {
		Sample   bool            `yaml:"sample"` // the dates are invented
		Calendar []calendarEntry `yaml:"calendar"`
	}
	doc, err := readYAML(fsys, "calendar.yaml", &file)
	if err != nil {
		return nil, []error{err}
	}
	for i, line := range linesOf(doc, "calendar") {
		e, at := file.Calendar[i], position{"calendar.yaml", line}
		r, err := e.rule(town, zone, file.Sample)
		for _, err := range apart(err) {
			wrong = append(wrong, at.wrong("event %s: %w", e.ID, err))
		}
		if slices.ContainsFunc(file.Calendar[:i], func(o calendarEntry) bool { return o.ID == e.ID }) {
			wrong = append(wrong, at.wrong("event %s is there twice", e.ID))
		}
		rules = append(rules, r)
	}
	return rules, wrong
}

// apart takes joined errors apart, so that each has its line.
func apart(err error) (list []error) {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	for _, e := range joined.Unwrap() {
		list = append(list, apart(e)...)
	}
	return list
}
