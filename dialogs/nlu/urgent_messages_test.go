package nlu

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// An alert is a message of the tables of urgent messages.
type alert struct {
	lang, text string
	cards      []string // that serve; none when it only sounds urgent
}

func alerts(t testing.TB, name string) (all []alert) {
	t.Helper()
	err := table(os.DirFS("testdata"), name, 3, func(c []string) error {
		a := alert{lang: c[0], text: c[2]}
		if c[1] != lookAlike {
			a.cards = strings.Split(c[1], "|")
		}
		all = append(all, a)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestUrgentMessages measures the urgent layer on messages as people write
// them. Of urgent.tsv the lines may be looked at; of urgent_blind.tsv, drawn by
// lot from the same pile, only the figures. The floors are a little under what
// was measured, to see a change for the worse.
func TestUrgentMessages(t *testing.T) {
	for _, tt := range []struct {
		file                      string
		blind                     bool
		recall, silent, rightCard float64
	}{
		{"urgent.tsv", false, 97, 99, 95},
		{"urgent_blind.tsv", true, 97, 96, 93},
	} {
		t.Run(tt.file, func(t *testing.T) {
			var urgent, heard, right, calm, silent int
			for _, a := range alerts(t, tt.file) {
				r := model(t).Read(a.text, Context{})
				if len(a.cards) == 0 {
					calm++
					silent += one(!r.Urgent)
				} else {
					urgent++
					heard += one(r.Urgent)
					right += one(slices.Contains(a.cards, r.Card))
				}
				if !tt.blind && r.Urgent != (len(a.cards) > 0) {
					t.Logf("%s %q: card %q, wanted %q", a.lang, a.text, r.Card, a.cards)
				} else if !tt.blind && r.Urgent && !slices.Contains(a.cards, r.Card) {
					t.Logf("%s %q: another card, %q, wanted %q", a.lang, a.text, r.Card, a.cards)
				}
			}
			t.Logf("%d urgent: heard %.1f %%, with the right card %.1f %%; %d look-alikes: %.1f %% taken for urgent",
				urgent, percent(heard, urgent), percent(right, urgent), calm, 100-percent(silent, calm))
			for _, floor := range []struct {
				name       string
				got, least float64
			}{
				{"heard", percent(heard, urgent), tt.recall}, {"left alone", percent(silent, calm), tt.silent},
				{"right card", percent(right, urgent), tt.rightCard},
			} {
				if floor.got < floor.least {
					t.Errorf("%s: %.1f %%, less than %.0f %%", floor.name, floor.got, floor.least)
				}
			}
		})
	}
}

// TestPhrasesAreCalm checks that what people ask every day raises no alarm by
// itself.
func TestPhrasesAreCalm(t *testing.T) {
	m := model(t)
	phrases, err := readPhrases(files)
	if err != nil {
		t.Fatal(err)
	}
	alarmed := 0
	for _, p := range phrases {
		if strings.HasPrefix(p.Intent, urgentIntent) {
			continue
		}
		msg := m.classifier.prepare(p.Text, m.languages.of(p.Text, ""), "")
		if card, _ := m.alarm.hear(stems(words(fold(p.Text))), msg).card(); card != "" {
			alarmed++
			t.Logf("%s %q, %s: card %q", p.Lang, p.Text, p.Intent, card)
		}
	}
	if alarmed*500 > len(phrases) {
		t.Errorf("%d of %d phrases that are not urgent raise an alarm", alarmed, len(phrases))
	}
}

// TestLooseSpelling reads danger in the spellings of a hurry, and leaves alone
// the words that only look like it.
func TestLooseSpelling(t *testing.T) {
	for _, c := range []struct{ text, card string }{
		{"mon bb sétoufe", "medical"}, {"jveu me suissidé", "despair"}, {"il ma étrenglé", "violence"}, {"el é inconssiente", "medical"},
		{"mon mari me taap", "violence"}, {"sai levre son violete", "medical"}, {"rajli kaydreebnii", "violence"}, {"kulandhai mooochu vidalaa", "medical"},
		{"my baby is unconscous", "medical"},
		{"il mange du poisson", ""}, {"je suis en situation irreguliere", ""}, {"shokran bezzaf", ""}, {"je fais comment", ""}, {"le tapis d'éveil", ""},
	} {
		if r := model(t).Read(c.text, Context{}); r.Card != c.card {
			t.Errorf("%q calls for the card %q, not %q", c.text, r.Card, c.card)
		}
	}
}

func TestNamedWords(t *testing.T) {
	named := map[string]string{"@who": "he/she"}
	for text, want := range map[string]string{"@who/they? .. hit": "he/she/they? .. hit", "a b": "a b"} {
		if got, err := spellOut(text, named); err != nil || got != want {
			t.Errorf("%q is spelt out as %q, %v", text, got, err)
		}
	}
	if _, err := spellOut("a @nobody", named); err == nil {
		t.Error("words that nobody named are let pass")
	}
}

func BenchmarkAlarm(b *testing.B) {
	m := model(b)
	text := "bonjour alors voilà je garde une petite et ce matin elle est arrivée avec un manteau bleu et la maman me demande si elle peut changer les horaires du contrat"
	raw, msg := stems(words(fold(text))), m.classifier.prepare(text, "fr", "")
	for b.Loop() {
		m.alarm.hear(raw, msg)
	}
}
