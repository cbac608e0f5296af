package desk

import (
	"crypto/rand"
	"net/http"
	"strings"
	"unicode/utf8"

	"doudou/bot"
)

// A call is what somebody needs before their eyes who telephones a family, and
// what they note of the call.
type call struct {
	ID, Topic, Once string
	Family          *family
	Interpreter     bool   // the family reads another language than French
	Phone           string // "" until it was asked for
	May             bool
	Note            callNote
	Wrong           string
}

// A callNote is what is noted of a call.
type callNote struct{ Reached, Said, Next string }

// callPage shows the call card, without the number.
func (d *desk) callPage(v *visit) error {
	c, err := d.withFamily(v)
	if err != nil {
		return err
	}
	if err := d.record(v.r.Context(), v.agent, "read", c.ID); err != nil {
		return err
	}
	return d.showCall(v, http.StatusOK, c, call{})
}

// number shows the call card with the number. Whoever asks for it is in the
// journal.
func (d *desk) number(v *visit) error {
	c, err := d.withFamily(v)
	if err != nil {
		return err
	}
	if err := d.record(v.r.Context(), v.agent, "number", c.ID); err != nil {
		return err
	}
	p, err := d.Families.Person(v.r.Context(), c.Contact)
	if err != nil {
		return err
	}
	return d.showCall(v, http.StatusOK, c, call{Phone: phoneOf(p)})
}

// withFamily returns the case of the address, where the desk knows of families.
func (d *desk) withFamily(v *visit) (bot.Case, error) {
	c, err := d.seen(v)
	if err == nil && d.Families == nil {
		err = errNoPage
	}
	return c, err
}

func (d *desk) showCall(v *visit, status int, c bot.Case, data call) error {
	var err error
	if data.Family, err = d.family(v, c); err != nil {
		return err
	}
	data.ID, data.Topic, data.Once = string(c.ID), d.topicName(v.lang, c.Topic), rand.Text()
	data.Interpreter = c.Lang != "" && c.Lang != sheetLanguage
	data.May = writes(v.agent) && owns(v.agent, c) && c.State != bot.Closed
	return d.show(v, status, "call", page{Title: "desk.call.title", Tab: "list", Data: data})
}

// called keeps the note of a call, for colleagues only.
func (d *desk) called(v *visit) error {
	c, err := d.may(v)
	if err != nil {
		return err
	}
	n := callNote{v.field("reached"), v.field("said"), v.field("next")}
	text, err := d.callText(v, n)
	if err != nil {
		return err
	}
	if n.Reached != "yes" && n.Reached != "no" || utf8.RuneCountInString(text) > maxReply {
		return d.showCall(v, http.StatusUnprocessableEntity, c, call{Note: n, Wrong: "desk.call.wrong"})
	}
	a := bot.Act{Case: c.ID, Agent: v.agent.Login, Do: bot.NoteIt, Once: v.field("once"), Text: text, Tag: draw(), At: d.Now()}
	if err := d.Cases.Act(v.r.Context(), a); err != nil {
		return err
	}
	return d.done(v, c.ID, "call", "desk.call.kept")
}

// callText writes the note of a call, a line for each thing that was noted.
func (d *desk) callText(v *visit, n callNote) (string, error) {
	key := "desk.call.notreached"
	if n.Reached == "yes" {
		key = "desk.call.reached"
	}
	first, err := write(d.texts, v.lang, key)
	lines := []string{first}
	for _, field := range []struct{ key, text string }{{"desk.call.saidwas", n.Said}, {"desk.call.nextis", n.Next}} {
		if field.text == "" || err != nil {
			continue
		}
		var line string
		line, err = write(d.texts, v.lang, field.key, "text", field.text)
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n"), err
}
