package store

import (
	"sync"
	"testing"
	"time"
)

func TestSoundSQLite(t *testing.T) {
	for version, want := range map[string]bool{
		"3.51.2": false, "3.51.3": true, "3.53.0": true, "3.9.9": false, "4.0.0": true, "3.51": false, "": false, "x.y.z": false,
	} {
		if sound(version) != want {
			t.Errorf("SQLite %q: sound %v", version, !want)
		}
	}
}

func TestKeysGrow(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	k := newKeys(func() time.Time { return now }, 77)
	last := int64(0)
	for i := range 5000 {
		switch i {
		case 3000:
			now = now.Add(-time.Hour)
		case 4000:
			k.after(last + 1<<40)
			last += 1 << 40
		}
		if next := k.next(); next <= last {
			t.Fatalf("key %d: %d after %d", i, next, last)
		} else {
			last = next
		}
	}
}

// Replicas whose clocks show the same never make the same key.
func TestKeysOfReplicas(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	var mu sync.Mutex
	var all sync.WaitGroup
	seen := map[int64]bool{}
	for node := range int64(4) {
		k := newKeys(func() time.Time { return now }, node)
		all.Go(func() {
			for range 2000 {
				key := k.next()
				mu.Lock()
				if seen[key] {
					t.Errorf("key %d twice", key)
				}
				seen[key] = true
				mu.Unlock()
			}
		})
	}
	all.Wait()
}
