package nlu

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxRunes bounds what is read of one message: nobody's question is longer, and
// the time of a reading stays bounded.
const maxRunes = 1000

// alike writes letters the way people mix them up: one form for each.
var alike = map[rune]string{
	'ı': "i", 'ß': "ss", 'œ': "oe", 'æ': "ae", 'ø': "o", 'đ': "d", 'ł': "l",
	'ى': "ي", 'ی': "ي", 'ئ': "ي", 'ة': "ه", 'ک': "ك", 'ؤ': "و", 'أ': "ا", 'إ': "ا", 'آ': "ا", 'ٱ': "ا", 'ء': "",
	'گ': "ك", 'ڤ': "ف", 'پ': "ب", 'چ': "ش", 'ـ': "",
}

// signs are the marks that mean something by themselves.
const signs = "+%€👍👎✅❌🙏👋"

// fold writes a message in its plainest form: small letters, no accents, one
// form of each Arabic letter, ASCII digits, words separated by single spaces.
// Vowel signs of Indic scripts are letters and stay. Nothing else than letters,
// digits and a few signs is left.
func fold(text string) string { return foldKeeping(text, "") }

// foldKeeping folds but leaves the given punctuation where it is, for amounts
// and dates.
func foldKeeping(text, keep string) string {
	f := folder{keep: keep}
	f.out.Grow(len(text) + 8)
	for _, r := range norm.NFKD.String(head(strings.ToValidUTF8(text, " "))) {
		f.rune(r)
	}
	return strings.TrimRight(f.out.String(), " ")
}

// head returns the first maxRunes runes of a text.
func head(text string) string {
	if len(text) <= maxRunes {
		return text
	}
	n := 0
	for i := range text {
		if n++; n > maxRunes {
			return text[:i]
		}
	}
	return text
}

// A folder writes one folded text.
type folder struct {
	out  strings.Builder
	keep string
	last rune // last rune written, ' ' at the start
	run  int  // how many times in a row
}

func (f *folder) rune(r rune) {
	switch {
	case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r):
		if f.out.Len() > 0 && !takesMarks(f.last) {
			f.write(r)
		}
	case unicode.IsLetter(r):
		r = unicode.ToLower(r)
		if plain, ok := alike[r]; ok {
			for _, p := range plain {
				f.letter(p)
			}
			return
		}
		f.letter(r)
	case unicode.IsDigit(r):
		f.digit(r)
	case strings.ContainsRune(signs, r):
		f.write(r)
	case f.keep != "" && strings.ContainsRune(f.keep, r):
		f.write(r)
	case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Me, r):
		// joiners, direction marks: not seen, not read
	default:
		f.space()
	}
}

// letter writes a letter; what is stretched ("merciiii") is written once.
func (f *folder) letter(r rune) {
	if r != f.last || r > unicode.MaxLatin1 {
		f.write(r)
		return
	}
	f.run++
	if f.run == 2 {
		f.out.WriteRune(r)
	}
	if f.run == 3 {
		s := f.out.String()
		f.out.Reset()
		f.out.WriteString(s[:len(s)-utf8.RuneLen(r)])
	}
}

func (f *folder) digit(r rune) {
	if d, ok := digitValue(r); ok {
		r = '0' + rune(d)
	}
	f.write(r)
}

func (f *folder) space() {
	if f.last != ' ' && f.out.Len() > 0 {
		f.write(' ')
	}
}

func (f *folder) write(r rune) {
	f.out.WriteRune(r)
	f.last, f.run = r, 1
}

// takesMarks says whether the marks on a letter are only decoration: true for
// Latin and Arabic, never for the scripts of India.
func takesMarks(r rune) bool {
	return r == ' ' || unicode.In(r, unicode.Latin, unicode.Arabic, unicode.Greek, unicode.Cyrillic) || unicode.IsDigit(r)
}

// zeros are the zeros of the scripts whose digits families use.
var zeros = [...]rune{'0', '٠', '۰', '০', '௦', '०'}

// digitValue returns the value of a decimal digit of any of these scripts.
func digitValue(r rune) (int, bool) {
	for _, zero := range zeros {
		if r >= zero && r <= zero+9 {
			return int(r - zero), true
		}
	}
	return 0, false
}

// words cuts a folded text into words; each Chinese character is a word, since
// nothing separates them.
func words(folded string) []string {
	out := make([]string, 0, 8+len(folded)/5)
	start := -1
	cut := func(end int) {
		if start >= 0 {
			out = append(out, folded[start:end])
			start = -1
		}
	}
	for i, r := range folded {
		switch {
		case r == ' ':
			cut(i)
		case unicode.Is(unicode.Han, r) || strings.ContainsRune(signs[2:], r):
			cut(i)
			out = append(out, folded[i:i+utf8.RuneLen(r)])
		case start < 0:
			start = i
		}
	}
	cut(len(folded))
	return out
}
