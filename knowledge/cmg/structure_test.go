package cmg

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

// enrolled is a child of 18 months in a micro-crèche, a couple with one child.
func enrolled() Enrolment {
	return Enrolment{Structure: Micro, Children: 1, Age: 18, Resources: exact("2000"), Hours: exact("160"), Price: exact("9.50")}
}

func TestStructure(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Enrolment)
		on     string
		want   string // maximum, CMG, rest
	}{
		"first bracket":            {nil, "2026-11-23", "992.13 992.13 527.87"},
		"top of the first":         {func(in *Enrolment) { in.Resources = exact("2027.75") }, "2026-11-23", "992.13 992.13 527.87"},
		"above it":                 {func(in *Enrolment) { in.Resources = exact("2027.76") }, "2026-11-23", "855.25 855.25 664.75"},
		"top of the second":        {func(in *Enrolment) { in.Resources = exact("4506.25") }, "2026-11-23", "855.25 855.25 664.75"},
		"third bracket":            {func(in *Enrolment) { in.Resources = exact("4506.26") }, "2026-11-23", "718.41 718.41 801.59"},
		"two children":             {func(in *Enrolment) { in.Children, in.Resources = 2, exact("2315.50") }, "2026-11-23", "992.13 992.13 527.87"},
		"two children, above":      {func(in *Enrolment) { in.Children, in.Resources = 2, exact("5145.92") }, "2026-11-23", "718.41 718.41 801.59"},
		"four children":            {func(in *Enrolment) { in.Children, in.Resources = 4, exact("2891") }, "2026-11-23", "992.13 992.13 527.87"},
		"lone parent":              {func(in *Enrolment) { in.Lone, in.Resources = true, exact("2838.85") }, "2026-11-23", "1289.77 1289.77 230.23"},
		"lone parent, above":       {func(in *Enrolment) { in.Lone, in.Resources = true, exact("2838.86") }, "2026-11-23", "1111.83 1111.83 408.17"},
		"atypical hours":           {func(in *Enrolment) { in.Atypical = true }, "2026-11-23", "1091.34 1091.34 428.66"},
		"lone, atypical":           {func(in *Enrolment) { in.Lone, in.Atypical = true, true }, "2026-11-23", "1388.98 1292.00 228.00"},
		"last month before 3":      {func(in *Enrolment) { in.Age = 35 }, "2026-11-23", "992.13 992.13 527.87"},
		"from 3, half":             {func(in *Enrolment) { in.Age = 36 }, "2026-11-23", "496.07 496.07 1023.93"},
		"15 % left":                {func(in *Enrolment) { in.Hours = exact("100") }, "2026-11-23", "992.13 807.50 142.50"},
		"15 % left, never less":    {func(in *Enrolment) { in.Hours, in.Price = exact("16"), exact("9.99") }, "2026-11-23", "992.13 135.86 23.98"},
		"price at the limit":       {func(in *Enrolment) { in.Price = exact("10") }, "2026-11-23", "992.13 992.13 607.87"},
		"a company has no limit":   {func(in *Enrolment) { in.Structure, in.Price = Company, exact("28") }, "2026-11-23", "992.13 992.13 3487.87"},
		"organisation":             {func(in *Enrolment) { in.Structure = Organisation }, "2026-11-23", "821.03 821.03 698.97"},
		"organisation, second":     {func(in *Enrolment) { in.Structure, in.Resources = Organisation, exact("3000") }, "2026-11-23", "684.20 684.20 835.80"},
		"organisation, third":      {func(in *Enrolment) { in.Structure, in.Resources = Organisation, exact("5000") }, "2026-11-23", "547.37 547.37 972.63"},
		"scale of 2025":            {nil, "2025-12-31", "848.47 848.47 671.53"},
		"brackets move in January": {nil, "2026-01-01", "984.26 984.26 535.74"},
		"maxima move in April":     {nil, "2026-04-01", "992.13 992.13 527.87"},
	} {
		in := enrolled()
		if c.change != nil {
			c.change(&in)
		}
		g, err := EstimateStructure(in, date(t, c.on))
		got := g.Maximum.StringFixed(2) + " " + g.CMG.StringFixed(2) + " " + g.Rest.StringFixed(2)
		if err != nil || got != c.want {
			t.Errorf("%s: maximum, CMG, rest: %s, %v; want %s", name, got, err, c.want)
		}
	}
}

func TestStructureRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Enrolment)
		want   error
		field  string
	}{
		"6 years":        {func(in *Enrolment) { in.Age = 72 }, ErrAge, ""},
		"6, lone parent": {func(in *Enrolment) { in.Age, in.Lone = 72, true }, ErrAge, ""},
		"too expensive":  {func(in *Enrolment) { in.Price = exact("10.01") }, ErrPrice, ""},
		"few hours":      {func(in *Enrolment) { in.Hours = exact("15.99") }, ErrHours, ""},
		"no kind":        {func(in *Enrolment) { in.Structure = "" }, nil, "kind"},
		"a crèche":       {func(in *Enrolment) { in.Structure = "creche" }, nil, "kind"},
		"no child":       {func(in *Enrolment) { in.Children = 0 }, nil, "children"},
		"AEEH":           {func(in *Enrolment) { in.AEEH = 2 }, nil, "aeeh"},
		"before birth":   {func(in *Enrolment) { in.Age = -1 }, nil, "age"},
		"grown up":       {func(in *Enrolment) { in.Age = 217 }, nil, "age"},
		"resources":      {func(in *Enrolment) { in.Resources = exact("-1") }, nil, "resources"},
		"hours":          {func(in *Enrolment) { in.Hours = exact("745") }, nil, "hours"},
		"free":           {func(in *Enrolment) { in.Price = decimal.Zero }, nil, "price"},
		"price":          {func(in *Enrolment) { in.Price = decimal.New(1, 999_999_999) }, nil, "price"},
	} {
		in := enrolled()
		c.change(&in)
		g, err := EstimateStructure(in, day(2026, 11, 23))
		var r *RangeError
		field := errors.As(err, &r) && r.Field == c.field && r.Range != ""
		if c.want != nil && !errors.Is(err, c.want) || c.field != "" && !field || !g.CMG.IsZero() {
			t.Errorf("%s: %+v, %v; want %v %s", name, g, err, c.want, c.field)
		}
	}
	for on, want := range map[string]error{"2025-08-31": ErrBefore, "2027-01-01": ErrAfter} {
		if _, err := EstimateStructure(enrolled(), date(t, on)); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", on, err, want)
		}
	}
}

func TestStructureDoubts(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Enrolment)
		on     string
		said   []string
	}{
		"sure":         {func(*Enrolment) {}, "2026-11-23", nil},
		"old maxima":   {func(*Enrolment) {}, "2026-03-31", []string{"BMAF"}},
		"organisation": {func(in *Enrolment) { in.Structure = Organisation }, "2026-11-23", []string{"BMAF"}},
		"AEEH":         {func(in *Enrolment) { in.AEEH = 1 }, "2026-11-23", []string{"AEEH"}},
		"increases":    {func(in *Enrolment) { in.Lone, in.Atypical = true, true }, "2026-11-23", []string{"cumul"}},
	} {
		in := enrolled()
		c.change(&in)
		g, err := EstimateStructure(in, date(t, c.on))
		if err != nil || !slices.EqualFunc(g.Notes, c.said, strings.Contains) {
			t.Errorf("%s: %q, %v; want %q", name, g.Notes, err, c.said)
		}
	}
}

func TestStructureScalesFollowEachOther(t *testing.T) {
	list := structureScales()
	for i := 1; i < len(list); i++ {
		if !list[i-1].until.AddDate(0, 0, 1).Equal(list[i].from) {
			t.Errorf("a scale ends on %s, the next begins on %s", list[i-1].until, list[i].from)
		}
	}
}

// TestStructureProperties walks through random families with a fixed seed.
func TestStructureProperties(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		in := Enrolment{
			Structure: []Structure{Micro, Company, Organisation}[random.IntN(3)], Children: 1 + random.IntN(8),
			Age: random.IntN(71), Lone: random.IntN(2) == 0, Atypical: random.IntN(2) == 0,
			Resources: decimal.New(random.Int64N(900_000), -2), Hours: decimal.New(1600+random.Int64N(20_000), -2),
			Price: decimal.New(1+random.Int64N(1000), -2),
		}
		on := day(2025, 9, 1).AddDate(0, 0, random.IntN(480))
		checkGrant(t, in, on)
	}
}

func checkGrant(t *testing.T, in Enrolment, on time.Time) {
	t.Helper()
	g, err := EstimateStructure(in, on)
	if err != nil {
		t.Fatalf("%+v: %v", in, err)
	}
	if g.CMG.IsNegative() || g.CMG.GreaterThan(g.Maximum) || g.Rest.LessThan(g.Cost.Mul(exact("0.15"))) || !g.CMG.Add(g.Rest).Equal(g.Cost) {
		t.Errorf("%+v: %+v", in, g)
	}
	for what, change := range map[string]func(*Enrolment){
		"richer": func(in *Enrolment) { in.Resources = in.Resources.Add(exact("500")) },
		"older":  func(in *Enrolment) { in.Age++ },
		"couple": func(in *Enrolment) { in.Lone = false },
		"by day": func(in *Enrolment) { in.Atypical = false },
	} {
		other := in
		change(&other)
		if h, err := EstimateStructure(other, on); err != nil || h.CMG.GreaterThan(g.CMG) {
			t.Errorf("%s, %+v: CMG %s, %v; more than %s", what, other, h.CMG, err, g.CMG)
		}
	}
}

func date(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
