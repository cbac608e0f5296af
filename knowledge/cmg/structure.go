package cmg

import (
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// A Structure is who is paid in place of a childminder or of somebody at home.
type Structure string

// The structures with a CMG of their own. A crèche that the Caf finances has none.
const (
	Micro        Structure = "micro"       // a micro-crèche whose price is free (Paje)
	Company      Structure = "company"     // a company or association that sends somebody home
	Organisation Structure = "childminder" // one that employs childminders
)

// An Enrolment is what a family must know to have the CMG of a structure
// estimated. This scheme is older than that of direct employment and was kept:
// a maximum by bracket of income, half of it from 3 to 6, and 15 % left to pay.
type Enrolment struct {
	Structure Structure
	Children  int             // all dependent children of the household: 1 to 20
	AEEH      int             // of these, children with AEEH: not counted in the amount
	Age       int             // of the child, whole months
	Lone      bool            // a lone parent: brackets 40 % and maximum 30 % higher
	Atypical  bool            // nights, Sundays, holidays: maximum 10 % higher
	Resources decimal.Decimal // euros a month, as in Input
	Hours     decimal.Decimal // of the month
	Price     decimal.Decimal // euros an hour
}

// A Grant is an estimated month in a structure. All amounts are euros with two
// decimals.
type Grant struct {
	CMG     decimal.Decimal
	Rest    decimal.Decimal // Cost − CMG
	Cost    decimal.Decimal // Price × Hours
	Maximum decimal.Decimal // of the CMG, for this family and child
	Bracket int             // 1 the lowest income, 2, 3

	ValidFrom, ValidTo time.Time
	Notes              []string // what is not certain, in French, for staff
}

// Errors of an Enrolment that opens no CMG.
var (
	ErrPrice = errors.New("no CMG: the micro-crèche is too expensive")
	ErrHours = errors.New("no CMG: too few hours a month")
)

// The conditions of the scheme, which have not changed since the reform. That
// the 16 hours are still asked for is written on one page only; another says
// that every hour counts. Below, a person answers.
const (
	youngUntil   = 3 * 12 // months; from there half the maximum
	leastHours   = 16     // a month
	highestPrice = 10     // euros an hour, in a micro-crèche
)

// EstimateStructure computes the CMG of the month of the given day. It refuses
// an Enrolment out of range (a *RangeError) or without a right (ErrAge,
// ErrPrice, ErrHours), and a day without a scale (ErrBefore, ErrAfter).
func EstimateStructure(in Enrolment, on time.Time) (Grant, error) {
	s, err := structureOn(on)
	if err != nil {
		return Grant{}, err
	}
	if err := in.check(); err != nil {
		return Grant{}, err
	}
	return s.grant(in), nil
}

func (s structureScale) grant(in Enrolment) Grant {
	g := Grant{Cost: in.Price.Mul(in.Hours).Round(2), Bracket: s.bracket(in), ValidFrom: s.from, ValidTo: s.until}
	g.Maximum = s.most(in, g.Bracket)
	// Cut, not rounded: what is left to the family is never under 15 %.
	g.CMG = decimal.Min(g.Maximum, g.Cost.Mul(exact("0.85")).Truncate(2))
	g.Rest = g.Cost.Sub(g.CMG)
	g.Notes = s.doubts(in)
	return g
}

// most returns the maximum. How the two increases combine is not written where
// we could read it: both are taken of the maximum itself, the lower reading.
func (s structureScale) most(in Enrolment, bracket int) decimal.Decimal {
	most, percent := s.maxima(in.Structure)[bracket-1], int64(100)
	if in.Lone {
		percent += 30
	}
	if in.Atypical {
		percent += 10
	}
	if most = most.Mul(decimal.New(percent, -2)); in.Age >= youngUntil {
		most = most.Mul(exact("0.5"))
	}
	return most.Round(2)
}

func (in Enrolment) check() error {
	switch {
	case in.Structure != Micro && in.Structure != Company && in.Structure != Organisation:
		return &RangeError{"kind", "micro, company or childminder"}
	case in.Age < 0 || in.Age > maxAge:
		return &RangeError{"age", fmt.Sprintf("0 to %d months", maxAge)}
	}
	if err := checkFamily(in.Children, in.AEEH, in.Resources, in.Hours); err != nil {
		return err
	}
	if !within(in.Price, maxHourly) || in.Price.IsZero() {
		return &RangeError{"price", fmt.Sprintf("above 0, at most %d euros an hour, two decimals at most", maxHourly)}
	}
	return in.entitled()
}

// entitled tells why there is no CMG. A lone parent's 12 years hold in direct
// employment only.
func (in Enrolment) entitled() error {
	switch {
	case in.Structure == Micro && in.Price.GreaterThan(decimal.NewFromInt(highestPrice)):
		return fmt.Errorf("%w: above %d euros an hour", ErrPrice, highestPrice)
	case in.Hours.LessThan(decimal.NewFromInt(leastHours)):
		return fmt.Errorf("%w: under %d", ErrHours, leastHours)
	}
	return checkAge(in.Age, false)
}
