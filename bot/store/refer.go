package store

import (
	"fmt"
	"slices"

	"doudou/bot"
)

// What became of a transfer.
const (
	transferAsked   = "asked" // the family has not answered
	transferDone    = "done"
	transferRefused = "refused"
)

// refer passes a case to another team, or keeps that the family was asked
// whether it may go.
func (s *Store) refer(t tx, c *contactRow, a bot.Act, k bot.Case) error {
	r := a.Referral
	if r == nil || r.Team == "" || r.Team == k.Team {
		return fmt.Errorf("a transfer needs another team")
	}
	if err := s.departAll(t, c, lastTime, a.At); err != nil { // what must leave leaves first
		return err
	}
	state, told := transferDone, ""
	if r.Ask {
		state = transferAsked
	}
	if a.Out != nil {
		told = a.Out.Body
	}
	t.do(`UPDATE transfer SET state = $1 WHERE casefile = $2 AND state = $3`, transferRefused, string(a.Case), transferAsked)
	t.do(`INSERT INTO transfer (casefile, at, agent, sender, receiver, reason, told, keeps, notes, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (casefile, at) DO UPDATE SET agent = excluded.agent, receiver = excluded.receiver, reason = excluded.reason, told = excluded.told,
		keeps = excluded.keeps, notes = excluded.notes, state = excluded.state`,
		string(a.Case), ms(a.At), a.Agent, k.Team, r.Team, r.Reason, told, bit(r.Keeps), bit(r.Notes), state)
	if r.Ask {
		s.askFirst(t, c, a, k)
	} else {
		s.moveCase(t, c, a, k)
	}
	if len(a.Says) > 0 && a.Out != nil {
		s.putLines(t, c, []bot.Line{{At: a.At, Speaker: bot.Robot, Lang: a.Out.Lang, Says: a.Says, Case: a.Case}})
	}
	if a.Out != nil {
		s.enqueue(t, c, []bot.Outgoing{*a.Out}, a.At, bot.Lease{}, false)
	}
	return t.flush()
}

// askFirst keeps that the family was asked. Whoever asked holds the case until
// it answers.
func (s *Store) askFirst(t tx, c *contactRow, a bot.Act, k bot.Case) {
	a.Do = bot.Reply
	s.changeCase(t, a, c, k)
	t.do(`UPDATE cases SET toward = $1 WHERE id = $2`, a.Referral.Team, string(a.Case))
}

// moveCase gives a case to another team, which has not taken it yet. What
// colleagues wrote among themselves goes along only if they say so.
func (s *Store) moveCase(t tx, c *contactRow, a bot.Act, k bot.Case) {
	r := a.Referral
	readers := slices.DeleteFunc(slices.Clone(k.Readers), func(team string) bool { return team == r.Team || team == k.Team })
	if r.Keeps {
		readers = append(readers, k.Team)
	}
	if r.Notes {
		t.do(`UPDATE line SET team = '' WHERE contact = $1 AND casefile = $2 AND speaker = 'note'`, c.id, string(a.Case))
	} else {
		t.do(`DELETE FROM word WHERE casefile = $1 AND place = $2`, string(a.Case), bot.InNote)
	}
	t.do(`DELETE FROM presence WHERE casefile = $1`, string(a.Case))
	t.do(`UPDATE cases SET team = $1, readers = $2, toward = '', state = 'open', agent = '', snoozed = 0, changed = $3,
		asked = CASE WHEN asked = 0 THEN $4 ELSE asked END WHERE id = $5`,
		r.Team, pack(readers, len(readers) == 0), ms(a.At), ms(a.At), string(a.Case))
	s.moves(t, string(a.Case))
	if c.kase.id == string(a.Case) {
		c.kase.state = string(bot.Open)
	}
	if a.Text != "" { // why, for those who have it now
		s.addLines(t, c, []bot.Line{{At: a.At, Speaker: bot.Aside, Agent: a.Agent, Text: a.Text, Case: a.Case}})
	}
}

// agree does what the family answered to the question whether its case may go.
func (s *Store) agree(t tx, c *contactRow, turn bot.Turn) error {
	i := slices.IndexFunc(turn.Changes, func(change bot.Change) bool { _, is := change.(bot.Agree); return is })
	if i < 0 || c.kase.id == "" {
		return nil
	}
	answer, _ := turn.Changes[i].(bot.Agree)
	state := transferRefused
	if answer.Yes {
		state = transferDone
	}
	a := bot.Act{Case: bot.CaseID(c.kase.id), Do: bot.Transfer, At: turn.At, Referral: &bot.Referral{}}
	var keeps, notes int64
	var found []bot.Case
	t.get(one(&a.Agent, &a.Referral.Team, &a.Text, &keeps, &notes), `SELECT agent, receiver, reason, keeps, notes FROM transfer
		WHERE casefile = $1 AND state = $2`, c.kase.id, transferAsked)
	t.get(collectCases(&found), selectCases+`WHERE k.id = $1`, c.kase.id)
	if err := t.flush(); err != nil || a.Referral.Team == "" || len(found) == 0 {
		return err
	}
	a.Referral.Keeps, a.Referral.Notes = keeps == 1, notes == 1
	t.do(`UPDATE transfer SET state = $1 WHERE casefile = $2 AND state = $3`, state, c.kase.id, transferAsked)
	t.do(`UPDATE cases SET toward = '' WHERE id = $1`, c.kase.id)
	if !answer.Yes {
		return t.flush()
	}
	if err := s.departAll(t, c, lastTime, turn.At); err != nil {
		return err
	}
	s.moveCase(t, c, a, found[0])
	t.do(`INSERT INTO journal (id, at, agent, did, casefile) VALUES ($1, $2, $3, 'transfer', $4)`, s.keys.next(), ms(turn.At), a.Agent, c.kase.id)
	return t.flush()
}
