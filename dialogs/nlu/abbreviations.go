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

// expand writes the abbreviations out.
func (a abbreviations) expand(in []string, lang string) []string {
	long := a[lang]
	out := make([]string, 0, len(in)+4)
	for _, w := range in {
		if full, ok := long[w]; ok {
			out = append(out, full...)
			continue
		}
		out = append(out, w)
	}
	return out
}
