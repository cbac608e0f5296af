package dialogs

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// operators is the whole language of conditions, so that a program can reason
// about a path.
var operators = []string{"=", "!=", "<", "<=", ">", ">="}

// condition reads "slot op value".
func (f *form) condition(n *yaml.Node) *condition {
	words := strings.Fields(n.Value)
	if n.Kind != yaml.ScalarNode || len(words) != 3 || !slices.Contains(operators, words[1]) {
		f.report(n.Line, "D05", "a condition is \"slot op value\", with op one of %s", strings.Join(operators, " "))
		return &condition{line: n.Line}
	}
	return &condition{slot: words[0], op: words[1], value: words[2], line: n.Line}
}

// compare checks a condition against the slot that it reads.
func (f *form) compare(n *node, c *condition) {
	s := n.tree.slot[c.slot]
	switch {
	case c.slot == "": // already reported
	case s == nil:
		f.report(c.line, "D04", "%s: there is no slot %q", n.name, c.slot)
	case s.kind == KindPlace && c.value != placeShared && c.value != placeTyped:
		f.report(c.line, "D05", "%s: a place is %s or %s", n.name, placeShared, placeTyped)
	case c.op != "=" && c.op != "!=" && !s.kind.ordered():
		f.report(c.line, "D05", "%s: a %s is equal or not, %q means nothing", n.name, s.kind, c.op)
	case !s.kind.canonical(c.value), s.of != nil && !s.labelled(c.value):
		f.report(c.line, "D05", "%s: %q is never a value of %s", n.name, c.value, c.slot)
	default:
		c.kind = s.kind
	}
}
