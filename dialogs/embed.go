package dialogs

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed trees/*.yaml
var embedded embed.FS

// Default reads the trees of the relais, which are in the program itself.
func Default() (*Book, []Problem) {
	trees, err := fs.Sub(embedded, "trees")
	if err != nil {
		return nil, []Problem{{File: "trees", Line: 1, Code: "D00", Text: err.Error()}}
	}
	b, problems := Read(trees)
	for i := range problems {
		problems[i].File = "trees/" + problems[i].File
	}
	if b != nil {
		for _, t := range b.trees {
			t.file = "trees/" + t.file
		}
	}
	return b, problems
}

//go:embed released.txt
var released string

// Released returns the nodes of the last release, as "dialog.node": a session
// of that time may stand at any of them (D16).
func Released() []string {
	var nodes []string
	for line := range strings.Lines(released) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			nodes = append(nodes, line)
		}
	}
	return nodes
}

// Nodes returns all nodes of the trees, as "dialog.node": what released.txt is
// to hold when these trees are released.
func (b *Book) Nodes() []string {
	var nodes []string
	for _, t := range b.trees {
		for _, n := range t.nodes {
			nodes = append(nodes, n.key)
		}
	}
	return nodes
}
