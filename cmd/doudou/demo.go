package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

// demoMorning is when every demonstration takes place: a Tuesday on which all
// teams of Ville-Démo are open, in the middle of a day of meetings.
const demoMorning = "2026-11-24T10:20:00+01:00"

// A stageClock is the clock of a demonstration. It is set while the past is
// played, then goes on by itself.
type stageClock struct {
	mu    sync.Mutex
	at    time.Time
	since time.Time // on the true clock, when it was set
}

// set sets the clock.
func (c *stageClock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.since = at, time.Now()
}

// now is the time of the demonstration.
func (c *stageClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at.Add(time.Since(c.since))
}

// A stage is a demonstration under way: the true service on a store of its own,
// with invented people in it. Nothing is sent.
type stage struct {
	*server
	clock   *stageClock
	morning time.Time
	scenes  map[string]string // what is on show: its name -> its address
	sayings int               // messages played so far
}

// runDemo serves a demonstration until it is interrupted, and leaves nothing
// behind.
func (p *program) runDemo(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "doudou-demo")
	if err != nil {
		return fmt.Errorf("make a folder for the demonstration: %w", err)
	}
	defer os.RemoveAll(dir)
	s, err := openStage(ctx, p, dir)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.welcome(ctx); err != nil {
		return err
	}
	return s.run(ctx)
}

// openStage opens a demonstration that keeps all in a folder.
func openStage(ctx context.Context, p *program, dir string) (*stage, error) {
	morning, err := time.Parse(time.RFC3339, demoMorning)
	if err != nil {
		return nil, fmt.Errorf("the morning of the demonstration: %w", err)
	}
	s := &stage{clock: &stageClock{}, morning: morning, scenes: map[string]string{}}
	s.clock.set(morning)
	own := &program{in: p.in, out: p.out, err: p.err, now: s.clock.now, getenv: demoSettings(p.getenv, dir)}
	config, err := readConfig(own.getenv)
	if err != nil {
		return nil, fmt.Errorf("settings are wrong; nothing was started:\n%w", err)
	}
	config.mute = true
	if s.server, err = openServer(ctx, own, config); err != nil {
		return nil, err
	}
	if err := s.play(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("play the demonstration: %w", err), s.server.store.Close())
	}
	s.handler = s.doors(s.handler)
	return s, nil
}

// demoSettings are the settings of a demonstration: where it listens and what it
// logs is yours, the channels stay shut.
func demoSettings(getenv func(string) string, dir string) func(string) string {
	return func(name string) string {
		switch name {
		case "DOUDOU_LISTEN", "DOUDOU_PUBLIC_URL", "DOUDOU_BEHIND_PROXY", "DOUDOU_LOG":
			return getenv(name)
		case "DOUDOU_DATA":
			return dir
		case "DOUDOU_TOWN":
			return demoTown
		case "DOUDOU_SMS_PRICE":
			return "0.0725"
		}
		return ""
	}
}

// welcome tells whoever started the demonstration how to enter, in each role.
func (s *stage) welcome(ctx context.Context) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Doudou is ready, with invented people. Nothing is sent, and nothing is kept after the end.\n  every page    %s/demo\n  try-it phone  %s/try\n", s.base(), s.base())
	for _, a := range demoAgents() {
		token, err := invite(ctx, s.store, a.Login, s.p.now())
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "  as %-11s%s/desk/sign-in?token=%s\n", a.Login, s.base(), token)
	}
	_, err := fmt.Fprint(s.p.out, b.String())
	return err
}

// play fills the store: staff, what families wrote, a day of meetings. The past
// is played in order, on the true service.
func (s *stage) play(ctx context.Context) error {
	for _, act := range []func(context.Context) error{s.playAgents, s.playFamilies, s.playMumbles, s.playDay, s.playNews} {
		if err := act(ctx); err != nil {
			return err
		}
	}
	s.clock.set(s.morning)
	return nil
}

// shown lists what is on show, by name.
func (s *stage) shown() []string { return slices.Sorted(maps.Keys(s.scenes)) }
