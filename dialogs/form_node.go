package dialogs

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

// goesWith says which keys a node may have beside "next", "was" and "audience",
// by its act.
var goesWith = map[act][]string{
	actNone:     {"count"},
	actAsk:      {"count", "skip", "empty", "with", "sets", "fails"},
	actMenu:     {"count"},
	actLook:     {"with", "sets", "fails"},
	actHandoff:  {"count", "brief", "urgent"},
	actRegister: {"full", "mine"},
	actRecord:   {"with"},
}

// acts are the keys that make a node do something.
var acts = []string{"ask", "menu", "do", "handoff", "register", "cancel", "language", "note", "set", "forget", "record"}

// addNode reads a node.
func (f *form) addNode(t *tree, fd field) {
	n := &node{tree: t, name: fd.key, line: fd.line}
	if !nameForm.MatchString(n.name) || n.name == "end" || n.name == "back" {
		f.report(fd.line, "D00", "node %q must be small letters, figures and _, and neither end nor back", n.name)
	}
	fields := f.fields(fd.value, "node "+n.name)
	for _, p := range fields {
		if slices.Contains(acts, p.key) {
			if n.act != actNone {
				f.report(p.line, "D00", "node %s does two things: %s and %s", n.name, n.act, p.key)
			}
			n.act = act(p.key)
			f.actField(n, p)
		}
	}
	for _, p := range fields {
		if !slices.Contains(acts, p.key) {
			f.nodeField(n, p)
		}
	}
	f.soundNode(n)
	t.nodes = append(t.nodes, n)
	t.node[n.name] = n
}

// actField reads what a node does.
func (f *form) actField(n *node, p field) {
	switch act(p.key) {
	case actMenu:
		for _, o := range f.fields(p.value, "menu") {
			if !nameForm.MatchString(o.key) {
				f.report(o.line, "D00", "choice %q must be small letters, figures and _", o.key)
			}
			n.menu = append(n.menu, option{o.key, f.target(o.value, "choice "+o.key)})
		}
	case actLook, actRecord:
		n.function = f.text(p.value, p.key)
	case actHandoff:
		n.team = f.name(p.value, "handoff")
	case actNote:
		for _, o := range f.fields(p.value, "note") {
			n.notes = append(n.notes, note{o.key, f.name(o.value, "note "+o.key)})
		}
	case actSet:
		for _, o := range f.fields(p.value, "set") {
			n.settings = append(n.settings, setting{o.key, f.text(o.value, "set "+o.key)})
		}
	case actForget:
		if !f.yes(p.value, "forget") {
			f.report(p.line, "D00", "node %s: forget can only be true", n.name)
		}
	default:
		n.slotName = f.name(p.value, p.key)
	}
}

// nodeField reads the rest of a node.
func (f *form) nodeField(n *node, p field) {
	switch p.key {
	case "next":
		n.next = f.branches(p.value)
		return
	case "was":
		n.was = f.wasNames(p.value)
		return
	case "audience":
		if n.audience = f.name(p.value, "audience"); n.audience != "parent" && n.audience != "childminder" {
			f.bad(p.value, "audience is parent or childminder, not %q", n.audience)
		}
		return
	}
	if !slices.Contains(goesWith[n.act], p.key) {
		f.report(p.line, "D00", "node %s has no key %q beside %q", n.name, p.key, describe(n.act))
		return
	}
	switch p.key {
	case "count":
		n.count = f.name(p.value, "count")
	case "with":
		n.with = f.names(p.value, "with")
	case "sets":
		n.sets = f.names(p.value, "sets")
	case "brief":
		n.brief = f.names(p.value, "brief")
	case "urgent":
		n.urgent = f.yes(p.value, "urgent")
	case "skip":
		n.skip = f.target(p.value, "skip")
	case "fails":
		n.fails = f.target(p.value, "fails")
	case "empty":
		n.empty = f.target(p.value, "empty")
	case "full":
		n.full = f.target(p.value, "full")
	case "mine":
		n.mine = f.target(p.value, "mine")
	}
}

func describe(a act) string {
	if a == actNone {
		return "next"
	}
	return string(a)
}

// wasNames reads the names that a node had: one, or a list.
func (f *form) wasNames(n *yaml.Node) []string {
	if n.Kind == yaml.ScalarNode {
		return []string{f.name(n, "was")}
	}
	return f.names(n, "was")
}

// branches reads "next": a target, or conditions closed by else.
func (f *form) branches(n *yaml.Node) []branch {
	if n.Kind == yaml.ScalarNode {
		return []branch{{to: f.target(n, "next")}}
	}
	if n.Kind != yaml.SequenceNode {
		f.bad(n, "next must be a target, or a list of {if: slot op value, go: target} closed by {else: target}")
		return nil
	}
	var list []branch
	for i, c := range n.Content {
		b := f.branch(c)
		if last := i == len(n.Content)-1; (b.when == nil) != last {
			f.report(c.Line, "D05", "conditions must close with {else: target}, and only there")
		}
		list = append(list, b)
	}
	return list
}

// branch reads one line of conditions.
func (f *form) branch(n *yaml.Node) branch {
	var b branch
	for _, p := range f.fields(n, "a condition") {
		switch p.key {
		case "if":
			b.when = f.condition(p.value)
		case "go", "else":
			b.to = f.target(p.value, p.key)
		default:
			f.report(p.line, "D00", "a condition has no key %q", p.key)
		}
	}
	hasElse := slices.ContainsFunc(n.Content, func(c *yaml.Node) bool { return c.Value == "else" })
	if !b.to.written() || hasElse != (b.when == nil) {
		f.report(n.Line, "D05", "write {if: slot op value, go: target} or {else: target}")
	}
	return b
}

// soundNode checks that a node says all that it must.
func (f *form) soundNode(n *node) {
	if n.act == actMenu {
		if len(n.next) > 0 {
			f.report(n.line, "D00", "node %s: a menu has no next, each choice says where it goes", n.name)
		}
		if len(n.menu) == 0 {
			f.report(n.line, "D00", "node %s: the menu has no choice", n.name)
		}
	} else if len(n.next) == 0 {
		f.report(n.line, "D00", "node %s does not say what comes next", n.name)
	}
	if n.act == actLook && !n.fails.written() {
		f.report(n.line, "D00", "node %s does not say where it goes when the look-up fails", n.name)
	}
	if n.act == actRegister && !n.full.written() {
		f.report(n.line, "D00", "node %s does not say where it goes when the event is full", n.name)
	}
	if n.act == actNote && len(n.notes) == 0 {
		f.report(n.line, "D00", "node %s notes nothing", n.name)
	}
}
