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
// Each is in a savepoint of its own: one that fails does not undo the others.
func (e *sqlite) group(t *sqliteTx, first *write) {
	t.err = nil
	t.do(`BEGIN IMMEDIATE`)
	failed := t.flush()
	list := []*write{first}
	for i := 0; i < len(list); i++ {
		if failed == nil {
			failed = t.attempt(list[i])
		}
		if i+1 == len(list) && len(list) < maxGroup {
			select {
			case w := <-e.queue:
				list = append(list, w)
			default:
			}
		}
	}
	if failed == nil {
		t.do(`COMMIT`)
		failed = t.flush()
	}
	if failed != nil {
		t.err = nil
		t.do(`ROLLBACK`) // it may be undone already: nothing to say about it
	}
	for _, w := range list {
		if failed != nil && w.err == nil {
			w.err = fmt.Errorf("write to the file: %w", failed)
		}
		close(w.done)
	}
}

// attempt runs one write in its savepoint. The error it returns is one that
// spoils the whole group.
func (t *sqliteTx) attempt(w *write) error {
	if w.err = w.ctx.Err(); w.err != nil {
		return nil
	}
	t.err = nil
	t.do(`SAVEPOINT turn`)
	if err := t.flush(); err != nil {
		return err
	}
	w.err = w.fn(t)
	if w.err == nil {
		w.err = t.flush()
	}
	t.err = nil
	if w.err != nil {
		t.do(`ROLLBACK TO turn`)
	}
	t.do(`RELEASE turn`)
	return t.flush()
}
