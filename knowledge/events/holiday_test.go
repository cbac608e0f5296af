package events

import (
	"testing"
	"time"
)

func TestHolidays(t *testing.T) {
	// The days of 2026 and 2027, as the labour code lists them.
	want := map[string]bool{}
	for _, d := range []string{
		"2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25", "2026-07-14", "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25",
		"2027-01-01", "2027-03-29", "2027-05-01", "2027-05-08", "2027-05-06", "2027-05-17", "2027-07-14", "2027-08-15", "2027-11-01", "2027-11-11", "2027-12-25",
	} {
		want[d] = true
	}
	for d := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() < 2028; d = d.AddDate(0, 0, 1) {
		if name := d.Format(time.DateOnly); Holiday(d) != want[name] {
			t.Errorf("%s: holiday %v, want %v", name, Holiday(d), want[name])
		}
	}
	for year, want := range map[int]string{1961: "04-02", 2000: "04-23", 2008: "03-23", 2024: "03-31", 2025: "04-20", 2038: "04-25", 2285: "03-22"} {
		if got := easter(year).Format("01-02"); got != want {
			t.Errorf("Easter %d is on %s, want %s", year, got, want)
		}
	}
}
