package main

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"doudou/knowledge/cmg"
)

// A family is one estimate to make.
type family struct {
	cmg.Input
	on time.Time
}

// readFamily reads a family from texts by name; ranges are left to the
// calculator.
func readFamily(value func(name string) string, today time.Time) (family, error) {
	return readPriced("hourly", value, today)
}

// readPriced reads a family whose cost of an hour goes by the name price.
func readPriced(price string, value func(name string) string, today time.Time) (family, error) {
	f := family{on: today}
	f.Care = cmg.Care(value("care"))
	for _, n := range []struct {
		name string
		to   *int
	}{{"children", &f.Children}, {"aeeh", &f.AEEH}} {
		if err := readWhole(n.name, value(n.name), n.to); err != nil {
			return f, err
		}
	}
	for _, n := range []struct {
		name string
		to   *decimal.Decimal
	}{{"resources", &f.Resources}, {"hours", &f.Hours}, {price, &f.Hourly}} {
		if err := readDecimal(n.name, value(n.name), n.to); err != nil {
			return f, err
		}
	}
	if day := value("date"); day != "" {
		on, err := time.Parse(time.DateOnly, day)
		if err != nil {
			return f, fmt.Errorf("date must be a day such as 2026-11-01, not %q", day)
		}
		f.on = on
	}
	return f, nil
}

func readWhole(name, text string, to *int) error {
	if text == "" && name == "aeeh" {
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return fmt.Errorf("%s must be a whole number, not %q", name, text)
	}
	*to = n
	return nil
}

// plain is a number as people write it: no exponent, no separator of thousands.
var plain = regexp.MustCompile(`^-?[0-9]{1,12}(\.[0-9]{1,6})?$`)

func readDecimal(name, text string, to *decimal.Decimal) error {
	if !plain.MatchString(text) {
		return fmt.Errorf("%s must be a number with a point such as 5.60, not %q", name, text)
	}
	d, err := decimal.NewFromString(text)
	*to = d
	return err
}
