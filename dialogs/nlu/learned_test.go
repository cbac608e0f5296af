package nlu

import (
	"slices"
	"strings"
	"testing"
)

// learnedLines makes a file of learned phrases.
func learnedLines(lines ...string) *strings.Reader {
	return strings.NewReader(LearnedHeader + "\n" + strings.Join(lines, "\n"))
}

func TestWith(t *testing.T) {
	const text = "zorglub pour le bidule"
	before := model(t).Read(text, Context{})
	if before.Intent == "creche_register" {
		t.Fatalf("%q is understood already", text)
	}
	m, err := With("learned.tsv", learnedLines("# a remark", "fr\tlearned\tparent\tcreche_register/when\t"+text, ""))
	if err != nil {
		t.Fatal(err)
	}
	if r := m.Read(text, Context{}); r.Intent != "creche_register" || r.Subject != "when" || r.Zone == "person" {
		t.Errorf("%q was taught and is read as %s/%s %.2f", text, r.Intent, r.Subject, r.Score)
	}
	if !slices.Equal(m.Intents(), model(t).Intents()) {
		t.Error("there are other intents than before")
	}
	if again := model(t).Read(text, Context{}); again.Intent != before.Intent || again.Score != before.Score {
		t.Error("the model of the embedded files has learned too")
	}
}

func TestWithRefuses(t *testing.T) {
	for line, want := range map[string]string{
		"fr\tlearned\t\tdance\tdanser":                       `learned.tsv:2: there is no intent "dance"`,
		"fr\tlearned\t\tcreche_register/dance\tdanser":       `learned.tsv:2: there is no intent "creche_register/dance"`,
		"xx\tlearned\t\tcreche_register\tdanser":             `learned.tsv:2: there is no language "xx"`,
		"fr\tlearned\t\tcreche_register\t…":                  "learned.tsv:2: the text is missing",
		"fr\tcreche_register\tdanser":                        "learned.tsv:2: 3 columns instead of 5",
		"# fine\nfr\tlearned\t\tcreche_register\tx\nfr\tbad": "learned.tsv:4: 2 columns",
	} {
		if _, err := With("learned.tsv", learnedLines(line)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", line, err, want)
		}
	}
}

func TestWordsAlike(t *testing.T) {
	a, b := model(t).Words("slt cmt on fé pr la creche svp", "fr"), model(t).Words("bonjour, comment on fait pour la crèche", "fr")
	if !slices.Equal(a, b) {
		t.Errorf("%q and %q", a, b)
	}
}
