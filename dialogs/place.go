package dialogs

import "slices"

// settleIn finds the place of the session in the trees as they are today: nodes
// renamed since are followed, what does not fit any more is dropped.
func (w *walk) settleIn() {
	s := &w.s
	s.Retries, s.Lost, s.Repeats = max(0, s.Retries), max(0, s.Lost), max(0, s.Repeats)
	if s.Dialog == "" {
		s.Node, s.Slots, s.Trail, s.Listed, s.Told, s.Stack = "", nil, nil, nil, nil, nil
		return
	}
	if len(s.Stack) > maxStack {
		s.Stack = s.Stack[len(s.Stack)-maxStack:]
	}
	n := w.locate(Frame{Dialog: s.Dialog, Node: s.Node, Slots: s.Slots, Trail: s.Trail, Listed: s.Listed, Told: s.Told})
	if n == nil {
		lost := w.book.tree[s.Dialog]
		w.clear()
		w.broken, w.lost = true, lost
		return
	}
	w.asked = n
}

// locate makes a frame the current place and returns its question; nil when the
// trees have changed so that it cannot be.
func (w *walk) locate(f Frame) *node {
	t := w.book.tree[f.Dialog]
	n := t.question(f.Node)
	if n == nil {
		return nil
	}
	w.s.Dialog, w.s.Node, w.s.Slots = f.Dialog, n.name, f.Slots
	w.s.Trail, w.s.Listed, w.s.Told = f.Trail, f.Listed[:min(len(f.Listed), maxChoices)], f.Told
	w.own, w.args = false, nil
	w.sift(t)
	for _, name := range n.assured {
		if _, ok := w.s.Slots[name]; !ok {
			return nil
		}
	}
	return n
}

// sift drops the values that no slot of today's tree would hold.
func (w *walk) sift(t *tree) {
	for name, value := range w.s.Slots {
		if s := t.slot[name]; s != nil && s.holds(value) {
			continue
		}
		kept := make(map[string]string, len(w.s.Slots))
		for name, value := range w.s.Slots {
			if s := t.slot[name]; s != nil && s.holds(value) {
				kept[name] = value
			}
		}
		w.s.Slots, w.own = kept, true
		return
	}
}

// holds tells whether a value may stand in the slot, be it an answer or the
// result of a look-up.
func (s *slot) holds(value string) bool {
	if s.kind.number() {
		return s.kind.canonical(value)
	}
	return s.accepts(value)
}

// question returns the question that waits now, nil when there is none.
func (w *walk) question() *node { return w.book.tree[w.s.Dialog].question(w.s.Node) }

// push keeps the current place to come back to. left says that only "back" and
// RETOUR come back to it.
func (w *walk) push(left bool) {
	stack := append(slices.Clip(w.s.Stack), Frame{
		Dialog: w.s.Dialog, Node: w.s.Node, Slots: w.s.Slots, Trail: w.s.Trail, Listed: w.s.Listed, Told: w.s.Told, Left: left,
	})
	w.s.Stack = stack[max(0, len(stack)-maxStack):]
	w.own = false
}

// pop takes the innermost place off the stack.
func (w *walk) pop() Frame {
	last := len(w.s.Stack) - 1
	f := w.s.Stack[last]
	w.s.Stack = w.s.Stack[:last:last]
	return f
}

// drop forgets the places of a dialog that the family is about to begin again.
// What the service begins by itself takes nothing from the family.
func (w *walk) drop(dialog string) {
	if w.prompting {
		return
	}
	same := func(f Frame) bool { return f.Dialog == dialog }
	if slices.ContainsFunc(w.s.Stack, same) {
		w.s.Stack = slices.DeleteFunc(slices.Clone(w.s.Stack), same)
	}
}

// restore goes back to a place and returns the question to put again.
func (w *walk) restore(f Frame) *node {
	if n := w.locate(f); n != nil {
		return n
	}
	return w.apologise(w.book.tree[f.Dialog])
}

// apologise says that the questions have changed, and begins the dialog again,
// or shows the menu when there is no such dialog any more.
func (w *walk) apologise(t *tree) *node {
	w.say(Say{Text: Text{Key: textApology}})
	if t == nil || t.start == nil {
		t = w.book.tree[dialogMenu]
	}
	if t == nil || t.start == nil {
		w.rest(nil)
		return nil
	}
	w.drop(t.id)
	w.enter(t.start)
	return t.start
}

// again puts the question that waits once more, if there is one.
func (w *walk) again() {
	w.repeat()
	if w.broken {
		w.follow(w.apologise(w.lost))
		return
	}
	w.s.Offer = nil
	w.follow(w.question())
}
