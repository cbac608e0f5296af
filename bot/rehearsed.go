package bot

import (
	"cmp"
	"context"
	"time"

	"doudou/knowledge"
	"doudou/knowledge/events"
)

// A rehearsed is what a rehearsal remembers of its contact: the true calendar,
// or the sample one where there is no store, with the seats of one rehearsal,
// and what the contact said that they need or offer. Of others it reads only
// what a family would be told of them.
type rehearsed struct {
	real    Store // may be nil
	sample  *knowledge.Knowledge
	seats   map[string]bool // registered
	lines   map[string]bool // in the waiting list
	profile *events.Profile
}

func (m *rehearsed) clear() {
	clear(m.seats)
	clear(m.lines)
	m.profile = nil
}

// keep applies to the memory what the store would apply to its tables.
func (m *rehearsed) keep(t Turn) {
	for _, e := range t.Register {
		m.seats[e] = true
		delete(m.lines, e)
	}
	for _, e := range t.Cancel {
		delete(m.seats, e)
		delete(m.lines, e)
	}
	for _, c := range t.Changes {
		switch c := c.(type) {
		case JoinQueue:
			m.lines[c.Event] = !m.seats[c.Event]
		case KeepProfile:
			m.say(c.Profile)
		case Withdraw:
			m.profile = nil
		}
	}
}

// say replaces the profile; a name and a number that were not said again stay.
func (m *rehearsed) say(p events.Profile) {
	if m.profile != nil {
		p.Name, p.Phone = cmp.Or(p.Name, m.profile.Name), cmp.Or(p.Phone, m.profile.Phone)
	}
	m.profile = &p
}

// Standing satisfies calendar.
func (m *rehearsed) Standing(ctx context.Context, _ ContactID, after time.Time) ([]events.Standing, error) {
	list, err := m.calendar(ctx, after)
	for i, e := range list {
		switch {
		case m.seats[e.ID]:
			list[i].Mine, list[i].Taken = true, e.Taken+1
		case m.lines[e.ID]:
			list[i].Wait = "waiting"
		}
	}
	return list, err
}

func (m *rehearsed) calendar(ctx context.Context, after time.Time) ([]events.Standing, error) {
	if m.real != nil {
		return m.real.Standing(ctx, "", after)
	}
	var list []events.Standing
	for _, e := range m.sample.Calendar(after) {
		list = append(list, events.Standing{Event: e})
	}
	return list, nil
}

// Profile satisfies people, like the methods below.
func (m *rehearsed) Profile(context.Context, ContactID) (events.Profile, error) {
	if m.profile == nil {
		return events.Profile{}, ErrGone
	}
	return *m.profile, nil
}

// Profiles are the true ones: a rehearsal asks none of them anything.
func (m *rehearsed) Profiles(ctx context.Context, side events.Side, at time.Time) ([]events.Profile, error) {
	if m.real == nil {
		return nil, nil
	}
	return m.real.Profiles(ctx, side, at)
}

// Introductions are none: who rehearses was never introduced to anybody.
func (m *rehearsed) Introductions(context.Context, ContactID, string) ([]Introduction, error) {
	return nil, nil
}

// Roster is empty: a rehearsal takes no true seat.
func (m *rehearsed) Roster(context.Context, string) ([]Seat, error) { return nil, nil }

// Day has no plan: who rehearses meets nobody.
func (m *rehearsed) Day(context.Context, string) (Day, error) { return Day{}, ErrGone }
