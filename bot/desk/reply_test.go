package desk

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/shopspring/decimal"

	"doudou/bot"
)

const replyTo = "/desk/cases/K7Q2/reply"

func TestReplyLeavesOnce(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	page := b.get("/desk/cases/K7Q2")
	once, seen := page.form(t, replyTo, "once"), page.form(t, replyTo, "seen")
	var clicks sync.WaitGroup
	for range 4 {
		clicks.Go(func() { b.post(replyTo, "once", once, "seen", seen, "text", "Bonjour") })
	}
	clicks.Wait()
	if len(b.relais.sent) != 1 {
		t.Fatalf("four clicks sent %q", b.relais.sent)
	}
	got := b.post(replyTo, "once", once, "seen", seen, "text", "Bonjour")
	got.wants(t, http.StatusSeeOther)
	b.get(got.header.Get("Location")).wants(t, 200, "Bonjour")
}

func TestReplyIsOnItsWay(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	got := b.post(replyTo, "once", "k", "seen", "6", "text", "Bonjour")
	got.wants(t, http.StatusSeeOther)
	b.get(got.header.Get("Location")).wants(t, 200, "Votre réponse part dans dix secondes", "Bonjour")
	b.get(got.header.Get("Location")).lacks(t, "Votre réponse part dans dix secondes")
}

// TestSameWordsAgain is the browser's Back: the page comes anew, with a new key,
// and the words that left are still in the box.
func TestSameWordsAgain(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	b.post(replyTo, "once", "k1", "seen", "6", "text", "Bonjour").wants(t, 303)
	b.post(replyTo, "once", "k2", "seen", "7", "text", "Bonjour").wants(t, 303)
	if len(b.relais.sent) != 1 {
		t.Fatalf("sent %q", b.relais.sent)
	}
	b.get("/desk/cases/K7Q2").wants(t, 200, "Ce texte est déjà parti")
	b.relais.say(b.relais.cases["K7Q2"], bot.Line{Speaker: bot.Family, Lang: "fr", Text: "Pardon ?", At: noon})
	b.post(replyTo, "once", "k3", "seen", "8", "text", "Bonjour").wants(t, 303)
	if len(b.relais.sent) != 2 {
		t.Fatal("the same words may answer a new question")
	}
}

func TestOtherWordsAfterBackAreAnotherReply(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	page := b.get("/desk/cases/K7Q2")
	once, seen := page.form(t, replyTo, "once"), page.form(t, replyTo, "seen")
	b.post(replyTo, "once", once, "seen", seen, "text", "Bonjour").wants(t, 303)
	b.post(replyTo, "once", once, "seen", seen, "text", "Autre chose").wants(t, 303)
	if len(b.relais.sent) != 2 {
		t.Fatalf("sent %q: the second reply was taken for the first", b.relais.sent)
	}
}

func TestClosedCaseTakesNoReply(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	b.post("/desk/cases/K7Q2/close", "once", "c", "text", "").wants(t, 303)
	b.post(replyTo, "once", "k", "seen", "6", "text", "trop tard").wants(t, 409, "déjà fermée", "trop tard")
	b.get("/desk/cases/K7Q2").lacks(t, replyTo)
}

func TestReleaseIsForTheHolderOrAManager(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	b.post("/desk/cases/K7Q2/take", "once", "t").wants(t, 303)
	lea, chef := b.another().enter("lea"), b.another().enter("chef")
	lea.post("/desk/cases/K7Q2/release", "once", "r").wants(t, 409)
	if b.relais.cases["K7Q2"].Agent != "awa" {
		t.Fatal("a colleague gave the case back")
	}
	chef.get("/desk/cases/K7Q2").wants(t, 200, "/desk/cases/K7Q2/release")
	chef.post("/desk/cases/K7Q2/release", "once", "r2").wants(t, 303)
	if b.relais.cases["K7Q2"].State != bot.Open {
		t.Fatal("a manager could not give the case back")
	}
}

func TestReplyWaitsForWhatIsNew(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	page := b.get("/desk/cases/K7Q2")
	b.relais.say(b.relais.cases["K7Q2"], bot.Line{Speaker: bot.Family, Lang: "fr", Text: "J'ai trouvé, merci", At: noon})
	got := b.post(replyTo, "once", page.form(t, replyTo, "once"), "seen", page.form(t, replyTo, "seen"), "text", "Ma réponse")
	got.wants(t, http.StatusConflict, "J&#39;ai trouvé, merci", "Ma réponse", "Envoyer quand même")
	got.lacks(t, "Combien d&#39;enfants")
	if len(b.relais.sent) != 0 {
		t.Fatal("a reply left over new lines")
	}
	b.post(replyTo, "once", got.form(t, replyTo, "once"), "seen", got.form(t, replyTo, "seen"), "text", "Ma réponse").wants(t, 303)
	if len(b.relais.sent) != 1 {
		t.Fatal("'send anyway' did not send")
	}
}

func TestColleagueHoldsTheCase(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	lea := b.another().enter("lea")
	page := lea.get("/desk/cases/K7Q2")
	b.post("/desk/cases/K7Q2/take", "once", "t").wants(t, 303)
	got := lea.post(replyTo, "once", page.form(t, replyTo, "once"), "seen", page.form(t, replyTo, "seen"), "text", "Je réponds aussi")
	got.wants(t, http.StatusConflict, "Awa tient cette demande", "Je réponds aussi", "la demande reste à Awa")
	lea.post(replyTo, "once", "k2", "seen", got.form(t, replyTo, "seen"), "text", "Je réponds aussi", "anyway", got.form(t, replyTo, "anyway")).wants(t, 303)
	if len(b.relais.sent) != 1 || b.relais.cases["K7Q2"].Agent == "" {
		t.Fatal("'send anyway' did not send, or took the case away")
	}
	page = lea.get("/desk/cases/K7Q2")
	page.wants(t, 200, "Awa tient cette demande")
	page.lacks(t, replyTo)
}

func TestNoteNeverLeaves(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	b.post("/desk/cases/K7Q2/note", "once", "n", "text", "rappeler lundi").wants(t, 303)
	b.get("/desk/cases/K7Q2").wants(t, 200, "Note interne de Awa", "rappeler lundi")
	if len(b.relais.sent) != 0 {
		t.Fatal("a note left")
	}
}

func TestEmptyAndEndlessTextsComeBack(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	long := strings.Repeat("é", maxReply+1)
	for _, do := range []string{"reply", "note"} {
		b.post("/desk/cases/K7Q2/"+do, "once", "k", "seen", "6", "text", "  ").wants(t, 422, "Le texte est vide ou trop long")
		b.post("/desk/cases/K7Q2/"+do, "once", "k", "seen", "6", "text", long).wants(t, 422, long[:200])
	}
	b.post(replyTo, "seen", "6", "text", "sans clé").wants(t, 400, "sans clé")
	b.post(replyTo, "once", "k", "seen", "-3", "text", "bonjour").wants(t, 400)
	b.post(replyTo, "once", "k", "seen", "6", "text", strings.Repeat("a", maxBody+1)).wants(t, 400)
	if len(b.relais.sent)+len(b.relais.done) != 0 {
		t.Fatal("something was done")
	}
}

func TestSMSShowsItsPriceFirst(t *testing.T) {
	f := furnish()
	c := f.cases["K7Q2"]
	c.Channel = bot.SMS
	f.cases["K7Q2"] = c
	b := opened(t, f, nil).enter("awa")
	text := strings.Repeat("bonjour ", 20)
	got := b.post(replyTo, "once", "k", "seen", "6", "text", text)
	got.wants(t, 200, "2 SMS", "Awa, relais petite enfance: bonjour", `name="priced" value="2"`)
	if len(f.sent) != 0 {
		t.Fatal("an SMS left before its price was shown")
	}
	b.post(replyTo, "once", "k", "seen", "6", "text", text+text, "priced", "2").wants(t, 200, "3 SMS")
	b.post(replyTo, "once", "k", "seen", "6", "text", text, "priced", "2").wants(t, 303)
	if len(f.sent) != 1 {
		t.Fatal("the SMS did not leave")
	}
	b.post("/desk/segments", "case", "K7Q2", "text", text).wants(t, 200, `"segments":2`)
	b.post("/desk/cases/K7Q2/close", "once", "c", "text", "Au revoir").wants(t, 200, "1 SMS", "Envoyer et fermer", "Doudou est de retour")
	b.post("/desk/cases/K7Q2/close", "once", "c", "text", "Au revoir", "priced", "1").wants(t, 303)
}

// The button that makes a text cheaper changes the words in the box, and nothing
// leaves by it, whatever else the form says.
func TestCheaperWordsAreShownAndNotSent(t *testing.T) {
	f := furnish()
	c := f.cases["K7Q2"]
	c.Channel = bot.SMS
	f.cases["K7Q2"] = c
	b := opened(t, f, func(o *Options) {
		o.SegmentPrice = decimal.RequireFromString("0.0725")
		o.Advise = func(lead, text, tail string) Advice {
			a := Advice{Text: lead + text + tail, Segments: 1, Letters: 160}
			if cheaper := strings.ReplaceAll(text, " 😀", ""); cheaper != text {
				a.Segments, a.Letters, a.Costly, a.Cheaper = 2, 70, []string{"😀"}, cheaper
			}
			return a
		}
	}).enter("awa")
	typed := []string{"once", "k", "seen", "6", "anyway", "1", "text", "À mardi 😀"}
	b.post(replyTo, typed...).wants(t, 200, "2 SMS · 0,15\u00a0€", "70 lettres par SMS, à cause de : 😀", "Rendre moins cher", `name="priced" value="2"`)
	for _, do := range []string{"reply", "close"} {
		got := b.post("/desk/cases/K7Q2/"+do, append(typed, "priced", "2", "cheaper", "1")...)
		got.wants(t, 200, ">À mardi</textarea>", "1 SMS · 0,07\u00a0€", "160 lettres par SMS", "rien n’est encore parti", `name="priced" value="1"`)
		if strings.Contains(got.body, "Rendre moins cher") {
			t.Error("the cheapest words are offered once more")
		}
	}
	b.post(replyTo, "once", "k", "seen", "6", "text", "À mardi", "priced", "1", "cheaper", "1").wants(t, 200, ">À mardi</textarea>")
	b.post("/desk/segments", "case", "K7Q2", "text", "À mardi 😀").wants(t, 200, `"segments":2`, "2 SMS · 0,15\u00a0€ · 70 lettres par SMS, à cause de : 😀")
	c.Channel = bot.Telegram
	f.cases["K7Q2"] = c
	for _, do := range []string{"reply", "close"} {
		b.post("/desk/cases/K7Q2/"+do, append(typed, "priced", "2", "cheaper", "1")...).wants(t, 200, ">À mardi 😀</textarea>")
	}
	if len(f.sent)+len(f.done) != 0 {
		t.Fatal("something left")
	}
	c.Channel = bot.SMS
	f.cases["K7Q2"] = c
	b.post(replyTo, "once", "k", "seen", "6", "text", "À mardi", "priced", "1").wants(t, 303)
	if len(f.sent) != 1 {
		t.Fatal("the cheaper words did not leave")
	}
}

func TestExpiredSessionKeepsWhatWasTyped(t *testing.T) {
	b := opened(t, furnish(), nil)
	got := b.post(replyTo, "once", "k", "seen", "6", "text", "une longue réponse")
	got.wants(t, http.StatusUnauthorized, "une longue réponse", "Rien n’est parti", `name="next" value="/desk/cases/K7Q2"`)
}
