package main

import (
	"strings"
	"testing"
)

const cmgStructure = "--care structure --kind micro --children 1 --resources 2000 --hours 160 --price 9.50 --age 18"

func TestCMGStructure(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		out  string // a part of the output, or of what is said on standard error
	}{
		{cmgStructure, 0, "cmg         992.13\nrest        527.87\ncost        1520.00\nmaximum     992.13\nbracket     1\nvalid_from  2026-04-01\n"},
		{cmgStructure + " --json", 0, `{"children":1,"aeeh":0,"age":18,"lone":false,"atypical":false,"resources":2000.00,"hours":160.00,"price":9.50,` +
			`"care":"structure","kind":"micro","date":"2026-04-01","cmg":992.13,"rest":527.87,"cost":1520.00,"maximum":992.13,"bracket":1,"valid_from":"2026-04-01"}` + "\n"},
		{cmgStructure + " --kind childminder --json", 0, `"notes":["CMG structure`},
		{cmgStructure + " --kind childminder", 0, "note        CMG structure"},
		{cmgStructure + " --kind company --price 28", 0, "cost        4480.00"},
		{cmgStructure + " --lone", 0, "maximum     1289.77"},
		{cmgStructure + " --atypical", 0, "maximum     1091.34"},
		{cmgStructure + " --age 36", 0, "maximum     496.07"},
		{cmgStructure + " --date 2026-03-31", 0, "valid_from  2026-01-01"},
		{cmgStructure + " --age 72", 1, "too old for the CMG"},
		{cmgStructure + " --price 10.01", 1, "too expensive"},
		{cmgStructure + " --hours 15", 1, "too few hours"},
		{cmgStructure + " --date 2027-01-01", 1, "no CMG scale is known"},
		{cmgStructure + " --kind creche", 2, "kind must be micro, company or childminder"},
		{cmgStructure + " --age young", 2, "age must be a whole number"},
		{cmgStructure + " --hourly 5.60", 2, "hourly is for childminder or home"},
		{strings.Replace(cmgStructure, "--age 18", "", 1), 2, "age must be a whole number"},
		{strings.Replace(cmgStructure, "--price 9.50", "", 1), 2, "price must be a number"},
		{strings.Replace(cmgStructure, "--kind micro", "", 1), 2, "kind must be micro"},
		{cmgFamily + " --price 9", 2, "for care structure"},
		{cmgFamily + " --kind micro", 2, "for care structure"},
		{cmgFamily + " --atypical", 2, "for care structure"},
		{cmgFamily + " --age 71", 0, "cmg         714.27"},
		{cmgFamily + " --age 72", 1, "too old for the CMG"},
		{cmgFamily + " --age 72 --lone", 0, "cmg         714.27"},
		{cmgFamily + " --age -1", 2, "age must be 0 to 216 months"},
	} {
		code, out, errs := cmgRun(t, "", strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(out+errs, c.out) || (code != 0) != (out == "") {
			t.Errorf("%s: code %d, out %q, err %q; want %d and %q", c.args, code, out, errs, c.code, c.out)
		}
	}
}

// TestCMGTableKeepsColumns: a table of direct employment may carry an age of
// its own, which is not read.
func TestCMGTableKeepsColumns(t *testing.T) {
	code, out, errs := cmgRun(t, "care,hourly,hours,resources,children,age,price\nchildminder,5.60,173,2500,2,about a year,x\n", "--csv")
	if code != 0 || !strings.Contains(out, "about a year,x,714.27") {
		t.Errorf("code %d, %q, %q", code, out, errs)
	}
}
