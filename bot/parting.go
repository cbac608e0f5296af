package bot

import (
	"context"
	"time"
)

// UndoTime is how long an agent may take back what they sent: an SMS cannot be
// called back once it has left.
const UndoTime = 10 * time.Second

// A Parting is something that an agent has said and that has not left yet: until
// Due they may take it back.
type Parting struct {
	ID     int64
	Case   CaseID
	Agent  string
	Line   int64 // its line in the thread, 0 when the agent said nothing
	Closes bool  // the case closes when it leaves
	Due    time.Time
}

// departEvery is how often the service looks for words whose time has come.
const (
	departEvery  = 250 * time.Millisecond
	departAtOnce = 100
)

// depart lets go of what staff did not take back, until ctx ends.
func (s *Service) depart(ctx context.Context) {
	tick := time.NewTicker(departEvery)
	defer tick.Stop()
	for {
		left, err := s.Store.Depart(ctx, s.Now(), departAtOnce)
		if err != nil && ctx.Err() == nil {
			s.Log.Warn("words of staff could not leave; they are tried again", "error", err)
			s.Count("departs_failed")
		}
		if left > 0 {
			s.look()
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// look has every channel look at its outbox now.
func (s *Service) look() {
	for _, out := range s.outbound {
		out.look()
	}
}
