package nlu

import (
	"math"
	"slices"
	"testing"
)

func TestVocabulary(t *testing.T) {
	v := newVocabulary()
	const n = 5 * firstSlots
	for range 2 {
		for i := range n {
			if got := v.number(newFeature(hashRune(seed(letters), rune(i)), letters)); got != int32(i) {
				t.Fatalf("feature %d has the number %d", i, got)
			}
		}
	}
	known, unknown := newFeature(hashRune(seed(letters), 7), letters), newFeature(hashRune(seed(letters), n), letters)
	seen := v.see([]feature{known, unknown, known})
	if len(seen) != 1 || seen[0].id != 7 || seen[0].times != 2 {
		t.Errorf("a feature seen twice and an unknown one are seen as %v", seen)
	}
}

// few are messages of two classes in which features 1, 2 and 5 are always seen
// together, 5 in another block; 3 is seen twice where 1 is seen once.
var (
	few       = [][]int32{{0, 1, 2, 3, 3, 5}, {0, 1, 2, 3, 5}, {0, 4}, {4, 4}, {0, 6}, {1, 2, 3, 5, 6}}
	fewBlocks = []block{letters, letters, letters, letters, letters, concepts, letters}
	fewLabels = []int{0, 0, 1, 1, 1, 0}
)

func TestTwins(t *testing.T) {
	got := pair(few, fewBlocks)
	if got.rows[1] != got.rows[2] {
		t.Error("features that are always seen together have two rows")
	}
	for _, other := range []int{0, 3, 4, 5, 6} {
		if got.rows[other] == got.rows[1] {
			t.Errorf("feature %d is not seen like 1 and shares its row", other)
		}
	}
	if n := got.sizes[got.rows[1]]; n != 2 || !slices.Equal(got.leads, []int32{0, 1, 3, 4, 5, 6}) {
		t.Errorf("%d twins, the first of each row %v", n, got.leads)
	}
}

// TestTwinsAreExact checks that a machine which learns twins once tells classes
// apart as one does which learns each feature by itself.
func TestTwinsAreExact(t *testing.T) {
	alone := &twins{}
	_, seenIn := marks(few, fewBlocks)
	for id := range fewBlocks {
		alone.rows, alone.leads, alone.sizes = append(alone.rows, int32(id)), append(alone.leads, int32(id)), append(alone.sizes, 1)
	}
	alone.seenIn = seenIn
	plain, x := newMachine(slices.Clone(few), fewBlocks, alone, 2)
	plain.train(x, fewLabels)
	paired := trainMachine(slices.Clone(few), fewBlocks, fewLabels, 2)
	for _, ids := range append(few, []int32{1}, []int32{2, 2, 5}, []int32{1, 4, 6}) {
		seen := counted(nil, ids)
		a, b := plain.margins(seen), paired.margins(seen)
		for class := range a {
			if math.Abs(float64(a[class]-b[class])) > 0.02 {
				t.Errorf("message %v has the margins %v, and %v with twins", ids, a, b)
			}
		}
	}
}

func TestMachine(t *testing.T) {
	m := trainMachine(slices.Clone(few), fewBlocks, fewLabels, 2)
	for i, ids := range few {
		seen := counted(nil, ids)
		margins := m.margins(seen)
		if margins[fewLabels[i]] <= 0 || margins[1-fewLabels[i]] >= 0 {
			t.Errorf("message %v of class %d has the margins %v", ids, fewLabels[i], margins)
		}
		sum := 0.0
		for _, part := range m.parts(seen, 0) {
			sum += part
		}
		if math.Abs(sum-float64(margins[0])) > 1e-5 {
			t.Errorf("the parts of %v add up to %f, not %f", ids, sum, margins[0])
		}
	}
}

func TestScale(t *testing.T) {
	if scale[markOf(0)] != 0 {
		t.Error("nothing is kept as something")
	}
	for _, w := range []float32{0.0001, 0.001, 0.01, 0.1, 1, 5.9} {
		for _, w := range []float32{w, -w} {
			if got := scale[markOf(w)]; math.Abs(float64(got-w)) > math.Abs(float64(w))/40+finest/40 {
				t.Errorf("%f is kept as %f", w, got)
			}
		}
	}
	if scale[markOf(100)] != scale[255] || scale[markOf(-100)] != scale[0] {
		t.Error("what is off the scale is not kept as its end")
	}
}

// TestWeightsFit checks that no weight is cut off by the end of the scale.
func TestWeightsFit(t *testing.T) {
	for _, mark := range model(t).classifier.machine.weights {
		if mark <= 1 || mark == 255 {
			t.Fatal("a weight is off the scale")
		}
	}
}
