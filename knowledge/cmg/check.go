package cmg

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"
)

// ErrAge: there is a CMG until the child is 6, in direct employment until 12
// for a lone parent (CSS art. L. 531-5 and D. 531-18-1).
var ErrAge = errors.New("the child is too old for the CMG")

// The ages, in months, from which there is no CMG.
const (
	untilSix    = 6 * 12
	untilTwelve = 12 * 12
)

func checkAge(months int, lone bool) error {
	until := untilSix
	if lone {
		until = untilTwelve
	}
	if months >= until {
		return fmt.Errorf("%w: it ends at %d years", ErrAge, until/12)
	}
	return nil
}

// A RangeError says which value of an Input is not possible, and what would be.
type RangeError struct {
	Field string // as the option is called: care, children, aeeh, resources, hours, hourly
	Range string // "1 to 20"
}

func (e *RangeError) Error() string { return fmt.Sprintf("%s must be %s", e.Field, e.Range) }

// The bounds of an Input. They keep out slips of the keyboard; no law sets them.
const (
	maxChildren  = 20
	maxResources = 1_000_000
	maxHours     = 744 // a month of 31 days has no more
	maxHourly    = 200
	maxAge       = 18 * 12
)

func (in Input) check() error {
	switch {
	case in.Care != Childminder && in.Care != Home:
		return &RangeError{"care", "childminder or home"}
	case in.Age < 0 || in.Age > maxAge:
		return &RangeError{"age", fmt.Sprintf("0 to %d months", maxAge)}
	}
	if err := checkFamily(in.Children, in.AEEH, in.Resources, in.Hours); err != nil {
		return err
	}
	if !within(in.Hourly, maxHourly) || in.Hourly.IsZero() {
		return &RangeError{"hourly", fmt.Sprintf("above 0, at most %d euros an hour, two decimals at most", maxHourly)}
	}
	return checkAge(in.Age, in.Lone)
}

// checkFamily checks what every estimate needs.
func checkFamily(children, aeeh int, resources, hours decimal.Decimal) error {
	switch {
	case children < 1 || children > maxChildren:
		return &RangeError{"children", fmt.Sprintf("1 to %d, all dependent children of the household", maxChildren)}
	case aeeh < 0 || aeeh > children:
		return &RangeError{"aeeh", fmt.Sprintf("0 to %d, the number of children", children)}
	case !within(resources, maxResources):
		return &RangeError{"resources", fmt.Sprintf("0 to %d euros a month, two decimals at most", maxResources)}
	case !within(hours, maxHours) || hours.IsZero():
		return &RangeError{"hours", fmt.Sprintf("above 0, at most %d hours a month, two decimals at most", maxHours)}
	}
	return nil
}

// within tells whether d is 0 to most with two decimals at most. The exponent
// is looked at first: a number such as 1e1000000 must cost nothing.
func within(d decimal.Decimal, most int64) bool {
	if d.Exponent() < -20 || d.Exponent() > 20 || d.Sign() < 0 {
		return false
	}
	return !d.GreaterThan(decimal.NewFromInt(most)) && d.Equal(d.Truncate(2))
}
