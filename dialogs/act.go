package dialogs

import "slices"

// handoff passes the contact to a person, who sees first what the family has
// already said, but for what is private.
func (w *walk) handoff(n *node) {
	h := Handoff{Team: n.team, Routed: n.team == Caller, Urgent: n.urgent || n.tree.id == dialogSafety, Topic: n.key}
	if n.team == Caller {
		from, slots := w.left(n)
		if t := w.book.tree[from.dialog]; t != nil {
			h.Team = t.owner
			h.Brief = t.all(nil, slots)
			if n.tree.id != dialogSafety {
				h.Topic = from.dialog + "." + from.node
			}
		}
	}
	for _, name := range n.brief {
		h.Brief = n.tree.slot[name].brief(h.Brief, w.s.Slots)
	}
	w.out = append(w.out, h)
}

// A place is a node by its names.
type place struct{ dialog, node string }

// aboutPeople tells whether a dialog only leads to a person, so that whoever
// answers wants to know what came before it.
func aboutPeople(dialog string) bool { return dialog == dialogPerson || dialog == dialogSafety }

// left returns where the family was before it asked for a person, and what was
// filled there.
func (w *walk) left(n *node) (place, map[string]string) {
	if !aboutPeople(n.tree.id) {
		return place{n.tree.id, n.name}, w.s.Slots
	}
	if w.aside != nil && !aboutPeople(w.aside.tree.id) {
		return place{w.aside.tree.id, w.aside.name}, w.aslots
	}
	for i := len(w.s.Stack) - 1; i >= 0; i-- {
		if f := w.s.Stack[i]; !aboutPeople(f.Dialog) && w.book.tree[f.Dialog] != nil {
			return place{f.Dialog, f.Node}, f.Slots
		}
	}
	return lastPlace(w.s.Last), nil
}

// lastPlace reads "dialog.node".
func lastPlace(key string) place {
	for i := range key {
		if key[i] == '.' {
			return place{key[:i], key[i+1:]}
		}
	}
	return place{}
}

// all adds the filled slots of a dialog that staff may see, in the tree's order.
func (t *tree) all(list []BriefItem, slots map[string]string) []BriefItem {
	for _, s := range t.slots {
		list = s.brief(list, slots)
	}
	return list
}

// brief adds a slot, if it is filled and staff may see it.
func (s *slot) brief(list []BriefItem, slots map[string]string) []BriefItem {
	value, ok := slots[s.name]
	if !ok || s.private || slices.ContainsFunc(list, func(have BriefItem) bool { return have.Slot == s.name }) {
		return list
	}
	return append(list, BriefItem{s.name, s.value(value)})
}

// value gives a canonical value its kind and, for a choice, its name.
func (s *slot) value(canonical string) Value {
	return Value{Kind: s.kind, Text: canonical, Key: s.labels[canonical], Private: s.private}
}

// register asks for a seat if there is one, or accepts the one that is kept for
// the contact.
func (w *walk) register(n *node) target {
	event := w.s.Slots[n.slot.name]
	seat, err := w.lib.Seat(event)
	if err != nil {
		return w.failed()
	}
	switch seat {
	case "free", "offered":
		w.out = append(w.out, Register{event})
		return w.next(n)
	case "mine":
		if n.mine.written() {
			return n.mine
		}
		return w.next(n)
	case "full", "waiting", "early", "late", "gone":
		return n.full
	}
	w.fail(n, "the library does not say whether a seat is free, offered, mine, full, waited for, or not to be had")
	return target{}
}

// cancel gives a seat back, an offered one too, or a place in the waiting list.
func (w *walk) cancel(n *node) target {
	event := w.s.Slots[n.slot.name]
	seat, err := w.lib.Seat(event)
	if err != nil {
		return w.failed()
	}
	switch seat {
	case "mine", "offered", "waiting":
		w.out = append(w.out, Cancel{event})
	}
	return w.next(n)
}

// failed says that something could not be looked up, and offers a person.
func (w *walk) failed() target {
	w.say(Say{Text: Text{Key: textFailed}})
	if n := w.book.address(personOffer); n != nil {
		return target{to: toCall, node: n}
	}
	return target{to: toEnd}
}

// note keeps slots beyond the dialog.
func (w *walk) note(n *node) {
	for _, o := range n.notes {
		if value, ok := w.s.Slots[o.slot]; ok {
			w.out = append(w.out, Note{o.name, value})
		}
	}
}

// forget erases the contact, and the session with it; only the dialog goes on.
func (w *walk) forget() {
	w.out = append(w.out, Forget{})
	dialog := w.s.Dialog
	w.s = Session{Dialog: dialog}
	w.own, w.args, w.forgot = false, nil, true
}
