package store

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// KeyFile is where the key of a SQLite file is kept when no other is given.
func KeyFile(path string) string { return path + ".key" }

// readKeyFile reads a key file; found is false when there is none.
func readKeyFile(path string) (key *Key, found bool, err error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read the key: %w", err)
	}
	k, err := ParseKey(strings.TrimSpace(string(b)))
	if err != nil {
		return nil, false, fmt.Errorf("%s: %w", path, err)
	}
	return &k, true, nil
}

// makeKeyFile draws a key and keeps it in a file for its owner alone, whole or not
// at all. If another process was faster, its key counts.
func makeKeyFile(path string) (*Key, error) {
	var k Key
	rand.Read(k[:])
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	part := fmt.Sprintf("%s.%d.part", path, os.Getpid())
	defer os.Remove(part)
	err := os.WriteFile(part, []byte(hex.EncodeToString(k[:])+"\n"), 0o600)
	if err == nil {
		err = toDisk(part)
	}
	if err == nil {
		err = os.Link(part, path)
	}
	if err != nil && !errors.Is(err, os.ErrExist) {
		return nil, fmt.Errorf("make a key file: %w", err)
	}
	key, _, err := readKeyFile(path)
	return key, err
}
