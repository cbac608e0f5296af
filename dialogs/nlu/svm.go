package nlu

import (
	"math/rand/v2"
	"runtime"
	"sync"
)

// How the machines are trained: the price of a mistake, how flat the end must
// be, how many rounds at most.
const (
	svmCost   = 1.0
	svmSlack  = 0.1
	svmRounds = 40
)

// A machine is a set of linear classifiers, one class against all others,
// trained with the squared hinge by dual coordinate descent.
type machine struct {
	classes int
	weights []float32 // by feature, then class
}

// trainMachine trains one classifier for each class. It gives the same result
// however many processors share the work.
func trainMachine(all []vector, labels []int, classes, features int) *machine {
	m := &machine{classes: classes, weights: make([]float32, features*classes)}
	next := make(chan int, classes)
	for c := range classes {
		next <- c
	}
	close(next)
	var wg sync.WaitGroup
	for range min(classes, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			t := newTrainer(all, features)
			for c := range next {
				t.train(labels, c)
				for f, w := range t.w {
					m.weights[f*classes+c] = w
				}
			}
		})
	}
	wg.Wait()
	return m
}

// A trainer holds what is needed to train one class after the other.
type trainer struct {
	all    []vector
	square []float32 // the length of each vector, squared, plus the diagonal
	alpha  []float32
	active []int
	w      []float32
}

const diagonal = 0.5 / svmCost

func newTrainer(all []vector, features int) *trainer {
	t := &trainer{all: all, square: make([]float32, len(all)), alpha: make([]float32, len(all)), active: make([]int, len(all)), w: make([]float32, features)}
	for i, x := range all {
		t.square[i] = diagonal
		for _, v := range x.values {
			t.square[i] += v * v
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
		if bound = high; high <= 0 {
			bound = 1e9
		}
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
	x := t.all[i]
	g := y*t.dot(x) - 1 + diagonal*t.alpha[i]
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
		for k, id := range x.ids {
			t.w[id] += d * x.values[k]
		}
	}
	return g, false
}

// dot returns how far an example is on the side of the class being trained.
//
//go:norace
func (t *trainer) dot(x vector) float32 {
	var sum float32
	for k, id := range x.ids {
		sum += t.w[id] * x.values[k]
	}
	return sum
}

// margins returns how far a message is on the right side for each class.
func (m *machine) margins(x vector) []float32 {
	out := make([]float32, m.classes)
	for k, id := range x.ids {
		row := m.weights[int(id)*m.classes:][:m.classes]
		v := x.values[k]
		for c, w := range row {
			out[c] += v * w
		}
	}
	return out
}
