package knowledge

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"doudou/knowledge/events"
)

// A sample is a recurring invented event, and how many of its dates to show.
type sample struct {
	events.Recurrence
	ahead int
}

// Calendar returns the dates of the sample calendar from the day of now on, by
// start: invented and marked so, until the relais enters its own. Nothing falls
// on a public holiday. The same date has the same id from one call to the next.
func (k *Knowledge) Calendar(now time.Time) []events.Event {
	var list []events.Event
	for _, s := range k.rules {
		list = append(list, s.Next(now, k.zone, s.ahead, events.Holiday)...)
	}
	slices.SortFunc(list, func(a, b events.Event) int {
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// EventKinds returns the kinds of event that the calendar knows; the catalogs
// name them under event.kind.
func EventKinds() []string {
	return []string{"workshop", "laep", "meeting", "training", "speeddating"}
}

type calendarEntry struct {
	ID       string `yaml:"id"`
	Kind     string `yaml:"kind"`
	Title    string `yaml:"title"`
	Place    string `yaml:"place"`
	Quarter  string `yaml:"quarter"`
	Audience string `yaml:"audience"`
	Every    string `yaml:"every"`
	Nth      int    `yaml:"nth"`
	Time     string `yaml:"time"`
	Capacity int    `yaml:"capacity"`
	Ahead    int    `yaml:"ahead"`
}

func readCalendar(fsys fs.FS, town Town) (rules []sample, wrong []error) {
	var file struct {
		Calendar []calendarEntry `yaml:"calendar"`
	}
	doc, err := readYAML(fsys, "calendar.yaml", &file)
	if err != nil {
		return nil, []error{err}
	}
	for i, line := range linesOf(doc, "calendar") {
		e, at := file.Calendar[i], position{"calendar.yaml", line}
		s, err := e.sample(town)
		if err != nil {
			wrong = append(wrong, at.wrong("event %s: %w", e.ID, err))
		}
		if slices.ContainsFunc(rules, func(o sample) bool { return o.ID == e.ID }) {
			wrong = append(wrong, at.wrong("event %s is there twice", e.ID))
		}
		rules = append(rules, s)
	}
	return rules, wrong
}

func (e calendarEntry) sample(town Town) (sample, error) {
	s := sample{ahead: e.Ahead}
	day, known := weekday(e.Every)
	_, near := town.quarter(e.Quarter)
	hours, err := readIntervals([]string{e.Time})
	switch {
	case err != nil:
		return s, fmt.Errorf("time: %w", err)
	case !factID.MatchString(e.ID):
		return s, fmt.Errorf("an id is lower case letters, digits and _")
	case !slices.Contains(EventKinds(), e.Kind):
		return s, fmt.Errorf("kind is one of %v, not %q", EventKinds(), e.Kind)
	case e.Title == "" || e.Place == "":
		return s, fmt.Errorf("say its title and its place")
	case !near:
		return s, fmt.Errorf("quarter %q is not in town.yaml", e.Quarter)
	case !slices.Contains([]string{"parents", "childminders", "all"}, e.Audience):
		return s, fmt.Errorf("audience is parents, childminders or all, not %q", e.Audience)
	case !known:
		return s, fmt.Errorf("every is a day of the week (monday to sunday), not %q", e.Every)
	case e.Nth < 0 || e.Nth > 4:
		return s, fmt.Errorf("nth is 1 to 4, or left out for every week")
	case e.Capacity < 0 || e.Capacity > 1000 || e.Ahead < 1 || e.Ahead > 9:
		return s, fmt.Errorf("capacity is 0 to 1000, ahead 1 to 9")
	}
	s.Recurrence = events.Recurrence{
		Event: events.Event{
			ID: e.ID, Kind: e.Kind, Title: e.Title, Place: e.Place, Quarter: e.Quarter,
			Audience: e.Audience, Capacity: e.Capacity, Sample: true,
		},
		Weekday: day, Nth: e.Nth, From: events.Clock(hours[0].from), To: events.Clock(hours[0].to),
	}
	return s, nil
}
