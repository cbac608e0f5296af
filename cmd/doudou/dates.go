package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// A calendar keeps dates.
type calendar interface {
	Event(ctx context.Context, id string) (events.Standing, error)
	SaveEvents(ctx context.Context, list []events.Event) error
}

// addDates keeps the dates of the town's file that are new or that the file has
// changed. What staff changed at the desk stays as they changed it.
func addDates(ctx context.Context, kept calendar, file []events.Event, now time.Time) error {
	var list []events.Event
	for _, e := range file {
		was, err := kept.Event(ctx, e.ID)
		switch {
		case errors.Is(err, bot.ErrGone):
			list = append(list, e)
		case err != nil:
			return fmt.Errorf("compare the dates of the town with the calendar: %w", err)
		case !was.Staff:
			list = append(list, was.Revise(e, now))
		}
	}
	return kept.SaveEvents(ctx, list)
}
