package bot_test

import (
	"errors"
	"strconv"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// date enters or changes a date of two hours, as staff do, or cancels it.
func (s *stage) date(f []string, title string) []string {
	e := events.Event{ID: f[1]}
	was, err := s.store.Event(s.t.Context(), f[1])
	switch {
	case err == nil:
		e = was.Event
	case !errors.Is(err, bot.ErrGone):
		s.t.Fatal(err)
	}
	if f[0] == "cancel" {
		e.Cancelled = true
	} else {
		e.Kind = "workshop"
		if len(f) > 4 {
			e.Kind = f[4]
		}
		e.Title, e.Place, e.Audience = title, "Salle Démo", "all"
		e.Start = s.at(f[2])
		e.End = e.Start.Add(2 * time.Hour)
		e.Capacity, _ = strconv.Atoi(f[3])
	}
	if was.Moved(e) && err == nil {
		e.Rev, e.Revised = was.Rev+1, s.clock.Now()
	}
	if err := s.store.SaveEvents(s.t.Context(), []events.Event{e}); err != nil {
		s.t.Fatal(err)
	}
	return nil
}

// at reads a moment by the clock of the town.
func (s *stage) at(text string) time.Time {
	s.t.Helper()
	at, err := time.ParseInLocation("2006-01-02T15:04", text, s.clock.Now().Location())
	if err != nil {
		s.t.Fatal(err)
	}
	return at
}

// plan makes the rounds of a speed-dating day and publishes them.
func (s *stage) plan(event string) []string {
	s.t.Helper()
	seats, err := s.store.Roster(s.t.Context(), event)
	if err != nil {
		s.t.Fatal(err)
	}
	var people []events.Participant
	for _, seat := range seats {
		if seat.State == bot.Kept && seat.Profile != nil {
			p := seat.Profile.Participant
			p.ID, p.Room = string(seat.Contact), seat.Room
			people = append(people, p)
		}
	}
	options := events.DefaultOptions()
	options.Rounds = 3
	schedule, err := events.Plan(people, options)
	if err != nil {
		s.t.Fatal(err)
	}
	day, err := s.store.Day(s.t.Context(), event)
	if err != nil && !errors.Is(err, bot.ErrGone) {
		s.t.Fatal(err)
	}
	day = bot.Day{Event: event, Version: day.Version + 1, Schedule: schedule, Published: true, Agent: "awa"}
	if err := s.store.SaveDay(s.t.Context(), day); err != nil {
		s.t.Fatal(err)
	}
	return nil
}

// came checks somebody in.
func (s *stage) came(event, who string) []string {
	s.mu.Lock()
	contact := s.contact[who]
	s.mu.Unlock()
	if err := s.store.CheckIn(s.t.Context(), event, contact, s.clock.Now(), time.Time{}); err != nil {
		return []string{"refused: " + err.Error()}
	}
	return nil
}

// cry has the relais say what is due, and returns what left.
func (s *stage) cry() []string {
	s.t.Helper()
	if err := s.service.Cry(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	for still := 0; still < 100; still++ {
		waiting, err := s.store.Waiting(s.t.Context(), s.clock.Now().Add(time.Hour), 1)
		if err != nil {
			s.t.Fatal(err)
		}
		if len(waiting) > 0 || s.moves() {
			still = 0
		}
		time.Sleep(2 * time.Millisecond)
	}
	return s.everything()
}

// moves tells whether something left since it was last asked.
func (s *stage) moves() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	changed := len(s.left) != s.seen
	s.seen = len(s.left)
	return changed
}
