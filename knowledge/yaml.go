package knowledge

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"time"

	"go.yaml.in/yaml/v3"
)

// A position is where something was read, for whoever must mend it.
type position struct {
	file string
	line int
}

// wrong says what is wrong there.
func (p position) wrong(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", p.file, p.line, fmt.Errorf(format, args...))
}

// readYAML reads one document into to, refusing unknown keys, and returns the
// document's nodes, for the lines.
func readYAML(fsys fs.FS, name string, to any) (*yaml.Node, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("%s:1: %w", name, err)
	}
	strict := yaml.NewDecoder(bytes.NewReader(data))
	strict.KnownFields(true)
	if err := strict.Decode(to); err != nil {
		return nil, located(name, err)
	}
	if err := strict.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s:1: there must be one document, without ---", name)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, located(name, err)
	}
	return doc.Content[0], nil
}

// yamlLine is how the YAML library says where.
var yamlLine = regexp.MustCompile(`line (\d+): `)

// located turns the library's error into file:line: text, a line each.
func located(file string, err error) error {
	texts := []string{err.Error()}
	if several := (*yaml.TypeError)(nil); errors.As(err, &several) {
		texts = several.Errors
	}
	var all []error
	for _, text := range texts {
		line := "1"
		if m := yamlLine.FindStringSubmatchIndex(text); m != nil {
			line, text = text[m[2]:m[3]], text[m[1]:]
		}
		all = append(all, fmt.Errorf("%s:%s: %s", file, line, text))
	}
	return errors.Join(all...)
}

// linesOf returns the line of each entry of the list called key.
func linesOf(doc *yaml.Node, key string) []int {
	var lines []int
	if list := under(doc, key); list != nil {
		for _, entry := range list.Content {
			lines = append(lines, entry.Line)
		}
	}
	return lines
}

// under returns what a document says under a key, nil when it says nothing.
func under(doc *yaml.Node, key string) *yaml.Node {
	for i := 0; doc != nil && i+1 < len(doc.Content); i += 2 {
		if doc.Content[i].Value == key {
			return doc.Content[i+1]
		}
	}
	return nil
}

// A day is a date of the files: 2026-11-23, zero when it is left out.
type day struct{ time.Time }

// UnmarshalYAML reads a day, quoted or not.
func (d *day) UnmarshalYAML(n *yaml.Node) error {
	if n.Value == "" {
		return nil
	}
	t, err := time.Parse(time.DateOnly, n.Value)
	if err != nil {
		return fmt.Errorf("line %d: a day is written 2026-11-23, not %q", n.Line, n.Value)
	}
	d.Time = t
	return nil
}

// dayOf returns the calendar day of t where it is, comparable with a file's day.
func dayOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// lineOf returns the line of a key at the top of a document.
func lineOf(doc *yaml.Node, key string) int {
	for i := 0; doc != nil && i+1 < len(doc.Content); i += 2 {
		if doc.Content[i].Value == key {
			return doc.Content[i].Line
		}
	}
	return 1
}
