package desk

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"doudou/bot"
)

// knowing is a desk that knows of families.
func knowing(o *Options) { o.Families, _ = o.Cases.(Families) }

func TestTheNumberIsShownOnRequestOnly(t *testing.T) {
	b := opened(t, furnish(), knowing).enter("awa")
	for _, path := range []string{"/desk/cases/K7Q2", "/desk/cases/K7Q2/call"} {
		page := b.get(path)
		page.wants(t, 200, "Connue depuis le", "le matin", "Accepte les messages")
		page.lacks(t, "33612345678")
	}
	b.get("/desk/cases/K7Q2/call").wants(t, 200, "Afficher le numéro", "la famille lit arabe")
	b.post("/desk/cases/K7Q2/number").wants(t, 200, "33612345678")
	if last := b.relais.journal[len(b.relais.journal)-1]; last.Did != "number" || last.Agent != "awa" || last.Case != "K7Q2" {
		t.Errorf("journal %+v", last)
	}
	paul := b.another().enter("paul")
	paul.get("/desk/cases/K7Q2/call").wants(t, 404)
	paul.post("/desk/cases/K7Q2/number").wants(t, 404)
	b.another().enter("nora").post("/desk/cases/K7Q2/number").wants(t, 403)
}

func TestTheNoteOfACallStaysInside(t *testing.T) {
	b := opened(t, furnish(), knowing).enter("awa")
	b.post("/desk/cases/K7Q2/called", "once", "n", "said", "veut deux jours").wants(t, 422, "Dites si la famille a répondu", "veut deux jours")
	b.post("/desk/cases/K7Q2/called", "once", "n", "reached", "yes", "said", "veut deux jours", "next", "rappeler lundi").wants(t, 303)
	b.get("/desk/cases/K7Q2").wants(t, 200, "Note interne de Awa", "Appel : la famille a répondu.", "Dit : veut deux jours", "Suite : rappeler lundi")
	if len(b.relais.sent) != 0 {
		t.Fatal("the note of a call left")
	}
}

func TestFormerCasesOfTheFamily(t *testing.T) {
	f := furnish()
	f.cases["OLD1"] = bot.Case{ID: "OLD1", Contact: "family", Team: "relais", State: bot.Closed, Topic: "cmg.offer", Opened: noon.AddDate(0, -1, 0)}
	f.cases["OLD2"] = bot.Case{ID: "OLD2", Contact: "family", Team: "pmi", State: bot.Closed, Topic: "cmg.offer", Opened: noon.AddDate(0, -1, 0)}
	page := opened(t, f, knowing).enter("awa").get("/desk/cases/K7Q2")
	page.wants(t, 200, "Demandes d’avant", `href="/desk/cases/OLD1"`)
	page.lacks(t, "OLD2")
}

func TestWhatSMSCostIsShown(t *testing.T) {
	f := furnish()
	c := f.cases["K7Q2"]
	c.Channel = bot.SMS
	f.cases["K7Q2"] = c
	f.spent = []bot.Spending{{Month: "2027-03", Team: "relais", Messages: 3, Segments: 5}, {Month: "2027-03", Messages: 1, Segments: 2}}
	b := opened(t, f, func(o *Options) { o.SegmentPrice = decimal.RequireFromString("0.0725") }).enter("awa")
	b.get("/desk/cases/K7Q2").wants(t, 200, "Ce mois-ci", "5 SMS", "0,36")
	b.get("/desk/spend").wants(t, 404)
	page := b.another().enter("chef").get("/desk/spend")
	page.wants(t, 200, "Coût des SMS", "Ville", "Doudou, le robot")
	if strings.Count(page.body, "<tr>") != 3 {
		t.Errorf("rows: %s", page.body)
	}
}
