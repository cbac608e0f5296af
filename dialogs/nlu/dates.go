package nlu

import (
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"
)

// dateWords are the names of months and days, and today and tomorrow.
type dateWords struct {
	what     []string // by pattern: m1 to m12, d1 (Monday) to d7, today, tomorrow, after
	patterns *patternSet
}

func readDates(fsys fs.FS) (*dateWords, error) {
	d := &dateWords{}
	var all []pattern
	err := table(fsys, "words/dates.tsv", 3, func(c []string) error {
		for _, text := range strings.Split(c[2], "|") {
			p, err := compile(len(all), text)
			if err != nil {
				return err
			}
			all = append(all, p)
			d.what = append(d.what, c[0])
		}
		return nil
	})
	d.patterns = newPatternSet(all)
	return d, err
}

const dayForm = "2006-01-02"

// when reads a date, with its time when a moment is asked for. What could be
// read in two ways is not read: an English 03/04, a day without its hour.
func (m *Model) when(r *reply) string {
	in := figures(r.text)
	if r.loose(len(in)) {
		return ""
	}
	day, ok := m.dates.day(in, r.lang, r.now)
	switch {
	case !ok:
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

// day finds the one date of a message.
func (d *dateWords) day(in []string, lang string, now time.Time) (time.Time, bool) {
	for _, w := range in {
		if day, ok := numeric(w, lang, now); ok {
			return day, true
		}
	}
	var found []string
	at := map[string]hit{}
	d.patterns.find(stems(in), func(h hit) {
		w := d.what[h.pattern]
		if !slices.Contains(found, w) {
			found = append(found, w)
		}
		if old, ok := at[w]; !ok || h.to-h.from > old.to-old.from {
			at[w] = h
		}
	})
	if slices.Contains(found, "after") {
		return now.AddDate(0, 0, 2), !now.IsZero()
	}
	for _, w := range found {
		switch {
		case w[0] == 'm':
			return named(in, at[w], w, now)
		case w == "today":
			return now, !now.IsZero()
		case w == "tomorrow":
			return now.AddDate(0, 0, 1), !now.IsZero()
		}
	}
	if len(found) != 1 || now.IsZero() {
		return time.Time{}, false
	}
	return nextWeekday(now, int(found[0][1]-'0')), true
}

// nextWeekday returns the first such day after today; Monday is 1.
func nextWeekday(now time.Time, weekday int) time.Time {
	ahead := (weekday-int(now.Weekday())+7)%7 + 0
	if ahead == 0 {
		ahead = 7
	}
	return now.AddDate(0, 0, ahead)
}

// numeric reads "31/01/2027", "31.1.27" or "2027-01-31".
func numeric(w, lang string, now time.Time) (time.Time, bool) {
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
		return coming(n[1], n[0], now)
	}
	return time.Time{}, false
}

// named reads "3 mars", "3 mars 2027", "March 3".
func named(in []string, at hit, month string, now time.Time) (time.Time, bool) {
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
	return coming(m, day, now)
}

// coming returns the next such day, today included.
func coming(month, day int, now time.Time) (time.Time, bool) {
	if now.IsZero() {
		return time.Time{}, false
	}
	d, ok := date(now.Year(), month, day)
	if ok && d.Before(now) {
		return date(now.Year()+1, month, day)
	}
	return d, ok
}

// date returns a day that exists.
func date(year, month, day int) (time.Time, bool) {
	d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return d, d.Year() == year && int(d.Month()) == month && d.Day() == day
}

// clock finds the one time of day: "9h", "9h30", "14:30", "9 heures", "2 pm".
func clock(in []string) (hour, minute int, ok bool) {
	for i, w := range in {
		h, m, isTime := hourAt(in, i)
		if !isTime || h > 23 || m > 59 {
			continue
		}
		if ok && w != "" {
			return 0, 0, false
		}
		hour, minute, ok = h, m, true
	}
	return hour, minute, ok
}

// hourAt reads the time that begins at in[i].
func hourAt(in []string, i int) (hour, minute int, ok bool) {
	if before, after, found := strings.Cut(in[i], ":"); found {
		h, err1 := strconv.Atoi(before)
		m, err2 := strconv.Atoi(after)
		return h, m, err1 == nil && err2 == nil
	}
	h, err := strconv.Atoi(in[i])
	if err != nil || len(in[i]) > 2 || i+1 >= len(in) {
		return 0, 0, false
	}
	switch in[i+1] {
	case "h", "heure", "heures", "hs", "horas", "ore", "am":
		if i+2 < len(in) && allFigures(in[i+2]) && len(in[i+2]) == 2 {
			minute, _ = strconv.Atoi(in[i+2])
		}
		return h, minute, true
	case "pm":
		return h%12 + 12, 0, true
	}
	return 0, 0, false
}
