package desk

import (
	"encoding/json"
	"net/http"
	"strconv"
	"unicode/utf8"

	"doudou/bot"
	"doudou/locales"
)

// A price is what the page shows before a text leaves by SMS.
type price struct {
	ID, Do, Text, Once string
	Seen, Count, Chars int
	Lead, Tail         string
	Anyway             bool // although a colleague holds the case
}

// priced shows how many SMS a text takes, unless the form already showed that
// number: nothing is sent by SMS whose price was not before the agent's eyes.
func (d *desk) priced(v *visit, c bot.Case, text, do string) (shown bool, err error) {
	if c.Channel != bot.SMS || d.Segments == nil || text == "" {
		return false, nil
	}
	lead, tail := d.lead(v.agent, c), ""
	if do == "close" {
		tail = d.goodbye(c)
	}
	count := d.Segments(lead + text + tail)
	if v.field("priced") == strconv.Itoa(count) {
		return false, nil
	}
	seen, _ := strconv.Atoi(v.field("seen"))
	data := price{ID: string(c.ID), Do: do, Text: text, Once: v.field("once"), Seen: seen, Count: count,
		Chars: utf8.RuneCountInString(lead + text + tail), Lead: lead, Tail: tail, Anyway: v.field("anyway") != ""}
	return true, d.show(v, http.StatusOK, "price", page{Title: "desk.price.title", Tab: "list", Data: data})
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

// segmentsLive counts the SMS of a text that is being typed.
func (d *desk) segmentsLive(v *visit) error {
	c, err := d.Cases.Case(v.r.Context(), bot.CaseID(v.field("case")))
	if err != nil {
		return err
	}
	if !sees(v.agent, c) || d.Segments == nil {
		return errNoPage
	}
	count := 0
	if text := v.field("text"); text != "" {
		count = d.Segments(d.lead(v.agent, c) + text)
	}
	text, err := write(d.texts, v.lang, "desk.price.count", "n", count)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/json")
	v.w.WriteHeader(http.StatusOK)
	return json.NewEncoder(v.w).Encode(struct {
		Segments int    `json:"segments"`
		Text     string `json:"text"`
	}{count, text})
}
