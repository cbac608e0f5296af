package nlu

import "testing"

// TestSubjects reads what exactly is asked inside an intent.
func TestSubjects(t *testing.T) {
	for _, c := range []struct{ text, intent, subject string }{
		{"la periode d essai avec la nounou dure combien", "childminder_contract", "trial"},
		{"la différence entre une crèche et un multi-accueil", "creche_options", "difference"},
		{"je cherche une nounou", "childminder_find", general},
		{"combien coûte la crèche", "creche_cost", general},
	} {
		if r := model(t).Read(c.text, Context{Lang: "fr"}); r.Intent != c.intent || r.Subject != c.subject {
			t.Errorf("%q is read as %s/%s, not %s/%s", c.text, r.Intent, r.Subject, c.intent, c.subject)
		}
	}
}
