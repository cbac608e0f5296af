package nlu

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The times that words stand for.
const (
	wholeDay   = "08:00-18:00"
	lateEnough = 5 // "1 to 6 pm": an hour up to this before an afternoon is in it
	dayMinutes = 24 * 60
)

// parts are the times of the parts of a day.
var parts = map[string]string{
	"wholeday": wholeDay, "morning": "08:00-12:00", "afternoon": "13:30-18:00", "evening": "18:00-22:00", "night": "20:00-07:00",
	"morning afternoon": wholeDay,
}

// hours reads from when to when: "8h-18h", "8 to 6pm", "le matin", "la nuit".
func (m *Model) hours(r *reply) string {
	g, dashes := m.clockGlance(r)
	times, ok := g.times(dashes)
	other := g.beside(func(i int) bool {
		return slices.ContainsFunc(times, func(t clockTime) bool { return i >= t.from && i < t.to })
	})
	switch {
	case !ok, r.loose(other), g.has("or", 0, len(g.in)):
		return ""
	case len(times) == 0:
		return parts[strings.Join(g.parts(), " ")]
	case len(times) == 1:
		times = g.withNoon(times)
	}
	return stretch(times)
}

// halfDay finds "6pm" and "6 p.m.".
var halfDay = regexp.MustCompile(`(?i)(\d)\s?([ap])\.?\s?m\b\.?`)

// clockGlance looks at a message for times of day.
func (m *Model) clockGlance(r *reply) (*glance, map[int]bool) {
	in, dashes := dashed(halfDay.ReplaceAllString(r.text, "$1 ${2}m "), "-–—→~>/")
	return m.glanceAt(r, in), dashes
}

// A clockTime is a time of day that a message names.
type clockTime struct {
	minutes  int  // since midnight
	sure     bool // written as a time, not as a bare number
	fixed    bool // before or after noon, as said
	from, to int
}

// times lists the times of day of a message; not ok when it also has a number
// that is none.
func (g *glance) times(dashes map[int]bool) (times []clockTime, ok bool) {
	ok = true
	for i := 0; i < len(g.in); {
		t, number := g.timeAt(i, dashes)
		if t.to == i {
			ok = ok && !number
			i++
			continue
		}
		times = append(times, t)
		i = t.to
	}
	for i := range times {
		g.halve(&times[i], i, times)
	}
	return times, ok
}

// timeFigures is a time in figures, with its minutes perhaps.
var timeFigures = regexp.MustCompile(`^(\d{1,2})(?:[:.,](\d{2}))?$`)

// timeAt reads the time that begins at a word. It is no number at all, or one
// that is no time: then it takes no word.
func (g *glance) timeAt(i int, dashes map[int]bool) (t clockTime, number bool) {
	t = clockTime{from: i, to: i}
	hour, minute, to := 0, 0, i+1
	if part := timeFigures.FindStringSubmatch(g.in[i]); part != nil {
		hour, _ = strconv.Atoi(part[1])
		minute, _ = strconv.Atoi(part[2])
		t.sure = part[2] != ""
	} else if strings.ContainsAny(g.in[i], "0123456789") {
		return t, !strings.ContainsFunc(g.in[i], letter)
	} else if hour, to = g.m.measure.numbers.read(g.in, i, g.r.lang); to == i || hour == 1 {
		return t, false
	}
	if to < len(g.in) && g.oclock(to) {
		to, t.sure = to+1, true
		if n, next := g.minutes(to, dashes); next > to {
			minute, to = n, next
		}
	} else if to < len(g.in) && len(g.units[to]) > 0 && !(g.r.lang == "tr" && len(g.in[to]) <= 2) { // 18'e
		return t, true // three days, two children
	}
	if hour > 24 || minute > 59 {
		return t, true
	}
	t.minutes, t.to = hour%24*60+minute, to
	return t, true
}

func letter(r rune) bool { return r >= 'a' && r <= 'z' }

// oclock says whether a word says that the number before it is an hour.
func (g *glance) oclock(i int) bool {
	return slices.Contains(g.units[i], "hour") || slices.Contains([]string{"hs", "点", "點", "时", "টা", "টায়", "টার", "uhr"}, g.in[i])
}

// minutes reads those that follow an hour: "8h30", "8 heures et demie".
func (g *glance) minutes(i int, dashes map[int]bool) (minute, to int) {
	half := g.m.measure.numbers.half
	switch {
	case i < len(g.in) && half[stem(g.in[i])]:
		return 30, i + 1
	case i+1 < len(g.in) && g.m.measure.numbers.and[g.in[i]] && half[stem(g.in[i+1])]:
		return 30, i + 2
	case i < len(g.in) && len(g.in[i]) == 2 && allFigures(g.in[i]) && !dashes[i] && !(i+1 < len(g.in) && g.oclock(i+1)):
		minute, _ = strconv.Atoi(g.in[i])
		return minute, i + 1
	}
	return 0, i
}

// halve puts a time before or after noon, when that is said beside it.
func (g *glance) halve(t *clockTime, i int, all []clockTime) {
	from, to := t.to, t.to+3
	if slices.Contains(ahead, g.r.lang) {
		from, to = t.from-2, t.from
	}
	if i+1 < len(all) {
		to = min(to, all[i+1].from)
	}
	late := g.has("afternoon", from, to) || g.has("evening", from, to) || g.has("atafternoon", from, to) || g.has("atevening", from, to)
	switch next := t.to < len(g.in); {
	case next && g.in[t.to] == "pm":
		t.to, late = t.to+1, true
	case next && g.in[t.to] == "am":
		t.to, t.fixed, t.sure = t.to+1, true, true
		t.minutes %= dayMinutes / 2
	}
	if late {
		t.minutes, t.fixed, t.sure = t.minutes%(dayMinutes/2)+dayMinutes/2, true, true
	}
}

// withNoon adds noon or midnight to the one time of a message: "8h à midi".
func (g *glance) withNoon(times []clockTime) []clockTime {
	for _, c := range g.cues {
		if c.what != "noon" && c.what != "midnight" || g.covered(c) {
			continue
		}
		t := clockTime{from: c.from, to: c.to, sure: true, fixed: true}
		if c.what == "noon" {
			t.minutes = dayMinutes / 2
		}
		if c.from < times[0].from {
			return []clockTime{t, times[0]}
		}
		return []clockTime{times[0], t}
	}
	return times
}

// stretch writes the stretch between two times: "8 to 6" ends in the afternoon.
func stretch(times []clockTime) string {
	if len(times) != 2 {
		return ""
	}
	a, b := times[0], times[1]
	if noon := dayMinutes / 2; !b.fixed && a.minutes < noon && b.minutes <= a.minutes {
		b.minutes += noon
	} else if b.fixed && b.minutes >= noon && !a.fixed && a.minutes <= lateEnough*60 {
		a.minutes += noon
	}
	if a.minutes == b.minutes {
		return ""
	}
	return fmt.Sprintf("%02d:%02d-%02d:%02d", a.minutes/60, a.minutes%60, b.minutes/60%24, b.minutes%60)
}

// parts lists the parts of a day that a message names, the first of the day
// first, without those that are said in a longer one.
func (g *glance) parts() []string {
	var out []string
	for _, part := range []string{"wholeday", "morning", "noon", "afternoon", "evening", "night", "midnight"} {
		named := slices.ContainsFunc(g.cues, func(c mark) bool {
			return strings.TrimPrefix(c.what, "at") == part && !slices.ContainsFunc(g.cues, func(o mark) bool {
				return o.what != "before" && o.what != "near" && o.to-o.from > c.to-c.from && o.from <= c.from && o.to >= c.to
			})
		})
		if named {
			out = append(out, part)
		}
	}
	return out
}

// beside counts the words of a message that are neither part of its answer nor
// go with it: "le", "du", "to", "morning".
func (g *glance) beside(answers func(i int) bool) int {
	n := 0
	for i, w := range g.in {
		goes := slices.ContainsFunc(g.cues, func(c mark) bool {
			return i >= c.from && i < c.to && (c.what == "to" || c.what == "between" || c.what == "except" || parts[strings.TrimPrefix(c.what, "at")] != "")
		})
		if !answers(i) && !goes && !(ascii(w) && len(w) < smallWord) {
			n++
		}
	}
	return n
}
