// Package bottest is for tests only: contract suites that every store must
// pass, servers on loopback that behave like Telegram and Twilio, a clock.
package bottest

import (
	"sync"
	"time"
)

// A Clock is a clock that a test sets. It is safe for concurrent use.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that stands at a time written as "2026-11-23 08:30",
// Paris time. It panics on another form: tests write literals.
func NewClock(at string) *Clock {
	c := &Clock{}
	c.Set(at)
	return c
}

// Set sets the clock, to a time written as for NewClock.
func (c *Clock) Set(at string) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic(err)
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", at, paris)
	if err != nil {
		panic(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// Now returns the time that the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Add moves the clock.
func (c *Clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
