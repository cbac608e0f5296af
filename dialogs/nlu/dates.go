package nlu

import (
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"
)

// dateWords are the names of months and days, today and tomorrow, and the ways
// to tell a birth.
type dateWords struct {
	what     []string     // by pattern: m1 to m12, d1 (Monday) to d7, today, tomorrow, after, yesterday, before; unborn, due
	entries  []answerWord // by pattern: the same with its language
	patterns *patternSet
}

func readDateWords(fsys fs.FS, name string) (*dateWords, error) {
	d := &dateWords{}
	var all []pattern
	err := table(fsys, name, 3, func(c []string) error {
		for _, text := range strings.Split(c[2], "|") {
			p, err := compile(len(all), text)
			if err != nil {
				return err
			}
			all = append(all, p)
			d.what = append(d.what, c[0])
			d.entries = append(d.entries, answerWord{c[0], c[1], ascii(words(fold(strings.ReplaceAll(text, "/", " ")))[0])})
		}
		return nil
	})
	d.patterns = newPatternSet(all)
	return d, err
}

const dayForm = "2006-01-02"

// when reads a date, with its time when a moment is asked for. What could be
// read in two ways is not read: an English 03/04, a day without its hour. Nor
// is a day on the wrong side of today.
func (m *Model) when(r *reply) string {
	in := figures(r.text)
	if r.loose(len(in)) {
		return ""
	}
	day, ok := m.dates.day(in, r.lang, calendar{r.now, r.expect.Past})
	switch {
	case !ok || !r.expect.onTime(day, r.now):
		return ""
	case r.expect.Kind == "date":
		return day.Format(dayForm)
	}
	hour, minute, ok := clock(in)
	if !ok {
		return ""
	}
	return day.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute).Format("2006-01-02T15:04")
}

// onTime says whether a day is on the side of today that the question is about.
func (e Expect) onTime(day, now time.Time) bool {
	return now.IsZero() || !(e.Past && day.After(now)) && !(e.Future && day.Before(now))
}

// away are the days that are said from today.
var away = map[string]int{"today": 0, "tomorrow": 1, "after": 2, "yesterday": -1, "before": -2}

// day finds the one date of a message.
func (d *dateWords) day(in []string, lang string, c calendar) (time.Time, bool) {
	for _, w := range in {
		if day, ok := numeric(w, lang, c); ok {
			return day, true
		}
	}
	if day, ok := chinese(in, c, 0); ok {
		return day, true
	}
	found, at := d.said(in)
	for _, w := range []string{"after", "before"} { // "après demain" holds "demain"
		if slices.Contains(found, w) {
			return c.away(away[w])
		}
	}
	for _, w := range found {
		if w[0] == 'm' {
			return named(in, at[w], w, c)
		}
		if days, ok := away[w]; ok {
			return c.away(days)
		}
	}
	if len(found) != 1 {
		return time.Time{}, false
	}
	return c.weekday(int(found[0][1] - '0'))
}

// said lists the months, the days and the distances from today that a message
// names, each once, with the longest place of each.
func (d *dateWords) said(in []string) (found []string, at map[string]hit) {
	at = map[string]hit{}
	d.patterns.find(stems(in), func(h hit) {
		w := d.what[h.pattern]
		if !slices.Contains(found, w) {
			found = append(found, w)
		}
		if old, ok := at[w]; !ok || h.to-h.from > old.to-old.from {
			at[w] = h
		}
	})
	return found, at
}

// numeric reads "31/01/2027", "31.1.27" or "2027-01-31".
func numeric(w, lang string, c calendar) (time.Time, bool) {
	parts := strings.FieldsFunc(w, func(r rune) bool { return strings.ContainsRune("/.-", r) })
	if len(parts) < 2 || len(parts) > 3 || strings.ContainsAny(w, ",:") {
		return time.Time{}, false
	}
	n := make([]int, len(parts))
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || len(p) > 4 {
			return time.Time{}, false
		}
		n[i] = v
	}
	switch {
	case len(n) == 3 && n[0] > 31:
		return date(n[0], n[1], n[2])
	case lang == "en" && n[0] <= 12 && n[1] <= 12 && n[0] != n[1]:
		return time.Time{}, false
	case len(n) == 3 && n[2] < 100:
		return date(2000+n[2], n[1], n[0])
	case len(n) == 3:
		return date(n[2], n[1], n[0])
	case strings.Contains(w, "/"):
		return c.nearest(n[1], n[0])
	}
	return time.Time{}, false
}

// named reads "3 mars", "3 mars 2027", "March 3".
func named(in []string, at hit, month string, c calendar) (time.Time, bool) {
	m, err := strconv.Atoi(month[1:])
	if err != nil {
		return time.Time{}, false
	}
	day, year := 0, 0
	for i := max(0, at.from-2); i < min(len(in), at.to+3); i++ {
		n, err := strconv.Atoi(strings.TrimRight(in[i], ".,"))
		switch {
		case err != nil:
		case n > 1900 && n < 2200:
			year = n
		case n >= 1 && n <= 31 && day == 0:
			day = n
		}
	}
	if year > 0 {
		return date(year, m, day)
	}
	return c.nearest(m, day)
}
