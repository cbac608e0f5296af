package store

import (
	"fmt"
	"time"

	"doudou/bot"
)

// changeMeeting applies what a turn changes of profiles and introductions.
func (s *Store) changeMeeting(t tx, contact string, change bot.Change, at time.Time) error {
	switch do := change.(type) {
	case bot.KeepProfile:
		return s.keepProfile(t, contact, do.Profile, at)
	case bot.Withdraw:
		withdraw(t, contact)
	case bot.Introduce:
		return s.introduce(t, contact, do, at)
	case bot.SayTo:
		return sayTo(t, contact, do)
	case bot.Choose:
		return s.choose(t, contact, do, at)
	case bot.FollowUp:
		return followUp(t, contact, do)
	default:
		return fmt.Errorf("a turn changes %T: no table is known for it", change)
	}
	return nil
}
