package dialogs

// global answers a word that holds everywhere.
func (w *walk) global(g Global) {
	switch g {
	case Human:
		w.s.Lost, w.s.Offer = 0, nil
		w.toPerson()
	case Menu:
		w.toDialog(dialogMenu, w.open)
	case Greet:
		w.s.Stack = nil
		w.clear()
		w.toDialog(dialogWelcome, w.open)
	case Language:
		w.s.Lost, w.s.Offer = 0, nil
		w.toDialog(dialogLanguage, w.detour)
	case Erase:
		w.s.Lost, w.s.Offer = 0, nil
		w.toDialog(dialogForget, w.detour)
	case Back:
		w.backward()
	default: // Help, and a word of a later release
		w.say(Say{Text: Text{Key: textHelp}})
		w.again()
	}
}

// toDialog goes to a dialog that the engine knows by name.
func (w *walk) toDialog(id string, by func(*node)) {
	if t := w.book.tree[id]; t != nil && t.start != nil {
		by(t.start)
		return
	}
	w.global(Help)
}

// backward goes to the question before.
func (w *walk) backward() {
	if len(w.s.Offer) > 0 && w.question() != nil || w.broken {
		w.again()
		return
	}
	w.s.Lost, w.s.Offer = 0, nil
	t := w.book.tree[w.s.Dialog]
	for trail := w.s.Trail; len(trail) > 0; {
		last := trail[len(trail)-1]
		trail = trail[:len(trail)-1]
		if n := t.question(last); n != nil && w.possible(n, w.s.Slots) {
			w.s.Node, w.s.Trail = n.name, trail
			w.follow(n)
			return
		}
	}
	if w.question() != nil && len(w.s.Stack) > 0 {
		w.follow(w.restore(w.pop()))
		return
	}
	w.say(Say{Text: Text{Key: textNothing}})
	w.again()
}
