// Package cmg computes the CMG (complément de libre choix du mode de garde) of
// a family that employs a childminder or somebody at home, under the rules in
// force since 1 September 2025 (direct employment, "emploi direct").
//
//	CMG  = eligible cost × (1 − resources × rate ÷ reference cost), never below 0
//	cost = min(hourly pay, hourly cap) × hours
//
// Source of the formula: CSS art. L. 531-5 and D. 531-18 (decree 2025-515 of
// 30 May 2025). It is computed for one child at a childminder's, for the whole
// household at home. Result tells which part of the contributions the Caf pays.
//
// A micro-crèche, a home-care company and an organisation that employs
// childminders have kept the older scheme: see Enrolment. Creche is the price
// of a crèche that the Caf finances, for which there is no CMG.
//
// Not computed: direct employment before September 2025, the transitional
// complement, and whether the household's activity opens the right. Parents
// who share a child's residence ("résidence alternée") each have a CMG of their
// own since December 2025: each is estimated alone.
//
// All amounts are exact decimals. The result is an estimate: the Caf alone
// decides.
package cmg

import (
	"time"

	"github.com/shopspring/decimal"
)

// A Care is a way of minding a child that the CMG pays for.
type Care string

// The two kinds of care in direct employment.
const (
	Childminder Care = "childminder" // an assistante maternelle, at her home: computed per child
	Home        Care = "home"        // somebody at the parents' home: computed per household
)

// An Input is what a family must know to have its CMG estimated.
type Input struct {
	Care     Care
	Children int // all dependent children of the household, not those in care: 1 to 20
	AEEH     int // of these, children with AEEH (disability allowance): 0 to Children

	// Resources are euros a month: the household's net categorial income of the
	// year before last, divided by 12; 0 to 1 000 000. It is neither this
	// month's pay nor the tax office's "revenu fiscal de référence".
	Resources decimal.Decimal
	// Hours are all paid hours of the month, above 0, at most 744; two decimals.
	Hours decimal.Decimal
	// Hourly is the net cost of an hour in euros, above 0, at most 200; two
	// decimals. For a childminder it holds pay, paid leave, upkeep and meals;
	// at home the pay only. Mileage and severance are left out.
	Hourly decimal.Decimal

	Age  int  // of the child, whole months; 0 when it is not born or not said
	Lone bool // a lone parent: until 12 instead of 6, and nothing else
}

// A Result is an estimated month. All amounts are euros with two decimals.
type Result struct {
	CMG  decimal.Decimal // what the Caf pays of the pay
	Rest decimal.Decimal // Cost − CMG: what the family pays, without contributions
	Cost decimal.Decimal // Hourly × Hours, the part above the cap included

	Reference decimal.Decimal // reference cost of an hour
	Cap       decimal.Decimal // hourly pay beyond which nothing more is eligible
	Resources decimal.Decimal // resources as counted, between floor and ceiling
	Rate      decimal.Decimal // percent of monthly resources for one hour
	Capped    bool            // Hourly is above Cap

	Contributions Contributions

	ValidFrom time.Time // first day of the scale that was used
	ValidTo   time.Time // its last day; later ones are refused
	Notes     []string  // what is not certain in this result, in French, for staff
}

// Contributions are what the Caf pays of the social contributions, beside the CMG.
type Contributions struct {
	// Percent is the part that the Caf pays. At a childminder's it is all, and
	// above the hourly cap the part that Cap is of Hourly (cut to four decimals).
	Percent decimal.Decimal
	// Young and Older are the most that it pays a month at home, for a child
	// under 3 and from 3 on; 0 when there is no limit or none is known.
	Young, Older decimal.Decimal
}

// Estimate computes the CMG of the month of the given day. It refuses an Input
// out of range (a *RangeError), a child too old (ErrAge) and a day for which no
// scale is known (ErrBefore, ErrAfter).
func Estimate(in Input, on time.Time) (Result, error) {
	s, err := scaleOn(on)
	if err != nil {
		return Result{}, err
	}
	if err := in.check(); err != nil {
		return Result{}, err
	}
	return s.estimate(in), nil
}

func (s scale) estimate(in Input) Result {
	t := s.tariff(in.Care)
	r := Result{
		Cost:      in.Hourly.Mul(in.Hours).Round(2),
		Reference: t.reference,
		Cap:       t.cap,
		Resources: clamp(in.Resources, s.floor, s.ceiling),
		Rate:      t.rates[rung(in.Children, in.AEEH)],
		Capped:    in.Hourly.GreaterThan(t.cap),
		ValidFrom: s.from,
		ValidTo:   s.until,
	}
	eligible := decimal.Min(in.Hourly, t.cap).Mul(in.Hours).Round(2)
	r.CMG = share(eligible, r.Resources, r.Rate, r.Reference)
	r.Rest = r.Cost.Sub(r.CMG)
	r.Contributions = t.covered(in.Hourly, in.Care)
	r.Notes = s.doubts(in, r)
	return r
}

// covered returns the contributions that the Caf pays for such an hourly cost.
// At a childminder's, those of what is above the cap are left to the family
// (CSS art. D. 531-17 I).
func (t tariff) covered(hourly decimal.Decimal, care Care) Contributions {
	c := t.contributions
	if care == Childminder && hourly.GreaterThan(t.cap) {
		c.Percent, _ = t.cap.Shift(2).QuoRem(hourly, 4)
	}
	return c
}

// doubts names what could not be read in an official text and bears on r.
func (s scale) doubts(in Input, r Result) []string {
	var notes []string
	if s.floorDoubt != "" && in.Resources.LessThan(s.floor) {
		notes = append(notes, s.floorDoubt)
	}
	if d := s.tariff(in.Care).capDoubt; d != "" && r.Capped {
		notes = append(notes, d)
	}
	return notes
}

func clamp(x, low, high decimal.Decimal) decimal.Decimal {
	return decimal.Max(low, decimal.Min(high, x))
}

// rung returns the step of the scale (0 to 4) for so many dependent children:
// 1, 2, 3, 4 to 7, 8 and more. Each child with AEEH moves the family one step
// down, to a lower rate (Urssaf's public calculator, tauxEffortHoraire).
func rung(children, aeeh int) int {
	r := min(children, 4) - 1
	if children >= 8 {
		r = 4
	}
	return min(r+aeeh, 4)
}
