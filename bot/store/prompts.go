package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"doudou/bot"
)

// Prompt adds prompts. One for somebody who is forgotten is not kept.
func (s *Store) Prompt(ctx context.Context, list []bot.Prompt) (int, error) {
	var fresh int64
	err := s.db.write(ctx, func(t tx) error {
		for _, id := range contactsOf(list) {
			t.lock(`SELECT id FROM contact WHERE id = $1 FOR KEY SHARE`, id)
		}
		counts := s.putPrompts(t, list)
		err := t.flush()
		fresh = 0
		for _, n := range counts {
			fresh += n
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("keep what the relais will say: %w", err)
	}
	return int(fresh), nil
}

// addPrompts adds prompts inside another transaction. It must hold a row that
// whoever forgets their contacts must lock too before prompts are erased: a
// registration's event, an introduction.
func (s *Store) addPrompts(t tx, list []bot.Prompt) { s.putPrompts(t, list) }

// contactsOf are whom prompts are for, in order.
func contactsOf(list []bot.Prompt) []string {
	var all []string
	for _, p := range list {
		all = append(all, string(p.Contact))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// putPrompts adds prompts in the order of their ids, so that two who add the
// same do not wait for each other. The counts are of rows, known after a flush.
func (s *Store) putPrompts(t tx, list []bot.Prompt) []int64 {
	list = slices.SortedFunc(slices.Values(list), func(a, b bot.Prompt) int { return strings.Compare(a.ID, b.ID) })
	lockBatches(t, list)
	counts := make([]int64, len(list))
	for i, p := range list {
		s.putPrompt(t, p, &counts[i])
	}
	return counts
}

// lockBatches makes the rows of the batches that prompts are of, in the order of
// their ids, and locks them: a batch is not held while something is added to it.
func lockBatches(t tx, list []bot.Prompt) {
	var batches []string
	for _, p := range list {
		if p.Batch != "" && !slices.Contains(batches, p.Batch) {
			batches = append(batches, p.Batch)
		}
	}
	slices.Sort(batches)
	for _, id := range batches {
		t.do(`INSERT INTO batch (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET held = batch.held`, id)
	}
}

// putPrompt adds one prompt, if its id is new and its contact is known.
func (s *Store) putPrompt(t tx, p bot.Prompt, fresh *int64) {
	t.count(fresh, `INSERT INTO prompt (id, batch, contact, node, slots, due, until, state)
		SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), c.id, CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS BIGINT), CAST($6 AS BIGINT),
			CASE WHEN EXISTS (SELECT 1 FROM batch b WHERE b.id = $2 AND b.held = 1) THEN 'held' ELSE 'waiting' END
		FROM contact c WHERE c.id = $7 ON CONFLICT (id) DO NOTHING`,
		p.ID, p.Batch, p.Node, s.seal(sealedPrompt, pack(p.Slots, len(p.Slots) == 0)), ms(p.Due), ms(p.Until), string(p.Contact))
}

// HoldBatch holds a batch back, or lets it go on. It waits for a Start that is
// under way: once it returns, nothing of the batch starts.
func (s *Store) HoldBatch(ctx context.Context, batch string, held bool) error {
	err := s.db.write(ctx, func(t tx) error {
		holdBatch(t, batch, held)
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("hold what the relais will say: %w", err)
	}
	return nil
}

// holdBatch locks the prompts in the order in which Start does.
func holdBatch(t tx, batch string, held bool) {
	from, to := "waiting", "held"
	if !held {
		from, to = to, from
	}
	t.do(`INSERT INTO batch (id, held) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET held = excluded.held`, batch, bit(held))
	t.lock(`SELECT id FROM prompt WHERE batch = $1 AND batch <> '' AND state = $2 ORDER BY due, id FOR UPDATE`, batch, from)
	t.do(`UPDATE prompt SET state = $1 WHERE batch = $2 AND batch <> '' AND state = $3`, to, batch, from)
}

// Batch tells how far a batch has come.
func (s *Store) Batch(ctx context.Context, batch string) (bot.Progress, error) {
	var p bot.Progress
	var waiting, started, dropped, held int64
	err := s.db.read(ctx, func(t tx) {
		waiting, started, dropped = 0, 0, 0
		t.get(tally(map[string]*int64{"waiting": &waiting, "held": &waiting, "started": &started, "dropped": &dropped}),
			`SELECT state, COUNT(*) FROM prompt WHERE batch = $1 AND batch <> '' GROUP BY state`, batch)
		t.get(one(&held), `SELECT held FROM batch WHERE id = $1`, batch)
	})
	if err != nil {
		return p, fmt.Errorf("read how far a batch has come: %w", err)
	}
	return bot.Progress{Waiting: int(waiting), Started: int(started), Dropped: int(dropped), Held: held == 1}, nil
}
