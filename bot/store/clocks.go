package store

import (
	"time"

	"doudou/bot"
)

// hears notes in the open case of a contact that the family has written: who
// holds it has the word again, and what was put aside wakes. It waits since the
// first thing it wrote that nobody has answered.
func (s *Store) hears(t tx, kase string, at time.Time) {
	if kase == "" {
		return
	}
	t.do(`UPDATE cases SET changed = $1, asked = CASE WHEN asked = 0 THEN $2 ELSE asked END, snoozed = 0,
		state = CASE WHEN state = 'waiting' THEN 'taken' ELSE state END, mark = $3 WHERE id = $4`, ms(at), ms(at), s.keys.next(), kase)
}

// moves notes that pages which show a case are out of date.
func (s *Store) moves(t tx, kase string) {
	if kase != "" {
		t.do(`UPDATE cases SET mark = $1 WHERE id = $2`, s.keys.next(), kase)
	}
}

// clocks keeps what an act changes of since when the family waits, when it was
// first answered, and until when the case is put aside.
func (s *Store) clocks(t tx, a bot.Act) {
	s.moves(t, string(a.Case))
	switch a.Do {
	case bot.Reply:
		t.do(`UPDATE cases SET asked = 0, answered = CASE WHEN answered = 0 THEN $1 ELSE answered END, snoozed = 0 WHERE id = $2`,
			ms(a.At), string(a.Case))
	case bot.Close:
		t.do(`UPDATE cases SET asked = 0, snoozed = 0, answered = CASE WHEN answered = 0 AND $1 <> '' THEN CAST($2 AS BIGINT) ELSE answered END WHERE id = $3`,
			a.Text, ms(a.At), string(a.Case))
		t.do(`DELETE FROM presence WHERE casefile = $1`, string(a.Case))
	case bot.Snooze:
		t.do(`UPDATE cases SET snoozed = $1 WHERE id = $2`, ms(a.Until), string(a.Case))
	case bot.Release:
		t.do(`UPDATE cases SET snoozed = 0 WHERE id = $1`, string(a.Case))
	}
}
