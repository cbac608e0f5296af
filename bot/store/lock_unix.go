//go:build unix && !solaris && !illumos && !aix

package store

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// lockFile takes the file for this process alone; the system gives it back when
// the process ends, however it ends.
func lockFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the lock file: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("%s is in use by another doudou: stop it, or give this one a data folder of its own", path)
		}
		return nil, fmt.Errorf("lock %s (a network disk will not do): %w", path, err)
	}
	return f, nil
}
