package nlu

import (
	"bufio"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// files holds all that people may edit: phrases, words, patterns. A line that
// starts with # is a remark; the first line of a file names its columns.
//
//go:embed phrases/*.tsv words/*.tsv
var files embed.FS

// table reads a file of tab-separated lines of n columns and hands each to do.
func table(fsys fs.FS, name string, n int, do func(cells []string) error) error {
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return tableOf(f, name, n, do)
}

// tableOf reads such a table; name is what errors call it.
func tableOf(r io.Reader, name string, n int, do func(cells []string) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for at := 1; lines.Scan(); at++ {
		line := lines.Text()
		if at == 1 || line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != n {
			return fmt.Errorf("%s:%d: %d columns instead of %d; separate them with one tab", name, at, len(cells), n)
		}
		if err := do(cells); err != nil {
			return fmt.Errorf("%s:%d: %w", name, at, err)
		}
	}
	return lines.Err()
}

// A Phrase is one line of the phrase files: a message that somebody could send,
// what it asks for and, inside that, what exactly ("" for the intent in general).
type Phrase struct {
	Lang, Audience, Intent, Subject, Text string
}

// subjectFile holds the phrases that ask for something exact inside an intent.
const subjectFile = "phrases/subjects.tsv"

// readPhrases reads every phrase file, in the order of their names.
func readPhrases(fsys fs.FS) ([]Phrase, error) {
	names, err := fs.Glob(fsys, path.Join("phrases", "*.tsv"))
	if err != nil {
		return nil, err
	}
	var all []Phrase
	for _, name := range names {
		err := table(fsys, name, 5, func(c []string) error {
			p := newPhrase(name, c)
			if p.Lang == "" || p.Intent == "" || p.Text == "" || name == subjectFile && p.Subject == general {
				return fmt.Errorf("a phrase needs a language, an intent, a subject in the file of subjects, and a text")
			}
			all = append(all, p)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// newPhrase makes a phrase of the columns of a line of the named file.
func newPhrase(name string, c []string) Phrase {
	if name == subjectFile {
		return Phrase{Intent: c[0], Subject: c[1], Lang: c[2], Audience: c[3], Text: c[4]}
	}
	return Phrase{Lang: c[0], Audience: c[2], Intent: c[3], Text: c[4]}
}
