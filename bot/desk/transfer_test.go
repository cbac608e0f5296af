package desk

import (
	"testing"
)

const transferAt = "/desk/cases/K7Q2/transfer"

// TestTransfer passes a case of the true store to the PMI.
func TestTransfer(t *testing.T) {
	w := wholeCase(t, nil)
	awa, paul := w.another().enterReal(w.s, "awa"), w.another().enterReal(w.s, "paul")
	awa.post("/desk/cases/K7Q2/note", "once", "n", "text", "mot interne").wants(t, 303)
	awa.get(transferAt).wants(t, 200, "Transmettre à un autre service", "L’accord de la famille")
	awa.post(transferAt, "once", "k", "team", "pmi", "reason", "", "consent", "yes").wants(t, 422, "Dites pourquoi")
	awa.post(transferAt, "once", "k", "team", "pmi", "reason", "agrément").wants(t, 422, "Dites si la famille est d’accord", "agrément")
	awa.post(transferAt, "once", "k", "team", "nobody", "reason", "agrément", "consent", "yes").wants(t, 422, "Choisissez un autre service")
	page := awa.post(transferAt, "once", "k", "team", "pmi", "reason", "agrément", "consent", "yes")
	page.wants(t, 200, "Ce que la famille va lire", "Votre question est chez", "Transmettre la demande")
	paul.get("/desk/cases/K7Q2").wants(t, 404)
	awa.post(transferAt, "once", page.form(t, transferAt, "once"), "team", "pmi", "reason", "agrément", "consent", "yes",
		"shown", page.form(t, transferAt, "shown")).wants(t, 303)
	awa.get("/desk/").wants(t, 200, "La demande est transmise")
	awa.get("/desk/cases/K7Q2").wants(t, 404)
	page = paul.get("/desk/cases/K7Q2")
	page.wants(t, 200, "je voudrais une personne", "agrément")
	page.lacks(t, "mot interne")
	if got := w.left(0); got == "" {
		t.Error("the family was not told")
	}
}

func TestTheFormerTeamMayReadAndNotWrite(t *testing.T) {
	w := wholeCase(t, nil)
	awa := w.another().enterReal(w.s, "awa")
	awa.post(transferAt, "once", "k", "team", "pmi", "reason", "agrément", "consent", "yes", "keeps", "1", "shown", "pmi/yes").wants(t, 303)
	page := awa.get("/desk/cases/K7Q2")
	page.wants(t, 200, "je voudrais une personne")
	page.lacks(t, replyTo)
	awa.post(replyTo, "once", "r", "seen", "0", "text", "encore moi", "priced", "1").wants(t, 403)
	awa.get(transferAt).wants(t, 404)
}

func TestTheFamilyIsAskedFirst(t *testing.T) {
	w := wholeCase(t, nil)
	awa := w.another().enterReal(w.s, "awa")
	awa.post(transferAt, "once", "k", "team", "pmi", "reason", "agrément", "consent", "ask", "shown", "pmi/ask").wants(t, 303)
	awa.get("/desk/cases/K7Q2").wants(t, 200, "On attend sa réponse")
	c, err := w.s.Case(t.Context(), "K7Q2")
	if err != nil || c.Team != "relais" || c.Toward != "pmi" {
		t.Fatalf("case %+v %v", c, err)
	}
}
