package store

import (
	"database/sql"
	"io/fs"
	"path/filepath"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"doudou/bot/bottest"
)

// What a relais has had since before waiting lists stays, with a number and a
// code, and the way back loses only what was not there before.
func TestMigrations(t *testing.T) {
	for name, open := range map[string]func(t *testing.T) (goose.Dialect, *sql.DB){
		"sqlite": func(t *testing.T) (goose.Dialect, *sql.DB) {
			return goose.DialectSQLite3, dial(t, "sqlite", source(filepath.Join(t.TempDir(), "x.db"), ""))
		},
		"postgres": func(t *testing.T) (goose.Dialect, *sql.DB) {
			return goose.DialectPostgres, dial(t, "pgx", bottest.Postgres(t))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dialect, db := open(t)
			upAndDown(t, dialect, db)
		})
	}
}

func dial(t *testing.T, driver, source string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func upAndDown(t *testing.T, dialect goose.Dialect, db *sql.DB) {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(dialect, db, dir, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	step := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	run := func(q string) { t.Helper(); step(db.Exec(q)) }
	step(p.UpTo(t.Context(), 2))
	run(`INSERT INTO event (id, starts, ends, data, capacity, ceiling, taken) VALUES ('e', 1, 2, '', 5, 5, 2)`)
	run(`INSERT INTO registration (contact, event, at) VALUES ('late', 'e', 9), ('early', 'e', 7), ('other', 'none', 1)`)
	for range 2 {
		step(p.Up(t.Context()))
		var early, late, numbers int
		var one, two string
		step(nil, db.QueryRow(`SELECT a.number, b.number, a.code, b.code, e.numbers FROM registration a, registration b, event e
			WHERE a.contact = 'early' AND b.contact = 'late' AND a.state = 'kept'`).Scan(&early, &late, &one, &two, &numbers))
		if early != 1 || late != 2 || numbers != 2 || len(one) != 4 || len(two) != 4 || one == two {
			t.Fatalf("numbers %d %d of %d, codes %q %q", early, late, numbers, one, two)
		}
		run(`INSERT INTO registration (contact, event, at, state, place) VALUES ('waits', 'e', 10, 'waiting', 1)`)
		step(p.DownTo(t.Context(), 2))
		var seats int
		step(nil, db.QueryRow(`SELECT COUNT(*) FROM registration WHERE event = 'e'`).Scan(&seats))
		if seats != 2 {
			t.Fatalf("%d seats after the way back", seats)
		}
	}
	step(p.DownTo(t.Context(), 0))
}
