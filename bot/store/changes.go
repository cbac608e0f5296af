package store

import (
	"doudou/bot"
)

// apply applies what a turn does for the relais beside words. The events that it
// touches are locked by then, see lockEvents.
func (s *Store) apply(t tx, contact string, turn bot.Turn) error {
	for _, change := range turn.Changes {
		var err error
		switch do := change.(type) {
		case bot.JoinQueue:
			err = joinQueue(t, contact, do.Event, turn.At)
		case bot.Agree: // see agree
		case bot.StayFor:
			stayFor(t, contact, do)
		case bot.Later:
			s.addPrompts(t, []bot.Prompt{do.Prompt})
		case bot.Counted: // comes last, see countTurn
		case bot.Subscribe:
			subscribe(t, contact, do, turn.At)
		default:
			err = s.changeMeeting(t, contact, change, turn.At)
		}
		if err != nil {
			return err
		}
	}
	return t.flush()
}
