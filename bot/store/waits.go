package store

import (
	"context"
	"fmt"

	"doudou/bot"
)

// selectWaits reads what is needed of each case in which the family waits: its
// row says since when.
const selectWaits = `SELECT c.id, c.contact, c.team, c.state, c.urgent, c.topic, c.lang, c.channel, c.agent, c.opened, c.changed, c.snoozed,
	c.asked, c.answered, COALESCE((SELECT MAX(e.step) FROM escalation e WHERE e.casefile = c.id AND e.since = c.asked AND e.team = c.team), 0),
	COALESCE((SELECT MAX(e.at) FROM escalation e WHERE e.casefile = c.id AND e.since = c.asked AND e.team = c.team), 0)
	FROM cases c WHERE c.state <> 'closed' AND c.asked > 0`

const endWaits = ` ORDER BY c.urgent DESC, c.asked, c.id`

// Waits returns what waits for staff.
func (s *Store) Waits(ctx context.Context) ([]bot.Wait, error) { return s.waits(ctx, "") }

// Escalated returns what waits and has been escalated.
func (s *Store) Escalated(ctx context.Context) ([]bot.Wait, error) {
	list, err := s.waits(ctx, ` AND EXISTS (SELECT 1 FROM escalation e WHERE e.casefile = c.id)`)
	var told []bot.Wait
	for _, w := range list {
		if w.Step > 0 {
			told = append(told, w)
		}
	}
	return told, err
}

func (s *Store) waits(ctx context.Context, which string) ([]bot.Wait, error) {
	var list []bot.Wait
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(collectWaits(&list), selectWaits+which+endWaits)
	})
	if err != nil {
		return nil, fmt.Errorf("read what waits for staff: %w", err)
	}
	return list, nil
}

// collectWaits adds the rows of selectWaits to a list.
func collectWaits(list *[]bot.Wait) func(row) error {
	return func(from row) error {
		var r caseRow
		var since, answered, step, told int64
		err := from.Scan(&r.id, &r.contact, &r.team, &r.state, &r.urgent, &r.topic, &r.lang, &r.channel, &r.agent, &r.opened, &r.changed, &r.snoozed,
			&since, &answered, &step, &told)
		if err != nil {
			return err
		}
		c, err := r.toCase()
		*list = append(*list, bot.Wait{Case: c, Since: fromMS(since), Again: answered > 0, Step: int(step), Told: fromMS(told)})
		return err
	}
}

// Escalate keeps a step of a wait, with whom it tells and a line of the journal.
func (s *Store) Escalate(ctx context.Context, e bot.Escalation) (bool, error) {
	c := e.Wait.Case
	var fresh int64
	err := s.db.write(ctx, func(t tx) error {
		t.count(&fresh, `INSERT INTO escalation (casefile, since, team, step, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
			string(c.ID), ms(e.Wait.Since), c.Team, int64(e.Step), ms(e.At))
		if err := t.flush(); err != nil || fresh == 0 {
			return err
		}
		t.do(`INSERT INTO journal (id, at, agent, did, casefile) VALUES ($1, $2, '', $3, $4)`,
			s.keys.next(), ms(e.At), fmt.Sprint("escalate-", e.Step), string(c.ID))
		putNotices(t, e.Notices)
		return t.flush()
	})
	if err != nil {
		return false, fmt.Errorf("escalate case %s: %w", c.ID, err)
	}
	return fresh == 1, nil
}
