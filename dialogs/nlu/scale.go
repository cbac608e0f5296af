package nlu

import "math"

// A weight is kept in one byte, as a mark on a scale that is finer near zero:
// what is lost is a fiftieth of each weight at most, some up and some down, and a
// hundredth of the margin of a message.
const (
	middle   = 128  // the mark of zero
	finest   = 0.01 // below this, the marks are evenly spaced
	greatest = 6.0  // the last mark
)

// scale is the weight of each mark.
var scale = func() (scale [256]float32) {
	for mark := range scale {
		n := float64(mark-middle) / (middle - 1)
		scale[mark] = float32(math.Copysign(finest*math.Expm1(math.Abs(n)*math.Log1p(greatest/finest)), n))
	}
	return scale
}()

// markOf returns the mark nearest to a weight.
func markOf(weight float32) uint8 {
	if weight == 0 {
		return middle
	}
	below := 0
	for half := len(scale) / 2; half > 0; half /= 2 {
		if scale[below+half] <= weight {
			below += half
		}
	}
	if below+1 < len(scale) && scale[below+1]-weight < weight-scale[below] {
		below++
	}
	return uint8(below)
}
