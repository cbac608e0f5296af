package nlu

import (
	"slices"
	"strings"
)

// A blur is a loose way to spell: words that are written differently and meant
// alike get one form. Danger is written in a hurry, by ear, with one thumb.
type blur struct {
	of      []string                 // languages of the patterns that it serves
	reading []string                 // languages of the messages that it reads, none for all
	whole   func(word string) string // of a word
	begin   func(word string) string // of the beginning of a word
	alone   int                      // length from which a single word is enough
}

// blurs are the loose spellings: French by ear; Arabic in Latin letters by its
// consonants; Tamil and Bengali in Latin letters, which nobody spells alike.
var blurs = []blur{
	{[]string{"fr"}, []string{"fr", "ar-latn"}, frenchByEar, func(w string) string { return single(frenchSounds(w)) }, 0},
	{[]string{"ar-latn"}, []string{"ar-latn"}, consonantsOf, consonantsOf, 4},
	{[]string{"ta", "bn"}, nil, indianByEar, indianByEar, 7},
}

// reads says whether messages in this language are read through the blur.
func (b blur) reads(lang string) bool { return len(b.reading) == 0 || slices.Contains(b.reading, lang) }

// latin says whether a word is one of plain Latin letters, with digits or not.
func latin(word string) bool { return ascii(word) && word != "" }

// mute are the endings that are heard alike or not at all: "frappe", "frappé",
// "frapper", "frappait" become one; the longest first.
var mute = []string{"ets", "ers", "er", "es", "et", "e", "s"}

// frenchByEar writes a French word as it sounds, without its ending. It keeps
// more than phonetic does: two words that sound alike must not raise an alarm.
func frenchByEar(word string) string {
	if len(word) < 3 || word[0] >= '0' && word[0] <= '9' {
		return word
	}
	s := single(frenchSounds(word))
	for _, end := range mute {
		if short, ok := strings.CutSuffix(s, end); ok && len(short) >= 3 {
			s = short
			break
		}
	}
	if short, ok := strings.CutSuffix(s, "t"); ok && len(short) >= 3 && strings.ContainsRune("AIO", rune(short[len(short)-1])) {
		s = short
	}
	return s
}

// leastConsonants is how many a word needs to be known by them.
const leastConsonants = 3

// consonantsOf is the skeleton of a word of Arabic in Latin letters, or the word
// with its vowels roughly alike when it is short.
func consonantsOf(word string) string {
	if s := skeleton(word); len(s) >= leastConsonants {
		return s
	}
	return "_" + vowelsAlike.Replace(word)
}

var vowelsAlike = strings.NewReplacer("ou", "u", "oo", "u", "o", "u", "ee", "i", "e", "a", "y", "i", "aa", "a", "9", "q", "7", "h")

var indianLetters = strings.NewReplacer("zh", "l", "sh", "s", "ch", "c", "th", "t", "dh", "t", "d", "t", "bh", "b", "kh", "k", "gh", "g", "ph", "f",
	"aa", "a", "ee", "i", "ea", "i", "ii", "i", "oo", "u", "ou", "u", "uu", "u", "o", "u", "e", "i", "y", "i", "w", "v", "z", "j", "q", "k", "x", "ks")

// indianByEar brings the ways together to write Tamil or Bengali in Latin letters.
func indianByEar(word string) string { return single(indianLetters.Replace(word)) }

// blurred returns the patterns with their Latin words blurred. It leaves out the
// patterns of which a place has no Latin word.
func (b blur) blurred(all []pattern) (out []pattern) {
	for _, p := range all {
		q := pattern{id: len(out)}
		for _, it := range p.items {
			alts := make([]alt, 0, len(it.alts))
			for _, a := range it.alts {
				switch {
				case !latin(a.text) || a.strict || len(p.items) == 1 && len(b.begin(a.text)) < b.alone:
				case a.prefix:
					alts = append(alts, alt{text: b.begin(a.text), prefix: true})
				default:
					alts = append(alts, alt{text: b.whole(a.text)})
				}
			}
			if it.gap == 0 && len(alts) == 0 {
				q.items = nil
				break
			}
			q.items = append(q.items, item{alts: alts, optional: it.optional, gap: it.gap})
		}
		if len(q.items) > 0 {
			out = append(out, q)
		}
	}
	return out
}

// words blurs a row of words, those that are known without a thought; what is not
// Latin stays. It returns nil when nothing is Latin.
func (b blur) words(in []string, known map[string]string) []string {
	if !slices.ContainsFunc(in, latin) {
		return nil
	}
	out := make([]string, len(in))
	for i, w := range in {
		if out[i] = w; latin(w) {
			var ok bool
			if out[i], ok = known[w]; !ok {
				out[i] = b.whole(w)
			}
		}
	}
	return out
}

// A mender puts right one wrong letter in the words that call for help.
type mender struct {
	words []string        // of the patterns
	near  nearby          // by their numbers
	known map[string]bool // Latin words that are right as they are
}

// mended is the length from which a word is mended, as written.
const mended = 7

// newMender knows the Latin words of the patterns, and leaves alone all words of
// the phrases.
func newMender(all []pattern, phrases []Phrase) *mender {
	m := &mender{known: map[string]bool{}}
	for _, p := range phrases {
		for _, w := range words(fold(p.Text)) {
			if latin(w) {
				m.known[w] = true
			}
		}
	}
	added := map[string]bool{}
	for _, p := range all {
		for _, it := range p.items {
			for _, a := range it.alts {
				if len(a.text) < mended || !latin(a.text) || added[a.text] {
					continue
				}
				added[a.text], m.known[a.text] = true, true
				m.near.add(a.text, len(m.words))
				m.words = append(m.words, a.text)
			}
		}
	}
	m.near.settle()
	return m
}

// mend returns the words with mistakes put right, and whether there were any.
func (m *mender) mend(in []string) ([]string, bool) {
	var out []string
	for i, w := range in {
		if len(w) < mended-1 || len(w) > longestWord || !latin(w) || m.known[w] {
			continue
		}
		if right := m.right(w); right != "" {
			if out == nil {
				out = slices.Clone(in)
			}
			out[i] = right
		}
	}
	return out, out != nil
}

// right returns the word of the patterns that is one letter away, "" when none.
func (m *mender) right(word string) (right string) {
	m.near.find(word, func(i int) {
		if right == "" && oneWrong(word, m.words[i]) {
			right = m.words[i]
		}
	})
	return right
}
