package dialogs

import "slices"

// A Path is a dialog that asks for several things in a row, where a family may
// give up.
type Path struct {
	Dialog string
	Steps  []Step
}

// A Step is one question of a path.
type Step struct {
	Key string // dialog.node, the id of its text
	// Ends are the ids of the texts that come next for who answered it and has
	// nothing more to answer: the result, what was kept, a person.
	Ends []string
}

// leastGuide is how many questions make a path rather than a question.
const leastGuide = 3

// Paths returns the guided paths in the order of the trees: those of three
// questions and more, those that give a seat, and those that are resumed where
// they were left.
func (b *Book) Paths() []Path {
	var all []Path
	for _, t := range b.trees {
		p := t.resumed()
		if p.Steps == nil {
			p = t.asking()
		}
		if p.Steps != nil {
			all = append(all, p)
		}
	}
	return all
}

// resumed is the path of a tree that keeps the name of the node where somebody
// stands; the last of the names is its end.
func (t *tree) resumed() Path {
	p := Path{Dialog: t.id}
	for _, s := range t.slots {
		if !s.keep || len(s.of) < leastGuide || slices.ContainsFunc(s.of, func(name string) bool { return t.question(name) == nil }) {
			continue
		}
		end := t.question(s.of[len(s.of)-1]).key
		for _, name := range s.of[:len(s.of)-1] {
			p.Steps = append(p.Steps, Step{t.question(name).key, []string{end}})
		}
	}
	return p
}

// asking is the path of the questions of a tree.
func (t *tree) asking() Path {
	p := Path{Dialog: t.id}
	gives := false
	for _, n := range t.nodes {
		gives = gives || n.act == actRegister
		if n.act == actAsk {
			var ends []string
			n.follow(n, &ends, map[*node]bool{n: true})
			p.Steps = append(p.Steps, Step{n.key, ends})
		}
	}
	if len(p.Steps) < leastGuide && !gives {
		p.Steps = nil
	}
	return p
}

// follow collects what is said after an answer to asked where no further
// question comes. Failures and what is skipped lead to no end.
func (n *node) follow(asked *node, ends *[]string, seen map[*node]bool) {
	for _, e := range n.edges() {
		next := e.to.node
		if e.failed || e.to == &n.skip || e.to.to != toNode || seen[next] || next.act == actAsk {
			continue
		}
		seen[next] = true
		leads := next.leadsOn(asked)
		if next.speaks() && !leads {
			*ends = append(*ends, next.key)
		}
		if next.act != actMenu || leads {
			next.follow(asked, ends, seen)
		}
	}
}

// leadsOn tells whether a node is no end but a fork between two questions: all
// its ways that stay in the dialog lead straight to one that comes after asked.
func (n *node) leadsOn(asked *node) bool {
	stays := false
	for _, e := range n.edges() {
		if e.to.to == toCall && n.act == actMenu { // to a person, to the menu
			continue
		}
		if e.to.to != toNode || !e.to.node.asksAfter(asked) {
			return false
		}
		stays = true
	}
	return stays
}

// asksAfter tells whether a node asks for something that comes after another
// question, at once or once a slot is set.
func (n *node) asksAfter(asked *node) bool {
	if n.act == actSet && len(n.next) == 1 && n.next[0].to.to == toNode {
		n = n.next[0].to.node
	}
	return n.act == actAsk && slices.Index(n.tree.nodes, n) > slices.Index(n.tree.nodes, asked)
}
