package sms

import (
	"strings"
	"testing"
	"unicode"
)

const more = "SUITE = la suite"

func TestPages(t *testing.T) {
	short := "Bonjour."
	if got := Pages(short, 2, more); len(got) != 1 || got[0] != short {
		t.Errorf("%q", got)
	}
	if got := Pages("", 2, more); len(got) != 1 || got[0] != "" {
		t.Errorf("%q", got)
	}
	sentence := "Le relais est ouvert le mardi, de 9h à 12h, sur rendez-vous. " // 61
	for name, c := range map[string]struct {
		text string
		max  int
		ends []string // how the pages end before the hint
	}{
		"paragraph": {strings.Repeat(sentence, 3) + "Fin du début.\n\n" + strings.Repeat(sentence, 3), 2, []string{"Fin du début.", "rendez-vous."}},
		"sentence":  {strings.Repeat(sentence, 10), 2, []string{"rendez-vous.", "rendez-vous.", "rendez-vous."}},
		"word":      {strings.Repeat("relais ", 60), 2, []string{"relais", "relais"}},
		"letter":    {strings.Repeat("a", 400), 2, []string{"a", "a"}},
		"family":    {strings.Repeat("👨‍👩‍👧‍👦", 30), 2, []string{"👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"}},
		"arabic":    {strings.Repeat("نفتح أبوابنا يوم الثلاثاء والخميس. ", 8), 2, []string{"والخميس.", "والخميس.", "والخميس."}},
		"one":       {strings.Repeat(sentence, 4), 1, []string{"rendez-vous.", "rendez-vous."}},
	} {
		pages := Pages(c.text, c.max, more)
		if len(pages) != len(c.ends) {
			t.Errorf("%s: %d pages: %q", name, len(pages), pages)
			continue
		}
		for i, page := range pages {
			if strings.HasSuffix(page, "\n"+more) != (i < len(pages)-1) {
				t.Errorf("%s: hint of page %d: %q", name, i, page)
			}
			if body := strings.TrimRight(strings.TrimSuffix(page, "\n"+more), " "); !strings.HasSuffix(body, c.ends[i]) {
				t.Errorf("%s: page %d ends %q", name, i, body)
			}
		}
	}
}

// Letters stay true on a page where folding them saves nothing.
func TestPagesFoldEachPage(t *testing.T) {
	pages := Pages(strings.Repeat("Être reçu ici. ", 19)+"\n"+strings.Repeat("👶 ç ", 20), 2, more)
	if len(pages) != 2 || strings.Contains(pages[0], "ê") || !strings.Contains(pages[1], "👶 ç") {
		t.Errorf("%q", pages)
	}
}

func TestPagesHintTooLong(t *testing.T) {
	pages := Pages(strings.Repeat("mot ", 100), 1, strings.Repeat("b", 200))
	if len(pages) != 3 || strings.Contains(pages[0], "b") || !strings.HasSuffix(pages[0], " mot") {
		t.Errorf("%q", pages)
	}
}

func FuzzPages(f *testing.F) {
	for _, s := range []string{"", " ", strings.Repeat("mot ", 50), "\u0301", " \u0301", "e" + strings.Repeat("\u0301", 300), strings.Repeat("👨‍👩‍👧‍👦 ç", 60), "a\xff\n\n", arabic + french} {
		f.Add(s, 2)
	}
	f.Fuzz(func(t *testing.T, text string, max int) {
		max = 1 + (max%4+4)%4
		checkPages(t, text, max, more)
		checkPages(t, strings.Repeat(text, 5), max, "")
	})
}

func checkPages(t *testing.T, text string, max int, hint string) {
	t.Helper()
	pages := Pages(text, max, hint)
	for i, page := range pages {
		if size := Measure(page); size.Segments > max {
			t.Errorf("%q: page %d takes %d segments: %q", text, i, size.Segments, page)
		}
		if i > 0 && plainASCII(text) && strings.TrimLeft(page, " \n") != page {
			t.Errorf("%q: page %d begins with a space: %q", text, i, page)
		}
		if again := Fit(page); again != page {
			t.Errorf("%q: page %q would leave as %q", text, page, again)
		}
	}
	if hint == "" && plainASCII(text) && unspaced(strings.Join(pages, "")) != unspaced(text) {
		t.Errorf("%q lost something: %q", text, pages)
	}
}

func plainASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' || r > '~' || r == '`' })
}

func unspaced(s string) string {
	return strings.Join(strings.FieldsFunc(s, unicode.IsSpace), "")
}

func BenchmarkPages(b *testing.B) {
	text := strings.Repeat(french+" ê\n", 12)
	b.ReportAllocs()
	for b.Loop() {
		Pages(text, 2, more)
	}
}

// An answer leaves in pages of two segments, of three where letters cost more.
func TestAnswer(t *testing.T) {
	for _, tt := range []struct {
		text string
		most int
	}{{strings.Repeat("une place en garde ", 60), 2}, {strings.Repeat("مكان في الحضانة ", 60), 3}} {
		for i, page := range Answer(tt.text, "SUITE") {
			if n := Measure(page).Segments; n > tt.most || i == 0 && n < tt.most {
				t.Errorf("page %d takes %d segments, want %d", i, n, tt.most)
			}
		}
	}
}
