package telegram

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// signs are what people see as one; each must never be cut.
var signs = []string{
	"a", "é", "e\u0301", "ą\u0301", "€", "ç", "ş",
	"م", "مُ", "لَّ", "\u06DD\u0661", "க்", "கொ", "ক্ষ", "न्दि", "กำ", "한", "각", "\u1112\u1161\u11ab",
	"中", "👶", "👶🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇫🇷", "🇵🇹", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️‍🔥",
}

func TestClusters(t *testing.T) {
	for _, a := range signs {
		if n := clusterLen(a); n != len(a) {
			t.Errorf("%q (%+q) is cut after %d bytes of %d", a, a, n, len(a))
		}
		for _, b := range []string{"x", " ", "\n", "é", "👶", "中"} {
			if n := clusterLen(a + b); n != len(a) {
				t.Errorf("%q (%+q) takes %q in", a, a, b)
			}
		}
	}
	if n := clusterLen("🇫🇷🇵🇹"); n != len("🇫🇷") {
		t.Errorf("two flags are one sign")
	}
}

// randomText makes a text of signs, words, lines and paragraphs.
func randomText(r *rand.Rand, n int) (text string, parts []string) {
	between := []string{" ", " ", " ", "\n", "\n\n", ", ", "", "", "\u00A0"}
	for range n {
		word := signs[r.IntN(len(signs))]
		sep := between[r.IntN(len(between))]
		if strings.HasPrefix(word, "\u06DD") { // a number sign takes a digit before it for its own
			sep = " "
		}
		parts = append(parts, word)
		text += word + sep
	}
	return text, parts
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func TestSplitProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		first, most := 20+r.IntN(60), 20+r.IntN(60)
		text, parts := randomText(r, r.IntN(120))
		pieces := split(text, first, most)
		limit := first
		var rest []string = parts
		for i, p := range pieces {
			if u := units(p); u > limit || u == 0 || !utf8.ValidString(p) || p != strings.TrimSpace(p) {
				t.Fatalf("piece %d of %d units (limit %d): %q", i, u, limit, p)
			}
			limit = most
			for left := squeeze(p); left != ""; rest = rest[1:] { // whole signs only, in order
				left = strings.TrimPrefix(left, ",")
				if left == "" {
					break
				}
				if len(rest) == 0 || !strings.HasPrefix(left, rest[0]) {
					t.Fatalf("a sign is cut: piece %d %q of %q", i, p, text)
				}
				left = strings.TrimPrefix(left[len(rest[0]):], ",")
			}
		}
		if got := squeeze(strings.Join(pieces, "")); got != squeeze(text) {
			t.Fatalf("lost something:\n%q\n%q", got, squeeze(text))
		}
	}
}

func TestSplitBorders(t *testing.T) {
	tests := []struct {
		about, text string
		want        []string
	}{
		{"short", "bonjour", []string{"bonjour"}},
		{"nothing", " \n ", nil},
		{"exactly", "0123456789", []string{"0123456789"}},
		{"a paragraph", "0123\n\n456 8901", []string{"0123", "456 8901"}},
		{"a line", "0123 5\n78 01", []string{"0123 5", "78 01"}},
		{"a word", "0123 567890 12", []string{"0123", "567890 12"}},
		{"a word that ends there", "0123 56789 1", []string{"0123 56789", "1"}},
		{"no border", "012345678901", []string{"0123456789", "01"}},
		{"a border too early", "0 23456789012", []string{"0 23456789", "012"}},
		{"a hard space holds", "01234 67\u00A090", []string{"01234", "67\u00A090"}},
		{"an emoji at the border", "012345678👶", []string{"012345678", "👶"}},
		{"a family too big", "👨‍👩‍👧‍👦", []string{"👨‍👩‍👧\u200d", "👦"}},
	}
	for _, test := range tests {
		got := split(test.text, 10, 10)
		if strings.Join(got, "|") != strings.Join(test.want, "|") {
			t.Errorf("%s: %q, want %q", test.about, got, test.want)
		}
	}
}

func TestSplitAlwaysEnds(t *testing.T) {
	marks := "a" + strings.Repeat("\u0301", 10000) // one sign, longer than any message
	pieces := split(marks, 1, maxText)
	if strings.Join(pieces, "") != marks {
		t.Error("lost something")
	}
	for _, p := range pieces {
		if units(p) > maxText {
			t.Errorf("%d units", units(p))
		}
	}
}

func TestClean(t *testing.T) {
	tests := map[string]string{
		"a\r\nb\rc\u2028d":      "a\nb\nc\nd",
		"\x00a\x1b[31mb\x7f":    "a[31mb",
		"\ufeff  a\tb  ":        "a\tb",
		"\u202eabc\u202c":       "abc",
		"\u2067אב\u2069 \u200f": "\u2067אב\u2069 \u200f",
		"\xc3":                  "\ufffd",
	}
	for in, want := range tests {
		if got := clean(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestParseCommand(t *testing.T) {
	tests := map[string]string{
		"/menu":                        "MENU",
		"/MENU!":                       "MENU",
		"/aide@DoudouBot":              "AIDE",
		"/help":                        "AIDE",
		"/langue tr":                   "LANGUE tr",
		"/settings":                    "LANGUE",
		"/stop\nmerci":                 "STOP merci",
		"👋🏽 /efface":                   "EFFACE",
		"/start":                       "start",
		"/start@DoudouBot qr-caf":      "start qr-caf",
		"/menué":                       "-",
		"/":                            "-",
		"/é":                           "-",
		"bonjour /stop":                "-",
		"10/menu":                      "-",
		"menu":                         "-",
		"/stopper":                     "",
		"/a" + strings.Repeat("b", 40): "-",
	}
	for text, want := range tests {
		c, ok := parseCommand(text)
		got := c.word
		if c.start {
			got = "start"
		}
		if c.payload != "" {
			got += " " + c.payload
		}
		if !ok {
			got = "-"
		}
		if got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}
