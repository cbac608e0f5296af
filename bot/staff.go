package bot

import (
	"context"
	"fmt"
	"strings"

	"doudou/dialogs"
)

// maxReply is how long a reply of staff may be, in characters: what Telegram
// and the operator of SMS both take in one message of several parts.
const maxReply = 1500

// Anyway as the number of lines seen sends a reply although a colleague holds the
// case.
const Anyway = -1

// Answer sends a reply of staff to the family that a case belongs to. once is
// the key of the form: the same key sends nothing twice. seen is the number of
// lines that the agent had before their eyes; ErrMoved says that there are new
// ones of the family or a colleague (0 sends anyway). ErrTaken says that a
// colleague holds the case (Anyway sends all the same, and leaves it to them).
func (s *Service) Answer(ctx context.Context, agent Agent, id CaseID, text, once string, seen int) error {
	text = strings.TrimSpace(text)
	if text == "" || len([]rune(text)) > maxReply {
		return fmt.Errorf("a reply has 1 to %d characters", maxReply)
	}
	a := Act{Case: id, Agent: agent.Login, Do: Reply, Once: once, Seen: max(seen, 0), Anyway: seen == Anyway, Text: text}
	return s.act(ctx, agent, a, text)
}

// CloseCase ends a case: the family goes back to the robot, after a last word
// if there is one. A family that was talking to a person is told that the robot
// answers again.
func (s *Service) CloseCase(ctx context.Context, agent Agent, id CaseID, text, once string) error {
	text = strings.TrimSpace(text)
	if err := s.act(ctx, agent, Act{Case: id, Agent: agent.Login, Do: Close, Once: once, Text: text}, text); err != nil {
		return err
	}
	s.askOpinion(ctx, id)
	return nil
}

// act addresses what leaves with an act, and does it. An agent who is kept to
// approved answers says no words of their own.
func (s *Service) act(ctx context.Context, agent Agent, a Act, text string) error {
	if agent.Approved && text != "" {
		return ErrApproved
	}
	c, err := s.Store.Case(ctx, a.Case)
	if err != nil {
		return err
	}
	if text != "" {
		out, err := s.staffMessage(agent, c, text)
		if err != nil {
			return err
		}
		a.Out = &out
	}
	if a.Do == Close && (c.Held() || text != "") {
		if err := s.goodbye(&a, c); err != nil {
			return err
		}
	}
	return s.do(ctx, a)
}

// goodbye adds to the last word of a case that the robot is back.
func (s *Service) goodbye(a *Act, c Case) (err error) {
	if a.Tail, err = s.text(c.Lang, s.carriers[c.Channel].Style, dialogs.Text{Key: "bot.closed"}); err != nil {
		return err
	}
	if a.Out == nil {
		a.Out = &Outgoing{Contact: c.Contact, To: Address{Channel: c.Channel}, Origin: FromStaff, Team: c.Team, Lang: c.Lang, At: s.Now()}
	}
	return nil
}

// do does an act now. What leaves with it may be taken back for a while.
func (s *Service) do(ctx context.Context, a Act) error {
	a.At, a.Tag = s.Now(), s.Draw()
	if a.Out != nil && s.undo > 0 && (a.Do == Reply || a.Do == Close) {
		a.Due = a.At.Add(s.undo)
	}
	if err := s.Store.Act(ctx, a); err != nil {
		return fmt.Errorf("%s case %s: %w", a.Do, a.Case, err)
	}
	s.Count("staff_" + string(a.Do))
	return nil
}

// staffMessage signs a reply with the agent's first name and team, in the
// family's language; the reply itself stays as it was written. The store fills
// in the address that the contact last wrote from.
func (s *Service) staffMessage(agent Agent, c Case, text string) (Outgoing, error) {
	carrier := s.carriers[c.Channel]
	lead, err := s.text(c.Lang, carrier.Style, dialogs.Text{Key: "bot.staff", Args: map[string]dialogs.Value{
		"agent": {Kind: dialogs.KindText, Text: agent.Name},
		"team":  {Kind: dialogs.KindChoice, Text: c.Team, Key: "team." + c.Team},
	}})
	if err != nil {
		return Outgoing{}, err
	}
	out := Outgoing{Contact: c.Contact, To: Address{Channel: c.Channel}, Origin: FromStaff, Team: c.Team, Body: text, Lead: lead, Lang: c.Lang, At: s.Now()}
	if !carrier.Buttons {
		out.Body, out.Lead = lead+": "+text, ""
	}
	return out, nil
}
