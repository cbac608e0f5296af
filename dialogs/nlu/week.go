package nlu

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// weekNames are the days as values name them.
var weekNames = [...]string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// date finds the one day to come that a message speaks of.
func (g *glance) date(days []mention) string {
	if g.r.now.IsZero() {
		return ""
	}
	found := findings{}
	of := g.ofWeek(days)
	several := g.severalWeekdays(days) || len(of) > 0 && (g.each(of[0]) || g.has("except", 0, len(g.in)))
	for i, d := range days {
		if d.birth || d.kind == inMonth || g.gone(d) || several && slices.Contains(of, d) || g.birthday(d) {
			continue
		}
		if day, ok := g.ahead(d, i, days); ok && !day.Before(g.r.now) && !g.lastOf(d) {
			found.add("date", day.Format(dayForm))
		} else {
			found.add("date", "?")
		}
	}
	if g.has("tonight", 0, len(g.in)) {
		found.add("date", g.r.now.Format(dayForm))
	}
	found.add("date", g.inDays())
	return found.clean()["date"]
}

// lastOf says whether a day is the last of several: "du 4 au 8 janvier".
func (g *glance) lastOf(d mention) bool {
	if d.kind != exact || d.from < 2 || !allFigures(g.in[d.from-2]) || len(g.in[d.from-2]) > 2 {
		return false
	}
	return g.has("to", d.from-1, d.from) || g.has("or", d.from-1, d.from) || g.m.measure.numbers.and[g.in[d.from-1]]
}

// birthday says whether a day is that on which a child will be older: "aura 3
// ans le 12 mars".
func (g *glance) birthday(d mention) bool {
	return slices.ContainsFunc(g.all, func(q quantity) bool {
		return q.counts("year") && q.to <= d.from && g.near("will", q, 2)
	})
}

// gone says whether a day is said to be past: "depuis lundi", "lundi dernier".
func (g *glance) gone(d mention) bool {
	return g.has("past", d.from-2, d.from) || g.has("past", d.to, d.to+1) || g.has("born", d.from-2, d.from)
}

// ahead returns the day that a mention means, to come.
func (g *glance) ahead(d mention, i int, days []mention) (time.Time, bool) {
	c := calendar{g.r.now, false}
	day, ok := d.day(c, 0)
	switch {
	case !ok:
		return day, false
	case d.kind == weekday:
		return g.thatWeekday(d, i, days, day)
	case d.kind == exact && d.swapped && (g.r.expect.Kind == "date" || g.r.expect.Kind == "moment"):
		return day, !g.twoSided(d)
	case d.kind == exact && i > 0 && days[i-1].kind == weekday && d.from-days[i-1].to <= 2:
		return day, mondayOf(day) == days[i-1].weekday
	}
	return day, true
}

// mondayOf returns the day of the week, 1 for Monday.
func mondayOf(day time.Time) int { return (int(day.Weekday())+6)%7 + 1 }

// twoSided says whether a day and a month the other way round would be on the
// other side of today: then nobody knows which is meant.
func (g *glance) twoSided(d mention) bool {
	year := d.year
	if year == 0 {
		year = g.r.now.Year()
	}
	one, ok1 := date(year, d.month, d.dom)
	other, ok2 := date(year, d.dom, d.month)
	return ok1 && ok2 && one.Before(g.r.now) != other.Before(g.r.now)
}

// mostWeeks is how far a weekday with its number is looked for.
const mostWeeks = 9

// thatWeekday finds the day of a weekday: with the date or the number after it
// when there is one, in the next week when that is said.
func (g *glance) thatWeekday(d mention, i int, days []mention, day time.Time) (time.Time, bool) {
	if i+1 < len(days) && days[i+1].kind == exact && days[i+1].from-d.to <= 2 {
		next, ok := days[i+1].day(calendar{g.r.now, false}, 0)
		return next, ok && mondayOf(next) == d.weekday
	}
	if n := g.numberAfter(d); n > 0 {
		for range mostWeeks {
			if day.Day() == n {
				return day, true
			}
			day = day.AddDate(0, 0, 7)
		}
		return day, false
	}
	sameWeek := mondayOf(day) > mondayOf(g.r.now)
	switch {
	case g.has("nextweek", 0, len(g.in)) && sameWeek:
		return day.AddDate(0, 0, 7), true
	case g.r.lang == "en" && sameWeek && g.has("next", d.from-1, d.from): // this Thursday or that of next week
		return day, false
	}
	return day, true
}

// numberAfter is the day of the month after a weekday: "samedi 28".
func (g *glance) numberAfter(d mention) int {
	if d.to >= len(g.in) || !allFigures(g.in[d.to]) || len(g.in[d.to]) > 2 || d.to+1 < len(g.in) && (len(g.units[d.to+1]) > 0 || g.in[d.to+1] == "am" || g.in[d.to+1] == "pm" || g.has("or", d.to+1, d.to+2)) {
		return 0
	}
	n, _ := strconv.Atoi(g.in[d.to])
	return n
}

// inDays reads "dans 3 jours". Eight or fifteen days are a week or two, more or
// less.
func (g *glance) inDays() string {
	for _, q := range g.counts {
		if q.counts("day") && q.whole > 0 && q.whole < 7 && q.cents == "" && !q.half && (g.in[max(q.from-1, 0)] == "dans" || g.in[max(q.from-1, 0)] == "in" && g.r.lang == "en") {
			return g.r.now.AddDate(0, 0, q.whole).Format(dayForm)
		}
	}
	return ""
}

// ofWeek lists the weekdays that stand without a date.
func (g *glance) ofWeek(days []mention) []mention {
	var out []mention
	for i, d := range days {
		dated := i+1 < len(days) && days[i+1].kind == exact && days[i+1].from-d.to <= 2
		if d.kind == weekday && !dated && g.numberAfter(d) == 0 && !g.gone(d) {
			out = append(out, d)
		}
	}
	return out
}

// severalWeekdays says whether a message names more than one day of the week.
func (g *glance) severalWeekdays(days []mention) bool {
	of := g.ofWeek(days)
	return slices.ContainsFunc(of, func(d mention) bool { return d.weekday != of[0].weekday })
}

// weekdays lists the days of the week that are said for care: several, a range,
// or one that is said to come each week.
func (g *glance) weekdays(days []mention) string {
	of := g.ofWeek(days)
	if len(of) == 0 || g.has("except", 0, len(g.in)) {
		return ""
	}
	var named [8]bool
	for i, d := range of {
		named[d.weekday] = true
		if i == 0 {
			continue
		}
		before := of[i-1]
		switch {
		case g.has("or", before.to, d.from):
			return ""
		case g.span(before, d):
			for n := before.weekday; n != d.weekday; n = n%7 + 1 {
				named[n] = true
			}
		}
	}
	if !g.severalWeekdays(days) && !g.each(of[0]) {
		return ""
	}
	var out []string
	for n, yes := range named {
		if yes {
			out = append(out, weekNames[n-1])
		}
	}
	return strings.Join(out, ",")
}

// span says whether two days of the week are the first and the last of a row.
func (g *glance) span(a, b mention) bool {
	if b.from-a.to > 3 {
		return false
	}
	from, to := g.in[a.to-1], g.in[b.to-1]
	suffixed := g.r.lang == "tr" && (strings.HasSuffix(from, "den") || strings.HasSuffix(from, "dan") || g.has("to", b.to, b.to+2))
	return suffixed || to != "" && g.has("to", a.to, b.from)
}

// each says whether a day of the week is said to come each week.
func (g *glance) each(d mention) bool {
	if g.has("next", d.to, d.to+1) || d.to < len(g.in) && strings.HasPrefix(g.in[d.to], "prochain") {
		return false
	}
	return g.touches("habit", d.from-1, d.from) || g.r.lang == "ar" && g.touches("habit", d.from-2, d.from) || g.touches("habit", d.from, d.to+1)
}

// half finds the one half of a day that a message names. The name that is part
// of a longer one, or of a greeting, does not count.
func (g *glance) half() string {
	found := ""
	for _, c := range g.cues {
		if !slices.Contains(halfDays, c.what) || g.covered(c) {
			continue
		}
		if found != "" && found != c.what {
			return ""
		}
		found = c.what
	}
	return found
}

// halfDays are the cues that name a half-day.
var halfDays = []string{"morning", "noon", "afternoon", "evening"}

// covered says whether a cue is part of a longer one: "midi" of "après-midi",
// "morning" of "good morning", "mañana" of "pasado mañana".
func (g *glance) covered(c mark) bool {
	return slices.ContainsFunc(g.cues, func(o mark) bool {
		return (slices.Contains(halfDays, o.what) || o.what == "greeting") && o.from <= c.from && o.to >= c.to && o.to-o.from > c.to-c.from || o.what == "greeting" && o.from == c.from && o.to == c.to
	})
}
