package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
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
	rows, counts, err := s.pageOf(q), countsOf(q), error(nil)
	if rows.err != nil {
		return page, rows.err
	}
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
	case bot.AlreadyClosed:
		return `k.state = 'closed'`, `0`, `-k.changed`
	}
	return `k.state = 'open'`, `1 - k.urgent`, since
}

// pageOf writes the query of one page: first the places, for which small rows
// are read, then the cases of the page.
func (s *Store) pageOf(ask bot.CaseQuery) query {
	q := query{lookup: s.lookup}
	agent, now := q.arg(ask.Agent), q.arg(ms(ask.At))
	where, rank, order := listed(ask.List, agent, now)
	if len(ask.Terms) > 0 || ask.Contact != "" {
		where, rank, order = q.terms(ask), `CASE WHEN k.state = 'closed' THEN 1 ELSE 0 END`, `-k.changed`
	}
	where += " AND " + q.in("k.team", ask.Teams) + q.unused(agent, now)
	after := q.after(ask.After)
	q.text = `SELECT p.rank, p.since, ` + caseColumns + ` FROM (SELECT * FROM (
		SELECT k.id AS id, ` + rank + ` AS rank, ` + order + ` AS since FROM cases k WHERE ` + where + `) AS listed` + after + `
		ORDER BY rank, since, id LIMIT ` + q.arg(int64(ask.Limit+1)) + `) AS p
		JOIN cases k ON k.id = p.id LEFT JOIN contact c ON c.id = k.contact ORDER BY p.rank, p.since, p.id`
	return q
}

// unused uses arguments that not every list needs: PostgreSQL refuses a
// statement that leaves one out.
func (q *query) unused(agent, now string) string {
	return ` AND CAST(` + agent + ` AS TEXT) IS NOT NULL AND CAST(` + now + ` AS BIGINT) IS NOT NULL`
}

// after goes on after a place, as CasePage.Next names it.
func (q *query) after(place string) string {
	if place == "" {
		return ""
	}
	parts := strings.SplitN(place, ".", 3)
	if len(parts) == 3 {
		rank, err1 := strconv.ParseInt(parts[0], 10, 64)
		since, err2 := strconv.ParseInt(parts[1], 10, 64)
		if err1 == nil && err2 == nil {
			return ` WHERE (rank, since, id) > (` + q.arg(rank) + `, ` + q.arg(since) + `, ` + q.arg(parts[2]) + `)`
		}
	}
	q.err = fmt.Errorf("list the cases after %q: %w", place, errPlace)
	return ""
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

// terms is the condition that a case has every term of a search, and is the
// contact's.
func (q *query) terms(ask bot.CaseQuery) string {
	all := make([]string, len(ask.Terms), len(ask.Terms)+1)
	if ask.Contact != "" {
		all = append(all, `k.contact = `+q.arg(string(ask.Contact)))
	}
	for i, term := range ask.Terms {
		if a := term.Address; a != nil {
			all[i] = `k.contact IN (SELECT contact FROM address WHERE channel = ` + q.arg(string(a.Channel)) + ` AND lookup = ` + q.arg(q.lookup(a.ID)) + `)`
			continue
		}
		var ways []string
		for _, way := range q.ways(term) {
			ways = append(ways, `SELECT casefile FROM word WHERE `+way)
		}
		all[i] = `k.id IN (` + strings.Join(ways, ` UNION ALL `) + `)`
	}
	return strings.Join(all, " AND ")
}

// shortWord is the length, in letters, up to which a word finds only itself.
const shortWord = 2

// ways are conditions of the table of words, of which one must hold.
func (q *query) ways(term bot.Term) []string {
	exact := evened(term.Topics, topicWord)
	exact = append(exact, evened(term.Langs, langWord)...)
	var ways []string
	if n := len([]rune(term.Word)); n > shortWord {
		ways = append(ways, `head >= `+q.arg(headOf(term.Word, 0))+` AND head <= `+q.arg(headOf(term.Word, 0xff))+
			` AND substr(word, 1, `+q.arg(int64(n))+`) = `+q.arg(term.Word))
	} else {
		exact = append(exact, term.Word)
	}
	for _, word := range exact {
		ways = append(ways, `head = `+q.arg(headOf(word, 0))+` AND word = `+q.arg(word))
	}
	return ways
}

// evened writes values as words, some twice: statements are kept for good, and
// so there are few of different lengths.
func evened(values []string, prefix string) []string {
	var list []string
	for _, v := range values {
		list = append(list, prefix+v)
	}
	for n := len(list); n > 1 && n&(n-1) != 0; n++ {
		list = append(list, list[0])
	}
	return list
}

// found tells of each case where the words of a search stand.
func (s *Store) found(ctx context.Context, terms []bot.Term, cases []bot.Case) (map[bot.CaseID][]string, error) {
	var q query
	var ways, ids []string
	found := map[bot.CaseID][]string{}
	for _, c := range cases {
		ids = append(ids, string(c.ID))
	}
	for _, term := range terms {
		if term.Address == nil {
			ways = append(ways, q.ways(term)...)
			continue
		}
		for _, c := range cases {
			found[c.ID] = []string{bot.InAddress}
		}
	}
	if len(ways) == 0 {
		return found, nil
	}
	q.text = `SELECT DISTINCT casefile, place FROM word WHERE (` + strings.Join(ways, ` OR `) + `) AND ` + q.in("casefile", ids) + ` ORDER BY casefile, place`
	err := s.db.read(ctx, func(t tx) {
		t.get(func(from row) error {
			var id, place string
			err := from.Scan(&id, &place)
			if k := bot.CaseID(id); !slices.Contains(found[k], place) {
				found[k] = append(found[k], place)
			}
			return err
		}, q.text, q.args...)
	})
	if err != nil {
		return nil, fmt.Errorf("find where the words are: %w", err)
	}
	return found, nil
}
