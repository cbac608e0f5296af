package nlu

import "testing"

// TestAge reads how old a child is, in whole months.
func TestAge(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"18 mois", "18"}, {"18mois", "18"}, {"18m", "18"}, {"18 m", "18"}, {"il a 18 mois", "18"}, {"dix-huit mois", "18"}, {"ma fille a 7 mois", "7"},
		{"1 an et demi", "18"}, {"un an et demi", "18"}, {"un an", "12"}, {"2 ans", "24"}, {"2ans", "24"}, {"2 ans et demi", "30"}, {"2,5 ans", "30"}, {"2 an et demie", "30"},
		{"2 ans et 3 mois", "27"}, {"deux ans et trois mois", "27"}, {"5 ans", "60"}, {"3 semaines", "0"}, {"10 semaines", "2"}, {"1 mois et demi", "1"},
		{"18", "18"}, {"36", "36"}, {"0", "0"}, {"bientot 2 ans", "24"}, {"mon 2e a 18 mois", "18"},
		{"né le 3/4/25", "19"}, {"ne le 3/4/25", "19"}, {"03/04/2025", "19"}, {"3.4.2025", "19"}, {"2025-04-03", "19"}, {"3 avril 2025", "19"}, {"24 novembre 2025", "11"}, {"23/11/2025", "12"},
		{"avril 2025", "19"}, {"né en avril 2025", "19"}, {"elle est née le 12 mars", "8"}, {"né en mars", "8"}, {"né hier", "0"}, {"2025年4月3日", "19"}, {"2025年4月", "19"},
		{"enceinte", "0"}, {"enceinte de 5 mois", "0"}, {"je suis enceinte", "0"}, {"pas encore né", "0"}, {"il est pas encore ne", "0"}, {"à naître", "0"}, {"terme prévu en mars", "0"},
		{"naissance prévue le 3 mars 2027", "0"}, {"03/03/2027", "0"}, {"j'attends un bébé", "0"},
		{"18 months", "18"}, {"2 years old", "24"}, {"two and a half years", "30"}, {"a year and a half", "18"}, {"pregnant", "0"}, {"not born yet", "0"}, {"born in april 2025", "19"},
		{"١٨ شهر", "18"}, {"سنتان", "24"}, {"عمره سنتين", "24"}, {"سنة ونصف", "18"}, {"شهرين", "2"}, {"عمرها 8 أشهر", "8"}, {"حامل", "0"}, {"لم يولد بعد", "0"},
		{"3am w noss", "18"}, {"3 snin", "36"}, {"8 chhour", "8"}, {"ana 7amla", "0"},
		{"18 aylık", "18"}, {"2 yaşında", "24"}, {"iki buçuk yaşında", "30"}, {"hamileyim", "0"}, {"henüz doğmadı", "0"},
		{"18 meses", "18"}, {"2 anos e meio", "30"}, {"estou grávida", "0"}, {"ainda não nasceu", "0"},
		{"18 luni", "18"}, {"2 ani și jumătate", "30"}, {"sunt însărcinată", "0"},
		{"año y medio", "18"}, {"un año y medio", "18"}, {"2 años", "24"}, {"estoy embarazada", "0"},
		{"18 மாதம்", "18"}, {"2 வயது", "24"}, {"கர்ப்பமாக இருக்கிறேன்", "0"},
		{"18个月", "18"}, {"两岁", "24"}, {"一岁半", "18"}, {"8个月大", "8"}, {"怀孕了", "0"}, {"还没出生", "0"},
		{"১৮ মাস", "18"}, {"২ বছর", "24"}, {"গর্ভবতী", "0"},
		{"18 mois et 3 ans", ""}, {"2 ans et 5 ans", ""}, {"un fils de 2 ans et je suis enceinte", ""}, {"37", ""}, {"2500", ""}, {"-3", ""}, {"2,5", ""}, {"deux enfants", ""},
		{"300 ans", ""}, {"petit", ""}, {"je cherche une nounou pour mon fils de 18 mois", ""}, {"oui", ""}, {"35h", ""}, {"2000 €", ""}, {"03/03/2028", ""}, {"31/02/2025", ""}, {"beaucoup", ""}, {"", ""},
		{"combien coute la creche pour un bebe de 18 mois ?", ""}, {"12345678901234567890 mois", ""},
	} {
		r := model(t).Read(c.text, Context{Lang: "fr", Expect: Expect{Kind: "age"}, Now: "2026-11-23"})
		if r.Value != c.want {
			t.Errorf("%q is %q months old, not %q (%s %s)", c.text, r.Value, c.want, r.Lang, r.Zone)
		}
	}
}

// TestAgeBounds checks the bounds of the question, and that a birth on a day
// that nobody knows is not counted.
func TestAgeBounds(t *testing.T) {
	for _, c := range []struct {
		text      string
		now, want string
		expect    Expect
	}{
		{"2 ans", "2026-11-23", "24", Expect{Max: 36}}, {"4 ans", "2026-11-23", "", Expect{Max: 36}}, {"1 mois", "2026-11-23", "", Expect{Min: 2}},
		{"enceinte", "2026-11-23", "", Expect{Min: 2}}, {"3/4/2025", "", "", Expect{}}, {"avril 2025", "", "", Expect{}}, {"18 mois", "", "18", Expect{}},
	} {
		c.expect.Kind = "age"
		if r := model(t).Read(c.text, Context{Lang: "fr", Expect: c.expect, Now: c.now}); r.Value != c.want {
			t.Errorf("%q on %q, asked with %+v, gives %q, not %q", c.text, c.now, c.expect, r.Value, c.want)
		}
	}
}
