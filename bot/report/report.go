// Package report is what the relais shows the managers and the elected twice a
// year: who wrote, in which language, about what, who answered and how fast, and
// what came of the days where parents meet childminders. It counts people and
// messages; it never reads what a family wrote, and hides counts under five.
package report

import (
	"context"
	"fmt"
	"time"

	"doudou/bot"
	"doudou/knowledge"
	"doudou/knowledge/events"
)

// A Source is what the report is counted from; bot/store satisfies it.
type Source interface {
	bot.FigureStore
	Events(ctx context.Context, from, to time.Time) ([]events.Standing, error)
	Roster(ctx context.Context, event string) ([]bot.Seat, error)
	Profiles(ctx context.Context, side events.Side, at time.Time) ([]events.Profile, error)
	Introductions(ctx context.Context, contact bot.ContactID, event string) ([]bot.Introduction, error)
	Thread(ctx context.Context, contact bot.ContactID, limit int) ([]bot.Line, error)
}

// Options are what a report is made from.
type Options struct {
	Source    Source
	Knowledge *knowledge.Knowledge
	// Words writes a text of the report or of the catalogs, "" when there is none.
	Words func(key string) string
	// Segments counts the SMS of a text.
	Segments func(text string) int
	// Steps are the questions of each guided path, in order: dialog.node.
	Steps    []string
	From, To time.Time // from included, to not
	Made     time.Time
}

// A Report is a list of tables.
type Report struct {
	Town     string
	From, To time.Time // from included, to not
	Made     time.Time
	Tables   []Table
}

// A Table is one question that the report answers.
type Table struct {
	Key  string // text id of its title: report.<key>
	Note string // text id of what the reader must know of the figures; "" for none
	Rows []Row
	// Parts tells that the rows are parts of one whole, to be shown as bars.
	Parts bool
}

// A Row is one count.
type Row struct {
	Label string
	Count Count
}

// A Count is a number as it may be shown.
type Count struct {
	N      int
	Unit   string // text id: "" for things, report.unit.minutes...
	Hidden bool   // it is of fewer than five people, or would give such a count away
	None   bool   // there is nothing to count: no median of no answer
}

// few is the number of people under which a count is hidden.
const few = 5

// Make counts a report.
func Make(ctx context.Context, o Options) (Report, error) {
	if !o.From.Before(o.To) {
		return Report{}, fmt.Errorf("the first day must come before the last")
	}
	t := newTally(o)
	if err := o.Source.Heard(ctx, o.From, o.To, t.hear); err != nil {
		return Report{}, err
	}
	r := Report{Town: o.Knowledge.Town().Name, From: o.From, To: o.To, Made: o.Made}
	r.Tables = t.people()
	for _, part := range []func(context.Context, Options) ([]Table, error){cases, days, market, texts} {
		tables, err := part(ctx, o)
		if err != nil {
			return Report{}, err
		}
		r.Tables = append(r.Tables, tables...)
	}
	r.Tables = append(r.Tables, t.paths(), baseline(o))
	return r, nil
}
