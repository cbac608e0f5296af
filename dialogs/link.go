package dialogs

import "strings"

// link resolves every name of the trees and reports those that name nothing.
func (b *Book) link() []Problem {
	var problems []Problem
	for _, t := range b.trees {
		f := &form{file: t.file}
		for _, n := range t.nodes {
			f.rename(n)
		}
		problems = append(problems, f.problems...)
	}
	for _, t := range b.trees {
		f := &form{file: t.file}
		b.linkHeader(f, t)
		f.linkPrompts(t)
		f.linkReads(t)
		for _, n := range t.nodes {
			f.linkSlots(n)
			b.linkTargets(f, n)
		}
		problems = append(problems, f.problems...)
	}
	return problems
}

// rename notes the names that a node had.
func (f *form) rename(n *node) {
	for _, old := range n.was {
		if other := n.tree.node[old]; other != nil {
			f.report(n.line, "D16", "%s: was %q, but a node is called so now", n.name, old)
			continue
		}
		n.tree.node[old] = n
	}
}

// linkHeader finds the nodes where a dialog begins.
func (b *Book) linkHeader(f *form, t *tree) {
	if t.startName.written() {
		if t.start = t.named(t.startName.name); t.start == nil {
			f.report(t.startName.line, "D01", "start: there is no node %q", t.startName.name)
		} else {
			t.start.entered = true
		}
	}
	for i := range t.intents {
		e := &t.intents[i]
		if e.to.node = t.named(e.to.name); e.to.node == nil {
			f.report(e.to.line, "D01", "intent %s: there is no node %q", e.id(), e.to.name)
			continue
		}
		e.to.node.entered = true
		answers := b.intents
		if e.subject != "" {
			answers = b.subjects
		}
		if other := answers[e.id()]; other != nil {
			f.report(e.to.line, "D14", "intent %s: %s answers it already", e.id(), other.tree.id)
			continue
		}
		answers[e.id()] = e.to.node
	}
}

// linkPrompts finds the nodes that the service may open by itself.
func (f *form) linkPrompts(t *tree) {
	for i := range t.prompts {
		o := &t.prompts[i]
		if o.to.node = t.named(o.to.name); o.to.node == nil {
			f.report(o.to.line, "D01", "prompts: there is no node %q", o.to.name)
			continue
		}
		o.to.node.prompted = o
		for _, name := range o.slots {
			if t.slot[name] == nil {
				f.report(o.to.line, "D04", "prompt %s: there is no slot %q", o.to.name, name)
			}
		}
	}
}

// named returns the node that is called so today; trees must use the new name.
func (t *tree) named(name string) *node {
	if n := t.node[name]; n != nil && n.name == name {
		return n
	}
	return nil
}

// linkTargets resolves everything that a node points to.
func (b *Book) linkTargets(f *form, n *node) {
	for _, e := range n.edges() {
		b.resolve(f, n, e.to)
	}
}

// resolve finds where a target leads.
func (b *Book) resolve(f *form, n *node, t *target) {
	switch dialog, called := strings.CutPrefix(t.name, "@"); {
	case t.name == "": // already reported
	case t.name == "end":
		t.to = toEnd
	case t.name == "back":
		t.to = toBack
	case called:
		t.to, t.node = toCall, b.address(dialog)
		if t.node != nil {
			t.node.entered = true
		}
	default:
		t.to, t.node = toNode, n.tree.named(t.name)
	}
	switch {
	case t.node != nil:
	case t.to == toNode:
		f.report(t.line, "D01", "%s: there is no node %q", n.name, t.name)
	case t.to == toCall && !b.unread(t.name):
		f.report(t.line, "D01", "%s: there is no dialog or node %q", n.name, t.name)
	}
}

// unread tells whether a dialog is missing only because its own file is broken,
// which is said there.
func (b *Book) unread(call string) bool {
	dialog, _, inside := strings.Cut(strings.TrimPrefix(call, "@"), ".")
	t := b.tree[dialog]
	return t == nil && b.broken[dialog] || t != nil && !inside
}

// address finds "dialog" (its start) or "dialog.node".
func (b *Book) address(name string) *node {
	dialog, at, inside := strings.Cut(name, ".")
	t := b.tree[dialog]
	if t == nil {
		return nil
	}
	if inside {
		return t.named(at)
	}
	if t.start != nil {
		return t.start
	}
	return t.named(t.startName.name)
}

// linkSlots finds the slots that a node speaks of.
func (f *form) linkSlots(n *node) {
	need := func(name string) *slot {
		s := n.tree.slot[name]
		if s == nil {
			f.report(n.line, "D04", "%s: there is no slot %q", n.name, name)
		}
		return s
	}
	if n.slotName != "" {
		n.slot = need(n.slotName)
	}
	if n.count != "" {
		if s := need(n.count); s != nil && s.kind != KindCount {
			f.report(n.line, "D04", "%s: %s is no count, it cannot rule a plural", n.name, n.count)
		}
	}
	for _, list := range [][]string{n.with, n.sets, n.brief} {
		for _, name := range list {
			need(name)
		}
	}
	for _, o := range n.notes {
		need(o.slot)
	}
	for _, o := range n.settings {
		if s := need(o.slot); s != nil && !s.accepts(o.value) {
			f.report(n.line, "D04", "%s: %q is never a value of %s", n.name, o.value, o.slot)
		}
	}
	for i := range n.next {
		if c := n.next[i].when; c != nil {
			f.compare(n, c)
		}
	}
	f.linkAsk(n)
}

// linkAsk checks that what a node asks can be asked.
func (f *form) linkAsk(n *node) {
	if n.act != actAsk || n.slot == nil {
		return
	}
	n.slot.asked = true
	if n.lists() {
		if !n.empty.written() {
			f.report(n.line, "D00", "%s does not say where it goes when the list is empty", n.name)
		}
		return
	}
	if n.empty.written() || n.fails.written() || n.with != nil || n.sets != nil {
		f.report(n.line, "D00", "%s: only a choice from a list has empty, fails, with or sets", n.name)
	}
	if n.slot.kind == KindChoice && n.slot.of == nil {
		f.report(n.slot.line, "D00", "slot %s is asked but has neither \"of\" nor \"list\"", n.slot.name)
	}
}
