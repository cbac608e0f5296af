package nlu

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestQuestions reads the questions as parents and childminders ask them:
// each must be understood well enough to be answered without a choice, whether it
// is known who writes or not. None is a phrase that the model was taught. Where two answers serve as well, both are
// in the table.
func TestQuestions(t *testing.T) {
	taught := map[string]bool{}
	all, err := readPhrases(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		taught[fold(p.Text)] = true
	}
	n := 0
	err = table(os.DirFS("testdata"), "questions.tsv", 5, func(c []string) error {
		n++
		if taught[fold(c[1])] {
			t.Errorf("%q is taught word for word", c[1])
		}
		for _, audience := range []string{c[0], ""} {
			r := model(t).Read(c[1], Context{Audience: audience, Now: "2026-11-23"})
			if !slices.Contains(strings.Split(c[2], "|"), r.Intent) || r.Subject != c[3] || r.Card != c[4] || r.Zone != "answer" {
				t.Errorf("%q from %q is read as %s/%s %.2f %s card %q, not %s/%s card %q", c[1], audience, r.Intent, r.Subject, r.Score, r.Zone, r.Card, c[2], c[3], c[4])
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if n != 89 {
		t.Errorf("%d questions instead of 89", n)
	}
}
