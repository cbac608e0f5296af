package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// How often the town crier looks: whether a seat is free, two said yes, or a
// prompt is due; and less often what else there is to say.
const (
	cryEvery    = 2 * time.Second
	surveyEvery = 30 * time.Second
	// cryAtOnce is how many prompts start in a round: about what the channels
	// carry meanwhile, so that what staff hold back half-way has not left.
	cryAtOnce = 50
)

// A crier is the town crier: what is due becomes prompts, and prompts that are
// due become messages. Each replica has one. They share nothing: a prompt is
// kept once, whoever adds it, because of its id.
type crier struct {
	s      *Service
	told   map[string]bool // handed over to the store today: it is not asked again
	looked time.Time       // at the whole calendar
	purged string          // the day of the last purge
}

func newCrier(s *Service) *crier { return &crier{s: s, told: map[string]bool{}} }

// run cries until ctx ends.
func (c *crier) run(ctx context.Context) {
	tick := time.NewTicker(cryEvery)
	defer tick.Stop()
	for {
		if _, err := c.round(ctx, surveyEvery); err != nil && ctx.Err() == nil {
			c.s.Log.Warn("the relais could not say all that is due; it tries again", "error", err)
			c.s.Count("prompts_not_said")
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// Cry says all that is due now, without waiting for the next rounds.
func (s *Service) Cry(ctx context.Context) error {
	c := newCrier(s)
	for {
		started, err := c.round(ctx, 0)
		if err != nil || started == 0 {
			return err
		}
	}
}

// round looks once, and returns how many it has something to say to. What fails
// does not keep the rest from being said.
func (c *crier) round(ctx context.Context, every time.Duration) (started int, err error) {
	h := c.s.herald()
	wrong := []error{c.s.Store.OfferSeats(ctx, h.now, h.offered)}
	if h.now.Sub(c.looked) >= every {
		c.looked = h.now
		wrong = append(wrong, c.survey(ctx, h), c.purge(ctx, h))
	}
	if h.courteous() { // who takes a yes back at night is not put in touch in the morning
		wrong = append(wrong, c.s.Store.Exchange(ctx, h.now, h.exchanged))
	}
	started, err = c.start(ctx, h)
	return started, errors.Join(append(wrong, err)...)
}

// herald says what is due now.
func (b *player) herald() herald {
	return herald{now: b.Now(), zone: b.Knowledge.Zone(), terms: b.Knowledge.Terms}
}

// start moves what is due into the inbox, and has it answered; at courteous hours
// only: what was due at noon and was held back, or found us away, waits for the
// morning.
func (c *crier) start(ctx context.Context, h herald) (int, error) {
	if !h.courteous() {
		return 0, nil
	}
	woken, err := c.s.Store.Start(ctx, h.now, cryAtOnce)
	for _, contact := range woken {
		c.s.lanes.wake(contact)
	}
	return len(woken), err
}

// say hands prompts over to the store.
func (c *crier) say(ctx context.Context, list []Prompt) error {
	if len(list) == 0 {
		return nil
	}
	fresh, err := c.s.Store.Prompt(ctx, list)
	if err != nil {
		return fmt.Errorf("keep what is due: %w", err)
	}
	for range fresh {
		c.s.Count("prompts")
	}
	return nil
}

// each hands over prompts that were not handed over yet.
func (c *crier) each(ctx context.Context, list []Prompt) error {
	list = slices.DeleteFunc(list, func(p Prompt) bool { return c.told[p.ID] })
	if err := c.say(ctx, list); err != nil {
		return err
	}
	for _, p := range list {
		c.told[p.ID] = true
	}
	return nil
}

// purge erases once a day what nobody needs any more, and forgets what was said:
// the store knows.
func (c *crier) purge(ctx context.Context, h herald) error {
	today := h.date(h.now)
	if c.purged == today {
		return nil
	}
	if err := c.s.Store.Purge(ctx, h.now); err != nil {
		return err
	}
	c.purged = today
	clear(c.told)
	return nil
}
