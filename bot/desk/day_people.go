package desk

import (
	"slices"
	"strings"

	"doudou/bot"
	"doudou/knowledge/events"
)

// somebody is a person of the day with what the pages sort them by.
type somebody struct {
	person
	side    string
	contact bot.ContactID
}

// people returns who has a seat, by number, with their meetings.
func (d *desk) people(lang string, t dating) []somebody {
	numbers, names := map[string]int{}, map[string]string{}
	for _, s := range t.roster {
		numbers[string(s.Contact)] = s.Number
		if p, ok := participant(s); ok && p.Side == events.Childminder && s.Profile != nil {
			names[string(s.Contact)] = s.Profile.Name
		}
	}
	few := map[string]events.Cause{}
	if t.day.Version > 0 {
		for _, c := range t.day.Schedule.Counts() {
			few[c.ID] = c.Cause
		}
	}
	list := make([]somebody, 0, len(t.roster))
	for _, s := range t.roster {
		p, known := participant(s)
		who := somebody{person: person{seat: d.seat(lang, s), Wants: d.wants(lang, s), Room: roomOf(s.Room)}, contact: s.Contact}
		if known {
			who.side = string(p.Side)
		}
		if cause := few[p.ID]; cause != "" {
			who.Few = "desk.day.few." + string(cause)
		}
		who.Meetings = sittings(t.day.Schedule, p.ID, numbers, names)
		list = append(list, who)
	}
	return list
}

// sittings returns the meetings of one person, in order.
func sittings(s events.Schedule, id string, numbers map[string]int, names map[string]string) (list []sitting) {
	for _, m := range s.Meetings {
		other := m.Childminder
		switch id {
		case m.Parent:
		case m.Childminder:
			other = m.Parent
		default:
			continue
		}
		list = append(list, sitting{Round: m.Round, Table: m.Table, At: m.Start.String(), With: numbers[other], Name: names[other], Missed: m.Missed})
	}
	return list
}

// wants says in short what somebody needs or offers, in the agent's language.
func (d *desk) wants(lang string, s bot.Seat) string {
	if s.Profile == nil {
		return ""
	}
	cells := s.Profile.Cells()
	var parts []string
	for _, kind := range []string{"days", "hours", "start"} {
		if cells[kind] == "" {
			continue
		}
		as := kind
		if kind == "start" {
			as = "month"
		}
		parts = append(parts, d.written(lang, as, cells[kind]))
	}
	for _, q := range s.Profile.Quarters {
		parts = append(parts, d.quarterName(q))
	}
	return strings.Join(parts, " · ")
}

// roomOf says when somebody is in the room, "" for the whole time.
func roomOf(s events.Span) string {
	switch {
	case s == events.Span{}:
		return ""
	case s.To == 0:
		return s.From.String() + "–"
	}
	return s.From.String() + "–" + s.To.String()
}

// planned writes the plan in plain words.
func (d *desk) planned(v *visit, t dating, people []somebody) *planned {
	s := t.day.Schedule
	p := &planned{Version: t.day.Version, Meetings: len(s.Meetings), Rounds: s.Rounds, Tables: s.Tables, Minimum: s.Minimum,
		Published: t.day.Published, Optimal: s.Optimal, By: d.agentName(v, t.day.Agent), At: d.when(v.lang, t.day.At)}
	numbers := map[string]int{}
	for _, who := range people {
		numbers[string(who.contact)] = who.Number
		if who.Few != "" {
			p.Short = append(p.Short, who.person)
		}
	}
	for r := 1; r <= s.Rounds; r++ {
		p.ByRound = append(p.ByRound, round{Number: r, At: s.Start(r).String()})
	}
	for _, m := range s.Meetings {
		p.ByRound[m.Round-1].Pairs = append(p.ByRound[m.Round-1].Pairs, pair{m.Table, numbers[m.Parent], numbers[m.Childminder], m.Missed})
	}
	slices.SortFunc(p.Short, func(a, b person) int { return a.Number - b.Number })
	return p
}

// A side is the part of the page that lists people is given.
type side struct {
	ID, Title, Event, Once string
	May                    bool
	People                 []person
}

// sidesOf hands one list of people to the part that shows it.
func sidesOf(data any, title string, people []person) side {
	s := side{ID: strings.ReplaceAll(title, ".", "-"), Title: title, People: people}
	switch p := data.(type) {
	case dayPage:
		s.Event, s.Once, s.May = p.ID, p.Once, p.May && !p.Over
	case again:
		s.Event, s.Once = p.ID, p.Once
	}
	return s
}
