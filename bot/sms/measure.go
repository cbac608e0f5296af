package sms

import (
	"unicode/utf16"
	"unicode/utf8"
)

// The encodings of a message, by the names that Twilio gives them.
const (
	GSM7 = "GSM-7"
	UCS2 = "UCS-2"
)

// A Size is what a text costs as an SMS.
type Size struct {
	Encoding string // GSM7 or UCS2
	Segments int    // parts that are paid for, at least 1
	// Chars are the characters as Twilio's calculator counts them: what a reader
	// sees as one (a flag is one) in UCS-2; in GSM-7 a sign of the extension
	// table, such as €, counts for two.
	Chars int
	Units int // places taken: septets in GSM-7, UTF-16 units in UCS-2
}

// Measure counts a text as Twilio does: 160 septets alone or 153 a part, 70
// UTF-16 units alone or 67 a part; a pair, an emoji or a letter with its marks
// is never cut, it moves to the next part.
func Measure(text string) Size {
	gsm := packer{alone: 160, part: 153}
	for _, r := range text {
		n := septets(r)
		if n == 0 {
			return measureUCS2(text)
		}
		gsm.add(n)
	}
	return Size{Encoding: GSM7, Segments: gsm.segments(), Chars: gsm.total, Units: gsm.total}
}

func measureUCS2(text string) Size {
	p := packer{alone: 70, part: 67}
	chars := 0
	for len(text) > 0 {
		n, units := cluster(text)
		if units > p.part {
			p.addEach(text[:n])
		} else {
			p.add(units)
		}
		chars++
		text = text[n:]
	}
	return Size{Encoding: UCS2, Segments: p.segments(), Chars: chars, Units: p.total}
}

// A packer lays signs into parts, none of them cut.
type packer struct {
	alone, part int // places in a message of one part, in each of several
	total       int
	full, used  int // parts before the last, places used in the last
}

func (p *packer) add(places int) {
	p.total += places
	if p.used+places > p.part {
		p.full++
		p.used = 0
	}
	p.used += places
}

// addEach lays a heap of marks that no part can hold, rune by rune.
func (p *packer) addEach(text string) {
	for _, r := range text {
		p.add(units(r))
	}
}

func (p *packer) segments() int {
	if p.total <= p.alone {
		return 1
	}
	return p.full + 1
}

// units returns the UTF-16 units of a rune; what is not a character counts for
// the one that replaces it.
func units(r rune) int {
	if n := utf16.RuneLen(r); n > 0 {
		return n
	}
	return utf16.RuneLen(utf8.RuneError)
}
