package store

import (
	"fmt"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// A chair is where somebody sits in an introduction: their own side and the one
// across the table. Its words are names of columns.
type chair struct{ own, other string }

func chairs() [2]chair {
	parent, minder := string(events.Parent), string(events.Childminder)
	return [2]chair{{parent, minder}, {minder, parent}}
}

// pair puts the two of an introduction in the order of its row.
func (c chair) pair(own, other string) (parent, childminder string) {
	if c.own == string(events.Parent) {
		return own, other
	}
	return other, own
}

// chairOf finds the chair of a contact by the profile; ok is false when they
// have none: nobody can tell what they are looking for.
func chairOf(t tx, contact string) (c chair, ok bool, err error) {
	var own string
	t.get(one(&own), `SELECT side FROM profile WHERE contact = $1`, contact)
	err = t.flush()
	for _, c := range chairs() {
		if c.own == own {
			return c, err == nil, err
		}
	}
	return chair{}, false, err
}

// introduce asks people across the table on behalf of a contact.
func (s *Store) introduce(t tx, contact string, do bot.Introduce, at time.Time) error {
	c, ok, err := chairOf(t, contact)
	if err != nil || !ok || len(do.With) == 0 {
		return err
	}
	args := []any{c.other}
	for _, id := range do.With {
		args = append(args, string(id))
	}
	others, err := ids(t, `SELECT contact FROM profile WHERE side = $1 AND contact IN `+marks(2, len(do.With))+` ORDER BY contact`, args...)
	if err != nil {
		return err
	}
	lockIntroductions(t, contact)
	for _, other := range others {
		s.ask(t, c, contact, other, do.Event, at)
	}
	return nil
}

// ask makes the introduction of two people, or finds it, with the yes of who
// asks. One whose numbers are exchanged stays as it is.
func (s *Store) ask(t tx, c chair, contact, other, event string, at time.Time) {
	parent, minder := c.pair(contact, other)
	t.do(`INSERT INTO introduction (id, parent, childminder, event, made, `+c.own+`_says, `+c.own+`_at) VALUES ($1, $2, $3, $4, $5, 'yes', $6)
		ON CONFLICT (parent, childminder) DO UPDATE SET `+c.own+`_says = 'yes', `+c.own+`_at = excluded.`+c.own+`_at,
			event = CASE WHEN excluded.event = '' THEN introduction.event ELSE excluded.event END
		WHERE introduction.exchanged = 0`,
		s.newID(), parent, minder, event, ms(at), event)
}

// choose keeps whom a contact wants to see again after a day: people across the
// table with a seat there. To who was chosen that day before and is not any more
// the contact says no.
func (s *Store) choose(t tx, contact string, do bot.Choose, at time.Time) error {
	c, ok, err := chairOf(t, contact)
	if err != nil || !ok {
		return err
	}
	others, err := badges(t, c, contact, do)
	if err != nil {
		return err
	}
	lockIntroductions(t, contact)
	t.do(`UPDATE introduction SET `+c.own+`_says = 'no', `+c.own+`_at = '' WHERE `+c.own+` = $1 AND `+c.own+`_at = $2 AND exchanged = 0`, contact, do.Event)
	for _, other := range others {
		s.ask(t, c, contact, other, do.Event, at)
	}
	return nil
}

// badges finds who wears the numbers of a choice; nobody does for a contact who
// has no seat there.
func badges(t tx, c chair, contact string, do bot.Choose) ([]string, error) {
	if len(do.Numbers) == 0 {
		return nil, nil
	}
	args := []any{do.Event, contact, c.other}
	for _, n := range do.Numbers {
		args = append(args, int64(n))
	}
	return ids(t, `SELECT r.contact FROM registration r JOIN profile p ON p.contact = r.contact
		WHERE r.event = $1 AND r.state = 'kept' AND p.side = $3 AND r.number IN `+marks(4, len(do.Numbers))+`
		AND EXISTS (SELECT 1 FROM registration m WHERE m.event = $1 AND m.contact = $2 AND m.state = 'kept')
		ORDER BY r.contact`, args...)
}

// sayTo keeps the word of one of the two. After the exchange only a no counts:
// it is kept, though nothing can be taken back.
func sayTo(t tx, contact string, do bot.SayTo) error {
	if do.Says != bot.Yes && do.Says != bot.No {
		return fmt.Errorf("answer an introduction: %q is neither yes nor no", do.Says)
	}
	for _, c := range chairs() {
		t.do(`UPDATE introduction SET `+c.own+`_says = $1 WHERE id = $2 AND `+c.own+` = $3 AND (exchanged = 0 OR $4 = 1)`,
			string(do.Says), do.Introduction, contact, bit(do.Says == bot.No))
	}
	return nil
}

// followUp keeps what a family says came of an introduction.
func followUp(t tx, contact string, do bot.FollowUp) error {
	if do.Step != "visit" && do.Step != "contract" {
		return fmt.Errorf("follow an introduction up: %q is neither visit nor contract", do.Step)
	}
	t.do(`UPDATE introduction SET `+do.Step+` = $1 WHERE id = $2 AND parent = $3 AND exchanged <> 0`,
		string(do.Says), do.Introduction, contact)
	return nil
}

// ids reads a list of ids.
func ids(t tx, q string, args ...any) ([]string, error) {
	var list []string
	t.get(collectTexts(&list), q, args...)
	err := t.flush()
	return list, err
}
