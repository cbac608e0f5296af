package report

import (
	"github.com/shopspring/decimal"

	"doudou/bot"
)

// texts counts the SMS that left, and what they cost.
func (m *maker) texts() Table {
	segments := m.counts[bot.CountSegments]
	cost := Count{None: true}
	if m.SegmentPrice.IsPositive() {
		euros := m.SegmentPrice.Mul(decimal.NewFromInt(int64(segments)))
		cost = Count{N: int(euros.Shift(2).Round(0).IntPart()), Unit: Cents}
	}
	return Table{Key: "sms", Note: "report.sms.note", Columns: number(), Rows: []Row{
		m.row("report.sms.messages", count(m.counts[bot.CountSMS])), m.row("report.sms.segments", count(segments)), m.row("report.sms.cost", cost),
	}}
}

// rights counts who wanted no more messages, or nothing kept of them.
func (m *maker) rights() Table {
	return Table{Key: "rights", Note: "report.rights.note", Columns: number(), Rows: []Row{
		m.row("report.rights.stopped", small(m.counts[bot.CountStopped])), m.row("report.rights.erased", small(m.counts[bot.CountErased])),
	}}
}

// opinions tells what people thought of the answers, never without how many
// were asked and how many said something.
func (m *maker) opinions() []Table {
	asked := m.counts[bot.CountAsked]
	first := m.answers("helped")
	rate := Table{Key: "rate", Note: "report.rate.note", Columns: number(), Rows: []Row{
		m.row("report.rate.asked", small(asked)), m.row("report.rate.answered", part(first, asked)), m.row("report.rate.share", share(min(first, asked), asked)),
	}}
	return []Table{rate, m.opinion("helped", asked), m.opinion("easy", asked)}
}

// answers is how many answered a question.
func (m *maker) answers(question string) int {
	sum := 0
	for _, answer := range bot.Opinions() {
		sum += m.counts[bot.OpinionCounter(question, answer)]
	}
	return sum
}

// opinion is the answers to one question, with their share of those who answered.
func (m *maker) opinion(question string, asked int) Table {
	all := m.answers(question)
	t := Table{Key: "opinion." + question, Columns: []string{"report.column.answers", "report.column.share"}, Plot: Bars}
	for _, answer := range bot.Opinions() {
		n := m.counts[bot.OpinionCounter(question, answer)]
		t.Rows = append(t.Rows, m.row("report.opinion."+answer, count(n), share(n, all)))
	}
	hideRows(t.Rows, 0)
	for i, r := range t.Rows {
		t.Rows[i].Counts[1].Hidden = r.Counts[0].Hidden || isSmall(all)
	}
	t.Rows = append(t.Rows, m.row("report.rate.share", share(min(all, asked), asked), part(all, asked)))
	return t
}
