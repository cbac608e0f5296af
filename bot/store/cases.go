package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"doudou/bot"
)

// A caseRow is a case as it is kept.
type caseRow struct {
	id, contact, team, state, topic, lang, channel, brief, agent, notes string
	urgent, opened, changed, lines                                      int64
	asked, answered, snoozed                                            int64
	readers, toward                                                     string
}

func (r *caseRow) toCase() (bot.Case, error) {
	c := bot.Case{
		ID: bot.CaseID(r.id), Contact: bot.ContactID(r.contact), Team: r.team, State: bot.CaseState(r.state),
		Urgent: r.urgent == 1, Topic: r.topic, Lang: r.lang, Channel: bot.Channel(r.channel), Agent: r.agent,
		Opened: fromMS(r.opened), Changed: fromMS(r.changed), Lines: int(r.lines),
		Asked: fromMS(r.asked), Answered: fromMS(r.answered), Snoozed: fromMS(r.snoozed),
	}
	if err := unpack(r.brief, &c.Brief); err != nil {
		return c, fmt.Errorf("the brief of case %s: %w", r.id, err)
	}
	c.Toward = r.toward
	if err := unpack(r.readers, &c.Readers); err != nil {
		return c, fmt.Errorf("the readers of case %s: %w", r.id, err)
	}
	if err := unpack(r.notes, &c.Notes); err != nil {
		return c, fmt.Errorf("the notes of case %s: %w", r.id, err)
	}
	return c, nil
}

const caseColumns = `k.id, k.contact, k.team, k.state, k.urgent, k.topic, k.lang, k.channel, k.brief, k.agent,
	k.opened, k.changed, k.asked, k.answered, k.snoozed, COALESCE(c.notes, ''), COALESCE(c.lines, 0), k.readers, k.toward`

const selectCases = `SELECT ` + caseColumns + ` FROM cases k LEFT JOIN contact c ON c.id = k.contact `

// fields are where the columns of caseColumns go.
func (r *caseRow) fields() []any {
	return []any{&r.id, &r.contact, &r.team, &r.state, &r.urgent, &r.topic, &r.lang, &r.channel, &r.brief, &r.agent,
		&r.opened, &r.changed, &r.asked, &r.answered, &r.snoozed, &r.notes, &r.lines, &r.readers, &r.toward}
}

// collectCases adds the rows of selectCases to a list.
func collectCases(list *[]bot.Case) func(row) error {
	return func(from row) error {
		var r caseRow
		if err := from.Scan(r.fields()...); err != nil {
			return err
		}
		c, err := r.toCase()
		*list = append(*list, c)
		return err
	}
}

// Cases lists cases, urgent first, then oldest first.
func (s *Store) Cases(ctx context.Context, teams []string, states []bot.CaseState, limit int) ([]bot.Case, error) {
	var args []any
	in := func(column string, n int, value func(int) string) string {
		marks := make([]string, n)
		for i := range n {
			args = append(args, value(i))
			marks[i] = "$" + strconv.Itoa(len(args))
		}
		return column + " IN (" + strings.Join(append(marks, "NULL"), ", ") + ")"
	}
	q := selectCases + "WHERE " + in("k.state", len(states), func(i int) string { return string(states[i]) })
	if teams != nil {
		q += " AND " + in("k.team", len(teams), func(i int) string { return teams[i] })
	}
	args = append(args, int64(limit))
	q += " ORDER BY k.urgent DESC, k.opened, k.id LIMIT $" + strconv.Itoa(len(args))
	var list []bot.Case
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(collectCases(&list), q, args...)
	})
	if err != nil {
		return nil, fmt.Errorf("list the cases: %w", err)
	}
	return list, nil
}

// Case returns one case.
func (s *Store) Case(ctx context.Context, id bot.CaseID) (bot.Case, error) {
	var list []bot.Case
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(collectCases(&list), selectCases+`WHERE k.id = $1`, string(id))
	})
	if err != nil {
		return bot.Case{}, fmt.Errorf("read case %s: %w", id, err)
	}
	if len(list) == 0 {
		return bot.Case{}, bot.ErrGone
	}
	return list[0], nil
}

// Thread returns the last lines of a contact, oldest first.
func (s *Store) Thread(ctx context.Context, contact bot.ContactID, limit int) ([]bot.Line, error) {
	var list []bot.Line
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(func(from row) error {
			l, err := scanLine(from)
			list = append(list, l)
			return err
		}, `SELECT seq, at, speaker, agent, lang, text, says, intent, casefile, masked, team
			FROM line WHERE contact = $1 ORDER BY seq DESC LIMIT $2`, string(contact), int64(limit))
	})
	if err != nil {
		return nil, fmt.Errorf("read a thread: %w", err)
	}
	slices.Reverse(list)
	return list, nil
}

func scanLine(from row) (bot.Line, error) {
	var l bot.Line
	var at, masked int64
	var speaker, says, kase string
	if err := from.Scan(&l.Seq, &at, &speaker, &l.Agent, &l.Lang, &l.Text, &says, &l.Intent, &kase, &masked, &l.Team); err != nil {
		return l, err
	}
	l.At, l.Speaker, l.Case, l.Masked = fromMS(at), bot.Speaker(speaker), bot.CaseID(kase), masked == 1
	if err := unpack(says, &l.Says); err != nil {
		return l, fmt.Errorf("what the robot said: %w", err)
	}
	return l, nil
}

// addLines adds to the thread of a contact, whose row must be locked, and makes
// cases findable by it.
func (s *Store) addLines(t tx, c *contactRow, lines []bot.Line) {
	s.putLines(t, c, lines)
	s.indexLines(t, lines)
}

// putLines adds to the thread of a contact.
func (s *Store) putLines(t tx, c *contactRow, lines []bot.Line) {
	if len(lines) == 0 {
		return
	}
	var q strings.Builder
	q.WriteString(`INSERT INTO line (contact, seq, at, speaker, agent, lang, text, says, intent, casefile, masked, team) VALUES `)
	args := make([]any, 0, 12*len(lines))
	for i, l := range lines {
		if i > 0 {
			q.WriteString(", ")
		}
		args = append(args, c.id, s.key(c), ms(l.At), string(l.Speaker), l.Agent, l.Lang, l.Text,
			pack(l.Says, len(l.Says) == 0), l.Intent, string(l.Case), bit(l.Masked), l.Team)
		q.WriteString(marks(12*i+1, 12))
	}
	c.lines += int64(len(lines))
	t.do(q.String(), args...)
}

// marks is n places for arguments, from a number on: "($1, $2)".
func marks(from, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = "$" + strconv.Itoa(from+i)
	}
	return "(" + strings.Join(list, ", ") + ")"
}
