package report

import (
	"context"

	"doudou/bot"
	"doudou/knowledge/events"
)

// days returns the dates of the period: how many, seats, who came.
func days(ctx context.Context, o Options) ([]Table, error) {
	list, err := o.Source.Events(ctx, o.From, o.To)
	if err != nil {
		return nil, err
	}
	var held, cancelled, seats, taken, came int
	for _, e := range list {
		if e.Start.Before(o.From) || e.Sample {
			continue
		}
		if e.Cancelled {
			cancelled++
			continue
		}
		roster, err := o.Source.Roster(ctx, e.ID)
		if err != nil {
			return nil, err
		}
		held, seats, taken = held+1, seats+e.Capacity, taken+e.Taken
		for _, s := range roster {
			if !s.Came.IsZero() {
				came++
			}
		}
	}
	return []Table{{Key: "events", Note: "report.events.note", Rows: []Row{
		{Label: o.say("report.events.held"), Count: Count{N: held}}, {Label: o.say("report.events.cancelled"), Count: Count{N: cancelled}},
		{Label: o.say("report.events.seats"), Count: Count{N: seats}}, {Label: o.say("report.events.taken"), Count: Count{N: taken}},
		{Label: o.say("report.events.came"), Count: Count{N: came}},
	}}}, nil
}

// market returns what childminders offer, what families need, and what came of
// those who were put in touch.
func market(ctx context.Context, o Options) ([]Table, error) {
	offers, err := o.Source.Profiles(ctx, events.Childminder, o.To)
	if err != nil {
		return nil, err
	}
	needs, err := o.Source.Profiles(ctx, events.Parent, o.To)
	if err != nil {
		return nil, err
	}
	met, err := o.Source.Introductions(ctx, "", "")
	if err != nil {
		return nil, err
	}
	free, idle := 0, 0
	for _, p := range offers {
		free += p.Places
		if p.Idle(o.To, 60) {
			idle++
		}
	}
	asked, exchanged, visits, contracts := o.introductions(met)
	rows := []Row{
		{Label: o.say("report.market.childminders"), Count: small(len(offers))}, {Label: o.say("report.market.places"), Count: small(free)},
		{Label: o.say("report.market.idle"), Count: small(idle)}, {Label: o.say("report.market.families"), Count: small(len(needs))},
		{Label: o.say("report.market.asked"), Count: small(asked)}, {Label: o.say("report.market.exchanged"), Count: small(exchanged)},
		{Label: o.say("report.market.visits"), Count: small(visits)}, {Label: o.say("report.market.contracts"), Count: small(contracts)},
	}
	return []Table{{Key: "market", Note: "report.market.note", Rows: rows}}, nil
}

func small(n int) Count { return Count{N: n, Hidden: n > 0 && n < few} }

func (o Options) introductions(list []bot.Introduction) (asked, exchanged, visits, contracts int) {
	for _, i := range list {
		if i.Made.Before(o.From) || !i.Made.Before(o.To) {
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

// texts returns how many SMS left.
func texts(ctx context.Context, o Options) ([]Table, error) {
	messages, segments := 0, 0
	err := o.Source.Left(ctx, bot.SMS, o.From, o.To, func(body string) {
		messages++
		segments += o.Segments(body)
	})
	return []Table{{Key: "sms", Note: "report.sms.note", Rows: []Row{
		{Label: o.say("report.sms.messages"), Count: Count{N: messages}}, {Label: o.say("report.sms.segments"), Count: Count{N: segments}},
	}}}, err
}

// baseline returns where the town stood when the convention was signed.
func baseline(o Options) Table {
	t := Table{Key: "baseline", Note: "report.baseline.note"}
	for _, b := range o.Knowledge.Town().Baseline {
		t.Rows = append(t.Rows, Row{Label: b.Label + ": " + b.Value, Count: Count{None: true}})
	}
	return t
}
