package sms

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestFitSigns(t *testing.T) {
	for in, want := range map[string]string{
		"":                             "",
		"Bonjour, c'est le relais.":    "Bonjour, c'est le relais.",
		"l’accueil":                    "l'accueil",
		"«\u00a0oui\u00a0»":            "\"oui\"",
		"« oui », « non »":             "\"oui\", \"non\"",
		"Menu » Aide":                  "Menu \" Aide",
		"“a” „b” ‹c›":                  "\"a\" \"b\" <c>",
		"9h–12h — à l’heure":           "9h-12h - à l'heure",
		"suite…":                       "suite...",
		"• un\r\n• deux":               "- un\n- deux",
		"parent·e·s":                   "parent.e.s",
		"2\u202f100\u00a0€":            "2 100 €",
		"so\u00adft zero\u200bwidth":   "soft zerowidth",
		"\ufeffBOM\u2060":              "BOM",
		"a\u202eb\u2066c\u2069\u200fd": "abcd",
		"a\x00b\x1bc\x7fd":             "abcd",
		"tab\there\fpage\u2028line":    "tab here\npage\nline",
		"e\u0301te\u0301":              "été",
		"\u212b \u2126":                "Å Ω",
		"bro\xffken \ufffd":            "broken ?",
		"½ journée, 3 × 2 ÷ 6":         "1/2 journée, 3 x 2 / 6",
		"tapez 1 → suite":              "tapez 1 -> suite",
		"a\u200db\u200cc\ufe0f":        "abc",
		"می\u200cخواهم \u200fسلام":     "می\u200cخواهم \u200fسلام",
		"क्\u200dष":                    "क्\u200dष",
		"👨\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3": "👨\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3",
	} {
		if got := Fit(in); got != want {
			t.Errorf("Fit(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFitLetters(t *testing.T) {
	pad := strings.Repeat("a", 70)
	for in, want := range map[string]string{
		"ça reçoit":        "ça reçoit", // one segment: the true letters
		pad + "ç":          pad + "c",
		pad + "Ç":          pad + "Ç",
		pad + "êâîôûëï":    pad + "eaioueï"[:6] + "i",
		pad + "œuf Œuf":    pad + "oeuf OEuf",
		pad + "À Â Ê È":    pad + "A A E E",
		pad + "éèàùöüñ":    pad + "éèàùöüñ",
		pad + "ğışİ":       pad + "gisI",
		pad + "ăâîșțşţ":    pad + "aaistst",
		pad + "ãõáí":       pad + "aoai",
		pad + "n° 5 m²":    pad + "no 5 m2",
		pad + "ﬁn №":       pad + "fin No",
		pad + "ɛɔŋɲɓɗƴ":    pad + "eonnbdy",
		pad + "łđþẹ\u0301": pad + "ldthe",
		pad + "ê سلام":     pad + "ê سلام", // no plain form: nothing is gained
		pad + "ê 👶":        pad + "ê 👶",
		pad + "ê α":        pad + "ê α",
	} {
		if got := Fit(in); got != want {
			t.Errorf("Fit(%q) = %q, want %q", in[70:], got, want)
		}
	}
}

// What would cost a segment is left as it is.
func TestFitKeepsWhatIsShorter(t *testing.T) {
	arabic := func(n int) string { return strings.Repeat("م", n) }
	for in, want := range map[string]string{
		strings.Repeat("…", 70):            strings.Repeat("…", 70),
		"’" + arabic(68) + "…":             "'" + arabic(68) + "…",
		"’" + strings.Repeat("\u0958", 69): "'" + strings.Repeat("\u0958", 69), // never composed: twice as long in NFC
		strings.Repeat("€", 80) + "ê":      strings.Repeat("€", 80) + "ê",      // two segments in both alphabets
		// Two half flags fit at the end of a part and the start of the next; one flag does not.
		arabic(65) + "🇫\u200b🇷" + arabic(64): arabic(65) + "🇫\u200b🇷" + arabic(64),
	} {
		if got := Fit(in); got != want {
			t.Errorf("%q became %q", in, got)
		}
	}
}

// Texts in the style of the relais, written for one segment.
func TestShortTextsAreOneSegment(t *testing.T) {
	n := 0
	for line := range lines(t, "testdata/short.txt") {
		sent := Fit(string(line))
		if size := Measure(sent); size.Segments != 1 {
			t.Errorf("%d segments (%s, %d): %s", size.Segments, size.Encoding, size.Units, sent)
		}
		n++
	}
	if n < 20 {
		t.Errorf("only %d texts were read", n)
	}
}

func FuzzFit(f *testing.F) {
	pad := strings.Repeat("a", 69)
	for _, s := range []string{"", "ça", pad + "ê…", "«\u00a0oui\u00a0»", "e\u200b\u0301", "‹\u0338", "≥\u0338", "\u0958\u200d\ufe0f", "🏴\U000e0067\U000e007f",
		pad + "🇫\u200b🇷", "\r\r\n\f", "a\xff\u202e", "م\u200f\u200f1", "½\u0338\u2044"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkFit(t, text)
		checkFit(t, pad+text)
	})
}

func checkFit(t *testing.T, text string) {
	t.Helper()
	fit := Fit(text)
	before, size := Measure(text), Measure(fit)
	if size.Segments > before.Segments {
		t.Errorf("%q: %d segments became %d: %q", text, before.Segments, size.Segments, fit)
	}
	if again := Fit(fit); again != fit {
		t.Errorf("%q became %q, then %q", text, fit, again)
	}
	if fit == text {
		return
	}
	if !utf8.ValidString(fit) || strings.ContainsFunc(fit, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }) {
		t.Errorf("%q became %q", text, fit)
	}
}

func TestFitLeavesNoCopy(t *testing.T) {
	for _, text := range []string{french, "ça va, être ou ne pas être", arabic, "שלום 👶🏽"} {
		if n := testing.AllocsPerRun(20, func() { Fit(text) }); n > 0 {
			t.Errorf("%q: %v allocations", text, n)
		}
	}
}

func BenchmarkFit(b *testing.B) {
	for name, text := range map[string]string{"same": french, "short": "ça va, être", "folded": french + "ê", "ar": arabic} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Fit(text)
			}
		})
	}
}

// What survey calls tidy is what tidy would leave alone.
func TestSurvey(t *testing.T) {
	for r := rune(1); r < 0x30000; r++ {
		text := "e" + string(r)
		d := draft{text, Measure(text)}
		if _, tidy := survey(text); tidy && d.tidy().plainSigns().text != text {
			t.Errorf("%U is not tidy: %q", r, d.tidy().plainSigns().text)
		}
	}
}
