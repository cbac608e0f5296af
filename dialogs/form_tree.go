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
			t.intents = append(t.intents, f.entry(e))
		}
	case "prompts":
		for _, o := range f.fields(fd.value, "prompts") {
			t.prompts = append(t.prompts, f.opening(o))
		}
	case "reads":
		for _, r := range f.fields(fd.value, "reads") {
			t.reads = append(t.reads, reading{r.key, f.name(r.value, "reads "+r.key), r.line})
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

// entry reads where an intent, or a subject of it, enters the dialog.
func (f *form) entry(fd field) entry {
	intent, subject, within := strings.Cut(fd.key, "/")
	if !nameForm.MatchString(intent) || within && !nameForm.MatchString(subject) {
		f.report(fd.line, "D00", "intent %q must be a name, or intent/subject", fd.key)
	}
	return entry{intent, subject, f.target(fd.value, "intent "+fd.key)}
}

// opening reads which slots a node is given when the service opens it by itself.
func (f *form) opening(fd field) opening {
	o := opening{to: target{name: fd.key, line: fd.line, to: toNode}}
	if fd.value.Kind != yaml.SequenceNode || len(fd.value.Content) > 0 {
		o.slots = f.names(fd.value, "prompt "+fd.key)
	}
	return o
}
