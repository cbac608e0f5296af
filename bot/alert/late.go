package alert

import (
	"context"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// lateNode is what a family hears when the hour that it was promised has passed.
const lateNode = "person.late"

// comfort tells each family whose promised hour has passed, once, that it is not
// forgotten, and by when it will be answered; at hours at which people may be
// written to, so that nobody who was answered in the morning reads it.
func (w *Watch) comfort(ctx context.Context, waits []bot.Wait) error {
	now := w.Now()
	if !events.Courteous(now, w.Zone).Equal(now) {
		return nil
	}
	var list []bot.Prompt
	said := map[string]bool{}
	for _, wait := range waits {
		if p, late := w.late(wait, now); late {
			if said[p.ID] = true; !w.said[p.ID] {
				list = append(list, p)
			}
		}
	}
	if len(list) > 0 {
		if _, err := w.Store.Prompt(ctx, list); err != nil {
			return err
		}
	}
	w.said = said
	return nil
}

// late tells whether a family that called a person was not answered in time, and
// what it is told.
func (w *Watch) late(wait bot.Wait, now time.Time) (bot.Prompt, bool) {
	c := wait.Case
	promised := w.Knowledge.Hours("").AnswerBy(wait.Since)
	if own := w.Knowledge.Hours(c.Team).AnswerBy(wait.Since); own.After(promised) {
		promised = own
	}
	by := w.Knowledge.Hours(c.Team).AnswerBy(now)
	if wait.Again || promised.IsZero() || by.IsZero() || now.Before(promised) {
		return bot.Prompt{}, false
	}
	slots := map[string]string{"answer_by": by.In(w.Zone).Format("2006-01-02T15:04")}
	return bot.Prompt{ID: "late/" + string(c.ID), Contact: c.Contact, Node: lateNode, Slots: slots, Due: now, Until: by}, true
}
