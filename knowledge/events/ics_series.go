package events

import (
	"cmp"
	"errors"
	"slices"
	"time"

	ics "github.com/arran4/golang-ical"
)

// read adds the dates of one UID: a single event or a recurrence (ve), and the
// dates of it that were changed. Either may be missing.
func (in *icsReader) read(ve *ics.VEvent, changes []*ics.VEvent) {
	base := Event{Audience: "all"}
	if ve != nil {
		var err error
		if base, err = in.event(base, ve); err != nil {
			in.refuse(ve, err)
			return
		}
	}
	changed := in.change(base, changes)
	switch {
	case ve == nil:
	case icsProperty(ve, ics.PropertyRrule) == nil && len(changes) == 0:
		base.ID = icsID(icsValue(ve, ics.PropertyUid))
		in.keep(ve, base)
	default:
		in.expand(ve, base, changed)
	}
}

// change adds the changed dates of a recurrence and returns when they were.
func (in *icsReader) change(base Event, changes []*ics.VEvent) (were []time.Time) {
	for _, ve := range changes {
		p := icsProperty(ve, ics.PropertyRecurrenceId)
		was, err := in.moment(p)
		if err == nil && len(p.ICalParameters["RANGE"]) > 0 {
			err = errors.New("it changes all later dates at once (RANGE): end the series and begin another")
		}
		e := base.movedTo(was)
		if err == nil {
			e, err = in.event(e, ve)
		}
		if err != nil {
			in.refuse(ve, err)
			continue
		}
		in.name(&e, ve, was)
		in.keep(ve, e)
		were = append(were, was)
	}
	return were
}

// name gives a date of a recurrence its id: the day on which it was to be.
func (in *icsReader) name(e *Event, ve *ics.VEvent, was time.Time) {
	stem := icsID(icsValue(ve, ics.PropertyUid))
	e.ID, e.Series = stem+"-"+was.In(in.zone).Format(time.DateOnly), stem
}

// expand adds the dates of a recurrence that were not changed.
func (in *icsReader) expand(ve *ics.VEvent, base Event, changed []time.Time) {
	dates, err := in.dates(ve, base)
	excepted, wrong := in.exceptions(ve)
	if err = cmp.Or(err, wrong); err != nil {
		in.refuse(ve, err)
		return
	}
	for _, start := range dates {
		if slices.ContainsFunc(changed, start.Equal) {
			continue
		}
		e := base.movedTo(start)
		e.Cancelled = e.Cancelled || excepted(start)
		in.name(&e, ve, start)
		in.keep(ve, e)
	}
}

// movedTo returns the event at another start, all its times as many days later
// by the clock.
func (e Event) movedTo(start time.Time) Event {
	zone := e.Start.Location()
	days := int(dayOf(start.In(zone)).Sub(dayOf(e.Start)) / (24 * time.Hour))
	for _, t := range []*time.Time{&e.End, &e.Opens, &e.Closes} {
		if !t.IsZero() {
			*t = t.In(zone).AddDate(0, 0, days)
		}
	}
	e.Start = start
	return e
}
