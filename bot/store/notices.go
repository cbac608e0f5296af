package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"doudou/bot"
)

// Notify adds notices.
func (s *Store) Notify(ctx context.Context, list []bot.Notice) (int, error) {
	var fresh int64
	err := s.db.write(ctx, func(t tx) error {
		counts := putNotices(t, list)
		err := t.flush()
		fresh = 0
		for _, n := range counts {
			fresh += n
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("keep whom to tell: %w", err)
	}
	return int(fresh), nil
}

// putNotices adds notices in the order of their ids, so that two who add the
// same do not wait for each other. The counts are known after a flush.
func putNotices(t tx, list []bot.Notice) []int64 {
	list = slices.SortedFunc(slices.Values(list), func(a, b bot.Notice) int { return strings.Compare(a.ID, b.ID) })
	counts := make([]int64, len(list))
	for i, n := range list {
		t.count(&counts[i], `INSERT INTO notice (id, agent, way, casefile, kind, urgent, due, state)
			VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting') ON CONFLICT (id) DO NOTHING`,
			n.ID, n.Agent, string(n.Way), string(n.Case), string(n.Kind), bit(n.Urgent), ms(n.Due))
	}
	return counts
}

// Digests leases what may be told now. The row of an agent and a way is claimed
// before its notices are read, so that two replicas never tell the same.
func (s *Store) Digests(ctx context.Context, ways []bot.Way, now time.Time, pause time.Duration, l bot.Lease) ([]bot.Digest, error) {
	due, err := s.dueDigests(ctx, ways, now)
	if err != nil || len(due) == 0 {
		return nil, err
	}
	var claimed []bot.Digest
	err = s.db.write(ctx, func(t tx) error {
		claimed = nil
		for _, d := range due {
			if err := claimDigest(t, d, now, pause, l, &claimed); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("claim whom to tell: %w", err)
	}
	return claimed, nil
}

// dueDigests returns the agents and ways for which a notice is due, the first
// of whose notices says whether one is urgent.
func (s *Store) dueDigests(ctx context.Context, ways []bot.Way, now time.Time) ([]bot.Digest, error) {
	var list []bot.Digest
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(func(from row) error {
			var agent, way string
			var urgent int64
			err := from.Scan(&agent, &way, &urgent)
			if slices.Contains(ways, bot.Way(way)) {
				list = append(list, bot.Digest{Agent: agent, Way: bot.Way(way), Notices: []bot.Notice{{Urgent: urgent == 1}}})
			}
			return err
		}, `SELECT agent, way, MAX(urgent) FROM notice WHERE state = 'waiting' AND due <= $1 GROUP BY agent, way ORDER BY agent, way`, ms(now))
	})
	if err != nil {
		return nil, fmt.Errorf("read whom to tell: %w", err)
	}
	return list, nil
}

func claimDigest(t tx, d bot.Digest, now time.Time, pause time.Duration, l bot.Lease, claimed *[]bot.Digest) error {
	var won int64
	t.do(`INSERT INTO digest (agent, way) VALUES ($1, $2) ON CONFLICT DO NOTHING`, d.Agent, string(d.Way))
	t.count(&won, `UPDATE digest SET token = $1, ready = $2 WHERE agent = $3 AND way = $4 AND ready <= $5 AND (last <= $6 OR $7 = 1)`,
		l.Token, ms(l.Until), d.Agent, string(d.Way), ms(now), ms(now.Add(-pause)), bit(d.Notices[0].Urgent))
	if err := t.flush(); err != nil || won == 0 {
		return err
	}
	d.Lease, d.Notices = l.Token, nil
	var tries int64
	t.get(one(&tries), `SELECT tries FROM digest WHERE agent = $1 AND way = $2`, d.Agent, string(d.Way))
	t.get(collectNotices(&d.Notices), `SELECT id, agent, way, casefile, kind, urgent, due FROM notice
		WHERE agent = $1 AND way = $2 AND state = 'waiting' AND due <= $3 ORDER BY urgent DESC, due, id`, d.Agent, string(d.Way), ms(now))
	err := t.flush()
	d.Tries = int(tries)
	*claimed = append(*claimed, d)
	return err
}

func collectNotices(list *[]bot.Notice) func(row) error {
	return func(from row) error {
		var n bot.Notice
		var way, kase, kind string
		var urgent, due int64
		err := from.Scan(&n.ID, &n.Agent, &way, &kase, &kind, &urgent, &due)
		n.Way, n.Case, n.Kind, n.Urgent, n.Due = bot.Way(way), bot.CaseID(kase), bot.NoticeKind(kind), urgent == 1, fromMS(due)
		*list = append(*list, n)
		return err
	}
}

// SettleDigest says what became of a digest.
func (s *Store) SettleDigest(ctx context.Context, o bot.DigestOutcome) error {
	err := s.db.write(ctx, func(t tx) error { return settleDigest(t, o) })
	if err != nil && !errors.Is(err, bot.ErrStale) {
		return fmt.Errorf("keep who was told: %w", err)
	}
	return err
}

func settleDigest(t tx, o bot.DigestOutcome) error {
	d, now := o.Digest, ms(o.At)
	var held int64
	if o.Done {
		t.count(&held, `UPDATE digest SET token = 0, ready = 0, tries = 0, fails = 0, why = '', last = CASE WHEN $1 = 1 THEN CAST($2 AS BIGINT) ELSE last END
			WHERE agent = $3 AND way = $4 AND token = $5`, bit(o.Said), now, d.Agent, string(d.Way), d.Lease)
	} else {
		t.count(&held, `UPDATE digest SET token = 0, ready = $1, tries = tries + 1, fails = CASE WHEN fails = 0 THEN CAST($2 AS BIGINT) ELSE fails END, why = $3
			WHERE agent = $4 AND way = $5 AND token = $6`, ms(o.Retry), now, string(o.Why), d.Agent, string(d.Way), d.Lease)
	}
	if err := t.flush(); err != nil {
		return err
	}
	if held == 0 {
		return bot.ErrStale
	}
	for _, n := range d.Notices {
		if o.Done {
			t.do(`UPDATE notice SET state = 'told' WHERE id = $1`, n.ID)
		}
	}
	return t.flush()
}

// Outage tells since when nothing leaves by a way for some agents.
func (s *Store) Outage(ctx context.Context, way bot.Way) (bot.Outage, error) {
	var outage bot.Outage
	err := s.db.read(ctx, func(t tx) {
		outage = bot.Outage{}
		t.get(func(from row) error {
			var agent, why string
			var since int64
			err := from.Scan(&agent, &since, &why)
			outage.Agents = append(outage.Agents, agent)
			if at := fromMS(since); outage.Since.IsZero() || at.Before(outage.Since) {
				outage.Since = at
			}
			outage.Why = cmp.Or(bot.Reason(why), outage.Why)
			return err
		}, `SELECT agent, fails, why FROM digest WHERE way = $1 AND fails > 0 ORDER BY agent`, string(way))
	})
	if err != nil {
		return bot.Outage{}, fmt.Errorf("read whether staff are told: %w", err)
	}
	return outage, nil
}

// forgetNotices erases what staff were told of the cases of a contact. Its cases
// must still be there.
func forgetNotices(t tx, contact string) {
	t.do(`DELETE FROM notice WHERE casefile IN (SELECT id FROM cases WHERE contact = $1)`, contact)
	t.do(`DELETE FROM escalation WHERE casefile IN (SELECT id FROM cases WHERE contact = $1)`, contact)
	t.do(`DELETE FROM draft WHERE casefile IN (SELECT id FROM cases WHERE contact = $1)`, contact)
}

// sweepNotices erases notices that were told, once their case is closed, and the
// steps of such cases.
func sweepNotices(t tx, before time.Time) {
	const over = ` NOT IN (SELECT id FROM cases WHERE state <> 'closed')`
	t.do(`DELETE FROM notice WHERE due < $1 AND casefile`+over, ms(before))
	t.do(`DELETE FROM escalation WHERE at < $1 AND casefile`+over, ms(before))
	t.do(`DELETE FROM draft WHERE at < $1`, ms(before))
}
