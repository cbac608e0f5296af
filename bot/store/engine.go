package store

import (
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"
)

// An engine runs transactions: sqlite or postgres.
type engine interface {
	// write runs fn in a transaction that is durable on return, and undone if fn
	// fails. fn may run more than once.
	write(ctx context.Context, fn func(tx) error) error
	// join is a write that may share its transaction with others: fn touches only
	// rows that no write of another key touches.
	join(ctx context.Context, key string, fn func(tx) error) error
	// read runs queries outside of a transaction. fn may run more than once.
	read(ctx context.Context, fn func(tx)) error
	// look is a short read that may travel with those of other keys.
	look(ctx context.Context, key string, fn func(tx)) error
	// health tells whether the database answers.
	health(ctx context.Context) error
	close() error
}

// A tx takes statements. They may run at once or at flush, but always in the
// order in which they were given: on PostgreSQL those between two flushes leave
// in one go. The first error stands: what comes after it does nothing, and
// flush returns it. What is still waiting when a write ends is flushed.
//
// Parts of a statement in /*FOR ... */ are for PostgreSQL, which must lock rows;
// SQLite has one writer and takes them for comments.
type tx interface {
	do(q string, args ...any)
	count(n *int64, q string, args ...any)
	get(each func(row) error, q string, args ...any)
	// lock runs a query for its locks only.
	lock(q string, args ...any)
	flush() error
	// fail has the transaction fail with an error.
	fail(err error)
}

// A row is one row of an answer.
type row interface{ Scan(dest ...any) error }

// one reads a row into dest.
func one(dest ...any) func(row) error {
	return func(r row) error { return r.Scan(dest...) }
}

// collectTexts adds rows of one text to a list.
func collectTexts(list *[]string) func(row) error {
	return func(r row) error {
		var text string
		err := r.Scan(&text)
		*list = append(*list, text)
		return err
	}
}

// ms is a time as it is kept; 0 for none.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMS(v int64) time.Time {
	if v == 0 {
		return time.Time{}
	}
	return time.UnixMilli(v).UTC()
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// pack writes a value as JSON; "" for an empty one. What is packed are plain
// types that always marshal.
func pack[T any](v T, empty bool) string {
	if empty {
		return ""
	}
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(b)
}

// unpack reads what pack wrote.
func unpack[T any](s string, v *T) error {
	if s == "" {
		return nil
	}
	return json.Unmarshal([]byte(s), v)
}

// clean makes a text one that both engines keep: valid UTF-8 without NUL.
func clean(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// cleanArgs cleans the texts among the arguments of a statement.
func cleanArgs(args []any) []any {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = clean(s)
		}
	}
	return args
}
