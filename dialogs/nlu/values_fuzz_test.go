package nlu

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// canonical is how each value is written.
var canonical = map[string]*regexp.Regexp{
	"child_months": regexp.MustCompile(`^(0|[1-9]\d{0,2})$`),
	"birth_date":   regexp.MustCompile(`^20\d\d-\d\d-\d\d$`),
	"date":         regexp.MustCompile(`^2\d{3}-\d\d-\d\d$`),
	"month":        regexp.MustCompile(`^2\d{3}-(0[1-9]|1[0-2])$`),
	"hours":        regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$`),
	"places":       regexp.MustCompile(`^[1-9]$`),
	"half":         regexp.MustCompile(`^(morning|noon|afternoon|evening)$`),
	"days":         regexp.MustCompile(`^((mon|tues|wednes|thurs|fri|satur|sun)day(,|$))+$`),
	"hours_day":    regexp.MustCompile(`^[1-9]\d?(\.\d\d)?$`),
	"hours_week":   regexp.MustCompile(`^[1-9]\d?(\.\d\d)?$`),
	"hours_month":  regexp.MustCompile(`^[1-9]\d{0,2}(\.\d\d)?$`),
	"euros_hour":   regexp.MustCompile(`^[1-9]\d?(\.\d\d)?$`),
	"euros_month":  regexp.MustCompile(`^[1-9]\d{2,4}(\.\d\d)?$`),
	"children":     regexp.MustCompile(`^([1-9]|1[0-2])$`),
	"postcode":     regexp.MustCompile(`^\d{5}$`),
	"quarter":      regexp.MustCompile(`^(Orgemont|La Source|Centre-ville|Les Presles)$`),
}

// checkValues looks at what must always hold of the values of a text: canonical
// forms only, the same twice, births past and dates to come.
func checkValues(t *testing.T, text, lang string) {
	t.Helper()
	m := model(t)
	r := &reply{text: strings.ToValidUTF8(head(text), ""), lang: m.languages.of(text, lang), own: lang, words: words(fold(text)), quarters: here.Quarters}
	r.now, _ = time.Parse(dayForm, here.Now)
	got := m.values(r)
	if again := m.values(r); !maps.Equal(got, again) {
		t.Errorf("%.60q gives %v, then %v", text, got, again)
	}
	for name, value := range got {
		if form := canonical[name]; form == nil || !form.MatchString(value) {
			t.Errorf("%.60q gives %s = %q", text, name, value)
		}
		if name != "birth_date" && name != "date" {
			continue
		}
		day, err := time.Parse(dayForm, value)
		if err != nil || name == "date" && day.Before(r.now) || name == "birth_date" && day.After(r.now) {
			t.Errorf("%.60q gives the %s %s (%v)", text, name, value, err)
		}
	}
}

// written are the texts of the tables.
func written(t testing.TB) (texts []string) {
	for _, file := range []string{"values.tsv", "values_blind.tsv"} {
		err := table(os.DirFS("testdata"), file, 3, func(c []string) error {
			texts = append(texts, c[1])
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return texts
}

// TestValuesHold checks it of all that is written here, in every language, cut
// anywhere and said one after the other.
func TestValuesHold(t *testing.T) {
	all := written(t)
	for i, text := range slices.Concat(all, hostile, []string{"½", "½ ½", "2½ ans", "99/99/9999", "0/0", "00/00/2025", "31/11", "29/02", "lundi 99", "€", "€ 5", "半", "年月日", "1年1月1日", "千", "一千五", "1/2", "4€99999", "8h99 par jour"}) {
		for _, lang := range []string{"", "fr", "en", "ar", "tr", "zh"} {
			checkValues(t, text, lang)
		}
		checkValues(t, head(text)[:len(head(text))/2], "")
		checkValues(t, text+" "+all[i%len(all)], "")
		checkValues(t, text+" "+all[(i*7+1)%len(all)], "fr")
	}
}

// TestValuesBounded checks that a row of numbers, days and words beside them
// does not hold the reader up.
func TestValuesBounded(t *testing.T) {
	for _, text := range []string{"lundi 1 an aura ", "1 ou 2 ", "né le 1/2/25 ", "12 mars ", "8h30 par jour ", "一小时", "de 2 ", "matin "} {
		start := time.Now()
		checkValues(t, strings.Repeat(text, 1+maxRunes/len([]rune(text))), "fr")
		if d := time.Since(start); d > 200*time.Millisecond {
			t.Errorf("%q again and again takes %v", text, d)
		}
	}
}

func FuzzValues(f *testing.F) {
	model(f) // trained before the clock of a single text runs
	for _, text := range slices.Concat(written(f), hostile) {
		f.Add(text, "")
	}
	f.Fuzz(checkValues)
}

func BenchmarkValues(b *testing.B) {
	m := model(b)
	r := &reply{text: "j'ai un fils de 18 mois et je cherche une nounou 20h par semaine a 93800 à partir du 4 janvier", lang: "fr", quarters: here.Quarters}
	r.words = words(fold(r.text))
	r.now, _ = time.Parse(dayForm, here.Now)
	for b.Loop() {
		m.values(r)
	}
}
