package store

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// A member is a write of a group that is under way. The statements of each flush
// wait until all members have come to a flush, or to their end.
type member struct {
	postgresTx
	*joined
	steps chan<- step
	round chan error // what became of the statements that waited
	wrote bool       // a statement other than a query has left
}

// A step is what a member has come to: a flush, or its end.
type step struct {
	*member
	ended bool
}

var (
	errSpoilt   = errors.New("the group is undone")
	errPanicked = errors.New("the write panicked")
)

func (m *member) flush() error {
	if m.postgresTx.err != nil || m.batch.Len() == 0 {
		return m.postgresTx.err
	}
	m.steps <- step{m, false}
	m.postgresTx.err = <-m.round
	return m.postgresTx.err
}

func (m *member) run() {
	defer func() {
		if m.panic = recover(); m.panic != nil {
			m.joined.err = errPanicked
		}
		m.steps <- step{m, true}
	}()
	if m.joined.err = m.fn(m); m.joined.err == nil {
		m.joined.err = m.flush()
	}
}

// together runs writes in one transaction, in step. spoilt tells that one of them
// failed after it had changed something, or that PostgreSQL refused: nothing of
// the group is kept.
func (e *postgres) together(ctx context.Context, list []*joined) (spoilt bool) {
	conn, err := e.pool.Acquire(ctx)
	if err != nil {
		fail(list, err)
		return false
	}
	defer conn.Release()
	begun, spoilt := march(ctx, conn, list)
	switch {
	case !begun:
		return false
	case spoilt:
		undo(ctx, conn)
		return true
	}
	if _, err := conn.Exec(ctx, `COMMIT`); err != nil {
		undo(ctx, conn)
		if restart(err) {
			return true
		}
		fail(list, err)
	}
	return false
}

// fail gives an error to those who have none.
func fail(list []*joined, err error) {
	for _, w := range list {
		if w.err == nil {
			w.err = err
		}
	}
}

// march runs the members until all have ended; a round leaves whenever all that
// go on wait for one.
func march(ctx context.Context, conn *pgxpool.Conn, list []*joined) (begun, spoilt bool) {
	steps := make(chan step)
	for _, w := range list {
		m := &member{joined: w, steps: steps, round: make(chan error)}
		go m.run()
	}
	var waiting []*member
	for going := len(list); going > 0; {
		if s := <-steps; !s.ended {
			waiting = append(waiting, s.member)
		} else {
			going--
			spoilt = spoilt || s.wrote && s.joined.err != nil
		}
		if len(waiting) < going || going == 0 {
			continue
		}
		err := errSpoilt
		if !spoilt {
			err = leave(ctx, conn, waiting, !begun)
			begun, spoilt = true, err != nil
		}
		for _, m := range waiting {
			m.round <- err
		}
		waiting = nil
	}
	return begun, spoilt
}

// leave sends the statements of all that wait, in one go.
func leave(ctx context.Context, conn *pgxpool.Conn, waiting []*member, first bool) error {
	var all pgx.Batch
	if first {
		all.Queue(`BEGIN`)
	}
	for _, m := range waiting {
		for _, q := range m.batch.QueuedQueries {
			m.wrote = m.wrote || !strings.HasPrefix(q.SQL, "SELECT")
		}
		all.QueuedQueries = append(all.QueuedQueries, m.batch.QueuedQueries...)
		m.batch = pgx.Batch{}
	}
	return conn.SendBatch(ctx, &all).Close()
}
