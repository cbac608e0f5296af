package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"doudou/bot"
)

// Act does one thing to a case. The contact's stamp moves, so that a turn of the
// robot that is under way is refused and plays again.
func (s *Store) Act(ctx context.Context, a bot.Act) error {
	a.At = orNow(a.At, s.now())
	err := s.db.write(ctx, func(t tx) error { return s.act(t, a) })
	for _, known := range []error{bot.ErrTaken, bot.ErrMoved, bot.ErrGone, bot.ErrClosing, bot.ErrLate, bot.ErrUndone} {
		if errors.Is(err, known) {
			return err
		}
	}
	if err != nil {
		return fmt.Errorf("act on case %s: %w", a.Case, err)
	}
	return nil
}

func (s *Store) act(t tx, a bot.Act) error {
	c, k, err := s.lockCase(t, a.Case)
	if err != nil {
		return err
	}
	if done, err := onlyOnce(t, a); done || err != nil {
		return err
	}
	if err := allowed(t, a, c, k); err != nil {
		return err
	}
	s.keys.after(c.last)
	if err := s.perform(t, a, c, k); err != nil {
		return err
	}
	c.stamp = c.stampAfter(a.Tag)
	c.save(t)
	return t.flush()
}

// perform does what is allowed. What may be taken back changes the case at once,
// but for its end, and leaves later.
func (s *Store) perform(t tx, a bot.Act, c *contactRow, k bot.Case) error {
	switch {
	case a.Do == bot.Undo:
		return s.undo(t, c, a)
	case a.Do == bot.Transfer:
		return s.refer(t, c, a, k)
	case a.Out != nil && a.Due.After(a.At):
		if a.Do != bot.Close {
			s.changeCase(t, a, c, k)
		}
		s.part(t, c, a, k, s.actLine(t, a, c, k))
		s.moves(t, string(a.Case))
		return nil
	case a.Do == bot.Close:
		if err := s.departAll(t, c, lastTime, a.At); err != nil { // what must leave leaves first
			return err
		}
		if err := c.afresh(t); err != nil {
			return err
		}
	}
	s.changeCase(t, a, c, k)
	if s.actLine(t, a, c, k) != 0 {
		s.index(t, string(a.Case), placeOf(voice(a.Do)), a.Text)
	}
	if a.Out != nil {
		out := *a.Out
		out.Body = withTail(out.Body, a.Tail)
		s.enqueue(t, c, []bot.Outgoing{out}, a.At, bot.Lease{}, false)
	}
	return nil
}

// actLine adds what an act says to the thread, and returns the line's number, 0
// when it says nothing.
func (s *Store) actLine(t tx, a bot.Act, c *contactRow, k bot.Case) int64 {
	if a.Text == "" && len(a.Says) == 0 {
		return 0
	}
	l := bot.Line{At: a.At, Speaker: voice(a.Do), Agent: a.Agent, Text: a.Text, Says: a.Says, Case: a.Case}
	if l.Speaker == bot.Aside {
		l.Team = k.Team
	}
	if a.Out != nil && l.Speaker == bot.Staff {
		l.Lang = a.Out.Lang
	}
	s.putLines(t, c, []bot.Line{l})
	return c.last
}

// lockCase finds a case and locks its contact.
func (s *Store) lockCase(t tx, id bot.CaseID) (*contactRow, bot.Case, error) {
	var found []bot.Case
	t.get(collectCases(&found), selectCases+`WHERE k.id = $1`, string(id))
	if err := t.flush(); err != nil {
		return nil, bot.Case{}, err
	}
	if len(found) == 0 {
		return nil, bot.Case{}, bot.ErrGone
	}
	c := &contactRow{id: string(found[0].Contact)}
	if err := c.read(t, 0); err != nil {
		return nil, bot.Case{}, err
	}
	found = nil
	t.get(collectCases(&found), selectCases+`WHERE k.id = $1`, string(id))
	if err := t.flush(); err != nil {
		return nil, bot.Case{}, err
	}
	if len(found) == 0 || !c.found {
		return nil, bot.Case{}, bot.ErrGone
	}
	return c, found[0], nil
}

// onlyOnce tells whether this form was sent before.
func onlyOnce(t tx, a bot.Act) (done bool, err error) {
	if a.Once == "" {
		return false, nil
	}
	var fresh, undone int64
	t.count(&fresh, `INSERT INTO once (form, at) VALUES ($1, $2) ON CONFLICT (form) DO NOTHING`, a.Once, ms(a.At))
	t.get(one(&undone), `SELECT undone FROM once WHERE form = $1`, a.Once)
	if err = t.flush(); err == nil && undone == 1 {
		err = bot.ErrUndone
	}
	return fresh == 0, err
}

// allowed refuses what a colleague's hold, the end of the case or new words of
// the family stand against. Giving a case back is not refused: whoever may do
// that for somebody else is the desk's to say.
func allowed(t tx, a bot.Act, c *contactRow, k bot.Case) error {
	if a.Do == bot.NoteIt {
		return nil
	}
	if a.Do == bot.Undo {
		return nil // whether it has left is all that counts
	}
	if k.State == bot.Closed {
		return bot.ErrGone
	}
	if a.Do != bot.Release && k.Held() && k.Agent != a.Agent && !(a.Do == bot.Reply && a.Anyway) {
		return bot.ErrTaken
	}
	if ends, err := closing(t, a); ends || err != nil {
		return cmp.Or(err, bot.ErrClosing)
	}
	return current(t, a, c)
}

// current refuses a reply when the family, or a colleague, has said something
// that its author has not seen.
func current(t tx, a bot.Act, c *contactRow) error {
	unseen := c.lines - int64(a.Seen)
	if a.Do != bot.Reply || a.Seen <= 0 || unseen <= 0 {
		return nil
	}
	var said int64
	t.get(one(&said), `SELECT COUNT(*) FROM (SELECT speaker, agent FROM line WHERE contact = $1 ORDER BY seq DESC LIMIT $2) AS unseen
		WHERE speaker = 'family' OR (speaker = 'staff' AND agent <> $3)`, c.id, unseen, a.Agent)
	if err := t.flush(); err != nil {
		return err
	}
	if said > 0 {
		return bot.ErrMoved
	}
	return nil
}

// changeCase moves the case on. Whoever takes it silences the robot.
func (s *Store) changeCase(t tx, a bot.Act, c *contactRow, k bot.Case) {
	state, agent := k.State, k.Agent
	switch a.Do {
	case bot.Take, bot.Reply, bot.Snooze:
		if !k.Held() {
			state, agent = bot.Taken, a.Agent
			holdBack(t, c.id, silenced)
		}
		if a.Do == bot.Reply {
			state = bot.Waiting
		}
	case bot.Release:
		state, agent = bot.Open, ""
	case bot.Close:
		state, agent = bot.Closed, a.Agent
	}
	t.do(`UPDATE cases SET state = $1, agent = $2, changed = $3 WHERE id = $4`, string(state), agent, ms(a.At), string(a.Case))
	s.clocks(t, a)
	if c.kase.id == string(a.Case) {
		c.kase.state = string(state)
	}
}

// afresh keeps of the session what dialogs keep: the question that waited when a
// person took over means nothing now.
func (c *contactRow) afresh(t tx) error {
	var session string
	t.get(one(&session), `SELECT session FROM contact WHERE id = $1`, c.id)
	err := t.flush()
	c.session, c.setSession = string(bot.Afresh([]byte(session))), true
	return err
}

// voice is whose line the text of an act is: what does not go to the family is
// for colleagues.
func voice(do bot.ActKind) bot.Speaker {
	if do == bot.Reply || do == bot.Close {
		return bot.Staff
	}
	return bot.Aside
}
