package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"doudou/bot"
)

// heard plays lines and returns the texts that are kept to learn from.
func (s *stage) heard(lines ...string) []string {
	s.t.Helper()
	for _, line := range lines {
		s.step(line)
	}
	list, err := s.store.Unclear(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	var texts []string
	for _, u := range list {
		texts = append(texts, u.Text)
	}
	return texts
}

func TestLearnKeepsWhatIsUnclear(t *testing.T) {
	s := newStage(t)
	s.step("chat 7 fr > zorglub blabla de Djibril Kouyaté au 06 12 34 56 78")
	list, err := s.store.Unclear(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("kept %+v %v", list, err)
	}
	u := list[0]
	if u.Text != "zorglub blabla de … au …" || u.Day != "2026-11-23" || u.Lang != "fr" || len(u.Top) != 3 || u.ID == "" {
		t.Errorf("kept %+v", u)
	}
	s.step("sms 0612345678 > blabla " + strings.Repeat("zorglub blabla ", 35))
	if list, err = s.store.Unclear(t.Context()); err != nil || len(list) != 2 {
		t.Fatalf("kept %+v %v", list, err)
	}
	for _, u := range list {
		if n := len([]rune(u.Text)); n > 300 || strings.HasSuffix(u.Text, "blab") {
			t.Errorf("%d characters are kept: %q", n, u.Text)
		}
	}
}

func TestLearnKeepsNothingElse(t *testing.T) {
	const strange = " > zorglub blabla zorglub"
	for name, lines := range map[string][]string{
		"what was understood": {"chat 7 fr > c'est quoi une mam", "chat 7 fr > 1", "chat 7 fr > merci", "chat 7 fr > /start"},
		"what is urgent":      {"chat 7 fr > mon mari me tape"},
		"what is no text":     {"send voice 7", "send media 7", "chat 7 fr > 🍼🍼🍼", "chat 7 fr > ??"},
		"for an open case":    {"chat 7 fr > je veux parler a quelqu'un", "chat 7 fr > 1", "chat 7 fr > PASSER", "chat 7 fr" + strange},
		"for a held case":     {"chat 7 fr > je veux parler a quelqu'un", "desk awa take K-1", "chat 7 fr" + strange},
		"about erasure":       {"chat 7 fr > bonjour", "chat 7 fr > EFFACE", "chat 7 fr" + strange},
		"after STOP":          {"chat 7 fr > bonjour", "chat 7 fr > STOP", "chat 7 fr" + strange},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if kept := newStage(t).heard(lines...); len(kept) > 0 {
				t.Errorf("kept %q", kept)
			}
		})
	}
}

// privateTree asks for what nobody may read.
const privateTree = `
dialog: secret
about: Un secret
owner: relais
review: 2027-03-31
intents: {mam: income}
slots:
  income: {type: euros, max: 50000, private: true}
start: income
nodes:
  income: {ask: income, next: done, skip: "@person"}
  done: {next: end}
`

const privateWords = `
"secret.income" = "Combien ?"
"secret.income.retry" = "Combien, en euros ?"
"secret.done" = "Merci."
`

// TestLearnKeepsNoAnswer: what was said to a question about the family is not
// kept, private or not.
func TestLearnKeepsNoAnswer(t *testing.T) {
	for _, open := range []string{"secret", "cmg"} {
		s := newStageOf(t, smallTown(t, nearWords+privateWords, privateTree, cmgTree, personTree))
		if kept := s.heard("chat 7 fr > /start "+open, "chat 7 fr > zorglub blabla zorglub", "chat 7 fr > combien pour la creche ou la nounou"); slices.ContainsFunc(kept, func(s string) bool { return open == "secret" || strings.Contains(s, "zorglub") }) {
			t.Errorf("%s: kept %q", open, kept)
		}
	}
}

func TestLearnGroups(t *testing.T) {
	var list []bot.Unclear
	add := func(lang, text string, top ...string) {
		list = append(list, bot.Unclear{ID: fmt.Sprint("id", len(list)), Lang: lang, Text: text, Top: top})
	}
	add("fr", "ma question sur le tarif des vacances", "creche_cost", "cmg_what")
	add("fr", "slt cmt on fé pr le zorglub svp", "creche_register", "cmg_what", "creche_cost")
	add("fr", "comment on fait pour le zorglub", "creche_register", "creche_cost")
	add("fr", "comment on fait pour avoir le zorglub ?", "creche_register", "creche_cost")
	add("fr", "comment on fait pour le zorglub", "cmg_what")
	add("en", "comment on fait pour le zorglub", "creche_register")
	groups := bot.GroupUnclear(reader(t), list)
	if len(groups) != 4 || len(groups[0].Messages) != 3 || groups[0].Lang != "fr" || !slices.Equal(groups[0].Top, []string{"creche_register", "creche_cost", "cmg_what"}) {
		t.Fatalf("groups %+v", groups)
	}
	again := slices.Clone(list)
	slices.Reverse(again)
	for i, g := range bot.GroupUnclear(reader(t), again) {
		if fmt.Sprint(g) != fmt.Sprint(groups[i]) {
			t.Errorf("in another order group %d is %+v and not %+v", i, g, groups[i])
		}
	}
	if bot.GroupUnclear(reader(t), nil) == nil {
		t.Error("nothing has no groups") // a list that is read by programs
	}
}
