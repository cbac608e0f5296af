package nlu

import (
	"io/fs"
	"strings"
)

// readGlobals reads the words that hold everywhere. They count only when they
// are the whole message: a law hangs on STOP, and "menu de la cantine" is no
// request for ours.
func readGlobals(fsys fs.FS) (map[string]string, error) {
	all := map[string]string{}
	err := table(fsys, "words/globals.tsv", 3, func(c []string) error {
		for _, w := range strings.Split(c[2], "|") {
			if k := wholeWord(w); all[k] == "" {
				all[k] = c[0]
			}
		}
		return nil
	})
	return all, err
}

// wholeWord folds a message that may be one of the words that hold everywhere.
func wholeWord(text string) string {
	if k := fold(text); k != "" {
		return k
	}
	return strings.TrimSpace(text)
}

// global returns the word that the whole message is, "" when none. A zero is an
// answer where a number is asked for and may be zero.
func (m *Model) global(text string, e Expect) string {
	k := wholeWord(text)
	if k == "0" && (e.Kind == "count" || e.Kind == "euros" || e.Kind == "age") && e.Min <= 0 {
		return ""
	}
	return m.globals[k]
}
