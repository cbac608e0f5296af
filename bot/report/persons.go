package report

import (
	"context"
	"slices"
	"time"

	"doudou/bot"
)

// cases returns what became of the questions passed to people, and how long the
// first word of a person took, in the working hours of the team.
func cases(ctx context.Context, o Options) ([]Table, error) {
	list, err := o.Source.Opened(ctx, o.From, o.To)
	if err != nil {
		return nil, err
	}
	answered, waiting, urgent := 0, 0, 0
	var took []time.Duration
	for _, c := range list {
		if c.Urgent {
			urgent++
		}
		first, err := firstWord(ctx, o, c)
		switch {
		case err != nil:
			return nil, err
		case !first.IsZero():
			answered++
			took = append(took, o.Knowledge.Worked(c.Team, c.Opened, first))
		case c.State != bot.Closed:
			waiting++
		}
	}
	rows := []Row{
		{Label: o.say("report.cases.opened"), Count: Count{N: len(list)}},
		{Label: o.say("report.cases.urgent"), Count: Count{N: urgent}},
		{Label: o.say("report.cases.answered"), Count: Count{N: answered}},
		{Label: o.say("report.cases.silent"), Count: Count{N: len(list) - answered - waiting}},
		{Label: o.say("report.cases.waiting"), Count: Count{N: waiting}},
		{Label: o.say("report.cases.median"), Count: median(took)},
	}
	return []Table{{Key: "cases", Note: "report.cases.note", Rows: rows}}, nil
}

// longThread is how many lines of a thread are read to find who spoke first.
const longThread = 2000

// firstWord returns when a person first answered a case; zero when nobody did.
func firstWord(ctx context.Context, o Options, c bot.Case) (time.Time, error) {
	lines, err := o.Source.Thread(ctx, c.Contact, longThread)
	i := slices.IndexFunc(lines, func(l bot.Line) bool { return l.Speaker == bot.Staff && l.Case == c.ID })
	if err != nil || i < 0 {
		return time.Time{}, err
	}
	return lines[i].At, nil
}

// median returns the middle of times, in minutes.
func median(list []time.Duration) Count {
	if len(list) == 0 {
		return Count{None: true}
	}
	slices.Sort(list)
	middle := (list[(len(list)-1)/2] + list[len(list)/2]) / 2
	return Count{N: int(middle.Round(time.Minute) / time.Minute), Unit: "report.unit.minutes"}
}
