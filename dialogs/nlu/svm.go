package nlu

import (
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

// train makes one linear classifier for each class against all others, with the
// squared hinge by dual coordinate descent. It gives the same result however
// many processors share the work.
func (m *machine) train(x *vectors, labels []int) {
	m.weights = make([]uint8, len(m.idf)*m.classes)
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
				m.keep(c, t.w, x.square)
			}
		})
	}
	wg.Wait()
}

// keep stores the weights of a class.
func (m *machine) keep(class int, w, square []float32) {
	for row := range w {
		m.weights[row*m.classes+class] = markOf(w[row] * m.idf[row] / square[row])
	}
}

// A trainer holds what is needed to train one class after the other.
type trainer struct {
	x      *vectors
	length []float32 // of each message, squared, plus the diagonal
	alpha  []float32
	active []int
	w      []float32 // by row: the weight times what a run with the factor one holds
}

const diagonal = 0.5 / svmCost

func newTrainer(x *vectors) *trainer {
	n := len(x.ends)
	t := &trainer{x: x, length: make([]float32, n), alpha: make([]float32, n), active: make([]int, n), w: make([]float32, len(x.square))}
	for i := range t.length {
		from, runs := x.at(i)
		t.length[i] = diagonal
		for _, r := range runs {
			t.length[i] += r.factor * r.factor * sum(x.square, x.rows[from:r.end])
			from = r.end
		}
	}
	return t
}

// train finds the weights of one class, leaving aside the examples that are
// surely right. Looking at them again in the end takes a third of the time and
// reads no better.
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
			return
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
	g := y*t.margin(i) - 1 + diagonal*t.alpha[i]
	if t.alpha[i] == 0 {
		if g > bound {
			return 0, true
		}
		if g >= 0 {
			return 0, false
		}
	}
	old := t.alpha[i]
	t.alpha[i] = max(old-g/t.length[i], 0)
	if d := (t.alpha[i] - old) * y; d != 0 {
		t.move(i, d)
	}
	return g, false
}

// margin returns how far an example is on the side of the class being trained.
//
//go:norace
func (t *trainer) margin(i int) (margin float32) {
	from, runs := t.x.at(i)
	for _, r := range runs {
		margin += r.factor * sum(t.w, t.x.rows[from:r.end])
		from = r.end
	}
	return margin
}

// sum adds what is of these rows. Four sums side by side do not wait for each
// other.
//
//go:norace
func sum(of []float32, rows []int32) float32 {
	var a, b, c, d float32
	for len(rows) >= 4 {
		a += of[uint32(rows[0])]
		b += of[uint32(rows[1])]
		c += of[uint32(rows[2])]
		d += of[uint32(rows[3])]
		rows = rows[4:]
	}
	for _, row := range rows {
		a += of[uint32(row)]
	}
	return (a + b) + (c + d)
}

// move brings the weights by so much towards an example.
//
//go:norace
func (t *trainer) move(i int, by float32) {
	from, runs := t.x.at(i)
	for _, r := range runs {
		d := by * r.factor
		for _, row := range t.x.rows[from:r.end] {
			t.w[uint32(row)] += d * t.x.square[uint32(row)]
		}
		from = r.end
	}
}
