package cmg

import "github.com/shopspring/decimal"

// A Creche is the national scale of the crèches that the Caf finances: an hour
// costs a part of the family's resources, by its number of children. Meals and
// nappies are included; there is no CMG for it.
type Creche struct {
	Floor, Ceiling decimal.Decimal    // resources as counted, euros a month
	Rates          [5]decimal.Decimal // percent, for 1, 2, 3, 4 to 7, 8 and more children
}

// Price returns what an hour costs and what so many hours a month do. The hour
// is rounded to the cent first, as the family reads it on its contract. Each
// child with AEEH moves the family to the next lower rate, as for the CMG.
func (c Creche) Price(resources decimal.Decimal, children, aeeh int, hours decimal.Decimal) (hourly, monthly decimal.Decimal, err error) {
	if err := checkFamily(children, aeeh, resources, hours); err != nil {
		return decimal.Zero, decimal.Zero, err
	}
	rate := c.Rates[rung(children, aeeh)]
	hourly = clamp(resources, c.Floor, c.Ceiling).Mul(rate).Shift(-2).Round(2)
	return hourly, hourly.Mul(hours).Round(2), nil
}
