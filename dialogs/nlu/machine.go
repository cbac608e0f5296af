package nlu

import (
	"math"
	"slices"
)

// A machine tells classes of messages apart by the features seen in them. Those
// that were always seen together while it was trained, most of the rare ones,
// share a row: it learns, and keeps, them once.
type machine struct {
	classes int
	known   []int32   // the features it was trained on, sorted; nil for all of the vocabulary
	rows    []int32   // of each of them
	blocks  []block   // by row
	idf     []float32 // by row: how rare it is
	weights []uint8   // by row, then class: on the scale
}

// trainMachine trains a machine on messages, rows of sorted features of these
// blocks, one class for each. It uses the messages up: their memory is wanted.
func trainMachine(docs [][]int32, of []block, labels []int, classes int) *machine {
	m, x := newMachine(docs, of, pair(docs, of), classes)
	m.train(x, labels)
	return m
}

// newMachine learns from messages, rows of sorted features of these blocks,
// what a machine must know before it is trained. It returns the vectors to
// train on as well.
func newMachine(docs [][]int32, of []block, t *twins, classes int) (*machine, *vectors) {
	m := &machine{classes: classes, rows: t.rows}
	for row, lead := range t.leads {
		m.blocks = append(m.blocks, of[lead])
		m.idf = append(m.idf, float32(math.Log(float64(1+len(docs))/float64(1+t.seenIn[row]))+1))
	}
	x := newVectors(m, t, len(docs))
	var seen []sighting
	for i, ids := range docs {
		seen = counted(seen[:0], ids)
		x.add(seen, m, t)
		docs[i] = nil
	}
	return m, x
}

// row returns the row of a feature, -1 when it was not seen in training.
func (m *machine) row(id int32) int32 {
	if m.known == nil {
		return m.rows[id]
	}
	if at, ok := slices.BinarySearch(m.known, id); ok {
		return m.rows[at]
	}
	return -1
}

// factors returns what each block of a message is scaled with.
func (m *machine) factors(seen []sighting) (factors [blocks]float32) {
	var squares [blocks]float64
	for _, s := range seen {
		if row := m.row(s.id); row >= 0 {
			value := float64(worths[s.times-1] * m.idf[row])
			squares[m.blocks[row]] += value * value
		}
	}
	for b, square := range squares {
		if square > 0 {
			factors[b] = float32(weights[b] / math.Sqrt(square))
		}
	}
	return factors
}

// each calls do with the row of each known feature and what it is worth: rare is
// worth more, and each block is scaled.
func (m *machine) each(seen []sighting, do func(row int32, value float32)) {
	factors := m.factors(seen)
	for _, s := range seen {
		if row := m.row(s.id); row >= 0 {
			do(row, worths[s.times-1]*m.idf[row]*factors[m.blocks[row]])
		}
	}
}

// margins returns how far a message is on the right side for each class.
func (m *machine) margins(seen []sighting) []float32 {
	out := make([]float32, m.classes)
	m.each(seen, func(row int32, value float32) {
		for class, mark := range m.weights[int(row)*m.classes:][:len(out)] {
			out[class] += value * scale[mark]
		}
	})
	return out
}

// parts returns what each block adds to the margin of one class.
func (m *machine) parts(seen []sighting, class int) (sums [blocks]float64) {
	m.each(seen, func(row int32, value float32) {
		sums[m.blocks[row]] += float64(value * scale[m.weights[int(row)*m.classes+class]])
	})
	return sums
}
