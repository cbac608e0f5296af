package sms

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Fit returns a text as it should leave: letters composed (NFC), typographic
// signs made plain, what cannot be seen removed; and, only if that saves a
// segment, every letter that the GSM alphabet lacks replaced by its plain one.
//
// The result never takes more segments than the text, and Fit of the result is
// the result. A text that needs nothing is returned as it is.
func Fit(text string) string {
	gsm, tidy := survey(text)
	if gsm {
		return text
	}
	was := draft{text, Measure(text)}
	fit := was
	if !tidy {
		fit = was.tidy().plainSigns()
	}
	fit = fit.fold()
	if fit.size.Segments > was.size.Segments {
		return text
	}
	return fit.text
}

// survey tells at a glance whether a text is of the GSM alphabet, without a sign
// that a phone does not show, and if not, whether it is surely tidy: only
// letters that nothing has to be done to but perhaps fold.
func survey(text string) (gsm, tidy bool) {
	gsm = true
	for _, r := range text {
		if r == '\r' || r == '\f' {
			return false, false
		}
		if septets(r) > 0 {
			continue
		}
		gsm = false
		if !(r >= 0xC0 && r < 0x250 && r != '×' && r != '÷' || r >= 0x388 && common(r) || r == '°') {
			return false, false
		}
	}
	return gsm, true
}

// A draft is a text on its way to be sent, with its size.
type draft struct {
	text string
	size Size
}

// with returns the draft with another text.
func (d draft) with(text string) draft {
	if text == d.text {
		return d
	}
	return draft{text, Measure(text)}
}

// tidy removes what is not seen, composes letters and replaces signs by plain
// ones of the same width. It never lengthens a text, so it keeps decomposed the
// rare text that composing would make longer (some Indic and Hebrew letters are
// never composed).
func (d draft) tidy() draft {
	seen := d.with(unquote(scrub(d.text)))
	nfc := seen.with(compose(seen.text))
	if nfc.size.Segments > seen.size.Segments {
		return seen
	}
	return nfc
}

// compose returns a text in NFC whose signs are plain: composing may make a
// sign that has a plain form, and a plain sign may compose with a mark.
func compose(text string) string {
	for range 3 {
		if norm.NFC.QuickSpanString(text) == len(text) {
			break
		}
		text = unquote(scrub(norm.NFC.String(text)))
	}
	return text
}

// plainSigns replaces the signs that take more than one plain sign (an
// ellipsis, a half), unless that would take one more segment.
func (d draft) plainSigns() draft {
	wide := rewrite(d.text, expand)
	if wide == d.text {
		return d
	}
	plain := d.with(compose(wide))
	if plain.size.Segments > d.size.Segments {
		return d
	}
	return plain
}

// fold replaces the letters outside the GSM alphabet by plain ones if that
// saves a segment, and leaves the text alone if it does not.
func (d draft) fold() draft {
	if d.size.Segments == 1 || d.size.Encoding == GSM7 {
		return d
	}
	folded := packer{alone: 160, part: 153}
	for i := 0; i < len(d.text); {
		n := folded.addFolded(d.text[i:])
		if n == 0 {
			return d
		}
		i += n
	}
	if folded.segments() >= d.size.Segments {
		return d
	}
	return d.with(rewrite(d.text, foldLetter))
}

// foldLetter is the swap of the letters outside the GSM alphabet.
func foldLetter(p place, r rune) (string, bool) {
	if septets(r) > 0 {
		return "", true
	}
	to, _ := letter(r, p.rest)
	return to, false
}

// addFolded lays the first sign of a text as it would be folded, and returns
// its length in bytes, 0 when there is no plain form of it.
func (p *packer) addFolded(text string) int {
	for i, r := range text {
		if i > 0 {
			return i
		}
		if n := septets(r); n > 0 {
			p.add(n)
			continue
		}
		to, ok := letter(r, text)
		if !ok {
			return 0
		}
		for _, r := range to {
			p.add(septets(r))
		}
	}
	return len(text)
}

// A place is where a rune stands.
type place struct {
	text string // the whole text
	rest string // from the rune on
	last rune   // the rune before it, 0 at the start
	kept rune   // the last rune kept or written so far
}

// A swap says what a rune becomes; same when it stays.
type swap func(p place, r rune) (to string, same bool)

// rewrite applies a swap to each rune. It returns the very text, and makes no
// copy, when nothing changes. Bytes that are not UTF-8 are dropped.
func rewrite(text string, s swap) string {
	var out strings.Builder
	done := 0
	p := place{text: text}
	for i, r := range text {
		p.rest = text[i:]
		n, to, same := runeLen(p.rest, r), "", false
		if n > 0 {
			to, same = s(p, r)
		}
		p.last = r
		if same {
			p.kept = r
			continue
		}
		out.WriteString(text[done:i])
		out.WriteString(to)
		done = i + max(n, 1)
		for _, r := range to {
			p.kept = r
		}
	}
	if done == 0 {
		return text
	}
	out.WriteString(text[done:])
	return out.String()
}

// runeLen returns the bytes of the rune r at the start of a text, 0 for a byte
// that is not UTF-8.
func runeLen(text string, r rune) int {
	switch {
	case r < 0x80:
		return 1
	case r < 0x800:
		return 2
	case r == '\uFFFD' && !strings.HasPrefix(text, "\uFFFD"):
		return 0
	case r < 0x10000:
		return 3
	}
	return 4
}
