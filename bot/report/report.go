// Package report is what the relais shows the managers and the elected twice a
// year: who wrote, in which language, about what, who answered and how fast,
// where families give up, and what came of the days where parents meet
// childminders, beside what the convention promised. It counts people and
// messages; it never reads what a family wrote, and hides counts under five so
// that no sum or difference gives them away (see hide, nest and stretch).
package report

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/shopspring/decimal"

	"doudou/bot"
	"doudou/knowledge"
	"doudou/knowledge/events"
)

// A Source is what the report is counted from; bot/store satisfies it.
type Source interface {
	bot.FigureStore
	Events(ctx context.Context, from, to time.Time) ([]events.Standing, error)
	Profiles(ctx context.Context, side events.Side, at time.Time) ([]events.Profile, error)
	Introductions(ctx context.Context, contact bot.ContactID, event string) ([]bot.Introduction, error)
	Unclear(ctx context.Context) ([]bot.Unclear, error)
}

// Options are what a report is made from.
type Options struct {
	Source    Source
	Knowledge *knowledge.Knowledge
	// Words writes a text of the report or of the catalogs, "" when there is none.
	Words func(key string) string
	// SegmentPrice is what one SMS costs, in euros; zero: not known.
	SegmentPrice decimal.Decimal
	// Paths are the dialogs that ask for several things in a row.
	Paths    []Path
	From, To time.Time // from included, to not
	Made     time.Time
}

// A Path is a dialog in which a family may give up, see dialogs.Path.
type Path struct {
	Dialog string
	Steps  []Step
}

// A Step is one question of a path: the id of its text, and those of the texts
// that say that its answer was the last one needed.
type Step struct {
	Key  string
	Ends []string
}

// A Report is what was counted, in the words of one language.
type Report struct {
	Town     string
	From, To time.Time // from included, to not
	Made     time.Time
	Sections []Section
	words    func(string) string
}

// A Section is tables about one matter; its title is the text report.part.<key>.
type Section struct {
	Key    string
	Tables []Table
}

// ErrPeriod says that a period ends before it begins.
var ErrPeriod = errors.New("the first day must come before the last")

// Make counts a report.
func Make(ctx context.Context, o Options) (Report, error) {
	if !o.From.Before(o.To) {
		return Report{}, ErrPeriod
	}
	m := &maker{Options: o}
	if err := m.read(ctx); err != nil {
		return Report{}, err
	}
	r := Report{Town: o.Knowledge.Town().Name, From: o.From, To: o.To, Made: o.Made, words: o.Words}
	detail := []Section{
		{"people", m.people()},
		{"answers", []Table{m.answered(), m.delays(), m.topics(), m.unclear(), m.open()}},
		{"paths", m.paths()},
		{"meetings", []Table{m.dates(), m.places(), m.market()}},
		{"messages", []Table{m.texts(), m.rights()}},
		{"opinion", m.opinions()},
	}
	r.Sections = append([]Section{{"axes", m.axes(detail)}}, detail...)
	return r, nil
}

// A maker holds what a report is counted from.
type maker struct {
	Options
	heard         *tally
	cases         []bot.OpenedCase
	events        []events.Standing
	came          map[string]int
	offers, needs []events.Profile
	met           []bot.Introduction
	counts        map[bot.Counter]int
	mumbles       []bot.Unclear
}

// read reads everything once.
func (m *maker) read(ctx context.Context) error {
	quarters, err := m.Source.Quarters(ctx)
	m.heard = newTally(m.Options, quarters)
	steps := []func() error{
		func() error { return err },
		func() error { return m.Source.Heard(ctx, m.From, m.To, m.heard.hear) },
		func() (err error) { m.cases, err = m.Source.Opened(ctx, m.From, m.To); return },
		func() (err error) { m.events, err = m.Source.Events(ctx, m.From, m.To); return },
		func() (err error) { m.came, err = m.Source.Came(ctx, m.From, m.To); return },
		func() (err error) { m.offers, err = m.Source.Profiles(ctx, events.Childminder, m.last()); return },
		func() (err error) { m.needs, err = m.Source.Profiles(ctx, events.Parent, m.last()); return },
		func() (err error) { m.met, err = m.Source.Introductions(ctx, "", ""); return },
		func() (err error) { m.counts, err = m.Source.Counters(ctx, m.From, m.To); return },
		func() (err error) { m.mumbles, err = m.Source.Unclear(ctx); return },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	m.heard.end()
	return nil
}

// last is the moment at which offers and needs are counted: the end of the
// period, or now while it lasts.
func (m *maker) last() time.Time {
	if m.Made.Before(m.To) && !m.Made.IsZero() {
		return m.Made
	}
	return m.To
}

// name writes what something is called, or its id.
func (o Options) name(prefix, id string) string { return cmp.Or(o.Words(prefix+id), id) }

func (o Options) say(key string) string { return cmp.Or(o.Words(key), key) }
