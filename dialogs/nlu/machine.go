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
	var seen []sighting
	var cells []cell
	for _, ids := range docs {
		seen = counted(seen[:0], ids)
		cells = m.weigh(cells[:0], seen)
		x.add(cells, seen, t)
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

// weigh adds what was seen with its weight to cells: rare is worth more, and
// each block is scaled.
func (m *machine) weigh(cells []cell, seen []sighting) []cell {
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
	var factors [blocks]float32
	for b, square := range squares {
		factors[b] = float32(weights[b] / math.Sqrt(max(square, math.SmallestNonzeroFloat32)))
	}
	for i, c := range cells {
		cells[i].value *= factors[m.blocks[c.row]]
	}
	return cells
}

// margins returns how far a message is on the right side for each class.
func (m *machine) margins(seen []sighting) []float32 {
	out := make([]float32, m.classes)
	for _, c := range m.weigh(make([]cell, 0, len(seen)), seen) {
		for class, mark := range m.weights[int(c.row)*m.classes:][:len(out)] {
			out[class] += c.value * scale[mark]
		}
	}
	return out
}

// parts returns what each block adds to the margin of one class.
func (m *machine) parts(seen []sighting, class int) (sums [blocks]float64) {
	for _, c := range m.weigh(make([]cell, 0, len(seen)), seen) {
		sums[m.blocks[c.row]] += float64(c.value * scale[m.weights[int(c.row)*m.classes+class]])
	}
	return sums
}
