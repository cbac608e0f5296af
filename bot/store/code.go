package store

import (
	"fmt"
	"slices"
)

// codes is how many codes of four figures there are.
const codes = 10_000

// freeCode draws a code that nobody has at an event, whose row is locked: if the
// one drawn is taken, the next that is not.
func (s *Store) freeCode(t tx, event string) (string, error) {
	var taken []string
	t.get(collectTexts(&taken), `SELECT code FROM registration WHERE event = $1 AND code <> ''`, event)
	if err := t.flush(); err != nil {
		return "", err
	}
	drawn := s.draw(codes)
	for i := range codes {
		if code := fmt.Sprintf("%04d", (drawn+i)%codes); !slices.Contains(taken, code) {
			return code, nil
		}
	}
	return "", fmt.Errorf("event %s has no code left: it has more than %d seats", event, codes)
}
