package events

import "math"

// overlooked returns the candidates beside the shortlist that would have made
// the choice better: those whose cost is below the difference of the potentials
// of their ends. When there is none, the choice of the shortlist is the best of
// all candidates.
func (s *selection) overlooked(in []candidate) (more []candidate) {
	if s.whole {
		return nil
	}
	rest := s.all[:0]
	for _, x := range s.all {
		p, m := s.people(x.pair)
		if s.best-x.worth+s.parents[p].price(s, x.both, true)-s.minders[m].price(s, x.both, false) < 0 {
			more = append(more, x)
		} else {
			rest = append(rest, x)
		}
	}
	s.all = rest
	return more
}

// price returns the potential of the door of a person, or that which it would
// have if it were there: the least that leads out, the most that leads in.
func (m *member) price(s *selection, both uint64, out bool) int64 {
	if door, ok := m.doors[both]; ok {
		return s.potential[door]
	}
	if m.rounds == nil {
		return s.potential[m.hub]
	}
	price, better := int64(math.MaxInt64), func(a, b int64) int64 { return min(a, b) }
	if !out {
		price, better = math.MinInt64, func(a, b int64) int64 { return max(a, b) }
	}
	for ; both != 0; both &= both - 1 {
		price = better(price, s.potential[m.rounds[lowest(both)]])
	}
	return price
}
