package nlu

import (
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
)

// How the machines are trained: the price of a mistake, how flat the end must
// be, from where an example is surely right, how many rounds at most. Flatter,
// and surer, takes twice the time and reads no better.
const (
	svmCost   = 1.0
	svmSlack  = 0.5
	svmAside  = 0.03
	svmRounds = 40
)

// vectors are messages as numbers, one after the other.
type vectors struct {
	rows  int
	cells []cell
	ends  []int     // by message
	share []float32 // by row: what each feature has of its value and its weight
}

// add appends a message; cells are what is seen in it. Twins are added as one.
func (x *vectors) add(cells []cell, seen []sighting, t *twins) {
	for i, c := range cells {
		if t.leads[c.row] == seen[i].id {
			x.cells = append(x.cells, cell{c.row, c.value * float32(math.Sqrt(float64(t.sizes[c.row])))})
		}
	}
	x.ends = append(x.ends, len(x.cells))
}

// at returns one message.
func (x *vectors) at(i int) []cell {
	from := 0
	if i > 0 {
		from = x.ends[i-1]
	}
	return x.cells[from:x.ends[i]]
}

// train makes one linear classifier for each class against all others, with the
// squared hinge by dual coordinate descent. It gives the same result however
// many processors share the work.
func (m *machine) train(x *vectors, labels []int) {
	m.weights = make([]uint8, x.rows*m.classes)
	next := make(chan int, m.classes)
	for c := range m.classes {
		next <- c
	}
	close(next)
	var wg sync.WaitGroup
	for range min(m.classes, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			t := newTrainer(x)
			for c := range next {
				t.train(labels, c)
				m.keep(c, t.w, x.share)
			}
		})
	}
	wg.Wait()
}

// keep stores the weights of a class.
func (m *machine) keep(class int, w, share []float32) {
	for row, weight := range w {
		m.weights[row*m.classes+class] = markOf(weight * share[row])
	}
}

// A trainer holds what is needed to train one class after the other.
type trainer struct {
	x      *vectors
	square []float32 // the length of each vector, squared, plus the diagonal
	alpha  []float32
	active []int
	w      []float32
}

const diagonal = 0.5 / svmCost

func newTrainer(x *vectors) *trainer {
	n := len(x.ends)
	t := &trainer{x: x, square: make([]float32, n), alpha: make([]float32, n), active: make([]int, n), w: make([]float32, x.rows)}
	for i := range t.square {
		t.square[i] = diagonal
		for _, c := range x.at(i) {
			t.square[i] += c.value * c.value
		}
	}
	return t
}

// train finds the weights of one class, leaving aside the examples that are
// surely right until the others are done.
func (t *trainer) train(labels []int, class int) {
	clear(t.w)
	clear(t.alpha)
	active := t.active
	for i := range active {
		active[i] = i
	}
	random := rand.New(rand.NewPCG(uint64(class), 93800))
	bound := float32(1e9)
	for range svmRounds {
		random.Shuffle(len(active), func(i, j int) { active[i], active[j] = active[j], active[i] })
		high, low := float32(-1e9), float32(1e9)
		for k := 0; k < len(active); {
			i := active[k]
			gradient, aside := t.step(i, sign(labels[i] == class), bound)
			if aside {
				last := len(active) - 1
				active[k], active[last] = active[last], active[k]
				active = active[:last]
				continue
			}
			high, low = max(high, gradient), min(low, gradient)
			k++
		}
		if high-low <= svmSlack {
			if len(active) == len(t.active) {
				return
			}
			active, bound = t.active, 1e9
			continue
		}
		bound = svmAside
	}
}

func sign(yes bool) float32 {
	if yes {
		return 1
	}
	return -1
}

// step improves one example's share. It returns the projected gradient, and
// whether the example can be left aside. All that it touches belongs to one
// goroutine; the race detector would make each test that trains wait for twenty
// seconds to say so.
//
//go:norace
func (t *trainer) step(i int, y, bound float32) (gradient float32, aside bool) {
	x := t.x.at(i)
	g := y*dot(t.w, x) - 1 + diagonal*t.alpha[i]
	if t.alpha[i] == 0 {
		if g > bound {
			return 0, true
		}
		if g >= 0 {
			return 0, false
		}
	}
	old := t.alpha[i]
	t.alpha[i] = max(old-g/t.square[i], 0)
	if d := (t.alpha[i] - old) * y; d != 0 {
		for _, c := range x {
			t.w[uint32(c.row)] += d * c.value
		}
	}
	return g, false
}

// dot returns how far an example is on the side of the class being trained. Four
// sums side by side do not wait for each other.
//
//go:norace
func dot(w []float32, x []cell) float32 {
	var a, b, c, d float32
	for len(x) >= 4 {
		a += w[uint32(x[0].row)] * x[0].value
		b += w[uint32(x[1].row)] * x[1].value
		c += w[uint32(x[2].row)] * x[2].value
		d += w[uint32(x[3].row)] * x[3].value
		x = x[4:]
	}
	for _, e := range x {
		a += w[uint32(e.row)] * e.value
	}
	return (a + b) + (c + d)
}
