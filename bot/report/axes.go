package report

import (
	"fmt"
	"strings"

	"doudou/bot"
)

// axes are the three axes of the convention: for each indicator what was counted
// and where the town stood in 2015, and what nobody knows.
func (m *maker) axes(detail []Section) []Table {
	at := func(table string, rows ...string) []Row {
		var list []Row
		for _, key := range rows {
			key = "report." + table + "." + key
			row := m.indicator(key, find(detail, table, key))
			row.Label = m.name("report.axis.", strings.TrimPrefix(key, "report."))
			list = append(list, row)
		}
		return list
	}
	first := at("market", "childminders", "free", "idle", "families", "exchanged", "contracts")
	first = append(first, m.told("become", "work.become"), m.told("mam", "mamfile.sent"), m.told("training", "training.asked"),
		m.told("third", "cmg.third"), m.seats("training"))
	second := []Row{m.told("disability", "childcare.disability"), m.waited("disability", "childcare.disability"), m.told("insertion", "childcare.insertion"),
		m.waited("insertion", "childcare.insertion"), m.told("emergency", "childcare.emergency"), m.waited("emergency", "childcare.emergency")}
	second = append(second, at("events", "held", "came")...)
	third := at("whole", "people")
	third = append(third, m.indicator("report.axis.languages", count(len(m.heard.lang)-len(onlyUnknown(m.heard.lang)))))
	third = append(third, at("answered", "robot", "person", "nobody")...)
	third = append(third, at("cases", "median", "most")...)
	third = append(third, m.finished("contract"), m.finished("creche"), m.finished("cmg"))
	third = append(third, at("events", "kept")...)
	third = append(third, at("rights", "stopped")...)
	third = append(third, at("rate", "share")...)
	return []Table{m.axis(1, first, 3), m.axis(2, second, 3), m.axis(3, third, 3)}
}

// axis is the table of one axis.
func (m *maker) axis(n int, rows []Row, unknown int) Table {
	t := Table{Key: fmt.Sprint("axis", n), Note: "report.axis.note", Columns: []string{"report.column.period", "report.column.baseline"}, Rows: rows}
	for _, b := range m.Knowledge.Town().Baseline {
		if b.Axis == n {
			t.Rows = append(t.Rows, Row{"baseline", b.Label, []Count{{None: true}, {Said: b.Value}}})
		}
	}
	for i := range unknown {
		t.Unknown = append(t.Unknown, fmt.Sprintf("report.axis%d.unknown%d", n, i+1))
	}
	return t
}

// indicator is a figure of the period; the convention has none to compare it with.
func (m *maker) indicator(key string, c Count) Row { return m.row(key, c, Count{None: true}) }

// told counts the people to whom the robot said a text.
func (m *maker) told(name, key string) Row {
	return m.indicator("report.axis."+name, small(m.heard.said[key]))
}

// waited is the median time to a person of questions that came from one answer.
func (m *maker) waited(name, topic string) Row {
	var cases []bot.OpenedCase
	for _, c := range m.cases {
		if strings.HasPrefix(c.Topic, topic) {
			cases = append(cases, c)
		}
	}
	return m.indicator("report.axis."+name+".median", quantile(m.took(cases), 50))
}

// finished is the share of those who came to the end of a path.
func (m *maker) finished(dialog string) Row {
	c := Count{None: true}
	for _, s := range m.heard.stood {
		if _, ok := s.stretches(); s.Dialog == dialog && s.started > 0 {
			if c = share(s.done, s.started); !ok {
				c.Hidden = true
			}
		}
	}
	return m.indicator("report.axis."+dialog, c)
}

// seats counts the seats taken at the dates of one kind.
func (m *maker) seats(kind string) Row {
	n := 0
	for _, e := range m.begun() {
		if e.Kind == kind && !e.Cancelled {
			n += e.Taken
		}
	}
	return m.indicator("report.axis.seats", small(n))
}

func onlyUnknown(p map[string]int) []string {
	if p[unknown] > 0 {
		return []string{unknown}
	}
	return nil
}
