package nlu

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// phonetic writes a French word as it sounds, roughly: "creche", "kreche" and
// "kresh" become the same. It works on folded words of Latin letters.
func phonetic(word string) string {
	return silentEnd(single(frenchSounds(word)))
}

// frenchSounds writes the letters of a French word as they sound, one by one.
func frenchSounds(word string) string {
	var b strings.Builder
	b.Grow(len(word))
	for i := 0; i < len(word); {
		n, sound := soundAt(word, i)
		b.WriteString(sound)
		i += n
	}
	return b.String()
}

// sounds are the groups of letters that sound as one, the longest first.
var sounds = []struct{ letters, sound string }{
	{"eaux", "o"}, {"tion", "sI"}, {"eau", "o"}, {"ain", "I"}, {"ein", "I"}, {"oin", "wI"}, {"ien", "iI"}, {"sch", "S"},
	{"ill", "j"}, {"aux", "o"}, {"ph", "f"}, {"qu", "k"}, {"ch", "S"}, {"sh", "S"}, {"gn", "n"}, {"ou", "u"}, {"oi", "wa"},
	{"oy", "wa"}, {"au", "o"}, {"ai", "e"}, {"ay", "e"}, {"ei", "e"}, {"er", "er"}, {"ez", "e"}, {"ck", "k"}, {"th", "t"},
	{"k", "k"}, {"q", "k"}, {"y", "i"}, {"z", "s"}, {"h", ""}, {"w", "w"}, {"x", "ks"},
}

// soundAt returns how many letters are read at word[i:] and how they sound.
func soundAt(word string, i int) (int, string) {
	rest := word[i:]
	for _, s := range sounds {
		if strings.HasPrefix(rest, s.letters) {
			return len(s.letters), s.sound
		}
	}
	next := byte(0)
	if len(rest) > 1 {
		next = rest[1]
	}
	soft := next == 'e' || next == 'i' || next == 'y'
	switch {
	case rest[0] == 'c' && soft:
		return 1, "s"
	case rest[0] == 'c':
		return 1, "k"
	case rest[0] == 'g' && soft:
		return 1, "j"
	case (next == 'n' || next == 'm') && (len(rest) == 2 || !strings.ContainsRune("aeiouynmh", rune(rest[2]))):
		switch rest[0] {
		case 'a', 'e':
			return 2, "A"
		case 'i', 'u':
			return 2, "I"
		case 'o':
			return 2, "O"
		}
	}
	_, n := utf8.DecodeRuneInString(rest)
	return n, rest[:n]
}

// single writes doubled letters once.
func single(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	last := rune(-1)
	for _, r := range s {
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// silentEnd takes off the ending that nobody hears.
func silentEnd(s string) string {
	for len(s) > 2 {
		short := strings.TrimRight(s, "tdsxpe")
		if strings.HasSuffix(s, "er") {
			short = s[:len(s)-2]
		}
		if len(short) < 2 || short == s {
			return s
		}
		s = short
	}
	return s
}

// consonants gives the Arabic letters and the ways to write them in Latin
// letters and digits the same sign. Vowels and weak letters are left out.
var consonants = map[rune]string{
	'ب': "b", 'ت': "t", 'ث': "t", 'ج': "j", 'ح': "h", 'خ': "x", 'د': "d", 'ذ': "d", 'ر': "r", 'ز': "z", 'س': "s", 'ش': "S",
	'ص': "s", 'ض': "d", 'ط': "t", 'ظ': "d", 'ع': "3", 'غ': "g", 'ف': "f", 'ق': "k", 'ك': "k", 'ل': "l", 'م': "m", 'ن': "n", 'ه': "h",
	'b': "b", 'p': "b", 't': "t", 'j': "j", '7': "h", 'h': "h", '5': "x", 'x': "x", 'd': "d", 'r': "r", 'z': "z", 's': "s", 'c': "s",
	'3': "3", '8': "g", 'g': "g", 'f': "f", 'v': "f", '9': "k", 'q': "k", 'k': "k", 'l': "l", 'm': "m", 'n': "n",
}

// twoLetters are the sounds that take two Latin letters.
var twoLetters = map[string]string{"ch": "S", "sh": "S", "kh": "x", "gh": "g", "th": "t", "dj": "j", "dh": "d"}

// skeleton keeps the consonants of a word of Arabic, in whichever letters it is
// written: "nsajel" and "نسجل" become the same.
func skeleton(word string) string {
	var b strings.Builder
	b.Grow(len(word))
	for i := 0; i < len(word); {
		if i+2 <= len(word) {
			if sign, ok := twoLetters[word[i:i+2]]; ok {
				b.WriteString(sign)
				i += 2
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(word[i:])
		b.WriteString(consonants[r])
		i += n
	}
	return single(b.String())
}

// key returns the word's key for its language: how it sounds in French, its
// consonants in Arabic, "" where neither makes sense.
func key(word, lang string) string {
	r, _ := utf8.DecodeRuneInString(word)
	switch {
	case unicode.Is(unicode.Arabic, r):
		return skeleton(stem(word))
	case !ascii(word) || r >= '0' && r <= '9' && lang != "ar-latn":
		return ""
	case lang == "ar-latn":
		return skeleton(word)
	case lang == "fr":
		return phonetic(word)
	}
	return ""
}
