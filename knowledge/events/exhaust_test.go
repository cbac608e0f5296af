package events

import (
	"cmp"
	"slices"
)

// A room is a small day, for which all plans can be tried.
type room struct {
	Options
	parents, minders []Participant
	from             int            // the first round to plan, from 1
	past             map[string]int // meetings that each person has had
	met              uint32         // pairs that have met
	held             map[int]int    // the round, from 1, in which a pair stands on people's sheets
	seat             []int
}

func newRoom(people []Participant, o Options) *room {
	r := &room{Options: o, from: 1, past: map[string]int{}, held: map[int]int{}}
	for _, p := range people {
		if p.Side == Parent {
			r.parents = append(r.parents, p)
		} else {
			r.minders = append(r.minders, p)
		}
	}
	byID := func(a, b Participant) int { return cmp.Compare(a.ID, b.ID) }
	slices.SortFunc(r.parents, byID)
	slices.SortFunc(r.minders, byID)
	r.seat = make([]int, len(r.minders))
	return r
}

// exhaust returns the best total of all plans, by trying them: each way to seat
// the childminders, and for it every set of pairs that the rounds can hold.
func exhaust(people []Participant, o Options) Total {
	r := newRoom(people, o)
	best := Total{Missing: 1 << 30}
	var seat func(c, used int)
	seat = func(c, used int) {
		if c == len(r.minders) {
			if t := r.best(); t.Better(best) {
				best = t
			}
			return
		}
		for table := range min(r.Tables, used+1) {
			r.seat[c] = table
			seat(c+1, max(used, table+1))
		}
	}
	seat(0, 0)
	return best
}

// best returns the best total for the seats. A set of pairs is a mask; round
// after round, all masks that can be reached, and how many of their meetings at
// most stay where they stand on people's sheets. A meeting that stays is worth
// a FullFit of Score more.
func (r *room) best() Total {
	reached := map[uint32]int{r.met: 0}
	for round := r.from; round <= r.Rounds; round++ {
		next := map[uint32]int{}
		for mask, kept := range reached {
			r.meet(round, 0, mask, kept, 0, next)
		}
		reached = next
	}
	best := Total{Missing: 1 << 30}
	for mask, kept := range reached {
		t := r.count(mask &^ r.met)
		t.Score += kept * FullFit
		if t.Better(best) {
			best = t
		}
	}
	return best
}

// meet adds each set of meetings that a round can hold to mask.
func (r *room) meet(round, p int, mask uint32, kept int, tables uint64, next map[uint32]int) {
	if p == len(r.parents) {
		if most, ok := next[mask]; !ok || kept > most {
			next[mask] = kept
		}
		return
	}
	r.meet(round, p+1, mask, kept, tables, next)
	for c, m := range r.minders {
		pair := p*len(r.minders) + c
		if mask>>pair&1 == 0 && tables>>r.seat[c]&1 == 0 && r.there(r.parents[p], round) && r.there(m, round) {
			stays := 0
			if r.held[pair] == round {
				stays = 1
			}
			r.meet(round, p+1, mask|1<<pair, kept+stays, tables|1<<r.seat[c], next)
		}
	}
}

func (r *room) there(p Participant, round int) bool {
	start := r.Begin + Clock((round-1)*(r.Minutes+r.Pause))
	return start >= p.Room.From && (p.Room.To == 0 || start+Clock(r.Minutes) <= p.Room.To)
}

func (r *room) count(mask uint32) (t Total) {
	met := map[string]int{}
	for p, parent := range r.parents {
		for c, minder := range r.minders {
			if mask>>(p*len(r.minders)+c)&1 == 1 {
				met[parent.ID]++
				met[minder.ID]++
				t.Score += Fit(parent, minder)
				if Fit(parent, minder) == 0 {
					t.Unfit++
				}
			}
		}
	}
	for _, p := range slices.Concat(r.parents, r.minders) {
		lack := max(0, min(r.Minimum, r.Rounds)-met[p.ID]-r.past[p.ID])
		t.Missing += lack * lack
	}
	return t
}
