package bot

import (
	"context"
	"errors"
	"slices"
	"time"

	"doudou/knowledge/events"
)

// survey looks for what is due, at hours at which it may be said.
func (c *crier) survey(ctx context.Context, h herald) error {
	if !h.courteous() {
		return nil
	}
	return errors.Join(c.calendar(ctx, h), c.introductions(ctx, h), c.profiles(ctx, h))
}

// The events about which something may be due: from those whose choices are
// still open to those that are a reminder away.
const (
	lookBack  = 12 * 24 * time.Hour
	lookAhead = 400 * 24 * time.Hour
)

// calendar says what is due about events.
func (c *crier) calendar(ctx context.Context, h herald) error {
	list, err := c.s.Store.Events(ctx, h.now.Add(-lookBack), h.now.Add(lookAhead))
	if err != nil {
		return err
	}
	var wrong []error
	for _, e := range list {
		wrong = append(wrong, c.event(ctx, h, e.Event), c.day(ctx, h, e.Event))
	}
	return errors.Join(wrong...)
}

// event runs the errands of an event that were not run yet.
func (c *crier) event(ctx context.Context, h herald, e events.Event) error {
	due := slices.DeleteFunc(h.errands(e), func(d errand) bool { return c.told[d.ID] })
	if len(due) == 0 {
		return nil
	}
	seats, err := c.s.Store.Roster(ctx, e.ID)
	if err != nil {
		return err
	}
	for _, d := range due {
		if err := c.say(ctx, h.prompts(d, seats)); err != nil {
			return err
		}
		c.told[d.ID] = true
	}
	return nil
}

// day tells the plan of a speed-dating day that is published. On the day itself
// people come in all the time: it is looked at again.
func (c *crier) day(ctx context.Context, h herald, e events.Event) error {
	if e.Kind != "speeddating" || !e.End.After(h.now) {
		return nil
	}
	d, err := c.s.Store.Day(ctx, e.ID)
	if errors.Is(err, ErrGone) {
		return nil
	}
	id := idOf("day", e.ID, d.Version)
	if err != nil || !d.Published || c.told[id] {
		return err
	}
	seats, err := c.s.Store.Roster(ctx, e.ID)
	if err != nil {
		return err
	}
	c.told[id] = e.Start.After(h.now)
	return c.each(ctx, h.times(e, d, seats))
}

// introductions asks, and asks what came of it.
func (c *crier) introductions(ctx context.Context, h herald) error {
	list, err := c.s.Store.Introductions(ctx, "", "")
	if err != nil {
		return err
	}
	unsaid := slices.DeleteFunc(slices.Clone(list), func(i Introduction) bool {
		return c.told[idOf("asked", i.ID)+"/"+string(i.Childminder)]
	})
	due := append(h.asked(unsaid, c.need(ctx)), h.nobody(list)...)
	for _, f := range h.follows(list) {
		if !c.told[f.id+"/"+string(f.Parent)] {
			p, _, err := c.s.profile(ctx, f.Childminder)
			if err != nil {
				return err
			}
			due = append(due, h.ask(f, p.Name)...)
		}
	}
	return c.each(ctx, due)
}

// need reads what a family looks for.
func (c *crier) need(ctx context.Context) need {
	return func(contact ContactID) (events.Profile, bool) {
		p, ok, err := c.s.profile(ctx, contact)
		return p, ok && err == nil
	}
}

// profiles tells childminders what they should look at again.
func (c *crier) profiles(ctx context.Context, h herald) error {
	list, err := c.s.Store.Profiles(ctx, events.Childminder, h.now)
	if err != nil {
		return err
	}
	return c.each(ctx, append(h.still(list), h.monenfant(list)...))
}
