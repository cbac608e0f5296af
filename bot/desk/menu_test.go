package desk

import (
	"strings"
	"testing"
)

// TestMenu: each role finds what it may open, and nothing else.
func TestMenu(t *testing.T) {
	for _, tt := range []struct{ login, wants, lacks string }{
		{"awa", "/desk/", "/desk/agents"},
		{"nora", "/desk/", "/desk/journal"},
		{"chef", "/desk/agents", "/desk/events"}, // here there is no calendar
		{"chef", "/desk/journal", "/desk/learn"}, // nor anything to learn from
	} {
		nav, _, _ := strings.Cut(opened(t, furnish(), nil).enter(tt.login).get("/desk/").body, "</header>")
		if !strings.Contains(nav, `href="`+tt.wants+`"`) || strings.Contains(nav, `href="`+tt.lacks+`"`) {
			t.Errorf("%s: wants %s and not %s in %s", tt.login, tt.wants, tt.lacks, nav)
		}
	}
}

// TestFonts: the letters that an office PC lacks come from here, and stay.
func TestFonts(t *testing.T) {
	b := opened(t, furnish(), nil)
	for _, name := range []string{"noto-tamil-400.woff2", "noto-arabic-700.woff2", "noto-chinese-119.woff2"} {
		got := b.get("/static/" + name)
		if got.status != 200 || got.header.Get("Content-Type") != "font/woff2" || !strings.Contains(got.header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v", name, got.status, got.header)
		}
	}
	b.get("/static/OFL.txt").wants(t, 200, "SIL Open Font License")
}
