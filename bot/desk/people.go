package desk

import (
	"errors"
	"net/http"
	"strings"

	"doudou/bot"
)

// peopleRoutes answer a family that asks what is kept of it, or to be forgotten.
func (d *desk) peopleRoutes() []route {
	return []route{
		{"GET /desk/people", managers, d.rights(d.peoplePage)},
		{"POST /desk/people", managers, d.rights(d.findPerson)},
		{"GET /desk/people/{who}", managers, d.rights(d.personPage)},
		{"GET /desk/people/{who}/paper", managers, d.rights(d.personPaper)},
		{"GET /desk/people/{who}/data.json", managers, d.rights(d.personJSON)},
		{"GET /desk/people/{who}/erase", managers, d.rights(d.erasePage)},
		{"POST /desk/people/{who}/erase", managers, d.rights(d.erasePerson)},
	}
}

// rights serves a page only where somebody answers for what is kept.
func (d *desk) rights(h handler) handler {
	return func(v *visit) error {
		if d.People == nil {
			return errNoPage
		}
		return h(v)
	}
}

// A search is what the page shows that looks for one person.
type search struct {
	Typed string
	Fault string // text id
}

// peoplePage asks for a number or a case. A case page leads straight to the
// person of its case.
func (d *desk) peoplePage(v *visit) error {
	if id := v.r.URL.Query().Get("case"); id != "" {
		who, err := d.personOf(v, id)
		if err != nil {
			return err
		}
		return v.back("/desk/people/" + string(who))
	}
	return d.showSearch(v, http.StatusOK, search{})
}

func (d *desk) showSearch(v *visit, status int, s search) error {
	flash := d.sessions.PopString(v.r.Context(), sessionFlash)
	return d.show(v, status, "people", page{Title: "desk.people.title", Tab: "people", Flash: flash, Data: s})
}

// findPerson looks for somebody by what was typed. The number stands in no
// address and no journal; and of somebody this agent may not answer for, the page
// says the same as of nobody.
func (d *desk) findPerson(v *visit) error {
	typed := v.field("who")
	who, err := d.typedPerson(v, typed)
	if err == nil {
		_, err = d.answersFor(v, who)
	}
	if errors.Is(err, bot.ErrGone) || errors.Is(err, errNoPage) {
		return d.showSearch(v, http.StatusNotFound, search{typed, "desk.people.nobody"})
	}
	if err != nil {
		return err
	}
	return v.back("/desk/people/" + string(who))
}

// typedPerson finds who has a number, or wrote what became a case.
func (d *desk) typedPerson(v *visit, typed string) (bot.ContactID, error) {
	for _, term := range bot.Searched(typed) {
		if term.Address != nil {
			return d.People.Who(v.r.Context(), *term.Address)
		}
	}
	return d.personOf(v, strings.ToUpper(typed))
}

// personOf is whose case it is, if the agent may see it.
func (d *desk) personOf(v *visit, id string) (bot.ContactID, error) {
	c, err := d.Cases.Case(v.r.Context(), bot.CaseID(id))
	if err == nil && !sees(v.agent, c) {
		err = errNoPage
	}
	return c.Contact, err
}

// answersFor returns what is kept of somebody to a manager who may answer for it:
// of a team that had a case with them, or of the relais.
func (d *desk) answersFor(v *visit, who bot.ContactID) (bot.Person, error) {
	p, err := d.People.Person(v.r.Context(), who)
	if err != nil {
		return p, err
	}
	for _, c := range p.Cases {
		if sees(v.agent, c) {
			return p, nil
		}
	}
	if d.hosts(v.agent) {
		return p, nil
	}
	return bot.Person{}, errNoPage
}

// asked reads the person of the address and writes down what is done with them,
// under the pseudonym: the journal names nobody.
func (d *desk) asked(v *visit, did string) (bot.Person, error) {
	who := bot.ContactID(v.r.PathValue("who"))
	p, err := d.answersFor(v, who)
	if err != nil {
		return p, err
	}
	return p, d.record(v.r.Context(), v.agent, did, bot.CaseID(who))
}

func (d *desk) personPage(v *visit) error {
	p, err := d.asked(v, "person-read")
	if err != nil {
		return err
	}
	return d.show(v, http.StatusOK, "person", page{Title: "desk.person.title", Tab: "people", Data: d.dossier(v, p)})
}

// personPaper is all that this agent may hand out, to be printed.
func (d *desk) personPaper(v *visit) error {
	p, err := d.asked(v, "person-export")
	if err != nil {
		return err
	}
	return d.execute(v, http.StatusOK, "personpaper", "personpaper",
		&page{Lang: v.lang, Agent: v.agent, texts: d.texts, Data: d.dossier(v, p)})
}
