package telegram

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean makes a text safe to keep and to show: valid UTF-8, lines ended by \n,
// without control signs and without the marks that turn the writing direction
// of what follows (Telegram drops them too; they let a text pose as another on
// the desk). Isolates and the marks that Arabic needs stay.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r' || r == '\u2028' || r == '\u2029':
			return '\n'
		case unicode.IsControl(r), r >= '\u202A' && r <= '\u202E', r == '\uFEFF':
			return -1
		}
		return r
	}, s))
}

// decorates tells a sign that carries no word: an emoji, a space, a quote.
func decorates(r rune) bool {
	return r != '/' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// units counts a text as Telegram does, in UTF-16 units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += runeUnits(r)
	}
	return n
}

func runeUnits(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// prefix returns the length in bytes of the longest head of s that has at most
// max units.
func prefix(s string, max int) int {
	n := 0
	for i, r := range s {
		n += runeUnits(r)
		if n > max {
			return i
		}
	}
	return len(s)
}

// truncate cuts a text at max units, between two signs as people see them.
func truncate(s string, max int) string {
	end := prefix(s, max)
	if end == len(s) {
		return s
	}
	return s[:lastCluster(s, end)]
}

// split cuts a text into pieces of at most most units, the first of at most
// first, at the end of a paragraph if one ends in the last two thirds of the
// piece, else of a line, else of a word, else between two signs.
func split(text string, first, most int) []string {
	var pieces []string
	rest, limit := strings.TrimSpace(text), max(first, 2)
	for rest != "" {
		end := prefix(rest, limit)
		if end < len(rest) {
			end = border(rest, end)
		}
		pieces = append(pieces, strings.TrimRightFunc(rest[:end], unicode.IsSpace))
		rest = strings.TrimLeftFunc(rest[end:], unicode.IsSpace)
		limit = max(most, 2)
	}
	return pieces
}

// border finds where to cut s, at most at end.
func border(s string, end int) int {
	for _, at := range []func(string) int{
		func(head string) int { return strings.LastIndex(head, "\n\n") },
		func(head string) int { return strings.LastIndexByte(head, '\n') },
		func(head string) int { return strings.LastIndexFunc(head, breaks) },
	} {
		if cut := at(s[:end+1]); cut > end/3 {
			return cut
		}
	}
	return lastCluster(s, end)
}

// breaks tells a space at which a line may be broken.
func breaks(r rune) bool {
	return unicode.IsSpace(r) && r != '\u00A0' && r != '\u202F' && r != '\u2007'
}

// lastCluster returns the last place at or before end between two signs as
// people see them; a sign longer than that is cut between two code points.
func lastCluster(s string, end int) int {
	at := 0
	for {
		next := at + clusterLen(s[at:])
		if next > end {
			break
		}
		at = next
		if at == end {
			return at
		}
	}
	if at > 0 {
		return at
	}
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return end
}
