package telegram

import (
	"unicode"
	"unicode/utf8"
)

// clusterLen returns the length in bytes of the first sign of s as people see
// it: a letter with its accents, a flag, a family joined into one emoji. It
// follows the rules of Unicode's annex 29 and, where they would need tables,
// errs towards keeping signs together.
func clusterLen(s string) int {
	prev, end := utf8.DecodeRuneInString(s)
	half := regional(prev) // one letter of a flag, waiting for the other
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		switch {
		case prev == '\r' && r == '\n':
		case unicode.IsControl(prev), unicode.IsControl(r), unicode.IsSpace(r):
			return end
		case extends(r), prev == zwj, linker(prev), prepended(prev), hangul(prev, r):
		case half && regional(r):
		default:
			return end
		}
		half = regional(r) && !half
		prev, end = r, end+size
	}
	return end
}

const zwj = '\u200D'

func regional(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// extends tells a sign that hangs on the one before: accents, vowel signs, skin
// tones, the letters that make the flags of regions.
func extends(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc) || r == zwj || r == '\u200C' ||
		(r >= 0x1F3FB && r <= 0x1F3FF) || (r >= 0xE0020 && r <= 0xE007F) ||
		r == '\u0E33' || r == '\u0EB3' || r == '\uFF9E' || r == '\uFF9F'
}

// linker tells the viramas, which tie consonants of India into one sign.
func linker(r rune) bool {
	switch r {
	case '\u094D', '\u09CD', '\u0A4D', '\u0ACD', '\u0B4D', '\u0C4D', '\u0D4D':
		return true
	}
	return false
}

// prepended tells signs that stand before what they belong to, such as the
// Arabic number signs.
func prepended(r rune) bool {
	return (r >= '\u0600' && r <= '\u0605') || r == '\u06DD' || r == '\u070F' || r == '\u08E2' || r == '\u0D4E'
}

func hangul(prev, r rune) bool {
	lead := (prev >= 0x1100 && prev <= 0x115F) || (prev >= 0xA960 && prev <= 0xA97C)
	vowelOrTail := (r >= 0x1160 && r <= 0x11FF) || (r >= 0xD7B0 && r <= 0xD7FB)
	syllable := (r >= 0xAC00 && r <= 0xD7A3) || (r >= 0x1100 && r <= 0x115F) || (r >= 0xA960 && r <= 0xA97C)
	korean := lead || (prev >= 0x1160 && prev <= 0x11FF) || (prev >= 0xAC00 && prev <= 0xD7FB)
	return (korean && vowelOrTail) || (lead && syllable)
}
