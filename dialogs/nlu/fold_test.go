package nlu

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"Crèche":              "creche",
		"CRÈCHE de l’École":   "creche de l ecole",
		"merciiiii":           "merci",
		"pelle":               "pelle",
		"1000 000":            "1000 000",
		"İstanbul ıslak":      "istanbul islak",
		"Œuf ß":               "oeuf ss",
		"كَيْفَ أُسَجِّلُ":    "كيف اسجل",
		"الحضانة":             "الحضانه",
		"الـــحضانة":          "الحضانه",
		"இடம் வேண்டும்":       "இடம் வேண்டும்",
		"বাচ্চাকে":            "বাচ্চাকে",
		"٢٥٠٠ ২৫ ௨௫ ２５":       "2500 25 25 25",
		"ok 👍 🎉":              "ok 👍",
		"pajemploi+":          "pajemploi+",
		"  a \t\r\n b  ":      "a b",
		"a\u202eb\u200dc":     "abc",
		"\u0301\u0301bon":     "bon",
		"托儿所，多少钱？":            "托儿所 多少钱",
		"":                    "",
		"…":                   "",
		"kifach nsajel 3endi": "kifach nsajel 3endi",
	} {
		if got := fold(text); got != want {
			t.Errorf("fold(%q) = %q, not %q", text, got, want)
		}
	}
}

// TestIndicVowels checks that the vowel signs of Tamil and Bengali, which are
// marks to Unicode, survive: without them "no" and "house" are the same.
func TestIndicVowels(t *testing.T) {
	for _, pair := range [][2]string{{"பல்", "பால்"}, {"না", "নে"}, {"বাড়ি", "বড়"}} {
		if fold(pair[0]) == fold(pair[1]) {
			t.Errorf("%q and %q fold to the same %q", pair[0], pair[1], fold(pair[0]))
		}
	}
	if fold("বাড়ি") != fold("বা\u09dcি") {
		t.Error("the two ways to write ড় fold to different words")
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string][]string{
		"j'ai 2 enfants": {"j", "ai", "2", "enfants"},
		"CMG金额":          {"cmg", "金", "额"},
		"":               {},
	} {
		if got := words(fold(text)); !slices.Equal(got, want) {
			t.Errorf("words of %q: %q, not %q", text, got, want)
		}
	}
}

func TestHead(t *testing.T) {
	if got := utf8.RuneCountInString(head(strings.Repeat("é", 4000))); got != maxRunes {
		t.Errorf("%d runes are read instead of %d", got, maxRunes)
	}
	if got := head("court"); got != "court" {
		t.Errorf("a short text is read as %q", got)
	}
}

func TestKeys(t *testing.T) {
	for _, same := range [][]string{{"creche", "kreche", "crech"}, {"assistante", "asistante"}, {"quoi", "koi"}} {
		for _, w := range same[1:] {
			if phonetic(w) != phonetic(same[0]) {
				t.Errorf("%s sounds %q and %s %q", same[0], phonetic(same[0]), w, phonetic(w))
			}
		}
	}
	if phonetic("creche") == phonetic("commission") {
		t.Error("everything sounds the same")
	}
	for arabic, latin := range map[string]string{"نسجل": "nsajel", "خدمة": "khdma", "شحال": "chhal"} {
		if skeleton(fold(arabic)) != skeleton(latin) && !strings.HasPrefix(skeleton(fold(arabic)), skeleton(latin)) {
			t.Errorf("%s has the consonants %q and %s %q", arabic, skeleton(fold(arabic)), latin, skeleton(latin))
		}
	}
}

func TestPattern(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"je/j veux .. mourir", "je veux vraiment plus mourir", true},
		{"je/j veux .. mourir", "je veux un deux trois quatre mourir", false},
		{"est? mort", "", false},
		{"creche*", "les crèches", true},
		{"creche", "crèches", false},
		{"a b? c", "a c", true}, {"a b? c", "a b c", true}, {"a b? c", "a x c", false},
		{"حضانة", "للحضانة", true}, {"حضانة", "والحضانات", false}, {"حضان", "والحضانات", true},
		{"托儿所", "附近托儿所", true}, {"托 .. 所", "托儿所", true},
	} {
		p, err := compile(0, c.pattern)
		if err != nil {
			if c.want {
				t.Error(err)
			}
			continue
		}
		found := false
		newPatternSet([]pattern{p}).find(stems(words(fold(c.text))), func(hit) { found = true })
		if found != c.want {
			t.Errorf("%q found in %q: %t", c.pattern, c.text, found)
		}
	}
}

func TestOneWrong(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"creche", "creche", true}, {"crehce", "creche", true}, {"crche", "creche", true}, {"crechee", "creche", true},
		{"crucheq", "creche", false}, {"kreche", "creche", false}, {"abcd", "abdce", false},
	} {
		if got := oneWrong(c.a, c.b); got != c.want {
			t.Errorf("oneWrong(%q, %q) = %t", c.a, c.b, got)
		}
	}
}

// FuzzFold checks what all that reads a folded text relies on.
func FuzzFold(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Add("Crèche de l’École, ２５ €")
	f.Add("كَيْفَ أُسَجِّلُ الـــحضانة")
	f.Fuzz(func(t *testing.T, text string) {
		folded := fold(text)
		switch {
		case !utf8.ValidString(folded):
			t.Errorf("fold(%q) = %q, which is no text", text, folded)
		case strings.TrimSpace(folded) != folded || strings.Contains(folded, "  "):
			t.Errorf("fold(%q) = %q, with spaces to spare", text, folded)
		case fold(folded) != folded:
			t.Errorf("fold(%q) = %q, which folds to %q", text, folded, fold(folded))
		}
		for _, w := range words(folded) {
			if w == "" || strings.Contains(w, " ") {
				t.Errorf("a word of %q is %q", folded, w)
			}
		}
	})
}
