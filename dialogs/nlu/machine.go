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
	weights []int16   // by row, then class, in steps
}

// weightStep is the unit of the weights that are kept. What is lost by it is less
// than a thousandth of a margin.
const weightStep = 1.0 / 4096

// trainMachine trains a machine on messages, rows of sorted features of these
// blocks, one class for each.
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
	x := &vectors{rows: len(m.blocks), ends: make([]int, 0, len(docs)), cells: make([]cell, 0, t.cells())}
	var buf []sighting
	for _, ids := range docs {
		buf = counted(buf[:0], ids)
		x.add(m.weigh(buf), buf, t)
	}
	x.share = t.shares()
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

// A cell is what a message holds of one row.
type cell struct {
	row   int32
	value float32
}

// weigh gives what was seen its weight: rare is worth more, and each block is
// scaled.
func (m *machine) weigh(seen []sighting) []cell {
	cells := make([]cell, 0, len(seen))
	var squares [blocks]float64
	for _, s := range seen {
		row := m.row(s.id)
		if row < 0 {
			continue
		}
		value := s.worth * m.idf[row]
		squares[m.blocks[row]] += float64(value) * float64(value)
		cells = append(cells, cell{row, value})
	}
	var scale [blocks]float32
	for b, square := range squares {
		scale[b] = float32(weights[b] / math.Sqrt(max(square, math.SmallestNonzeroFloat32)))
	}
	for i, c := range cells {
		cells[i].value *= scale[m.blocks[c.row]]
	}
	return cells
}

// margins returns how far a message is on the right side for each class.
func (m *machine) margins(seen []sighting) []float32 {
	out := make([]float32, m.classes)
	for _, c := range m.weigh(seen) {
		value := c.value * weightStep
		for class, w := range m.weights[int(c.row)*m.classes:][:len(out)] {
			out[class] += value * float32(w)
		}
	}
	return out
}

// parts returns what each block adds to the margin of one class.
func (m *machine) parts(seen []sighting, class int) (sums [blocks]float64) {
	for _, c := range m.weigh(seen) {
		sums[m.blocks[c.row]] += float64(c.value) * float64(m.weights[int(c.row)*m.classes+class]) * weightStep
	}
	return sums
}
