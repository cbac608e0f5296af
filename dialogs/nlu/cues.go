package nlu

import (
	"io/fs"
	"slices"
	"strings"
)

// cueWords are the words that tell what a number, a day or a date beside them
// is: an age, a limit, a stretch of time, a half-day.
type cueWords struct {
	entries  []answerWord // by pattern
	patterns *patternSet
}

func readCues(fsys fs.FS) (*cueWords, error) {
	cues := &cueWords{}
	var all []pattern
	err := table(fsys, "words/cues.tsv", 3, func(c []string) error {
		for _, text := range strings.Split(c[2], "|") {
			p, err := compile(len(all), text)
			if err != nil {
				return err
			}
			all = append(all, p)
			cues.entries = append(cues.entries, answerWord{c[0], c[1], ascii(words(fold(strings.NewReplacer("/", " ", "*", "").Replace(text)))[0])})
		}
		return nil
	})
	cues.patterns = newPatternSet(all)
	return cues, err
}

// A mark is one such word, or row of words, in a message.
type mark struct {
	what     string
	from, to int
}

// find lists the cues of a message in order. Words in Latin letters count in
// their own language: "a" is one in English and "to" in Spanish. French words
// of four letters or more count in every language, since families mix them in.
func (c *cueWords) find(in []string, langs ...string) []mark {
	var out []mark
	c.patterns.find(in, func(h hit) {
		e := c.entries[h.pattern]
		switch {
		case speaks(e, langs) || e.lang == home && len(in[h.from]) >= 4:
			out = append(out, mark{e.id, h.from, h.to})
		case e.id == "or": // of another language: it counts between two numbers, whose language short messages hide
			out = append(out, mark{"elsewhere or", h.from, h.to})
		}
	})
	slices.SortStableFunc(out, func(a, b mark) int { return a.from - b.from })
	return out
}

// speaks says whether a word counts in one of these languages.
func speaks(e answerWord, langs []string) bool {
	return !e.plain || e.lang == everyone || slices.Contains(langs, e.lang)
}
