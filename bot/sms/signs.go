package sms

import (
	"strings"
	"unicode"
)

// scrub removes what is not seen from a text: control characters, soft hyphens,
// marks of direction and joiners, unless the script needs them; and makes all
// spaces and line ends plain.
func scrub(text string) string { return rewrite(text, seen) }

// seen is the swap of scrub.
func seen(p place, r rune) (string, bool) {
	switch {
	case r >= ' ' && r < 0x7F, r == '\n', r > 0xA0 && r < 0x300 && r != 0xAD, common(r):
		return "", true
	case r == '\r':
		return lineEnd(p.rest), false
	case r == '\t', unicode.Is(unicode.Zs, r):
		return " ", false
	case r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
		return "\n", false
	case r == unicode.ReplacementChar:
		return "?", false
	case r == 0x34F, unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector):
		return "", needed(p, r)
	}
	return "", true
}

// lineEnd returns what a carriage return becomes: nothing before a line feed.
func lineEnd(rest string) string {
	if strings.HasPrefix(rest, "\r\n") {
		return ""
	}
	return "\n"
}

// needed tells whether a rune that is not seen changes how the others are read:
// joiners in Persian, in Indian scripts and in emoji, the marks of direction in
// a text that has letters from right to left, the colour of a picture. What
// turns text around at will (embeddings, overrides, isolates) never is.
func needed(p place, r rune) bool {
	switch {
	case r == 0x200C:
		return joined(p.kept)
	case r == 0x200D:
		return joined(p.kept) || drawn(p.kept) && drawn(after(p.rest))
	case r == 0x200E, r == 0x200F, r == 0x61C:
		return strings.ContainsFunc(p.text, rightToLeft)
	case r == 0xFE0F, r == 0xFE0E:
		return pictured(p.kept) || strings.HasPrefix(p.rest, "\uFE0F\u20E3")
	case r >= 0xE0020 && r <= 0xE007F:
		return p.kept == 0x1F3F4 || p.kept >= 0xE0020 && p.kept < 0xE007F
	}
	return unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// joined tells whether a rune is a letter or mark of a script in which a joiner
// may follow.
func joined(r rune) bool {
	return r >= 0x590 && (unicode.IsLetter(r) || unicode.IsMark(r)) && !variation(r) &&
		!unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Inherited)
}

// drawn tells whether a rune is, or ends, an emoji.
func drawn(r rune) bool { return pictured(r) || variation(r) || r >= 0x1F3FB && r <= 0x1F3FF }

func variation(r rune) bool { return r == 0xFE0F || r == 0xFE0E }

func rightToLeft(r rune) bool {
	return r >= 0x590 && r < 0x900 && unicode.IsLetter(r) || r >= 0xFB1D && r < 0xFF00 && unicode.IsLetter(r)
}

// after returns the second rune of a text, 0 when there is none.
func after(rest string) rune {
	for i, r := range rest {
		if i > 0 {
			return r
		}
	}
	return 0
}

// unquote gives a text plain quotation marks, dashes and bullets: the signs that
// have a plain form as wide as themselves. French quotation marks lose the space
// inside.
func unquote(text string) string { return rewrite(text, unquoted) }

// unquoted is the swap of unquote.
func unquoted(p place, r rune) (string, bool) {
	switch {
	case r == ' ':
		return "", !insideQuote(p)
	case r < 0x7F && r != '`':
		return "", true
	}
	to := sign(r)
	return to, to == ""
}

// insideQuote tells whether a space stands just inside French quotation marks.
func insideQuote(p place) bool {
	if p.last == '«' {
		return strings.Contains(p.rest, "»")
	}
	return strings.HasPrefix(p.rest, " »") && strings.Contains(p.text, "«")
}

// sign returns the plain form of a typographic sign that takes one place; ""
// for any other.
func sign(r rune) string {
	switch r {
	case '’', '‘', '‚', '‛', '′', '´', '`', 'ʼ', 'ʻ', 'ʹ', '＇':
		return "'"
	case '“', '”', '„', '‟', '«', '»', '″', '〝', '〞', '＂':
		return "\""
	case '–', '—', '‒', '―', '‐', '‑', '−', '﹣', '－', '•', '‣', '◦', '▪', '▫', '●', '■', '⁃':
		return "-"
	case '·', '‧', '․':
		return "."
	case '‹':
		return "<"
	case '›':
		return ">"
	case '×':
		return "x"
	case '÷', '⁄', '∕':
		return "/"
	case '¦', '∣':
		return "|"
	case '∼', '˜':
		return "~"
	}
	return ""
}

// expand is the swap of the signs whose plain form is wider.
func expand(_ place, r rune) (string, bool) {
	switch r {
	case '…':
		return "...", false
	case '½':
		return "1/2", false
	case '¼':
		return "1/4", false
	case '¾':
		return "3/4", false
	case '→', '⇒', '➜', '➔':
		return "->", false
	case '←', '⇐':
		return "<-", false
	case '≤':
		return "<=", false
	case '≥':
		return ">=", false
	case '‼':
		return "!!", false
	}
	return "", true
}
