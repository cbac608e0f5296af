package events

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Bounds of what staff enter: a title fits an SMS, and nobody has a room for
// more.
const (
	longest   = 24 * time.Hour
	mostSeats = 1000
	mostText  = 300 // letters
)

// Validate says all that is wrong with what staff entered, an error each. The
// id is not looked at: who keeps the event gives it one.
func (e Event) Validate() error {
	return errors.Join(e.checkWords(), e.checkTimes(), e.checkWindow(), e.checkSeats())
}

func (e Event) checkWords() error {
	var wrong []error
	for _, text := range []struct{ name, value string }{{"title", e.Title}, {"place", e.Place}, {"note", e.Note}} {
		if strings.TrimSpace(text.value) == "" && text.name != "note" {
			wrong = append(wrong, fmt.Errorf("the %s is empty: write one", text.name))
		}
		if len([]rune(text.value)) > mostText {
			wrong = append(wrong, fmt.Errorf("the %s is longer than %d letters: shorten it", text.name, mostText))
		}
	}
	if !slices.Contains(Kinds(), e.Kind) {
		wrong = append(wrong, fmt.Errorf("kind is one of %s, not %q", strings.Join(Kinds(), ", "), e.Kind))
	}
	if !slices.Contains(Audiences(), e.Audience) {
		wrong = append(wrong, fmt.Errorf("audience is one of %s, not %q", strings.Join(Audiences(), ", "), e.Audience))
	}
	for _, lang := range e.Languages {
		if !isLanguage(lang) {
			wrong = append(wrong, fmt.Errorf("a language is two or three lower case letters such as fr, not %q", lang))
		}
	}
	return errors.Join(wrong...)
}

func isLanguage(code string) bool {
	return (len(code) == 2 || len(code) == 3) && strings.Trim(code, "abcdefghijklmnopqrstuvwxyz") == ""
}

func (e Event) checkTimes() error {
	switch {
	case e.Start.IsZero() || e.End.IsZero():
		return errors.New("say when it begins and ends")
	case !e.End.After(e.Start):
		return errors.New("it must end after it begins")
	case e.End.Sub(e.Start) > longest:
		return errors.New("it lasts longer than a day: enter each day as an event")
	}
	return nil
}

func (e Event) checkWindow() error {
	switch {
	case e.Capacity == 0 && (!e.Opens.IsZero() || !e.Closes.IsZero()):
		return errors.New("registration opens or closes, but there are no seats: give a capacity")
	case !e.Opens.IsZero() && !e.Opens.Before(e.Start):
		return errors.New("registration must open before the event begins")
	case e.Closes.After(e.Start):
		return errors.New("registration must close by the time the event begins")
	case !e.Closes.IsZero() && !e.Closes.After(e.Opens):
		return errors.New("registration must close after it opens")
	}
	return nil
}

func (e Event) checkSeats() error {
	var wrong []error
	if e.Capacity < 0 || e.Capacity > mostSeats {
		wrong = append(wrong, fmt.Errorf("capacity is 0 to %d, not %d", mostSeats, e.Capacity))
	}
	if e.Dating != nil && e.Kind != "speeddating" {
		wrong = append(wrong, fmt.Errorf("rounds are for a speed-dating day, not for a %s", e.Kind))
	}
	if e.Dating != nil {
		if err := e.Dating.Check(); err != nil {
			wrong = append(wrong, fmt.Errorf("rounds of the day: %w", err))
		}
	}
	return errors.Join(wrong...)
}
