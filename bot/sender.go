package bot

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"
)

// How long a sender holds what it sends. It must exceed the longest time that a
// request to a provider may take, and then the time to mark it sent.
const (
	sendLease   = 60 * time.Second
	sendTimeout = 25 * time.Second
	claimEvery  = 500 * time.Millisecond
	claimAtOnce = 200
)

// A sender carries the outbox of one channel to its provider: what the lanes
// have just committed, at once; what was put off, or left by a crash, when it
// is due. Messages of one contact leave in order, because the store leases only
// the oldest.
type sender struct {
	s       *Service
	carrier Carrier
	jobs    chan []Outgoing // each of one contact, in order

	next chan struct{} // something may be due: look now

	mu     sync.Mutex
	until  time.Time              // the provider asked the whole channel to wait until then
	behind map[ContactID]struct{} // contacts with words behind those that are leaving
}

func newSender(s *Service, c Carrier) *sender {
	if c.Workers <= 0 {
		c.Workers = 16
	}
	return &sender{s: s, carrier: c, jobs: make(chan []Outgoing, 4*c.Workers), next: make(chan struct{}, 1), behind: map[ContactID]struct{}{}}
}

// send takes over messages of one contact that are leased to this process. When
// it is too busy they are left in the outbox, where the lease runs out.
func (o *sender) send(ctx context.Context, out []Outgoing) {
	select {
	case o.jobs <- out:
	case <-ctx.Done():
	}
}

// follow says that a contact has words in the outbox behind those that are
// leaving: they are looked for as soon as those have left.
func (o *sender) follow(c ContactID) {
	o.mu.Lock()
	o.behind[c] = struct{}{}
	o.mu.Unlock()
	o.look()
}

// look has the outbox looked at now.
func (o *sender) look() {
	select {
	case o.next <- struct{}{}:
	default: // it will be
	}
}

// left says that a message was settled, and has what stood behind it looked for.
func (o *sender) left(c ContactID) {
	o.mu.Lock()
	_, more := o.behind[c]
	delete(o.behind, c)
	o.mu.Unlock()
	if more {
		o.look()
	}
}

// run sends until ctx ends, then finishes the requests under way.
func (o *sender) run(ctx context.Context) {
	var workers sync.WaitGroup
	for range o.carrier.Workers {
		workers.Go(func() { o.work(ctx) })
	}
	o.claim(ctx)
	workers.Wait()
}

func (o *sender) work(ctx context.Context) {
	for {
		select {
		case out := <-o.jobs:
			o.deliver(ctx, out)
		case <-ctx.Done():
			o.drain(ctx)
			return
		}
	}
}

// drain sends what was taken over before the end.
func (o *sender) drain(ctx context.Context) {
	for {
		select {
		case out := <-o.jobs:
			o.deliver(ctx, out)
		default:
			return
		}
	}
}

// claim looks for what is due and nobody holds.
func (o *sender) claim(ctx context.Context) {
	tick := time.NewTicker(claimEvery)
	defer tick.Stop()
	for {
		for o.claimOnce(ctx) == claimAtOnce && ctx.Err() == nil {
		}
		select {
		case <-tick.C:
		case <-o.next:
		case <-ctx.Done():
			return
		}
	}
}

func (o *sender) claimOnce(ctx context.Context) int {
	now := o.s.Now()
	if now.Before(o.pausedUntil()) {
		return 0
	}
	lease := Lease{Token: o.s.Draw(), Until: now.Add(sendLease)}
	due, err := o.s.Store.Claim(ctx, o.carrier.Channel, now, lease, claimAtOnce)
	if err != nil {
		if ctx.Err() == nil {
			o.s.Log.Warn("cannot read the outbox", "channel", o.carrier.Channel, "error", err)
		}
		return 0
	}
	for _, out := range due {
		o.mu.Lock()
		o.behind[out.Contact] = struct{}{} // a claim gives the oldest only
		o.mu.Unlock()
		o.send(ctx, []Outgoing{out})
	}
	return len(due)
}

// deliver sends messages of one contact, one after the other; the first that
// does not leave holds the others back.
func (o *sender) deliver(ctx context.Context, list []Outgoing) {
	for i, out := range list {
		if until := o.wait(ctx); !until.IsZero() {
			o.putOff(ctx, list[i:], until)
			return
		}
		if !o.attempt(ctx, out) {
			o.putOff(ctx, list[i+1:], o.s.Now())
			return
		}
	}
}

// putOff gives messages back to the outbox until a time.
func (o *sender) putOff(ctx context.Context, list []Outgoing, until time.Time) {
	for _, out := range list {
		o.s.settle(ctx, Outcome{Outgoing: out, State: Queued, Retry: until, At: o.s.Now()})
	}
}

// attempt sends one message and settles what became of it; false when a later
// message of the same contact must wait.
func (o *sender) attempt(ctx context.Context, out Outgoing) bool {
	call, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTimeout)
	defer cancel()
	began := o.s.Now()
	id, err := o.carrier.Sender.Send(call, out)
	o.s.Took("send_"+string(o.carrier.Channel), o.s.Now().Sub(began))
	outcome := o.outcome(out, err)
	outcome.Sent = id
	o.s.settle(ctx, outcome)
	o.left(out.Contact)
	o.s.Count("outgoing_" + string(outcome.State) + "_" + string(o.carrier.Channel))
	return outcome.State != Queued
}

// Tries after which a message is given up, by kind of failure.
const (
	maxTroubleTries = 30 // about a day, with the back-off below
	maxUnknownTries = 5
	maxFaultTries   = 8
)

// outcome decides what becomes of a message after an attempt.
func (o *sender) outcome(out Outgoing, err error) Outcome {
	now := o.s.Now()
	done := Outcome{Outgoing: out, State: Sent, At: now}
	if err == nil {
		return done
	}
	refusal := &SendError{Kind: Unknown, Err: err}
	errors.As(err, &refusal)
	o.s.Log.Warn("a message did not leave", "channel", o.carrier.Channel, "outgoing", out.ID, "try", out.Tries+1, "kind", int(refusal.Kind), "code", refusal.Code)
	retry := func(max int, base time.Duration, why Reason) Outcome {
		if out.Tries+1 >= max {
			return Outcome{Outgoing: out, State: Dead, Why: why, At: now}
		}
		return Outcome{Outgoing: out, State: Queued, Retry: now.Add(backoff(base, out.Tries)), At: now}
	}
	switch refusal.Kind {
	case Throttled:
		after := max(refusal.After, time.Second)
		o.pause(now.Add(after))
		return Outcome{Outgoing: out, State: Queued, Retry: now.Add(after), At: now}
	case Trouble:
		return retry(maxTroubleTries, 2*time.Second, "provider in trouble")
	case Unwanted:
		return Outcome{Outgoing: out, State: Dead, Why: "unwanted", Stop: true, At: now}
	case Permanent:
		return Outcome{Outgoing: out, State: Dead, Why: Reason("permanent " + refusal.Code), At: now}
	case OurFault:
		o.s.Count("outgoing_fault_" + string(o.carrier.Channel))
		o.s.Log.Error("the provider refuses our settings or our request", "channel", o.carrier.Channel, "code", refusal.Code, "error", refusal.Err)
		return retry(maxFaultTries, time.Minute, Reason("our fault "+refusal.Code))
	}
	return retry(maxUnknownTries, 10*time.Second, "no answer from the provider")
}

// backoff doubles from base with each try, up to an hour, with a tenth of chance
// so that messages put off together do not come back together.
func backoff(base time.Duration, tries int) time.Duration {
	d := min(base<<min(tries, 20), time.Hour)
	return d + rand.N(d/10+1)
}

// pause stops the whole channel for a while; the longest pause holds.
func (o *sender) pause(until time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if until.After(o.until) {
		o.until = until
	}
}

func (o *sender) pausedUntil() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.until
}

// wait lets a pause of the channel pass. It returns the end of a pause that is
// too long to be waited for under the lease, or when ctx ends first.
func (o *sender) wait(ctx context.Context) time.Time {
	for {
		until := o.pausedUntil()
		left := until.Sub(o.s.Now())
		switch {
		case left <= 0:
			return time.Time{}
		case left > sendLease/4:
			return until
		}
		select {
		case <-time.After(left):
		case <-ctx.Done():
			return until
		}
	}
}
