// Package alert sees to it that nobody is missed. It looks every few seconds at
// who waits for staff, and tells the agents whom it concerns, by e-mail or on
// Telegram, in one message for all that waits: the number of the case, the team,
// the language, how long; no word of a family.
//
// What nobody answers climbs, by the working hours of its team: to the next
// person, then to the manager. The family whose promised hour has passed is told
// once, at an hour at which people may be written to, that it is not forgotten.
//
// Where an institution has agreed to it in writing, a Bridge also carries cases
// into forum topics on Telegram. There a plain text is a note among agents, and
// an answer leaves only when its author taps.
//
// Whom to tell is kept in the store under ids that are told once for ever, and
// one replica at a time holds the row of an agent: a crash neither loses nor
// repeats a message, save the one whose answer never came.
package alert

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"doudou/bot"
	"doudou/knowledge"
	"doudou/locales"
)

// How often the watch looks, and how long one message to staff may take. The
// lease must exceed the longest round of messages.
const (
	every   = 5 * time.Second
	timeout = 20 * time.Second
	lease   = 2 * time.Minute
	atOnce  = 8 // messages under way
)

// A Store is what the watch reads and keeps; bot/store satisfies it.
type Store interface {
	Waits(ctx context.Context) ([]bot.Wait, error)
	Notify(ctx context.Context, list []bot.Notice) (fresh int, err error)
	Escalate(ctx context.Context, e bot.Escalation) (fresh bool, err error)
	Digests(ctx context.Context, ways []bot.Way, now time.Time, pause time.Duration, l bot.Lease) ([]bot.Digest, error)
	SettleDigest(ctx context.Context, o bot.DigestOutcome) error
	Wishes(ctx context.Context) ([]bot.Wish, error)
	Agents(ctx context.Context) ([]bot.Agent, error)
	UnlinkChat(ctx context.Context, login string) error
	Prompt(ctx context.Context, list []bot.Prompt) (fresh int, err error)
}

// A Carrier takes a message to an agent: to an e-mail address, to a chat. An
// error that is a *Refusal says why.
type Carrier interface {
	Carry(ctx context.Context, to string, m Message) error
}

// A Message is what an agent reads. It holds no word of a family.
type Message struct {
	Subject string
	Body    string
	Urgent  bool
}

// A Refusal is why a message to staff did not leave, in words that hold no
// address.
type Refusal struct {
	Why  bot.Reason
	Gone bool // the agent does not want to be reached this way
	// After is how long the carrier asks to wait; 0: it does not say.
	After time.Duration
	Err   error
}

func (r *Refusal) Error() string { return fmt.Sprintf("a message to staff did not leave (%s)", r.Why) }

// Unwrap returns the cause.
func (r *Refusal) Unwrap() error { return r.Err }

// Options are what a Watch is made of. Without Carriers nobody is told, and the
// escalation shows at the desk only.
type Options struct {
	Store     Store
	Knowledge *knowledge.Knowledge
	Texts     *locales.Catalog // of the desk
	Words     *locales.Catalog // of families: the names of teams
	PublicURL string           // where agents find the desk
	Carriers  map[bot.Way]Carrier
	// Steps are the working hours of its team after which an unanswered wait goes
	// to the next person, then to the manager; none: it does not climb.
	Steps []time.Duration
	// Pause is how long a message to an agent holds back the next that is not urgent.
	Pause time.Duration
	Zone  *time.Location
	Now   func() time.Time
	Draw  func() int64 // a random number, for leases; never 0
	Count func(name string)
	Log   *slog.Logger
}

// A Watch tells staff of what waits for them.
type Watch struct {
	Options
	kept map[string]bool // notices that the store has, of what waits now
	said map[string]bool // kind words that the store has, of what waits now
}

// New returns a watch; Run makes it work.
func New(o Options) *Watch {
	if o.Count == nil {
		o.Count = func(string) {}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Watch{Options: o}
}

// Run watches until ctx ends. Each replica runs one: the store sees to it that
// they tell once.
func (w *Watch) Run(ctx context.Context) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := w.Round(ctx); err != nil && ctx.Err() == nil {
			w.Log.Warn("the watch could not see who waits for staff; it looks again", "error", err)
			w.Count("alerts_not_seen")
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// Round looks once: it keeps whom to tell, and tells those who may be told now.
// What fails does not keep the rest from being told.
func (w *Watch) Round(ctx context.Context) error {
	waits, err := w.Store.Waits(ctx)
	if err != nil {
		return err
	}
	staff, err := w.staff(ctx)
	if err != nil {
		return err
	}
	waits = slices.DeleteFunc(waits, func(wait bot.Wait) bool { return wait.Case.Asleep(staff.now) })
	return errors.Join(w.notify(ctx, staff, waits), w.escalate(ctx, staff, waits), w.comfort(ctx, waits), w.tell(ctx, staff, waits))
}

// notify keeps whom each wait concerns from its beginning.
func (w *Watch) notify(ctx context.Context, s *staff, waits []bot.Wait) error {
	var fresh []bot.Notice
	kept := map[string]bool{}
	for _, wait := range waits {
		for _, n := range s.notices(kindOf(wait), wait) {
			if kept[n.ID] = true; !w.kept[n.ID] {
				fresh = append(fresh, n)
			}
		}
	}
	if len(fresh) > 0 {
		if _, err := w.Store.Notify(ctx, fresh); err != nil {
			return err
		}
	}
	w.kept = kept
	return nil
}

// tell sends what may leave now, to several agents at once.
func (w *Watch) tell(ctx context.Context, s *staff, waits []bot.Wait) error {
	now := w.Now()
	list, err := w.Store.Digests(ctx, s.ways, now, w.Pause, bot.Lease{Token: w.Draw(), Until: now.Add(lease)})
	if err != nil {
		return err
	}
	var all sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	wrong := make([]error, len(list))
	for i, d := range list {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			wrong[i] = w.send(context.WithoutCancel(ctx), s, d, waits)
		})
	}
	all.Wait()
	return errors.Join(wrong...)
}
