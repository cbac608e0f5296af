package dialogs

import (
	"fmt"
	"maps"
)

// follow plays nodes until the family has the word or the path ends.
func (w *walk) follow(n *node) {
	for n != nil && w.err == nil {
		if w.crossed++; w.crossed > maxCrossed {
			w.tooLong = true
			return
		}
		n = w.arrive(n, w.play(n))
	}
}

// play plays one node and returns where the path goes on: nowhere, when the
// family has the word.
func (w *walk) play(n *node) target {
	if n.audience != "" {
		w.turn.Audience = n.audience
	}
	switch n.act {
	case actAsk:
		if on, told := w.told(n); told {
			return on
		}
		return w.ask(n)
	case actMenu:
		return w.ask(n)
	case actLook:
		return w.look(n)
	case actHandoff:
		w.say(w.text(n))
		w.handoff(n)
	case actRegister:
		return w.register(n)
	case actCancel:
		return w.cancel(n)
	case actLanguage:
		w.out = append(w.out, SetLanguage{w.s.Slots[n.slot.name]})
	case actNote:
		w.note(n)
	case actSet:
		for _, o := range n.settings {
			w.set(o.slot, o.value)
		}
	case actRecord:
		w.out = append(w.out, Record{n.function, w.pick(n.with)})
	case actForget:
		w.forget()
	default:
		w.say(w.text(n))
	}
	return w.next(n)
}

// next chooses the way on by the node's conditions.
func (w *walk) next(n *node) target {
	for i := range n.next {
		if c := n.next[i].when; c == nil || c.holds(w.s.Slots) {
			return n.next[i].to
		}
	}
	return target{}
}

// arrive turns a target into the node to play, nil when there is none.
func (w *walk) arrive(from *node, t target) *node {
	switch t.to {
	case toNode:
		return t.node
	case toCall:
		return w.call(from, t.node)
	case toEnd:
		return w.end(from)
	case toBack:
		return w.back(from)
	}
	return nil
}

// call goes to another dialog. The question that was answered can be come back
// to, with "back" and RETOUR.
func (w *walk) call(from, n *node) *node {
	if w.card {
		return nil
	}
	w.aside, w.aslots = from, w.s.Slots
	if w.s.Node != "" {
		w.push(true)
	}
	w.drop(n.tree.id)
	w.enter(n)
	return n
}

// end leaves the dialog: a question that waits below, and has not aged, is put
// again, else the conversation rests.
func (w *walk) end(from *node) *node {
	if w.card || w.prompting {
		return nil
	}
	for len(w.s.Stack) > 0 {
		f := w.pop()
		if !f.Left && !w.over(f) {
			w.repeat()
			w.say(Say{Text: Text{Key: textResume}})
			return w.restore(f)
		}
	}
	w.rest(from)
	return nil
}

// rest leaves no question waiting.
func (w *walk) rest(from *node) {
	if from != nil && !known(from.tree.id) {
		w.s.Last = from.key
	}
	w.clear()
	w.s.Stack = nil
}

// back returns to the question from which the dialog was called.
func (w *walk) back(from *node) *node {
	if w.card || w.prompting {
		return nil
	}
	if len(w.s.Stack) == 0 {
		w.rest(from)
		return nil
	}
	w.repeat()
	return w.restore(w.pop())
}

// repeat marks that what follows was asked before.
func (w *walk) repeat() {
	if w.answer < 0 {
		w.answer = len(w.out)
	}
}

// look looks something up, and fills what the tree wants of it.
func (w *walk) look(n *node) target {
	found, err := w.lib.Look(n.function, w.pick(n.with))
	if err != nil {
		return n.fails
	}
	w.fill(n, found)
	return w.next(n)
}

// fill sets the slots that a look-up gives, for good or with an error.
func (w *walk) fill(n *node, found map[string]string) {
	for _, name := range n.sets {
		value := found[name]
		if kind := n.tree.slot[name].kind; !kind.canonical(value) {
			w.fail(n, "%s gives no %s in the form of a %s", n.source(), name, kind)
			return
		}
		w.set(name, value)
	}
}

func (n *node) source() string {
	if n.act == actAsk {
		return n.slot.list
	}
	return n.function
}

// fail ends the turn: the trees and the library disagree.
func (w *walk) fail(n *node, format string, args ...any) {
	w.err = fmt.Errorf("dialog %s, node %s: %s", n.tree.id, n.name, fmt.Sprintf(format, args...))
}

// pick returns the slots of these names that are filled.
func (w *walk) pick(names []string) map[string]string {
	args := make(map[string]string, len(names))
	for _, name := range names {
		if v, ok := w.s.Slots[name]; ok {
			args[name] = v
		}
	}
	return args
}

// set fills a slot, in a copy of what the session came with.
func (w *walk) set(name, value string) {
	if !w.own {
		w.s.Slots = maps.Clone(w.s.Slots)
		if w.s.Slots == nil {
			w.s.Slots = map[string]string{}
		}
		w.own = true
	}
	w.s.Slots[name] = value
	w.args = nil
	w.unsay(name)
	if s := w.book.tree[w.s.Dialog].slot[name]; s != nil && s.keep {
		w.keep(w.s.Dialog+"."+name, value)
	}
}
