package dialogs

import "slices"

// reserved are the last parts of catalog ids that mean a form of a text.
var reserved = []string{"retry", "item", "sms", "nofact"}

// node checks one node by itself.
func (c *checker) node(n *node) {
	if len(n.buttons) > maxChoices {
		c.report(n.line, "D11", "%s has %d choices, an SMS is answered with one digit", n.name, len(n.buttons))
	}
	for _, b := range n.buttons {
		if slices.Contains(reserved, b.ID) {
			c.report(n.line, "D18", "%s: a choice cannot be called %s, it is a form of a text", n.name, b.ID)
		}
	}
	c.secret(n)
	c.filled(n)
	c.team(n)
	if n.act == actLook {
		c.look(n)
	}
	if n.act == actRecord {
		c.record(n)
	}
	if n.lists() {
		c.list(n)
	}
	if n.waits() && n.tree.id != dialogPerson && !c.nearPerson(n) {
		c.report(n.line, "D10", "%s: no person within two answers; add a choice or a skip that leads to one", n.name)
	}
	if n.tree.id == dialogSafety && slices.Contains(engineNodes(), n.key) && (n.act != actHandoff || !n.urgent) {
		c.report(n.line, "D10", "%s is a safety card: it must be an urgent handoff", n.name)
	}
}

// secret checks that staff are shown nothing private.
func (c *checker) secret(n *node) {
	shown := slices.Clone(n.brief)
	for _, o := range n.notes {
		shown = append(shown, o.slot)
	}
	for _, name := range shown {
		if n.tree.slot[name].private {
			c.report(n.line, "D12", "%s: %s is private, or worked out from what is; staff would read it", n.name, name)
		}
	}
}

// team checks who is called.
func (c *checker) team(n *node) {
	if n.act == actHandoff && n.team != Caller && !slices.Contains(c.s.Teams, n.team) {
		c.report(n.line, "D04", "%s: there is no team %q", n.name, n.team)
	}
}

// look checks a look-up against the function that it names.
func (c *checker) look(n *node) {
	f, ok := c.functions[n.function]
	if !ok || f.Sets == nil && f.Item != nil {
		c.report(n.line, "D04", "%s: there is no look-up %q", n.name, n.function)
		return
	}
	c.agree(n, "takes", n.function, n.with, f.With)
	c.agree(n, "gives", n.function, n.sets, f.Sets)
}

// record checks that the service keeps what the node records.
func (c *checker) record(n *node) {
	f, ok := c.records[n.function]
	if !ok {
		c.report(n.line, "D04", "%s: there is no record %q", n.name, n.function)
		return
	}
	c.agree(n, "takes", n.function, n.with, f.With)
}

// list checks a list of choices against the function that gives it.
func (c *checker) list(n *node) {
	f, ok := c.functions[n.slot.list]
	if !ok || f.Item == nil {
		c.report(n.slot.line, "D04", "slot %s: there is no list %q", n.slot.name, n.slot.list)
		return
	}
	c.agree(n, "takes", n.slot.list, n.with, f.With)
	c.agree(n, "gives", n.slot.list, n.sets, f.Item)
}

// agree checks that slots have the kinds of what goes into or out of a look-up.
func (c *checker) agree(n *node, does, function string, slots []string, kinds map[string]Kind) {
	for _, name := range slots {
		kind, ok := kinds[name]
		if !ok {
			c.report(n.line, "D04", "%s: %s %s no %q", n.name, function, does, name)
		} else if have := n.tree.slot[name].kind; have != kind {
			c.report(n.line, "D04", "%s: %s %s %s as %s, the slot is %s", n.name, function, does, name, kind, have)
		}
	}
}

// reads returns the slots that a node needs filled, but for its text and its
// conditions.
func (n *node) reads() []string {
	var list []string
	switch n.act {
	case actAsk, actLook: // a record takes what is there
		list = slices.Clone(n.with)
	case actRegister, actCancel, actLanguage:
		list = append(list, n.slotName)
	}
	for _, o := range n.notes {
		list = append(list, o.slot)
	}
	if n.count != "" {
		list = append(list, n.count)
	}
	return list
}

// weighed returns the slots that the conditions of a node read.
func (n *node) weighed() []string {
	var list []string
	for _, b := range n.next {
		if b.when != nil {
			list = append(list, b.when.slot)
		}
	}
	return list
}

// filled checks that what a node reads is filled on every path to it.
func (c *checker) filled(n *node) {
	for _, name := range n.reads() {
		if !slices.Contains(n.assured, name) && !c.spares(n, name) {
			c.report(n.line, "D13", "%s reads %s, which a path leaves empty", n.name, name)
		}
	}
	for _, name := range n.weighed() {
		if !slices.Contains(n.assured, name) && !slices.Contains(n.gained(), name) && !n.tree.slot[name].optional() {
			c.report(n.line, "D13", "%s reads %s, which a path leaves empty", n.name, name)
		}
	}
}

// spares tells whether the look-up of a node can do without a slot.
func (c *checker) spares(n *node, slot string) bool {
	f := c.functions[n.function]
	if n.lists() {
		f = c.functions[n.slot.list]
	}
	return n.count != slot && slices.Contains(n.with, slot) && slices.Contains(f.Optional, slot)
}

// optional tells whether a path may begin with the slot filled or not, because
// it was kept, shared out of the blue or said with the question; so a condition may ask, and an empty
// slot is equal to nothing.
func (s *slot) optional() bool { return s.keep || s.heard || s.kind == KindPlace }
