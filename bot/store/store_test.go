package store_test

import (
	"context"
	"database/sql"
	"fmt"
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
	bottest.TestStore(t, func(t testing.TB, clock *bottest.Clock) bottest.StoreBench {
		return bench(t, clock, store.Options{Path: filepath.Join(t.TempDir(), "doudou.db")})
	})
}

func TestPostgres(t *testing.T) {
	bottest.Postgres(t)
	bottest.TestStore(t, func(t testing.TB, clock *bottest.Clock) bottest.StoreBench {
		return bench(t, clock, store.Options{URL: bottest.Postgres(t)})
	})
}

func TestPostgresWithRedis(t *testing.T) {
	bottest.Postgres(t)
	bottest.TestStore(t, func(t testing.TB, clock *bottest.Clock) bottest.StoreBench {
		return bench(t, clock, store.Options{URL: bottest.Postgres(t), Sessions: redisSessions(t)})
	})
}

func TestAgentsSQLite(t *testing.T) {
	bottest.TestAgents(t, func(t testing.TB) bot.AgentStore {
		return open(t, store.Options{Path: filepath.Join(t.TempDir(), "doudou.db")})
	})
}

func TestAgentsPostgres(t *testing.T) {
	bottest.Postgres(t)
	bottest.TestAgents(t, func(t testing.TB) bot.AgentStore { return open(t, store.Options{URL: bottest.Postgres(t)}) })
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
	s := open(t, o)
	return bottest.StoreBench{
		Store: s, MostUnclear: o.MostUnclear,
		Reopen: func() bot.Store {
			s.Close()
			return open(t, o)
		},
		Dump: func() string { return dump(t, o) },
	}
}

// dump returns all rows of all tables, but those of the migrations.
func dump(t testing.TB, o store.Options) string {
	t.Helper()
	driver, source, tables := "sqlite", o.Path, `SELECT name FROM sqlite_master WHERE type = 'table'`
	if o.URL != "" {
		driver, source, tables = "pgx", o.URL, `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var all []string
	for _, name := range rows(t, db, tables) {
		if !strings.Contains(name, "goose") {
			all = append(all, name)
			all = append(all, rows(t, db, "SELECT * FROM "+strings.Trim(name, "[]"))...)
		}
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
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
