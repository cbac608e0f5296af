package desk

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"doudou/locales"
)

// TestTreesHaveNamesAtTheDesk reads the dialog trees: every topic, every note and
// every slot that a brief may show must be called something in both languages.
func TestTreesHaveNamesAtTheDesk(t *testing.T) {
	c, err := locales.Desk()
	if err != nil {
		t.Fatal(err)
	}
	trees, err := filepath.Glob("../../dialogs/trees/*.yaml")
	if err != nil || len(trees) < 5 {
		t.Fatalf("%d trees, %v", len(trees), err)
	}
	for _, tree := range trees {
		src, err := os.ReadFile(tree)
		if err != nil {
			t.Fatal(err)
		}
		dialog := strings.TrimSuffix(filepath.Base(tree), ".yaml")
		for _, lang := range c.Languages() {
			for _, key := range append(named(string(src)), "desk.topic."+dialog) {
				own := strings.Replace(key, "desk.slot.", "desk.slot."+dialog+".", 1)
				if !c.Has(lang, key) && !c.Has(lang, own) {
					t.Errorf("%s: desk.%s.toml has no %q", filepath.Base(tree), lang, key)
				}
			}
		}
	}
}

var (
	slots = regexp.MustCompile(`(?m)^  ([a-z_]+): \{type: (.*)\}$`)
	notes = regexp.MustCompile(`note: \{([a-z_]+):`)
)

func named(tree string) []string {
	var keys []string
	for _, m := range slots.FindAllStringSubmatch(tree, -1) {
		if hidden := strings.Contains(m[2], "private: true") || strings.HasPrefix(m[2], "place"); !hidden {
			keys = append(keys, "desk.slot."+m[1])
		}
	}
	for _, m := range notes.FindAllStringSubmatch(tree, -1) {
		keys = append(keys, "desk.note."+m[1])
	}
	return keys
}
