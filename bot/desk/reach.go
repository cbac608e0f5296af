package desk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"doudou/bot"
	"doudou/knowledge/events"
	"doudou/locales"
)

// A reach is whom a word of the relais reaches: how many people, in which
// languages, by which channel, and what that costs.
type reach struct {
	People   int
	Segments int    // of SMS, in all
	Cost     string // of these, "" when nobody has set the price of one
	Groups   []reached
	From     stamp // when the first leaves
	To       stamp // when the last leaves
	ends     time.Time
}

// A reached is the people of a reach who read the same text.
type reached struct {
	Lang, Dir, Language, Channel string
	SMS                          bool
	People                       int
	Text                         []string
	Segments                     int // of one SMS
	Total                        int // of the SMS to all of them
}

// mark changes when a reach does.
func (r reach) mark() string { return fmt.Sprintf("%d-%d", r.People, r.Segments) }

// reach composes what each of some people would read, and counts.
func (d *desk) reach(v *visit, people []bot.Recipient, node string, slots map[string]string) (reach, error) {
	r := reach{People: len(people)}
	for group, n := range d.alikes(people) {
		g, err := d.reached(v, group, n, node, slots)
		if err != nil {
			return r, err
		}
		r.Groups = append(r.Groups, g)
		r.Segments += g.Total
	}
	slices.SortFunc(r.Groups, func(a, b reached) int {
		return cmp.Or(b.People-a.People, strings.Compare(a.Lang, b.Lang), strings.Compare(a.Channel, b.Channel))
	})
	r.Cost = d.cost(v.lang, r.Segments)
	dues := d.dues(people)
	if len(dues) > 0 {
		first, last := slices.MinFunc(dues, time.Time.Compare), slices.MaxFunc(dues, time.Time.Compare)
		r.From, r.To, r.ends = d.when(v.lang, first), d.when(v.lang, last), last
	}
	return r, nil
}

// An alike is a language and a channel: whoever has both the same reads the
// same text.
type alike struct {
	lang    string
	channel bot.Channel
}

func (d *desk) alikes(people []bot.Recipient) map[alike]int {
	groups := map[alike]int{}
	for _, p := range people {
		groups[alike{d.Words.Best(p.Lang), p.Channel}]++
	}
	return groups
}

func (d *desk) reached(v *visit, a alike, n int, node string, slots map[string]string) (reached, error) {
	g := reached{Lang: a.lang, Dir: direction(a.lang), Language: d.languageName(v.lang, a.lang),
		Channel: d.channelName(v.lang, a.channel), SMS: a.channel == bot.SMS, People: n}
	if d.Compose == nil {
		return g, nil
	}
	text, err := d.Compose(v.r.Context(), a.lang, a.channel, node, slots)
	if err != nil {
		return g, fmt.Errorf("compose %s in %s: %w", node, a.lang, err)
	}
	g.Text = paragraphs(text)
	if g.SMS && d.Segments != nil {
		g.Segments = d.Segments(text)
		g.Total = g.Segments * n
	}
	return g, nil
}

// cost writes what SMS cost in euros.
func (d *desk) cost(lang string, segments int) string {
	if d.SegmentPrice.IsZero() || segments == 0 {
		return ""
	}
	euros := d.SegmentPrice.Mul(decimal.NewFromInt(int64(segments)))
	text, err := d.texts.Format(lang, locales.Style{}, locales.Arg{Kind: "euros", Text: euros.StringFixed(2)})
	if err != nil {
		return euros.StringFixed(2)
	}
	return text
}

// dues says when each of some people is written to: as fast as their channel
// sends, at courteous hours only. What does not fit in an evening goes on in the
// morning.
func (d *desk) dues(people []bot.Recipient) []time.Time {
	next := map[bot.Channel]time.Time{}
	list := make([]time.Time, 0, len(people))
	for _, p := range people {
		at, begun := next[p.Channel]
		if !begun {
			at = d.Now()
		}
		at = events.Courteous(at, d.Zone)
		list = append(list, at)
		next[p.Channel] = at.Add(d.pace(p.Channel))
	}
	return list
}

// pace is the time between two messages of a channel.
func (d *desk) pace(ch bot.Channel) time.Duration {
	rate := d.Rates[ch]
	if rate <= 0 {
		return time.Second
	}
	return time.Duration(float64(time.Second) / rate)
}
