package store

import (
	"fmt"

	"doudou/bot"
	"doudou/dialogs"
)

// blankCase takes out of a closed case what tells of the family. That there was a
// case, of what topic, in which language, with whom and how long it took, stays
// for the report.
func (s *Store) blankCase(t tx, key []any) error {
	var lines [][]any
	t.get(collectKeys(&lines, 2), `SELECT contact, seq FROM line WHERE casefile = $1 AND masked = 0`, key...)
	if err := t.flush(); err != nil {
		return err
	}
	for _, line := range lines {
		if err := s.blankLine(t, line); err != nil {
			return err
		}
	}
	t.do(`DELETE FROM word WHERE casefile = $1 AND place IN ($2, $3, $4, $5)`, key[0], bot.InBrief, bot.InFamily, bot.InStaff, bot.InNote)
	t.do(`UPDATE transfer SET reason = '', told = '' WHERE casefile = $1`, key...)
	t.do(`UPDATE cases SET brief = '', blank = 1 WHERE id = $1`, key...)
	return t.flush()
}

// blankLine erases what was said, and leaves who spoke, when, and what it was
// about: of the robot's words the keys, without what was filled in.
func (s *Store) blankLine(t tx, key []any) error {
	var says string
	t.get(one(&says), `SELECT says FROM line WHERE contact = $1 AND seq = $2`, key...)
	if err := t.flush(); err != nil {
		return err
	}
	var texts []dialogs.Text
	if err := unpack(says, &texts); err != nil {
		return fmt.Errorf("what the robot said: %w", err)
	}
	for i := range texts {
		texts[i] = dialogs.Text{Key: texts[i].Key}
	}
	t.do(`UPDATE line SET text = '', says = $1, masked = 1 WHERE contact = $2 AND seq = $3`,
		pack(texts, len(texts) == 0), key[0], key[1])
	return nil
}

// blankSession has somebody start afresh who has been silent for long.
func (s *Store) blankSession(t tx, key []any) error {
	t.do(`UPDATE contact SET session = '' WHERE id = $1`, key...)
	return nil
}

// blankContact lets go of where somebody can be written to, of what they said of
// themselves and of what they agreed to. On which channel they wrote stays to be
// counted, under a pseudonym that leads nowhere: who writes again is new.
func (s *Store) blankContact(t tx, key []any) error {
	t.lock(`SELECT id FROM contact WHERE id = $1 FOR UPDATE`, key...)
	t.do(`UPDATE address SET lookup = 'gone:' || contact, sealed = '', via = '', stopped = 1 WHERE contact = $1`, key...)
	t.do(`UPDATE contact SET session = '', notes = '' WHERE id = $1`, key...)
	t.do(`DELETE FROM consent WHERE contact = $1`, key...)
	return nil
}
