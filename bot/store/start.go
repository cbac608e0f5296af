package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"doudou/bot"
)

// lastChannel is the channel that a contact, named by an expression, used last.
func lastChannel(contact string) string {
	return `(SELECT a.channel FROM address a WHERE a.contact = ` + contact + `
		ORDER BY COALESCE((SELECT MAX(i.id) FROM inbox i WHERE i.contact = a.contact AND i.channel = a.channel), 0) DESC, a.channel LIMIT 1)`
}

// saidStop is the condition that a contact said STOP somewhere.
func saidStop(contact string) string {
	return `EXISTS (SELECT 1 FROM address s WHERE s.contact = ` + contact + ` AND s.stopped = 1)`
}

// Start moves prompts that are due into the inbox, as messages on the channel
// that their contacts used last. Two that start at once wait for each other, so
// that a contact's prompts enter in the order in which they were due.
func (s *Store) Start(ctx context.Context, now time.Time, limit int) ([]bot.ContactID, error) {
	var due int64
	err := s.db.read(ctx, func(t tx) {
		t.get(one(&due), `SELECT 1 FROM prompt WHERE state = 'waiting' AND due <= $1 LIMIT 1`, ms(now))
	})
	var wake []bot.ContactID
	if err == nil && due == 1 {
		err = s.db.write(ctx, func(t tx) error {
			wake = nil
			return s.start(t, &wake, now, limit)
		})
	}
	if err != nil {
		return nil, fmt.Errorf("start what the relais has to say: %w", err)
	}
	return wake, nil
}

// A promptRow is a prompt that is due.
type promptRow struct {
	prompt  bot.Prompt
	channel string // "" for somebody who cannot be reached
	stopped int64
}

func (s *Store) start(t tx, wake *[]bot.ContactID, now time.Time, limit int) error {
	var list []promptRow
	t.get(s.collectPrompts(&list), `SELECT p.id, p.contact, p.node, p.slots, p.until, COALESCE(`+lastChannel(`p.contact`)+`, ''),
		CASE WHEN `+saidStop(`p.contact`)+` THEN 1 ELSE 0 END
		FROM (SELECT * FROM prompt WHERE state = 'waiting' AND due <= $1 ORDER BY due, id LIMIT $2 /*FOR UPDATE*/) p ORDER BY p.due, p.id`, ms(now), int64(limit))
	if err := t.flush(); err != nil {
		return err
	}
	for _, r := range list {
		if !r.wanted(now) {
			endPrompt(t, r.prompt.ID, "dropped")
			continue
		}
		s.open(t, r, ms(now))
		endPrompt(t, r.prompt.ID, "started")
		if !slices.Contains(*wake, r.prompt.Contact) {
			*wake = append(*wake, r.prompt.Contact)
		}
	}
	return t.flush()
}

// collectPrompts adds prompts that are due to a list.
func (s *Store) collectPrompts(list *[]promptRow) func(row) error {
	return func(from row) error {
		var r promptRow
		var contact, slots string
		var until int64
		if err := from.Scan(&r.prompt.ID, &contact, &r.prompt.Node, &slots, &until, &r.channel, &r.stopped); err != nil {
			return err
		}
		r.prompt.Contact, r.prompt.Until = bot.ContactID(contact), fromMS(until)
		*list = append(*list, r)
		said, err := s.unseal(sealedPrompt, slots)
		if err != nil {
			return fmt.Errorf("what the relais will say: %w", err)
		}
		return unpack(said, &(*list)[len(*list)-1].prompt.Slots)
	}
}

// wanted tells whether a prompt is still of use to somebody who can be reached.
func (r *promptRow) wanted(now time.Time) bool {
	late := !r.prompt.Until.IsZero() && !r.prompt.Until.After(now)
	return !late && r.channel != "" && r.stopped == 0
}

// open puts a prompt into the inbox. The address is locked, as for any message:
// its contact is not forgotten meanwhile.
func (s *Store) open(t tx, r promptRow, now int64) {
	t.do(`INSERT INTO inbox (contact, id, channel, provider, kind, data, at, received)
		SELECT a.contact, CAST($1 AS BIGINT), a.channel, CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS BIGINT), CAST($5 AS BIGINT)
		FROM address a WHERE a.contact = $6 AND a.channel = $7 /*FOR KEY SHARE*/
		ON CONFLICT (channel, provider) DO NOTHING`,
		s.keys.next(), startedAs+r.prompt.ID, string(bot.Started), r.prompt.Data(), now, string(r.prompt.Contact), r.channel)
}

// startedAs comes before the id of a prompt in the provider id of its message.
const startedAs = "prompt:"

// endPrompt keeps that a prompt needs nothing more. Its words go.
func endPrompt(t tx, id, state string) {
	t.do(`UPDATE prompt SET state = $1, slots = '' WHERE id = $2`, state, id)
}
