package locales

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// Marks of direction (Unicode Standard Annex 9).
const (
	firstStrong = "\u2068" // begins an isolate with the direction of its first strong character
	popIsolate  = "\u2069"
	rightToLeft = "\u200f"
)

// isolate keeps the direction of a value from touching what stands around it.
func isolate(v string) string { return firstStrong + v + popIsolate }

// markLines puts a mark at each line of a right-to-left text that does not
// begin with a letter of its own script: Telegram and browsers take the
// direction of a line from its first letter.
func markLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if line != "" && !beginsRightToLeft(line) {
			lines[i] = rightToLeft + line
		}
	}
	return strings.Join(lines, "\n")
}

func beginsRightToLeft(line string) bool {
	p, _ := bidi.LookupString(line)
	return p.Class() == bidi.R || p.Class() == bidi.AL
}

// Clean makes what somebody typed safe to stand inside a text: no control
// characters, no marks that turn the direction of what follows, one line.
// Joiners stay, Persian and emoji need them.
func Clean(s string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r == unicode.ReplacementChar:
			return -1
		case r == '\n', r == '\r', r == '\t', r == '\u2028', r == '\u2029':
			return ' '
		case r == '\u200c', r == '\u200d':
			return r
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(clean), " ")
}
