package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// maxGroup is how many writes share one commit at most. All that wait are taken,
// so that it bounds the time to the commit, not the rate.
const maxGroup = 256

var errClosed = errors.New("the store is closed")

// A write is one transaction on its way to the writer.
type write struct {
	ctx  context.Context
	fn   func(tx) error
	err  error
	done chan struct{}
}

// write hands fn to the writer and waits for the commit that it is part of.
func (e *sqlite) write(ctx context.Context, fn func(tx) error) error {
	w := &write{ctx: ctx, fn: fn, done: make(chan struct{})}
	select {
	case e.queue <- w:
	case <-e.stop:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-w.done:
		return w.err
	case <-e.closed: // it came too late to be taken, or was the last
		select {
		case <-w.done:
			return w.err
		default:
			return errClosed
		}
	}
}

// run is the writer.
func (e *sqlite) run(conn *sql.Conn) {
	defer close(e.closed)
	defer conn.Close()
	t := &sqliteTx{ctx: context.Background(), stmts: newStatements(conn.PrepareContext)}
	defer t.stmts.close()
	for {
		select {
		case w := <-e.queue:
			e.group(t, w)
		case <-e.stop:
			for {
				select {
				case w := <-e.queue:
					e.group(t, w)
				default:
					return
				}
			}
		}
	}
}

// group runs a write, and those that came meanwhile, and commits them together.
// It bets that none fails half-way, which is nearly always so; where one does,
// the group is undone and run again with a savepoint around each write, so that
// one that fails does not undo the others.
func (e *sqlite) group(t *sqliteTx, first *write) {
	list := []*write{first}
	spoilt, failed := e.together(t, &list)
	if spoilt {
		failed = e.oneByOne(t, list)
	}
	for _, w := range list {
		if failed != nil && w.err == nil {
			w.err = fmt.Errorf("write to the file: %w", failed)
		}
		close(w.done)
	}
}

// together runs writes in one transaction as they come. spoilt tells that one of
// them failed after it had changed something: nothing of the group is kept.
func (e *sqlite) together(t *sqliteTx, list *[]*write) (spoilt bool, failed error) {
	if failed = t.run(`BEGIN IMMEDIATE`); failed != nil {
		return false, failed
	}
	for i := 0; i < len(*list); i++ {
		t.wrote = false
		if (*list)[i].run(t); (*list)[i].err != nil && t.wrote {
			t.run(`ROLLBACK`)
			return true, nil
		}
		if i+1 == len(*list) && i+1 < maxGroup {
			select {
			case w := <-e.queue:
				*list = append(*list, w)
			default:
			}
		}
	}
	return false, t.commit()
}

// oneByOne runs writes in one transaction, each in a savepoint of its own.
func (e *sqlite) oneByOne(t *sqliteTx, list []*write) error {
	if err := t.run(`BEGIN IMMEDIATE`); err != nil {
		return err
	}
	for _, w := range list {
		if err := t.attempt(w); err != nil {
			t.run(`ROLLBACK`)
			return err
		}
	}
	return t.commit()
}

// run runs one write, unless nobody waits for it any more.
func (w *write) run(t *sqliteTx) {
	if w.err = w.ctx.Err(); w.err != nil {
		return
	}
	t.err = nil
	if w.err = w.fn(t); w.err == nil {
		w.err = t.flush()
	}
}

// run runs one statement by itself.
func (t *sqliteTx) run(q string) error {
	t.err = nil
	t.do(q)
	return t.flush()
}

// commit ends a transaction; one that cannot be committed is undone.
func (t *sqliteTx) commit() error {
	err := t.run(`COMMIT`)
	if err != nil {
		t.run(`ROLLBACK`) // it may be undone already: nothing to say about it
	}
	return err
}

// attempt runs one write in its savepoint. The error it returns is one that
// spoils the whole group.
func (t *sqliteTx) attempt(w *write) error {
	if err := t.run(`SAVEPOINT turn`); err != nil {
		return err
	}
	if w.run(t); w.err != nil {
		if err := t.run(`ROLLBACK TO turn`); err != nil {
			return err
		}
	}
	return t.run(`RELEASE turn`)
}
