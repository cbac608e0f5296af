package dialogs

import (
	"fmt"
	"slices"
	"strconv"
)

// An Entry is where the service begins a word by itself, a prompt: a reminder, a
// place that is free. Its node is one of those of [Book.Prompts].
type Entry struct {
	Node  string            // "dialog.node"
	Slots map[string]string // exactly those that the tree names, in canonical form
}

// An opening is a node that the service may open by itself.
type opening struct {
	to    target
	slots []string // that it is given, all of them
}

// Prompts returns the nodes that the service may open by itself, as
// "dialog.node", with the slots that each is given.
func (b *Book) Prompts() map[string][]string {
	prompts := map[string][]string{}
	for _, t := range b.trees {
		for _, o := range t.prompts {
			prompts[o.to.node.key] = slices.Clone(o.slots)
		}
	}
	return prompts
}

// opening returns the node that a prompt opens, by today's name or an old one,
// once it has seen that the node gets what it is written for.
func (b *Book) opening(e Entry) (*node, error) {
	p := lastPlace(e.Node)
	t := b.tree[p.dialog]
	if t == nil || t.node[p.node] == nil {
		return nil, fmt.Errorf("prompt %s: there is no such node; it must be one of Book.Prompts", e.Node)
	}
	n := t.node[p.node]
	i := slices.IndexFunc(t.prompts, func(o opening) bool { return o.to.node == n })
	if i < 0 {
		return nil, fmt.Errorf("prompt %s: the tree does not let it be opened so; name it under prompts", e.Node)
	}
	return n, t.prompts[i].takes(e)
}

// takes tells what is wrong with the slots of an entry: all that are named must
// be there, in the form of their kind, and no others.
func (o opening) takes(e Entry) error {
	for _, name := range o.slots {
		if s := o.to.node.tree.slot[name]; !s.holds(e.Slots[name]) {
			return fmt.Errorf("prompt %s: slot %s must be given in the form of a %s", e.Node, name, s.kind)
		}
	}
	for name := range e.Slots {
		if !slices.Contains(o.slots, name) {
			return fmt.Errorf("prompt %s: the tree does not take a slot %q", e.Node, name)
		}
	}
	return nil
}

// prompt says what the service begins by itself. What only speaks leaves the
// family where it stands; what asks can be come back from. A menu that waits is
// not put again, except by RETOUR: what it followed ("you are in the waiting
// list") may have been overtaken. That of another prompt still wants an answer.
func (w *walk) prompt(e Entry) {
	w.prompting, w.turn.Asked = true, "" // nothing that was asked is answered by it
	n, err := w.book.opening(e)
	if err != nil {
		w.err = err
		return
	}
	w.replace(n, e)
	if q := w.question(); q != nil {
		w.push(q.act == actMenu && q.asks == nil)
	}
	w.enter(n)
	for name, value := range e.Slots {
		w.set(name, value)
	}
	w.follow(n)
	w.settlePrompt(n)
}

// replace drops what the service asked before about the same thing, which nobody
// answered, in whatever dialog: a reminder of yesterday is not come back to when
// today's is answered, nor when the family is asked how the day went.
func (w *walk) replace(n *node, e Entry) {
	stale := func(dialog, at string, slots map[string]string) bool {
		about := n.prompted.about()
		asked := w.book.tree[dialog].question(at)
		return about != "" && asked != nil && asked.asks != nil && asked.asks.about() == about && slots[about] == e.Slots[about]
	}
	w.s.Stack = slices.DeleteFunc(slices.Clone(w.s.Stack), func(f Frame) bool { return stale(f.Dialog, f.Node, f.Slots) })
	if w.question() != nil && stale(w.s.Dialog, w.s.Node, w.s.Slots) {
		w.clear()
	}
}

// over tells whether a frame asks what the service began about a day that is
// past: nobody is asked again whether they will come.
func (w *walk) over(f Frame) bool {
	asked := w.book.tree[f.Dialog].question(f.Node)
	if asked == nil || asked.asks == nil || w.today == "" {
		return false
	}
	return slices.ContainsFunc(asked.asks.slots, func(name string) bool {
		value := f.Slots[name]
		return asked.tree.slot[name].kind == KindMoment && len(value) > len(w.today) && value[:len(w.today)] < w.today
	})
}

// subject identifies what the service began a dialog about, from the slots that
// are filled there: a date, an introduction; "" when it began nothing. It is
// short enough for a button.
func (t *tree) subject(slots map[string]string) string {
	h := fnvStart
	for _, o := range t.prompts {
		if value := slots[o.about()]; value != "" {
			h = hash(hash(h, o.about()), value)
		}
	}
	if h == fnvStart {
		return ""
	}
	return strconv.FormatUint(h%aboutMost, 36)
}

// aboutMost bounds what identifies a prompt in a button to six letters.
const aboutMost = 36 * 36 * 36 * 36 * 36 * 36

// about is the first slot of an opening: the date or the introduction that it
// is about.
func (o *opening) about() string {
	if len(o.slots) == 0 {
		return ""
	}
	return o.slots[0]
}

// settlePrompt decides where the family stands after a prompt.
func (w *walk) settlePrompt(n *node) {
	switch {
	case w.tooLong: // offering a person out of the blue would help nobody
		w.tooLong = false
		w.fail(n, "the prompt goes round without a question")
	case w.question() != nil:
		w.s.Lost = 0
	case !w.forgot:
		kept := w.s.Kept
		w.s = w.came
		w.s.Kept = kept
	}
}
