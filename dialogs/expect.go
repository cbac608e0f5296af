package dialogs

// Expecting tells what the question that waits in s would take for an answer.
// The label of a listed choice is known only when it is shown: its Text has no
// Key here, and only its place in the list names it.
func (b *Book) Expecting(s Session) Expectation {
	if len(s.Offer) > 0 {
		return Expectation{Kind: KindChoice, Choices: offered(s.Offer)}
	}
	w := b.walk(s, nil)
	n := w.asked
	switch {
	case n == nil && s.Dialog == "" && s.Lost > 0:
		return Expectation{Kind: KindChoice, Choices: waysOut()}
	case n == nil:
		return Expectation{}
	case n.act == actMenu:
		return Expectation{Kind: KindChoice, Choices: w.written(n)}
	}
	e := Expectation{
		Kind: n.slot.kind, Min: n.slot.min, Max: n.slot.max, Units: n.slot.units, Past: n.slot.past, Future: n.slot.future,
		Choices: w.written(n), Skip: n.skip.written(), Private: n.slot.private,
	}
	for _, id := range w.s.Listed {
		if n.lists() {
			e.Choices = append(e.Choices, Choice{ID: id})
		}
	}
	return e
}

// Guides tells whether the question that waits fills a slot on a path that is
// not the way to a person: what is not understood there is asked again, whoever
// else may have been called meanwhile.
func (b *Book) Guides(s Session) bool {
	n := b.walk(s, nil).asked
	return len(s.Offer) == 0 && n != nil && n.act == actAsk && !aboutPeople(n.tree.id)
}
