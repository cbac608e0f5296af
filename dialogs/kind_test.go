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
		{KindDays, "mon mon|tue|thu sat|sun mon|tue|wed|thu|fri|sat|sun", []string{"", "lundi", "monday", "tue|mon", "mon|mon", "mon|", "|", "mon,tue", "mon tue"}},
		{KindHours, "08:00-18:00 20:00-07:00 00:00-23:59", []string{"", "8:00-18:00", "08:00", "08:00-08:00", "08:00-24:00", "08:00-18:60", "08:00-18:00-20:00", "8h-18h"}},
		{KindMonth, "2027-03 2026-12", []string{"", "2027-3", "2027-13", "2027-00", "03/2027", "2027-03-01"}},
		{KindNumbers, "4 4|7 12|4|999 1|2|3|4|5|6", []string{"", "0", "4|4", "4|07", "1000", "4,7", "4|", "1|2|3|4|5|6|7", "-1"}},
		{KindPhone, "+33612345678 +3212345678", []string{"", "0612345678", "+0612345678", "+33 6 12", "+1234567", "+1234567890123456", "33612345678"}},
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

// TestShape: what a list shows is written like a slot of its form.
func TestShape(t *testing.T) {
	for value, want := range map[string]Kind{
		"2027-01-31T09:30": KindMoment, "2027-01-31": KindDate, "2027-03": KindMonth, "08:00-18:00": KindHours, "mon|fri": KindDays,
		"Café": KindText, "12": KindText, "": KindText, "Mon": KindText,
	} {
		if got := shape(value); got != want {
			t.Errorf("%q is listed as %s, not %s", value, got, want)
		}
	}
}

// TestBounds: what is canonical may still be no answer to the question.
func TestBounds(t *testing.T) {
	for _, c := range []struct {
		slot  slot
		value string
		want  bool
	}{
		{slot{kind: KindNumbers, max: 16}, "4|16", true}, {slot{kind: KindNumbers, max: 16}, "4|17", false},
		{slot{kind: KindNumbers, min: 2}, "1|3", false}, {slot{kind: KindNumbers}, "999", true},
		{slot{kind: KindMonth, future: true}, "2026-11", true}, {slot{kind: KindMonth, future: true}, "2026-10", false},
		{slot{kind: KindMonth, past: true}, "2026-11", true}, {slot{kind: KindMonth, past: true}, "2026-12", false},
		{slot{kind: KindDate, future: true}, "2026-11-22", false},
	} {
		if got := c.slot.accepts(c.value) && c.slot.timely(c.value, "2026-11-23"); got != c.want {
			t.Errorf("%s %s: %v", c.slot.kind, c.value, got)
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
	slots := map[string]string{"n": "5", "price": "5.50", "half": "noon", "day": "2027-01-31", "age": "9", "here": "48.953,2.308", "there": "rue de Paris", "month": "2027-03", "days": "mon|tue"}
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
		{"month", "<", "2027-04", KindMonth, true}, {"month", ">=", "2027-04", KindMonth, false}, {"days", "=", "mon|tue", KindDays, true},
		{"empty", "=", "5", KindCount, false}, {"empty", "!=", "5", KindCount, true}, {"empty", "<", "5", KindCount, false},
	} {
		cond := &condition{slot: c.slot, op: c.op, value: c.value, kind: c.kind}
		if got := cond.holds(slots); got != c.want {
			t.Errorf("%s %s %s: %v", c.slot, c.op, c.value, got)
		}
	}
}
