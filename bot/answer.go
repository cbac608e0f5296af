package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"doudou/dialogs"
	"doudou/knowledge"
	"doudou/locales"
)

// Why an answer of staff may not leave.
var (
	ErrApproved = errors.New("this agent answers with approved texts only")
	ErrExpired  = errors.New("what the answer states is out of date")
	ErrNoAnswer = errors.New("there is no answer with this key")
	ErrTooLong  = errors.New("the answer is too long for one message")
)

// A Pick is an answer as staff chose it: its key, and what they filled in.
type Pick struct {
	Key  string
	Args map[string]locales.Arg
}

// A Said is what an agent says to a family: answers by key in their order, then
// words of the agent's own, which stay as they are written.
type Said struct {
	Picks []Pick
	Text  string
}

// A Written is a message of staff as it would leave.
type Written struct {
	Outgoing
	// French lists the picks that the family's language lacks: they leave in
	// French, under a note that says so.
	French []string
}

// Preview returns what a family reads of an answer, to the letter: sending it
// sends this. lang is the language to write in, "" for that of the case.
func (s *Service) Preview(agent Agent, c Case, lang string, said Said) (Written, error) {
	said.Text = strings.TrimSpace(said.Text)
	if agent.Approved && said.Text != "" {
		return Written{}, ErrApproved
	}
	if lang == "" {
		lang = s.Words.Best(c.Lang)
	}
	var w Written
	var parts []string
	for _, p := range said.Picks {
		text, foreign, err := s.pick(lang, c.Channel, p)
		if err != nil {
			return w, err
		}
		if parts = append(parts, text); foreign {
			w.French = append(w.French, p.Key)
		}
	}
	if said.Text != "" {
		parts = append(parts, said.Text)
	}
	body := strings.Join(parts, "\n")
	if body == "" || len([]rune(body)) > maxReply {
		return w, fmt.Errorf("a reply has 1 to %d characters: %w", maxReply, ErrTooLong)
	}
	c.Lang = lang
	var err error
	w.Outgoing, err = s.staffMessage(agent, c, body)
	return w, err
}

// pick writes one answer. An answer that the language lacks is written in French
// under a note in that language; foreign says so.
func (s *Service) pick(lang string, ch Channel, p Pick) (text string, foreign bool, err error) {
	r, ok := s.reply(p.Key)
	if !ok {
		return "", false, fmt.Errorf("%s: %w", p.Key, ErrNoAnswer)
	}
	if _, ended := s.Knowledge.Standing(r.Facts, s.Now()); ended != "" {
		return "", false, fmt.Errorf("%s states %s: %w", p.Key, ended, ErrExpired)
	}
	style := s.carriers[ch].Style
	if s.Words.Has(lang, p.Key) {
		text, err = s.text(lang, style, p.text())
		return text, false, err
	}
	note, err := s.text(lang, style, dialogs.Text{Key: "reply.in_french"})
	if err != nil {
		return "", true, err
	}
	text, err = s.text("fr", style, p.text())
	return note + "\n" + text, true, err
}

// reply returns what the files say of an answer.
func (s *Service) reply(key string) (knowledge.Reply, bool) {
	list := s.Knowledge.Replies()
	i := slices.IndexFunc(list, func(r knowledge.Reply) bool { return r.ID == key })
	if i < 0 {
		return knowledge.Reply{}, false
	}
	return list[i], true
}

// text is the pick as the thread keeps it, to be read again in any language.
func (p Pick) text() dialogs.Text {
	t := dialogs.Text{Key: p.Key}
	if len(p.Args) > 0 {
		t.Args = make(map[string]dialogs.Value, len(p.Args))
	}
	for name, a := range p.Args {
		t.Args[name] = dialogs.Value{Kind: dialogs.Kind(a.Kind), Text: a.Text, Key: a.Key}
	}
	return t
}

// Same tells whether a line of the thread says just this.
func (s Said) Same(l Line) bool {
	return l.Speaker == Staff && l.Text == strings.TrimSpace(s.Text) &&
		slices.EqualFunc(l.Says, s.Picks, func(t dialogs.Text, p Pick) bool {
			return t.Key == p.Key && maps.Equal(t.Args, p.text().Args)
		})
}

// AnswerByKey sends answers by key to the family of a case, in its language, as
// Preview shows them. The rest is as for Answer.
func (s *Service) AnswerByKey(ctx context.Context, agent Agent, id CaseID, said Said, once string, seen int) error {
	c, err := s.Store.Case(ctx, id)
	if err != nil {
		return err
	}
	w, err := s.Preview(agent, c, "", said)
	if err != nil {
		return err
	}
	a := Act{Case: id, Agent: agent.Login, Do: Reply, Once: once, Seen: max(seen, 0), Anyway: seen == Anyway,
		Text: strings.TrimSpace(said.Text), Out: &w.Outgoing}
	for _, p := range said.Picks {
		a.Says = append(a.Says, p.text())
	}
	return s.do(ctx, a)
}
