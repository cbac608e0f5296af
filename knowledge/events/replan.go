package events

import (
	"errors"
	"fmt"
	"slices"
)

// A Change is what became known on the day about one person.
type Change struct {
	ID     string
	Absent bool // did not come, and is not expected
	Room   Span // if not Absent: from when to when the person is in the room after all
}

// nobody is the room of somebody who is not there.
func nobody() Span { return Span{midnight, midnight} }

// Replan plans the rounds of a day again from one on, for no-shows, late
// arrivals and those who leave early. What is past stays as it was; a meeting
// of the past at which somebody was missing is marked Missed, counts for
// nobody, and may be planned again. Childminders keep their tables. In the
// rounds that remain a meeting that stands on people's sheets counts as much
// as one of FullFit more: it goes only when one of the two is not there, when
// somebody would lack the minimum, or for at least that much better ones.
func Replan(s Schedule, round int, changes ...Change) (Schedule, error) {
	if round < 1 || round > s.Rounds {
		return Schedule{}, fmt.Errorf("round must be 1 to %d, not %d", s.Rounds, round)
	}
	people, err := s.changed(changes)
	if err != nil {
		return Schedule{}, err
	}
	d := newDay(people, s.Options)
	for c, m := range d.minders {
		d.seat[c] = s.Seats[m.ID] - 1
	}
	past, held := s.split(d, round)
	empty := d.after(past, held, round)
	best, bound := empty.replan(held)
	next := best.schedule(bound, past)
	next.Options, next.Seats = s.Options, s.Seats
	return next, nil
}

// changed returns the people as they are in the room after all.
func (s Schedule) changed(changes []Change) ([]Participant, error) {
	people := slices.Clone(s.People)
	var wrong []error
	for _, c := range changes {
		i := slices.IndexFunc(people, func(p Participant) bool { return p.ID == c.ID })
		switch {
		case i < 0:
			wrong = append(wrong, fmt.Errorf("nobody has the id %s; plan the day anew with them", c.ID))
		case c.Absent:
			people[i].Room = nobody()
		default:
			people[i].Room = c.Room
		}
	}
	return people, errors.Join(wrong...)
}

// split returns the meetings that are past and those that can still be held.
func (s Schedule) split(d *day, round int) (past, held []Meeting) {
	for _, m := range s.Meetings {
		there := d.list(d.pair(m))>>(m.Round-1)&1 == 1
		if m.Round < round {
			m.Missed = m.Missed || !there
			past = append(past, m)
		} else if there {
			held = append(held, m)
		}
	}
	return past, held
}

// pair returns the number of the pair of a meeting.
func (d *day) pair(m Meeting) int {
	index := func(list []Participant, id string) int {
		return slices.IndexFunc(list, func(p Participant) bool { return p.ID == id })
	}
	return index(d.parents, m.Parent)*len(d.minders) + index(d.minders, m.Childminder)
}

// after returns the grid of what remains of a day: nothing is planned, and what
// took place counts.
func (d *day) after(past, held []Meeting, round int) *grid {
	for _, open := range [][]uint64{d.openP, d.openC} {
		for i := range open {
			open[i] &^= 1<<(round-1) - 1
		}
	}
	for _, m := range held {
		d.held[d.pair(m)] = int8(m.Round - 1)
	}
	g := newGrid(d)
	for _, m := range past {
		if p, c := d.people(d.pair(m)); !m.Missed {
			g.barred[d.pair(m)] = true
			g.nP[p]++
			g.nC[c]++
		}
	}
	return g
}

// replan makes the best grid that it can, from what stands on people's sheets
// and from nothing, and returns it with the bound that no plan exceeds.
func (g *grid) replan(held []Meeting) (best *grid, bound int64) {
	pairs, gain := g.relax(g.all(), false)
	bound = g.value() + gain
	best = g.clone()
	for _, m := range held {
		best.put(g.pair(m), m.Round-1)
	}
	best.fill(g.all())
	best = best.improve(bound, false)
	anew := g.clone()
	anew.place(pairs)
	if anew = anew.improve(bound, false); anew.value() > best.value() {
		best = anew
	}
	return g.prove(best, bound, true)
}
