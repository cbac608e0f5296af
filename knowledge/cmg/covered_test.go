package cmg

import (
	"errors"
	"testing"
)

// TestContributions: all up to the cap, above it the cap's part; half at home,
// within a limit by age.
func TestContributions(t *testing.T) {
	for _, c := range []struct {
		care         Care
		hourly, on   string
		percent      string
		young, older string
	}{
		{Childminder, "5.60", "2026-11-01", "100", "0", "0"},
		{Childminder, "8.09", "2026-11-01", "100", "0", "0"},
		{Childminder, "8.10", "2026-11-01", "99.8765", "0", "0"},
		{Childminder, "9", "2026-11-01", "89.8888", "0", "0"}, // 10.11 % of them are left
		{Childminder, "16", "2025-11-01", "50", "0", "0"},
		{Home, "11.20", "2026-11-01", "50", "524", "263"},
		{Home, "20", "2026-11-01", "50", "524", "263"},
		{Home, "11.20", "2025-11-01", "50", "0", "0"},
	} {
		in := family()
		in.Care, in.Hourly = c.care, exact(c.hourly)
		r, err := Estimate(in, date(t, c.on))
		got := r.Contributions
		if err != nil || got.Percent.String() != c.percent || !got.Young.Equal(exact(c.young)) || !got.Older.Equal(exact(c.older)) {
			t.Errorf("%+v: %+v, %v", c, got, err)
		}
	}
}

// TestAge: under 6, or under 12 with a lone parent; nothing else changes.
func TestAge(t *testing.T) {
	want, err := Estimate(family(), day(2026, 11, 1))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		age  int
		lone bool
		ok   bool
	}{{0, true, true}, {36, false, true}, {71, false, true}, {72, false, false}, {72, true, true}, {143, true, true}, {144, true, false}} {
		in := family()
		in.Age, in.Lone = c.age, c.lone
		r, err := Estimate(in, day(2026, 11, 1))
		if c.ok && (err != nil || !r.CMG.Equal(want.CMG)) || !c.ok && !errors.Is(err, ErrAge) {
			t.Errorf("%+v: CMG %s, %v", c, r.CMG, err)
		}
	}
}
