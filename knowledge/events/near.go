package events

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// A Wish is what somebody asks of the calendar ("what is on near Orgemont on
// Wednesday"); what is left out means any.
type Wish struct {
	Quarter string    // comes first; the other quarters follow
	Date    time.Time // the day of the calendar, whatever the hour and zone
	Days    Days      // of the week
	Kind    string
}

// Near returns the events that somebody wishes, those of their quarter first,
// each part by start. A quarter only orders: in a town one can go to the next.
func Near(list []Standing, w Wish, zone *time.Location) []Standing {
	near := slices.DeleteFunc(slices.Clone(list), func(s Standing) bool { return !w.takes(s, zone) })
	slices.SortStableFunc(near, func(a, b Standing) int {
		return cmp.Or(w.away(a)-w.away(b), a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID))
	})
	return near
}

// takes tells whether an event is of the wished day and kind.
func (w Wish) takes(s Standing, zone *time.Location) bool {
	day := dayOf(s.Start.In(zone))
	weekday := Monday << ((day.Weekday() + 6) % 7)
	return (w.Kind == "" || w.Kind == s.Kind) &&
		(w.Date.IsZero() || dayOf(w.Date).Equal(day)) &&
		(w.Days == 0 || w.Days&weekday != 0)
}

// away is 0 for the wished quarter, 1 for another.
func (w Wish) away(s Standing) int {
	if w.Quarter == "" || strings.EqualFold(w.Quarter, s.Quarter) {
		return 0
	}
	return 1
}
