package sms

import (
	"strings"
	"unicode/utf8"
)

// Pages cuts a text that takes more than most segments into pages that take at
// most so many each, fitted (see Fit), in order. All but the last end with the hint
// more ("SUITE = la suite") on a line of its own. The cut is at the end of a
// paragraph, of a sentence or of a word, the best of those in the second half of
// the page, and never inside a sign. There is always at least one page.
//
// A hint so long that no word fits beside it is left out.
func Pages(text string, most int, more string) []string {
	b := binder{max: max(most, 1), hint: more}
	if more != "" {
		b.hint = "\n" + more
	}
	text = strings.TrimRight(draft{text, Measure(text)}.tidy().text, " \n")
	var pages []string
	for {
		text = trimStart(text)
		if whole := Fit(text); b.short(text) && Measure(whole).Segments <= b.max {
			return append(pages, whole)
		}
		page, rest := b.cut(text)
		pages = append(pages, page)
		text = rest
	}
}

// Answer cuts an answer into the pages in which it leaves: at most two segments
// each, or three where one letter outside the GSM alphabet leaves 67 characters
// to a segment and two would not hold a question with its choices.
func Answer(text, more string) []string {
	fitted, most := Fit(text), 2
	if Measure(fitted).Encoding == UCS2 {
		most = 3
	}
	return Pages(fitted, most, more)
}

// A binder makes pages of one size.
type binder struct {
	max  int // segments
	hint string
}

// short tells whether a text may be short enough for a page: not more runes than
// a page of the GSM alphabet holds.
func (b binder) short(text string) bool { return b.window(text) == len(text) }

// window returns the bytes of the runes that could at most be on a page.
func (b binder) window(text string) int {
	runes := 0
	for i := range text {
		if runes++; runes > b.max*160 {
			return i
		}
	}
	return len(text)
}

// cut returns the first page of a text and what remains.
func (b binder) cut(text string) (page, rest string) {
	borders := b.reach(text)
	for n := best(borders); n > 0; n-- {
		if page, ok := b.page(text[:borders[n-1].at]); ok {
			return page, text[borders[n-1].at:]
		}
	}
	if b.hint != "" {
		return binder{max: b.max}.cut(text)
	}
	return b.split(text) // one sign larger than a page: only a heap of marks is
}

// page returns a piece of text as a page, and whether it takes few enough
// segments.
func (b binder) page(piece string) (string, bool) {
	page := Fit(strings.TrimRight(piece, " \n") + b.hint)
	return page, Measure(page).Segments <= b.max
}

// split cuts inside a sign, between two runes, as a phone would.
func (b binder) split(text string) (page, rest string) {
	at := 0
	for i, r := range text {
		size := utf8.RuneLen(r)
		if at > 0 && Measure(text[:i+size]).Segments > b.max {
			break
		}
		at = i + size
	}
	return text[:at], text[at:]
}

// A border is an end of a sign, where a text may be cut, and how good it is.
type border struct {
	at   int // bytes before it
	rank rank
}

type rank uint8

const (
	inWord rank = iota
	afterWord
	afterSentence
	afterParagraph
)

// reach returns the ends of the signs of a text that a page with its hint may
// reach to, counted in both encodings at once, without regard to what does not
// fit at the seams of the parts.
func (b binder) reach(text string) []border {
	var list []border
	last := ""
	folded, wide := b.room(160, 153, septets), b.room(70, 67, units)
	for at := 0; at < len(text); {
		n, places := cluster(text[at:])
		sign := text[at : at+n]
		if len(list) > 0 {
			list[len(list)-1].rank = rankOf(last, sign)
		}
		at, last = at+n, sign
		folded -= foldedPlaces(sign)
		wide -= places
		if folded < 0 && wide < 0 {
			break
		}
		list = append(list, border{at: at})
	}
	return list
}

// room returns the places left on a page beside the hint; none if a sign of the
// hint takes no place, because it is not in the alphabet.
func (b binder) room(alone, part int, size func(rune) int) int {
	left := alone
	if b.max > 1 {
		left = b.max * part
	}
	for _, r := range b.hint {
		if size(r) == 0 {
			return -1
		}
		left -= size(r)
	}
	return left
}

// foldedPlaces returns the septets of a sign once folded; more than any page
// has when it cannot be.
func foldedPlaces(sign string) int {
	p := packer{part: 153}
	for len(sign) > 0 {
		n := p.addFolded(sign)
		if n == 0 {
			return 1 << 20
		}
		sign = sign[n:]
	}
	return p.total
}

// rankOf says what ends between two signs.
func rankOf(last, next string) rank {
	switch {
	case next == "\n":
		return afterParagraph
	case next == " " && strings.Contains(".!?;:…؟۔", last), strings.Contains("。！？।", last):
		return afterSentence
	case next == " ":
		return afterWord
	}
	return inWord
}

// best returns how many of the borders to use: up to the last one of the highest
// rank in their second half, or else in all of them.
func best(borders []border) int {
	if n := lastOfRank(borders, len(borders)/2); n > 0 {
		return n
	}
	if n := lastOfRank(borders, 0); n > 0 {
		return n
	}
	return len(borders)
}

// lastOfRank returns the last border of the highest rank, counted from 1, that
// is not before from; 0 when all are inside words.
func lastOfRank(borders []border, from int) int {
	found, top := 0, inWord
	for i := len(borders) - 1; i >= from; i-- {
		if borders[i].rank > top {
			found, top = i+1, borders[i].rank
		}
	}
	return found
}

// trimStart removes the spaces and line ends before a text, but not one that
// bears a mark.
func trimStart(text string) string {
	for text != "" && (text[0] == ' ' || text[0] == '\n') {
		if n, _ := cluster(text); n > 1 {
			break
		}
		text = text[1:]
	}
	return text
}
