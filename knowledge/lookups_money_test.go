package knowledge

import (
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"doudou/knowledge/cmg"
	"doudou/knowledge/contract"
)

// pairs reads values of a look-up, written "name=value name=value".
func pairs(t *testing.T, text string) map[string]string {
	t.Helper()
	m := map[string]string{}
	for _, pair := range strings.Fields(text) {
		name, value, ok := strings.Cut(pair, "=")
		if !ok {
			t.Fatalf("%q is no pair", pair)
		}
		m[name] = value
	}
	return m
}

func TestMoney(t *testing.T) {
	l := library(t, "")
	for _, c := range []struct{ fn, with, want string }{
		{"cmg.estimate", "care=childminder children=1 resources=3000 hours=100 hourly=9", "cmg=503.03 rest=396.97 cost=900 covered=89"},
		{"cmg.estimate", "care=childminder children=1 resources=3000 hours=100 hourly=8.10", "cmg=503.03 rest=306.97 cost=810 covered=99"},
		{"cmg.estimate", "care=home children=2 resources=5000 hours=152 hourly=11.20", "cmg=865.79 rest=836.61 cost=1702.40 covered=50"},
		{"cmg.structure", "kind=micro children=1 resources=2000 age=18 lone=no hours=160 price=9.50", "cmg=992.13 rest=527.87 cost=1520"},
		{"cmg.structure", "kind=micro children=1 resources=2000 age=40 hours=160 price=9.50", "cmg=496.07 rest=1023.93 cost=1520"},
		{"cmg.structure", "kind=company children=1 resources=2000 age=0 lone=yes hours=160 price=28", "cmg=1289.77 rest=3190.23 cost=4480"},
		{"cmg.structure", "kind=childminder children=2 resources=3000 age=0 lone=no hours=160 price=9.50", "cmg=684.20 rest=835.80 cost=1520"},
		{"creche.price", "resources=2500 children=2 hours=130", "hourly=1.29 monthly=167.70"},
		{"creche.price", "resources=2500 children=1 aeeh=1 hours=130", "hourly=1.29 monthly=167.70"},
		{"creche.price", "resources=0 children=1 hours=100", "hourly=0.50 monthly=50"},
		{"cost.compare", "resources=2500 children=2 hours=160",
			"creche_hourly=1.29 creche_cost=206.40 childminder_hourly=4.91 childminder_cost=785.60 childminder_cmg=579.20 childminder_rest=206.40 " +
				"home_hourly=10.50 home_cost=1680 home_cmg=1267.20 home_rest=412.80"},
		{"pay.month", "hourly=4.20 hours=40 weeks=52", "monthly=728 full=yes"},
		{"pay.month", "hourly=4.20 hours=40 weeks=36", "monthly=504 full=no"},
		{"pay.month", "hourly=4.20 hours=50 weeks=52", "monthly=919.10 full=yes"},
		{"pay.upkeep", "hours=9 days=18", "day=3.92 month=70.56"},
		{"pay.upkeep", "hours=4 days=10", "day=2.65 month=26.50"},
		{"pay.check", "hourly=4.20 title=no", "enough=yes minimum=4.20 missing=0"},
		{"pay.check", "hourly=3.64 title=no", "enough=no minimum=4.20 missing=0.56"},
		{"pay.check", "hourly=4.20 title=yes", "enough=no minimum=4.37 missing=0.17"},
		{"contract.notice", "start=2026-10-01 notified=2026-11-23", "notice=short ends=2026-12-01"},
		{"contract.notice", "start=2026-02-01 notified=2026-11-23", "notice=medium ends=2026-12-08"},
		{"contract.notice", "start=2025-11-23 notified=2026-11-23", "notice=long ends=2026-12-23"},
		{"contract.indemnity", "start=2025-09-01 ends=2026-11-23 gross=9000", "due=yes amount=112.50"},
		{"contract.indemnity", "start=2026-09-01 ends=2026-11-23 gross=900", "due=no amount=0"},
	} {
		if got, err := l.Look(c.fn, pairs(t, c.with)); err != nil || !maps.Equal(got, pairs(t, c.want)) {
			t.Errorf("%s %s: %v, %v; want %s", c.fn, c.with, got, err, c.want)
		}
	}
}

// TestMoneyRefused: a wrong answer is named and never repeated.
func TestMoneyRefused(t *testing.T) {
	l := library(t, "")
	for _, c := range []struct{ fn, with, bad string }{
		{"cmg.structure", "kind=micro children=1 resources=2000 age=18 lone=no hours=160 price=9.50",
			"kind=creche children=0 children=x resources=7654,32 age=-6 age=987 age= lone=maybe hours=777 price=1e9"},
		{"creche.price", "resources=2500 children=2 aeeh=0 hours=130", "resources=abc resources= children=33 aeeh=3 aeeh=z hours=0 hours=800"},
		{"cost.compare", "resources=2500 children=2 hours=160", "resources=-5 resources=9999999 children=2.5 hours=dix hours=7441"},
		{"pay.month", "hourly=4.20 hours=40 weeks=36", "hourly=0 hourly=4,20 hours=987 hours= weeks=99 weeks=tout"},
		{"pay.upkeep", "hours=9 days=18", "hours=99 hours=x days=87 days=1.5"},
		{"pay.check", "hourly=4.20 title=no", "hourly=999 hourly= title=oui title="},
		{"contract.notice", "start=2025-09-01 notified=2026-11-23", "start=01/09/2025 start= notified=2026-13-45 notified=2025-08-31"},
		{"contract.indemnity", "start=2025-09-01 ends=2026-11-23 gross=9000", "start=x ends=2024-01-01 ends= gross=-1 gross=98765432"},
	} {
		for _, bad := range strings.Fields(c.bad) {
			args := pairs(t, c.with)
			name, value, _ := strings.Cut(bad, "=")
			args[name] = value
			got, err := l.Look(c.fn, args)
			if err == nil || got != nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%s %s: %v, %v", c.fn, bad, got, err)
			} else if len(value) > 2 && strings.Contains(err.Error(), value) {
				t.Errorf("%s %s: the error repeats the answer: %v", c.fn, bad, err)
			}
		}
	}
}

// TestMoneyNotDue: what gives no right is an error that says why.
func TestMoneyNotDue(t *testing.T) {
	l := library(t, "")
	structure := "kind=micro children=1 resources=2000 age=18 lone=no hours=160 price=9.50 "
	for _, c := range []struct {
		fn, with string
		want     error
	}{
		{"cmg.structure", structure + "age=72", cmg.ErrAge}, {"cmg.structure", structure + "age=72 lone=yes", cmg.ErrAge},
		{"cmg.structure", structure + "price=10.01", cmg.ErrPrice}, {"cmg.structure", structure + "hours=15", cmg.ErrHours},
		{"pay.month", "hourly=4.20 hours=40 weeks=47", contract.ErrWeeks},
	} {
		if got, err := l.Look(c.fn, pairs(t, c.with)); !errors.Is(err, c.want) || got != nil {
			t.Errorf("%s %s: %v, %v; want %v", c.fn, c.with, got, err, c.want)
		}
	}
}

// TestMoneyOutOfDate: no figure is reckoned from one that is not in force.
func TestMoneyOutOfDate(t *testing.T) {
	l := library(t, "")
	for _, c := range []struct {
		fn, with, now string
		want          error
	}{
		{"creche.price", "resources=2500 children=2 hours=130", "2027-01-01T00:30", ErrNoFact},
		{"cost.compare", "resources=2500 children=2 hours=130", "2027-01-01T00:30", ErrNoFact},
		{"cmg.structure", "kind=micro children=1 resources=2000 age=18 hours=160 price=9.50", "2027-01-01T00:30", cmg.ErrAfter},
		{"cmg.estimate", "care=home children=2 resources=5000 hours=152 hourly=11.20", "2027-04-01T00:30", cmg.ErrAfter},
		{"pay.upkeep", "hours=9 days=18", "2026-05-31T23:30", ErrNoFact},
		{"pay.check", "hourly=4.20 title=no", "2026-05-31T23:30", ErrNoFact},
		{"contract.notice", "start=2021-01-01 notified=2021-06-01", "2021-12-31T12:00", ErrNoFact},
		{"contract.indemnity", "start=2021-01-01 ends=2021-06-01 gross=900", "2021-12-31T12:00", ErrNoFact},
	} {
		l.Now = at(t, c.now).UTC()
		if got, err := l.Look(c.fn, pairs(t, c.with)); !errors.Is(err, c.want) || got != nil {
			t.Errorf("%s at %s: %v, %v; want %v", c.fn, c.now, got, err, c.want)
		}
	}
	if f := l.figures(); !f.amount("nothing").IsZero() || !errors.Is(f.err, ErrNoFact) {
		t.Errorf("an unknown figure: %v", f.err)
	}
}

// TestUpkeepFactsAgree: the day that texts state is that of the calculation.
func TestUpkeepFactsAgree(t *testing.T) {
	l := library(t, "")
	nine, _ := l.Knowledge.Fact("upkeep_nine_hours", l.Now)
	got, err := l.Look("pay.upkeep", pairs(t, "hours=9 days=1"))
	if err != nil || got["day"] != nine.Value {
		t.Errorf("nine hours: %s is said, %s reckoned, %v", nine.Value, got["day"], err)
	}
	for id, want := range map[string]string{"creche_hourly_min": "resources=0 children=1 hours=1", "creche_hourly_max": "resources=9000 children=1 hours=1"} {
		f, _ := l.Knowledge.Fact(id, l.Now)
		if got, err := l.Look("creche.price", pairs(t, want)); err != nil || !decimal.RequireFromString(got["hourly"]).Equal(decimal.RequireFromString(f.Value)) {
			t.Errorf("%s: %s is said, %s reckoned, %v", id, f.Value, got["hourly"], err)
		}
	}
}

// TestLimitsAgree: the limits that texts state are those of the calculation.
func TestLimitsAgree(t *testing.T) {
	l := library(t, "")
	n := l.figures()
	year := decimal.NewFromInt(12)
	cent := decimal.New(1, -2)
	child := cmg.Enrolment{Structure: cmg.Micro, Children: 1, Resources: year, Hours: decimal.NewFromInt(40), Price: n.amount("cmg_structure_price")}
	dear := child
	dear.Price = dear.Price.Add(cent)
	old := child
	old.Age = n.count("cmg_age") * 12
	young := old
	young.Age--
	for _, c := range []struct {
		in   cmg.Enrolment
		want error
	}{{child, nil}, {dear, cmg.ErrPrice}, {young, nil}, {old, cmg.ErrAge}} {
		if _, err := cmg.EstimateStructure(c.in, l.Now); !errors.Is(err, c.want) {
			t.Errorf("%+v: %v, want %v", c.in, err, c.want)
		}
	}
	scale, _ := l.Knowledge.Fact("cmg_structure_scale_date", l.Now)
	if g, err := cmg.EstimateStructure(child, l.Now); err != nil || scale.Value != g.ValidFrom.Format(time.DateOnly) || !scale.Until.Equal(g.ValidTo) {
		t.Errorf("the scale is said to hold from %s to %s, reckoned from %s to %s, %v", scale.Value, scale.Until, g.ValidFrom, g.ValidTo, err)
	}
	home := cmg.Input{Care: cmg.Home, Children: 1, Resources: year, Hours: year, Hourly: year, Lone: true, Age: n.count("cmg_age_lone")*12 - 1}
	r, err := cmg.Estimate(home, l.Now)
	if got := r.Contributions; err != nil || !got.Percent.Equal(n.amount("cmg_home_contributions")) ||
		!got.Young.Equal(n.amount("cmg_home_contributions_young")) || !got.Older.Equal(n.amount("cmg_home_contributions_older")) {
		t.Errorf("contributions at home: %+v, %v", got, err)
	}
	if home.Age++; n.err != nil {
		t.Error(n.err)
	}
	if _, err := cmg.Estimate(home, l.Now); !errors.Is(err, cmg.ErrAge) {
		t.Errorf("at %d months: %v", home.Age, err)
	}
}
