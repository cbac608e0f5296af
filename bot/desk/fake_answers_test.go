package desk

import (
	"context"
	"strings"

	"doudou/bot"
)

// Preview joins the keys and the words, as a service joins texts.
func (f *relais) Preview(a bot.Agent, c bot.Case, _ string, said bot.Said) (bot.Written, error) {
	var w bot.Written
	if a.Approved && said.Text != "" {
		return w, bot.ErrApproved
	}
	var parts []string
	for _, p := range said.Picks {
		parts = append(parts, p.Key)
	}
	w.Body = strings.TrimSpace(strings.Join(append(parts, said.Text), "\n"))
	return w, nil
}

func (f *relais) AnswerByKey(ctx context.Context, a bot.Agent, id bot.CaseID, said bot.Said, once string, seen int) error {
	w, err := f.Preview(a, bot.Case{}, "", said)
	if err != nil {
		return err
	}
	return f.Answer(ctx, bot.Agent{Login: a.Login}, id, w.Body, once, seen)
}
