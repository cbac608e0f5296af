package contract

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"
)

// ErrWeeks: the agreement knows the full year and the incomplete one, and
// nothing in between; a contract that says so is for a person to look at.
var ErrWeeks = errors.New("a year is full, or incomplete: no contract lies in between")

// A Year spreads the pay of a year over twelve equal months ("mensualisation").
type Year struct {
	Full int // weeks of a full year; the five of paid leave are among them
	Part int // weeks of an incomplete year, at most; leave is paid on top

	WeekHours    decimal.Decimal // hours of a week beyond which an hour costs more
	ExtraPercent decimal.Decimal // how much more at least; the contract may say more
}

// Monthly returns the monthly pay for so many hours a week and weeks a year:
// hourly × hours × weeks ÷ 12. It is gross if hourly is.
func (y Year) Monthly(hourly, hours decimal.Decimal, weeks int) (decimal.Decimal, error) {
	if err := positive("hourly", hourly, maxHourly); err != nil {
		return decimal.Zero, err
	}
	if err := positive("hours", hours, weekHours); err != nil {
		return decimal.Zero, err
	}
	if err := y.check(weeks); err != nil {
		return decimal.Zero, err
	}
	year := hourly.Mul(y.paid(hours)).Mul(decimal.NewFromInt(int64(weeks)))
	return year.DivRound(decimal.NewFromInt(12), 2), nil
}

// paid returns the hours of a week, those beyond the agreement's week with
// their increase.
func (y Year) paid(hours decimal.Decimal) decimal.Decimal {
	extra := decimal.Max(decimal.Zero, hours.Sub(y.WeekHours))
	return hours.Add(extra.Mul(y.ExtraPercent).Shift(-2))
}

func (y Year) check(weeks int) error {
	switch {
	case weeks < 1 || weeks > y.Full:
		return &RangeError{"weeks", fmt.Sprintf("1 to %d, or %d for a full year", y.Part, y.Full)}
	case weeks > y.Part && weeks < y.Full:
		return fmt.Errorf("%w: say %d weeks for a full year, %d or fewer for an incomplete one", ErrWeeks, y.Full, y.Part)
	}
	return nil
}

// An Upkeep is the allowance for what a child uses at the childminder's
// ("indemnité d'entretien"), due for days of presence only.
type Upkeep struct {
	Hour decimal.Decimal // euros for an hour
	Day  decimal.Decimal // never less for a day that has begun
}

// Daily returns the allowance of a day of so many hours.
func (u Upkeep) Daily(hours decimal.Decimal) (decimal.Decimal, error) {
	if err := positive("hours", hours, dayHours); err != nil {
		return decimal.Zero, err
	}
	return decimal.Max(u.Hour.Mul(hours).Round(2), u.Day), nil
}

// Monthly returns the allowance of so many such days.
func (u Upkeep) Monthly(hours decimal.Decimal, days int) (decimal.Decimal, error) {
	if days < 0 || days > monthDays {
		return decimal.Zero, &RangeError{"days", fmt.Sprintf("0 to %d days of presence in a month", monthDays)}
	}
	daily, err := u.Daily(hours)
	return daily.Mul(decimal.NewFromInt(int64(days))), err
}

// A Minimum is the least gross pay of an hour for a child.
type Minimum struct {
	Plain decimal.Decimal
	Title decimal.Decimal // for a childminder who holds the title of the branch
}

// Check returns the least pay that holds, and what is missing from hourly to
// reach it: 0 when it is enough.
func (m Minimum) Check(hourly decimal.Decimal, title bool) (least, missing decimal.Decimal, err error) {
	if err := positive("hourly", hourly, maxHourly); err != nil {
		return decimal.Zero, decimal.Zero, err
	}
	least = m.Plain
	if title {
		least = m.Title
	}
	return least, decimal.Max(decimal.Zero, least.Sub(hourly)), nil
}
