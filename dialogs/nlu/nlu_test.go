package nlu

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// model returns the model of the embedded files, trained once for all tests.
func model(t testing.TB) *Model {
	t.Helper()
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestIntents(t *testing.T) {
	intents := model(t).Intents()
	if len(intents) != 59 {
		t.Errorf("there are %d intents instead of 59", len(intents))
	}
	for _, want := range []string{"cmg_amount", "urgent_danger", "urgent_medical", "talk_to_human", outOfScope} {
		if !strings.Contains(" "+strings.Join(intents, " ")+" ", " "+want+" ") {
			t.Errorf("there is no intent %q", want)
		}
	}
	intents[0] = "changed"
	if model(t).Intents()[0] == "changed" {
		t.Error("whoever asks for the intents can change those of the model")
	}
}

// TestSame checks that two models trained apart read alike, to the last bit.
func TestSame(t *testing.T) {
	phrases, err := readPhrases(files)
	if err != nil {
		t.Fatal(err)
	}
	other, err := train(files, phrases)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"slt cmt on fé pr avoir 1 place en creche", "kifach nsajel weldi f la creche", "CMG金额", "mon mari me tape", "…"} {
		a, b := model(t).Read(text, Context{}), other.Read(text, Context{})
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%q is read in two ways:\n%+v\n%+v", text, a, b)
		}
	}
}

// TestMessages reads messages as people write them.
func TestMessages(t *testing.T) {
	for _, c := range []struct{ text, lang, intent string }{
		{"slt cmt on fé pr avoir 1 place en creche", "fr", "creche_register"},
		{"mon dossier creche il en est ou svp", "fr", "creche_waiting_status"},
		{"bjr je cherche une nounou a orgemont svp merci", "fr", "childminder_find"},
		{"how much does the caf give for a childminder", "en", "cmg_amount"},
		{"kifach nsajel weldi f la creche", "ar-latn", "creche_register"},
		{"كيف أسجل طفلي في الحضانة", "ar", "creche_register"},
		{"Cocugumu krese nasil yazdiririm", "tr", "creche_register"},
		{"quanto custa uma ama", "pt", "childminder_cost"},
		{"cât costă o bonă pe lună", "ro", "childminder_cost"},
		{"busco una cuidadora cerca de mi casa", "es", "childminder_find"},
		{"குழந்தை தடுப்பூசி எங்கே போடுவது", "ta", "pmi_health"},
		{"我想给孩子报名托儿所", "zh", "creche_register"},
		{"বাচ্চাকে ক্রেশে ভর্তি করতে চাই", "bn", "creche_register"},
		{"merciiiii bcp", "fr", "thanks"},
		{"renouveler mon passeport", "fr", outOfScope},
	} {
		r := model(t).Read(c.text, Context{})
		if r.Lang != c.lang || r.Intent != c.intent || r.Urgent || r.Zone == "person" {
			t.Errorf("%q is read as %s %s %.2f %s (urgent %t), not %s %s", c.text, r.Lang, r.Intent, r.Score, r.Zone, r.Urgent, c.lang, c.intent)
		}
	}
}

// TestUnknown checks that what says nothing is not given a meaning.
func TestUnknown(t *testing.T) {
	for _, text := range []string{"", "   ", "😀😀😀", "asdfgh", "…", "1", "2", "12", "2026", "xyzzy plugh", "\u202e\u202d\u0000\x07"} {
		r := model(t).Read(text, Context{Lang: "fr"})
		if r.Zone != "person" && r.Intent != outOfScope || r.Zone == "answer" || r.Urgent {
			t.Errorf("%q is read as %s %.2f %s, urgent %t", text, r.Intent, r.Score, r.Zone, r.Urgent)
		}
	}
}

func TestLanguageOfShortWords(t *testing.T) {
	for _, c := range []struct{ text, own, want string }{
		{"2", "tr", "tr"}, {"2", "", "fr"}, {"👍", "pt", "pt"}, {"ok", "es", "es"}, {"merci", "", "fr"},
		{"salam", "", "ar-latn"}, {"evet", "fr", "tr"}, {"thank you", "fr", "en"}, {"creche", "fr", "fr"}, {"projet mam", "fr", "fr"}, {"nounou orgemont", "fr", "fr"},
		{"cmg", "ro", "ro"}, {"مرحبا", "fr", "ar"}, {"你好", "fr", "zh"}, {"নমস্কার", "", "bn"}, {"வணக்கம்", "", "ta"},
	} {
		if got := model(t).Read(c.text, Context{Lang: c.own}).Lang; got != c.want {
			t.Errorf("%q from somebody who writes %q is taken for %q, not %q", c.text, c.own, got, c.want)
		}
	}
}

// TestPoliteness checks that a greeting before a question is not the answer to it.
func TestPoliteness(t *testing.T) {
	for _, text := range []string{"bonjour madame, combien coûte la crèche svp, merci d'avance", "salut c combien la creche", "hello how much is the nursery please"} {
		if r := model(t).Read(text, Context{}); r.Intent != "creche_cost" {
			t.Errorf("%q is read as %s", text, r.Intent)
		}
	}
	for text, want := range map[string]string{"bonjour": "greeting", "bonjour madame": "greeting", "merci beaucoup": "thanks", "au revoir": "goodbye"} {
		if r := model(t).Read(text, Context{}); r.Intent != want || r.Zone != "answer" {
			t.Errorf("%q is read as %s %.2f %s", text, r.Intent, r.Score, r.Zone)
		}
	}
}

// hostile are texts that break careless readers.
var hostile = []string{
	strings.Repeat("a", 4000), strings.Repeat("é", 4000), strings.Repeat("😀", 4000), strings.Repeat("mon mari ", 500),
	strings.Repeat("我", 4000), strings.Repeat("\u0301", 4000), strings.Repeat("\u202e", 100) + "bonjour", "\xff\xfe\x00abc\xc3",
	strings.Repeat("a ", 2000), strings.Repeat("1", 4000), strings.Repeat("1 ", 2000), strings.Repeat("deux mille ", 300),
	strings.Repeat("ا", 3000), "ZWJ \u200d\u200c\u2066\u2069", strings.Repeat("fievre .. ", 400), "\t\r\n\v", "12:", "9h", ":", "1/2/3/4/5",
}

func TestHostile(t *testing.T) {
	for _, kind := range []string{"", "count", "euros", "yesno", "choice", "date", "moment", "postcode", "text", "age", "place"} {
		for _, text := range hostile {
			check(t, text, kind)
		}
	}
}

// TestBounded checks that nobody can hold a reader up: twenty readings of the
// worst take milliseconds; what grows with the square of the length takes
// seconds.
func TestBounded(t *testing.T) {
	m := model(t)
	for _, text := range []string{strings.Repeat("1", 4000), strings.Repeat("ab", 2000), strings.Repeat("fievre x x ", 400), strings.Repeat("1 2 ", 1000)} {
		start := time.Now()
		for range 20 {
			m.Read(text, Context{Expect: Expect{Kind: "count"}})
		}
		if d := time.Since(start); d > 2*time.Second {
			t.Errorf("%.20q takes %v", text, d/20)
		}
	}
}

// check reads a text and looks at what must always hold.
func check(t *testing.T, text, kind string) {
	t.Helper()
	c := Context{Now: "2026-11-23", Expect: Expect{Kind: kind, Max: 12, Options: []Option{{"a", "Crèche"}, {"b", text}}}}
	r := model(t).Read(text, c)
	switch {
	case r.Lang == "" || r.Zone == "":
		t.Errorf("%.40q has no language or no zone: %+v", text, r)
	case r.Score < 0 || r.Score > 1:
		t.Errorf("%.40q has the score %f", text, r.Score)
	case !utf8.ValidString(r.Value):
		t.Errorf("%.40q has an invalid value %q", text, r.Value)
	case r.Urgent != (r.Card != "") || r.Urgent && !strings.HasPrefix(r.Intent, urgentIntent):
		t.Errorf("%.40q is urgent %t with card %q and intent %q", text, r.Urgent, r.Card, r.Intent)
	}
	for i := 1; i < len(r.Top); i++ {
		if r.Top[i].Score > r.Top[i-1].Score {
			t.Errorf("%.40q: the likeliest intents are not in order: %v", text, r.Top)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, "count")
	}
	f.Add("3 mars 2027 à 9h30", "moment")
	f.Add("2.500,50 €", "euros")
	f.Fuzz(func(t *testing.T, text, kind string) { check(t, text, kind) })
}
