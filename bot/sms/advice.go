package sms

import (
	"slices"
	"strings"
	"unicode"
)

// Advice is what a text costs as it leaves, and how its writer could pay less.
type Advice struct {
	Text     string   // as it leaves, see Fit
	Segments int      // parts that are paid for
	Letters  int      // that one SMS holds: 160, or 70 outside the GSM alphabet
	Costly   []string // the signs that leave only 70 to a text in Latin letters, each once
	Cheaper  string   // the writer's words without such signs; "" when that saves no segment
}

// Advise prices the text that somebody typed together with what the service
// writes before and after it. Fit has already changed what it may; what is left
// to say is what only the writer can decide, as a picture that goes.
func Advise(lead, text, tail string) Advice {
	sent := Fit(lead + text + tail)
	size := Measure(sent)
	a := Advice{Text: sent, Segments: size.Segments, Letters: 160}
	if size.Encoding == GSM7 {
		return a
	}
	a.Letters = 70
	if latin(sent) {
		a.Costly = costly(sent)
	}
	plain, ok := plainly(text)
	if ok && Measure(Fit(lead+plain+tail)).Segments < a.Segments {
		a.Cheaper = plain
	}
	return a
}

// latin tells whether all letters of a text are Latin ones.
func latin(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Common)
	})
}

// costly lists the signs of a text that are outside the GSM alphabet, as a
// reader sees them.
func costly(text string) []string {
	var list []string
	for len(text) > 0 {
		n, _ := cluster(text)
		if sign := text[:n]; Measure(sign).Encoding == UCS2 && !slices.Contains(list, sign) {
			list = append(list, sign)
		}
		text = text[n:]
	}
	return list
}

// plainly writes a text in the GSM alphabet alone: letters without the accents
// that it lacks, no emoji. ok is false for a text that would lose words by it.
func plainly(text string) (plain string, ok bool) {
	if !latin(text) {
		return "", false
	}
	text = compose(rewrite(compose(unquote(scrub(text))), expand))
	var out []byte
	for len(text) > 0 {
		n, _ := cluster(text)
		to, known := plainSign(text[:n])
		if !known {
			return "", false
		}
		text = text[n:]
		out = append(out, to...)
		if to == "" {
			out, text = mend(out, text)
		}
	}
	plain = strings.TrimSpace(string(out))
	return plain, plain != ""
}

// plainSign returns what one sign becomes: nothing for an emoji.
func plainSign(sign string) (to string, known bool) {
	for i, r := range sign {
		if septets(r) > 0 {
			to += string(r)
		} else if plain, ok := letter(r, sign[i:]); ok {
			to += plain
		} else if class := classOf(r); class == picture || class == regional {
			return "", true
		} else if class != extend {
			return "", false
		}
	}
	return to, true
}

// mend closes the gap that a removed sign leaves between what was written and
// the rest.
func mend(out []byte, rest string) ([]byte, string) {
	if len(out) == 0 || out[len(out)-1] == '\n' {
		return out, strings.TrimLeft(rest, " ")
	}
	if rest == "" || strings.ContainsRune(" \n.,", rune(rest[0])) {
		out = []byte(strings.TrimRight(string(out), " "))
	}
	return out, rest
}
