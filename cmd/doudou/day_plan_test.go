package main

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"doudou/bot"
	"doudou/knowledge/events"
)

func itoa(n int) string { return strconv.Itoa(n) }

// page is the address of the day at the desk.
func (d *day) page() string { return "/desk/events/" + d.event.ID + "/day" }

// do sends a form of the page of the day.
func (d *day) do(what string) {
	d.t.Helper()
	d.desk.post(d.page()+"/"+what, d.form(d.page(), d.page()+"/"+what).with())
}

// planned makes the plan at the desk; a plan that is not published tells nobody.
func (d *day) planned() {
	d.at("2026-12-17 15:00")
	d.do("plan")
	d.at("2026-12-17 15:10")
	d.spoken("a plan that is not published", nil)
	d.do("tell")
	d.at("2026-12-17 15:20")
	d.toldTimes()
	d.proper()
	for _, g := range d.coming() {
		times := g.unasked(d.clock.Now())
		if len(times) > 0 && (!strings.Contains(times[0], g.seat.Code) || !strings.Contains(times[0], itoa(g.seat.Number))) {
			d.t.Errorf("%s was not told badge %d and code %s: %s", g.name, g.seat.Number, g.seat.Code, times[0])
		}
	}
}

// doors lets in those who came, by their code. Two families and a childminder do
// not come, and one of each is late.
func (d *day) doors() {
	d.at("2026-12-19 09:00")
	d.post("in", "code", "12345x", http.StatusUnprocessableEntity)
	coming := d.coming()
	families := ofSide(coming[2:], events.Parent)
	minders := ofSide(coming[2:], events.Childminder)
	d.absent = []*guest{families[3], families[11], minders[5]}
	d.late = []*guest{families[7], minders[9]}
	for _, g := range coming {
		if !slices.Contains(d.absent, g) && !slices.Contains(d.late, g) {
			d.post("in", "code", g.seat.Code)
		}
	}
	d.at("2026-12-19 09:25")
	d.spoken("at the doors", nil)
}

func ofSide(people []*guest, side events.Side) []*guest {
	return slices.DeleteFunc(slices.Clone(people), func(g *guest) bool { return g.side != side })
}

// post sends a form of one field.
func (d *day) post(what, name, value string, also ...int) {
	d.t.Helper()
	d.desk.post(d.page()+"/"+what, url.Values{"once": {what + value}, name: {value}}, also...)
}

// again plans the rounds that remain without those who are missing.
func (d *day) again() {
	d.at("2026-12-19 09:40")
	before := d.plan(d.event.ID)
	d.replan()
	d.at("2026-12-19 09:41")
	d.toldTimes()
	d.proper()
	d.past(before)
}

// lateArrivals lets two more in and plans again.
func (d *day) lateArrivals() {
	d.at("2026-12-19 09:55")
	for _, g := range d.late {
		d.post("in", "code", g.seat.Code)
	}
	d.at("2026-12-19 09:56")
	d.toldTimes()
	before := d.plan(d.event.ID)
	d.replan()
	d.at("2026-12-19 09:57")
	d.toldTimes()
	d.proper()
	d.past(before)
	after := d.plan(d.event.ID)
	for _, g := range d.late {
		if after.Times(g.seat.Contact) == before.Times(g.seat.Contact) {
			d.t.Errorf("%s came late and meets nobody new: %s", g.name, after.Times(g.seat.Contact))
		}
	}
}

func (d *day) replan() {
	d.t.Helper()
	again := d.page() + "/again"
	d.desk.post(again, d.form(again, again).with())
}

// toldTimes checks that each whose own times are new or others was told them
// just now, once, and that nobody else was told anything.
func (d *day) toldTimes() {
	d.t.Helper()
	d.known()
	plan, begun := d.plan(d.event.ID), !d.event.Start.After(d.clock.Now())
	var changed []*guest
	for _, g := range d.people {
		told, ok := plan.Told[g.seat.Contact]
		if !ok || g.silent() || begun && g.seat.Came.IsZero() || told.Times == d.told[g.seat.Contact] {
			continue
		}
		changed = append(changed, g)
		d.told[g.seat.Contact] = told.Times
		if heard := g.unasked(d.clock.Now()); len(heard) == 1 && !slices.Equal(appointments(d.whole(g, heard[0])), appointments(told.Times)) {
			d.t.Errorf("%s was told %q, the plan says %q", g.name, heard[0], told.Times)
		}
	}
	d.spoken("times", changed)
	for _, g := range changed {
		if now := plan.Times(g.seat.Contact); now != d.told[g.seat.Contact] {
			d.t.Errorf("%s was told %s, the plan says %s", g.name, d.told[g.seat.Contact], now)
		}
	}
}

// whole is what somebody was told, with the rest that they ask for where an SMS
// had no room for it.
func (d *day) whole(g *guest, heard string) string {
	if g.chat != 0 || !strings.Contains(heard, g.voice.more) {
		return heard
	}
	d.talk(g, g.voice.more)
	return heard + g.heard[len(g.heard)-1].text
}

var appointment = regexp.MustCompile(`\d\d:\d\d \(\d+\)`)

// appointments are the times and tables of a text, in its order.
func appointments(text string) []string { return appointment.FindAllString(text, -1) }

// proper checks a plan: no pair twice, nobody and no table twice in a round,
// nobody outside their time in the room, everybody of the day.
func (d *day) proper() {
	d.t.Helper()
	plan := d.plan(d.event.ID).Schedule
	taken := map[string]bool{}
	once := func(what string, values ...any) {
		key := what + fmt.Sprint(values...)
		if taken[key] {
			d.t.Errorf("%s twice", key)
		}
		taken[key] = true
	}
	for _, m := range plan.Meetings {
		if m.Missed {
			continue
		}
		once("pair ", m.Parent, " ", m.Childminder)
		once("family ", m.Parent, " in round ", m.Round)
		once("childminder ", m.Childminder, " in round ", m.Round)
		once("table ", m.Table, " in round ", m.Round)
		for _, id := range []string{m.Parent, m.Childminder} {
			d.inRoom(id, m)
		}
	}
}

func (d *day) inRoom(id string, m events.Meeting) {
	d.t.Helper()
	g := d.byContact(bot.ContactID(id))
	if g == nil {
		d.t.Errorf("round %d has somebody who does not come", m.Round)
		return
	}
	if room := g.seat.Room; m.Start < room.From || room.To > 0 && m.Start >= room.To {
		d.t.Errorf("%s is in the room %v and meets at %s", g.name, room, m.Start)
	}
}

// byContact finds who has a seat; nil for nobody.
func (d *day) byContact(id bot.ContactID) *guest {
	i := slices.IndexFunc(d.people, func(g *guest) bool { return g.seat.Contact == id })
	if i < 0 {
		return nil
	}
	return d.people[i]
}

// past checks that no meeting that had begun was changed.
func (d *day) past(before bot.Day) {
	d.t.Helper()
	now := d.clock.Now()
	after := d.plan(d.event.ID).Schedule.Meetings
	for _, m := range before.Schedule.Meetings {
		if int(m.Start) >= 60*now.Hour()+now.Minute()-1 {
			continue
		}
		if !slices.ContainsFunc(after, func(a events.Meeting) bool {
			return a.Round == m.Round && a.Parent == m.Parent && a.Childminder == m.Childminder
		}) {
			d.t.Errorf("the meeting of round %d at table %d is over and was changed", m.Round, m.Table)
		}
	}
}
