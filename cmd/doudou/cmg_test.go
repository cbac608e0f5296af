package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"strings"
	"testing"
	"time"
)

// cmgRun runs the command with an input and returns its exit code and words.
func cmgRun(t *testing.T, stdin string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	p := &program{in: strings.NewReader(stdin), out: &o, err: &e,
		getenv: func(string) string { return "" },
		// Half an hour into April in the town, still March on universal time.
		now: func() time.Time { return time.Date(2026, 3, 31, 22, 30, 0, 0, time.UTC) }}
	c := cmgCommand()
	flags := p.flags(c)
	return p.exit(c, c.run(context.Background(), p, flags, args)), o.String(), e.String()
}

const cmgFamily = "--children 2 --resources 2500 --hours 173 --hourly 5.60 --care childminder"

func TestCMGOptions(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		out  string // a part of the output, or of what is said on standard error
	}{
		{cmgFamily, 0, "cmg         714.27\nrest        254.53\ncost        968.80\nreference   4.91\ncap         8.09\nvalid_from  2026-04-01\n"},
		{cmgFamily + " --date 2026-03-31", 0, "valid_from  2025-09-01"},
		{cmgFamily + " --json", 0, `{"children":2,"aeeh":0,"resources":2500.00,"hours":173.00,"hourly":5.60,"care":"childminder","date":"2026-04-01",` +
			`"cmg":714.27,"rest":254.53,"cost":968.80,"reference":4.91,"cap":8.09,"valid_from":"2026-04-01"}` + "\n"},
		{cmgFamily + " --resources 700 --json", 0, `"notes":["plancher`},
		{cmgFamily + " --care home --hourly 11.20 --hours 152 --resources 5000", 0, "cmg         865.79"},
		{cmgFamily + " --aeeh 1", 0, "cmg         765.08"},
		{cmgFamily + " --children 0", 2, "children must be 1 to 20"},
		{cmgFamily + " --children two", 2, `children must be a whole number, not "two"`},
		{cmgFamily + " --hourly 5,60", 2, "hourly must be a number with a point"},
		{cmgFamily + " --hours 1e3", 2, "hours must be a number"},
		{cmgFamily + " --hours 800", 2, "hours must be above 0, at most 744"},
		{cmgFamily + " --aeeh 3", 2, "aeeh must be 0 to 2"},
		{cmgFamily + " --care creche", 2, "care must be childminder or home"},
		{cmgFamily + " --date 01/11/2026", 2, "date must be a day such as 2026-11-01"},
		{cmgFamily + " --date 2025-08-31", 1, "not computed"},
		{cmgFamily + " --date 2027-04-01", 1, "no CMG scale is known"},
		{"--children 2", 2, "resources must be a number"},
		{cmgFamily + " more", 2, `"more" is not an option`},
		{"--children", 2, "flag needs an argument"},
	} {
		code, out, errs := cmgRun(t, "", strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(out+errs, c.out) || (code != 0) != (out == "") {
			t.Errorf("%s: code %d, out %q, err %q; want %d and %q", c.args, code, out, errs, c.code, c.out)
		}
	}
}

func TestCMGTable(t *testing.T) {
	for _, c := range []struct {
		name, in, out string
	}{
		{"any order, other columns kept", "id,care,hourly,hours,resources,children\nA,childminder,5.60,173,2500,2\n",
			"id,care,hourly,hours,resources,children,cmg,rest,reference,cap,valid_from\n" +
				"A,childminder,5.60,173,2500,2,714.27,254.53,4.91,8.09,2026-04-01\n"},
		{"date wins over valid_from", "\ufeffdate,valid_from,children,care,aeeh,resources,hours,hourly\r\n2025-09-01,2026-04-01,1,childminder,0,3000,125,4.85\r\n",
			"date,valid_from,children,care,aeeh,resources,hours,hourly,cmg,rest,reference,cap,valid_from\n" +
				"2025-09-01,2026-04-01,1,childminder,0,3000,125,4.85,374.12,232.13,4.85,8.00,2025-09-01\n"},
		{"valid_from is the date", "valid_from,children,care,aeeh,resources,hours,hourly\n2025-09-01,1,childminder,0,3000,125,4.85\n",
			"valid_from,children,care,aeeh,resources,hours,hourly,cmg,rest,reference,cap,valid_from\n" +
				"2025-09-01,1,childminder,0,3000,125,4.85,374.12,232.13,4.85,8.00,2025-09-01\n"},
	} {
		if code, out, errs := cmgRun(t, c.in, "--csv"); code != 0 || out != c.out || errs != "" {
			t.Errorf("%s: code %d, out %q, err %q; want %q", c.name, code, out, errs, c.out)
		}
	}
}

func TestCMGTableRefused(t *testing.T) {
	const head = "care,hourly,hours,resources,children\n"
	const good = "childminder,5.60,173,2500,2\n"
	for _, c := range []struct {
		name, in string
		said     []string
	}{
		{"nothing", "", []string{"header"}},
		{"no column", "care,hourly\n", []string{"line 1: there is no column children"}},
		{"twice", "care,care,hourly,hours,resources,children\n", []string{"line 1: there are two columns care"}},
		{"two bad rows", head + good + "home,5.60,173,2500,0\n" + good + "home,x,173,2500,1\n", []string{"line 3: children", "line 5: hourly", "2 rows"}},
		{"short row", head + "home,5\n" + good, []string{"line 2", "wrong number of fields"}},
		{"broken quote", head + good + "\"home,5.60,173,2500,1\n", []string{"line 3"}},
		{"old scheme", "date," + head + "2024-01-01," + good, []string{"line 2", "not computed"}},
	} {
		code, out, errs := cmgRun(t, c.in, "--csv")
		if code != 1 || out != "" {
			t.Errorf("%s: code %d, out %q", c.name, code, out)
		}
		for _, said := range c.said {
			if !strings.Contains(errs, said) {
				t.Errorf("%s: said %q, want %q", c.name, errs, said)
			}
		}
	}
}

// TestCMGCases plays the cases of the calculator through the command: the
// appended CMG is that of the case.
func TestCMGCases(t *testing.T) {
	in, err := os.ReadFile("../../knowledge/cmg/testdata/cases.csv")
	if err != nil {
		t.Fatal(err)
	}
	code, out, errs := cmgRun(t, string(in), "--csv")
	if code != 0 {
		t.Fatal(errs)
	}
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) != 241 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, row := range rows[1:] {
		if strings.TrimRight(row[8], "0") != strings.TrimRight(row[7], "0") && row[8] != row[7]+".00" && row[8] != row[7] {
			t.Errorf("row %d: CMG %s, want %s", i+2, row[8], row[7])
		}
	}
}
