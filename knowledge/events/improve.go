package events

import "slices"

// A step makes another grid from one, perhaps a better one.
type step func(*grid) *grid

// improve looks for a better grid in steps: it empties one round, where the
// choice is exact, and chooses its meetings again, until that brings nothing
// more; then, if childminders share tables and may still change, it lets two
// change places, or one go elsewhere, and chooses the meetings of the tables
// concerned again; then it empties every two rounds. After each step that helps
// it goes back to the first kind. It stops at the bound, when nothing helps any
// more, or when the work allowed is spent.
func (g *grid) improve(bound int64, seats bool) *grid {
	last := *g.work + improveWork + pairWork*len(g.fit)
	kinds := []*steps{{list: g.oneRound()}, {list: g.twoRounds()}}
	if seats && len(g.minders) > g.Tables {
		kinds = slices.Insert(kinds, 1, &steps{list: g.reseats()})
	}
	for g.value() != bound && *g.work <= last {
		i := slices.IndexFunc(kinds, (*steps).left)
		if i < 0 {
			break
		}
		if try := kinds[i].next()(g); try != nil && try.value() > g.value() {
			g = try
			for _, k := range kinds {
				k.vain = 0
			}
		}
	}
	return g
}

// steps are those of one kind, taken in turn.
type steps struct {
	list []step
	at   int // the next
	vain int // how many in a row have not helped
}

func (s *steps) left() bool { return s.vain < len(s.list) }

func (s *steps) next() step {
	s.vain++
	s.at++
	return s.list[(s.at-1)%len(s.list)]
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
