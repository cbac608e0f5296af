package dialogs

// An edge is a way out of a node.
type edge struct {
	to     *target
	answer bool   // taken by the family's word
	failed bool   // taken when a look-up fails or a seat is gone
	gains  bool   // what the node asks, looks up or sets is filled on it
	holds  string // the slot that its condition found filled, "" when it tells nothing
}

// edges returns all ways out of a node, in written order.
func (n *node) edges() []edge {
	var list []edge
	add := func(t *target, e edge) {
		if t.written() {
			e.to = t
			list = append(list, e)
		}
	}
	for i := range n.menu {
		add(&n.menu[i].to, edge{answer: true})
	}
	for i := range n.next {
		add(&n.next[i].to, edge{answer: n.act == actAsk, gains: true, holds: n.next[i].found()})
	}
	add(&n.skip, edge{answer: true})
	add(&n.fails, edge{failed: true})
	add(&n.empty, edge{failed: true})
	add(&n.full, edge{failed: true})
	add(&n.mine, edge{})
	return list
}

// found returns the slot that a branch finds filled: one that is not is equal
// to nothing.
func (b branch) found() string {
	if b.when == nil || b.when.op == "!=" {
		return ""
	}
	return b.when.slot
}

// gained returns the slots that a node fills on the way to "next".
func (n *node) gained() []string {
	switch n.act {
	case actAsk:
		return append([]string{n.slotName}, n.sets...)
	case actSet:
		list := make([]string, 0, len(n.settings))
		for _, o := range n.settings {
			list = append(list, o.slot)
		}
		return list
	}
	return n.sets
}

// prepare works out what Step needs to know of every node beforehand.
func (b *Book) prepare() {
	for _, id := range engineNodes() {
		if n := b.address(id); n != nil {
			n.entered = true
		}
	}
	if safety := b.tree[dialogSafety]; safety != nil {
		for _, n := range safety.nodes {
			n.entered = true // each card is opened by its name
		}
	}
	for _, t := range b.trees {
		t.hide()
		for _, n := range t.nodes {
			n.label()
		}
		for _, s := range t.slots {
			s.label(t)
		}
		t.assure()
		for i := range t.prompts {
			t.prompts[i].mark(t.prompts[i].to.node, map[*node]bool{})
		}
	}
}

// mark finds the questions that an opening asks before anybody has answered.
func (o *opening) mark(n *node, seen map[*node]bool) {
	if seen[n] || n.tree != o.to.node.tree {
		return
	}
	seen[n] = true
	if n.waits() {
		n.asks = o
		return
	}
	for _, e := range n.edges() {
		if e.to.to == toNode {
			o.mark(e.to.node, seen)
		}
	}
}

// hide makes private what is worked out from a private slot: from the amount of
// the CMG, anyone could work the income out.
func (t *tree) hide() {
	for again := true; again; {
		again = false
		for _, n := range t.nodes {
			if !n.readsPrivate() {
				continue
			}
			for _, name := range n.sets {
				if s := t.slot[name]; !s.private {
					s.private, again = true, true
				}
			}
		}
	}
}

func (n *node) readsPrivate() bool {
	for _, name := range n.with {
		if n.tree.slot[name].private {
			return true
		}
	}
	return false
}

// label derives the catalog ids of a node, so that no id is ever typed twice.
func (n *node) label() {
	n.key = n.tree.id + "." + n.name
	n.retry, n.item = n.key+".retry", n.key+".item"
	if n.act == actMenu {
		n.retry = textRetry
	}
	for _, id := range n.choiceIDs() {
		n.buttons = append(n.buttons, Choice{ID: id, Text: Text{Key: n.key + "." + id}})
		if n.act == actAsk && n.slot.labels[id] == "" {
			n.slot.labels[id] = n.key + "." + id
		}
	}
}

// label names the choices of a slot that is never asked, only set: no node
// shows them, but texts may quote them.
func (s *slot) label(t *tree) {
	if s.asked {
		return
	}
	for _, id := range s.of {
		s.labels[id] = t.id + "." + s.name + "." + id
	}
}

// choiceIDs returns the choices that are written in the tree.
func (n *node) choiceIDs() []string {
	switch {
	case n.act == actMenu:
		ids := make([]string, 0, len(n.menu))
		for _, o := range n.menu {
			ids = append(ids, o.id)
		}
		return ids
	case n.act == actAsk && n.slot.kind == KindYesNo:
		return []string{"yes", "no"}
	case n.act == actAsk:
		return n.slot.of
	}
	return nil
}

// assure works out which slots are filled on every path to a node: a definite
// assignment. It does not weigh conditions, and takes values to stay.
func (t *tree) assure() {
	state := map[*node]map[string]bool{} // absent: no path known yet
	var work []*node
	for _, n := range t.nodes {
		if given, opens := n.given(); opens {
			state[n] = given
			work = append(work, n)
		}
	}
	for len(work) > 0 {
		n := work[0]
		work = work[1:]
		for _, e := range n.edges() {
			if e.to.to == toNode && meet(state, e.to.node, n.after(state[n], e)) {
				work = append(work, e.to.node)
			}
		}
	}
	for _, n := range t.nodes {
		for _, s := range t.slots {
			if state[n][s.name] {
				n.assured = append(n.assured, s.name)
			}
		}
	}
}

// given returns what is filled for sure where a dialog begins; false when it
// never begins at the node.
func (n *node) given() (map[string]bool, bool) {
	given := map[string]bool{}
	if n.prompted != nil && !n.entered {
		for _, name := range n.prompted.slots {
			given[name] = true
		}
	}
	return given, n.entered || n.prompted != nil
}

// after returns what is filled at the end of an edge.
func (n *node) after(before map[string]bool, e edge) map[string]bool {
	out := map[string]bool{}
	if n.act == actForget {
		return out
	}
	for s := range before {
		out[s] = true
	}
	if e.holds != "" {
		out[e.holds] = true
	}
	if e.gains {
		for _, s := range n.gained() {
			out[s] = true
		}
	}
	return out
}

// meet keeps at a node what is filled on all paths; it tells whether that changed.
func meet(state map[*node]map[string]bool, n *node, in map[string]bool) bool {
	have, known := state[n]
	if !known {
		state[n] = in
		return true
	}
	changed := false
	for s := range have {
		if !in[s] {
			delete(have, s)
			changed = true
		}
	}
	return changed
}
