package desk

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"doudou/bot"
)

func TestListShowsOnlyCasesOfMyTeams(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	page := b.get("/desk/")
	page.wants(t, 200, "K7Q2", "CMG, reste à payer", "arabe", "soninké", "le matin", "attend : l’équipe n’a pas encore ouvert depuis")
	page.lacks(t, "M3X9")
	b.another().enter("paul").get("/desk/").lacks(t, "K7Q2")
	none := b.another().enter("none")
	none.get("/desk/").lacks(t, "K7Q2", "M3X9")
	if got := none.get("/desk/live"); got.header.Get("X-Waiting") != "0" {
		t.Error("an agent of no team is told how many cases wait")
	}
}

func TestListsFollowTheCase(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	lea := b.another().enter("lea")
	page := b.get("/desk/cases/K7Q2")
	b.post("/desk/cases/K7Q2/take", "once", page.form(t, "/desk/cases/K7Q2/take", "once")).wants(t, 303)
	for _, tt := range []struct {
		who  *browser
		tab  string
		here bool
	}{{b, "open", false}, {b, "mine", true}, {lea, "open", false}, {lea, "mine", false}, {lea, "waiting", true}} {
		if got := strings.Contains(tt.who.get("/desk/?tab="+tt.tab).body, "K7Q2"); got != tt.here {
			t.Errorf("tab %s: the case is there: %v", tt.tab, got)
		}
	}
	b.post("/desk/cases/K7Q2/close", "once", "c", "text", "")
	b.get("/desk/?tab=closed").wants(t, 200, "K7Q2")
	b.get("/desk/?tab=mine").lacks(t, "K7Q2")
}

// TestWaitingIsByWhoseWordWasLast follows a case that an agent holds.
func TestWaitingIsByWhoseWordWasLast(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	b.post("/desk/cases/K7Q2/take", "once", "t").wants(t, 303)
	b.get("/desk/?tab=mine").wants(t, 200, "La famille attend")
	b.get("/desk/?tab=waiting").lacks(t, "K7Q2")
	b.post("/desk/cases/K7Q2/reply", "once", "r", "seen", "6", "text", "Quel âge ?").wants(t, 303)
	b.post("/desk/cases/K7Q2/note", "once", "n", "text", "à rappeler").wants(t, 303)
	b.get("/desk/?tab=waiting").wants(t, 200, "K7Q2", "réponse envoyée")
	b.relais.say(b.relais.cases["K7Q2"], bot.Line{Speaker: bot.Family, Text: "2 ans", At: noon})
	b.get("/desk/?tab=waiting").lacks(t, "K7Q2")
	b.get("/desk/?tab=mine").wants(t, 200, "La famille attend")
}

func TestUrgentFirst(t *testing.T) {
	f := furnish()
	c := f.cases["M3X9"]
	c.Team = "relais"
	f.cases["M3X9"] = c
	page := opened(t, f, nil).enter("awa").get("/desk/")
	if strings.Index(page.body, "M3X9") > strings.Index(page.body, "K7Q2") {
		t.Error("an urgent case stands below another")
	}
	page.wants(t, 200, "Urgent", "Alerte\u00a0: bébé")
}

func TestOtherTeamsFindNothingAnywhere(t *testing.T) {
	b := opened(t, furnish(), nil).enter("paul")
	for _, path := range []string{"/desk/cases/K7Q2", "/desk/cases/K7Q2/live?after=0", "/desk/cases/NONE"} {
		b.get(path).wants(t, 404)
	}
	for _, do := range []string{"take", "release", "note", "reply", "close"} {
		b.post("/desk/cases/K7Q2/"+do, "once", "k", "text", "bonjour", "seen", "0").wants(t, 404)
	}
	b.post("/desk/segments", "case", "K7Q2", "text", "a").wants(t, 404)
	if len(b.relais.sent) > 0 || b.relais.cases["K7Q2"].State != bot.Open {
		t.Error("somebody of another team changed the case")
	}
	for _, e := range b.relais.journal {
		if e.Case != "" {
			t.Errorf("the journal has %s of %s", e.Did, e.Case)
		}
	}
}

func TestThreadIsReadInMyLanguage(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	page := b.get("/desk/cases/K7Q2")
	page.wants(t, 200, "Combien d&#39;enfants ?", "312,50\u00a0€", "<li>En savoir plus</li>",
		`<div class="words" lang="ar" dir="auto"><p>كم سأدفع؟ &lt;script&gt;`, "réponse privée", "a choisi", `role="log"`)
	page.lacks(t, "<script>alert", "1999", "resources")
	b.post("/desk/language", "lang", "en", "back", "/desk/").wants(t, 303)
	b.get("/desk/cases/K7Q2").wants(t, 200, "How many children?", "€312.50", "Tell me more", "private answer", `<html lang="en">`)
}

func TestLinesOfAnotherTeamAreCounted(t *testing.T) {
	f := furnish()
	f.cases["OLD1"] = bot.Case{ID: "OLD1", Contact: "family", Team: "pmi", State: bot.Closed}
	c := f.cases["OLD1"]
	f.say(c, bot.Line{Speaker: bot.Staff, Agent: "paul", Text: "mot de la PMI", At: noon})
	f.say(c, bot.Line{Speaker: bot.Aside, Agent: "paul", Text: "note de la PMI", At: noon})
	page := opened(t, f, nil).enter("awa").get("/desk/cases/K7Q2")
	page.wants(t, 200, "2 lignes échangées avec un autre service")
	page.lacks(t, "de la PMI")
}

func TestATextThatIsGoneIsNamed(t *testing.T) {
	f := furnish()
	f.lines["family"][1].Says[0].Key = "cmg.gone"
	opened(t, f, nil).enter("awa").get("/desk/cases/K7Q2").wants(t, 200, "[cmg.gone]")
}

func TestReadingAndActingIsInTheJournal(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	page := b.get("/desk/cases/K7Q2")
	for _, do := range []string{"take", "note", "reply", "release", "close"} {
		got := b.post("/desk/cases/K7Q2/"+do, "once", do, "text", "bonjour", "seen", "0")
		got.wants(t, http.StatusSeeOther)
	}
	_ = page
	var did []string
	for _, e := range b.relais.journal {
		did = append(did, e.Did)
		if e.Agent != "awa" {
			t.Errorf("%s is of %q", e.Did, e.Agent)
		}
	}
	if got := strings.Join(did, " "); got != "sign-in read take note reply release close" {
		t.Errorf("journal: %s", got)
	}
}

func TestWhatCannotBeRecordedIsNotShown(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	b.relais.broken = errors.New("disk full")
	page := b.get("/desk/cases/K7Q2")
	page.wants(t, 500)
	page.lacks(t, "Combien", "disk full")
}

func TestObserversOnlyRead(t *testing.T) {
	b := opened(t, furnish(), nil).enter("nora")
	page := b.get("/desk/cases/K7Q2")
	page.wants(t, 200, "réponse privée")
	page.lacks(t, `/reply"`, `/note"`, `/take"`)
	for _, do := range []string{"take", "release", "note", "reply", "close"} {
		b.post("/desk/cases/K7Q2/"+do, "once", "k", "text", "bonjour", "seen", "0").wants(t, 403)
	}
	if len(b.relais.lines["family"]) != len(talk()) {
		t.Error("an observer wrote")
	}
}

func TestLiveThreadGivesWhatIsNew(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	b.relais.say(b.relais.cases["K7Q2"], bot.Line{Speaker: bot.Family, Lang: "ar", Text: "مرحبا", At: noon})
	got := b.get("/desk/cases/K7Q2/live?after=6")
	got.wants(t, 200, "مرحبا", `data-seq="7"`)
	got.lacks(t, "Combien", "<html")
	if got.header.Get("X-Lines") != "7" || got.header.Get("X-Last") != "7" {
		t.Errorf("headers %v", got.header)
	}
	got = b.get("/desk/cases/K7Q2/live?after=7")
	if strings.TrimSpace(got.body) != "" || got.header.Get("X-Last") != "7" {
		t.Errorf("nothing new gave %q", got.body)
	}
	if got := b.get("/desk/live"); got.header.Get("X-Waiting") != "1" || !strings.Contains(got.body, "K7Q2") {
		t.Errorf("live list: %v", got)
	}
}

func TestLiveDoesNotKeepTheSessionAwake(t *testing.T) {
	f := furnish()
	b := opened(t, f, nil).enter("awa")
	b.get("/desk/live").wants(t, 200)
	if got := b.get("/desk/live"); got.header.Get("Set-Cookie") != "" {
		t.Error("the session was prolonged by the page itself")
	}
	b.another().get("/desk/live").wants(t, 401)
	b.another().get("/desk/cases/K7Q2/live?after=0").wants(t, 401)
}
