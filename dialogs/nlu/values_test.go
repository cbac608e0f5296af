package nlu

import (
	"maps"
	"testing"
)

func TestValues(t *testing.T) {
	for _, c := range []struct {
		text string
		want map[string]string
	}{
		{"j'ai un fils de 18 mois et je cherche une nounou 20h par semaine a 93800", map[string]string{"child_months": "18", "hours_week": "20", "postcode": "93800"}},
		{"on gagne 2500 euros par mois avec 2 enfants", map[string]string{"euros_month": "2500", "children": "2"}},
		{"on gagne 2 500 a deux", map[string]string{"euros_month": "2500"}},
		{"il a 2 ans et demi", map[string]string{"child_months": "30"}},
		{"my son is 2 years old", map[string]string{"child_months": "24"}},
		{"nounou a 4,50 de l'heure", map[string]string{"euros_hour": "4.50"}},
		{"120 heures par mois", map[string]string{"hours_month": "120"}},
		{"عندي طفل عمره ٣ سنوات", map[string]string{"child_months": "36"}},
		{"deux enfants", map[string]string{"children": "2"}},
		{"3 ans ou 4 ans", nil},
		{"maman de 34 ans", nil},
		{"appelez le 0612345678", nil},
		{"30000 par an", nil},
		{"une place en creche", nil},
		{"bonjour", nil},
	} {
		if got := model(t).Read(c.text, Context{Lang: "fr"}).Values; !maps.Equal(got, c.want) {
			t.Errorf("%q gives %v, not %v", c.text, got, c.want)
		}
	}
}
