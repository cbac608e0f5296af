package nlu

import (
	"strings"
	"testing"
)

// TestAbbreviations checks that short and full spellings of the same words
// become one, and that full ones are left as they are.
func TestAbbreviations(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"fr", "c koi", "c est quoi"}, {"fr", "c'est quoi", "c est quoi"}, {"fr", "cest koi", "c est quoi"},
		{"fr", "ça c'est bien passé", "ca c est bien passe"}, {"fr", "ce papier", "ce papier"}, {"fr", "il se passe quoi", "il se passe quoi"},
		{"fr", "liste d'attente", "liste d attente"}, {"fr", "la liste datente", "la liste d attente"},
		{"fr", "jpaye kan", "je paye quand"}, {"fr", "keske jdois fer", "qu est ce que je dois faire"}, {"fr", "kes ke jdois fer", "qu est ce que je dois faire"},
		{"fr", "c fermé é g personne", "c est ferme est j ai personne"}, {"fr", "alte garderi", "halte garderie"},
		{"fr", "c", "c est"}, {"en", "c koi", "c koi"}, {"", "jpaye", "jpaye"},
	} {
		if got := strings.Join(model(t).classifier.abbreviations.expand(words(fold(c.text)), c.lang), " "); got != c.want {
			t.Errorf("%q is written out as %q, not %q", c.text, got, c.want)
		}
	}
}
