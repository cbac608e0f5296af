package locales

import (
	"slices"
	"strings"
	"time"
)

// canonicalDays are the days as values name them, Sunday first as in catalogs.
var canonicalDays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// leastRow is how many days in a row are written by their first and last.
const leastRow = 3

// writeDays writes "mon|tue|thu" as "lundi, mardi et jeudi", and days in a row
// as "du lundi au vendredi".
func (w *writing) writeDays(text string, short bool) (string, bool) {
	names := w.days
	if short && w.shortDays != nil {
		names = w.shortDays
	}
	var list []string
	row := true
	last := 0
	for day := range strings.SplitSeq(text, "|") {
		at := slices.Index(canonicalDays, day)
		if at < 0 {
			return "", false
		}
		row = row && (len(list) == 0 || at == (last+1)%len(canonicalDays))
		list, last = append(list, names[at]), at
	}
	if row && len(list) >= leastRow {
		return pair(w.through, "from", list[0], "to", list[len(list)-1]), true
	}
	return w.list(list), true
}

// writeHours writes "08:00-18:00" as "8h-18h".
func (w *writing) writeHours(text string) (string, bool) {
	first, last, _ := strings.Cut(text, "-")
	from, err1 := time.Parse("15:04", first)
	to, err2 := time.Parse("15:04", last)
	return pair(w.hours, "from", w.writeClock(from), "to", w.writeClock(to)), err1 == nil && err2 == nil
}

// writeMonth writes "2027-03" as "mars 2027".
func (w *writing) writeMonth(month time.Time) string {
	return pair(w.month, "month", w.months[month.Month()-1], "year", month.Format("2006"))
}

// writeNumbers writes "4|7|12" as "4, 7 et 12".
func (w *writing) writeNumbers(text string) (string, bool) {
	list := strings.Split(text, "|")
	for i, n := range list {
		written, ok := w.number(n, 0)
		if !ok {
			return "", false
		}
		list[i] = written
	}
	return w.list(list), true
}

// list joins names as a sentence does: "a, b et c".
func (w *writing) list(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return pair(w.and, "a", strings.Join(names[:last], w.comma), "b", names[last])
}

// pair fills a pattern of two names.
func pair(pattern, first, one, second, other string) string {
	return expand(pattern, func(name string) string {
		if name == first {
			return one
		}
		return other
	})
}
