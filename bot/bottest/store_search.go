package bottest

import (
	"slices"
	"strings"
	"time"

	"doudou/bot"
	"doudou/dialogs"
)

var searchSuite = map[string]func(*storeTest){
	"what finds a case":    whatFinds,
	"page after page":      searchPages,
	"within the teams":     searchWalls,
	"nothing after EFFACE": searchForgotten,
}

// search finds cases as an agent types.
func (t *storeTest) search(typed string, teams ...string) bot.CasePage {
	t.Helper()
	page, err := t.Store.List(t.ctx, bot.CaseQuery{Teams: teams, Terms: bot.Searched(typed), At: t.Now(), Limit: 20})
	t.must(err)
	return page
}

func whatFinds(t *storeTest) {
	t.says(phone, "Bonjour, je cherche une place pour Leïla")
	turn := t.turn(t.next(t.hear(phone, "quelqu'un svp, كم سأدفع للحضانة؟")))
	turn.Open = &bot.Case{ID: "AB-2041", Team: "rpe", Topic: "cmg.person", Lang: "ar", Notes: map[string]string{"spoken": "Soninké"},
		Brief: []dialogs.BriefItem{{Slot: "town", Value: dialogs.Value{Text: "93800"}}, {Slot: "income", Value: dialogs.Value{Text: "1999", Private: true}}}}
	t.commit(turn)
	t.says(phone, "குழந்தை பராமரிப்பு")
	masked := t.turn(t.next(t.hear(phone, "secretissime")))
	masked.Mask = true
	t.commit(masked)
	t.must(t.act("AB-2041", "awa", bot.NoteIt, "Voir avec Mélanie"))
	t.must(t.act("AB-2041", "awa", bot.Reply, "La crèche des Œillets"))
	added := t.turn(t.next(t.hear(phone, "autre chose")))
	added.Open = &bot.Case{Topic: "menu.person", Notes: map[string]string{"spoken": "bambara"}}
	t.commit(added)
	for _, c := range []struct{ typed, found string }{
		{"AB-2041", bot.InNumber}, {"ab 2041", bot.InNumber}, {"ab2041", bot.InNumber},
		{"leila", bot.InFamily}, {"LEÏ", bot.InFamily}, {"place chercher", ""}, {"place cherche", bot.InFamily},
		{"سأدفع", bot.InFamily}, {"سادفع", bot.InFamily}, {"பராமரி", bot.InFamily},
		{"melanie", bot.InNote}, {"oeillets", bot.InStaff}, {"creche oeil", bot.InStaff},
		{"soninke", bot.InBrief}, {"bambara", bot.InBrief}, {"93800", bot.InBrief}, {"1999", ""}, {"secretissime", ""}, {"le", ""}, {"je", bot.InFamily},
		{phone, bot.InAddress}, {"06 11 22 33 44", bot.InAddress}, {"0033 6.11.22.33.44 leila", bot.InAddress + " " + bot.InFamily}, {"06 11 22 33 45", ""},
		{"melanie leila", bot.InFamily + " " + bot.InNote}, {"melanie inconnue", ""},
	} {
		page := t.search(c.typed, "rpe")
		if got := strings.Join(page.Found["AB-2041"], " "); got != c.found || (numbers(page) == "AB-2041") != (c.found != "") {
			t.Errorf("%q finds %q in %q, want %q", c.typed, numbers(page), got, c.found)
		}
	}
	for _, term := range []struct {
		bot.Term
		found string
	}{
		{bot.Term{Word: "paye", Topics: []string{"cmg", "other", "third"}}, bot.InTopic}, {bot.Term{Word: "menu", Topics: []string{"menu"}}, bot.InTopic},
		{bot.Term{Word: "arabe", Langs: []string{"ar"}}, bot.InLang}, {bot.Term{Word: "turc", Langs: []string{"tr"}}, ""},
	} {
		page, err := t.Store.List(t.ctx, bot.CaseQuery{Teams: []string{"rpe"}, Terms: []bot.Term{term.Term}, At: t.Now(), Limit: 5})
		t.must(err)
		if got := strings.Join(page.Found["AB-2041"], " "); got != term.found {
			t.Errorf("%s: found in %q, want %q", term.Word, got, term.found)
		}
	}
}

func searchPages(t *storeTest) {
	t.plant(bot.Case{ID: "A", Team: "rpe"}, bot.Case{ID: "B", Team: "rpe"}, bot.Case{ID: "C", Team: "rpe"})
	for _, from := range []string{"+33600000000", "+33600000001", "+33600000002"} {
		t.Clock.Add(time.Minute)
		t.says(from, planted)
	}
	t.Clock.Add(time.Minute)
	t.must(t.act("C", "awa", bot.Close, ""))
	q := bot.CaseQuery{Teams: []string{"rpe"}, Terms: bot.Searched(planted), At: t.Now(), Limit: 2}
	first, err := t.Store.List(t.ctx, q)
	t.must(err)
	q.After = first.Next
	second, err := t.Store.List(t.ctx, q)
	t.must(err)
	if numbers(first) != "C B" || numbers(second) != "A" || second.Next != "" {
		t.Errorf("pages %q and %q: the last changed comes first", numbers(first), numbers(second))
	}
}

func searchWalls(t *storeTest) {
	_, id := t.openCase(phone)
	t.says(phone, planted)
	for _, typed := range []string{planted, phone, string(id)} {
		if got := numbers(t.search(typed, "pmi", "caf")) + numbers(t.search(typed)); got != "" {
			t.Errorf("another team finds %s by %q", got, typed)
		}
		if got := numbers(t.search(typed, "pmi", "rpe")); got != string(id) {
			t.Errorf("its team finds %q by %q", got, typed)
		}
	}
}

func searchForgotten(t *storeTest) {
	_, id := t.openCase(phone)
	t.says(phone, planted)
	t.must(t.Store.Attend(t.ctx, bot.Presence{Case: id, Agent: "awa", Doing: bot.Viewing, At: t.Now()}))
	t.forgetMe(t.lease())
	for _, typed := range []string{planted, phone, string(id)} {
		if page := t.search(typed, "rpe"); len(page.Cases) > 0 {
			t.Errorf("found by %q", typed)
		}
	}
	if dump := t.Dump(); slices.ContainsFunc(strings.Split(dump, "\n"), func(row string) bool { return strings.Contains(row, string(id)) && strings.Contains(row, planted[:4]) }) {
		t.Error("words are left")
	}
	t.nothingOf(planted)
}
