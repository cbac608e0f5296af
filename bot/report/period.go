package report

import (
	"fmt"
	"time"
)

// Half returns the half-year that holds a time: its first day, and the first
// day after it.
func Half(at time.Time) (from, to time.Time) {
	first := time.January
	if at.Month() > time.June {
		first = time.July
	}
	from = time.Date(at.Year(), first, 1, 0, 0, 0, 0, at.Location())
	return from, from.AddDate(0, 6, 0)
}

// Period reads the first and the last day of a report; from included, to not.
func Period(first, last string, zone *time.Location) (from, to time.Time, err error) {
	if from, err = time.ParseInLocation(time.DateOnly, first, zone); err != nil {
		return from, to, fmt.Errorf("the first day is a day such as 2026-07-01, not %q", first)
	}
	if to, err = time.ParseInLocation(time.DateOnly, last, zone); err != nil {
		return from, to, fmt.Errorf("the last day is a day such as 2026-12-31, not %q", last)
	}
	if to = to.AddDate(0, 0, 1); !from.Before(to) {
		return from, to, ErrPeriod
	}
	return from, to, nil
}
