package store

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"doudou/bot"
)

// A partingRow is something that staff said and may still take back, with what
// it changed of the clocks of its case.
type partingRow struct {
	contact, kase, agent, form, words, tail string
	id, line, closes, asked, answered, due  int64
}

const partingColumns = `contact, id, casefile, agent, form, line, words, tail, closes, asked, answered, due`

// collectPartings adds rows of partingColumns to a list.
func collectPartings(list *[]partingRow) func(row) error {
	return func(from row) error {
		var r partingRow
		err := from.Scan(&r.contact, &r.id, &r.kase, &r.agent, &r.form, &r.line, &r.words, &r.tail, &r.closes, &r.asked, &r.answered, &r.due)
		*list = append(*list, r)
		return err
	}
}

// Partings returns what was said in a case and has not left yet.
func (s *Store) Partings(ctx context.Context, id bot.CaseID) ([]bot.Parting, error) {
	var rows []partingRow
	err := s.db.read(ctx, func(t tx) {
		rows = nil
		t.get(collectPartings(&rows), `SELECT `+partingColumns+` FROM parting WHERE casefile = $1 ORDER BY id`, string(id))
	})
	if err != nil {
		return nil, fmt.Errorf("read what is about to leave: %w", err)
	}
	var list []bot.Parting
	for _, r := range rows {
		list = append(list, bot.Parting{ID: r.id, Case: bot.CaseID(r.kase), Agent: r.agent, Line: r.line, Closes: r.closes == 1, Due: fromMS(r.due)})
	}
	return list, nil
}

// part keeps what an act says until it leaves, with its line if it has one. k is
// the case as it was before.
func (s *Store) part(t tx, c *contactRow, a bot.Act, k bot.Case, line int64) {
	t.do(`INSERT INTO parting (`+partingColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		c.id, s.key(c), string(a.Case), a.Agent, a.Once, line, pack(a.Out, false), a.Tail, bit(a.Do == bot.Close),
		ms(k.Asked), ms(k.Answered), ms(a.Due))
}

// Depart lets go of what staff did not take back.
func (s *Store) Depart(ctx context.Context, now time.Time, limit int) (int, error) {
	var contacts []string
	err := s.db.read(ctx, func(t tx) {
		contacts = nil
		t.get(collectTexts(&contacts), `SELECT contact FROM parting WHERE due <= $1 GROUP BY contact ORDER BY MIN(due) LIMIT $2`, ms(now), int64(limit))
	})
	for _, contact := range contacts {
		if err == nil {
			err = s.db.write(ctx, func(t tx) error { return s.departOf(t, contact, now) })
		}
	}
	if err != nil {
		return 0, fmt.Errorf("let go of what staff said: %w", err)
	}
	return len(contacts), nil
}

func (s *Store) departOf(t tx, contact string, now time.Time) error {
	c := &contactRow{id: contact}
	if err := c.read(t, 0); err != nil {
		return err
	}
	s.keys.after(c.last)
	if err := s.departAll(t, c, ms(now), now); err != nil {
		return err
	}
	if c.found {
		c.save(t)
	}
	return t.flush()
}

// lastTime is after whatever is due.
const lastTime int64 = math.MaxInt64

// departAll puts into the outbox all that was said to a contact, whose row is
// locked, and was due before a time.
func (s *Store) departAll(t tx, c *contactRow, due int64, at time.Time) error {
	var rows []partingRow
	t.get(collectPartings(&rows), `SELECT `+partingColumns+` FROM parting WHERE contact = $1 AND due <= $2 ORDER BY id`, c.id, due)
	if err := t.flush(); err != nil {
		return err
	}
	for _, r := range rows {
		if err := s.departOne(t, c, r, at); err != nil {
			return err
		}
	}
	return nil
}

// departOne lets one go. The last word of a case closes it, unless the family
// has written since: then it waits for an answer, and the robot is not back.
func (s *Store) departOne(t tx, c *contactRow, r partingRow, at time.Time) error {
	t.do(`DELETE FROM parting WHERE contact = $1 AND id = $2`, r.contact, r.id)
	var out bot.Outgoing
	if err := unpack(r.words, &out); err != nil {
		return fmt.Errorf("what staff said: %w", err)
	}
	s.indexLeft(t, r)
	s.moves(t, r.kase)
	said := out.Body != ""
	if r.closes == 1 {
		closed, err := s.closeLast(t, c, r, said, at)
		if err != nil {
			return err
		}
		if closed {
			out.Body = withTail(out.Body, r.tail)
		}
	}
	if out.Body != "" {
		out.At = at
		s.enqueue(t, c, []bot.Outgoing{out}, at, bot.Lease{}, false)
	}
	return t.flush()
}

// closeLast closes the case of a last word, if the family has written nothing
// since it was said.
func (s *Store) closeLast(t tx, c *contactRow, r partingRow, said bool, at time.Time) (bool, error) {
	var heard int64
	var found []bot.Case
	t.get(one(&heard), `SELECT COUNT(*) FROM line WHERE contact = $1 AND seq > $2 AND speaker = 'family'`, c.id, r.id)
	t.get(collectCases(&found), selectCases+`WHERE k.id = $1 AND k.state <> 'closed'`, r.kase)
	if err := t.flush(); err != nil || heard > 0 || len(found) == 0 {
		return false, err
	}
	a := bot.Act{Case: bot.CaseID(r.kase), Agent: r.agent, Do: bot.Close, At: at}
	if said {
		a.Text = " " // the clocks ask only whether the family was answered
	}
	s.changeCase(t, a, c, found[0])
	if err := c.afresh(t); err != nil {
		return false, err
	}
	c.stamp = c.stampAfter(s.tag())
	return true, nil
}

// indexLeft makes a case findable by what was said in it, now that it stands.
func (s *Store) indexLeft(t tx, r partingRow) {
	if r.line == 0 {
		return
	}
	var texts []string
	t.get(collectTexts(&texts), `SELECT text FROM line WHERE contact = $1 AND seq = $2`, r.contact, r.line)
	if t.flush() == nil {
		s.index(t, r.kase, bot.InStaff, texts...)
	}
}

// undo takes back what an agent said: no word of it is kept, and the case stands
// as if it had not been said.
func (s *Store) undo(t tx, c *contactRow, a bot.Act) error {
	var rows []partingRow
	t.get(collectPartings(&rows), `SELECT `+partingColumns+` FROM parting WHERE contact = $1 AND id = $2 AND casefile = $3 AND agent = $4`,
		c.id, a.Part, string(a.Case), a.Agent)
	if err := t.flush(); err != nil {
		return err
	}
	if len(rows) == 0 {
		return bot.ErrLate
	}
	r := rows[0]
	t.do(`DELETE FROM parting WHERE contact = $1 AND id = $2`, c.id, r.id)
	t.do(`UPDATE line SET speaker = $1, text = '', says = '', lang = '' WHERE contact = $2 AND seq = $3`, string(bot.Undone), c.id, r.line)
	t.do(`UPDATE once SET undone = 1 WHERE form = $1`, r.form)
	s.moves(t, r.kase)
	if r.closes == 1 {
		return t.flush() // its clocks would have moved when it left
	}
	return s.turnBack(t, c, r)
}

// turnBack gives a case the clocks that it had before something was said. If
// more was said since, they are kept with that.
func (s *Store) turnBack(t tx, c *contactRow, r partingRow) error {
	var later int64
	t.count(&later, `UPDATE parting SET asked = $1, answered = $2 WHERE contact = $3 AND id = (
		SELECT MIN(n.id) FROM parting n WHERE n.contact = $3 AND n.casefile = $4 AND n.id > $5)`,
		r.asked, r.answered, c.id, r.kase, r.id)
	if err := t.flush(); err != nil || later > 0 {
		return err
	}
	t.do(`UPDATE cases SET asked = CASE WHEN CAST($1 AS BIGINT) > 0 THEN CAST($1 AS BIGINT) ELSE asked END, answered = $2 WHERE id = $3 AND state <> 'closed'`,
		r.asked, r.answered, r.kase)
	t.do(`UPDATE cases SET state = 'taken' WHERE id = $1 AND state = 'waiting' AND (asked > 0 OR answered = 0)`, r.kase)
	return t.flush()
}

// closing tells whether the last word of a case is about to leave.
func closing(t tx, a bot.Act) (bool, error) {
	var n int64
	t.get(one(&n), `SELECT COUNT(*) FROM parting WHERE casefile = $1 AND closes = 1`, string(a.Case))
	err := t.flush()
	return n > 0, err
}

// withTail ends a body with what is said after it.
func withTail(body, tail string) string { return strings.TrimSpace(body + "\n" + tail) }
