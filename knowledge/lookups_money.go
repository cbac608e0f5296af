package knowledge

import (
	"errors"
	"time"

	"github.com/shopspring/decimal"

	"doudou/knowledge/cmg"
)

// moneyLookups are the look-ups that reckon a price or an aid.
func moneyLookups() []lookup {
	return []lookup{
		{Function: Function{Name: "cmg.estimate",
			With: map[string]string{"care": "choice", "children": "count", "aeeh": "count",
				"resources": "euros", "hours": "count", "hourly": "euros"},
			Sets: map[string]string{"cmg": "euros", "rest": "euros", "cost": "euros", "covered": "count"}},
			look: (*Library).estimate},
		{Function: Function{Name: "cmg.structure",
			With: map[string]string{"resources": "euros", "children": "count", "age": "age", "lone": "yesno",
				"hours": "count", "price": "euros", "kind": "choice"},
			Sets: map[string]string{"cmg": "euros", "rest": "euros", "cost": "euros"}}, look: (*Library).structure},
		{Function: Function{Name: "creche.price",
			With: map[string]string{"resources": "euros", "children": "count", "aeeh": "count", "hours": "count"},
			Sets: map[string]string{"hourly": "euros", "monthly": "euros"}}, look: (*Library).crechePrice},
		{Function: Function{Name: "cost.compare",
			With: map[string]string{"resources": "euros", "children": "count", "hours": "count"},
			Sets: map[string]string{"creche_hourly": "euros", "creche_cost": "euros",
				"childminder_hourly": "euros", "childminder_cost": "euros", "childminder_cmg": "euros", "childminder_rest": "euros",
				"home_hourly": "euros", "home_cost": "euros", "home_cmg": "euros", "home_rest": "euros"}},
			look: (*Library).compare},
	}
}

// estimate answers cmg.estimate for today's scale. It fails when no scale is in
// force: an old amount is never given for a new one. Covered is the percent of
// the contributions that the Caf pays, never rounded up.
func (l *Library) estimate(given map[string]string) (map[string]string, error) {
	a := arguments{given: given}
	in := cmg.Input{
		Care: cmg.Care(given["care"]), Children: a.count("children"), AEEH: a.countOrNone("aeeh"),
		Resources: a.amount("resources"), Hours: a.amount("hours"), Hourly: a.amount("hourly"),
	}
	if a.err != nil {
		return nil, a.err
	}
	r, err := cmg.Estimate(in, l.today())
	if err != nil {
		return nil, err
	}
	return map[string]string{"cmg": euros(r.CMG), "rest": euros(r.Rest), "cost": euros(r.Cost),
		"covered": r.Contributions.Percent.Truncate(0).String()}, nil
}

// structure answers cmg.structure. It fails when nothing is due: the child is
// 6, a micro-crèche is too expensive, or there are too few hours.
func (l *Library) structure(given map[string]string) (map[string]string, error) {
	a := arguments{given: given}
	in := cmg.Enrolment{
		Structure: cmg.Structure(given["kind"]), Children: a.count("children"), Age: a.count("age"),
		Lone: a.yesOrNone("lone"), Resources: a.amount("resources"), Hours: a.amount("hours"), Price: a.amount("price"),
	}
	if a.err != nil {
		return nil, a.err
	}
	g, err := cmg.EstimateStructure(in, l.today())
	if err != nil {
		return nil, err
	}
	return map[string]string{"cmg": euros(g.CMG), "rest": euros(g.Rest), "cost": euros(g.Cost)}, nil
}

// crechePrice answers creche.price.
func (l *Library) crechePrice(given map[string]string) (map[string]string, error) {
	a := arguments{given: given}
	f := household{children: a.count("children"), aeeh: a.countOrNone("aeeh"), resources: a.amount("resources"), hours: a.amount("hours")}
	if a.err != nil {
		return nil, a.err
	}
	hourly, monthly, err := l.creche(f)
	if err != nil {
		return nil, err
	}
	return map[string]string{"hourly": euros(hourly), "monthly": euros(monthly)}, nil
}

// A household is what each way of minding a child is reckoned from.
type household struct {
	children, aeeh   int
	resources, hours decimal.Decimal
}

func (l *Library) creche(f household) (hourly, monthly decimal.Decimal, err error) {
	n := l.figures()
	c := cmg.Creche{Floor: n.amount("creche_resources_floor"), Ceiling: n.amount("creche_resources_ceiling")}
	for i, id := range []string{"cmg_rate_one", "cmg_rate_two", "cmg_rate_three", "cmg_rate_four", "cmg_rate_eight"} {
		c.Rates[i] = n.amount(id)
	}
	if n.err != nil {
		return decimal.Zero, decimal.Zero, n.err
	}
	return c.Price(f.resources, f.children, f.aeeh, f.hours)
}

// compare answers cost.compare: a crèche, a childminder and somebody at home
// for the same hours. The hourly prices are an example, the reference costs of
// the CMG in force. At home it is the net wage alone: part of the contributions
// comes on top, the Caf pays the other.
func (l *Library) compare(given map[string]string) (map[string]string, error) {
	a := arguments{given: given}
	f := household{children: a.count("children"), resources: a.amount("resources"), hours: a.amount("hours")}
	if a.err != nil {
		return nil, a.err
	}
	hourly, monthly, crecheErr := l.creche(f)
	p, scaleErr := cmg.On(l.today())
	if err := errors.Join(crecheErr, scaleErr); err != nil {
		return nil, err
	}
	values := map[string]string{"creche_hourly": euros(hourly), "creche_cost": euros(monthly)}
	return values, errors.Join(
		l.employ(values, cmg.Childminder, f, p.Reference), l.employ(values, cmg.Home, f, p.ReferenceHome))
}

// employ adds to values what a family that employs somebody pays.
func (l *Library) employ(values map[string]string, care cmg.Care, f household, hourly decimal.Decimal) error {
	r, err := cmg.Estimate(cmg.Input{Care: care, Children: f.children, AEEH: f.aeeh,
		Resources: f.resources, Hours: f.hours, Hourly: hourly}, l.today())
	for name, value := range map[string]decimal.Decimal{"_hourly": hourly, "_cost": r.Cost, "_cmg": r.CMG, "_rest": r.Rest} {
		values[string(care)+name] = euros(value)
	}
	return err
}

// today is now, as the town's clocks show it.
func (l *Library) today() time.Time { return l.Knowledge.local(l.Now) }
