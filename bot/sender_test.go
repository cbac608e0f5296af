package bot

import (
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"
)

// What becomes of a message after each kind of refusal.
func TestOutcome(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC)
	s := &Service{player: &player{Now: func() time.Time { return now }}, Count: func(string) {}, Log: slog.New(slog.DiscardHandler)}
	refuse := func(k SendKind, after time.Duration) error {
		return fmt.Errorf("send: %w", &SendError{Kind: k, After: after, Code: "x", Err: errors.New("no")})
	}
	tests := []struct {
		name  string
		err   error
		tries int
		state OutState
		least time.Duration // for queued: not before
		stop  bool
		pause time.Duration
	}{
		{name: "left", state: Sent},
		{name: "too fast", err: refuse(Throttled, 9*time.Second), state: Queued, least: 9 * time.Second, pause: 9 * time.Second},
		{name: "too fast, no figure", err: refuse(Throttled, 0), state: Queued, least: time.Second, pause: time.Second},
		{name: "trouble", err: refuse(Trouble, 0), state: Queued, least: 2 * time.Second},
		{name: "trouble again", err: refuse(Trouble, 0), tries: 4, state: Queued, least: 32 * time.Second},
		{name: "trouble for a day", err: refuse(Trouble, 0), tries: 29, state: Dead},
		{name: "blocked", err: refuse(Unwanted, 0), state: Dead, stop: true},
		{name: "bad number", err: refuse(Permanent, 0), state: Dead},
		{name: "our fault", err: refuse(OurFault, 0), state: Queued, least: time.Minute},
		{name: "our fault for long", err: refuse(OurFault, 0), tries: 7, state: Dead},
		{name: "no answer", err: errors.New("EOF"), state: Queued, least: 10 * time.Second},
		{name: "no answer, five times", err: errors.New("EOF"), tries: 4, state: Dead},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := newSender(s, Carrier{Channel: SMS})
			got := o.outcome(Outgoing{ID: 1, Tries: tt.tries}, tt.err)
			if got.State != tt.state || got.Stop != tt.stop {
				t.Errorf("state %s stop %v, want %s %v", got.State, got.Stop, tt.state, tt.stop)
			}
			if wait := got.Retry.Sub(now); tt.state == Queued && (wait < tt.least || wait > tt.least*12/10) {
				t.Errorf("tried again after %s, want about %s", wait, tt.least)
			}
			if pause := o.pausedUntil(); tt.pause > 0 && pause != now.Add(tt.pause) || tt.pause == 0 && !pause.IsZero() {
				t.Errorf("channel waits until %s", pause)
			}
		})
	}
}

// The back-off grows, and never beyond an hour and a tenth.
func TestBackoff(t *testing.T) {
	for tries := range 40 {
		if d := backoff(2*time.Second, tries); d < 2*time.Second || d > 66*time.Minute {
			t.Errorf("after %d tries: %s", tries, d)
		}
	}
}
