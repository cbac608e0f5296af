package alert

import (
	"context"
	"errors"
	"time"

	"doudou/bot"
)

// The steps of the escalation.
const (
	stepNext    = 1 // the next person
	stepManager = 2
)

// escalate keeps the steps that have come, one at a time for each wait.
func (w *Watch) escalate(ctx context.Context, s *staff, waits []bot.Wait) error {
	var wrong []error
	for _, wait := range waits {
		if !w.due(s, wait) {
			continue
		}
		e := bot.Escalation{Wait: wait, Step: wait.Step + 1, Notices: s.climb(wait), At: s.now}
		fresh, err := w.Store.Escalate(ctx, e)
		wrong = append(wrong, err)
		if fresh && len(e.Notices) == 0 {
			w.Log.Warn("nobody could be told that a case is late; see who has an address, on the page of agents", "case", string(wait.Case.ID))
			w.Count("alerts_nobody")
		}
	}
	return errors.Join(wrong...)
}

// due tells whether the next step of a wait has come.
func (w *Watch) due(s *staff, wait bot.Wait) bool {
	return wait.Step < len(w.Steps) && s.worked(wait) >= w.Steps[wait.Step]
}

// worked is how much of a wait somebody was there to answer: the team, or who
// stands in for it while it is away for long.
func (s *staff) worked(w bot.Wait) time.Duration {
	worked := s.knowledge.Worked(w.Case.Team, w.Since, s.now)
	if deputy := s.standIn(w.Case); deputy != "" {
		worked = max(worked, s.knowledge.Worked(deputy, w.Since, s.now))
	}
	return worked
}

// climb returns whom the next step tells.
func (s *staff) climb(w bot.Wait) []bot.Notice {
	switch {
	case w.Step+1 >= stepManager:
		return s.notices(bot.NoticeManager, w)
	case s.standIn(w.Case) != "":
		return s.notices(bot.NoticeDeputy, w)
	}
	return s.notices(bot.NoticeNext, w)
}
