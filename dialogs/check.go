package dialogs

import (
	"fmt"
	"slices"
)

// Surroundings is what the trees rely on: the words, the look-ups, the teams.
type Surroundings struct {
	Words     Words // nil: texts are not checked
	Functions []Function
	Records   []Function // what the service keeps: Name and With
	Teams     []string
	Intents   []string // what the reader of messages knows; nil: not checked
	Subjects  []string // what it tells apart within them, as "intent/subject"; nil: not checked
	// Unanswered lists the intents and subjects that the reader knows and no
	// dialog answers, on purpose.
	Unanswered    []string
	FactInForce   func(id string) bool  // nil: not checked
	Today         string                // "2026-11-23"; "": dates are not checked
	SegmentBudget func(lang string) int // SMS segments for a text with its choices; nil: not checked
	// Released lists the nodes of the last release, as "dialog.node", see
	// [Released].
	Released []string
}

// Check proves the trees against their surroundings and returns every broken
// rule, by file and line. What [Read] proves already (D00, D05, and targets and
// slots that exist) cannot be broken here.
func (b *Book) Check(s Surroundings) []Problem {
	c := &checker{book: b, s: s, functions: named(s.Functions), records: named(s.Records)}
	c.engine()
	c.intents()
	c.released()
	for _, t := range b.trees {
		c.file = t.file
		c.header(t)
		c.readings(t)
		c.paths(t)
		for _, n := range t.nodes {
			c.node(n)
		}
		c.slots(t)
	}
	c.loops()
	if s.Words != nil {
		c.texts()
	}
	return sorted(c.problems)
}

// named returns functions by name.
func named(list []Function) map[string]Function {
	functions := make(map[string]Function, len(list))
	for _, f := range list {
		functions[f.Name] = f
	}
	return functions
}

// A checker collects what is wrong.
type checker struct {
	book      *Book
	s         Surroundings
	functions map[string]Function
	records   map[string]Function
	file      string
	problems  []Problem
}

func (c *checker) report(line int, code, format string, args ...any) {
	c.problems = append(c.problems, Problem{File: c.file, Line: line, Code: code, Text: fmt.Sprintf(format, args...)})
}

// engine checks that the places exist which the engine goes to by itself.
func (c *checker) engine() {
	c.file = "."
	for _, id := range engineNodes() {
		if c.book.address(id) == nil {
			c.report(1, "D01", "the engine goes to %s by itself, and it does not exist", id)
		}
	}
}

// header checks what a dialog says of itself.
func (c *checker) header(t *tree) {
	if !slices.Contains(c.s.Teams, t.owner) {
		c.report(t.ownerLine, "D04", "owner: there is no team %q", t.owner)
	}
	if c.s.Today != "" && t.review < c.s.Today {
		c.report(t.reviewLine, "D15", "was to be read again by %s; read it, then move the date", t.review)
	}
	if n, _ := c.book.near(); t.id == dialogNear && n == nil {
		c.report(t.line, "D04", "a location that a family shares opens %s: it needs a slot %s of type %s", t.id, slotWhere, KindPlace)
	}
	if len(t.intents) == 0 && len(t.prompts) == 0 && !known(t.id) && t.id != dialogNear && !c.called(t) {
		c.report(t.line, "D14", "no intent, no prompt and no target of another dialog leads to %s", t.id)
	}
}

// readings checks that the lists can be seen at once that say which choice a
// message names.
func (c *checker) readings(t *tree) {
	for _, r := range t.reads {
		f, ok := c.functions[t.slot[r.slot].list]
		for name := range f.With {
			if ok && !slices.Contains(f.Optional, name) {
				c.report(r.line, "D04", "reads: %s of the slot %s waits for %s", f.Name, r.slot, name)
			}
		}
	}
}

// called tells whether another dialog leads to this one.
func (c *checker) called(t *tree) bool {
	for _, other := range c.book.trees {
		for _, n := range other.nodes {
			for _, e := range n.edges() {
				if other != t && e.to.to == toCall && e.to.node.tree == t {
					return true
				}
			}
		}
	}
	return false
}

// intents checks that the reader of messages and the trees know the same ones.
func (c *checker) intents() {
	if c.s.Intents == nil {
		return
	}
	for _, t := range c.book.trees {
		c.file = t.file
		for _, e := range t.intents {
			if !c.s.reads(e) {
				c.report(e.to.line, "D14", "intent %s: no message is ever read so", e.id())
			}
		}
	}
	c.file = "."
	for _, id := range slices.Concat(c.s.Intents, c.s.Subjects) {
		if c.book.intents[id] == nil && c.book.subjects[id] == nil && !slices.Contains(c.s.Unanswered, id) {
			c.report(1, "D14", "intent %s: no dialog answers it", id)
		}
	}
}

// reads tells whether a message may be read as an entry of a dialog.
func (s *Surroundings) reads(e entry) bool {
	known := e.subject == "" || s.Subjects == nil || slices.Contains(s.Subjects, e.id())
	return known && slices.Contains(s.Intents, e.intent)
}

// released checks that a session of the last release finds its node.
func (c *checker) released() {
	c.file = "."
	for _, key := range c.s.Released {
		p := lastPlace(key)
		t := c.book.tree[p.dialog]
		switch {
		case t == nil:
			c.report(1, "D16", "dialog %s of the last release is gone: keep it for a release, leading elsewhere", p.dialog)
		case t.node[p.node] == nil:
			c.file = t.file
			c.report(t.line, "D16", "node %s of the last release is gone: say \"was: %s\" at its successor", p.node, p.node)
			c.file = "."
		}
	}
}

// slots checks that every slot is used.
func (c *checker) slots(t *tree) {
	used := map[string]bool{}
	for _, n := range t.nodes {
		for _, s := range slices.Concat(n.reads(), n.with, n.weighed(), n.gained(), n.brief, []string{n.slotName}) {
			used[s] = true
		}
		for _, k := range n.texts() {
			for _, s := range c.quotes(k.key) {
				used[s] = true
			}
		}
	}
	for _, s := range t.slots {
		if !used[s.name] {
			c.report(s.line, "D18", "slot %s is never used", s.name)
		}
	}
}
