package locales

import (
	"errors"
	"testing"
)

func TestFormat(t *testing.T) {
	c := sample(t)
	sms := Style{SMS: true}
	for _, tt := range []struct {
		lang       string
		style      Style
		kind, text string
		want       string
	}{
		{"fr", Style{}, "count", "2", "2"},
		{"fr", Style{}, "count", "0", "0"},
		{"fr", Style{}, "count", "0012", "12"},
		{"fr", Style{}, "count", "1234567", "1\u202f234\u202f567"},
		{"fr", Style{}, "euros", "1234.50", "1\u202f234,50\u00a0€"},
		{"fr", Style{}, "euros", "1234.5", "1\u202f234,50\u00a0€"},
		{"fr", Style{}, "euros", "2500.00", "2\u202f500\u00a0€"},
		{"fr", Style{}, "euros", "0.90", "0,90\u00a0€"},
		{"fr", Style{}, "euros", "12.0265", "12,0265\u00a0€"},
		{"fr", sms, "euros", "1234.50", "1 234,50 €"},
		{"fr", sms, "euros", "2500", "2 500 €"},
		{"fr", Style{}, "percent", "6.19", "6,19\u00a0%"},
		{"fr", Style{}, "yesno", "yes", "oui"},
		{"fr", Style{}, "date", "2026-09-01", "1er septembre 2026"},
		{"fr", Style{}, "moment", "2027-03-03T09:30", "mercredi 3 mars à 9h30"},
		{"fr", Style{}, "moment", "2027-03-03T14:00", "mercredi 3 mars à 14h"},
		{"fr", sms, "moment", "2027-03-03T09:05", "mer. 3 mars à 9h05"},
		{"fr", Style{}, "phone", "+33141600000", "01\u00a041\u00a060\u00a000\u00a000"},
		{"fr", sms, "phone", "01 41 60 00 00", "01 41 60 00 00"},
		{"fr", sms, "phone", "3230", "3230"},
		{"fr", sms, "phone", "0800003456", "0 800 00 34 56"},
		{"fr", Style{}, "phone", "119", "119"},
		{"fr", Style{}, "phone", "15", "15"},
		{"fr", Style{}, "phone", "+32471000000", "+32471000000"},
		{"fr", Style{}, "phone", "+33612345678", "06\u00a012\u00a034\u00a056\u00a078"},
		{"fr", Style{}, "days", "mon|tue|thu", "lundi, mardi et jeudi"},
		{"fr", sms, "days", "mon|tue|thu", "lun., mar. et jeu."},
		{"fr", Style{}, "days", "wed", "mercredi"},
		{"fr", Style{}, "days", "mon|tue", "lundi et mardi"},
		{"fr", Style{}, "days", "mon|tue|wed|thu|fri", "du lundi au vendredi"},
		{"fr", Style{}, "days", "fri|sat|sun", "du vendredi au dimanche"},
		{"fr", Style{}, "days", "mon|tue|wed|sun", "lundi, mardi, mercredi et dimanche"},
		{"fr", Style{}, "hours", "08:00-18:00", "8h-18h"},
		{"fr", Style{}, "hours", "07:30-18:05", "7h30-18h05"},
		{"fr", Style{}, "hours", "20:00-07:00", "20h-7h"},
		{"fr", Style{}, "month", "2027-03", "mars 2027"},
		{"fr", Style{}, "numbers", "4|7", "4 et 7"},
		{"fr", Style{}, "numbers", "12|4|7", "12, 4 et 7"},
		{"fr", Style{}, "numbers", "4", "4"},
		{"en", Style{}, "days", "mon|tue|wed|thu|fri", "Monday to Friday"},
		{"en", Style{}, "hours", "08:00-18:00", "8:00-18:00"},
		{"ar", Style{}, "days", "mon|wed|thu", "الاثنين، الأربعاء والخميس"},
		{"ar", Style{}, "hours", "08:00-18:00", "من 8:00 إلى 18:00"},
		{"ar", Style{}, "month", "2027-03", "مارس 2027"},
		{"fr", Style{}, "postcode", "93800", "93800"},
		{"fr", Style{}, "age", "18", "18"},
		{"fr", Style{}, "place", "rue de Paris", "rue de Paris"},
		{"en", Style{}, "euros", "1234.50", "€1,234.50"},
		{"en", Style{}, "moment", "2027-03-03T09:30", "Wednesday 3 March at 9:30"},
		{"en", Style{}, "date", "2026-09-01", "1 September 2026"},
		{"ar", Style{}, "moment", "2027-03-03T09:30", "الأربعاء 3 مارس على الساعة 9:30"},
		{"ar", sms, "euros", "1234.50", "1\u202f234,50\u00a0€"}, // ordinary spaces would turn the groups around
		{"ar", Style{}, "yesno", "no", "لا"},
	} {
		got, err := c.Format(tt.lang, tt.style, Arg{Kind: tt.kind, Text: tt.text})
		if err != nil || got != tt.want {
			t.Errorf("Format(%s, %+v, %s %q) = %q, %v; want %q", tt.lang, tt.style, tt.kind, tt.text, got, err, tt.want)
		}
	}
}

func TestFormatRefusesWhatIsNotCanonical(t *testing.T) {
	c := sample(t)
	for _, a := range []Arg{
		{Kind: "count", Text: "two"}, {Kind: "count", Text: ""}, {Kind: "count", Text: "-1"},
		{Kind: "count", Text: "99999999999999999999"}, {Kind: "count", Text: "1e3"},
		{Kind: "euros", Text: "12,50"}, {Kind: "euros", Text: "12."}, {Kind: "euros", Text: ".5"},
		{Kind: "yesno", Text: "oui"}, {Kind: "date", Text: "31/01/2027"}, {Kind: "date", Text: "2027-02-30"},
		{Kind: "moment", Text: "2027-01-31"}, {Kind: "phone", Text: "call me"}, {Kind: "text", Text: "\u202e\n"},
		{Kind: "days", Text: "lundi"}, {Kind: "days", Text: ""}, {Kind: "days", Text: "mon|"}, {Kind: "hours", Text: "8h-18h"}, {Kind: "hours", Text: "08:00"},
		{Kind: "month", Text: "03/2027"}, {Kind: "month", Text: "2027-13"}, {Kind: "numbers", Text: "4,7"}, {Kind: "numbers", Text: ""},
		{Kind: "colour", Text: "red"}, {Kind: "choice", Key: "no.such"}, {Kind: "choice", Key: "cmg.many"},
	} {
		got, err := c.Format("fr", Style{}, a)
		if !errors.Is(err, ErrNoText) || got != "" {
			t.Errorf("Format(%+v) = %q, %v; want ErrNoText", a, got, err)
		}
	}
	if _, err := c.Format("xx", Style{}, Arg{Kind: "count", Text: "1"}); !errors.Is(err, ErrNoText) {
		t.Errorf("unknown language: %v", err)
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"  Awa \n Diop\t": "Awa Diop",
		"a\u202eb\u2066c": "abc",
		"{{.secret}}":     "{{.secret}}",
		"a\x00\x1b[31mb":  "a[31mb",
		"\xff\xfeok":      "ok",
		"👩\u200d👧":        "👩\u200d👧",
		"می\u200cخواهم":   "می\u200cخواهم",
		"\u200b\ufeff":    "",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}
