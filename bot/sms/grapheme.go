package sms

import (
	"unicode"
	"unicode/utf8"
)

// A class says how a rune holds to its neighbours, after Unicode's annex 29.
type class uint8

const (
	other class = iota
	control
	extend   // marks, the non-joiner, skin tones, tags: hold to what is before
	joiner   // U+200D
	regional // half a flag
	picture  // emoji and the like
	prepend
	hangulL
	hangulV
	hangulT
	hangulLV
	hangulLVT
)

// cluster returns the length of the first grapheme of a text in bytes and in
// UTF-16 units. CR LF is two, as operators count it.
func cluster(text string) (n, places int) {
	r, size := utf8.DecodeRuneInString(text)
	n, places = size, units(r)
	if n < len(text) && r < 0x300 && text[n] < 0xCC {
		return n, places // the next rune is below U+0300: no mark
	}
	c := chain{last: classOf(r)}
	c.pair, c.drawn = c.last == regional, c.last == picture
	for n < len(text) {
		next, size := utf8.DecodeRuneInString(text[n:])
		if !c.holds(classOf(next)) {
			break
		}
		n, places = n+size, places+units(next)
	}
	return n, places
}

// A chain is a grapheme being read.
type chain struct {
	last  class
	pair  bool // ends with the first half of a flag
	drawn bool // is a picture followed by marks only: a joiner may tie another
}

// holds tells whether a rune of the class belongs to the grapheme, and takes it.
func (c *chain) holds(next class) bool {
	if !c.ties(next) {
		return false
	}
	c.pair = next == regional && !c.pair
	c.drawn = next == picture || c.drawn && (next == extend || next == joiner)
	c.last = next
	return true
}

func (c *chain) ties(next class) bool {
	switch {
	case c.last == control || next == control:
		return false
	case next == extend || next == joiner:
		return true
	case c.last == prepend:
		return true
	case next == picture:
		return c.last == joiner && c.drawn
	case next == regional:
		return c.pair
	}
	return syllable(c.last, next)
}

// syllable tells whether two Korean letters are of one syllable.
func syllable(last, next class) bool {
	switch last {
	case hangulL:
		return next == hangulL || next == hangulV || next == hangulLV || next == hangulLVT
	case hangulV, hangulLV:
		return next == hangulV || next == hangulT
	case hangulT, hangulLVT:
		return next == hangulT
	}
	return false
}

func classOf(r rune) class {
	switch {
	case r < 0x300:
		return classOfLatin(r)
	case common(r):
		return other
	case r == 0x200D:
		return joiner
	case r >= 0x1100 && r <= 0x11FF, r >= 0xA960 && r <= 0xA97C, r >= 0xAC00 && r <= 0xD7FB:
		return classOfHangul(r)
	case r >= 0x1F1E6 && r <= 0x1F1FF:
		return regional
	case marks(r):
		return extend
	case pictured(r):
		return picture
	case unicode.Is(unicode.Prepended_Concatenation_Mark, r), r == 0x0D4E:
		return prepend
	case unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp):
		return control
	}
	return other
}

func classOfLatin(r rune) class {
	switch {
	case r < ' ', r >= 0x7F && r < 0xA0, r == 0xAD:
		return control
	case r == '©', r == '®':
		return picture
	}
	return other
}

// common tells whether a rune is a letter of the scripts that are read most
// here, Greek, Cyrillic, Arabic, Chinese, so that no table has to be searched.
func common(r rune) bool {
	return r >= 0x370 && r < 0x483 || r >= 0x620 && r < 0x64B || r >= 0x671 && r < 0x6D4 || r >= 0x3400 && r < 0xA000
}

// marks tells whether a rune is written onto the one before it.
func marks(r rune) bool {
	switch {
	case r < 0x370:
		return true
	case r >= 0x1F3FB && r <= 0x1F3FF, r >= 0xE0020 && r <= 0xE007F, r == 0x200C, r == 0x0E33, r == 0x0EB3:
		return true
	}
	return unicode.In(r, unicode.Mn, unicode.Mc, unicode.Me, unicode.Other_Grapheme_Extend)
}

// pictured tells whether a rune is an emoji or a sign that a joiner may tie to
// another; the blocks are those of Unicode's Extended_Pictographic.
func pictured(r rune) bool {
	switch {
	case r < 0x203C:
		return false
	case r == 0x203C, r == 0x2049, r == 0x2122, r == 0x2139, r == 0x3030, r == 0x303D, r == 0x3297, r == 0x3299:
		return true
	case r >= 0x2194 && r <= 0x21AA, r >= 0x231A && r <= 0x23FF, r >= 0x25AA && r <= 0x27BF, r >= 0x2934 && r <= 0x2935, r >= 0x2B05 && r <= 0x2B55:
		return true
	}
	return r >= 0x1F000 && r <= 0x1FAFF
}

func classOfHangul(r rune) class {
	switch {
	case r >= 0xAC00 && r <= 0xD7A3:
		if (r-0xAC00)%28 == 0 {
			return hangulLV
		}
		return hangulLVT
	case r >= 0x1100 && r <= 0x115F, r >= 0xA960 && r <= 0xA97C:
		return hangulL
	case r >= 0x1160 && r <= 0x11A7, r >= 0xD7B0 && r <= 0xD7C6:
		return hangulV
	case r >= 0x11A8 && r <= 0x11FF, r >= 0xD7CB && r <= 0xD7FB:
		return hangulT
	}
	return other
}
