package store

import (
	"fmt"
	"strings"

	"doudou/bot"
)

// A trace is what an introduction may have left of a contact with the other.
type trace struct{ introduction, other, given string }

// forgetMeetings erases what a contact needs or offers, their introductions, and
// what those left of them with the others: words that have not left yet, and the
// name and number in what the robot said. It comes before the prompts of the
// contact are erased: an exchange under way is waited for here.
func (s *Store) forgetMeetings(t tx, contact string, then *afterwards) error {
	lockIntroductions(t, contact)
	var left []trace
	for _, c := range chairs() {
		t.get(func(from row) error {
			var r trace
			err := from.Scan(&r.introduction, &r.other, &r.given)
			left = append(left, r)
			return err
		}, `SELECT id, `+c.other+`, `+c.own+`_given FROM introduction WHERE `+c.own+` = $1 ORDER BY id`, contact)
	}
	t.do(`DELETE FROM introduction WHERE parent = $1 OR childminder = $1`, contact)
	t.do(`DELETE FROM profile WHERE contact = $1`, contact)
	if err := t.flush(); err != nil {
		return err
	}
	for _, r := range left {
		unsay(t, r.other, r.introduction)
		if err := s.unname(t, r, then); err != nil {
			return err
		}
	}
	return nil
}

// unsay takes back what an introduction was going to tell a contact. The lane
// comes first, as everywhere.
func unsay(t tx, contact, introduction string) {
	of := "%/" + like(introduction) + "/%"
	t.lock(`SELECT contact FROM lane WHERE contact = $1 FOR UPDATE`, contact)
	t.do(`DELETE FROM prompt WHERE contact = $1 AND id LIKE $2 ESCAPE '\'`, contact, of)
	t.do(`DELETE FROM inbox WHERE contact = $1 AND provider LIKE $2 ESCAPE '\' AND done = 0`, contact, "prompt:"+of)
	t.do(`DELETE FROM outbox WHERE contact = $1 AND reply LIKE $2 ESCAPE '\'`, contact, "prompt:"+of)
}

// unname erases a name and a number from what is kept of the conversation of
// somebody who was told them: whole lines, as they say little else.
func (s *Store) unname(t tx, r trace, then *afterwards) error {
	var words []string
	told, err := s.unseal(sealedGiven, r.given)
	if err == nil {
		err = unpack(told, &words)
	}
	if err != nil {
		return fmt.Errorf("what was told of a contact: %w", err)
	}
	for _, word := range words {
		value := "%" + like(pack(word, false)) + "%" // as a whole value of the JSON
		t.do(`UPDATE line SET says = '', masked = 1 WHERE contact = $1 AND says LIKE $2 ESCAPE '\'`, r.other, value)
		if err := s.forgetWhere(t, r.other, value, then); err != nil {
			return err
		}
	}
	return nil
}

// forgetWhere has a conversation start afresh if a value of its session is like
// one that must go.
func (s *Store) forgetWhere(t tx, contact, value string, then *afterwards) error {
	var in int64
	t.get(one(&in), `SELECT COUNT(*) FROM contact WHERE id = $1 AND session LIKE $2 ESCAPE '\'`, contact, value)
	if err := t.flush(); err != nil || in == 0 {
		return err
	}
	c := contactRow{id: contact}
	if err := c.read(t, 0); err != nil || !c.found {
		return err
	}
	if err := c.afresh(t); err != nil {
		return err
	}
	c.stamp = c.stampAfter(s.tag())
	c.save(t)
	then.drop = append(then.drop, bot.ContactID(contact))
	return nil
}

// like makes a text one that LIKE takes for itself; the escape is a backslash.
func like(text string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text)
}
