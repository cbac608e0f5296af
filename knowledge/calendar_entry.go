package knowledge

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"doudou/knowledge/events"
)

// A calendarEntry is an event of calendar.yaml: with every, a recurrence, with
// date, a single date.
type calendarEntry struct {
	ID        string               `yaml:"id"`
	Kind      string               `yaml:"kind"`
	Title     string               `yaml:"title"`
	Place     string               `yaml:"place"`
	Quarter   string               `yaml:"quarter"`
	Audience  string               `yaml:"audience"`
	Every     string               `yaml:"every"`
	Nth       int                  `yaml:"nth"`
	Date      day                  `yaml:"date"`
	Time      openings             `yaml:"time"`
	Capacity  int                  `yaml:"capacity"`
	Ahead     int                  `yaml:"ahead"`
	Opens     limit                `yaml:"opens"`
	Closes    limit                `yaml:"closes"`
	Waiting   *bool                `yaml:"waiting"`
	Languages []string             `yaml:"languages"`
	Note      string               `yaml:"note"`
	Cancelled bool                 `yaml:"cancelled"`
	Except    []string             `yaml:"except"`
	Moves     map[string]moveEntry `yaml:"moves"`
	Dating    *datingEntry         `yaml:"dating"`
}

// rule returns the dates of an entry, or all that is wrong with it.
func (e calendarEntry) rule(town Town, zone *time.Location, sample bool) (rule, error) {
	hours, err := e.Time.spans()
	wrong := []error{err, e.check(town)}
	moves, err := e.moves()
	wrong = append(wrong, err)
	if err := errors.Join(wrong...); err != nil {
		return rule{}, err
	}
	r := rule{ahead: e.Ahead, Recurrence: events.Recurrence{
		Event: e.event(hours[0], sample), Nth: e.Nth, From: hours[0].From, To: hours[0].To, More: hours[1:],
		Open: e.Opens.days, Close: e.Closes.days, Except: e.Except, Moves: moves,
	}}
	if e.Date.IsZero() {
		r.Weekday, _ = weekday(e.Every)
		whichever := time.Date(2026, time.January, 1, 12, 0, 0, 0, zone)
		return r, errors.Join(r.Check(), validate(r.Next(whichever, zone, 1, nil)), e.rounds(hours))
	}
	r.single = e.single(r.Recurrence, zone)
	return r, errors.Join(r.Check(), validate(r.single), e.rounds(hours))
}

// check refuses what only the file can have wrong.
func (e calendarEntry) check(town Town) error {
	_, near := town.quarter(e.Quarter)
	_, known := weekday(e.Every)
	single := !e.Date.IsZero()
	var wrong []error
	for _, c := range []struct {
		is   bool
		what string
	}{
		{!factID.MatchString(e.ID), "an id is lower case letters, digits and _"},
		{!near, fmt.Sprintf("quarter %q is not in town.yaml", e.Quarter)},
		{single && e.Every != "", "say either date or every, not both"},
		{single && (e.Nth != 0 || e.Ahead != 0 || len(e.Except) > 0 || len(e.Moves) > 0), "nth, ahead, except and moves are for what comes again: change date, or write cancelled: true"},
		{!single && !known, fmt.Sprintf("every is a day of the week (monday to sunday), not %q; or say the date", e.Every)},
		{!single && (e.Capacity < 0 || e.Capacity > 1000 || e.Ahead < 1 || e.Ahead > 9), "capacity is 0 to 1000, ahead 1 to 9"},
		{!single && e.Cancelled, "what comes again is cancelled by its dates: write them in except"},
		{!single && (e.Opens.on() || e.Closes.on()), "opens and closes are numbers of days before each date"},
	} {
		if c.is {
			wrong = append(wrong, errors.New(c.what))
		}
	}
	return errors.Join(wrong...)
}

// event is what all dates of an entry have in common.
func (e calendarEntry) event(first events.Span, sample bool) events.Event {
	return events.Event{
		ID: e.ID, Kind: e.Kind, Title: e.Title, Place: e.Place, Quarter: e.Quarter, Audience: e.Audience,
		Capacity: e.Capacity, Sample: sample, Languages: e.Languages, Note: e.Note, Cancelled: e.Cancelled,
		NoWait: e.Waiting != nil && !*e.Waiting, Dating: e.Dating.options(first.From),
	}
}

// single returns the openings of a single date. Their ids do not hold the day,
// so that people keep their seats when it is changed.
func (e calendarEntry) single(r events.Recurrence, zone *time.Location) []events.Event {
	r.Weekday, r.Nth = e.Date.Weekday(), 0
	list := r.Next(e.Date.Add(12*time.Hour), zone, 1, nil)
	for i := range list {
		d := &list[i]
		d.ID, d.Series = e.ID+d.ID[len(e.ID)+len("-2026-12-05"):], ""
		d.Opens = cmp.Or(e.Opens.start(zone), d.Opens)
		d.Closes = cmp.Or(e.Closes.end(zone), d.Closes)
	}
	return list
}

// validate refuses what events refuses, once for all openings.
func validate(list []events.Event) error {
	for _, e := range list {
		if err := e.Validate(); err != nil {
			return err
		}
	}
	return nil
}

// rounds refuses rounds that end after the first opening of the day.
func (e calendarEntry) rounds(hours []events.Span) error {
	o := e.Dating.options(hours[0].From)
	if o == nil || o.Check() != nil {
		return nil // said by the event
	}
	if end := o.Start(o.Rounds) + events.Clock(o.Minutes); o.Begin < hours[0].From || end > hours[0].To {
		return fmt.Errorf("the rounds last from %s to %s, and the day from %s to %s", o.Begin, end, hours[0].From, hours[0].To)
	}
	return nil
}

// moves reads where dates are held instead.
func (e calendarEntry) moves() (map[string]events.Move, error) {
	var wrong []error
	moves := map[string]events.Move{}
	for date, m := range e.Moves {
		hours, err := m.Time.spans()
		if len(m.Time) == 0 {
			hours, err = nil, nil
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("moves %s: %w", date, err))
		}
		moves[date] = events.Move{Hours: hours, Place: m.Place}
		if !m.Date.IsZero() {
			moves[date] = events.Move{Date: m.Date.Format(time.DateOnly), Hours: hours, Place: m.Place}
		}
	}
	slices.SortFunc(wrong, func(a, b error) int { return cmp.Compare(a.Error(), b.Error()) })
	return moves, errors.Join(wrong...)
}
