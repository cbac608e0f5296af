package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"doudou/bot"
)

// List returns one page of a list, or of what a search finds. No thread is read:
// the row of the case has what a list shows.
func (s *Store) List(ctx context.Context, q bot.CaseQuery) (bot.CasePage, error) {
	q.At = orNow(q.At, s.now())
	page := bot.CasePage{Counts: map[bot.List]int{}}
	if len(q.Teams) == 0 {
		return page, nil
	}
	rows, err := s.rowsOf(ctx, q)
	if err != nil {
		return page, err
	}
	counts := countsOf(q)
	var keys []string
	err = s.db.read(ctx, func(t tx) {
		page.Cases, keys = nil, nil
		if q.Limit > 0 { // else only what is counted is asked for
			t.get(collectPage(&page.Cases, &keys), rows.text, rows.args...)
		}
		t.get(scanCounts(page.Counts), counts.text, counts.args...)
	})
	if err != nil {
		return page, fmt.Errorf("list the cases: %w", err)
	}
	if len(page.Cases) > q.Limit {
		page.Cases, page.Next = page.Cases[:q.Limit], keys[q.Limit-1]
	}
	if len(q.Terms) > 0 && len(page.Cases) > 0 {
		page.Found, err = s.found(ctx, q.Terms, page.Cases)
	}
	return page, err
}

// collectPage adds rows of a page, and the place of each in its list.
func collectPage(list *[]bot.Case, keys *[]string) func(row) error {
	return func(from row) error {
		var r caseRow
		var rank, since int64
		if err := from.Scan(append([]any{&rank, &since}, r.fields()...)...); err != nil {
			return err
		}
		c, err := r.toCase()
		*list, *keys = append(*list, c), append(*keys, fmt.Sprintf("%d.%d.%s", rank, since, r.id))
		return err
	}
}

func scanCounts(counts map[bot.List]int) func(row) error {
	return func(from row) error {
		var open, mine, waiting int
		err := from.Scan(&open, &mine, &waiting)
		counts[bot.ToTake], counts[bot.Mine], counts[bot.ForTheFamily] = open, mine, waiting
		return err
	}
}

// A query is a statement that is being written.
type query struct {
	text string
	args []any
	err  error
	// lookup is what an address is found by.
	lookup func(id string) string
}

// arg adds an argument and returns its place.
func (q *query) arg(v any) string {
	q.args = append(q.args, v)
	return "$" + strconv.Itoa(len(q.args))
}

// in is a condition that a column has one of some values.
func (q *query) in(column string, values []string) string {
	marks := make([]string, len(values))
	for i, v := range values {
		marks[i] = q.arg(v)
	}
	return column + " IN (" + strings.Join(append(marks, "NULL"), ", ") + ")"
}

// since is how a list orders cases of the same rank: by how long their families
// have waited, or, when they do not wait, by the last thing that was done.
const since = `CASE WHEN k.asked = 0 THEN k.changed ELSE k.asked END`

// Whether a case stands in a list, and where; see bot.List. What was put aside
// and has woken is its holder's to look at again.
const (
	isMine    = `k.agent = %[1]s AND (k.state = 'taken' OR k.state = 'waiting' AND k.snoozed > 0)`
	isWaiting = `k.state IN ('taken', 'waiting') AND k.snoozed <= %[2]s AND (k.agent <> %[1]s OR k.state = 'waiting' AND k.snoozed = 0)`
)

// listed is the condition of a list, and what orders it.
func listed(list bot.List, agent, now string) (where, rank, order string) {
	switch list {
	case bot.Mine:
		return fmt.Sprintf(isMine, agent), `CASE WHEN k.snoozed > ` + now + ` THEN 2 ELSE 1 - k.urgent END`,
			`CASE WHEN k.snoozed > ` + now + ` THEN k.snoozed WHEN k.asked = 0 THEN k.changed ELSE k.asked END`
	case bot.ForTheFamily:
		return fmt.Sprintf(isWaiting, agent, now), `CASE WHEN k.state = 'waiting' THEN 1 - k.urgent ELSE 3 - k.urgent END`, since
	}
	return `k.state = 'open'`, `1 - k.urgent`, since
}

// pageOf writes the query of one page: first the places, for which small rows
// are read, then the cases of the page.
func (s *Store) pageOf(ask bot.CaseQuery) query {
	q := query{lookup: s.lookup}
	agent, now := q.arg(ask.Agent), q.arg(ms(ask.At))
	where, rank, order := listed(ask.List, agent, now)
	if ask.Contact != "" {
		where, rank, order = `k.contact = `+q.arg(string(ask.Contact)), `CASE WHEN k.state = 'closed' THEN 1 ELSE 0 END`, `-k.changed`
	}
	where += " AND " + q.in("k.team", ask.Teams) + q.unused(agent, now)
	after := ""
	if rank0, since, id, ok := q.place(ask.After); ok {
		after = ` WHERE (rank, since, id) > (` + q.arg(rank0) + `, ` + q.arg(since) + `, ` + q.arg(id) + `)`
	}
	q.text = `SELECT p.rank, p.since, ` + caseColumns + ` FROM (SELECT * FROM (
		SELECT k.id AS id, ` + rank + ` AS rank, ` + order + ` AS since FROM cases k WHERE ` + where + `) AS listed` + after + `
		ORDER BY rank, since, id LIMIT ` + q.arg(int64(ask.Limit+1)) + `) AS p
		JOIN cases k ON k.id = p.id LEFT JOIN contact c ON c.id = k.contact ORDER BY p.rank, p.since, p.id`
	return q
}

// recentOf writes the query of one page of what is closed, or of what a search
// finds, the last changed first: an index has them in this order.
func (s *Store) recentOf(ask bot.CaseQuery, common []bool) query {
	q := query{lookup: s.lookup}
	among := q.in("k.team", ask.Teams)
	if len(ask.Terms) == 0 {
		among += ` AND k.state = 'closed'`
	}
	if _, changed, id, ok := q.place(ask.After); ok {
		among += ` AND (k.changed, k.id) < (` + q.arg(changed) + `, ` + q.arg(id) + `)`
	}
	has := ""
	if len(ask.Terms) > 0 {
		has = ` WHERE ` + q.terms(ask.Terms, common)
	}
	// The inner bound is a fence: cases are tried in their order until the page is
	// full, and not all of them.
	q.text = `SELECT 0, p.changed, ` + caseColumns + ` FROM (SELECT k.id, k.changed FROM (
		SELECT k.id, k.contact, k.changed FROM cases k WHERE ` + among + `
		ORDER BY k.changed DESC, k.id DESC LIMIT 1000000000) AS k` + has + ` LIMIT ` + q.arg(int64(ask.Limit+1)) + `) AS p
		JOIN cases k ON k.id = p.id LEFT JOIN contact c ON c.id = k.contact ORDER BY p.changed DESC, p.id DESC`
	return q
}

// rowsOf writes the query of one page.
func (s *Store) rowsOf(ctx context.Context, ask bot.CaseQuery) (query, error) {
	q := query{}
	if len(ask.Terms) > 0 {
		common, err := s.common(ctx, ask.Terms)
		if err != nil {
			return q, err
		}
		q = s.recentOf(ask, common)
	} else if ask.List == bot.AlreadyClosed && ask.Contact == "" {
		q = s.recentOf(ask, nil)
	} else {
		q = s.pageOf(ask)
	}
	return q, q.err
}

// unused uses arguments that not every list needs: PostgreSQL refuses a
// statement that leaves one out.
func (q *query) unused(agent, now string) string {
	return ` AND CAST(` + agent + ` AS TEXT) IS NOT NULL AND CAST(` + now + ` AS BIGINT) IS NOT NULL`
}

// place reads where a page ended, as CasePage.Next names it; ok is false for the
// first page.
func (q *query) place(name string) (rank, since int64, id string, ok bool) {
	if name == "" {
		return 0, 0, "", false
	}
	parts := strings.SplitN(name, ".", 3)
	if len(parts) == 3 {
		rank, err1 := strconv.ParseInt(parts[0], 10, 64)
		since, err2 := strconv.ParseInt(parts[1], 10, 64)
		if err1 == nil && err2 == nil {
			return rank, since, parts[2], true
		}
	}
	q.err = fmt.Errorf("list the cases after %q: %w", name, errPlace)
	return 0, 0, "", false
}

var errPlace = errors.New("no page ends there; start again at the first")

// countsOf writes the query that counts the lists.
func countsOf(ask bot.CaseQuery) query {
	var q query
	agent, now := q.arg(ask.Agent), q.arg(ms(ask.At))
	sum := func(where string) string { return `COALESCE(SUM(CASE WHEN ` + where + ` THEN 1 ELSE 0 END), 0)` }
	q.text = `SELECT ` + sum(`k.state = 'open'`) + `, ` +
		sum(fmt.Sprintf(isMine, agent)+` AND k.snoozed <= `+now) + `, ` + sum(fmt.Sprintf(isWaiting, agent, now)) +
		` FROM cases k WHERE k.state IN ('open', 'taken', 'waiting') AND ` + q.in("k.team", ask.Teams)
	return q
}
