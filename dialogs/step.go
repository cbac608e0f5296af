package dialogs

import (
	"cmp"
	"slices"
)

// Step plays one turn. It returns an error only if the trees and the library
// disagree (a bug): a failed look-up, an unknown node or a strange answer are
// turns like others. It changes neither s nor in.
func (b *Book) Step(s Session, in Input, lib Library) (Turn, error) {
	if in.ignored() {
		return Turn{Session: s, Understood: true}, nil
	}
	w := b.walk(s, lib)
	w.today = in.Today
	w.react(in)
	if w.tooLong { // nothing of it has happened yet: start again, towards a person
		w = b.walk(s, lib)
		w.stuck()
	}
	if w.err != nil {
		return Turn{Session: s}, w.err
	}
	w.finish()
	return w.turn, w.err
}

// ignored tells whether the message is for package bot alone.
func (in *Input) ignored() bool {
	if in.Enter != nil || in.Urgent != "" || in.Tap != nil {
		return false
	}
	return in.Global == More || in.Global == Stop || in.Global == Start
}

// A walk is one turn under way.
type walk struct {
	book *Book
	lib  Library
	came Session // as it came
	s    Session
	turn Turn
	out  []Effect

	today     string           // as the message says
	own       bool             // s.Slots is ours to change
	ownKept   bool             // s.Kept is
	args      map[string]Value // what texts may quote, until a slot changes
	broken    bool             // the place of the session is not in the trees any more
	lost      *tree            // ... but its dialog is
	asked     *node            // the question that waited when the message came
	aside     *node            // the node that called another dialog in this turn
	aslots    map[string]string
	answer    int // effects from here on repeat an older question; -1: none
	greet     bool
	card      bool              // a safety card: nothing is asked
	prompting bool              // nobody wrote: the service speaks by itself
	passing   bool              // a question asked in the middle of a path is being answered
	heard     map[string]string // what the message gives to the dialog that it enters
	forgot    bool
	crossed   int
	tooLong   bool
	err       error
}

// walk begins a turn.
func (b *Book) walk(s Session, lib Library) *walk {
	w := &walk{book: b, lib: lib, came: s, s: s, answer: -1, greet: !s.Greeted}
	w.turn.Understood = true
	w.siftKept()
	w.settleIn()
	if w.asked != nil {
		w.turn.Asked = w.asked.key
	}
	return w
}

// react chooses what the message is, the surest reading first.
func (w *walk) react(in Input) {
	switch {
	case in.Enter != nil:
		w.prompt(*in.Enter)
	case in.Urgent != "":
		w.safety(in.Urgent, in.Audience)
	case in.Tap != nil:
		w.tap(*in.Tap)
	case in.Global == Greet && w.opens(in.Open) != nil:
		w.open(w.opens(in.Open))
	case in.Global != "":
		w.global(in.Global)
	case in.Place != "":
		w.located(in.Place)
	case w.answers(in):
	case w.opens(in.Open) != nil:
		w.open(w.opens(in.Open))
	case in.Zone == ZoneAnswer && w.book.answering(in.Intent, in.Subject) != nil:
		w.heard = in.Values
		w.understand(in.Intent, in.Subject)
	default:
		w.missed(in)
	}
}

// understand answers an intent. A question of a path that waits is put again
// afterwards; a menu is not: whoever asks something else there has moved on.
func (w *walk) understand(intent, subject string) {
	n := w.book.answering(intent, subject)
	w.turn.Intent = intent
	w.s.Offer, w.s.Lost = nil, 0
	if n.tree.id == dialogSafety {
		w.safety(n.name, "")
		return
	}
	q := w.question()
	w.passing = q != nil && q.act == actAsk && !aboutPeople(n.tree.id)
	w.digress(n, !w.passing)
}

// opens returns where a poster or a link leads; nil when it names nothing that
// may be opened so.
func (w *walk) opens(dialog string) *node {
	t := w.book.tree[dialog]
	if t == nil || dialog == dialogSafety || dialog == dialogForget {
		return nil
	}
	return t.start
}

// open goes to a dialog that the family chose by itself: what it left does not
// come back, except by RETOUR.
func (w *walk) open(n *node) {
	w.leave(n)
	w.follow(n)
}

// leave leaves everything for a dialog, and enters it.
func (w *walk) leave(n *node) {
	w.s.Lost, w.s.Offer = 0, nil
	stack := slices.Clone(w.s.Stack)
	for i := range stack {
		stack[i].Left = true
	}
	w.s.Stack = stack
	if w.question() != nil {
		w.push(true)
	}
	w.drop(n.tree.id)
	w.enter(n)
}

// detour goes to a node of any dialog; a question that waits is put again at the
// end of it.
func (w *walk) detour(n *node) { w.digress(n, false) }

// digress goes to a node of any dialog. To the question that waits, if left,
// only "back" and RETOUR come back.
func (w *walk) digress(n *node, left bool) {
	slots, told := w.s.Slots, w.s.Told
	inside := w.question() != nil && w.s.Dialog == n.tree.id
	w.drop(n.tree.id)
	if w.question() != nil {
		w.push(left)
	}
	w.enter(n)
	if inside {
		w.s.Slots, w.s.Told, w.own = slots, told, false
	}
	w.hear(n.tree)
	w.follow(n)
}

// enter makes a dialog the current one, with no question asked yet.
func (w *walk) enter(n *node) {
	if n.tree.id == dialogWelcome && len(w.out) == 0 {
		w.greet, w.s.Greeted = false, true // it says that this is a machine
	}
	w.clear()
	w.s.Dialog = n.tree.id
	w.recall(n.tree)
}

// clear leaves the current dialog.
func (w *walk) clear() {
	w.s.Dialog, w.s.Node, w.s.Slots, w.s.Trail, w.s.Listed, w.s.Told = "", "", nil, nil, nil, nil
	w.s.Retries, w.broken = 0, false
	w.own, w.args = false, nil
}

// safety speaks a safety card and calls a person at once. The session stays as
// it was, and nothing is asked. A card may have a form of its own for an
// audience: danger_childminder.
func (w *walk) safety(card, audience string) {
	t := w.book.tree[dialogSafety]
	if t == nil || t.start == nil {
		w.out = append(w.out, Handoff{Team: Caller, Routed: true, Urgent: true, Topic: dialogSafety + "." + card})
		w.card, w.s = true, w.came
		return
	}
	n := cmp.Or(t.named(card+"_"+audience), t.named(card), t.start)
	if w.question() != nil {
		w.push(false)
	}
	w.enter(n)
	w.card = true
	w.follow(n)
	w.s = w.came
}
