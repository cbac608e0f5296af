package bot

import (
	"context"
	"errors"
	"time"

	"doudou/dialogs"
	"doudou/knowledge"
	"doudou/knowledge/events"
)

// readTime is how long a turn waits for what it looks up.
const readTime = 5 * time.Second

// library answers the look-ups of one turn.
func (b *player) library(ctx context.Context, c Contact) dialogs.Library {
	l := &knowledge.Library{
		Knowledge: b.Knowledge, Now: b.Now(), Audience: c.Audience, Ctx: ctx,
		Events: func(ctx context.Context) ([]events.Standing, error) { return b.standing(ctx, c.ID) },
	}
	if b.people == nil {
		return l
	}
	l.Profile = func(ctx context.Context) (events.Profile, error) { return b.said(ctx, c.ID) }
	l.Matches = func(ctx context.Context) ([]events.Match, error) {
		need, err := b.said(ctx, c.ID)
		if err != nil {
			return nil, err
		}
		return b.matches(ctx, need)
	}
	l.Badges = func(ctx context.Context, event string) (map[int]string, error) { return b.badges(ctx, c.ID, event) }
	return l
}

// standing reads the events that are not over.
func (b *player) standing(ctx context.Context, c ContactID) ([]events.Standing, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	return b.calendar.Standing(ctx, c, b.Now())
}

// said reads what a contact needs or offers.
func (b *player) said(ctx context.Context, c ContactID) (events.Profile, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	p, ok, err := b.profile(ctx, c)
	if err == nil && !ok {
		err = errors.New("they said nothing of what they need or offer")
	}
	return p, err
}
