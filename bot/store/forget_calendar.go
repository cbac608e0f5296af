package store

import "doudou/bot"

// forgetSeats frees what a contact has at events. Its events are locked in the
// order of their ids, as everywhere: an offer under way is waited for.
func forgetSeats(t tx, contact string) {
	t.lock(`SELECT id FROM event WHERE id IN (SELECT event FROM registration WHERE contact = $1) ORDER BY id FOR UPDATE`, contact)
	t.do(`UPDATE event SET taken = taken - 1 WHERE id IN (SELECT event FROM registration WHERE contact = $1 AND state IN ('kept', 'offered'))`, contact)
	t.do(`DELETE FROM registration WHERE contact = $1`, contact)
}

// forgetPrompts erases what the relais was going to say, and what it has begun
// to: nobody sends that again, so that no id of it need be known.
func forgetPrompts(t tx, contact string) {
	t.do(`DELETE FROM prompt WHERE contact = $1`, contact)
	t.do(`DELETE FROM inbox WHERE contact = $1 AND kind = $2`, contact, string(bot.Started))
	t.do(`DELETE FROM subscription WHERE contact = $1`, contact)
}

// forgetDays takes a contact out of the plans of speed-dating days. Those across
// the table keep their times.
func (s *Store) forgetDays(t tx, contact string) error {
	var days []bot.Day
	t.get(collectDays(&days), selectDays+`WHERE schedule LIKE $1 ESCAPE '\' OR told LIKE $1 ESCAPE '\' ORDER BY event /*FOR UPDATE*/`,
		"%"+like(pack(contact, false))+"%")
	if err := t.flush(); err != nil {
		return err
	}
	for _, d := range days {
		delete(d.Told, bot.ContactID(contact))
		t.do(`UPDATE day SET schedule = $1, told = $2 WHERE event = $3`,
			pack(without(d.Schedule, contact, s.newID()), false), pack(d.Told, len(d.Told) == 0), d.Event)
	}
	return nil
}
