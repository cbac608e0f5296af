package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"doudou/dialogs"
	"doudou/dialogs/nlu"
	"doudou/knowledge"
	"doudou/locales"
)

// A Carrier is how the service speaks on one channel: what the channel can
// carry, and who sends. The channel's own package fills it.
type Carrier struct {
	Channel Channel
	Style   locales.Style
	Buttons bool // choices are buttons; otherwise numbered lines
	Locates bool // people there can share where they are with one key
	// Pages cuts a text into what may leave at once; more is the hint at the end
	// of all pages but the last. Nil when a text of any length may leave.
	Pages func(text, more string) []string
	// Segments counts the SMS that a text takes; nil where a message costs nothing.
	Segments func(text string) int
	// Sender sends what leaves; nil on a channel that only rehearses.
	Sender Sender
	// Hold is how long an answer is left to whoever waits in Converse before
	// the sender takes it; 0 on a channel that does not answer in the same breath.
	Hold time.Duration
	// Workers is how many messages may be under way to the provider at once.
	Workers int
}

// Options are what a Service is made of. Count, Took and Log may be nil. A Service
// without a Store can only rehearse.
type Options struct {
	Store     Store
	Book      *dialogs.Book
	Reader    *nlu.Model
	Knowledge *knowledge.Knowledge
	Words     *locales.Catalog
	Carriers  []Carrier
	// Opinions tells that people are asked what they think of the answers, once a
	// quarter of a year at most.
	Opinions bool
	Now      func() time.Time
	Draw     func() int64      // a random number, for stamps and leases; never 0
	NewID    func() string     // a short random word, for cases
	Undo     time.Duration     // how long staff may take back what they sent; 0: it leaves at once
	Count    func(name string) // counts what happened, by name
	// Took notes how long a thing took: "turn", from the message read to its
	// answer committed; "send_telegram"..., one attempt to send.
	Took func(name string, took time.Duration)
	Log  *slog.Logger
}

// A Service answers messages. It holds no conversation: everything that lasts
// is in the Store, so several services may share one.
type Service struct {
	*player
	Store    Store
	Count    func(name string)
	Took     func(name string, took time.Duration)
	Log      *slog.Logger
	undo     time.Duration
	lanes    *lanes
	waiters  waiters
	outbound map[Channel]*sender
}

// New returns a service; Run makes it work.
func New(o Options) (*Service, error) {
	s := &Service{
		Store: o.Store, Count: o.Count, Took: o.Took, Log: o.Log, undo: o.Undo, outbound: map[Channel]*sender{},
		player: &player{
			Book: o.Book, Reader: o.Reader, Knowledge: o.Knowledge, Words: o.Words,
			Now: o.Now, Draw: o.Draw, NewID: o.NewID, carriers: map[Channel]Carrier{}, calendar: o.Store, people: o.Store, ends: ends(o),
		},
	}
	if s.Count == nil {
		s.Count = func(string) {}
	}
	if s.Took == nil {
		s.Took = func(string, time.Duration) {}
	}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	for _, c := range o.Carriers {
		if _, twice := s.carriers[c.Channel]; twice {
			return nil, fmt.Errorf("channel %s is carried twice", c.Channel)
		}
		s.carriers[c.Channel] = c
		if c.Sender != nil {
			s.outbound[c.Channel] = newSender(s, c)
		}
	}
	s.lanes = newLanes(maxLanes, s.answerAll)
	return s, nil
}

// How often the service looks for what a crash or another replica left behind,
// and how old that must be before it is taken over.
const (
	sweepEvery = 2 * time.Second
	sweepAfter = 5 * time.Second
	maxLanes   = 128 // contacts answered at once; more only wait their turn
)

// Run answers and sends until ctx ends, then finishes what is under way.
func (s *Service) Run(ctx context.Context) error {
	var senders sync.WaitGroup
	sending, stopSending := context.WithCancel(context.WithoutCancel(ctx))
	for _, out := range s.outbound {
		senders.Go(func() { out.run(sending) })
	}
	var crying sync.WaitGroup
	crying.Go(func() { newCrier(s).run(ctx) })
	crying.Go(func() { s.depart(ctx) })
	s.sweep(ctx)
	crying.Wait()
	s.lanes.close()
	stopSending()
	senders.Wait()
	return nil
}

// sweep wakes the lanes of contacts whose message nobody answers: those that a
// crash left, at once; those of a replica that died, a little later.
func (s *Service) sweep(ctx context.Context) {
	before := s.Now()
	for {
		contacts, err := s.Store.Waiting(ctx, before, 1000)
		if err != nil && ctx.Err() == nil {
			s.Log.Warn("cannot look for unanswered messages", "error", err)
		}
		for _, c := range contacts {
			s.lanes.wake(c)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(sweepEvery):
			before = s.Now().Add(-sweepAfter)
		}
	}
}

// Receive keeps a message and has it answered. When it returns without an
// error the message is durable: the channel may tell its provider so. fresh is
// false for a message that was already kept.
func (s *Service) Receive(ctx context.Context, m Message) (fresh bool, err error) {
	contact, fresh, err := s.Store.Accept(ctx, m)
	if err != nil {
		return false, fmt.Errorf("keep a message: %w", err)
	}
	s.count(fresh, m.Channel)
	if fresh {
		s.lanes.wake(contact)
	}
	return fresh, nil
}

// Wake has a contact's messages answered, when a channel has kept them itself.
func (s *Service) Wake(contact ContactID) { s.lanes.wake(contact) }

func (s *Service) count(fresh bool, ch Channel) {
	if fresh {
		s.Count("messages_accepted_" + string(ch))
	} else {
		s.Count("messages_repeated_" + string(ch))
	}
}

// Converse keeps a message and waits for its answer, which the channel carries
// back in the same breath. A message that was answered already gets the same
// answer. The answer is empty when there is none, or when ctx ends first: the
// sender then takes it. An error means that the message was not kept.
func (s *Service) Converse(ctx context.Context, m Message) ([]Outgoing, error) {
	w := s.waiters.add(m.Channel, m.Provider)
	defer s.waiters.remove(w)
	contact, fresh, err := s.Store.Accept(context.WithoutCancel(ctx), m)
	if err != nil {
		return nil, fmt.Errorf("keep a message: %w", err)
	}
	s.count(fresh, m.Channel)
	if !fresh {
		out, answered, err := s.Store.Replies(ctx, m.Channel, m.Provider)
		if answered || err != nil {
			return out, nil // kept already: an error here must not make the provider give up
		}
	}
	s.lanes.wake(contact)
	select {
	case out := <-w.answer:
		return out, nil
	case <-ctx.Done():
		s.waiters.remove(w) // from here on the sender takes the answer
		return w.given(), nil
	}
}

// Delivered marks answers that Converse gave back and that have left.
func (s *Service) Delivered(ctx context.Context, out []Outgoing) {
	for _, o := range out {
		s.settle(ctx, Outcome{Outgoing: o, State: Sent, At: s.Now()})
		if sender := s.outbound[o.To.Channel]; sender != nil {
			sender.left(o.Contact)
		}
	}
}

// settle insists until the store knows what became of a message: a message that
// left and is not marked would leave again.
func (s *Service) settle(ctx context.Context, o Outcome) {
	ctx = context.WithoutCancel(ctx)
	if count := s.carriers[o.Outgoing.To.Channel].Segments; count != nil && o.State == Sent {
		o.Segments = count(o.Outgoing.Lead + o.Outgoing.Body)
	}
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		err := s.Store.Settle(ctx, o)
		if err == nil || errors.Is(err, ErrStale) || errors.Is(err, ErrGone) {
			return
		}
		s.Log.Error("cannot mark a message that was sent; insisting", "outgoing", o.Outgoing.ID, "error", err)
		time.Sleep(wait)
	}
}
