package report

import (
	"maps"
	"slices"
	"strings"

	"doudou/bot"
)

// quarterOf names where a contact lives, as the town writes it.
func (t *tally) quarterOf(contact bot.ContactID) string {
	for _, q := range t.o.Knowledge.Town().Quarters {
		if strings.EqualFold(q.Name, t.quarters[contact]) {
			return q.Name
		}
	}
	return unknown
}

// people returns the tables of who wrote.
func (m *maker) people() []Table {
	t := m.heard
	whole := Table{Key: "whole", Note: "report.whole.note", Columns: number(), Rows: []Row{
		m.row("report.whole.people", small(t.all)), m.row("report.whole.messages", small(t.messages)),
	}}
	return []Table{whole, m.months(), m.kinds("audience", "report.audience.", t.audience), m.kinds("channel", "report.channel.", t.channel),
		m.gathered(Table{Key: "language", Columns: people(), Plot: Bars}, "desk.language.", t.lang),
		m.gathered(Table{Key: "quarter", Note: "report.quarter.note", Columns: people(), Plot: Bars}, "report.quarter.", t.quarter)}
}

// months counts who wrote in each month.
func (m *maker) months() Table {
	table := Table{Key: "months", Note: "report.months.note", Columns: []string{"report.column.messages", "report.column.people"}, Plot: Line}
	for first := m.From; first.Before(m.To); first = first.AddDate(0, 1, 1-first.Day()) {
		n := month{}
		key := monthOf(first, m.From.Location())
		if got := m.heard.months[key]; got != nil {
			n = *got
		}
		table.Rows = append(table.Rows, Row{key, first.Format("01/2006"), []Count{{N: n.messages, Hidden: isSmall(n.people)}, small(n.people)}})
	}
	hideRows(table.Rows, 0)
	return table
}

// kinds is a table of people by one of a few kinds, each of which is named even
// when it is hidden.
func (m *maker) kinds(key, prefix string, p map[string]int) Table {
	table := Table{Key: key, Columns: people(), Rows: m.rows(prefix, p), Plot: Bars}
	hideRows(table.Rows, 0)
	return table
}

// gathered is a table by one of many kinds: those of few are not named.
func (m *maker) gathered(table Table, prefix string, p map[string]int) Table {
	table.Rows = gather(m.rows(prefix, p), m.row("report.others"))
	return table
}

// rows are counts by name, the greatest first.
func (m *maker) rows(prefix string, p map[string]int) []Row {
	var rows []Row
	for _, name := range slices.Sorted(maps.Keys(p)) {
		label := m.say("report." + name)
		if name != unknown {
			label = m.name(prefix, name)
		}
		rows = append(rows, Row{name, label, []Count{count(p[name])}})
	}
	slices.SortStableFunc(rows, greatestFirst)
	return rows
}
