package sms

import (
	"slices"
	"strings"
	"testing"
)

func TestAdvise(t *testing.T) {
	long := strings.Repeat("a", 70) // no room for it in one SMS of 70 letters
	for _, c := range []struct {
		about, text     string
		letters, parts  int
		costly, cheaper string
		before, after   string
	}{
		{about: "plain", text: "Bonjour, à mardi", letters: 160, parts: 1},
		{about: "rare accents in a short text stay", text: "ça va être", letters: 70, parts: 1, costly: "ç ê"},
		{about: "rare accents in a long text have gone already", text: long + " ça va être l’œuf…", letters: 160, parts: 1},
		{about: "emoji", text: long + " être 😀 là", letters: 70, parts: 2, costly: "ê 😀", cheaper: long + " etre là"},
		{about: "emoji in a short text", text: "Merci 😀", letters: 70, parts: 1, costly: "😀"},
		{about: "all that is replaced", text: "😀 « œuf » d’été ça…\n👶🏽 " + long + " 🇫🇷, 1️⃣ ❤️.", letters: 70, parts: 2, costly: "œ ç 👶🏽 🇫🇷 1️⃣ ❤️ 😀",
			cheaper: "\"oeuf\" d'été ca...\n" + long + ", 1."},
		{about: "Arabic", text: strings.Repeat("م", 80), letters: 70, parts: 2},
		{about: "an Arabic word", text: long + " سلام 😀", letters: 70, parts: 2},
		{about: "Greek", text: long + " α 😀", letters: 70, parts: 2},
		{about: "a sign that has no plain form", text: long + " √2 😀", letters: 70, parts: 2, costly: "√ 😀"},
		{about: "nothing would be left", text: strings.Repeat("😀", 40), letters: 70, parts: 2, costly: "😀"},
		{about: "what stands around counts", text: "à mardi 😀", before: long + ": ", letters: 70, parts: 2, costly: "😀", cheaper: "à mardi"},
		{about: "what stands around is not the writer's", text: long, after: " 😀", letters: 70, parts: 2, costly: "😀"},
	} {
		a := Advise(c.before, c.text, c.after)
		costly := strings.Split(c.costly, " ")
		slices.Sort(costly)
		slices.Sort(a.Costly)
		if a.Letters != c.letters || a.Segments != c.parts || strings.Join(a.Costly, " ") != strings.Join(costly, " ") || a.Cheaper != c.cheaper {
			t.Errorf("%s: %+v", c.about, a)
		}
	}
}

// The words that are offered always save an SMS, and leave as they are shown.
func FuzzAdvise(f *testing.F) {
	pad := strings.Repeat("a", 69)
	for _, s := range []string{"", "ça 😀", "😀", "1️⃣ ❤️", "« œuf »…", "سلام", "≥\u0338", "a\xff\u202e", "½\u0338 👨‍👩‍👧", "\r\n\f", strings.Repeat("{", 70) + "😀"} {
		f.Add("Awa: ", s, "")
		f.Add("Zoë 😀: ", pad+s, "\nDoudou")
	}
	f.Fuzz(func(t *testing.T, lead, text, tail string) {
		a := Advise(lead, text, tail)
		if a.Text != Fit(lead+text+tail) || a.Segments != Measure(a.Text).Segments {
			t.Errorf("%q: %+v is not what leaves", text, a)
		}
		if a.Cheaper == "" {
			return
		}
		again := Advise(lead, a.Cheaper, tail)
		if again.Segments >= a.Segments || again.Cheaper != "" || Fit(a.Cheaper) != a.Cheaper || Measure(a.Cheaper).Encoding != GSM7 {
			t.Errorf("%q: %+v became %+v", text, a, again)
		}
	})
}
