package dialogs

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// tree reads the file of a dialog; nil when it cannot be read at all.
func (f *form) tree(data []byte) *tree {
	var doc, more yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&doc); err != nil {
		f.report(yamlLine(err), "D00", "this is not YAML: %v", err)
		return nil
	}
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		f.report(max(more.Line, 1), "D00", "a file holds one dialog")
		return nil
	}
	root := doc.Content[0]
	if n := aliased(root); n != nil {
		f.bad(n, "a tree uses no anchors (& and *): write it out")
		return nil
	}
	t := &tree{file: f.file, line: root.Line, slot: map[string]*slot{}, node: map[string]*node{}}
	for _, fd := range f.fields(root, "a dialog") {
		f.header(t, fd)
	}
	f.whole(t, root)
	return t
}

// yamlLine finds the line that a YAML error speaks of; 1 when it names none.
func yamlLine(err error) int {
	_, after, _ := strings.Cut(err.Error(), "line ")
	line := 0
	for _, c := range after {
		if c < '0' || c > '9' {
			break
		}
		line = line*10 + int(c-'0')
	}
	return max(line, 1)
}

func aliased(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		return n
	}
	for _, c := range n.Content {
		if a := aliased(c); a != nil {
			return a
		}
	}
	return nil
}

// header reads one key of the header.
func (f *form) header(t *tree, fd field) {
	switch fd.key {
	case "dialog":
		t.id, t.line = f.name(fd.value, "dialog"), fd.line
	case "about":
		t.about = f.text(fd.value, "about")
	case "owner":
		t.owner, t.ownerLine = f.text(fd.value, "owner"), fd.line
	case "review":
		t.review, t.reviewLine = f.text(fd.value, "review"), fd.line
		if !KindDate.canonical(t.review) {
			f.bad(fd.value, "review must be a date: 2027-03-31")
		}
	case "intents":
		for _, e := range f.fields(fd.value, "intents") {
			t.intents = append(t.intents, entry{e.key, f.target(e.value, "intent "+e.key)})
		}
	case "slots":
		for _, s := range f.fields(fd.value, "slots") {
			f.addSlot(t, s)
		}
	case "start":
		t.startName = f.target(fd.value, "start")
	case "nodes":
		for _, n := range f.fields(fd.value, "nodes") {
			f.addNode(t, n)
		}
	default:
		f.report(fd.line, "D00", "a dialog has no key %q", fd.key)
	}
}

// whole checks that nothing is missing from the header.
func (f *form) whole(t *tree, root *yaml.Node) {
	for _, need := range []struct{ key, value string }{
		{"dialog", t.id}, {"about", t.about}, {"owner", t.owner}, {"review", t.review}, {"start", t.startName.name},
	} {
		if need.value == "" {
			f.bad(root, "the dialog does not say its %q", need.key)
		}
	}
	if len(t.nodes) == 0 {
		f.bad(root, "the dialog has no nodes")
	}
	base, _ := strings.CutSuffix(t.file[strings.LastIndex(t.file, "/")+1:], ".yaml")
	if t.id != "" && t.id != base {
		f.report(t.line, "D00", "dialog %q must be in the file %s.yaml", t.id, t.id)
	}
	if t.id == "global" {
		f.report(t.line, "D00", "a dialog cannot be called global: these are the engine's own texts")
	}
}

// addSlot reads a slot.
func (f *form) addSlot(t *tree, fd field) {
	s := &slot{name: fd.key, line: fd.line, labels: map[string]string{}}
	if !nameForm.MatchString(s.name) {
		f.report(fd.line, "D00", "slot %q must be small letters, figures and _", s.name)
	}
	for _, p := range f.fields(fd.value, "slot "+s.name) {
		switch p.key {
		case "type":
			s.kind = Kind(f.text(p.value, "type"))
		case "min":
			s.min = f.number(p.value, "min")
		case "max":
			s.max = f.number(p.value, "max")
		case "of":
			s.of = f.names(p.value, "of")
		case "list":
			s.list = f.text(p.value, "list")
		case "private":
			s.private = f.yes(p.value, "private")
		default:
			f.report(p.line, "D00", "slot %s has no key %q", s.name, p.key)
		}
	}
	f.soundSlot(s)
	t.slots = append(t.slots, s)
	t.slot[s.name] = s
}

// soundSlot checks that the keys of a slot go together.
func (f *form) soundSlot(s *slot) {
	number := s.kind == KindCount || s.kind == KindEuros
	switch {
	case !s.kind.known():
		f.report(s.line, "D00", "slot %s: there is no type %q", s.name, s.kind)
	case s.min != 0 && !number, s.max != 0 && !number && s.kind != KindText:
		f.report(s.line, "D00", "slot %s: a %s has no min or max", s.name, s.kind)
	case s.max != 0 && s.min > s.max:
		f.report(s.line, "D00", "slot %s: min is more than max", s.name)
	case (s.of != nil || s.list != "") && s.kind != KindChoice:
		f.report(s.line, "D00", "slot %s: only a choice has \"of\" or \"list\"", s.name)
	case s.of != nil && s.list != "":
		f.report(s.line, "D00", "slot %s: choices come from \"of\" or from \"list\", not both", s.name)
	}
}
