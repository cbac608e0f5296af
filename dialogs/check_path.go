package dialogs

import "slices"

// paths checks that every node of a dialog can be reached, and can be left.
func (c *checker) paths(t *tree) {
	reached, ends := t.reached(), t.ends()
	for _, n := range t.nodes {
		if !reached[n] {
			c.report(n.line, "D02", "nothing leads to %s", n.name)
		}
		if !ends[n] {
			c.report(n.line, "D03", "from %s there is no way to an end", n.name)
		}
	}
}

// reached returns the nodes that a path comes to.
func (t *tree) reached() map[*node]bool {
	reached := map[*node]bool{}
	var visit func(n *node)
	visit = func(n *node) {
		if reached[n] {
			return
		}
		reached[n] = true
		for _, e := range n.edges() {
			if e.to.to == toNode {
				visit(e.to.node)
			}
		}
	}
	for _, n := range t.nodes {
		if _, opens := n.given(); opens {
			visit(n)
		}
	}
	return reached
}

// ends returns the nodes from which a path leaves the dialog.
func (t *tree) ends() map[*node]bool {
	ends := map[*node]bool{}
	for again := true; again; {
		again = false
		for _, n := range t.nodes {
			if !ends[n] && slices.ContainsFunc(n.edges(), func(e edge) bool { return e.to.to != toNode || ends[e.to.node] }) {
				ends[n], again = true, true
			}
		}
	}
	return ends
}

// loops checks that no path goes round without a question, through dialogs too.
func (c *checker) loops() {
	const under, done = 1, 2
	state := map[*node]int{}
	var visit func(n *node)
	visit = func(n *node) {
		state[n] = under
		for _, e := range n.edges() {
			next := e.to.node
			if e.answer || next == nil {
				continue
			}
			if state[next] == under {
				c.file = n.tree.file
				c.report(e.to.line, "D09", "%s goes round to %s without a question", n.name, next.key)
			} else if state[next] == 0 {
				visit(next)
			}
		}
		state[n] = done
	}
	for _, t := range c.book.trees {
		for _, n := range t.nodes {
			if state[n] == 0 {
				visit(n)
			}
		}
	}
}

// farthest is how many answers a person may be away from a question.
const farthest = 2

// nearPerson tells whether a person is near a question. Ways that only a
// failure takes do not count.
func (c *checker) nearPerson(from *node) bool {
	type step struct {
		n       *node
		answers int
	}
	best := map[*node]int{from: 0}
	for work := []step{{from, 0}}; len(work) > 0; work = work[1:] {
		at := work[0]
		if at.n.act == actHandoff || at.n.tree.id == dialogPerson {
			return true
		}
		for _, e := range at.n.edges() {
			answers := at.answers
			if e.answer {
				answers++
			}
			if e.failed || e.to.node == nil || answers > farthest {
				continue
			}
			if have, seen := best[e.to.node]; !seen || answers < have {
				best[e.to.node] = answers
				work = append(work, step{e.to.node, answers})
			}
		}
	}
	return false
}
