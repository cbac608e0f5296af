package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite", without C
)

// A sqlite is the engine on one file: a single writer, which commits many
// writes at once, and readers beside it.
type sqlite struct {
	lock   *os.File
	wdb    *sql.DB
	rdb    *sql.DB
	reads  *statements
	queue  chan *write
	closed chan struct{} // closed when the writer has ended
	stop   chan struct{}
}

// Settings of each connection: the log is synced at each commit, so that what is
// committed outlives a power cut; what is deleted is overwritten, so that who is
// forgotten is not in the free pages of the file.
var pragmas = []string{"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "cache_size(-32000)", "temp_store(MEMORY)", "secure_delete(ON)"}

// readers is how many connections read at once.
const readers = 4

func openSQLite(ctx context.Context, path string, beside bool) (engine, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	var lock *os.File
	if !beside {
		var err error
		if lock, err = lockFile(path + ".lock"); err != nil {
			return nil, err
		}
	}
	e := &sqlite{lock: lock, queue: make(chan *write, maxGroup), stop: make(chan struct{}), closed: make(chan struct{})}
	if err := e.open(ctx, path); err != nil {
		e.closeFiles()
		return nil, err
	}
	return e, nil
}

func (e *sqlite) open(ctx context.Context, path string) error {
	var err error
	if e.wdb, err = sql.Open("sqlite", source(path, "")); err != nil {
		return err
	}
	e.wdb.SetMaxOpenConns(1)
	if err := checkVersion(ctx, e.wdb); err != nil {
		return err
	}
	if err := migrate(ctx, goose.DialectSQLite3, e.wdb); err != nil {
		return err
	}
	if e.rdb, err = sql.Open("sqlite", source(path, "query_only(1)")); err != nil {
		return err
	}
	e.rdb.SetMaxOpenConns(readers)
	e.rdb.SetMaxIdleConns(readers)
	e.reads = newStatements(e.rdb.PrepareContext)
	conn, err := e.wdb.Conn(ctx)
	if err != nil {
		return fmt.Errorf("open the writer: %w", err)
	}
	go e.run(conn)
	return nil
}

func source(path, more string) string {
	q := url.Values{"_txlock": {"immediate"}}
	for _, p := range append(pragmas[:len(pragmas):len(pragmas)], more) {
		if p != "" {
			q.Add("_pragma", p)
		}
	}
	return (&url.URL{Scheme: "file", Opaque: url.PathEscape(path), RawQuery: q.Encode()}).String()
}

// checkVersion refuses a SQLite that can lose committed data in WAL mode when
// two connections checkpoint (mended in 3.51.3; see sqlite.org/wal.html).
func checkVersion(ctx context.Context, db *sql.DB) error {
	var v string
	if err := db.QueryRowContext(ctx, `SELECT sqlite_version()`).Scan(&v); err != nil {
		return fmt.Errorf("open the file: %w", err)
	}
	if !sound(v) {
		return fmt.Errorf("SQLite %s can lose committed data; build with 3.51.3 or later", v)
	}
	return nil
}

func sound(version string) bool {
	var n int
	for _, part := range strings.SplitN(version, ".", 3) {
		v, err := strconv.Atoi(part)
		if err != nil {
			return false
		}
		n = n*1000 + v
	}
	return n >= 3_051_003
}

func (e *sqlite) read(ctx context.Context, fn func(tx)) error {
	t := &sqliteTx{ctx: context.WithoutCancel(ctx), stmts: e.reads}
	fn(t)
	return t.flush()
}

func (e *sqlite) look(ctx context.Context, _ string, fn func(tx)) error { return e.read(ctx, fn) }

// join is a write like any other: there is one writer, who runs them one after
// the other.
func (e *sqlite) join(ctx context.Context, _ string, fn func(tx) error) error {
	return e.write(ctx, fn)
}

func (e *sqlite) health(ctx context.Context) error {
	if err := e.rdb.PingContext(ctx); err != nil {
		return err
	}
	var n int64
	return e.rdb.QueryRowContext(ctx, `SELECT 1`).Scan(&n)
}

func (e *sqlite) close() error {
	close(e.stop)
	<-e.closed
	return e.closeFiles()
}

func (e *sqlite) closeFiles() error {
	var errs []error
	if e.rdb != nil {
		errs = append(errs, e.rdb.Close())
	}
	if e.wdb != nil {
		errs = append(errs, e.wdb.Close())
	}
	if e.lock != nil {
		errs = append(errs, e.lock.Close())
	}
	return errors.Join(errs...)
}
