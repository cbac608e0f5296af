package alert

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"doudou/bot"
)

// send tells one agent of all that still concerns them, and settles it.
func (w *Watch) send(ctx context.Context, s *staff, d bot.Digest, waits []bot.Wait) error {
	o := bot.DigestOutcome{Digest: d, Done: true}
	agent, items := s.concerning(d, waits)
	to := s.address(agent, d.Way)
	if len(items) > 0 && to != "" {
		o = w.carry(ctx, s, d, to, agent, items)
	}
	o.At = w.Now()
	err := w.Store.SettleDigest(ctx, o)
	if errors.Is(err, bot.ErrStale) {
		return nil // another replica holds it by now
	}
	return err
}

// An item is one wait in a message.
type item struct {
	kind bot.NoticeKind
	wait bot.Wait
}

// concerning returns the agent of a digest and what of it still concerns them: a
// case that was answered or taken meanwhile does not.
func (s *staff) concerning(d bot.Digest, waits []bot.Wait) (agent bot.Agent, items []item) {
	for _, n := range d.Notices {
		i := slices.IndexFunc(waits, func(w bot.Wait) bool { return w.Case.ID == n.Case })
		if i < 0 || slices.ContainsFunc(items, func(it item) bool { return it.wait.Case.ID == n.Case }) {
			continue
		}
		list := s.whom(n.Kind, waits[i])
		if j := slices.IndexFunc(list, func(a bot.Agent) bool { return a.Login == d.Agent }); j >= 0 {
			agent, items = list[j], append(items, item{n.Kind, waits[i]})
		}
	}
	return agent, items
}

// carry writes a message and has it taken to its agent.
func (w *Watch) carry(ctx context.Context, s *staff, d bot.Digest, to string, a bot.Agent, items []item) bot.DigestOutcome {
	m, err := w.write(s.wish(a.Login).Lang, a, items, s.now)
	if err == nil {
		call, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		err = w.Carriers[d.Way].Carry(call, to, m)
	}
	if err == nil {
		w.Count("alerts_sent_" + string(d.Way))
		return bot.DigestOutcome{Digest: d, Done: true, Said: true}
	}
	return w.refused(ctx, d, err)
}

// refused puts off what did not leave. Who has blocked our bot is not written to
// again until they link their Telegram anew.
func (w *Watch) refused(ctx context.Context, d bot.Digest, err error) bot.DigestOutcome {
	refusal := &Refusal{Why: "no answer", Err: err}
	errors.As(err, &refusal)
	w.Count("alerts_failed_" + string(d.Way))
	w.Log.Warn("a message to staff did not leave; it will be tried again", "agent", d.Agent, "way", string(d.Way), "why", string(refusal.Why), "try", d.Tries+1)
	if refusal.Gone && d.Way == bot.ByTelegram {
		if err := w.Store.UnlinkChat(ctx, d.Agent); err == nil {
			return bot.DigestOutcome{Digest: d, Done: true}
		}
	}
	return bot.DigestOutcome{Digest: d, Why: refusal.Why, Retry: w.Now().Add(max(backoff(d.Tries), refusal.After))}
}

// backoff doubles from half a minute to a quarter of an hour.
func backoff(tries int) time.Duration {
	return min(30*time.Second<<min(tries, 8), 15*time.Minute)
}

// within tells whether an agent may open a case at the desk.
func within(a bot.Agent, c bot.Case) bool { return slices.Contains(a.Teams, c.Team) }

// link is where a page of the desk is.
func (w *Watch) link(path string) string { return strings.TrimSuffix(w.PublicURL, "/") + path }
