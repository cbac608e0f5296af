package dialogs

// addSlot reads a slot.
func (f *form) addSlot(t *tree, fd field) {
	s := &slot{name: fd.key, line: fd.line, labels: map[string]string{}}
	if !nameForm.MatchString(s.name) {
		f.report(fd.line, "D00", "slot %q must be small letters, figures and _", s.name)
	}
	for _, p := range f.fields(fd.value, "slot "+s.name) {
		switch p.key {
		case "type":
			s.kind = Kind(f.text(p.value, "type"))
		case "min":
			s.min = f.number(p.value, "min")
		case "max":
			s.max = f.number(p.value, "max")
		case "units":
			s.units = f.names(p.value, "units")
		case "of":
			s.of = f.names(p.value, "of")
		case "list":
			s.list = f.text(p.value, "list")
		case "private":
			s.private = f.yes(p.value, "private")
		case "past":
			s.past = f.yes(p.value, "past")
		case "future":
			s.future = f.yes(p.value, "future")
		case "keep":
			s.keep = f.yes(p.value, "keep")
		default:
			f.report(p.line, "D00", "slot %s has no key %q", s.name, p.key)
		}
	}
	s.private = s.private || s.kind.secret()
	f.soundSlot(s)
	t.slots = append(t.slots, s)
	t.slot[s.name] = s
}

// soundSlot checks that the keys of a slot go together.
func (f *form) soundSlot(s *slot) {
	switch {
	case !s.kind.known():
		f.report(s.line, "D00", "slot %s: there is no type %q", s.name, s.kind)
	case s.min != 0 && !s.kind.bounded(), s.max != 0 && !s.kind.bounded() && !s.kind.free():
		f.report(s.line, "D00", "slot %s: a %s has no min or max", s.name, s.kind)
	case s.max != 0 && s.min > s.max:
		f.report(s.line, "D00", "slot %s: min is more than max", s.name)
	case s.units != nil && !s.kind.counts(s.units):
		f.report(s.line, "D00", "slot %s: only a count has units, which are hour, day, week, month or year", s.name)
	case (s.past || s.future) && !s.kind.dated():
		f.report(s.line, "D00", "slot %s: only a date or a month is past or future", s.name)
	case s.past && s.future:
		f.report(s.line, "D00", "slot %s: a date is past or future, not both", s.name)
	case (s.of != nil || s.list != "") && s.kind != KindChoice:
		f.report(s.line, "D00", "slot %s: only a choice has \"of\" or \"list\"", s.name)
	case s.of != nil && s.list != "":
		f.report(s.line, "D00", "slot %s: choices come from \"of\" or from \"list\", not both", s.name)
	}
}
