package desk

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"doudou/locales"
)

// TestTreesHaveNamesAtTheDesk reads the dialog trees: every topic, every value
// of a brief and every note must be called something in both languages.
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
	briefs = regexp.MustCompile(`brief: \[([^\]]*)\]`)
	notes  = regexp.MustCompile(`note: \{([a-z_]+):`)
)

func named(tree string) []string {
	var keys []string
	for _, m := range briefs.FindAllStringSubmatch(tree, -1) {
		for slot := range strings.SplitSeq(m[1], ",") {
			keys = append(keys, "desk.slot."+strings.TrimSpace(slot))
		}
	}
	for _, m := range notes.FindAllStringSubmatch(tree, -1) {
		keys = append(keys, "desk.note."+m[1])
	}
	return keys
}
