package sms

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letter returns the plain form, in the GSM alphabet, of a rune that is outside
// it (the first of text); ok is false when it has none, as in other scripts.
func letter(r rune, text string) (to string, ok bool) {
	if to := ligature(r); to != "" {
		return to, true
	}
	if r >= 0x300 && r < 0x370 {
		return "", true // a mark that does not compose with its letter
	}
	return decomposed(text)
}

// ligature returns the plain form of the letters and signs that Unicode does not
// decompose; "" for any other.
func ligature(r rune) string {
	switch r {
	case 'œ':
		return "oe"
	case 'Œ':
		return "OE"
	case 'ı':
		return "i"
	case '°':
		return "o"
	case 'ł':
		return "l"
	case 'Ł':
		return "L"
	case 'đ', 'ð', 'ɗ':
		return "d"
	case 'Đ', 'Ð', 'Ɗ':
		return "D"
	case 'þ':
		return "th"
	case 'Þ':
		return "Th"
	case '©':
		return "(c)"
	case '®':
		return "(r)"
	}
	return african(r)
}

// african returns the plain form of the letters of Bambara, Soninke, Fula and
// Wolof; "" for any other.
func african(r rune) string {
	switch r {
	case 'ɛ', 'ə':
		return "e"
	case 'Ɛ', 'Ə':
		return "E"
	case 'ɔ':
		return "o"
	case 'Ɔ':
		return "O"
	case 'ŋ', 'ɲ':
		return "n"
	case 'Ŋ', 'Ɲ':
		return "N"
	case 'ɓ':
		return "b"
	case 'Ɓ':
		return "B"
	case 'ƴ':
		return "y"
	case 'Ƴ':
		return "Y"
	}
	return ""
}

// decomposed returns the first rune of a text without its marks, if all that
// remains is in the GSM alphabet.
func decomposed(text string) (string, bool) {
	var letters [32]byte
	n := 0
	parts := norm.NFKD.PropertiesString(text).Decomposition()
	for len(parts) > 0 {
		r, size := utf8.DecodeRune(parts)
		parts = parts[size:]
		if r >= 0x300 && r < 0x370 {
			continue
		}
		if septets(r) == 0 || n+size > len(letters) {
			return "", false
		}
		n += utf8.EncodeRune(letters[n:], r)
	}
	return string(letters[:n]), n > 0
}
