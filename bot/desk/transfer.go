package desk

import (
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"unicode/utf8"

	"doudou/bot"
	"doudou/locales"
)

// maxReason is how long the reason of a transfer may be, in characters.
const maxReason = 500

// A transfer is what the page shows before a case goes to another team.
type transfer struct {
	ID, Topic, From, Once string
	Teams                 []option
	Team, Reason          string // chosen and typed
	Consent               string // "yes": the family agrees; "ask": it is asked
	Keeps, Notes          bool
	Said                  []spoken // what the family reads, once a team is chosen
	Wrong                 string
}

// An option is a choice of a list.
type option struct {
	ID, Name, House string
	Here            bool
}

// A spoken is a text as somebody reads it.
type spoken struct {
	Lang, Dir, Language string
	Texts, Choices      []string
}

// transferPage shows the form; with a team in its address, also what the family
// would read.
func (d *desk) transferPage(v *visit) error {
	c, err := d.owned(v)
	if err != nil {
		return err
	}
	q := v.r.URL.Query()
	r := bot.Referral{Team: q.Get("team"), Reason: q.Get("reason"), Ask: q.Get("consent") == "ask", Keeps: q.Get("keeps") != "", Notes: q.Get("notes") != ""}
	return d.showTransfer(v, http.StatusOK, c, r, q.Get("consent"), "")
}

func (d *desk) showTransfer(v *visit, status int, c bot.Case, r bot.Referral, consent, wrong string) error {
	t := transfer{ID: string(c.ID), Topic: d.topicName(v.lang, c.Topic), From: d.teamName(v.lang, c.Team), Once: rand.Text(),
		Teams: d.otherTeams(v, c, r.Team), Reason: r.Reason, Consent: consent, Keeps: r.Keeps, Notes: r.Notes, Wrong: wrong}
	if slices.ContainsFunc(t.Teams, func(o option) bool { return o.Here }) {
		t.Team = r.Team
		t.Said = d.bothSides(v, c, r)
	}
	return d.show(v, status, "transfer", page{Title: "desk.transfer.title", Tab: "list", Data: t})
}

// otherTeams are those that a case can go to.
func (d *desk) otherTeams(v *visit, c bot.Case, chosen string) []option {
	var list []option
	for _, t := range d.Knowledge.Teams() {
		if t.ID != c.Team {
			list = append(list, option{t.ID, d.teamName(v.lang, t.ID), d.name(v.lang, t.Institution, "desk.house."+t.Institution), t.ID == chosen})
		}
	}
	return list
}

// bothSides is what the family reads, in its language and in the agent's.
func (d *desk) bothSides(v *visit, c bot.Case, r bot.Referral) []spoken {
	list := []spoken{d.spokenIn(v, c, r, d.Words.Best(c.Lang))}
	if mine := d.Words.Best(v.lang); mine != list[0].Lang {
		list = append(list, d.spokenIn(v, c, r, mine))
	}
	return list
}

func (d *desk) spokenIn(v *visit, c bot.Case, r bot.Referral, lang string) spoken {
	s := spoken{Lang: lang, Dir: direction(lang), Language: d.languageName(v.lang, lang)}
	for i, t := range r.Words() {
		line := locales.Line{Key: t.Key, Args: map[string]locales.Arg{}}
		for name, value := range t.Args {
			line.Args[name] = locales.Arg{Kind: string(value.Kind), Text: value.Text, Key: value.Key}
		}
		text, err := d.Words.Text(lang, locales.Style{SMS: c.Channel == bot.SMS}, line, nil)
		if err != nil {
			text = "[" + t.Key + "]"
		}
		if i == 0 {
			s.Texts = paragraphs(text)
		} else {
			s.Choices = append(s.Choices, text)
		}
	}
	return s
}

// transfer passes a case on. Only the family may say that another institution
// reads what it wrote: staff tick that it has, or it is asked.
func (d *desk) transfer(v *visit) error {
	c, err := d.may(v)
	if err != nil {
		return err
	}
	consent := v.field("consent")
	r := bot.Referral{Team: v.field("team"), Reason: v.field("reason"), Ask: consent == "ask", Keeps: v.field("keeps") != "", Notes: v.field("notes") != ""}
	if wrong := d.faulty(c, r, consent); wrong != "" {
		return d.showTransfer(v, http.StatusUnprocessableEntity, c, r, consent, wrong)
	}
	if v.field("shown") != r.Team+"/"+consent { // nothing is said to a family that was not before the agent's eyes
		return d.showTransfer(v, http.StatusOK, c, r, consent, "")
	}
	r.Notes = r.Notes || d.house(r.Team) == d.house(c.Team)
	err = d.Service.Refer(v.r.Context(), v.agent, c.ID, r, v.once())
	if errors.Is(err, bot.ErrTeam) {
		return d.showTransfer(v, http.StatusUnprocessableEntity, c, r, consent, "desk.transfer.noteam")
	}
	if err != nil {
		return err
	}
	if r.Ask {
		return d.done(v, c.ID, "ask-transfer", "desk.transfer.asked")
	}
	return d.moved(v, c, r)
}

// faulty says what is wrong with a transfer, "" when it may be done.
func (d *desk) faulty(c bot.Case, r bot.Referral, consent string) string {
	n := utf8.RuneCountInString(r.Reason)
	switch {
	case r.Team == "" || r.Team == c.Team || d.house(r.Team) == "":
		return "desk.transfer.noteam"
	case n == 0 || n > maxReason:
		return "desk.transfer.noreason"
	case consent != "yes" && consent != "ask":
		return "desk.transfer.noconsent"
	}
	return ""
}

// house is the institution of a team, "" for none.
func (d *desk) house(team string) string {
	for _, t := range d.Knowledge.Teams() {
		if t.ID == team {
			return t.Institution
		}
	}
	return ""
}

// moved goes back to the case, or to the list if the agent sees it no more.
func (d *desk) moved(v *visit, c bot.Case, r bot.Referral) error {
	if r.Keeps || slices.Contains(v.agent.Teams, r.Team) {
		return d.done(v, c.ID, "transfer", "desk.transfer.done")
	}
	if err := d.record(v.r.Context(), v.agent, "transfer", c.ID); err != nil {
		d.Log.Error("an act of staff is not in the journal", "did", "transfer", "case", c.ID, "error", err)
	}
	d.flash(v, "desk.transfer.done")
	return v.back("/desk/")
}
