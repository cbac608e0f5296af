package dialogs

import (
	"embed"
	"io/fs"
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
