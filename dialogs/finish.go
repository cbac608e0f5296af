package dialogs

// finish turns the walk into its turn: greets, notices that the same answer
// comes again and again, and never leaves a message without a word.
func (w *walk) finish() {
	switch {
	case w.card:
	case w.prompting: // it may have nothing to say any more, and nobody repeats himself
		w.welcome()
	default:
		if !w.speaks() {
			w.say(Say{Text: Text{Key: textHelp}})
		}
		w.weary()
		w.welcome()
	}
	if w.forgot {
		w.s.Said, w.s.Repeats, w.s.Greeted, w.s.Last = 0, 0, false, ""
	}
	w.turn.Session, w.turn.Effects = w.s, w.out
}

func (w *walk) speaks() bool {
	for _, e := range w.out {
		if _, ok := e.(Say); ok {
			return true
		}
	}
	return false
}

// welcome says, before the first answer ever, that this is a machine.
func (w *walk) welcome() {
	if !w.greet || !w.speaks() {
		return
	}
	w.s.Greeted = true
	w.out = append([]Effect{Say{Text: Text{Key: textGreeting}}}, w.out...)
}

// weary counts how often the same answer was given in a row.
func (w *walk) weary() {
	said := fingerprint(w.out, w.answer)
	if said != w.s.Said {
		w.s.Said, w.s.Repeats = said, 0
	}
	w.s.Repeats = min(w.s.Repeats, muteRepeat) + 1
	switch {
	case w.s.Repeats >= muteRepeat:
		w.hush()
	case w.s.Repeats == offerRepeat:
		w.offerPerson()
	}
}

// hush keeps what is done and says nothing.
func (w *walk) hush() {
	var quiet []Effect
	for _, e := range w.out {
		if _, ok := e.(Say); !ok {
			quiet = append(quiet, e)
		}
	}
	w.out = quiet
}

// offerPerson adds the offer of a person, unless one is being called.
func (w *walk) offerPerson() {
	offer := w.book.address(personOffer)
	if offer == nil || w.forgot || aboutPeople(w.s.Dialog) {
		return
	}
	for _, e := range w.out {
		if _, ok := e.(Handoff); ok {
			return
		}
	}
	w.crossed = 0
	w.digress(offer, true)
}

// fingerprint identifies what was said, whatever the order of the arguments. A
// question that is only put again does not count.
func fingerprint(out []Effect, answer int) uint64 {
	if answer <= 0 || answer > len(out) {
		answer = len(out)
	}
	h := fnvStart
	for _, e := range out[:answer] {
		say, ok := e.(Say)
		if !ok {
			continue
		}
		h = hashText(h, say.Text)
		for _, c := range say.Choices {
			h = hash(h, c.ID)
		}
	}
	return h
}

// FNV-1a.
const (
	fnvStart uint64 = 14695981039346656037
	fnvPrime uint64 = 1099511628211
)

func hash(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return (h ^ 0xff) * fnvPrime
}

// hashText adds the arguments up, so that their order does not matter.
func hashText(h uint64, t Text) uint64 {
	var sum uint64
	for name, v := range t.Args {
		sum += hash(hash(fnvStart, name), v.Text)
	}
	return (hash(hash(h, t.Key), t.Count) ^ sum) * fnvPrime
}
