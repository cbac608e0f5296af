package cmg

import (
	"errors"
	"testing"

	"github.com/shopspring/decimal"
)

func TestCreche(t *testing.T) {
	c := Creche{Floor: exact("814.62"), Ceiling: exact("8500"), Rates: childminderRates()}
	for _, x := range []struct {
		resources      string
		children, aeeh int
		hours, want    string
	}{
		{"2500", 2, 0, "130", "1.29 167.70"}, // an hour first rounded to the cent, then 130 of them
		{"0", 1, 0, "100", "0.50 50.00"},
		{"814.62", 1, 0, "100", "0.50 50.00"},
		{"8500", 1, 0, "100", "5.26 526.00"},
		{"20000", 1, 0, "100", "5.26 526.00"},
		{"2500", 1, 0, "130", "1.55 201.50"},
		{"2500", 1, 1, "130", "1.29 167.70"},
		{"2500", 8, 0, "130", "0.52 67.60"},
		{"2500", 2, 2, "10.5", "0.78 8.19"},
	} {
		hourly, monthly, err := c.Price(exact(x.resources), x.children, x.aeeh, exact(x.hours))
		if got := hourly.StringFixed(2) + " " + monthly.StringFixed(2); err != nil || got != x.want {
			t.Errorf("%+v: %s, %v", x, got, err)
		}
	}
	var r *RangeError
	if _, _, err := c.Price(exact("2500"), 0, 0, decimal.NewFromInt(100)); !errors.As(err, &r) || r.Field != "children" {
		t.Errorf("without a child: %v", err)
	}
	if _, _, err := c.Price(exact("2500"), 1, 0, decimal.NewFromInt(800)); !errors.As(err, &r) || r.Field != "hours" {
		t.Errorf("800 hours: %v", err)
	}
}
