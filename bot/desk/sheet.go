package desk

import (
	"net/http"

	"doudou/bot"
)

// A sheet is what the family said of its project, on one page of paper. Those
// who must agree to it write their opinion below: it is always in French.
type sheet struct {
	ID, Topic, Team string
	On              stamp
	Answers         []noted
	Opinions        []string // text ids of who gives one
}

// sheetLanguage is the language of papers between institutions.
const sheetLanguage = "fr"

// sheetPage shows the sheet of a case, ready to print. Whoever reads it has read
// the case: the journal says so.
func (d *desk) sheetPage(v *visit) error {
	c, err := d.seen(v)
	if err != nil {
		return err
	}
	if err := d.record(v.r.Context(), v.agent, "print", c.ID); err != nil {
		return err
	}
	p := page{Lang: sheetLanguage, Agent: v.agent, texts: d.texts, Data: d.sheet(c)}
	return d.execute(v, http.StatusOK, "sheet", "sheet", &p)
}

func (d *desk) sheet(c bot.Case) sheet {
	return sheet{
		ID: string(c.ID), Topic: d.topicName(sheetLanguage, c.Topic), Team: d.teamName(sheetLanguage, c.Team),
		On: stamp{d.day(sheetLanguage, c.Opened), c.Opened.In(d.Zone).Format("2006-01-02")}, Answers: d.brief(sheetLanguage, c),
		Opinions: []string{"desk.sheet.town", "desk.sheet.pmi", "desk.sheet.caf"},
	}
}
