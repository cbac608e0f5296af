package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"doudou/bot"
)

// A chore is what the purge does with the rows of a table whose time is over. It
// reads which they are, a batch at a time, beside the writer; the writer gets each
// batch as one short transaction, in which every row is looked at again.
type chore struct {
	kind  bot.Kind
	table string
	key   []string // of the table, in order
	old   string   // condition: $1 is the time before which rows are old
	// over turns that time into what the condition compares with; nil: ms.
	over func(time.Time) any
	// blank takes out of a row what tells of somebody; nil: the row is erased.
	blank func(s *Store, t tx, key []any) error
}

// chores are in the order in which they are done: words go before the address of
// who said them.
func chores() []chore {
	contactID, inOrder := []string{"contact", "id"}, []string{"contact", "seq"}
	return []chore{
		{kind: bot.KindMessages, table: "inbox", key: contactID, old: `done = 1 AND received < $1`},
		{kind: bot.KindMessages, table: "outbox", key: contactID, old: `state IN ('sent', 'dead', 'held') AND at < $1`},
		{kind: bot.KindMessages, table: "delivery", key: []string{"channel", "sent"}, old: `at < $1`},
		{kind: bot.KindMessages, table: "once", key: []string{"form"}, old: `at < $1`},
		{kind: bot.KindMessages, table: "desk_session", key: []string{"token"}, old: `expires < $1`},
		{kind: bot.KindMessages, table: "invite", key: []string{"login"}, old: `until < $1`},
		{kind: bot.KindLetters, table: "dead_letter", key: []string{"channel", "provider"}, old: `at < $1`},
		{kind: bot.KindProfiles, table: "profile", key: []string{"contact"}, old: `until < $1`},
		{kind: bot.KindMeetings, table: "introduction", key: []string{"id"}, old: `made < $1`},
		{kind: bot.KindPrompts, table: "prompt", key: []string{"id"}, old: `state IN ('started', 'dropped') AND due < $1`},
		{kind: bot.KindUnclear, table: "unclear", key: []string{"id"}, old: `day < $1`, over: func(t time.Time) any { return t.Format(time.DateOnly) }},
		{kind: bot.KindJournal, table: "journal", key: []string{"id"}, old: `at < $1`},
		{kind: bot.KindCases, table: "cases", key: []string{"id"}, old: `state = 'closed' AND blank = 0 AND changed < $1`, blank: (*Store).blankCase},
		{kind: bot.KindWords, table: "line", key: inOrder, old: `casefile = '' AND masked = 0 AND at < $1`, blank: (*Store).blankLine},
		{kind: bot.KindWords, table: "contact", key: []string{"id"}, old: `session <> '' AND since * 1048576 < $1 AND last < $1`, over: asKey, blank: (*Store).blankSession},
		{kind: bot.KindContacts, table: "contact", key: []string{"id"}, old: silent, over: asKey, blank: (*Store).blankContact},
	}
}

// asKey is a time as the keys of a contact begin with it: milliseconds times
// 1048576.
func asKey(t time.Time) any { return ms(t) << (counterBits + nodeBits) }

// silent is the condition of a contact whom nothing is open with: no word since
// $1, no case, nothing that waits, nothing asked for.
const silent = `since * 1048576 < $1 AND last < $1
	AND EXISTS (SELECT 1 FROM address a WHERE a.contact = contact.id AND a.sealed <> '')
	AND NOT EXISTS (SELECT 1 FROM cases k WHERE k.contact = contact.id AND k.state <> 'closed')
	AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.contact = contact.id AND i.done = 0)
	AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.contact = contact.id AND o.state = 'queued')
	AND NOT EXISTS (SELECT 1 FROM prompt p WHERE p.contact = contact.id AND p.state IN ('waiting', 'held'))
	AND NOT EXISTS (SELECT 1 FROM profile f WHERE f.contact = contact.id)
	AND NOT EXISTS (SELECT 1 FROM subscription n WHERE n.contact = contact.id)
	AND NOT EXISTS (SELECT 1 FROM registration r JOIN event e ON e.id = r.event WHERE r.contact = contact.id AND e.ends * 1048576 > $1)`

// purgeBatch is how many rows the writer gets at once.
const purgeBatch = 200

// Purge erases what nobody needs any more, and makes nameless what is only to be
// counted: each kind after its days. What is done already is not done again, so
// that a purge that was interrupted goes on with the next.
func (s *Store) Purge(ctx context.Context, now time.Time) error {
	for _, c := range chores() {
		before := s.keep.Before(c.kind, now)
		if err := s.chore(ctx, c, before); err != nil {
			return fmt.Errorf("erase what is old, %s in %s: %w", c.kind, c.table, err)
		}
	}
	err := s.db.write(ctx, func(t tx) error {
		sweepNotices(t, s.keep.Before(bot.KindMessages, now))
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("erase what staff were told: %w", err)
	}
	return nil
}

// chore does one chore, a batch after the other.
func (s *Store) chore(ctx context.Context, c chore, before time.Time) error {
	cutoff := any(ms(before))
	if c.over != nil {
		cutoff = c.over(before)
	}
	var last []any
	for {
		keys, err := s.oldRows(ctx, c, cutoff, last)
		if err != nil || len(keys) == 0 {
			return err
		}
		if err := s.db.write(ctx, func(t tx) error { return s.doChore(t, c, cutoff, keys) }); err != nil {
			return err
		}
		last = keys[len(keys)-1]
	}
}

// oldRows are the keys of the next rows whose time is over.
func (s *Store) oldRows(ctx context.Context, c chore, cutoff any, last []any) ([][]any, error) {
	key, args, after := strings.Join(c.key, ", "), []any{cutoff}, ""
	if last != nil {
		after = ` AND (` + key + `) > ` + marks(2, len(last))
		args = append(args, last...)
	}
	var list [][]any
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(collectKeys(&list, len(c.key)), `SELECT `+key+` FROM `+c.table+` WHERE `+c.old+after+
			fmt.Sprintf(` ORDER BY %s LIMIT %d`, key, purgeBatch), args...)
	})
	return list, err
}

func collectKeys(list *[][]any, columns int) func(row) error {
	return func(from row) error {
		key, to := make([]any, columns), make([]any, columns)
		for i := range key {
			to[i] = &key[i]
		}
		err := from.Scan(to...)
		*list = append(*list, key)
		return err
	}
}

// doChore does a chore to some rows, those of them that are still old.
func (s *Store) doChore(t tx, c chore, cutoff any, keys [][]any) error {
	which := c.table + ` WHERE ` + c.old + ` AND (` + strings.Join(c.key, ", ") + `) = ` + marks(2, len(c.key))
	for _, key := range keys {
		args := append([]any{cutoff}, key...)
		if c.blank == nil {
			t.do(`DELETE FROM `+which, args...)
			continue
		}
		var still int64
		t.get(one(&still), `SELECT COUNT(*) FROM `+which, args...)
		if err := t.flush(); err != nil {
			return err
		}
		if still == 0 {
			continue
		}
		if err := c.blank(s, t, key); err != nil {
			return err
		}
	}
	return t.flush()
}
