package main

import (
	"strings"
	"time"
	"unicode"

	"doudou/knowledge/events"
)

// audit looks at all that reached anybody.
func (d *day) audit() {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		d.t.Fatal(err)
	}
	total := 0
	for _, g := range d.people {
		spoke := 0
		for _, h := range g.heard {
			total++
			d.allowed(g, h, zone)
			if !h.asked {
				spoke++
			}
		}
		if g.seat.Contact != "" && spoke != d.prompted(g, "%", time.Time{}) {
			d.t.Errorf("%s was told %d things by the relais, %d were due", g.name, spoke, d.prompted(g, "%", time.Time{}))
		}
		for _, other := range d.people {
			d.private(g, other)
		}
	}
	d.t.Logf("%d people, %d messages to them, %d pairs with each other's number, %d visits, %d contracts", len(d.people), total, d.pairs(), d.visits, d.contracts)
}

// allowed checks that a message might leave when it did.
func (d *day) allowed(g *guest, h notice, zone *time.Location) {
	if !h.asked && !events.Courteous(h.at, zone).Equal(h.at) {
		d.t.Errorf("%s was written to on %s: %s", g.name, h.at.Format(time.RFC1123), h.text)
	}
	for _, end := range []time.Time{g.stopped, g.gone} {
		if !end.IsZero() && h.at.After(end) {
			d.t.Errorf("%s said STOP or EFFACE and was told: %s", g.name, h.text)
		}
	}
}

// private checks that the number of somebody reached another once if both said
// yes, and never else.
func (d *day) private(g, other *guest) {
	want, got := 0, 0
	if d.mutual(g, other) {
		want = 1
	}
	for _, h := range g.heard {
		if strings.Contains(figuresOf(h.text), other.phone[3:]) {
			got++
		}
	}
	if got != want {
		d.t.Errorf("%s was told the number of %s %d times, want %d", g.name, other.name, got, want)
	}
}

// figuresOf keeps the figures of a text, in whatever way they are grouped.
func figuresOf(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}
