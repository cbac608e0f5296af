package store

import (
	"sync"
	"time"
)

// A keys makes keys that grow: the millisecond, a counter, and ten bits that
// tell replicas apart. Where order counts the caller first names the last key
// of the contact, so that a replica whose clock is behind still goes on upwards.
type keys struct {
	now  func() time.Time
	node int64

	mu   sync.Mutex
	last int64 // millisecond << 10 | counter
}

const (
	nodeBits    = 10
	counterBits = 10
)

func newKeys(now func() time.Time, node int64) *keys {
	return &keys{now: now, node: node & (1<<nodeBits - 1)}
}

// next returns a new key.
func (k *keys) next() int64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.last = max(k.last+1, k.now().UnixMilli()<<counterBits)
	return k.last<<nodeBits | k.node
}

// after makes all further keys greater than the given one.
func (k *keys) after(key int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.last = max(k.last, key>>nodeBits)
}
