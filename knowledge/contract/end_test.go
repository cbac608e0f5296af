package contract

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

func notice() Notice {
	return Notice{ShortDays: 8, MediumDays: 15, LongMonths: 1, MediumFrom: 3, LongFrom: 1}
}
func indemnity() Indemnity { return Indemnity{FromMonths: 9, Share: exact("80")} }

func date(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestNotice(t *testing.T) {
	for _, c := range []struct {
		start, notified string
		length          Length
		ends            string
	}{
		{"2026-03-01", "2026-03-01", Short, "2026-03-09"},
		{"2026-01-01", "2026-03-31", Short, "2026-04-08"},
		{"2026-01-01", "2026-04-01", Medium, "2026-04-16"},
		{"2025-11-30", "2026-02-27", Short, "2026-03-07"}, // three months end with February
		{"2025-11-30", "2026-02-28", Medium, "2026-03-15"},
		{"2026-01-01", "2026-12-31", Medium, "2027-01-15"},
		{"2025-03-15", "2026-03-14", Medium, "2026-03-29"},
		{"2025-03-15", "2026-03-15", Long, "2026-04-15"},
		{"2024-02-29", "2025-02-28", Long, "2025-03-28"},
		{"2020-01-01", "2027-01-31", Long, "2027-02-28"},
		{"2020-01-01", "2028-01-31", Long, "2028-02-29"},
		{"2020-01-01", "2026-12-15", Long, "2027-01-15"},
	} {
		length, ends, err := notice().End(date(t, c.start), date(t, c.notified))
		if err != nil || length != c.length || !ends.Equal(date(t, c.ends)) {
			t.Errorf("%s to %s: %s, ends %s, %v; want %s, %s", c.start, c.notified, length, ends.Format(time.DateOnly), err, c.length, c.ends)
		}
	}
	var r *RangeError
	if _, _, err := notice().End(date(t, "2026-03-02"), date(t, "2026-03-01")); !errors.As(err, &r) || r.Field != "notified" {
		t.Errorf("notified before the start: %v", err)
	}
}

// TestNoticeIgnoresHours: a letter of the evening counts as that day's, and the
// night in which clocks change makes no day longer.
func TestNoticeIgnoresHours(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	_, ends, err := notice().End(date(t, "2026-03-20"), time.Date(2026, 3, 25, 23, 59, 0, 0, paris))
	if err != nil || !ends.Equal(date(t, "2026-04-02")) {
		t.Errorf("ends %s, %v", ends, err)
	}
}

func TestIndemnity(t *testing.T) {
	for _, c := range []struct {
		start, ends, gross string
		due                bool
		want               string
	}{
		{"2025-09-01", "2026-11-23", "9000", true, "112.50"},
		{"2026-01-01", "2026-09-29", "9000", false, "0.00"},
		{"2026-01-01", "2026-09-30", "9000", true, "112.50"}, // nine months, the last day worked
		{"2026-01-01", "2026-10-01", "8736.30", true, "109.20"},
		{"2026-01-01", "2026-10-01", "0.40", true, "0.01"},
		{"2026-01-01", "2026-10-01", "0", true, "0.00"},
		{"2026-01-01", "2026-01-01", "100", false, "0.00"},
	} {
		due, amount, err := indemnity().Amount(date(t, c.start), date(t, c.ends), exact(c.gross))
		if err != nil || due != c.due || amount.StringFixed(2) != c.want {
			t.Errorf("%+v: %v, %s, %v", c, due, amount, err)
		}
	}
	for field, c := range map[string][3]string{
		"ends":  {"2026-01-02", "2026-01-01", "100"},
		"gross": {"2026-01-01", "2026-10-01", "1000000.01"},
	} {
		var r *RangeError
		if _, _, err := indemnity().Amount(date(t, c[0]), date(t, c[1]), exact(c[2])); !errors.As(err, &r) || r.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, _, err := indemnity().Amount(date(t, "2026-01-01"), date(t, "2026-10-01"), exact("-1")); err == nil {
		t.Error("a negative total is taken")
	}
}

// TestEndProperties: a later letter never ends the contract sooner, a longer
// contract or a larger total never brings less. The seed is fixed.
func TestEndProperties(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	rank := map[Length]int{Short: 1, Medium: 2, Long: 3}
	for range 3000 {
		start := date(t, "2024-01-01").AddDate(0, 0, random.IntN(900))
		day := start.AddDate(0, 0, random.IntN(800))
		length, ends, err := notice().End(start, day)
		later, end, err2 := notice().End(start, day.AddDate(0, 0, 1))
		if err != nil || err2 != nil || end.Before(ends) || rank[later] < rank[length] || !ends.After(day) {
			t.Fatalf("%s: letter of %s ends it on %s, a day later on %s (%v, %v)", start, day, ends, end, err, err2)
		}
		gross := decimal.New(random.Int64N(2_000_000), -2)
		due, amount, _ := indemnity().Amount(start, day, gross)
		still, more, _ := indemnity().Amount(start, day.AddDate(0, 0, 1), gross.Add(exact("0.33")))
		if amount.IsNegative() || due && !still || more.LessThan(amount) || amount.GreaterThan(gross) {
			t.Fatalf("%s to %s, %s: %s, then %s", start, day, gross, amount, more)
		}
	}
}
