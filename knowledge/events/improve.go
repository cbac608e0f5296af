package events

// A step makes another grid from one, perhaps a better one.
type step func(*grid) *grid

// improve looks for a better grid in steps: it empties one round, where the
// choice is exact, and chooses its meetings again, until that brings nothing
// more; then it does so with every two rounds; then, if childminders share
// tables and may still change, with every two tables, of which two childminders
// have changed places. After each step that helps it begins with one round
// again. It stops at the bound, when nothing helps any more, or when the work
// allowed is spent.
func (g *grid) improve(bound int64, seats bool) *grid {
	last := *g.work + improveWork
	kinds := [][]step{g.oneRound(), g.twoRounds()}
	if seats && len(g.minders) > g.Tables {
		kinds = append(kinds, g.reseats())
	}
	for kind := 0; kind < len(kinds); kind++ {
		for _, next := range kinds[kind] {
			if g.value() == bound || *g.work > last {
				return g
			}
			if try := next(g); try != nil && try.value() > g.value() {
				g, kind = try, -1 // and from the first kind again
			}
		}
	}
	return g
}

func (d *day) oneRound() (steps []step) {
	for r := range d.Rounds {
		steps = append(steps, again(1<<r))
	}
	return steps
}

func (d *day) twoRounds() (steps []step) {
	for r := range d.Rounds {
		for s := r + 1; s < d.Rounds; s++ {
			steps = append(steps, again(1<<r|1<<s))
		}
	}
	return steps
}

// again chooses the meetings of some rounds again.
func again(block uint64) step {
	return func(g *grid) *grid {
		try := g.clone()
		try.remove(func(pair int) bool { return block>>g.at[pair]&1 == 1 })
		try.fill(block)
		return try
	}
}

// reseats exchanges every two childminders, and sends each to every table.
func (d *day) reseats() (steps []step) {
	for c := range d.minders {
		for other := range c {
			steps = append(steps, func(g *grid) *grid { return g.reseat(c, g.seat[other], other, g.seat[c]) })
		}
		for t := range d.Tables {
			steps = append(steps, func(g *grid) *grid { return g.reseat(c, t, c, t) })
		}
	}
	return steps
}

// reseat puts two childminders at other tables and chooses all meetings of the
// tables concerned again; nil when nobody would move.
func (g *grid) reseat(a, tableA, b, tableB int) *grid {
	if g.seat[a] == tableA {
		return nil
	}
	try := g.clone()
	try.remove(func(pair int) bool {
		t := g.table(pair)
		return t == g.seat[a] || t == tableA
	})
	try = try.seated(a, tableA).seated(b, tableB)
	try.fill(g.all())
	return try
}
