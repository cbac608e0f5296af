package dialogs

import "slices"

// ask puts a question and waits. The menu below what was asked in the middle of
// a path is not shown: the path goes on.
func (w *walk) ask(n *node) target {
	if w.card {
		w.say(w.text(n))
		return target{}
	}
	if w.passing && n.act == actMenu {
		w.passing = false
		w.say(w.text(n))
		return target{to: toEnd}
	}
	w.passing = false
	choices, on := w.choices(n)
	if on.to != nowhere || w.err != nil {
		return on
	}
	w.remember(n)
	w.s.Node, w.s.Retries, w.s.Offer = n.name, 0, nil
	say := w.text(n)
	say.Dialog, say.Node, say.Choices, say.About = n.tree.id, n.name, choices, n.tree.subject(w.s.Slots)
	w.say(say)
	return target{}
}

// remember keeps the question that was answered for RETOUR. A question that
// comes round again takes its old place: what came after it is forgotten.
func (w *walk) remember(n *node) {
	trail, before := w.s.Trail, w.s.Node
	if before == "" && len(w.s.Stack) > 0 && !w.prompting { // an aside within the same dialog ends here
		if f := w.s.Stack[len(w.s.Stack)-1]; f.Dialog == n.tree.id {
			w.pop()
			trail, before = f.Trail, f.Node
		}
	}
	if before != "" && before != n.name {
		trail = append(slices.Clip(trail), before)
	}
	if i := slices.Index(trail, n.name); i >= 0 {
		trail = trail[:i]
	}
	w.s.Trail = trail[max(0, len(trail)-maxTrail):]
}

// choices returns the choices of a question. When they come from a look-up and
// there are none, the path goes on elsewhere.
func (w *walk) choices(n *node) ([]Choice, target) {
	w.s.Listed = nil
	if !n.lists() {
		return w.written(n), target{}
	}
	items, err := w.lib.List(n.slot.list, w.pick(n.with))
	switch {
	case err != nil && n.fails.written():
		return nil, n.fails
	case err != nil:
		return nil, w.failed()
	case len(items) == 0:
		return nil, n.empty
	}
	return w.listed(n, items[:min(len(items), maxChoices)]), target{}
}

// written returns the choices that are in the tree; their labels may quote slots.
func (w *walk) written(n *node) []Choice {
	args := w.arguments()
	if args == nil || len(n.buttons) == 0 {
		return n.buttons[:len(n.buttons):len(n.buttons)]
	}
	choices := slices.Clone(n.buttons)
	for i := range choices {
		choices[i].Text.Args = args
	}
	return choices
}

// listed returns the choices that a look-up gives, and remembers their order.
func (w *walk) listed(n *node, items []map[string]string) []Choice {
	private := n.readsPrivate() // what is near a family tells where it is
	choices := make([]Choice, 0, len(items))
	ids := make([]string, 0, len(items))
	for _, item := range items {
		id := item["id"]
		if !KindChoice.canonical(id) || slices.Contains(ids, id) {
			w.fail(n, "%s lists a choice without an id of its own", n.slot.list)
			return nil
		}
		args := make(map[string]Value, len(item))
		for name, value := range item {
			args[name] = Value{Kind: shape(value), Text: value, Private: private}
		}
		ids = append(ids, id)
		choices = append(choices, Choice{ID: id, Text: Text{Key: n.item, Args: args}})
	}
	w.s.Listed = ids
	return choices
}

// shape tells the kind of a listed value by its form: days, hours and dates are
// written so by nobody else, the rest is shown as it is.
func shape(value string) Kind {
	for _, kind := range []Kind{KindMoment, KindDate, KindMonth, KindHours, KindDays} {
		if kind.canonical(value) {
			return kind
		}
	}
	return KindText
}

// text returns what a node says.
func (w *walk) text(n *node) Say {
	return Say{Text: Text{Key: n.key, Args: w.arguments(), Count: n.count}}
}

// say speaks.
func (w *walk) say(s Say) { w.out = append(w.out, s) }

// arguments returns what a text may quote: all filled slots of the dialog. Texts
// of one turn share the map.
func (w *walk) arguments() map[string]Value {
	if w.args != nil || len(w.s.Slots) == 0 {
		return w.args
	}
	t := w.book.tree[w.s.Dialog]
	args := make(map[string]Value, len(w.s.Slots))
	for name, value := range w.s.Slots {
		if s := t.slot[name]; s != nil {
			args[name] = s.value(value)
		}
	}
	w.args = args
	return args
}
