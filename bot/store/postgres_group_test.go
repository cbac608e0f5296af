package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"doudou/bot/bottest"
)

// openGroups opens a database with one table: a number for each name.
func openGroups(t *testing.T) *postgres {
	t.Helper()
	e, err := openPostgres(t.Context(), bottest.Postgres(t), 8)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.close() })
	err = e.write(t.Context(), func(t tx) error {
		t.do(`CREATE TABLE tally (name TEXT PRIMARY KEY, n BIGINT NOT NULL CHECK (n >= 0))`)
		if err := t.flush(); err != nil {
			return err
		}
		t.do(`INSERT INTO tally SELECT 'name ' || i, 0 FROM generate_series(0, 99) AS i`)
		return t.flush()
	})
	if err != nil {
		t.Fatal(err)
	}
	return e.(*postgres)
}

// add reads a number and writes it back with a difference: two at once on the
// same name would lose one, and a number below 0 is refused.
func add(name string, by int64) func(tx) error {
	return func(t tx) error {
		var n int64
		t.lock(`SELECT n FROM tally WHERE name = $1 FOR UPDATE`, name)
		t.get(one(&n), `SELECT n FROM tally WHERE name = $1`, name)
		if err := t.flush(); err != nil {
			return err
		}
		t.do(`UPDATE tally SET n = $1 WHERE name = $2`, n+by, name)
		return nil
	}
}

func (e *postgres) sum(t *testing.T) (n int64) {
	t.Helper()
	if err := e.read(t.Context(), func(t tx) { t.get(one(&n), `SELECT COALESCE(SUM(n), 0)::BIGINT FROM tally`) }); err != nil {
		t.Fatal(err)
	}
	return n
}

// crowd runs many writes at once and returns what became of each.
func crowd(n int, do func(i int) error) []error {
	errs := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { errs[i] = do(i) })
	}
	all.Wait()
	return errs
}

// TestGroupKeepsKeysApart: writes of one key never share a transaction, so none
// is lost, however many come at once.
func TestGroupKeepsKeysApart(t *testing.T) {
	e := openGroups(t)
	for i, err := range crowd(400, func(i int) error {
		name := fmt.Sprintf("name %d", i%7)
		return e.join(context.Background(), name, add(name, 1))
	}) {
		if err != nil {
			t.Errorf("write %d: %v", i, err)
		}
	}
	if got := e.sum(t); got != 400 {
		t.Errorf("%d of 400 writes count", got)
	}
}

// TestGroupUndoesOnlyWhoFails: one that fails half-way, is refused by the
// database or panics is undone, and nobody else.
func TestGroupUndoesOnlyWhoFails(t *testing.T) {
	e := openGroups(t)
	half := errors.New("changed its mind")
	for i, err := range crowd(100, func(i int) (err error) {
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("panic: %v", r)
			}
		}()
		name := fmt.Sprintf("name %d", i)
		return e.join(context.Background(), name, func(t tx) error {
			switch i % 25 {
			case 3:
				return half // before it changed anything
			case 7:
				return add(name, -1)(t)
			case 11:
				t.do(`UPDATE tally SET n = 1000 WHERE name = $1`, name)
				panic(name)
			case 19:
				t.do(`UPDATE tally SET n = 1000 WHERE name = $1`, name)
				return errors.Join(t.flush(), half)
			}
			return add(name, 1)(t)
		})
	}) {
		fails := i%25 == 3 || i%25 == 7 || i%25 == 11 || i%25 == 19
		if (err != nil) != fails {
			t.Errorf("write %d: %v", i, err)
		}
		if i%25 == 11 && err != nil && err.Error() != fmt.Sprintf("panic: name %d", i) {
			t.Errorf("write %d panicked with %v", i, err)
		}
	}
	if got := e.sum(t); got != 84 {
		t.Errorf("%d of 84 writes are kept", got)
	}
}

// TestGroupInTheWay: while somebody else's lock stands in the way of one write,
// the others go round it.
func TestGroupInTheWay(t *testing.T) {
	e := openGroups(t)
	conn, err := e.pool.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	if _, err := conn.Exec(t.Context(), `BEGIN`); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), `SELECT n FROM tally WHERE name = 'name 0' FOR UPDATE`); err != nil {
		t.Fatal(err)
	}
	stuck := make(chan error, 1)
	go func() { stuck <- e.join(context.Background(), "name 0", add("name 0", 1)) }()
	time.Sleep(20 * time.Millisecond) // its group is under way now
	for i, err := range crowd(20, func(i int) error {
		name := fmt.Sprintf("name %d", i+1)
		return e.join(context.Background(), name, add(name, 1))
	}) {
		if err != nil {
			t.Errorf("write %d: %v", i, err)
		}
	}
	select {
	case err := <-stuck:
		t.Fatalf("the lock was passed: %v", err)
	default:
	}
	if _, err := conn.Exec(t.Context(), `ROLLBACK`); err != nil {
		t.Fatal(err)
	}
	if err := <-stuck; err != nil {
		t.Error(err)
	}
	if got := e.sum(t); got != 21 {
		t.Errorf("%d of 21 writes are kept", got)
	}
}

// TestGroupClosed: what comes after the end is told so, and nothing hangs.
func TestGroupClosed(t *testing.T) {
	e := openGroups(t)
	e.close()
	if err := e.join(t.Context(), "name 0", add("name 0", 1)); err == nil {
		t.Error("written to a store that is closed")
	}
	e.writes, e.looks = newGroups(1, e.together, e.write), newGroups(1, e.lookTogether, e.lookAlone) // to be closed again
}
