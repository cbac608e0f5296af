package events

import (
	"cmp"
	"slices"
)

// sit gives each childminder a table that she shares with others who sit there
// in other rounds. Those with the most meetings choose first, and each takes the
// table where most of her minimum finds a round, then most of all her meetings;
// of several, the emptiest.
func (d *day) sit(meetings []int) {
	order := make([]int, len(d.minders))
	for c := range order {
		order[c] = c
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(meetings[b]-meetings[a], count(d.openC[a])-count(d.openC[b]))
	})
	tables := make([]sharing, d.Tables)
	for _, c := range order {
		t, next := d.emptiest(tables, c, meetings[c])
		tables[t], d.seat[c] = next, t
	}
}

// meetingsOf counts the meetings of each childminder.
func (d *day) meetingsOf(pairs []int) []int {
	n := make([]int, len(d.minders))
	for _, pair := range pairs {
		_, c := d.people(pair)
		n[c]++
	}
	return n
}

// A sharing is what one table has to hold: the minimum of each childminder, and
// all of their meetings.
type sharing struct {
	minimum, full seating
	load          int // meetings of all, whether they find a round or not
}

// emptiest returns the table that a childminder takes, and what it then holds.
func (d *day) emptiest(tables []sharing, c, meetings int) (best int, found sharing) {
	for t, was := range tables {
		next := sharing{was.minimum.with(d, c, min(meetings, d.Minimum)), was.full.with(d, c, meetings), was.load + meetings}
		if t == 0 || cmp.Or(
			cmp.Compare(next.minimum.taken-was.minimum.taken, found.minimum.taken-tables[best].minimum.taken),
			cmp.Compare(next.full.taken-was.full.taken, found.full.taken-tables[best].full.taken),
			cmp.Compare(found.load, next.load)) > 0 {
			best, found = t, next
		}
	}
	return best, found
}

// A seating says which childminder sits at a table in each round.
type seating struct {
	who   [mostRounds]int16 // from 1; 0 nobody
	taken int
}

// with returns the seating with as many rounds for a childminder as it has, up
// to her meetings; others move to other rounds of theirs.
func (s seating) with(d *day, c, meetings int) seating {
	for ; meetings > 0; meetings-- {
		var seen uint64
		if !s.find(d, c, &seen) {
			break
		}
		s.taken++
	}
	return s
}

func (s *seating) find(d *day, c int, seen *uint64) bool {
	for open := d.openC[c] &^ *seen; open != 0; open = open & (open - 1) &^ *seen {
		r := lowest(open)
		*seen |= 1 << r
		if s.who[r] == 0 || s.find(d, int(s.who[r])-1, seen) {
			s.who[r] = int16(c + 1)
			return true
		}
	}
	return false
}
