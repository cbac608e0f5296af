package report

import (
	"slices"
	"strings"
	"time"

	"doudou/bot"
)

// answered tells who had the answer to what families wrote.
func (m *maker) answered() Table {
	t := m.heard
	table := Table{Key: "answered", Note: "report.answered.note", Plot: Bars, Columns: []string{"report.column.messages", "report.column.share"}}
	for _, r := range []struct {
		key string
		n   int
	}{{"report.answered.robot", t.robot}, {"report.answered.person", t.person}, {"report.answered.nobody", t.nobody}} {
		table.Rows = append(table.Rows, m.row(r.key, count(r.n), share(r.n, t.messages)))
	}
	hideRows(table.Rows, 0)
	for i, r := range table.Rows {
		table.Rows[i].Counts[1].Hidden = r.Counts[0].Hidden
	}
	return table
}

// delays tells what became of the questions passed to people, and how long the
// first word of a person took, in the working hours of the team.
func (m *maker) delays() Table {
	answered, silent, waiting, urgent := 0, 0, 0, 0
	for _, c := range m.cases {
		switch {
		case !c.Answered.IsZero():
			answered++
		case c.State == bot.Closed:
			silent++
		default:
			waiting++
		}
		if c.Urgent {
			urgent++
		}
	}
	a, s, w := count(answered), count(silent), count(waiting)
	hide([]*Count{&a, &s, &w})
	took := m.took(m.cases)
	return Table{Key: "cases", Note: "report.cases.note", Columns: number(), Rows: []Row{
		m.row("report.cases.opened", small(len(m.cases))), m.row("report.cases.urgent", part(urgent, len(m.cases))),
		m.row("report.cases.answered", a), m.row("report.cases.silent", s), m.row("report.cases.waiting", w),
		m.row("report.cases.median", quantile(took, 50)), m.row("report.cases.most", quantile(took, 90)),
	}}
}

// took returns how long the first word of a person took, the shortest first.
func (m *maker) took(cases []bot.OpenedCase) []time.Duration {
	var list []time.Duration
	for _, c := range cases {
		if !c.Answered.IsZero() {
			list = append(list, m.Knowledge.Worked(c.Team, c.Opened, c.Answered))
		}
	}
	slices.Sort(list)
	return list
}

// quantile returns the time within which so many of a hundred were answered; of
// fewer than five it would be somebody's own.
func quantile(took []time.Duration, percent int) Count {
	if len(took) == 0 {
		return Count{None: true}
	}
	at := took[(len(took)*percent+99)/100-1]
	return Count{N: int(at.Round(time.Minute) / time.Minute), Unit: Minutes, Hidden: isSmall(len(took))}
}

// topics counts messages by topic; a topic of few is not named.
func (m *maker) topics() Table {
	return m.gathered(Table{Key: "topics", Note: "report.topics.note", Columns: messages(), Plot: Bars}, "intent.", m.heard.topics)
}

// unclear counts what was not understood, by language.
func (m *maker) unclear() Table {
	return m.gathered(Table{Key: "unclear", Note: "report.unclear.note", Columns: messages()}, "desk.language.", m.heard.unclear)
}

// mostOpen is how many of the questions that wait for an answer are listed.
const mostOpen = 10

// open counts what was not understood and nobody has taught since, by what it
// most likely asks for.
func (m *maker) open() Table {
	counts := map[string]int{}
	first, after := m.From.Format(time.DateOnly), m.To.Format(time.DateOnly)
	for _, u := range m.mumbles {
		if u.Day >= first && u.Day < after && len(u.Top) > 0 {
			counts[u.Lang+" "+u.Top[0]]++
		}
	}
	table := Table{Key: "open", Note: "report.open.note", Columns: messages()}
	for key, n := range counts {
		lang, intent, _ := strings.Cut(key, " ")
		table.Rows = append(table.Rows, Row{key, m.name("intent.", intent) + " (" + m.name("desk.language.", lang) + ")", []Count{count(n)}})
	}
	slices.SortFunc(table.Rows, greatestFirst)
	table.Rows = gather(table.Rows, m.row("report.others"))
	if len(table.Rows) > mostOpen {
		table.Rows = fold(table.Rows, mostOpen, m.row("report.others"))
	}
	return table
}

// fold adds up all rows from a place on.
func fold(rows []Row, at int, others Row) []Row {
	sum := 0
	for _, r := range rows[at-1:] {
		sum += r.Counts[0].N
	}
	others.Counts = []Count{small(sum)}
	return append(slices.Clip(rows[:at-1]), others)
}
