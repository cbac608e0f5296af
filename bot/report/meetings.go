package report

import (
	"doudou/bot"
	"doudou/knowledge/events"
)

// dates counts the dates of the period: how many, their seats, who came.
func (m *maker) dates() Table {
	held, cancelled, seats, taken, came := 0, 0, 0, 0, 0
	for _, e := range m.begun() {
		if e.Cancelled {
			cancelled++
			continue
		}
		held, seats, taken, came = held+1, seats+e.Capacity, taken+e.Taken, came+m.came[e.ID]
	}
	return Table{Key: "events", Note: "report.events.note", Columns: number(), Rows: []Row{
		m.row("report.events.held", count(held)), m.row("report.events.cancelled", count(cancelled)), m.row("report.events.seats", count(seats)),
		m.row("report.events.taken", small(taken)), m.row("report.events.came", part(came, taken)), m.row("report.events.kept", share(came, taken)),
	}}
}

// begun are the true dates that begin in the period and are over.
func (m *maker) begun() []events.Standing {
	var list []events.Standing
	for _, e := range m.events {
		if !e.Start.Before(m.From) && e.Start.Before(m.last()) && !e.Sample {
			list = append(list, e)
		}
	}
	return list
}

// places counts the dates of the period by quarter.
func (m *maker) places() Table {
	by := map[string]int{}
	for _, e := range m.begun() {
		if !e.Cancelled {
			by[orUnknown(e.Quarter)]++
		}
	}
	return Table{Key: "sessions", Columns: number(), Rows: m.rows("report.quarter.", by), Plot: Bars}
}

func orUnknown(name string) string {
	if name == "" {
		return unknown
	}
	return name
}

// market counts what childminders offer, what families need, and what came of
// those who were put in touch.
func (m *maker) market() Table {
	free, places, idle := 0, 0, 0
	for _, p := range m.offers {
		places += p.Places
		if p.Places > 0 {
			free++
		}
		if p.Idle(m.last(), 60) {
			idle++
		}
	}
	asked, exchanged, visits, contracts := m.introductions()
	a, e, v, c := count(asked), count(exchanged), count(visits), count(contracts)
	nest(&a, &e)
	nest(&e, &v)
	nest(&e, &c)
	all := len(m.offers)
	return Table{Key: "market", Note: "report.market.note", Columns: number(), Rows: []Row{
		m.row("report.market.childminders", small(all)), m.row("report.market.free", part(free, all)),
		m.row("report.market.places", Count{N: places, Hidden: isSmall(places) || isSmall(free)}), m.row("report.market.idle", part(idle, all)),
		m.row("report.market.families", small(len(m.needs))), m.row("report.market.asked", a), m.row("report.market.exchanged", e),
		m.row("report.market.visits", v), m.row("report.market.contracts", c),
	}}
}

// introductions counts those made in the period, and what came of them.
func (m *maker) introductions() (asked, exchanged, visits, contracts int) {
	for _, i := range m.met {
		if i.Made.Before(m.From) || !i.Made.Before(m.To) {
			continue
		}
		asked++
		if !i.Exchanged.IsZero() {
			exchanged++
		}
		if i.Visit == bot.Yes {
			visits++
		}
		if i.Contract == bot.Yes {
			contracts++
		}
	}
	return asked, exchanged, visits, contracts
}
