package dialogs

import (
	"slices"
	"strconv"
	"strings"
)

// maxNumbers is how many numbers an answer may list.
const maxNumbers = 6

// weekdays are the days as values name them, in order.
var weekdays = [...]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// isDays tells whether a value is a set of days in the order of the week.
func isDays(value string) bool {
	last := -1
	for day := range strings.SplitSeq(value, "|") {
		at := slices.Index(weekdays[:], day)
		if at <= last {
			return false
		}
		last = at
	}
	return true
}

// isHours tells whether a value is a stretch of a day: one that ends before it
// begins goes through the night.
func isHours(value string) bool {
	from, to, ok := strings.Cut(value, "-")
	return ok && from != to && isTime("15:04", from) && isTime("15:04", to)
}

// isNumbers tells whether a value is a list of small numbers, each said once.
func isNumbers(value string) bool {
	list := strings.Split(value, "|")
	seen := map[string]bool{}
	for _, n := range list {
		if !isCount(n) || len(n) > 3 || n == "0" || seen[n] {
			return false
		}
		seen[n] = true
	}
	return len(list) <= maxNumbers
}

// isPhone tells whether a value is a telephone number as the whole world dials it.
func isPhone(value string) bool {
	figures, ok := strings.CutPrefix(value, "+")
	return ok && digits(figures) && figures[0] != '0' && len(figures) >= 8 && len(figures) <= 15
}

// eachInRange tells whether all numbers of a list are within min and max.
func (s *slot) eachInRange(value string) bool {
	return !slices.ContainsFunc(strings.Split(value, "|"), func(n string) bool {
		number, err := strconv.Atoi(n)
		return err != nil || number < s.min || s.max > 0 && number > s.max
	})
}
