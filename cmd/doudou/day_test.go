package main

import (
	"database/sql"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// A day is a speed-dating day as it is played: 48 families and 33 childminders
// in five languages, by Telegram and SMS, from the invitation to the contract.
type day struct {
	*relais
	t      *testing.T
	random *rand.Rand
	people []*guest
	event  events.Event
	db     *sql.DB

	absent, late []*guest
	told         map[bot.ContactID]string // the times that each was told last
	likes        map[[2]*guest]bool       // who wrote the number of whom
	visits       int                      // families who say that they visited
	contracts    int                      // and that a contract is signed
}

// dayCapacity is three fewer than those who want to come.
const dayCapacity = dayFamilies + dayMinders - 3

// TestDay plays a whole day on the real service, by signed webhooks and the forms
// of the desk. What must hold is checked at each step and, of all that reached
// anybody, at the end.
func TestDay(t *testing.T) {
	random := rand.New(rand.NewPCG(2026, 12))
	d := &day{relais: openRelais(t, "2026-11-24 09:00"), t: t, random: random, people: invited(random),
		told: map[bot.ContactID]string{}, likes: map[[2]*guest]bool{}}
	d.db = openSQL(t, "sqlite", d.data)
	for _, step := range []struct {
		name string
		play func()
	}{
		{"the relais opens a day", d.announce},
		{"everybody registers", d.register},
		{"freed places go to those who wait", d.freed},
		{"a week before", d.weekBefore},
		{"the relais plans and tells", d.planned},
		{"the day before", d.dayBefore},
		{"the doors", d.doors},
		{"planned again without those who are missing", d.again},
		{"late arrivals", d.lateArrivals},
		{"whom each wants to see again", d.choose},
		{"numbers exchanged", d.exchanged},
		{"visits", d.visited},
		{"contracts", d.signed},
		{"the figures", d.figures},
		{"what reached whom", d.audit},
	} {
		began := time.Now()
		step.play()
		t.Logf("%-45s %v", step.name, time.Since(began).Round(time.Millisecond))
		if t.Failed() {
			t.FailNow()
		}
	}
	checkReadme(t, "day-mother", d.people[0].notes.text.String())
	checkReadme(t, "day-childminder", d.people[1].notes.text.String())
}

// announce opens the speed-dating day of December to more people than the demo
// town has.
func (d *day) announce() {
	list, err := d.server.store.Events(d.t.Context(), d.clock.Now(), d.clock.Now().AddDate(0, 0, 40))
	if err != nil {
		d.t.Fatal(err)
	}
	i := slices.IndexFunc(list, func(s events.Standing) bool { return s.Kind == "speeddating" })
	if i < 0 {
		d.t.Fatal("the demo town has no speed-dating day")
	}
	d.event = list[i].Event
	d.signIn()
	path := "/desk/events/" + d.event.ID
	d.desk.post(path, d.form(path+"/edit", path).with("capacity", itoa(dayCapacity)))
}

// register has the first two register, then all but three at once, then these,
// who find the day full and wait.
func (d *day) register() {
	waiting := d.latecomers()
	d.at("2026-11-24 10:00")
	d.talk(d.people[0], d.people[0].words...)
	d.talk(d.people[1], d.people[1].words...)
	d.at("2026-11-24 10:15")
	together(slices.DeleteFunc(slices.Clone(d.people[2:]), func(g *guest) bool { return slices.Contains(waiting, g) }),
		func(g *guest) { d.talk(g, g.words...) })
	d.at("2026-11-24 14:00")
	for _, g := range waiting {
		d.talk(g, g.words...)
	}
	d.at("2026-11-24 14:10")
	d.seated(dayCapacity, 3)
	for i, g := range d.people[:2] {
		if g.seat.Number != i+1 {
			d.t.Errorf("%s has badge %d, want %d", g.name, g.seat.Number, i+1)
		}
	}
}

// latecomers are two families and a childminder who register last.
func (d *day) latecomers() []*guest {
	list := []*guest{d.people[40], d.people[41], d.people[80]}
	for _, g := range list {
		if g.words[2] == "2" {
			g.words = slices.Delete(g.words, 2, 3)
			g.words[2] = "1"
		}
	}
	return list
}

// freed has one family cancel and one be erased, at night: their places go to
// the first two who wait, the second one in the morning. One says STOP.
func (d *day) freed() {
	waiting := d.latecomers()
	d.at("2026-11-25 10:00")
	d.talk(d.role(0), "je ne peux plus venir à la rencontre, annulez svp", "1")
	d.at("2026-11-25 10:10")
	d.accepts(waiting[0])

	d.at("2026-11-25 22:30")
	erased := d.role(1)
	d.talk(erased, "EFFACE", "1")
	erased.gone = d.clock.Now()
	d.at("2026-11-25 22:40")
	d.spoken("at night", nil)
	d.at("2026-11-26 08:00")
	d.accepts(waiting[1])

	stops := d.role(2)
	d.at("2026-11-26 09:00")
	d.talk(stops, "STOP")
	stops.stopped = d.clock.Now()
	d.seated(dayCapacity, 1)
}

// role picks some who write French for the things that happen to one person.
func (d *day) role(n int) *guest {
	french := slices.DeleteFunc(slices.Clone(d.people[2:40]), func(g *guest) bool { return g.voice.lang != "fr" })
	return french[n]
}

// accepts has somebody who was just offered a place take it; their needs are
// still true.
func (d *day) accepts(g *guest) {
	d.t.Helper()
	d.spoken("a place is free", []*guest{g})
	d.talk(g, "1", "1")
	d.quiet()
}

// weekBefore reminds everybody. One gives the place back, and who is offered it
// does not answer.
func (d *day) weekBefore() {
	d.at("2026-12-12 09:59")
	d.spoken("before ten", nil)
	d.at("2026-12-12 10:00")
	d.spoken("the reminder", d.coming())
	d.talk(d.people[0], "1")
	d.talk(d.people[1], "1")
	d.talk(d.role(3), "2")
	d.at("2026-12-12 10:05")
	last := d.latecomers()[2]
	d.spoken("a place is free", []*guest{last})
	d.at("2026-12-14 10:30")
	d.spoken("it lapsed", []*guest{last})
	d.seated(dayCapacity-1, 0)
}

func (d *day) dayBefore() {
	d.at("2026-12-18 10:00")
	d.spoken("the reminder", d.coming())
}

// coming are those who have a seat and hear of it.
func (d *day) coming() []*guest {
	d.known()
	return slices.DeleteFunc(slices.Clone(d.people), func(g *guest) bool { return g.seat.State != bot.Kept || g.silent() })
}

// silent tells whether nothing may reach somebody any more.
func (g *guest) silent() bool { return !g.stopped.IsZero() || !g.gone.IsZero() }

// known looks up everybody's seat, by the names that they gave.
func (d *day) known() {
	d.t.Helper()
	for _, g := range d.people {
		g.seat = bot.Seat{}
	}
	for _, s := range d.seats(d.event.ID) {
		i := slices.IndexFunc(d.people, func(g *guest) bool { return s.Profile != nil && g.name == s.Profile.Name })
		if i < 0 {
			d.t.Fatalf("badge %d is of nobody: %+v", s.Number, s.Profile)
		}
		g := d.people[i]
		if s.Profile.Side != g.side || s.Profile.Phone != g.phone || s.Profile.Days == 0 || len(s.Profile.Hours) == 0 {
			d.t.Errorf("%s (%s) was not understood: %+v", g.name, g.voice.lang, *s.Profile)
		}
		g.seat = s
	}
}

// seated checks how many have a seat or are offered one, and how many wait.
func (d *day) seated(taken, waiting int) {
	d.t.Helper()
	d.known()
	s, err := d.server.store.Event(d.t.Context(), d.event.ID)
	if err != nil || s.Taken != taken || s.Waiting != waiting || s.Capacity != dayCapacity {
		d.t.Fatalf("%d of %d seats are taken and %d wait, want %d and %d; %v", s.Taken, s.Capacity, s.Waiting, taken, waiting, err)
	}
	rows := 0
	for _, seat := range d.seats(d.event.ID) {
		if seat.State == bot.Kept || seat.State == bot.Offered {
			rows++
		}
	}
	if rows != taken {
		d.t.Errorf("%d people sit on %d seats", rows, taken)
	}
}

// spoken checks that the relais has just spoken by itself to these people, once
// to each, and to nobody else.
func (d *day) spoken(what string, to []*guest) {
	d.t.Helper()
	for _, g := range d.people {
		want, got := 0, g.unasked(d.clock.Now())
		if slices.Contains(to, g) {
			want = 1
		}
		if len(got) != want {
			d.t.Errorf("%s: %s (%s) was told %d things, want %d: %q", what, g.name, g.voice.lang, len(got), want, got)
		}
	}
}

// unasked is what the relais said by itself to somebody at a time.
func (g *guest) unasked(at time.Time) (list []string) {
	for _, h := range g.heard {
		if h.at.Equal(at) && !h.asked {
			list = append(list, strings.TrimSpace(h.text))
		}
	}
	return list
}
