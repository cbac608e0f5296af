package desk

import (
	"io/fs"
	"strings"
	"testing"
)

// TestStylesClose: a brace that a merge lost would put all that follows inside
// another rule, and nothing would say so.
func TestStylesClose(t *testing.T) {
	files, err := fs.Glob(assets, "static/*.css")
	if err != nil || len(files) < 3 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		css, err := fs.ReadFile(assets, file)
		if err != nil {
			t.Fatal(err)
		}
		depth := 0
		for i, line := range strings.Split(string(css), "\n") {
			if strings.HasPrefix(line, "/*") && depth > 0 {
				t.Errorf("%s:%d: a block begins inside another", file, i+1)
			}
			depth += strings.Count(line, "{") - strings.Count(line, "}")
		}
		if depth != 0 {
			t.Errorf("%s: %d braces are open at the end", file, depth)
		}
	}
}
