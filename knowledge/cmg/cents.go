package cmg

import (
	"math/big"

	"github.com/shopspring/decimal"
)

// share returns cost × (1 − resources × percent ÷ 100 ÷ reference) in whole
// cents, never below 0. It is computed exactly, as a fraction: dividing first
// would lose what decides a half cent.
func share(cost, resources, percent, reference decimal.Decimal) decimal.Decimal {
	above := cost.Mul(reference.Sub(resources.Mul(percent.Shift(-2))))
	if above.Sign() <= 0 {
		return decimal.Zero.Round(2)
	}
	low, left := above.QuoRem(reference, 2) // above = low × reference + left
	high := low.Add(decimal.New(1, -2))
	switch left.Add(left).Cmp(reference.Shift(-2)) {
	case -1:
		return low
	case 1:
		return high
	}
	if halfCentFalls(cost, resources, percent, reference) {
		return low
	}
	return high
}

// halfCentFalls settles an amount that is exactly half way between two cents
// (one case in a hundred, when the division is without remainder). No text
// says how the Caf rounds it. Urssaf's public calculator works in binary
// numbers of 53 bits and rounds the nearest one to x.xx5, which lies a little
// above or below: this does the same steps, so that a family finds the same
// cent here and there.
func halfCentFalls(cost, resources, percent, reference decimal.Decimal) bool {
	hundred := binary(decimal.NewFromInt(100))
	rate := fresh().Quo(binary(percent), hundred)
	effort := fresh().Mul(binary(resources), rate)
	effort.Quo(effort, binary(reference))
	kept := fresh().Sub(binary(decimal.NewFromInt(1)), effort)
	cents := fresh().Mul(binary(cost), kept)
	cents.Mul(cents, hundred)
	whole, _ := cents.Int(nil)
	part := fresh().Sub(cents, new(big.Float).SetInt(whole))
	return part.Cmp(big.NewFloat(0.5)) < 0
}

// fresh returns a binary number of 53 bits that rounds to nearest, ties to even.
func fresh() *big.Float { return new(big.Float).SetPrec(53).SetMode(big.ToNearestEven) }

func binary(d decimal.Decimal) *big.Float { return fresh().SetRat(d.Rat()) }
