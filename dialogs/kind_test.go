package dialogs

import (
	"strings"
	"testing"
)

func TestCanonical(t *testing.T) {
	for _, c := range []struct {
		kind Kind
		yes  string
		no   []string
	}{
		{KindCount, "0 7 12 999999999", []string{"", "007", "-1", "1.0", "٣", "1e3", "1000000000"}},
		{KindEuros, "0 0.5 5.60 2500", []string{"", ".5", "5.", "5,60", "5.605", "05", "-5", "5 €"}},
		{KindYesNo, "yes no", []string{"", "oui", "Yes"}},
		{KindChoice, "a e-12", []string{"", strings.Repeat("x", 65)}},
		{KindDate, "2027-01-31 2028-02-29", []string{"", "2027-02-29", "31/01/2027", "2027-1-31"}},
		{KindMoment, "2027-01-31T09:30", []string{"", "2027-01-31", "2027-01-31T24:30", "2027-01-31T9:30"}},
		{KindPostcode, "93800 01000", []string{"", "9380", "938000", "2A004"}},
		{KindText, "arabe", []string{"", " arabe", "arabe\n", "\xff"}},
		{KindAge, "0 18 216", []string{"", "1.5", "018", "-1", "18 mois"}},
		{KindPlace, "48.953,2.308 Orgemont", []string{"", " Orgemont", "\xff"}},
		{Kind("colour"), "", []string{"red"}},
	} {
		for _, v := range strings.Fields(c.yes) {
			if !c.kind.canonical(v) {
				t.Errorf("%q is a %s", v, c.kind)
			}
		}
		for _, v := range c.no {
			if c.kind.canonical(v) {
				t.Errorf("%q is no %s", v, c.kind)
			}
		}
	}
}

func TestNumbersAreComparedExactly(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"2", "10", -1}, {"10", "9.99", 1}, {"5.6", "5.60", 0}, {"5.06", "5.6", -1}, {"0", "0.00", 0},
		{"99.99", "100", -1}, {"100.01", "100", 1}, {"0.1", "0.09", 1},
	} {
		if got := compareNumber(c.a, c.b); got != c.want {
			t.Errorf("%s to %s: %d", c.a, c.b, got)
		}
		if got := compareNumber(c.b, c.a); got != -c.want {
			t.Errorf("%s to %s: %d", c.b, c.a, got)
		}
	}
}

func TestConditions(t *testing.T) {
	slots := map[string]string{"n": "5", "price": "5.50", "half": "noon", "day": "2027-01-31", "age": "9", "here": "48.953,2.308", "there": "rue de Paris"}
	for _, c := range []struct {
		slot, op, value string
		kind            Kind
		want            bool
	}{
		{"n", "=", "5", KindCount, true}, {"n", "!=", "5", KindCount, false}, {"n", "<", "10", KindCount, true},
		{"n", "<=", "5", KindCount, true}, {"n", ">", "5", KindCount, false}, {"n", ">=", "6", KindCount, false},
		{"price", "=", "5.5", KindEuros, true}, {"price", ">", "5.49", KindEuros, true},
		{"half", "=", "noon", KindChoice, true}, {"half", "!=", "noon", KindChoice, false}, {"half", "!=", "evening", KindChoice, true},
		{"day", "<", "2027-02-01", KindDate, true},
		{"age", "<", "18", KindAge, true}, {"age", ">=", "18", KindAge, false}, {"none", "=", "0", KindAge, false},
		{"here", "=", "shared", KindPlace, true}, {"there", "=", "shared", KindPlace, false}, {"there", "=", "typed", KindPlace, true},
		{"here", "!=", "typed", KindPlace, true}, {"nowhere", "=", "typed", KindPlace, false}, {"nowhere", "!=", "shared", KindPlace, true},
		{"empty", "=", "5", KindCount, false}, {"empty", "!=", "5", KindCount, true}, {"empty", "<", "5", KindCount, false},
	} {
		cond := &condition{slot: c.slot, op: c.op, value: c.value, kind: c.kind}
		if got := cond.holds(slots); got != c.want {
			t.Errorf("%s %s %s: %v", c.slot, c.op, c.value, got)
		}
	}
}
