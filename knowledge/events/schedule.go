package events

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// A Meeting is one parent and one childminder at a table for one round.
type Meeting struct {
	Round       int
	Start       Clock
	Table       int
	Parent      string
	Childminder string
	Score       int  // the Fit of the two
	Missed      bool // it is past, and one of the two was not there
}

// A Schedule is the plan of a day.
type Schedule struct {
	Options
	People   []Participant  // by side and id
	Seats    map[string]int // the table of each childminder
	Meetings []Meeting      // by round and table
	Total    Total
	Bound    Total // no plan of these people under these options is better
	Optimal  bool  // it is proved that no plan is better than this one
}

// A Total says how good a plan is. Of two plans the better one has less Missing;
// if that is equal, less Unfit; if that is equal too, more Score.
type Total struct {
	Missing int // over all people, the square of the meetings they lack of the minimum
	Unfit   int // meetings of two who have no day or no hour in common
	Score   int // sum of the Fit of the meetings
}

// Better tells whether t is better than u.
func (t Total) Better(u Total) bool {
	return cmp.Or(cmp.Compare(u.Missing, t.Missing), cmp.Compare(u.Unfit, t.Unfit), cmp.Compare(t.Score, u.Score)) > 0
}

// Plan makes the rounds of a day. The same people and options give the same
// plan, in whatever order the people are listed. The package documentation says
// what is guaranteed.
func Plan(people []Participant, o Options) (Schedule, error) {
	if err := checkDay(people, o); err != nil {
		return Schedule{}, err
	}
	d := newDay(people, o)
	best, bound := d.plan()
	best.tidy()
	s := best.schedule(bound, nil)
	s.Options = o
	return s, nil
}

// mostPeople keeps the weights of a Total inside the numbers of the machine.
const mostPeople = 2000

// checkDay refuses what cannot be planned: nobody may be two people.
func checkDay(people []Participant, o Options) error {
	wrong := []error{o.Check()}
	if len(people) > mostPeople {
		wrong = append(wrong, fmt.Errorf("%d people are too many for one day, at most %d; plan two", len(people), mostPeople))
	}
	seen := map[string]bool{}
	for _, p := range people {
		switch {
		case p.ID == "":
			wrong = append(wrong, errors.New("a participant has no id"))
		case p.Side != Parent && p.Side != Childminder:
			wrong = append(wrong, fmt.Errorf("participant %s is a %q; side must be parent or childminder", p.ID, p.Side))
		case seen[p.ID]:
			wrong = append(wrong, fmt.Errorf("two participants have the id %s", p.ID))
		}
		seen[p.ID] = true
	}
	return errors.Join(wrong...)
}

// schedule writes a grid as people read it, after the meetings that are past.
func (g *grid) schedule(bound int64, past []Meeting) Schedule {
	d := g.day
	s := Schedule{Options: d.Options, People: slices.Concat(d.parents, d.minders), Seats: map[string]int{}, Meetings: slices.Clone(past)}
	for c, m := range d.minders {
		s.Seats[m.ID] = d.seat[c] + 1
	}
	for pair, r := range g.at {
		if r >= 0 {
			p, c := d.people(pair)
			s.Meetings = append(s.Meetings, Meeting{Round: int(r) + 1, Start: d.Start(int(r) + 1), Table: d.seat[c] + 1,
				Parent: d.parents[p].ID, Childminder: d.minders[c].ID, Score: d.fit[pair]})
		}
	}
	slices.SortFunc(s.Meetings, func(a, b Meeting) int { return cmp.Or(a.Round-b.Round, a.Table-b.Table) })
	s.Total = s.total()
	s.Optimal = g.value() == bound
	s.Bound = s.Total.plus(d.total(bound), d.total(g.value()))
	return s
}

// total counts what took place or will.
func (s Schedule) total() (t Total) {
	for _, m := range s.Meetings {
		if !m.Missed {
			t.Score += m.Score
			t.Unfit += unfit(m.Score)
		}
	}
	for _, c := range s.Counts() {
		lack := max(0, min(s.Minimum, s.Rounds)-c.Meetings)
		t.Missing += lack * lack
	}
	return t
}

func unfit(score int) int {
	if score == 0 {
		return 1
	}
	return 0
}

// plus returns t and what the bound is above what was reached.
func (t Total) plus(bound, reached Total) Total {
	return Total{t.Missing + bound.Missing - reached.Missing, t.Unfit + bound.Unfit - reached.Unfit, t.Score + bound.Score - reached.Score}
}
