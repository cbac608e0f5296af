package nlu

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// LearnedFile is the usual name of the file of phrases that were learned from
// what families wrote; its form is that of the phrase files, with a subject after
// the intent where there is one ("creche_register/when").
const LearnedFile = "learned.tsv"

// LearnedHeader is the first line of such a file.
const LearnedHeader = "lang\tregister\taudience\tintent\ttext"

// With returns a model trained on the embedded phrase files and on more phrases
// of the same form; name is what an error calls them, with the line. What they
// ask for must be asked for in the embedded files: they teach other words for
// it, nothing new.
func With(name string, more io.Reader) (*Model, error) {
	phrases, err := readPhrases(files)
	if err != nil {
		return nil, err
	}
	learned, err := readLearned(name, more, phrases)
	if err != nil {
		return nil, err
	}
	return train(files, slices.Concat(phrases, learned))
}

// readLearned reads phrases that must mean what others mean.
func readLearned(name string, more io.Reader, others []Phrase) ([]Phrase, error) {
	langs, topics := map[string]bool{}, map[string]bool{}
	for _, p := range others {
		langs[p.Lang], topics[p.Intent], topics[p.topic()] = true, true, true
	}
	var learned []Phrase
	err := tableOf(more, name, 5, func(c []string) error {
		p := newPhrase(name, c)
		p.Intent, p.Subject, _ = strings.Cut(p.Intent, "/")
		switch {
		case !langs[p.Lang]:
			return fmt.Errorf("there is no language %q", p.Lang)
		case !topics[p.topic()]:
			return fmt.Errorf("there is no intent %q", p.topic())
		case fold(p.Text) == "":
			return fmt.Errorf("the text is missing")
		}
		learned = append(learned, p)
		return nil
	})
	return learned, err
}

// topic is the intent of a phrase, with its subject when it has one.
func (p Phrase) topic() string {
	if p.Subject == general {
		return p.Intent
	}
	return p.Intent + "/" + p.Subject
}

// Words returns the words of a message as the classifier sees them: folded,
// abbreviations written out, politeness taken off. Messages that ask for the
// same thing share most of them.
func (m *Model) Words(text, lang string) []string {
	return slices.Clone(m.classifier.prepare(text, lang, "").words)
}
