package contract

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// A Length is how long a notice is, by seniority.
type Length string

// The three lengths of a notice.
const (
	Short  Length = "short"
	Medium Length = "medium"
	Long   Length = "long"
)

// A Notice is the rule of the notice ("préavis") that the parent who removes a
// child gives, or the childminder who leaves.
type Notice struct {
	ShortDays  int // until MediumFrom
	MediumDays int // from there until LongFrom
	LongMonths int // from there on
	MediumFrom int // months of seniority
	LongFrom   int // years of seniority
}

// End returns the length of the notice of a contract that began on start, and
// its last day, for a letter presented (or handed over) on the day notified.
//
// Seniority is counted from date to date, to the day of presentation. The
// notice runs from that day, which is not itself counted, weekends and holidays
// are: 8 days from 1 March end on the evening of 9 March, a month from 15 March
// on the evening of 15 April. No text says whether the first day counts; of the
// two readings this is the later, so that nobody leaves a day too early.
func (n Notice) End(start, notified time.Time) (Length, time.Time, error) {
	start, notified = dayOf(start), dayOf(notified)
	switch {
	case notified.Before(start):
		return "", time.Time{}, &RangeError{"notified", "the day the contract began, or later"}
	case notified.Before(after(start, n.MediumFrom)):
		return Short, notified.AddDate(0, 0, n.ShortDays), nil
	case notified.Before(after(start, 12*n.LongFrom)):
		return Medium, notified.AddDate(0, 0, n.MediumDays), nil
	}
	return Long, after(notified, n.LongMonths), nil
}

// An Indemnity is the rule of the indemnity that a parent owes who removes the
// child ("indemnité de rupture"). It is not owed for a grave fault, nor when
// the childminder leaves: that is not looked at here.
type Indemnity struct {
	FromMonths int             // seniority from which it is due
	Share      decimal.Decimal // the gross total is divided by this
}

// Amount tells whether the indemnity is due and how much it is, for a contract
// from start to its last day ends and all gross pay since the start. Seniority
// is counted to that last day, which is part of it: from 1 January to 30
// September are nine months.
func (i Indemnity) Amount(start, ends time.Time, gross decimal.Decimal) (due bool, euros decimal.Decimal, err error) {
	start, ends = dayOf(start), dayOf(ends)
	switch {
	case ends.Before(start):
		return false, decimal.Zero, &RangeError{"ends", "the day the contract began, or later"}
	case !amount(gross, maxGross):
		return false, decimal.Zero, &RangeError{"gross", fmt.Sprintf("0 to %d euros, two decimals at most", maxGross)}
	case ends.AddDate(0, 0, 1).Before(after(start, i.FromMonths)):
		return false, decimal.Zero, nil
	}
	return true, gross.DivRound(i.Share, 2), nil
}
