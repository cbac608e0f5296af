package nlu

import (
	"io/fs"
	"slices"
	"strings"
	"unicode"
)

// A languages knows in which language a message is written. The script decides
// for Arabic, Tamil, Bengali and Chinese; a small classifier for what is
// written in Latin letters, Tamil and Bengali among them.
type languages struct {
	codes      []string
	neutral    map[string]bool // what is said in all languages: "ok"
	words      map[spoken]bool // what is said in a language in Latin letters
	vocabulary *vocabulary
	machine    *machine
}

// home is the language of somebody who has shown none.
const home = "fr"

// scripts are the scripts that tell the language by themselves.
var scripts = []struct {
	lang  string
	table *unicode.RangeTable
}{{"ar", unicode.Arabic}, {"ta", unicode.Tamil}, {"zh", unicode.Han}, {"bn", unicode.Bengali}}

// brands is how many Latin letters one letter of another script outweighs:
// whoever writes "Pajemploi+" in a Bengali message writes Bengali.
const brands = 4

// byScript returns the language that the letters of a text tell: "" when they
// are Latin; ok is false when there are no letters at all. A Chinese character
// is worth three letters, since it is worth half a word.
func byScript(text string) (lang string, ok bool) {
	var counts [5]int // scripts, then Latin
	for _, r := range head(text) {
		switch {
		case unicode.Is(unicode.Latin, r):
			counts[len(scripts)]++
		case r > unicode.MaxLatin1:
			for i, s := range scripts {
				if unicode.Is(s.table, r) {
					counts[i]++
				}
			}
		}
	}
	counts[2] *= 3
	best := 0
	for i, n := range counts[:len(scripts)] {
		if n > counts[best] {
			best = i
		}
	}
	latin := counts[len(scripts)]
	if counts[best] > 0 && counts[best]*brands >= latin {
		return scripts[best].lang, true
	}
	return "", latin > 0
}

// readLanguages reads what tells a language besides the phrases: its small
// words, and its words of the lexicon and of the answers.
func readLanguages(fsys fs.FS) ([]Phrase, error) {
	var small []Phrase
	add := func(lang, text string) {
		small = append(small, Phrase{Lang: lang, Text: strings.NewReplacer("*", "", "/", " ", "..", "", "?", "").Replace(text)})
	}
	err := table(fsys, "words/languages.tsv", 2, func(c []string) error {
		add(c[0], c[1])
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"words/lexicon.tsv", "words/answers.tsv"} {
		err := table(fsys, name, 3, func(c []string) error {
			together := wordsTogether
			if c[1] == everyone {
				together = 1
			}
			for entries := range slices.Chunk(strings.Split(c[2], "|"), together) {
				add(c[1], strings.Join(entries, " "))
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return small, nil
}

// everyone marks the words that all languages use.
const everyone = "*"

// wordsTogether is how many entries of a word file make one example of its
// language: as long as a short message.
const wordsTogether = 3

// trainLanguages learns the languages in Latin letters from the phrases and
// from lists of small words. Of a language with a script of its own, only whole
// phrases: Tamil and Bengali are typed in Latin letters too, but what the
// lexicon has of them in such letters is French.
func trainLanguages(phrases []Phrase, small []Phrase) *languages {
	l := &languages{neutral: map[string]bool{}, words: map[spoken]bool{}}
	for _, p := range small {
		if p.Lang == everyone {
			l.neutral[fold(p.Text)] = true
		}
	}
	l.vocabulary = newVocabulary()
	var docs [][]int32
	var labels []int
	var seen []feature
	for i, p := range append(slices.Clip(slices.Clone(phrases)), small...) {
		if lang, ok := byScript(p.Text); !ok || lang != "" || p.Lang == everyone || ownScript(p.Lang) && i >= len(phrases) {
			continue
		}
		label := slices.Index(l.codes, p.Lang)
		if label < 0 {
			label = len(l.codes)
			l.codes = append(l.codes, p.Lang)
		}
		in := words(fold(p.Text))
		for _, w := range in {
			l.words[spoken{p.Lang, w}] = true
		}
		seen = languageFeatures(seen[:0], p.Text, in)
		docs = append(docs, l.vocabulary.learn(seen))
		labels = append(labels, label)
	}
	l.machine = trainMachine(docs, l.vocabulary.blocks, labels, len(l.codes))
	return l
}

// ownScript says whether a language is told by its script alone.
func ownScript(lang string) bool {
	for _, s := range scripts {
		if s.lang == lang {
			return true
		}
	}
	return false
}

// languageFeatures adds what tells the language of a text and its words: it looks
// at groups of letters, words, and accents, which tell much when they are there.
func languageFeatures(out []feature, text string, in []string) []feature {
	out = letterGroups(out, letters, in, 4)
	for _, w := range in {
		out = append(out, newFeature(hashString(seed(concepts), w), concepts))
	}
	for _, r := range strings.ToLower(head(text)) {
		if r >= 0x80 && unicode.IsLetter(r) {
			out = append(out, newFeature(hashRune(seed(keys), r), keys))
		}
	}
	return append(out, newFeature(seed(bias), bias))
}

// prior is how much the contact's own language is worth, in margins, for a
// message of one letter; it counts for less as the message gets longer.
const prior = 0.9

// of returns the language of a message, given the contact's own ("" when
// unknown).
func (l *languages) of(text, own string) string {
	lang, ok := byScript(text)
	switch {
	case lang != "":
		return lang
	case !ok && own != "":
		return own
	case !ok:
		return home
	case l.neutral[fold(text)] && own != "":
		return own
	case l.neutral[fold(text)]:
		return home
	case l.ownWords(text, own):
		return own
	}
	return l.latin(text, own)
}

// fewWords is the length up to which a message whose words are all of the
// contact's own language is in that language: "projet mam" stands in what is
// written in Arabizi too.
const fewWords = 3

func (l *languages) ownWords(text, own string) bool {
	in := words(fold(text))
	return len(in) <= fewWords && !slices.ContainsFunc(in, func(w string) bool { return !l.words[spoken{own, w}] })
}

// A spoken is a word in a language.
type spoken struct{ lang, word string }

func (l *languages) latin(text, own string) string {
	in := words(fold(text))
	features := languageFeatures(make([]feature, 0, 32+24*len(in)), text, in)
	margins := l.machine.margins(l.vocabulary.see(features))
	count := 0
	for _, r := range head(text) {
		if unicode.IsLetter(r) {
			count++
		}
	}
	bonus := float32(prior / (1 + float64(count)/6))
	best, found := 0, false
	for i, code := range l.codes {
		switch {
		case code == own:
			margins[i] += bonus
		case own == "" && code == home, own == "ar" && code == "ar-latn":
			margins[i] += bonus / 2
		}
		if !found || margins[i] > margins[best] {
			best, found = i, true
		}
	}
	if !found {
		return home
	}
	return l.codes[best]
}
