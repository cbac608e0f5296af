package desk

import (
	"encoding/json"
	"net/http"
	"strconv"

	"doudou/bot"
	"doudou/locales"
)

// A price is what the page shows before a text leaves by SMS.
type price struct {
	ID, Do, Text, Once string
	Seen               int
	Bill               bill
	Changed            bool // the words are now the cheaper ones
	Anyway             bool // although a colleague holds the case
}

// priced shows how many SMS a text takes, unless the form already showed that
// number: nothing is sent by SMS whose price was not before the agent's eyes.
// A form that asks for cheaper words gets them, and their price.
func (d *desk) priced(v *visit, c bot.Case, text, do string) (shown bool, err error) {
	if c.Channel != bot.SMS || d.Segments == nil || text == "" {
		return d.priceless(v, c, text, do)
	}
	lead, tail := d.lead(v.agent, c), ""
	if do == "close" {
		tail = d.goodbye(c)
	}
	a := d.advise(lead, text, tail)
	if !v.cheaper() && v.field("priced") == strconv.Itoa(a.Segments) {
		return false, nil
	}
	p := price{ID: string(c.ID), Do: do, Text: text, Once: v.field("once"), Anyway: v.field("anyway") != ""}
	if v.cheaper() && a.Cheaper != "" {
		p.Text, p.Changed = a.Cheaper, true
		a = d.advise(lead, p.Text, tail)
	}
	return true, d.showPrice(v, p, a)
}

func (d *desk) showPrice(v *visit, p price, a Advice) (err error) {
	p.Seen, _ = strconv.Atoi(v.field("seen"))
	if p.Bill, err = d.bill(v.lang, a); err != nil {
		return err
	}
	return d.show(v, http.StatusOK, "price", page{Title: "desk.price.title", Tab: "list", Data: p})
}

// lead is what the service writes before a reply by SMS: who answers.
func (d *desk) lead(a bot.Agent, c bot.Case) string {
	lang := d.Words.Best(c.Lang)
	text, err := d.Words.Text(lang, locales.Style{SMS: true}, locales.Line{Key: "bot.staff", Args: map[string]locales.Arg{
		"agent": {Kind: "text", Text: a.Name}, "team": {Kind: "choice", Text: c.Team, Key: "team." + c.Team}}}, nil)
	if err != nil {
		return ""
	}
	return text + ": "
}

// goodbye is what the service writes after the last word of a case: the robot is
// back.
func (d *desk) goodbye(c bot.Case) string {
	text, err := d.Words.Text(d.Words.Best(c.Lang), locales.Style{SMS: true}, locales.Line{Key: "bot.closed"}, nil)
	if err != nil {
		return ""
	}
	return "\n" + text
}

// segmentsLive prices a text that is being typed.
func (d *desk) segmentsLive(v *visit) error {
	c, err := d.Cases.Case(v.r.Context(), bot.CaseID(v.field("case")))
	if err != nil {
		return err
	}
	if !sees(v.agent, c) || d.Segments == nil {
		return errNoPage
	}
	var a Advice // of an empty text
	if text := v.field("text"); text != "" {
		a = d.advise(d.lead(v.agent, c), text, "")
	}
	b, err := d.bill(v.lang, a)
	if err != nil {
		return err
	}
	text, err := d.line(v.lang, b)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/json")
	v.w.WriteHeader(http.StatusOK)
	return json.NewEncoder(v.w).Encode(struct {
		Segments int    `json:"segments"`
		Text     string `json:"text"`
	}{a.Segments, text})
}
