package knowledge

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// readHours reads the hours of a week, a list of intervals a day, and the days
// when there is nobody.
func readHours(week map[string][]string, closed []string, zone *time.Location) (Hours, error) {
	h := Hours{zone: zone}
	for _, name := range slices.Sorted(maps.Keys(week)) {
		day, ok := weekday(name)
		if !ok {
			return h, fmt.Errorf("%q is not a day of the week (monday to sunday)", name)
		}
		list, err := readIntervals(week[name])
		if err != nil {
			return h, fmt.Errorf("%s: %w", name, err)
		}
		h.week[day] = list
	}
	for _, text := range closed {
		s, err := readSpan(text)
		if err != nil {
			return h, err
		}
		h.closed = append(h.closed, s)
	}
	return h, nil
}

// weekday reads the English name of a day, in lower case.
func weekday(name string) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.ToLower(d.String()) == name {
			return d, true
		}
	}
	return 0, false
}

var intervalForm = regexp.MustCompile(`^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$`)

// readIntervals reads "09:00-12:00", in order, without overlap.
func readIntervals(texts []string) ([]interval, error) {
	var list []interval
	for _, text := range texts {
		if !intervalForm.MatchString(text) {
			return nil, fmt.Errorf("%q is not an interval such as 09:00-12:00", text)
		}
		i := interval{minutes(text[:5]), minutes(text[6:])}
		if i.from >= i.to {
			return nil, fmt.Errorf("%s ends before it begins", text)
		}
		if n := len(list); n > 0 && list[n-1].to > i.from {
			return nil, fmt.Errorf("%s begins before the one above ends", text)
		}
		list = append(list, i)
	}
	return list, nil
}

// minutes reads hh:mm, whose form is checked, as minutes since midnight.
func minutes(clock string) int {
	n := func(i int) int { return int(clock[i]-'0')*10 + int(clock[i+1]-'0') }
	return n(0)*60 + n(3)
}

// readSpan reads a day, or two with ".." between.
func readSpan(text string) (span, error) {
	first, last, several := strings.Cut(text, "..")
	if !several {
		last = first
	}
	from, err := time.Parse(time.DateOnly, first)
	until, err2 := time.Parse(time.DateOnly, last)
	if err != nil || err2 != nil || until.Before(from) {
		return span{}, fmt.Errorf("closed is 2026-12-24 or 2026-12-24..2027-01-01, not %q", text)
	}
	return span{from, until}, nil
}
