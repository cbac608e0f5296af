package contract

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
)

func exact(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// The rules of June 2026.
func year() Year {
	return Year{Full: 52, Part: 46, WeekHours: exact("45"), ExtraPercent: exact("10")}
}
func upkeep() Upkeep   { return Upkeep{Hour: exact("0.435"), Day: exact("2.65")} }
func minimum() Minimum { return Minimum{Plain: exact("4.20"), Title: exact("4.37")} }

func TestMonthlyPay(t *testing.T) {
	for _, c := range []struct {
		hourly, hours string
		weeks         int
		want          string
	}{
		{"4.20", "40", 52, "728.00"},
		{"4.20", "40", 36, "504.00"},
		{"4.20", "40", 46, "644.00"},
		{"4.20", "45", 52, "819.00"},
		{"4.20", "50", 52, "919.10"}, // 45 hours, and 5 at 10 % more
		{"4.37", "37.5", 52, "710.13"},
		{"4.21", "1", 1, "0.35"},
		{"0.02", "3", 1, "0.01"}, // half a cent is rounded up
	} {
		got, err := year().Monthly(exact(c.hourly), exact(c.hours), c.weeks)
		if err != nil || got.StringFixed(2) != c.want {
			t.Errorf("%+v: %s, %v", c, got, err)
		}
	}
}

func TestUpkeep(t *testing.T) {
	for _, c := range []struct {
		hours      string
		days       int
		day, month string
	}{
		{"9", 18, "3.92", "70.56"},
		{"6", 20, "2.65", "53.00"}, // the floor
		{"0.5", 1, "2.65", "2.65"},
		{"6.09", 1, "2.65", "2.65"},
		{"6.11", 1, "2.66", "2.66"},
		{"10", 0, "4.35", "0.00"}, // nothing for a month of absence
	} {
		day, err := upkeep().Daily(exact(c.hours))
		month, more := upkeep().Monthly(exact(c.hours), c.days)
		if err != nil || more != nil || day.StringFixed(2) != c.day || month.StringFixed(2) != c.month {
			t.Errorf("%+v: %s %s, %v %v", c, day, month, err, more)
		}
	}
}

func TestMinimum(t *testing.T) {
	for _, c := range []struct {
		hourly         string
		title          bool
		least, missing string
	}{
		{"4.20", false, "4.20", "0.00"}, {"4.19", false, "4.20", "0.01"}, {"3.46", false, "4.20", "0.74"},
		{"4.20", true, "4.37", "0.17"}, {"4.37", true, "4.37", "0.00"}, {"6", true, "4.37", "0.00"},
	} {
		least, missing, err := minimum().Check(exact(c.hourly), c.title)
		if err != nil || least.StringFixed(2) != c.least || missing.StringFixed(2) != c.missing {
			t.Errorf("%+v: %s %s, %v", c, least, missing, err)
		}
	}
}

func TestPayRefused(t *testing.T) {
	monthly := func(hourly, hours string, weeks int) error {
		_, err := year().Monthly(exact(hourly), exact(hours), weeks)
		return err
	}
	daily := func(hours string, days int) error {
		_, err := upkeep().Monthly(exact(hours), days)
		return err
	}
	check := func(hourly string) error {
		_, _, err := minimum().Check(exact(hourly), false)
		return err
	}
	for field, list := range map[string][]error{
		"hourly": {monthly("0", "40", 52), monthly("-1", "40", 52), monthly("200.01", "40", 52), monthly("4.201", "40", 52),
			monthly("1e9999", "40", 52), monthly("1e-9999", "40", 52), check("0"), check("201")},
		"hours": {monthly("4.20", "0", 52), monthly("4.20", "169", 52), daily("0", 18), daily("24.01", 18)},
		"weeks": {monthly("4.20", "40", 0), monthly("4.20", "40", -3), monthly("4.20", "40", 53)},
		"days":  {daily("9", -1), daily("9", 32)},
	} {
		for i, err := range list {
			var r *RangeError
			if !errors.As(err, &r) || r.Field != field || r.Range == "" {
				t.Errorf("%s %d: %v", field, i, err)
			}
		}
	}
	for weeks := 47; weeks < 52; weeks++ {
		if err := monthly("4.20", "40", weeks); !errors.Is(err, ErrWeeks) {
			t.Errorf("%d weeks: %v; the agreement knows no such year", weeks, err)
		}
	}
}

// TestPayProperties: more hours, weeks or days never bring less, and no floor
// gives way. The seed is fixed.
func TestPayProperties(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 3000 {
		hourly, hours, weeks := decimal.New(1+random.Int64N(2000), -2), decimal.New(1+random.Int64N(6000), -2), 1+random.IntN(45)
		pay := must(t)(year().Monthly(hourly, hours, weeks))
		if pay.IsNegative() || pay.LessThan(hourly.Mul(hours).Mul(decimal.NewFromInt(int64(weeks))).DivRound(exact("12"), 2)) {
			t.Fatalf("%s × %s × %d: %s", hourly, hours, weeks, pay)
		}
		for _, more := range []decimal.Decimal{
			must(t)(year().Monthly(hourly.Add(exact("0.01")), hours, weeks)),
			must(t)(year().Monthly(hourly, hours.Add(exact("0.25")), weeks)),
			must(t)(year().Monthly(hourly, hours, weeks+1)), must(t)(year().Monthly(hourly, hours, 52)),
		} {
			if more.LessThan(pay) {
				t.Fatalf("more than %s × %s × %d brings %s, less than %s", hourly, hours, weeks, more, pay)
			}
		}
		day := must(t)(upkeep().Daily(decimal.Min(hours, exact("24"))))
		if day.LessThan(exact("2.65")) || must(t)(upkeep().Daily(exact("24"))).LessThan(day) {
			t.Fatalf("%s hours: upkeep %s", hours, day)
		}
		least, missing, err := minimum().Check(hourly, weeks%2 == 0)
		if err != nil || missing.IsNegative() || hourly.Add(missing).LessThan(least) {
			t.Fatalf("%s an hour: %s missing of %s, %v", hourly, missing, least, err)
		}
	}
}

func must(t *testing.T) func(decimal.Decimal, error) decimal.Decimal {
	return func(d decimal.Decimal, err error) decimal.Decimal {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
}
