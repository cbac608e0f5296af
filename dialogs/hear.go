package dialogs

import (
	"maps"
	"slices"
	"strings"
)

// A reading says which slot a value fills that a message gives beside its
// question.
type reading struct {
	value string // as package nlu names it
	slot  string
	line  int
}

// valueKinds are what a message may give beside its question, with the kind of
// each.
func valueKinds() map[string]Kind {
	return map[string]Kind{
		"child_months": KindAge, "birth_date": KindDate, "date": KindDate, "month": KindMonth, "half": KindChoice, "days": KindDays, "hours": KindHours,
		"hours_day": KindCount, "hours_week": KindCount, "hours_month": KindCount, "euros_month": KindEuros, "euros_hour": KindEuros,
		"children": KindCount, "places": KindCount, "postcode": KindPostcode, "quarter": KindChoice,
	}
}

// hear fills what the message says of a dialog that its intent has just entered.
func (w *walk) hear(t *tree) {
	heard := w.heard
	w.heard = nil
	for _, r := range t.reads {
		s := t.slot[r.slot]
		value := w.hold(s, heard[r.value])
		if value == "" {
			continue
		}
		w.set(s.name, value)
		w.s.Told = append(slices.Clip(w.s.Told), s.name)
		w.turn.Private = w.turn.Private || s.private
	}
}

// hold returns what a value is in a slot, "" when it cannot stand there. A
// choice that is looked up may be said by its name.
func (w *walk) hold(s *slot, value string) string {
	if value == "" || !s.accepts(value) || !s.timely(value, w.today) {
		return ""
	}
	if s.list == "" {
		return value
	}
	items, err := w.lib.List(s.list, map[string]string{})
	i := slices.IndexFunc(items, func(item map[string]string) bool { return item["id"] == value || item["name"] == value })
	if err != nil || i < 0 {
		return ""
	}
	return items[i]["id"]
}

// told takes what the message said before for the answer to a question; false
// when it said nothing, or what the question does not offer. It does so once: a
// path that comes round asks.
func (w *walk) told(n *node) (target, bool) {
	value, filled := w.s.Slots[n.slot.name]
	if !slices.Contains(w.s.Told, n.slot.name) || !filled {
		return target{}, false
	}
	w.unsay(n.slot.name)
	if n.lists() {
		item := w.item(n, value)
		if item == nil {
			return target{}, false
		}
		w.fill(n, item)
	}
	w.remember(n) // RETOUR asks it
	w.s.Node = n.name
	return w.next(n), true
}

// unsay notes that a slot does not hold what the message said any more, or that
// its question is answered with it.
func (w *walk) unsay(name string) {
	if i := slices.Index(w.s.Told, name); i >= 0 {
		w.s.Told = slices.Delete(slices.Clone(w.s.Told), i, i+1)
	}
}

// linkReads checks that a message can give what the tree reads, and where to.
func (f *form) linkReads(t *tree) {
	kinds := valueKinds()
	filled := map[string]bool{}
	for _, r := range t.reads {
		kind, known := kinds[r.value]
		s := t.slot[r.slot]
		switch {
		case !known:
			f.report(r.line, "D04", "reads: no message gives %q; there are: %s", r.value, strings.Join(slices.Sorted(maps.Keys(kinds)), " "))
			continue
		case s == nil:
			f.report(r.line, "D04", "reads: there is no slot %q", r.slot)
			continue
		case s.kind != kind:
			f.report(r.line, "D04", "reads: %s is a %s, the slot %s is a %s", r.value, kind, r.slot, s.kind)
		case filled[r.slot]:
			f.report(r.line, "D04", "reads: two values fill %s", r.slot)
		}
		s.heard, filled[r.slot] = true, true
	}
}
