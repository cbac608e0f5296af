package nlu

import (
	"io/fs"
	"strings"
)

// abbreviations are the short forms of text messages, by language; the long
// form may be several words, or none for what says nothing ("svp").
type abbreviations map[string]map[string][]string

func readAbbreviations(fsys fs.FS) (abbreviations, error) {
	all := abbreviations{}
	err := table(fsys, "words/sms.tsv", 3, func(c []string) error {
		if all[c[0]] == nil {
			all[c[0]] = map[string][]string{}
		}
		for _, short := range strings.Split(c[1], "|") {
			all[c[0]][fold(short)] = words(fold(c[2]))
		}
		return nil
	})
	return all, err
}

// expand writes the abbreviations out. Where one ends with the word that
// follows it, that word is not written twice: the c of "c'est" stays a c.
func (a abbreviations) expand(in []string, lang string) []string {
	long := a[lang]
	out := make([]string, 0, len(in)+4)
	half := false // the last word written is the end of an abbreviation of several
	for _, w := range in {
		full, ok := long[w]
		if !ok {
			full = []string{w}
		}
		if half && len(full) > 0 && full[0] == out[len(out)-1] {
			out = out[:len(out)-1]
		}
		out = append(out, full...)
		half = len(full) > 1
	}
	return out
}
