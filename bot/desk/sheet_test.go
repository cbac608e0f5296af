package desk

import (
	"errors"
	"testing"

	"doudou/dialogs"
)

// project makes the case of the tests a MAM project.
func project() *relais {
	f := furnish()
	c := f.cases["K7Q2"]
	c.Topic = "mamfile.sent"
	c.Brief = []dialogs.BriefItem{
		{Slot: "people", Value: dialogs.Value{Kind: dialogs.KindCount, Text: "3"}},
		{Slot: "quarter", Value: dialogs.Value{Kind: dialogs.KindText, Text: "<b>Centre</b>"}},
		{Slot: "need", Value: dialogs.Value{Kind: dialogs.KindChoice, Text: "room", Key: "cmg.offer.more"}},
		{Slot: "children", Value: dialogs.Value{Kind: dialogs.KindCount, Text: "12"}},
		{Slot: "resources", Value: dialogs.Value{Kind: dialogs.KindEuros, Text: "1999", Private: true}},
	}
	f.cases["K7Q2"] = c
	return f
}

func TestSheetIsOnePageInFrench(t *testing.T) {
	b := opened(t, project(), nil).enter("awa")
	b.get("/desk/cases/K7Q2").wants(t, 200, `href="/desk/cases/K7Q2/sheet"`)
	b.post("/desk/language", "lang", "en", "back", "/desk/").wants(t, 303)
	page := b.get("/desk/cases/K7Q2/sheet")
	page.wants(t, 200, `<html lang="fr">`, "Projet de MAM", "Demande K7Q2", "<time datetime=\"2027-03-03\">3 mars 2027</time>", "relais petite enfance",
		"<dt>Personnes dans le projet</dt><dd dir=\"auto\">3</dd>", "&lt;b&gt;Centre&lt;/b&gt;", "En savoir plus",
		"Enfants accueillis", "La ville", "La PMI", "La Caf", "signature", "sheet.css")
	page.lacks(t, "1999", "resources", "<script", "soninké", "كم", "<form")
}

func TestSheetOfNothingSaysSo(t *testing.T) {
	f := project()
	c := f.cases["K7Q2"]
	c.Brief = nil
	f.cases["K7Q2"] = c
	b := opened(t, f, nil).enter("awa")
	b.get("/desk/cases/K7Q2").lacks(t, "/sheet")
	b.get("/desk/cases/K7Q2/sheet").wants(t, 200, "précisé")
}

func TestSheetIsForTheTeamAndInTheJournal(t *testing.T) {
	f := project()
	b := opened(t, f, nil).enter("awa")
	b.another().enter("paul").get("/desk/cases/K7Q2/sheet").wants(t, 404)
	b.another().get("/desk/cases/K7Q2/sheet").wants(t, 303)
	b.another().enter("nora").get("/desk/cases/K7Q2/sheet").wants(t, 200, "Projet de MAM")
	if last := f.journal[len(f.journal)-1]; last.Did != "print" || last.Agent != "nora" || last.Case != "K7Q2" {
		t.Errorf("the journal ends with %+v", last)
	}
	f.broken = errors.New("disk full")
	page := b.get("/desk/cases/K7Q2/sheet")
	page.wants(t, 500)
	page.lacks(t, "Centre")
}

// TestTheSameSlotOfTwoDialogs: hours are of a week in one dialog, of a month in
// another, and the desk must not mix them up.
func TestTheSameSlotOfTwoDialogs(t *testing.T) {
	f := furnish()
	c := f.cases["K7Q2"]
	c.Brief = []dialogs.BriefItem{{Slot: "hours", Value: dialogs.Value{Kind: dialogs.KindCount, Text: "40"}}}
	for topic, want := range map[string]string{"cmg.result": "Heures par mois", "pay.result": "Heures par semaine"} {
		c.Topic = topic
		f.cases["K7Q2"] = c
		opened(t, f, nil).enter("awa").get("/desk/cases/K7Q2").wants(t, 200, want)
	}
}
