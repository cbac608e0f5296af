//go:build !unix || solaris || illumos || aix

package store

import (
	"fmt"
	"os"
)

// lockFile only opens the file: this system has no flock, SQLite's own locks
// must do.
func lockFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the lock file: %w", err)
	}
	return f, nil
}
