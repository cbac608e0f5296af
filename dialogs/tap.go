package dialogs

import "slices"

// tap answers a pressed button. One of the question that waits is an answer. An
// older one still works when all that its question relies on is filled. What is
// pressed under the reminder of one date is never taken for another date.
func (w *walk) tap(t Tap) {
	if t.Dialog == dialogGlobal {
		w.tapGlobal(t)
		return
	}
	n := w.book.tree[t.Dialog].question(t.Node)
	if n != nil && n == w.question() && t.About == n.tree.subject(w.s.Slots) {
		w.s.Offer = nil
		if w.choose(n, t.Choice) {
			return
		}
	} else if n != nil && w.takes(n, t.Choice) && w.reopen(n, t.About) {
		w.s.Offer = nil
		if n.lists() {
			w.s.Listed = []string{t.Choice}
		}
		if w.choose(n, t.Choice) {
			return
		}
	}
	w.oldButton()
}

// oldButton says that a button does not work any more, and asks again.
func (w *walk) oldButton() {
	w.turn.Understood = false
	w.say(Say{Text: Text{Key: textOldButton}})
	w.again()
}

// tapGlobal answers a button of a question that stands in no tree.
func (w *walk) tapGlobal(t Tap) {
	switch {
	case t.Choice == choiceHuman:
		w.global(Human)
	case t.Choice == choiceMenu && t.Node == nodeLost:
		w.global(Menu)
	case t.Node == nodeChoose && w.book.intents[t.Choice] != nil:
		w.understand(t.Choice, "")
	default:
		w.oldButton()
	}
}

// takes tells whether a question would take this choice now.
func (w *walk) takes(n *node, choice string) bool {
	if !n.lists() {
		return slices.ContainsFunc(n.buttons, func(c Choice) bool { return c.ID == choice })
	}
	if len(n.with) > 0 { // the list may have been another
		return false
	}
	items, err := w.lib.List(n.slot.list, map[string]string{})
	return err == nil && slices.ContainsFunc(items, func(item map[string]string) bool { return item["id"] == choice })
}

// possible tells whether a question can be asked with these slots.
func (w *walk) possible(n *node, slots map[string]string) bool {
	for _, name := range n.assured {
		if _, ok := slots[name]; !ok {
			return false
		}
	}
	return true
}

// reopen makes an older question the current one; false when it cannot be.
func (w *walk) reopen(n *node, about string) bool {
	within := func(f Frame) bool { return f.Dialog == n.tree.id && n.tree.subject(f.Slots) == about }
	asked := func(f Frame) bool { return within(f) && n.tree.question(f.Node) == n }
	if i := slices.IndexFunc(w.s.Stack, asked); i >= 0 {
		return w.reopenLeft(n, i)
	}
	if w.s.Dialog == n.tree.id && n.tree.subject(w.s.Slots) == about {
		if !w.possible(n, w.s.Slots) {
			return false
		}
		w.remember(n)
		w.s.Node = n.name
		return true
	}
	if i := slices.IndexFunc(w.s.Stack, within); i >= 0 {
		return w.reopenLeft(n, i)
	}
	if kept := w.kept(n.tree); n.tree.subject(kept) != about || !w.possible(n, kept) {
		return false
	}
	if w.question() != nil {
		w.push(false)
	}
	w.enter(n)
	w.s.Node = n.name
	return true
}

// reopenLeft goes back to a dialog that was left, with what was filled there.
func (w *walk) reopenLeft(n *node, i int) bool {
	before := *w
	f := w.s.Stack[i]
	w.s.Stack = slices.Delete(slices.Clone(w.s.Stack), i, i+1)
	if w.question() != nil {
		w.push(false)
	}
	if w.locate(f) == nil || !w.possible(n, w.s.Slots) {
		*w = before
		return false
	}
	w.remember(n)
	w.s.Node = n.name
	return true
}
