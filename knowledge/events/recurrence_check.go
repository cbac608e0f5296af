package events

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Check says what of a recurrence cannot be, without its Event (see Validate).
func (r Recurrence) Check() error {
	wrong := []error{checkHours(r.hours())}
	if r.Nth < 0 || r.Nth > 4 {
		wrong = append(wrong, errors.New("nth is 1 to 4, or left out for every week"))
	}
	if r.Open < 0 || r.Close < 0 || r.Open > 0 && r.Open < r.Close {
		wrong = append(wrong, errors.New("registration opens some days before the event, and closes later than it opens"))
	}
	for _, date := range r.Except {
		_, moved := r.Moves[date]
		if wrong = append(wrong, r.checkDate(date)); moved {
			wrong = append(wrong, fmt.Errorf("%s is cancelled and moved: keep one", date))
		}
	}
	for _, date := range slices.Sorted(maps.Keys(r.Moves)) {
		wrong = append(wrong, r.checkDate(date), r.checkMove(date, r.Moves[date]))
	}
	return errors.Join(wrong...)
}

// checkDate refuses a day on which r does not fall.
func (r Recurrence) checkDate(date string) error {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return fmt.Errorf("a day is written 2026-12-02, not %q", date)
	}
	if !r.on(day) {
		return fmt.Errorf("%s is a %s: it does not fall on that day", date, day.Weekday())
	}
	return nil
}

func (r Recurrence) checkMove(date string, to Move) error {
	if to.Date == "" && len(to.Hours) == 0 && to.Place == "" {
		return fmt.Errorf("%s is moved: say to which date, time or place", date)
	}
	if _, err := time.Parse(time.DateOnly, to.Date); to.Date != "" && err != nil {
		return fmt.Errorf("%s is moved: a day is written 2026-12-02, not %q", date, to.Date)
	}
	if n := len(r.hours()); len(to.Hours) != 0 && len(to.Hours) != n {
		return fmt.Errorf("%s is moved: say the hours of all %d openings", date, n)
	}
	return checkHours(to.Hours)
}

// checkHours refuses openings that are not one after the other.
func checkHours(hours []Span) error {
	for i, span := range hours {
		switch {
		case span.From < 0 || span.To > midnight || span.From >= span.To:
			return fmt.Errorf("%s-%s is no opening: it ends after it begins, the same day", span.From, span.To)
		case i > 0 && span.From < hours[i-1].To:
			return fmt.Errorf("the opening at %s begins before the one above ends", span.From)
		}
	}
	return nil
}
