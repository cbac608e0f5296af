package cmg

import (
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// Errors of a day for which no CMG can be computed.
var (
	// ErrBefore: the scheme before 1 September 2025 (flat maxima by income
	// bracket) is not computed.
	ErrBefore = errors.New("the old CMG, before 2025-09-01, is not computed")
	// ErrAfter: the amounts change each 1 April; nobody has entered the next ones.
	ErrAfter = errors.New("no CMG scale is known for that day")
)

// A scale holds the amounts that are in force between two days.
type scale struct {
	from, until time.Time // both included
	floor       decimal.Decimal
	ceiling     decimal.Decimal
	floorDoubt  string
	childminder tariff
	home        tariff
}

// A tariff holds what differs between the two kinds of care.
type tariff struct {
	reference decimal.Decimal    // reference cost, euros an hour
	cap       decimal.Decimal    // hourly cap, euros an hour
	rates     [5]decimal.Decimal // percent of monthly resources, by rung
	capDoubt  string

	contributions Contributions
}

func (s scale) tariff(c Care) tariff {
	if c == Home {
		return s.home
	}
	return s.childminder
}

// childminderRates are the rates of hourly effort (CSS art. D. 531-18; the same
// in Urssaf's public calculator), in percent, for 1, 2, 3, 4 to 7, 8 and more
// dependent children. They are those of the crèches.
func childminderRates() [5]decimal.Decimal {
	return [5]decimal.Decimal{exact("0.0619"), exact("0.0516"), exact("0.0413"), exact("0.0310"), exact("0.0206")}
}

// homeRates are twice the childminder's (CSS art. D. 531-18).
func homeRates() (r [5]decimal.Decimal) {
	for i, x := range childminderRates() {
		r[i] = x.Add(x)
	}
	return r
}

// scales returns the scales, oldest first, each following the one before.
//
// The amounts are revalued on 1 April by the change of the SMIC from one
// January to the next (D. 531-18): 11.88 to 12.02 for 2026, so a rise of the
// SMIC in June counts only in the following April.
func scales() []scale { return []scale{from2025(), from2026()} }

// from2025 is the first scale of the reform. Reference costs, caps and ceiling
// are in Urssaf's public calculator and at the Caf. The floor is the RSA of one
// adult with one child less the housing lump sum, from the RSA of April 2025:
// 646.52 × 1.5 × 0.84 = 814.62 (computed; the Caf's examples agree). What was
// the most paid of contributions at home is not known.
func from2025() scale {
	return scale{
		from: day(2025, time.September, 1), until: day(2026, time.March, 31),
		floor: exact("814.62"), ceiling: exact("8500"),
		childminder: tariff{reference: exact("4.85"), cap: exact("8.00"), rates: childminderRates(),
			contributions: Contributions{Percent: exact("100")}},
		home: tariff{reference: exact("10.38"), cap: exact("15.00"), rates: homeRates(),
			contributions: Contributions{Percent: exact("50")}},
	}
}

// from2026 is the scale of April 2026. Reference costs 4.91 and 10.50 and the
// childminder's cap 8.09 come from concordant secondary sources that quote the
// Urssaf, and match the revaluation. Two values are not certain:
//   - the floor: 651.69 × 1.5 × 0.84 = 821.13, computed from the RSA of April
//     2026; 814.02 and 814.62 are also printed. The difference is less than
//     half a cent an hour;
//   - the cap at home: 15 × 12.02 ÷ 11.88 = 15.18, computed; no page states it.
//
// The most paid of contributions at home comes from two secondary sources.
func from2026() scale {
	return scale{
		from: day(2026, time.April, 1), until: day(2027, time.March, 31),
		floor: exact("821.13"), ceiling: exact("8500"),
		floorDoubt: "plancher de ressources 2026 : 821,13 € calculé, d'autres sources disent 814,62 €",
		childminder: tariff{reference: exact("4.91"), cap: exact("8.09"), rates: childminderRates(),
			contributions: Contributions{Percent: exact("100")}},
		home: tariff{reference: exact("10.50"), cap: exact("15.18"), rates: homeRates(),
			capDoubt:      "plafond horaire à domicile 2026 : 15,18 € calculé, aucune source ne l'écrit",
			contributions: Contributions{Percent: exact("50"), Young: exact("524"), Older: exact("263")}},
	}
}

// scaleOn returns the scale of a calendar day, whatever the hour and the zone.
func scaleOn(on time.Time) (scale, error) {
	d := day(on.Date())
	list := scales()
	if d.Before(list[0].from) {
		return scale{}, fmt.Errorf("%w: give a date from 2025-09-01 on", ErrBefore)
	}
	for _, s := range list {
		if !d.After(s.until) {
			return s, nil
		}
	}
	last := list[len(list)-1].until.Format(time.DateOnly)
	return scale{}, fmt.Errorf("%w: the last one ends on %s; add the new amounts to knowledge/cmg", ErrAfter, last)
}

// Parameters are the amounts of a scale, for those who state them.
type Parameters struct {
	ValidFrom, ValidTo       time.Time
	Reference, ReferenceHome decimal.Decimal // euros an hour
	Cap, CapHome             decimal.Decimal // euros an hour
	Floor, Ceiling           decimal.Decimal // resources, euros a month
	Rates                    [5]decimal.Decimal
}

// On returns the parameters in force on a day; ErrBefore or ErrAfter.
func On(on time.Time) (Parameters, error) {
	s, err := scaleOn(on)
	if err != nil {
		return Parameters{}, err
	}
	return Parameters{
		ValidFrom: s.from, ValidTo: s.until,
		Reference: s.childminder.reference, ReferenceHome: s.home.reference,
		Cap: s.childminder.cap, CapHome: s.home.cap,
		Floor: s.floor, Ceiling: s.ceiling, Rates: s.childminder.rates,
	}, nil
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func exact(s string) decimal.Decimal { return decimal.RequireFromString(s) }
