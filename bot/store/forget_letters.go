package store

import (
	"fmt"
	"strings"
)

// shortestTrace is the length from which an address found inside an unreadable
// update is taken for the contact's own.
const shortestTrace = 6

// A letterRow is an update that could not be read.
type letterRow struct{ channel, provider, raw string }

// forgetLetters erases the unreadable updates that came from addresses. They are
// sealed, so each is opened; there are few, and they are not kept for long.
func (s *Store) forgetLetters(t tx, from []addressRow) error {
	var list []letterRow
	t.get(collectLetters(&list), `SELECT channel, provider, raw FROM dead_letter`)
	if err := t.flush(); err != nil || len(list) == 0 {
		return err
	}
	for _, a := range from {
		id, err := s.unseal(sealedAddress, a.sealed)
		if err != nil {
			return fmt.Errorf("an address of a contact: %w", err)
		}
		if err := s.forgetLettersOf(t, a.channel, id, list); err != nil {
			return err
		}
	}
	return t.flush()
}

func (s *Store) forgetLettersOf(t tx, channel, id string, list []letterRow) error {
	if len(id) < shortestTrace {
		return nil
	}
	for _, l := range list {
		raw, err := s.unseal(sealedLetter, l.raw)
		if err != nil {
			return fmt.Errorf("an unreadable update: %w", err)
		}
		if l.channel == channel && strings.Contains(raw, id) {
			t.do(`DELETE FROM dead_letter WHERE channel = $1 AND provider = $2`, l.channel, l.provider)
		}
	}
	return nil
}

func collectLetters(list *[]letterRow) func(row) error {
	return func(from row) error {
		var l letterRow
		err := from.Scan(&l.channel, &l.provider, &l.raw)
		*list = append(*list, l)
		return err
	}
}
