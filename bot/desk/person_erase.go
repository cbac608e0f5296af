package desk

import (
	"net/http"
	"strings"

	"doudou/bot"
)

// An erasing is what the page shows before somebody is erased.
type erasing struct {
	dossier
	Once  string
	Word  string // to be typed
	Open  bool   // a case is open that this agent does not hold
	Fault string // text id
}

func (d *desk) erasePage(v *visit) error {
	p, err := d.asked(v, "person-read")
	if err != nil {
		return err
	}
	return d.showErasing(v, http.StatusOK, p, "")
}

func (d *desk) showErasing(v *visit, status int, p bot.Person, fault string) error {
	e := erasing{dossier: d.dossier(v, p), Once: v.key(), Word: d.personal(v, "word"), Open: heldElsewhere(v.agent, p), Fault: fault}
	return d.show(v, status, "personerase", page{Title: "desk.person.erase.title", Tab: "people", Data: e})
}

// heldElsewhere tells whether a question is open that the agent does not hold
// themselves: somebody may be about to answer it.
func heldElsewhere(a bot.Agent, p bot.Person) bool {
	for _, c := range p.Cases {
		if c.State != bot.Closed && c.Agent != a.Login {
			return true
		}
	}
	return false
}

// erasePerson erases somebody everywhere, once, after the word was typed. Who is
// not there any more is erased: a form that is sent again says so too.
func (d *desk) erasePerson(v *visit) error {
	who := bot.ContactID(v.r.PathValue("who"))
	if v.field("once") == "" {
		return errForm
	}
	p, err := d.answersFor(v, who)
	if err != nil {
		return err
	}
	switch {
	case !strings.EqualFold(v.field("word"), d.personal(v, "word")):
		return d.showErasing(v, http.StatusUnprocessableEntity, p, "desk.person.erase.untyped")
	case heldElsewhere(v.agent, p) && v.field("force") != "yes":
		return d.showErasing(v, http.StatusConflict, p, "desk.person.erase.open")
	}
	if err := d.record(v.r.Context(), v.agent, "person-erase", bot.CaseID(who)); err != nil {
		return err
	}
	if err := d.People.Erase(v.r.Context(), bot.Erasure{Contact: who, Once: v.field("once"), At: d.Now()}); err != nil {
		return err
	}
	d.sessions.Put(v.r.Context(), sessionFlash, "desk.person.erased")
	return v.back("/desk/people")
}
