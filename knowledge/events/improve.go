package events

// improve looks for a better grid by emptying some rounds and choosing all
// their meetings again: one round, where the choice is exact, then every two,
// then the whole day around what cannot move. It stops at the bound, when
// nothing is better any more, or when the work allowed is spent.
func (g *grid) improve(bound int64, work int) *grid {
	last := *g.work + work
	for better := true; better; {
		better = false
		for _, block := range g.blocks() {
			if g.value() == bound || *g.work > last {
				return g
			}
			if try := g.again(block); try.value() > g.value() {
				g, better = try, true
			}
		}
	}
	return g
}

// again returns the grid with the meetings of some rounds chosen again.
func (g *grid) again(block uint64) *grid {
	try := g.clone()
	try.remove(block)
	try.fill(block)
	return try
}

// blocks lists the sets of rounds that are emptied together, small ones first.
func (d *day) blocks() (list []uint64) {
	for size := 1; size <= 2; size++ {
		for from := 0; from+size <= d.Rounds; from++ {
			if size == 1 {
				list = append(list, 1<<from)
				continue
			}
			for second := from + 1; second < d.Rounds; second++ {
				list = append(list, 1<<from|1<<second)
			}
		}
	}
	return list
}
