package nlu

import "testing"

// TestOffer checks that the word which the relais prints is heard first in a
// message, whatever follows, and nowhere else. Danger goes before it.
func TestOffer(t *testing.T) {
	for _, c := range []struct {
		text   string
		offers bool
	}{
		{"LIBRE 2 mars Orgemont", true}, {"libre", true}, {" Libre : 1 place svp", true}, {"LIBRE comment annuler mon inscription ?", true}, {"libre 3", true},
		{"je suis libre mercredi pour venir ?", false}, {"temps libre pour la crèche", false},
	} {
		r := model(t).Read(c.text, Context{Lang: "fr"})
		if got := r.Intent == offerIntent && r.Zone == "answer" && r.Subject == general && r.Score >= surely; got != c.offers {
			t.Errorf("%q is read as %s/%s, %.2f %s", c.text, r.Intent, r.Subject, r.Score, r.Zone)
		}
		if len(r.Top) != likeliest {
			t.Errorf("%q has the scores %v", c.text, r.Top)
		}
	}
	if r := model(t).Read("LIBRE au secours mon bébé ne respire plus", Context{Lang: "fr"}); !r.Urgent {
		t.Error("an offer is heard where a baby does not breathe")
	}
}
