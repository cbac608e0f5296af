package dialogs

import (
	"fmt"
	"regexp"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// A form reads one file: strictly, so that a mistyped key is a problem and not
// a silence, and keeping the lines, so that every problem says where.
type form struct {
	file     string
	problems []Problem
}

// A field is a key of a mapping with what it says.
type field struct {
	key   string
	line  int
	value *yaml.Node
}

func itoa(n int) string { return strconv.Itoa(n) }

// report notes a broken rule.
func (f *form) report(line int, code, format string, args ...any) {
	f.problems = append(f.problems, Problem{File: f.file, Line: line, Code: code, Text: fmt.Sprintf(format, args...)})
}

// bad notes a problem of form.
func (f *form) bad(n *yaml.Node, format string, args ...any) {
	f.report(n.Line, "D00", format, args...)
}

// fields returns the keys of a mapping in written order.
func (f *form) fields(n *yaml.Node, what string) []field {
	if n.Kind != yaml.MappingNode {
		f.bad(n, "%s must be a list of \"key: value\"", what)
		return nil
	}
	var list []field
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := f.text(n.Content[i], "a key of "+what)
		if seen[key] {
			f.bad(n.Content[i], "%s says %q twice", what, key)
			continue
		}
		seen[key] = true
		list = append(list, field{key, n.Content[i].Line, n.Content[i+1]})
	}
	return list
}

// text returns a word or a sentence.
func (f *form) text(n *yaml.Node, what string) string {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" || n.Value == "" {
		f.bad(n, "%s must be a word", what)
		return ""
	}
	return n.Value
}

var nameForm = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// name returns a word of small letters, figures and _.
func (f *form) name(n *yaml.Node, what string) string {
	s := f.text(n, what)
	if s != "" && !nameForm.MatchString(s) {
		f.bad(n, "%s: %q must be small letters, figures and _", what, s)
	}
	return s
}

// names returns a list of names.
func (f *form) names(n *yaml.Node, what string) []string {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		f.bad(n, "%s must be a list: [a, b]", what)
		return nil
	}
	var list []string
	seen := map[string]bool{}
	for _, c := range n.Content {
		s := f.name(c, what)
		if seen[s] {
			f.bad(c, "%s says %q twice", what, s)
		}
		seen[s] = true
		list = append(list, s)
	}
	return list
}

// number returns a whole number from 0 on.
func (f *form) number(n *yaml.Node, what string) int {
	v, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil || v < 0 || v > 999_999_999 {
		f.bad(n, "%s must be a whole number from 0 on", what)
		return 0
	}
	return v
}

// yes returns true or false.
func (f *form) yes(n *yaml.Node, what string) bool {
	if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" {
		f.bad(n, "%s must be true or false", what)
		return false
	}
	return n.Value == "true"
}

// target returns where a path goes on; names are resolved later.
func (f *form) target(n *yaml.Node, what string) target {
	return target{name: f.text(n, what), line: n.Line}
}
