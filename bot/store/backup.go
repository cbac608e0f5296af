package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Backup writes a copy of a store to a file, while a service may be running. The
// copy is whole, as of one instant. A SQLite store is copied by SQLite itself; a
// PostgreSQL one by pg_dump, which must be installed. It refuses to write over a
// file, and holds what families wrote: keep it as safe as the store.
func Backup(ctx context.Context, o Options, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return fmt.Errorf("%s is there already: name a new file", to)
	}
	part := to + ".part"
	defer os.Remove(part)
	dump := dumpSQLite
	if o.URL != "" {
		dump = dumpPostgres
	}
	if err := dump(ctx, o, part); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	if err := settle(part, to); err != nil {
		return fmt.Errorf("keep the backup: %w", err)
	}
	return nil
}

// Restored says what a restored store is.
type Restored struct {
	Held  int64  // messages that waited to leave when the backup was made: held back
	Aside string // where the files that were there before are now; "" for none
}

// Restore puts a backup in the place of a store that no service has open, and
// brings its tables up to date. Of SQLite, the files that were there are moved
// aside; of PostgreSQL, the tables are replaced in one transaction. What waited to leave
// when the backup was made has most likely left since: it is held back, so that
// no family gets it twice.
func Restore(ctx context.Context, o Options, from string) (Restored, error) {
	if _, err := os.Stat(from); err != nil {
		return Restored{}, fmt.Errorf("read the backup: %w", err)
	}
	load := loadSQLite
	if o.URL != "" {
		load = loadPostgres
	}
	aside, err := load(ctx, o, from)
	if err != nil {
		return Restored{}, fmt.Errorf("restore: %w", err)
	}
	s, err := Open(ctx, o)
	if err != nil {
		return Restored{}, fmt.Errorf("open what was restored: %w", err)
	}
	held, err := s.holdAll(ctx)
	return Restored{Held: held, Aside: aside}, errors.Join(err, s.Close())
}

// holdAll holds back all that waits to leave.
func (s *Store) holdAll(ctx context.Context) (held int64, err error) {
	var parting int64
	err = s.db.write(ctx, func(t tx) error {
		t.count(&held, `UPDATE outbox SET state = 'held', why = 'restored' WHERE state = 'queued'`)
		t.do(`DELETE FROM lane`)
		t.count(&parting, `DELETE FROM parting`)
		return t.flush()
	})
	held += parting
	if err != nil {
		return 0, fmt.Errorf("hold back what waited: %w", err)
	}
	return held, nil
}

// dumpSQLite copies a file that may be in use.
func dumpSQLite(ctx context.Context, o Options, to string) error {
	if _, err := os.Stat(o.Path); err != nil {
		return fmt.Errorf("there is no store: %w", err)
	}
	db, err := sql.Open("sqlite", source(o.Path, ""))
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, to); err != nil {
		return fmt.Errorf("copy %s: %w", filepath.Base(o.Path), err)
	}
	return checkFile(ctx, to)
}

// checkFile refuses a file that is no store of ours, is damaged, or was made by
// a later program.
func checkFile(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		return err
	}
	defer db.Close()
	var verdict string
	if err := db.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&verdict); err != nil {
		return fmt.Errorf("%s is no SQLite file: %w", filepath.Base(path), err)
	}
	if verdict != "ok" {
		return fmt.Errorf("%s is damaged: %s", filepath.Base(path), verdict)
	}
	var version int64
	if err := db.QueryRowContext(ctx, `SELECT MAX(version_id) FROM goose_db_version`).Scan(&version); err != nil {
		return fmt.Errorf("%s is no store of Doudou: %w", filepath.Base(path), err)
	}
	newest, err := newestMigration()
	if err == nil && version > newest {
		err = fmt.Errorf("%s was made by a later Doudou (tables %d, this one knows %d): use that program", filepath.Base(path), version, newest)
	}
	return err
}

// loadSQLite puts a backup where the file of the store is.
func loadSQLite(ctx context.Context, o Options, from string) (aside string, err error) {
	if err := checkFile(ctx, from); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(o.Path), 0o700); err != nil {
		return "", err
	}
	lock, err := lockFile(o.Path + ".lock")
	if err != nil {
		return "", err
	}
	defer lock.Close()
	part := o.Path + ".part"
	defer os.Remove(part)
	if err := copyFile(from, part); err != nil {
		return "", err
	}
	if aside, err = moveAside(o); err != nil {
		return aside, err
	}
	return aside, settle(part, o.Path)
}

// moveAside renames the files of a store; what was the store a moment ago is
// worth more than a backup of last night.
func moveAside(o Options) (aside string, err error) {
	now := time.Now
	if o.Now != nil {
		now = o.Now
	}
	to := o.Path + now().Format(".before-20060102-150405")
	for _, end := range []string{"-wal", "-shm", ""} {
		err := os.Rename(o.Path+end, to+end)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return aside, err
		}
		aside = to
	}
	return aside, nil
}

// copyFile copies a file for its owner alone.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// settle makes a file that is written whole appear under its name, for its owner
// alone, in a way that a power cut does not undo.
func settle(part, to string) error {
	if err := os.Chmod(part, 0o600); err != nil {
		return err
	}
	if err := toDisk(part); err != nil {
		return err
	}
	if err := os.Rename(part, to); err != nil {
		return err
	}
	return toDisk(filepath.Dir(to))
}

// toDisk waits until a file or a folder is on the disk.
func toDisk(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
