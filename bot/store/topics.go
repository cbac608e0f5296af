package store

import (
	"context"
	"fmt"

	"doudou/bot"
)

const selectTopics = `SELECT casefile, grp, thread, seen, made, open, at FROM topic `

func collectTopics(list *[]bot.Topic) func(row) error {
	return func(from row) error {
		var t bot.Topic
		var kase string
		var thread, made, open, at int64
		err := from.Scan(&kase, &t.Group, &thread, &t.Seen, &made, &open, &at)
		t.Case, t.Thread, t.Made, t.Open, t.At = bot.CaseID(kase), int(thread), int(made), open == 1, fromMS(at)
		*list = append(*list, t)
		return err
	}
}

// Topics returns the topics that are kept, by case.
func (s *Store) Topics(ctx context.Context) ([]bot.Topic, error) {
	var list []bot.Topic
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(collectTopics(&list), selectTopics+`ORDER BY casefile`)
	})
	if err != nil {
		return nil, fmt.Errorf("read the topics: %w", err)
	}
	return list, nil
}

// AddTopic keeps the topic of a case that has none.
func (s *Store) AddTopic(ctx context.Context, topic bot.Topic) (bot.Topic, bool, error) {
	var fresh int64
	var kept []bot.Topic
	err := s.db.write(ctx, func(t tx) error {
		kept = nil
		t.count(&fresh, `INSERT INTO topic (casefile, grp, thread, seen, made, open, at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
			string(topic.Case), topic.Group, int64(topic.Thread), topic.Seen, int64(topic.Made), bit(topic.Open), ms(topic.At))
		t.get(collectTopics(&kept), selectTopics+`WHERE casefile = $1`, string(topic.Case))
		return t.flush()
	})
	if err == nil && len(kept) == 0 {
		err = bot.ErrGone
	}
	if err != nil {
		return topic, false, fmt.Errorf("keep the topic of case %s: %w", topic.Case, err)
	}
	return kept[0], fresh == 1, nil
}

// SaveTopic changes the topic of a case.
func (s *Store) SaveTopic(ctx context.Context, topic bot.Topic) error {
	return s.topic(ctx, topic.Case, `UPDATE topic SET grp = $1, thread = $2, seen = $3, made = $4, open = $5, at = $6 WHERE casefile = $7`,
		topic.Group, int64(topic.Thread), topic.Seen, int64(topic.Made), bit(topic.Open), ms(topic.At), string(topic.Case))
}

// DropTopic forgets the topic of a case.
func (s *Store) DropTopic(ctx context.Context, id bot.CaseID) error {
	return s.topic(ctx, id, `DELETE FROM topic WHERE casefile = $1`, string(id))
}

// AddDraft keeps a draft, once.
func (s *Store) AddDraft(ctx context.Context, d bot.Draft) error {
	return s.topic(ctx, d.Case, `INSERT INTO draft (id, casefile, agent, text, seen, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
		d.ID, string(d.Case), d.Agent, d.Text, int64(d.Seen), ms(d.At))
}

// DropDraft erases a draft.
func (s *Store) DropDraft(ctx context.Context, id string) error {
	return s.topic(ctx, "", `DELETE FROM draft WHERE id = $1`, id)
}

// topic runs one statement about the topic of a case.
func (s *Store) topic(ctx context.Context, id bot.CaseID, q string, args ...any) error {
	err := s.db.write(ctx, func(t tx) error {
		t.do(q, args...)
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("change the topic of case %s: %w", id, err)
	}
	return nil
}

// Draft returns a draft.
func (s *Store) Draft(ctx context.Context, id string) (bot.Draft, error) {
	d := bot.Draft{}
	err := s.db.read(ctx, func(t tx) {
		d = bot.Draft{}
		t.get(func(from row) error {
			var kase string
			var seen, at int64
			err := from.Scan(&d.ID, &kase, &d.Agent, &d.Text, &seen, &at)
			d.Case, d.Seen, d.At = bot.CaseID(kase), int(seen), fromMS(at)
			return err
		}, `SELECT id, casefile, agent, text, seen, at FROM draft WHERE id = $1`, id)
	})
	if err != nil {
		return d, fmt.Errorf("read a draft: %w", err)
	}
	if d.ID == "" {
		return d, bot.ErrGone
	}
	return d, nil
}
