package dialogs

import (
	"slices"
	"strings"
)

// answers takes the message for an answer to the question that waits; false
// when it is none.
func (w *walk) answers(in Input) bool {
	if len(w.s.Offer) > 0 {
		return w.pickOffer(in.Choice)
	}
	n := w.question()
	switch {
	case n == nil:
		return w.s.Lost > 0 && w.pickWayOut(in.Choice)
	case n.act == actMenu:
		return w.choose(n, in.Choice)
	case in.Skip && n.skip.written():
		w.turn.Private = n.slot.private
		w.s.Lost = 0
		w.follow(w.arrive(n, n.skip))
		return true
	}
	if w.choose(n, n.answer(in)) {
		return true
	}
	if n.slot.kind.free() { // whatever was written is the answer: it is too long, or nothing
		w.missed(Input{})
		return true
	}
	return false
}

// answer returns what the message gives for the slot that a node asks.
func (n *node) answer(in Input) string {
	switch n.slot.kind {
	case KindChoice, KindYesNo:
		if in.Choice != "" {
			return in.Choice
		}
	case KindText, KindPlace:
		if in.Value == "" {
			return strings.ToValidUTF8(strings.TrimSpace(in.Text), "")
		}
	}
	return in.Value
}

// choose answers the question n, that is now the current one, with a choice or
// a value; false when it is not one that the question takes.
func (w *walk) choose(n *node, answer string) bool {
	if n.act == actMenu {
		o, ok := n.choice(answer)
		if ok {
			w.s.Lost = 0
			w.follow(w.arrive(n, o.to))
		}
		return ok
	}
	if answer == "" || !n.slot.accepts(answer) || !n.slot.timely(answer, w.today) || n.lists() && !slices.Contains(w.s.Listed, answer) {
		return false
	}
	var item map[string]string
	if len(n.sets) > 0 {
		if item = w.item(n, answer); item == nil {
			return false
		}
	}
	w.turn.Private = n.slot.private
	w.s.Lost = 0
	w.set(n.slot.name, answer)
	w.fill(n, item)
	w.follow(w.arrive(n, w.next(n)))
	return true
}

// item returns what a look-up lists under an id; nil when it is not on the list
// any more.
func (w *walk) item(n *node, id string) map[string]string {
	items, err := w.lib.List(n.slot.list, w.pick(n.with))
	if err != nil {
		return nil
	}
	for _, item := range items {
		if item["id"] == id {
			return item
		}
	}
	return nil
}

// pickOffer takes a choice of "do you mean...".
func (w *walk) pickOffer(id string) bool {
	switch {
	case id == choiceHuman:
		w.global(Human)
	case slices.Contains(w.s.Offer, id) && w.book.intents[id] != nil:
		w.understand(id, "")
	default:
		return false
	}
	return true
}

// pickWayOut takes a choice shown to somebody who was not understood.
func (w *walk) pickWayOut(id string) bool {
	switch id {
	case choiceHuman:
		w.global(Human)
	case choiceMenu:
		w.global(Menu)
	default:
		return false
	}
	return true
}
