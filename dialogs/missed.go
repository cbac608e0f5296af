package dialogs

import "slices"

// missed answers what was not understood: with what it could mean, with the
// question once more, with a person.
func (w *walk) missed(in Input) {
	w.turn.Understood = false
	q := w.question()
	// It may hold what was asked; and who knows what a question asked that is gone.
	w.turn.Private = w.broken || q != nil && q.act == actAsk && q.slot.private
	asked := q != nil && q.act == actAsk && w.s.Retries == 0 // an unclear answer first, rather than an unclear question
	if in.Zone == ZoneChoose && in.Choice == "" && in.Value == "" && !asked {
		if offer := w.likely(in.Top); len(offer) > 0 && !slices.Equal(offer, w.s.Offer) {
			w.offer(offer)
			return
		}
	}
	w.s.Offer = nil
	switch {
	case w.broken:
		w.again()
	case q != nil:
		w.retryQuestion(q)
	default:
		w.lostAgain()
	}
}

// likely returns the intents that may be proposed.
func (w *walk) likely(top []string) []string {
	var list []string
	for _, intent := range top {
		if w.book.intents[intent] != nil && !slices.Contains(list, intent) && len(list) < maxOffer {
			list = append(list, intent)
		}
	}
	return list
}

// offer asks which intent is meant. A question that waits goes on waiting.
func (w *walk) offer(intents []string) {
	w.s.Offer = intents
	w.say(Say{Text: Text{Key: textChoose}, Dialog: dialogGlobal, Node: nodeChoose, Choices: offered(intents)})
}

func offered(intents []string) []Choice {
	choices := make([]Choice, 0, len(intents)+1)
	for _, intent := range intents {
		choices = append(choices, Choice{intent, Text{Key: "intent." + intent}})
	}
	return append(choices, Choice{choiceHuman, Text{Key: textHuman}})
}

// retryQuestion puts a question in other words, twice; then it offers a person.
func (w *walk) retryQuestion(q *node) {
	if w.s.Retries >= maxRetries {
		w.stuck()
		return
	}
	retries := w.s.Retries + 1
	choices, on := w.choices(q)
	if on.to != nowhere {
		w.follow(w.arrive(q, on))
		return
	}
	w.s.Retries = retries
	w.say(Say{
		Text:   Text{Key: q.retry, Args: w.arguments(), Count: q.count},
		Dialog: q.tree.id, Node: q.name, Choices: choices,
	})
}

// lostAgain answers what is neither an answer nor an intent: once with a way
// out, then with a person.
func (w *walk) lostAgain() {
	w.s.Lost++
	if w.s.Lost == 1 {
		w.say(Say{Text: Text{Key: textLost}, Dialog: dialogGlobal, Node: nodeLost, Choices: waysOut()})
		return
	}
	w.say(Say{Text: Text{Key: textLostAgain}})
	w.stuck()
}

func waysOut() []Choice {
	return []Choice{{choiceMenu, Text{Key: textMenu}}, {choiceHuman, Text{Key: textHuman}}}
}

// stuck offers a person; "no" comes back to the question that waits. Who is
// stuck in that very offer gets the person.
func (w *walk) stuck() {
	w.s.Lost, w.s.Offer = 0, nil
	offer, q := w.book.address(personOffer), w.question()
	switch {
	case q != nil && q.tree.id == dialogPerson && q != offer:
		w.follow(w.leaveStuck(q))
	case q != nil && q == offer, offer == nil:
		w.toPerson()
	default:
		w.digress(offer, true)
	}
}

// leaveStuck goes on without an answer when a person is called already.
func (w *walk) leaveStuck(q *node) *node {
	if q.skip.to == toNode {
		return q.skip.node
	}
	return w.end(q)
}

// toPerson calls a person.
func (w *walk) toPerson() {
	t := w.book.tree[dialogPerson]
	if t == nil || t.start == nil {
		w.out = append(w.out, Handoff{Team: Caller, Routed: true, Topic: w.turn.Asked})
		w.say(Say{Text: Text{Key: textFailed}})
		return
	}
	w.digress(t.start, true)
}
