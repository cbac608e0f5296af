package report

import "slices"

// few is the number of people under which a count is hidden.
const few = 5

func isSmall(n int) bool { return n > 0 && n < few }

// hide hides, among the parts of a whole that the reader knows, those of fewer
// than five; and further parts, the smallest first, until of no hidden part can
// be told whether it is of fewer than five. A part of nobody is no secret.
func hide(parts []*Count) {
	for _, c := range parts {
		c.Hidden = c.Hidden || isSmall(c.N)
	}
	for !veiled(parts) {
		next := smallestShown(parts)
		if next == nil { // too few in all: not even who is nobody may be told
			for _, c := range parts {
				c.Hidden = true
			}
			return
		}
		next.Hidden = true
	}
}

// veiled tells whether nothing is hidden, or enough: the reader knows the sum of
// what is hidden and that each part is one at least. The greatest that one of
// them may then be must not be fewer than five.
func veiled(parts []*Count) bool {
	n, sum := 0, 0
	for _, c := range parts {
		if c.Hidden {
			n, sum = n+1, sum+c.N
		}
	}
	return n == 0 || n > 1 && sum-(n-1) >= few
}

func smallestShown(parts []*Count) *Count {
	var least *Count
	for _, c := range parts {
		if !c.Hidden && c.N > 0 && (least == nil || c.N <= least.N) {
			least = c
		}
	}
	return least
}

// hideRows hides the counts of one column, as parts of a whole.
func hideRows(rows []Row, column int) {
	var parts []*Count
	for i := range rows {
		parts = append(parts, &rows[i].Counts[column])
	}
	hide(parts)
}

// nest hides counts of which each is a part of the one before it: who is left,
// and who is not, must both be nobody or five at least.
func nest(counts ...*Count) {
	last := -1
	for _, c := range counts {
		c.Hidden = isSmall(c.N) || last >= 0 && isSmall(last-c.N)
		if !c.Hidden {
			last = c.N
		}
	}
}

// gather puts rows of fewer than five together under one label that names none
// of them; with the smallest of the others if that is not enough. The rows are
// parts of a whole, the greatest first.
func gather(rows []Row, others Row) []Row {
	at := len(rows)
	rest := 0
	for at > 0 && (isSmall(rows[at-1].Counts[0].N) || isSmall(rest)) {
		at--
		rest += rows[at].Counts[0].N
	}
	if at == len(rows) {
		return rows
	}
	others.Counts = []Count{small(rest)}
	return append(slices.Clip(rows[:at]), others)
}
