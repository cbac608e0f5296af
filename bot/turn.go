package bot

import (
	"context"
	"errors"
	"time"

	"doudou/dialogs"
)

// maxTries is how often a turn may fail before the contact is told, and a
// person is asked to look.
const maxTries = 3

// answerAll answers the contact's messages, oldest first, until none waits. One
// that comes meanwhile wakes the lane again.
func (s *Service) answerAll(ctx context.Context, contact ContactID) {
	for more := true; more && ctx.Err() == nil; {
		var err error
		more, err = s.answerOne(ctx, contact)
		switch {
		case err == nil:
		case errors.Is(err, ErrStale), errors.Is(err, ErrFull):
			more = true // the same again, on what is true now
		case errors.Is(err, ErrNothing):
			return
		default:
			s.Log.Error("a turn could not be stored; it stays in the inbox", "error", err)
			s.Count("turns_not_stored")
			return // the sweep comes back to it
		}
	}
}

// answerOne plays and commits one turn; more tells that other messages wait.
func (s *Service) answerOne(ctx context.Context, contact ContactID) (more bool, err error) {
	began := s.Now()
	w, err := s.Store.Next(ctx, contact)
	if err != nil {
		return false, err
	}
	p, err := s.play(ctx, w)
	if err != nil {
		return true, s.fail(ctx, w, err)
	}
	err = s.commit(ctx, w, p.Turn)
	s.Took("turn", s.Now().Sub(began))
	return w.More, err
}

// commit applies a turn and hands what it says to whoever carries it.
func (s *Service) commit(ctx context.Context, w Work, t Turn) error {
	m := w.Message
	t.Lease = Lease{Token: s.Draw(), Until: s.Now().Add(s.leaseFor(m))}
	out, err := s.Store.Commit(ctx, t)
	if err != nil {
		if errors.Is(err, ErrStale) || errors.Is(err, ErrFull) {
			s.Count("turns_replayed")
		}
		return err
	}
	s.Count("turns")
	o := s.outbound[m.Channel]
	if o != nil && len(out) < len(t.Out) {
		o.follow(t.Contact)
	}
	if s.waiters.give(m.Channel, m.Provider, out) || len(out) == 0 || o == nil {
		return nil
	}
	o.send(ctx, out)
	return nil
}

// leaseFor returns how long this process has for sending what a turn says.
// Nobody waits in Converse for what the relais starts by itself.
func (s *Service) leaseFor(m Message) time.Duration {
	if hold := s.carriers[m.Channel].Hold; hold > 0 && m.Kind != Started {
		return hold
	}
	return sendLease
}

// fail counts a failed attempt; after the last one the family is told in kind
// words, and a person is asked to look. Of what the relais starts by itself the
// family knows nothing: it is given up, and the log says so.
func (s *Service) fail(ctx context.Context, w Work, cause error) error {
	s.Count("turns_failed")
	s.Log.Error("a turn failed", "try", w.Tries+1, "error", cause)
	t := s.player.turn(w)
	if w.Tries+1 < maxTries {
		t.Failed = true
		return s.commit(ctx, w, t)
	}
	t.Session = w.Session
	if w.Message.Kind == Started {
		s.Count("prompts_given_up")
		return s.commit(ctx, w, t)
	}
	t.Lines = []Line{s.familyLine(w, "", false)}
	s.openCase(&t, w, dialogs.Handoff{Team: dialogs.Caller, Topic: "oops"})
	says := []dialogs.Say{{Text: dialogs.Text{Key: "bot.oops"}}}
	if err := s.speak(&t, w, s.Words.Best(w.Contact.Lang), says, FromRobot, nil); err != nil {
		return err
	}
	return s.commit(ctx, w, t)
}
