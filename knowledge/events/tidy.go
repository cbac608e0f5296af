package events

import "slices"

// tidy shortens the waiting between the meetings of a person, and the stays of
// childminders who share a table, by exchanging two rounds wherever that moves
// nobody out of their time. Who meets whom stays the same. It takes what it
// finds: no promise is made about waiting.
func (g *grid) tidy() {
	for sweeps, better := 0, true; better && sweeps < 20; sweeps++ {
		better = false
		for pair := range g.at {
			for s := 0; s < g.Rounds && g.at[pair] >= 0; s++ {
				better = g.exchange(pair, s) || better
			}
		}
	}
}

// exchange moves a meeting to round s, with all that this moves, if people then
// wait less. It tells whether it did.
func (g *grid) exchange(pair, s int) bool {
	r := int(g.at[pair])
	if r == s || g.list(pair)>>s&1 == 0 {
		return false
	}
	chain := g.component(int32(pair), r, s)
	if chain == nil {
		return false
	}
	before := g.waiting(chain)
	g.flip(chain, r, s)
	if g.waiting(chain) < before {
		return true
	}
	g.flip(chain, r, s)
	return false
}

// component lists the meetings that change when one goes from round r to s, on
// both of its sides; nil when one of them cannot, or when they are very many.
func (g *grid) component(first int32, r, s int) []int32 {
	const many = 64 // a long chain moves more people than it helps
	one := g.chain(first, r, s, true)
	if one == nil || len(one) > many {
		return nil
	}
	other := g.chain(first, r, s, false)
	if other == nil || len(other) > many {
		return nil
	}
	for _, pair := range other[1:] {
		if !slices.Contains(one, pair) {
			one = append(one, pair)
		}
	}
	return one
}

// waiting counts the rounds that the people of some meetings spend between
// theirs; those of childminders who share a table count too.
func (g *grid) waiting(chain []int32) (n int) {
	for _, pair := range chain {
		p, c := g.people(int(pair))
		n += gaps(g.busyP[p])
		if len(g.minders) > g.Tables {
			n += gaps(g.busyC(c))
		}
	}
	return n
}

// busyC returns the rounds in which a childminder meets.
func (g *grid) busyC(c int) (rounds uint64) {
	t := g.seat[c]
	for busy := g.busyT[t]; busy != 0; busy &= busy - 1 {
		r := lowest(busy)
		if _, m := g.people(int(g.byT[t*g.Rounds+r])); m == c {
			rounds |= 1 << r
		}
	}
	return rounds
}

// gaps counts the rounds between the first and the last of a set that are not
// in it.
func gaps(rounds uint64) int {
	if rounds == 0 {
		return 0
	}
	return highest(rounds) - lowest(rounds) + 1 - count(rounds)
}
