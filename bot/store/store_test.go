package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"doudou/bot"
	"doudou/bot/bottest"
	"doudou/bot/store"

	_ "github.com/jackc/pgx/v5/stdlib"
)

func TestSQLite(t *testing.T) {
	file := files(t)
	bottest.TestStore(t, func(t testing.TB, clock *bottest.Clock) bottest.StoreBench {
		return bench(t, clock, store.Options{Key: testKey, Path: file(t)})
	})
}

func TestPostgres(t *testing.T) {
	schema := schemas(t)
	bottest.TestStore(t, func(t testing.TB, clock *bottest.Clock) bottest.StoreBench {
		return bench(t, clock, store.Options{Key: testKey, URL: schema(t)})
	})
}

// The suites in which the live copy of a session is read, replaced or dropped.
func TestPostgresWithRedis(t *testing.T) {
	schema := schemas(t)
	bottest.TestStore(t, func(t testing.TB, clock *bottest.Clock) bottest.StoreBench {
		return bench(t, clock, store.Options{Key: testKey, URL: schema(t), Sessions: redisSessions(t)})
	}, "inbox", "turns", "cases", "forget", "meetings")
}

// files makes one empty file, and returns how a test takes a copy of it: tables
// are made once, which takes longer than most of the tests.
func files(t *testing.T) func(testing.TB) string {
	path := filepath.Join(t.TempDir(), "empty.db")
	if err := open(t, store.Options{Key: testKey, Path: path}).Close(); err != nil {
		t.Fatal(err)
	}
	empty, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return func(t testing.TB) string {
		mine := filepath.Join(t.TempDir(), "doudou.db")
		if err := os.WriteFile(mine, empty, 0o600); err != nil {
			t.Fatal(err)
		}
		return mine
	}
}

// schemas makes some schemas for the tests inside a test, and returns how one of
// these takes one; it is emptied afterwards for the next. To bring the tables up
// to date takes longer than most of the tests.
func schemas(t *testing.T) func(testing.TB) string {
	free := make(chan string, 4)
	for range cap(free) {
		free <- bottest.Postgres(t)
	}
	return func(t testing.TB) string {
		url := <-free
		t.Cleanup(func() {
			empty(t, url)
			free <- url
		})
		return url
	}
}

// empty deletes all rows but those of the migrations.
func empty(t testing.TB, url string) {
	t.Helper()
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, name := range tables(t, db, postgresTables) {
		if _, err := db.Exec("DELETE FROM " + name); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAgentsSQLite(t *testing.T) {
	file := files(t)
	bottest.TestAgents(t, func(t testing.TB) bot.AgentStore { return open(t, store.Options{Key: testKey, Path: file(t)}) })
}

func TestAgentsPostgres(t *testing.T) {
	schema := schemas(t)
	bottest.TestAgents(t, func(t testing.TB) bot.AgentStore { return open(t, store.Options{Key: testKey, URL: schema(t)}) })
}

func TestProofsSQLite(t *testing.T) {
	file := files(t)
	bottest.TestProofs(t, func(t testing.TB) bottest.Proofs { return open(t, store.Options{Key: testKey, Path: file(t)}) })
}

func TestProofsPostgres(t *testing.T) {
	schema := schemas(t)
	bottest.TestProofs(t, func(t testing.TB) bottest.Proofs { return open(t, store.Options{Key: testKey, URL: schema(t)}) })
}

// open opens a store that the end of the test closes.
func open(t testing.TB, o store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func bench(t testing.TB, clock *bottest.Clock, o store.Options) bottest.StoreBench {
	o.Now, o.MostUnclear = clock.Now, 20
	o.Draw = func(n int) int { return n - 1 } // everybody would have the same code
	s := open(t, o)
	var replica func() bot.Store
	if o.URL != "" {
		replica = func() bot.Store { return open(t, o) }
	}
	return bottest.StoreBench{
		Store: s, MostUnclear: o.MostUnclear, Replica: replica,
		Reopen: func() bot.Store {
			s.Close()
			return open(t, o)
		},
		Dump: func() string { return dump(t, o) },
	}
}

// dump returns all rows of all tables, but those of the migrations and of the
// tables left out.
func dump(t testing.TB, o store.Options, leftOut ...string) string {
	t.Helper()
	driver, source, list := "sqlite", o.Path, `SELECT name FROM sqlite_master WHERE type = 'table'`
	if o.URL != "" {
		driver, source, list = "pgx", o.URL, postgresTables
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var all []string
	for _, name := range tables(t, db, list) {
		if slices.Contains(leftOut, name) {
			continue
		}
		all = append(all, "["+name+"]")
		all = append(all, rows(t, db, "SELECT * FROM "+name)...)
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

const postgresTables = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`

// tables are the names of our own tables.
func tables(t testing.TB, db *sql.DB, list string) []string {
	t.Helper()
	var names []string
	for _, name := range rows(t, db, list) {
		if !strings.Contains(name, "goose") {
			names = append(names, strings.Trim(name, "[]"))
		}
	}
	return names
}

func rows(t testing.TB, db *sql.DB, q string) []string {
	t.Helper()
	r, err := db.Query(q)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	columns, _ := r.Columns()
	var list []string
	for r.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := r.Scan(values...); err != nil {
			t.Fatal(err)
		}
		for i := range values {
			values[i] = *values[i].(*any)
		}
		list = append(list, fmt.Sprint(values))
	}
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}
