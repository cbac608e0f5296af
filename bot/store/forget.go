package store

import "doudou/bot"

// forget erases a contact from every table. What stays bears no name, number or
// word: the ids of the messages, so that a repeated one is known, and the
// journal of what staff did. The last word leaves under the old pseudonym and is
// erased when it has left.
func (s *Store) forget(t tx, c *contactRow, turn bot.Turn, then *afterwards) error {
	t.lock(`SELECT id FROM prompt WHERE contact = $1 FOR UPDATE`, c.id) // before the address, as Start does
	t.lock(`SELECT lookup FROM address WHERE contact = $1 FOR UPDATE`, c.id)
	t.lock(`SELECT contact FROM lane WHERE contact = $1 FOR UPDATE`, c.id)
	forgetSeats(t, c.id)
	if err := s.forgetMeetings(t, c.id, then); err != nil {
		return err
	}
	if err := s.forgetDays(t, c.id); err != nil {
		return err
	}
	forgetPrompts(t, c.id)
	t.do(`DELETE FROM line WHERE contact = $1`, c.id)
	forgetNotices(t, c.id)
	unlist(t, c.id)
	t.do(`DELETE FROM transfer WHERE casefile IN (SELECT id FROM cases WHERE contact = $1)`, c.id)
	t.do(`DELETE FROM consent WHERE contact = $1`, c.id)
	t.do(`DELETE FROM cases WHERE contact = $1`, c.id)
	t.do(`DELETE FROM delivery WHERE EXISTS (SELECT 1 FROM outbox o WHERE o.contact = $1 AND o.channel = delivery.channel AND o.sent = delivery.sent)`, c.id)
	t.do(`DELETE FROM outbox WHERE contact = $1`, c.id)
	t.do(`DELETE FROM parting WHERE contact = $1`, c.id)
	t.do(`DELETE FROM lane WHERE contact = $1`, c.id)
	if err := s.forgetLetters(t, c.addresses); err != nil {
		return err
	}
	if err := s.startAfresh(t, c.id, ms(turn.At)); err != nil {
		return err
	}
	t.do(`DELETE FROM contact WHERE id = $1`, c.id)
	c.kase, c.lang = caseRow{}, ""
	then.leased = s.enqueue(t, c, turn.Out, turn.At, turn.Lease, true)
	s.countMonth(t, bot.CountErased, turn.At)
	return t.flush()
}

// startAfresh makes a new contact of somebody who has written again since they
// asked to be forgotten, or lets the address go.
func (s *Store) startAfresh(t tx, old string, now int64) error {
	var again int64
	t.get(one(&again), `SELECT COUNT(*) FROM inbox WHERE contact = $1 AND done = 0`, old)
	if err := t.flush(); err != nil {
		return err
	}
	if again == 0 {
		t.do(`DELETE FROM address WHERE contact = $1`, old)
		return nil
	}
	id := s.newID()
	t.do(`INSERT INTO contact (id, tag, since) VALUES ($1, $2, $3)`, id, s.tag(), now)
	t.do(`UPDATE address SET contact = $1 WHERE contact = $2`, id, old)
	t.do(`UPDATE inbox SET contact = $1 WHERE contact = $2 AND done = 0`, id, old)
	return nil
}
