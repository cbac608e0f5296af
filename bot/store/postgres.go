package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// A postgres is the engine for several replicas. Statements travel in batches:
// a turn costs two round trips, whatever it does.
type postgres struct {
	pool   *pgxpool.Pool
	writes *groups
	looks  *groups
}

func openPostgres(ctx context.Context, url string, conns int) (engine, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, errors.New("the database URL cannot be read: it should look like postgres://user:password@host:5432/name") // the error would quote the password
	}
	if conns <= 0 {
		conns = 16
	}
	config.MaxConns = int32(conns)
	config.ConnConfig.ConnectTimeout = 5 * time.Second
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	if err := migratePostgres(ctx, pool); err != nil {
		pool.Close()
		return nil, err
	}
	e := &postgres{pool: pool}
	e.writes = newGroups(leaders, e.together, e.write)
	e.looks = newGroups(1, e.lookTogether, e.lookAlone)
	return e, nil
}

// leaders is how many groups of writes are under way at once.
const leaders = 2

// migratePostgres brings the tables up to date; replicas that start at once do
// it one after the other.
func migratePostgres(ctx context.Context, pool *pgxpool.Pool) error {
	ctx, cancel := context.WithTimeout(ctx, migrateTime)
	defer cancel()
	db := stdlib.OpenDBFromPool(pool)
	defer db.Close()
	return migrate(ctx, goose.DialectPostgres, db, goose.WithSessionLocker(schemaLock{}))
}

// migrateTime is how long a replica waits for others to bring the tables up to
// date, and does it.
const migrateTime = 5 * time.Minute

// A schemaLock lets one at a time change the tables of a schema. Others wait for
// it, not for those who change another schema of the same database.
type schemaLock struct{}

// thisSchema names the lock: who we are, and where the tables are.
const thisSchema = `(hashtext('doudou'), hashtext(current_schema()))`

func (schemaLock) SessionLock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock`+thisSchema)
	return err
}

func (schemaLock) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, `SELECT pg_advisory_unlock`+thisSchema)
	return err
}

// Tries of a transaction that another one stood in the way of.
const maxRestarts = 5

func (e *postgres) write(ctx context.Context, fn func(tx) error) error {
	var err error
	for range maxRestarts {
		if err = e.attempt(ctx, fn); !restart(err) {
			return err
		}
	}
	return err
}

// restart tells whether PostgreSQL undid a transaction only because of another
// (deadlock, serialization).
func restart(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40P01" || e.Code == "40001")
}

func (e *postgres) attempt(ctx context.Context, fn func(tx) error) error {
	conn, err := e.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	t := &postgresTx{ctx: ctx, conn: conn}
	t.do(`BEGIN`)
	if err = fn(t); err == nil {
		t.do(`COMMIT`)
		err = t.flush()
	}
	if err != nil && t.begun {
		undo(ctx, conn)
	}
	return err
}

// undo ends a transaction that is not to be kept, even if nobody waits for it
// any more.
func undo(ctx context.Context, conn *pgxpool.Conn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if _, err := conn.Exec(ctx, `ROLLBACK`); err != nil {
		conn.Conn().Close(ctx) // the server undoes what it knows of
	}
}

func (e *postgres) join(ctx context.Context, key string, fn func(tx) error) error {
	return e.writes.join(ctx, key, fn)
}

// look runs a short read, with others that come at the same time.
func (e *postgres) look(ctx context.Context, key string, fn func(tx)) error {
	return e.looks.join(ctx, key, func(t tx) error { fn(t); return nil })
}

func (e *postgres) lookAlone(ctx context.Context, fn func(tx) error) error {
	t := &postgresTx{ctx: ctx, conn: e.pool}
	if err := fn(t); err != nil {
		return err
	}
	return t.flush()
}

// lookTogether sends all that is read in one go.
func (e *postgres) lookTogether(ctx context.Context, list []*joined) (spoilt bool) {
	t := &postgresTx{ctx: ctx, conn: e.pool}
	for _, w := range list {
		if w.fn(t) != nil {
			return true
		}
	}
	return t.flush() != nil
}

func (e *postgres) read(ctx context.Context, fn func(tx)) error {
	t := &postgresTx{ctx: ctx, conn: e.pool}
	fn(t)
	return t.flush()
}

func (e *postgres) health(ctx context.Context) error { return e.pool.Ping(ctx) }

func (e *postgres) close() error {
	e.looks.close()
	e.writes.close()
	e.pool.Close()
	return nil
}

// A postgresTx gathers statements and sends them at flush.
type postgresTx struct {
	ctx  context.Context
	conn interface {
		SendBatch(context.Context, *pgx.Batch) pgx.BatchResults
	}
	batch pgx.Batch
	begun bool // something was sent
	err   error
}

// forPostgres uncovers the parts of a statement that SQLite takes for comments.
var forPostgres = strings.NewReplacer("/*FOR", "FOR", "*/", "")

func (t *postgresTx) queue(q string, args []any) *pgx.QueuedQuery {
	if strings.Contains(q, "/*FOR") {
		q = forPostgres.Replace(q)
	}
	return t.batch.Queue(q, cleanArgs(args)...)
}

func (t *postgresTx) fail(err error) { t.err = cmp.Or(t.err, err) }

func (t *postgresTx) do(q string, args ...any) { t.queue(q, args) }

func (t *postgresTx) count(n *int64, q string, args ...any) {
	t.queue(q, args).Exec(func(tag pgconn.CommandTag) error {
		*n = tag.RowsAffected()
		return nil
	})
}

func (t *postgresTx) lock(q string, args ...any) { t.queue(q, args) }

func (t *postgresTx) get(each func(row) error, q string, args ...any) {
	t.queue(q, args).Query(func(rows pgx.Rows) error {
		for rows.Next() {
			if err := each(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

func (t *postgresTx) flush() error {
	if t.err != nil || t.batch.Len() == 0 {
		return t.err
	}
	batch := t.batch
	t.batch, t.begun = pgx.Batch{}, true
	t.err = t.conn.SendBatch(t.ctx, &batch).Close()
	return t.err
}
