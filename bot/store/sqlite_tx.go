package store

import (
	"cmp"
	"context"
	"database/sql"
	"strings"
	"sync"
)

// statements are the prepared statements of a connection, or of a pool.
type statements struct {
	prepare func(context.Context, string) (*sql.Stmt, error)
	mu      sync.RWMutex
	list    map[string]*sql.Stmt
}

func newStatements(prepare func(context.Context, string) (*sql.Stmt, error)) *statements {
	return &statements{prepare: prepare, list: map[string]*sql.Stmt{}}
}

func (s *statements) get(ctx context.Context, q string) (*sql.Stmt, error) {
	s.mu.RLock()
	st := s.list[q]
	s.mu.RUnlock()
	if st != nil {
		return st, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if st := s.list[q]; st != nil {
		return st, nil
	}
	st, err := s.prepare(ctx, q)
	if err == nil {
		s.list[q] = st
	}
	return st, err
}

// close closes them: a connection with statements left would stay open behind
// our back, and the log beside the file would never be taken into it.
func (s *statements) close() {
	for _, st := range s.list {
		st.Close() // nothing can be done about one that does not
	}
}

// A sqliteTx runs each statement at once.
type sqliteTx struct {
	ctx   context.Context
	stmts *statements
	err   error
	wrote bool // a statement other than a query was run since this was cleared
}

func (t *sqliteTx) flush() error { return t.err }

func (t *sqliteTx) fail(err error) { t.err = cmp.Or(t.err, err) }

func (t *sqliteTx) lock(string, ...any) {} // there is one writer

func (t *sqliteTx) do(q string, args ...any) { t.exec(nil, q, args) }

func (t *sqliteTx) count(n *int64, q string, args ...any) { t.exec(n, q, args) }

func (t *sqliteTx) exec(n *int64, q string, args []any) {
	if t.err != nil {
		return
	}
	t.wrote = true
	st, err := t.stmts.get(t.ctx, q)
	if err != nil {
		t.err = err
		return
	}
	res, err := st.ExecContext(t.ctx, cleanArgs(args)...)
	if err == nil && n != nil {
		*n, err = res.RowsAffected()
	}
	t.err = err
}

func (t *sqliteTx) get(each func(row) error, q string, args ...any) {
	if t.err != nil {
		return
	}
	st, err := t.stmts.get(t.ctx, q)
	if err != nil {
		t.err = err
		return
	}
	t.wrote = t.wrote || !strings.HasPrefix(q, "SELECT")
	rows, err := st.QueryContext(t.ctx, cleanArgs(args)...)
	if err != nil {
		t.err = err
		return
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows); err != nil {
			t.err = err
			return
		}
	}
	t.err = rows.Err()
}
