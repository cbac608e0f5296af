// Package contract computes what the contract between a family and its
// childminder (assistante maternelle, agreement IDCC 3239) comes to: monthly
// pay, upkeep, the least pay, the notice and the indemnity at its end.
//
// The figures of the agreement come in with each type: they are facts, kept
// with their source elsewhere, and live once. Amounts are exact decimals,
// rounded half up to the cent, once, at the end. Nothing here says who is
// right: a dispute goes to a person.
package contract

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// A RangeError says which value is not possible, and what would be.
type RangeError struct {
	Field string // hourly, hours, weeks, days, gross, notified, ends
	Range string
}

func (e *RangeError) Error() string { return fmt.Sprintf("%s must be %s", e.Field, e.Range) }

// The bounds of what is taken. They keep out slips of the keyboard; no law sets them.
const (
	maxHourly = 200
	maxGross  = 1_000_000
	weekHours = 168
	dayHours  = 24
	monthDays = 31
)

// positive refuses what is not above 0 and at most so much, with two decimals.
func positive(field string, d decimal.Decimal, most int64) error {
	if d.Sign() > 0 && amount(d, most) {
		return nil
	}
	return &RangeError{field, fmt.Sprintf("above 0, at most %d, two decimals at most", most)}
}

// amount tells whether d is 0 to most with two decimals at most. The exponent
// is looked at first: a number such as 1e1000000 must cost nothing.
func amount(d decimal.Decimal, most int64) bool {
	if d.Exponent() < -20 || d.Exponent() > 20 || d.Sign() < 0 {
		return false
	}
	return !d.GreaterThan(decimal.NewFromInt(most)) && d.Equal(d.Truncate(2))
}

// dayOf returns the calendar day of t, whatever its hour and zone.
func dayOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// after returns the same day so many months later, or the last day of that
// month when it is shorter: a month from 31 January ends with February.
func after(day time.Time, months int) time.Time {
	y, m, d := day.Date()
	last := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC)
	return last.AddDate(0, 0, min(d, last.Day())-last.Day())
}
