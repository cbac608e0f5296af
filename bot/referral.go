package bot

import (
	"context"
	"errors"

	"doudou/dialogs"
	"doudou/dialogs/nlu"
)

// A Referral passes a case to another team, which answers from then on.
type Referral struct {
	Team   string // the team that answers from now on
	Reason string // why, for that team
	Keeps  bool   // the team that had it may still read it
	Notes  bool   // internal notes go with it
	Ask    bool   // the family is asked first: the case goes when it says yes
}

// Agree is the family's answer to the question whether its case may go to
// another team.
type Agree struct{ Yes bool }

func (Agree) change() {}

// ErrTeam says that a case cannot go to a team: it is there already, or there is
// no such team.
var ErrTeam = errors.New("the case cannot go to that team")

// Refer passes a case to another team and tells the family who answers now; or,
// if the referral says so, asks it first. The exact words are those of Referral.Words.
func (s *Service) Refer(ctx context.Context, agent Agent, id CaseID, r Referral, once string) error {
	c, err := s.Store.Case(ctx, id)
	if err != nil {
		return err
	}
	if r.Team == c.Team || !s.knows(r.Team) {
		return ErrTeam
	}
	says := r.Words()
	a := Act{Case: id, Agent: agent.Login, Do: Transfer, Once: once, Text: r.Reason, Referral: &r, Says: says}
	if a.Out, err = s.referral(c, says); err != nil {
		return err
	}
	return s.do(ctx, a)
}

// knows tells whether there is such a team.
func (s *Service) knows(team string) bool {
	for _, t := range s.Knowledge.Teams() {
		if t.ID == team {
			return true
		}
	}
	return false
}

// Words are what the family reads when its case is passed on, by their keys: a
// text, and after it the choices if it is asked.
func (r Referral) Words() []dialogs.Text {
	to := map[string]dialogs.Value{"team": {Kind: dialogs.KindChoice, Text: r.Team, Key: "team." + r.Team}}
	if !r.Ask {
		return []dialogs.Text{{Key: "bot.transfer.told", Args: to}}
	}
	return []dialogs.Text{{Key: "bot.transfer.ask", Args: to}, {Key: "bot.transfer.ask.yes"}, {Key: "bot.transfer.ask.no"}}
}

// consent is the question whether a case may go to another team, as dialogs put
// theirs.
func consent(says []dialogs.Text) dialogs.Say {
	return dialogs.Say{Dialog: "bot", Node: "transfer", Text: says[0],
		Choices: []dialogs.Choice{{ID: "yes", Text: says[1]}, {ID: "no", Text: says[2]}}}
}

// referral writes what a family reads of a referral on its channel.
func (s *Service) referral(c Case, says []dialogs.Text) (*Outgoing, error) {
	carrier := s.carriers[c.Channel]
	say := dialogs.Say{Text: says[0]}
	if len(says) > 1 {
		say = consent(says)
	}
	lang := s.Words.Best(c.Lang)
	body, menu, err := s.write(carrier, lang, []dialogs.Say{say}, true)
	if err != nil {
		return nil, err
	}
	out := &Outgoing{Contact: c.Contact, To: Address{Channel: c.Channel}, Origin: FromStaff, Team: c.Team, Body: body, Lang: lang, At: s.Now()}
	if carrier.Buttons {
		out.Buttons = menu.buttons()
	}
	return out, nil
}

// agrees reads whether a message answers the question that staff put: "yes",
// "no", or "" when it is about something else.
func (b *player) agrees(w Work) string {
	if w.Case == nil || w.Case.Toward == "" {
		return ""
	}
	m := w.Message
	if tap := parseTap(m.Data); m.Kind == Tap && tap != nil && tap.Dialog == "bot" && tap.Node == "transfer" {
		return tap.Choice
	}
	if m.Text == "" {
		return ""
	}
	lang := b.Words.Best(first(w.Contact.Lang, guess(m.Lang)))
	expect := nlu.Expect{Kind: string(dialogs.KindChoice)}
	for _, c := range consent(Referral{Team: w.Case.Toward, Ask: true}.Words()).Choices {
		label, err := b.label(lang, m.Channel, c)
		if err != nil {
			label = c.ID
		}
		expect.Options = append(expect.Options, nlu.Option{ID: c.ID, Label: label})
	}
	return b.Reader.Read(m.Text, nlu.Context{Lang: lang, Expect: expect, Now: b.today()}).Choice
}

// agree keeps what the family answered, and tells it who has its question now.
func (b *player) agree(w Work, p *Played, yes bool) error {
	p.Turn.Lines = []Line{b.familyLine(w, "", false)}
	p.Turn.Changes = append(p.Turn.Changes, Agree{Yes: yes})
	says := []dialogs.Say{{Text: Referral{Team: w.Case.Toward}.Words()[0]}}
	if !yes {
		says = []dialogs.Say{{Text: dialogs.Text{Key: "bot.transfer.stays", Args: map[string]dialogs.Value{
			"team": {Kind: dialogs.KindChoice, Text: w.Case.Team, Key: "team." + w.Case.Team}}}}}
	}
	return b.speak(&p.Turn, w, p.Lang, says, FromRelais, nil)
}
