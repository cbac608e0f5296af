package desk

import (
	"crypto/rand"
	"net/http"
	"slices"

	"doudou/bot"
)

// A clash is what the page of a conflict shows.
type clash struct {
	ID, Text, Once string
	Fresh          []said
	Seen           int
	Who            string // the colleague who answered, or holds the case
	When           stamp  // how long ago they answered, if they did
	Holds          bool   // a colleague holds the case
}

// conflict shows what was said meanwhile and by whom, and the answer that has
// not left.
func (d *desk) conflict(v *visit, id bot.CaseID, text string, seen int) error {
	c, err := d.Cases.Case(v.r.Context(), id)
	if err != nil {
		return err
	}
	lines, err := d.since(v.r.Context(), c, seen)
	if err != nil {
		return err
	}
	data := clash{ID: string(id), Text: text, Once: rand.Text(), Seen: c.Lines, Holds: c.Held() && c.Agent != v.agent.Login}
	if data.Fresh, err = d.read(v, c, lines); err != nil {
		return err
	}
	if err := d.blame(v, c, lines, &data); err != nil {
		return err
	}
	return d.show(v, http.StatusConflict, "conflict", page{Title: "desk.conflict.title", Tab: "list", Data: data})
}

// blame names the colleague who answered last, or who holds the case.
func (d *desk) blame(v *visit, c bot.Case, lines []bot.Line, data *clash) (err error) {
	if data.Holds {
		data.Who = d.agentName(v, c.Agent)
	}
	for _, l := range slices.Backward(lines) {
		if l.Speaker == bot.Staff && l.Agent != v.agent.Login {
			data.Who = d.agentName(v, l.Agent)
			data.When, err = d.age(v.lang, l.At)
			return err
		}
	}
	return nil
}
