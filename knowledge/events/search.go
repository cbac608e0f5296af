package events

import "slices"

// A search proves what the best plan is, or finds a better one, on days that
// are small enough: it takes the pair that is hardest to place among those that
// the relaxed choice wants, and tries each of its rounds, and the day without
// that pair. A branch whose bound is not above the best grid is left.
type search struct {
	best  *grid
	value int64 // of best
	bound int64 // of the day
	last  int   // the work at which it gives up
	open  bool  // it gave up
}

// prove searches for a better grid than best, beginning with the empty grid g,
// over all ways to seat the childminders unless they have their seats. It
// returns the best with the bound that is then known: its own value when the
// search came to its end.
func (g *grid) prove(best *grid, bound int64, seated bool) (*grid, int64) {
	if best.value() == bound || len(g.fit) > provable {
		return best, bound
	}
	s := &search{best: best, value: best.value(), bound: bound, last: *g.work + proveWork}
	if seated {
		s.try(g)
	} else {
		s.seats(g, 0, 0)
	}
	if s.open {
		return s.best, bound
	}
	return s.best, s.value
}

func (s *search) done() bool { return s.value == s.bound || s.open }

// seats tries all ways to share the tables; which table is which does not
// matter, and none stays empty.
func (s *search) seats(g *grid, c, used int) {
	left := len(g.minders) - c
	switch {
	case s.done() || used+left < min(g.Tables, len(g.minders)):
	case left == 0:
		s.try(g)
	default:
		for t := range min(used+1, g.Tables) {
			s.seats(g.seated(c, t), c+1, max(used, t+1))
		}
	}
}

// seated returns the grid with a childminder, of whom nothing is planned, at a
// table.
func (g *grid) seated(c, table int) *grid {
	d := *g.day
	d.seat = slices.Clone(d.seat)
	d.seat[c] = table
	with := *g
	with.day = &d
	return &with
}

// try looks at everything that can follow from a grid, in which what is fixed
// is pinned or barred, and nothing else is planned.
func (s *search) try(g *grid) {
	if s.open = s.open || *g.work > s.last; s.open {
		return
	}
	pairs, gain := g.relax(g.all(), false)
	if g.value()+gain <= s.value {
		return
	}
	s.offer(g, pairs)
	pair := g.hardest(pairs)
	if pair < 0 {
		return
	}
	for _, r := range g.different(g.free(pair)) {
		with := g.clone()
		with.put(pair, r)
		with.pinned[pair] = true
		if s.try(with); s.done() {
			return
		}
	}
	without := g.clone()
	without.barred[pair] = true
	s.try(without)
}

// offer places the chosen pairs as well as it goes and keeps the best grid.
func (s *search) offer(g *grid, pairs []int) {
	full := g.clone()
	for _, pair := range pairs {
		full.insert(pair)
	}
	if v := full.value(); v > s.value {
		s.best, s.value = full, v
	}
}

// hardest returns the pair with the fewest rounds to choose from; -1 of none.
func (g *grid) hardest(pairs []int) int {
	best := -1
	for _, pair := range pairs {
		if best < 0 || count(g.free(pair)) < count(g.free(best)) {
			best = pair
		}
	}
	return best
}
