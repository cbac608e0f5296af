package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"doudou/bot"
)

// commonWord is how often a word stands in the table from which on cases are
// tried one after the other, the last changed first, rather than all looked up.
const commonWord = 500

// common tells which terms stand in so many cases.
func (s *Store) common(ctx context.Context, terms []bot.Term) ([]bool, error) {
	common := make([]bool, len(terms))
	err := s.db.read(ctx, func(t tx) {
		for i, term := range terms {
			if term.Address != nil {
				continue
			}
			var q query
			text := `SELECT COUNT(*) FROM (` + q.words(term) + ` LIMIT ` + q.arg(int64(commonWord)) + `) AS counted`
			t.get(func(from row) error {
				var n int
				err := from.Scan(&n)
				common[i] = n == commonWord
				return err
			}, text, q.args...)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("count the words of a search: %w", err)
	}
	return common, nil
}

// words are the rows of a term.
func (q *query) words(term bot.Term) string {
	var ways []string
	for _, way := range q.ways(term) {
		ways = append(ways, `SELECT casefile FROM word WHERE `+way)
	}
	return strings.Join(ways, ` UNION ALL `)
}

// terms is the condition that a case has every term of a search.
func (q *query) terms(list []bot.Term, common []bool) string {
	all := make([]string, len(list))
	for i, term := range list {
		switch a := term.Address; {
		case a != nil:
			all[i] = `k.contact IN (SELECT contact FROM address WHERE channel = ` + q.arg(string(a.Channel)) + ` AND lookup = ` + q.arg(q.lookup(a.ID)) + `)`
		case common[i]:
			// not EXISTS: PostgreSQL would look all cases of the word up
			all[i] = `COALESCE((SELECT 1 FROM word WHERE casefile = k.id AND (` + either(q.ways(term)) + `) LIMIT 1), 0) = 1`
		default:
			all[i] = `k.id IN (` + q.words(term) + `)`
		}
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

// either is the condition that one of several holds, for rows that are found by
// their case: the sign keeps SQLite from looking up the words instead.
func either(ways []string) string {
	return strings.ReplaceAll(strings.Join(ways, ` OR `), `head `, `+head `)
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
	q.text = `SELECT DISTINCT casefile, place FROM word WHERE (` + either(ways) + `) AND ` + q.in("casefile", ids) + ` ORDER BY casefile, place`
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
