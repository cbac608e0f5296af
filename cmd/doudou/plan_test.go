package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const planHeader = "id,side,days,hours,quarter,start,child_months,places,from,to,languages\n"

const planList = planHeader +
	"p1,parent,mon|tue|thu,08:00-18:00,Orgemont,2027-01,10,1,09:30,11:30,fr|ta\n" +
	"p2,parent,,,,,,,,,\n" +
	"p3,parent,,,,,,,09:30,09:36,\n" +
	"c1,childminder,mon|tue|wed|thu|fri,07:30-18:30,Orgemont|Centre,2027-01,,2,09:30,11:00,fr\n" +
	"c2,childminder,mon,08:00-13:00,Cygnes,2027-02,,1,09:30,11:00,ar\n"

// planRun runs the command and returns its exit code and words.
func planRun(t *testing.T, stdin string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	p := &program{in: strings.NewReader(stdin), out: &o, err: &e, getenv: func(string) string { return "" }, now: time.Now}
	return p.run(t.Context(), append([]string{"plan"}, args...)), o.String(), e.String()
}

func TestPlanCSV(t *testing.T) {
	const want = "round,start,table,parent,childminder,score\n" +
		"1,10:00,1,p1,c1,100\n1,10:00,2,p2,c2,100\n2,10:12,1,p2,c1,100\n2,10:12,2,p1,c2,40\n"
	file := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(file, []byte(planList), 0o600); err != nil {
		t.Fatal(err)
	}
	options := strings.Fields("--begin 10:00 --rounds 3 --tables 4 --minutes 10 --pause 2 --min-meetings 1")
	for name, args := range map[string][]string{"options last": append([]string{file}, options...), "options first": append(options, file)} {
		code, out, errs := planRun(t, "", args...)
		if code != 0 || out != want {
			t.Errorf("%s: code %d, %q, want %q; %s", name, code, out, want, errs)
		}
		if !strings.Contains(errs, "p3 has 0 of 1 meetings: no round lies wholly inside") || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: said %q", name, errs)
		}
	}
}

// TestPlanExcel reads the same list as a French spreadsheet saves it.
func TestPlanExcel(t *testing.T) {
	_, want, _ := planRun(t, planList, "-")
	excel := "\ufeff" + strings.ReplaceAll(strings.ReplaceAll(planList, ",", ";"), "\n", "\r\n") + ";;;;;;;;;;\r\n"
	if code, out, errs := planRun(t, excel, "-", "--json=false"); code != 0 || out != want || out == "" {
		t.Errorf("code %d, %q, want %q; %s", code, out, want, errs)
	}
}

func TestPlanJSON(t *testing.T) {
	code, out, errs := planRun(t, planList, "--json", "-", "--min-meetings", "2")
	if code != 0 || errs != "" || strings.Count(out, "\n") != 1 {
		t.Fatalf("code %d, %q, %s", code, out, errs)
	}
	var o planObject
	if err := json.Unmarshal([]byte(out), &o); err != nil {
		t.Fatal(err)
	}
	want := planTotals{Parents: 3, Childminders: 2, Rounds: 8, Tables: 16, MinMeetings: 2, Meetings: 4, BelowMinimum: 1,
		planTotal: planTotal{4, 0, 340}, Bound: planTotal{4, 0, 340}, Optimal: true}
	if o.Totals != want || len(o.Meetings) != 4 || len(o.People) != 5 || len(o.Unserved) != 1 || o.Unserved[0].ID != "p3" || o.Unserved[0].Why == "" {
		t.Errorf("%+v", o)
	}
}

// TestPlanRefused: each bad row is told with its line, and nothing is printed.
func TestPlanRefused(t *testing.T) {
	good := "p9,parent,,,,,,,,,\n"
	for _, c := range []struct {
		name, in string
		said     []string
	}{
		{"nothing", "", []string{"line 1: the header", "id,side,days"}},
		{"no column", "id,side\n", []string{"line 1: there is no column days"}},
		{"twice", "id," + planHeader, []string{"line 1: there are two columns id"}},
		{"cells", planHeader + good + "p1,mother,moo,8-9,,2027-13,x,0,9:75,,\n" + good + "c1,childminder,,18:00-18:00,,,20-10,,11:00,10:00,\n",
			[]string{"line 3: side: \"mother\"", "days: \"moo\"", "hours: ", "start: \"2027-13\"", "child_months: \"x\"", "places: \"0\"", "from: \"9:75\"",
				"line 4: id \"p9\" is that of line 2 too", "line 5: hours: \"18:00-18:00\" ends", "\"20-10\"", "to: 10:00 is not after from, 11:00"}},
		{"no id", planHeader + ",parent,,,,,,,,,\n", []string{"line 2: id: it is empty"}},
		{"short row", planHeader + "p1,parent\n" + good + "p2,father,,,,,,,,,\n", []string{"line 2: the row has more or fewer cells", "line 4: side"}},
		{"broken quote", planHeader + good + "\"p1,parent\n", []string{"line 3: "}},
		{"not UTF-8", planHeader + good + "p1,parent,,,\xc9pinay,,,,,,\n", []string{"line 3: letters cannot be read"}},
	} {
		code, out, errs := planRun(t, c.in, "-")
		if code != 1 || out != "" || !strings.Contains(errs, "nothing was planned") {
			t.Errorf("%s: code %d, out %q, said %q", c.name, code, out, errs)
		}
		for _, said := range c.said {
			if !strings.Contains(errs, said) {
				t.Errorf("%s: said %q, want %q", c.name, errs, said)
			}
		}
	}
}

func TestPlanMisused(t *testing.T) {
	for args, said := range map[string]string{
		"": "name the list", "- more": "one word too many", "- --rounds 0": "rounds must be 1 to 64", "- --rounds many": "invalid value",
		"- --begin noon": "not a time of day", "- --begin 23:30": "after midnight", "- --tables 0": "tables must be 1", "- --pause -1": "pause must be 0",
	} {
		if code, out, errs := planRun(t, planList, strings.Fields(args)...); code != 2 || out != "" || !strings.Contains(errs, said) {
			t.Errorf("plan %s: code %d, out %q, said %q", args, code, out, errs)
		}
	}
	if code, _, errs := planRun(t, "", "no-such-file.csv"); code != 1 || !strings.Contains(errs, "no-such-file.csv") {
		t.Errorf("no file: code %d, %q", code, errs)
	}
}

// TestReadmePlan: the example of the README.
func TestReadmePlan(t *testing.T) {
	code, out, errs := planRun(t, "", strings.Fields("testdata/participants.csv --rounds 4 --tables 3 --min-meetings 2")...)
	if code != 0 || errs == "" {
		t.Fatalf("code %d, %s", code, errs)
	}
	checkReadme(t, "plan", out+errs)
}
