package nlu

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// offerWord begins the message with which a childminder says her free places:
// "LIBRE 2 mars Orgemont". It is printed on what the relais hands out.
const offerWord = "libre"

// offerIntent is what such a message asks for, whatever else it says.
const offerIntent = "childminder_availability"

// offers says whether a message begins with the word of an offer.
func offers(in []string) bool { return len(in) > 0 && in[0] == offerWord }

// offer makes the intent of an offer that of the reading.
func (r *Reading) offer() {
	top := []Scored{{offerIntent, surely}}
	for _, s := range r.Top {
		if s.Intent != offerIntent && len(top) < likeliest {
			top = append(top, Scored{s.Intent, min(s.Score, 1-surely)})
		}
	}
	r.take(top)
	r.Subject, r.Zone = general, "answer"
}

// offered is what the rest of an offer gives: its figures are places first, so
// that "2 mars" is no day; a quarter needs no word before it.
func (m *Model) offered(r *reply) map[string]string {
	places, said := cutOffer(r.text)
	rest := &reply{text: said, lang: r.lang, own: r.own, now: r.now, quarters: r.quarters, offer: true}
	g, f := m.glance(rest), findings{}
	f.add("places", cmp.Or(places, g.places()))
	f.add("quarter", g.quarter())
	f.add("hours", cmp.Or(g.hoursBetween(), parts[strings.Join(g.parts(), " ")]))
	f.add("days", longDays(m.days(rest)))
	if !r.now.IsZero() {
		f.add("month", g.month())
	}
	return f.clean()
}

// How an offer is cut: what follows its word, then the number of places that
// may come first. "LIBRE 2 mars" is no day, "LIBRE 8h" no place.
var (
	afterOffer  = regexp.MustCompile(`(?is)libre(.*)$`)
	firstPlaces = regexp.MustCompile(`^[\s:,;.–—-]*([1-9])(?:[\s,;]|$)`)
)

// cutOffer returns the number of places that an offer begins with, and the rest.
func cutOffer(text string) (places, rest string) {
	part := afterOffer.FindStringSubmatch(text)
	if part == nil {
		return "", ""
	}
	if first := firstPlaces.FindStringSubmatch(part[1]); first != nil {
		return first[1], part[1][len(first[0]):]
	}
	return "", part[1]
}

// mostPlaces is how many places one childminder may have.
const mostPlaces = 9

// places is how many free places a message counts: "2 places", "j'ai une place
// libre". One place counts when it is free: it is also any place.
func (g *glance) places() string {
	found := findings{}
	for _, q := range g.counts {
		of := g.touches("place", q.to, q.to+2) && q.units == nil && q.cents == "" && !q.half
		if !of || q.whole < 1 || q.whole > mostPlaces || g.ordinal(q) {
			continue
		}
		if q.whole > 1 || g.r.offer || allFigures(g.in[q.from]) || g.touches("free", q.to, q.to+4) {
			found.add("places", strconv.Itoa(q.whole))
		}
	}
	return found.clean()["places"]
}

// monthAhead is the one month to come that a message names without a day.
func (g *glance) monthAhead(days []mention) string {
	if g.r.now.IsZero() {
		return ""
	}
	found := findings{}
	for i := range g.in {
		if !g.has("born", 0, len(g.in)) {
			found.add("month", g.chineseMonth(i))
		}
	}
	for _, d := range days {
		if d.kind != inMonth || d.birth || g.gone(d) || g.birthday(d) || g.asNumber(d) {
			continue
		}
		if month := g.monthOf(d); month >= g.r.now.Format(monthForm) {
			found.add("month", month)
		}
	}
	return found.clean()["month"]
}

// hoursBetween is the one stretch of a day that a message gives by its two ends.
func (g *glance) hoursBetween() string {
	if !g.timely() {
		return ""
	}
	c, dashes := g.m.clockGlance(g.r)
	times, _ := c.times(dashes)
	found := findings{}
	for i := 1; i < len(times); i++ {
		if a, b := times[i-1], times[i]; c.joined(a, b, dashes) && (a.sure || b.sure) && !c.perTime(b) {
			found.add("hours", stretch([]clockTime{a, b}))
		}
	}
	return found.clean()["hours"]
}

// farApart is how many words may be between the ends of a stretch.
const farApart = 5

// timely says whether a message may hold two times: a second look is dear, and
// few do.
func (g *glance) timely() bool {
	last := -1 - farApart
	for i, w := range g.in {
		switch {
		case w[0] < '0' || w[0] > '9':
		case strings.ContainsAny(w, ":/-"):
			return true
		case len(w) <= 2 || strings.ContainsAny(w, ".,"):
			if i-last <= farApart {
				return true
			}
			last = i
		}
	}
	return false
}

// joined says whether two times are the ends of a stretch.
func (g *glance) joined(a, b clockTime, dashes map[int]bool) bool {
	return b.from == a.to && dashes[b.from] || b.from-a.to <= 2 && g.has("to", a.to, b.from)
}

// perTime says whether hours are counted, not told: "8 à 9h par jour".
func (g *glance) perTime(t clockTime) bool {
	return slices.ContainsFunc([]string{"day", "week", "month", "year"}, func(unit string) bool {
		return within(g.units, t.to, t.to+3, unit)
	})
}

// longDays writes the days of an answer as values name them.
func longDays(days string) string {
	var out []string
	for i, short := range shortNames {
		if strings.Contains(days, short) {
			out = append(out, weekNames[i])
		}
	}
	return strings.Join(out, ",")
}
