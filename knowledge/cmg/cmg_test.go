package cmg

import (
	"encoding/csv"
	"errors"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

// TestCases holds amounts worked out with Urssaf's public calculator.
func TestCases(t *testing.T) {
	rows := table(t, "testdata/cases.csv")
	if len(rows) != 240 {
		t.Fatalf("%d cases, want 240", len(rows))
	}
	for i, row := range rows {
		got := estimate(t, row)
		if !got.CMG.Equal(exact(row["cmg"])) {
			t.Errorf("line %d: %v: CMG %s", i+2, row, got.CMG)
		}
	}
}

// TestExamples holds families worked out in full; the first is the Caf's own.
func TestExamples(t *testing.T) {
	for i, row := range table(t, "testdata/examples.csv") {
		got := estimate(t, row)
		want := row["cost"] + " " + row["cmg"] + " " + row["rest"]
		if s := got.Cost.StringFixed(2) + " " + got.CMG.StringFixed(2) + " " + got.Rest.StringFixed(2); s != want {
			t.Errorf("line %d: cost, CMG, rest: %s, want %s", i+2, s, want)
		}
	}
}

func TestRung(t *testing.T) {
	for _, c := range []struct{ children, aeeh, want int }{
		{1, 0, 0}, {2, 0, 1}, {3, 0, 2}, {4, 0, 3}, {7, 0, 3}, {8, 0, 4}, {12, 0, 4},
		{1, 1, 1}, {2, 1, 2}, {2, 2, 3}, {3, 1, 3}, {3, 3, 4}, {4, 1, 4}, {7, 1, 4}, {8, 2, 4},
	} {
		if got := rung(c.children, c.aeeh); got != c.want {
			t.Errorf("rung(%d, %d) = %d, want %d", c.children, c.aeeh, got, c.want)
		}
	}
}

func TestDays(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		on   time.Time
		want string
		err  error
	}{
		{time.Date(2025, 8, 31, 23, 59, 0, 0, paris), "", ErrBefore},
		{time.Date(2025, 9, 1, 0, 0, 0, 0, paris), "2025-09-01", nil},
		{time.Date(2026, 3, 31, 23, 59, 0, 0, paris), "2025-09-01", nil},
		{time.Date(2026, 4, 1, 0, 30, 0, 0, paris), "2026-04-01", nil},
		{time.Date(2027, 3, 31, 23, 59, 0, 0, paris), "2026-04-01", nil},
		{time.Date(2027, 4, 1, 0, 0, 0, 0, paris), "", ErrAfter},
	} {
		r, err := Estimate(family(), c.on)
		if !errors.Is(err, c.err) || err == nil && r.ValidFrom.Format(time.DateOnly) != c.want {
			t.Errorf("%s: scale of %s, error %v; want %s, %v", c.on, r.ValidFrom, err, c.want, c.err)
		}
	}
}

func TestScalesFollowEachOther(t *testing.T) {
	list := scales()
	for i := 1; i < len(list); i++ {
		if !list[i-1].until.AddDate(0, 0, 1).Equal(list[i].from) {
			t.Errorf("a scale ends on %s, the next begins on %s", list[i-1].until, list[i].from)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		field  string
		change func(*Input)
	}{
		{"care", func(in *Input) { in.Care = "creche" }},
		{"children", func(in *Input) { in.Children = 0 }},
		{"children", func(in *Input) { in.Children = 21 }},
		{"aeeh", func(in *Input) { in.AEEH = -1 }},
		{"aeeh", func(in *Input) { in.AEEH = 3 }},
		{"resources", func(in *Input) { in.Resources = exact("-1") }},
		{"resources", func(in *Input) { in.Resources = exact("1000000.01") }},
		{"resources", func(in *Input) { in.Resources = decimal.New(1, 999_999_999) }},
		{"resources", func(in *Input) { in.Resources = decimal.New(1, -999_999_999) }},
		{"hours", func(in *Input) { in.Hours = decimal.Zero }},
		{"hours", func(in *Input) { in.Hours = exact("744.01") }},
		{"hours", func(in *Input) { in.Hours = exact("10.001") }},
		{"hourly", func(in *Input) { in.Hourly = decimal.Zero }},
		{"hourly", func(in *Input) { in.Hourly = exact("200.01") }},
		{"age", func(in *Input) { in.Age = -1 }},
		{"age", func(in *Input) { in.Age = 217 }},
	} {
		in := family()
		c.change(&in)
		_, err := Estimate(in, day(2026, 11, 1))
		var r *RangeError
		if !errors.As(err, &r) || r.Field != c.field || r.Range == "" {
			t.Errorf("%+v: error %v, want a range of %s", in, err, c.field)
		}
	}
}

func TestDoubts(t *testing.T) {
	poor := family()
	poor.Resources = exact("700")
	dear := family()
	dear.Care, dear.Hourly = Home, exact("16")
	for _, c := range []struct {
		in   Input
		on   time.Time
		want int
	}{
		{family(), day(2026, 11, 1), 0}, {poor, day(2026, 11, 1), 1}, {dear, day(2026, 11, 1), 1},
		{poor, day(2025, 11, 1), 0}, {dear, day(2025, 11, 1), 0},
	} {
		if r, err := Estimate(c.in, c.on); err != nil || len(r.Notes) != c.want {
			t.Errorf("%+v on %s: notes %q, error %v; want %d notes", c.in, c.on, r.Notes, err, c.want)
		}
	}
}

// TestProperties walks through random families with a fixed seed.
func TestProperties(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		in := Input{
			Care: Care([]string{"childminder", "home"}[random.IntN(2)]), Children: 1 + random.IntN(10),
			Resources: decimal.New(random.Int64N(1_200_000), -2), Hours: decimal.New(1+random.Int64N(25_000), -2),
			Hourly: decimal.New(1+random.Int64N(2_000), -2),
		}
		in.AEEH = random.IntN(in.Children + 1)
		holds(t, in, day(2025+random.IntN(2), time.November, 3))
	}
}

// holds checks what is true of every estimate.
func holds(t *testing.T, in Input, on time.Time) {
	t.Helper()
	r, err := Estimate(in, on)
	if err != nil {
		t.Fatalf("%+v: %v", in, err)
	}
	capped := r.Cap.Mul(in.Hours).Round(2)
	switch {
	case r.CMG.IsNegative(), r.CMG.GreaterThan(r.Cost), r.CMG.GreaterThan(capped):
		t.Errorf("%+v: CMG %s of a cost of %s (capped: %s)", in, r.CMG, r.Cost, capped)
	case !r.CMG.Add(r.Rest).Equal(r.Cost):
		t.Errorf("%+v: %s + %s is not %s", in, r.CMG, r.Rest, r.Cost)
	case r.CMG.Exponent() != -2 && !r.CMG.IsZero():
		t.Errorf("%+v: CMG %s is not in cents", in, r.CMG)
	}
	notAbove(t, r, in, on, "richer", func(in *Input) { in.Resources = in.Resources.Add(exact("37.5")) })
	if in.Children > in.AEEH && in.Children > 1 {
		notAbove(t, r, in, on, "fewer children", func(in *Input) { in.Children-- })
	}
	if in.AEEH > 0 {
		notAbove(t, r, in, on, "fewer children with AEEH", func(in *Input) { in.AEEH-- })
	}
}

func notAbove(t *testing.T, r Result, in Input, on time.Time, what string, change func(*Input)) {
	t.Helper()
	change(&in)
	other, err := Estimate(in, on)
	if err != nil {
		t.Fatalf("%+v: %v", in, err)
	}
	if other.CMG.GreaterThan(r.CMG) {
		t.Errorf("%s, %+v: CMG %s, more than %s", what, in, other.CMG, r.CMG)
	}
}

func FuzzEstimate(f *testing.F) {
	f.Add("childminder", 2, 0, "2500", "173", "5.60", 500)
	f.Add("home", 1, 1, "1e9", "-3", "15.18", 0)
	f.Fuzz(func(t *testing.T, care string, children, aeeh int, resources, hours, hourly string, days int) {
		in := Input{Care: Care(care), Children: children, AEEH: aeeh}
		for _, v := range []struct {
			to *decimal.Decimal
			s  string
		}{{&in.Resources, resources}, {&in.Hours, hours}, {&in.Hourly, hourly}} {
			d, err := decimal.NewFromString(v.s)
			if err != nil {
				return
			}
			*v.to = d
		}
		on := day(2025, 6, 1).AddDate(0, 0, days%1000)
		r, err := Estimate(in, on)
		if err != nil {
			return
		}
		if r.CMG.IsNegative() || r.CMG.GreaterThan(r.Cost) || !r.CMG.Add(r.Rest).Equal(r.Cost) {
			t.Errorf("%+v: %+v", in, r)
		}
	})
}

func family() Input {
	return Input{Care: Childminder, Children: 2, Resources: exact("2500"), Hours: exact("173"), Hourly: exact("5.60")}
}

func estimate(t *testing.T, row map[string]string) Result {
	t.Helper()
	on, err := time.Parse(time.DateOnly, row["valid_from"])
	if err != nil {
		t.Fatal(err)
	}
	in := Input{Care: Care(row["care"]), Resources: exact(row["resources"]), Hours: exact(row["hours"]), Hourly: exact(row["hourly"])}
	in.Children, _ = strconv.Atoi(row["children"])
	in.AEEH, _ = strconv.Atoi(row["aeeh"])
	r, err := Estimate(in, on)
	if err != nil {
		t.Fatalf("%v: %v", row, err)
	}
	return r
}

// table reads a CSV file with a header.
func table(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}
