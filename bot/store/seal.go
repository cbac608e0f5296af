package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
)

// The kinds of what is sealed. They are the only texts that tell who somebody is
// by themselves; the words of conversations stay as they are: staff search them,
// and who is forgotten is looked for in them.
const (
	sealedAddress = "address" // where somebody is written to
	sealedProfile = "profile" // name and number of a profile
	sealedGiven   = "given"   // name and number that another was told
	sealedPrompt  = "prompt"  // what the relais will say
	sealedLetter  = "letter"  // an update that could not be read, as it came
	sealedChat    = "chat"    // the Telegram of an agent
	sealedFactor  = "factor"  // the secret of an agent's second factor
	sealedCheck   = "check"   // a word that is known, to tell a key by
)

// seals are the sealer of the key in use and, while a store moves from one key to
// another, that of the key before.
type seals struct{ now, old *Sealer }

func newSeals(now, old *Key) (seals, error) {
	var s seals
	var err error
	if s.now, err = NewSealer(*now); err != nil || old == nil {
		return s, err
	}
	s.old, err = NewSealer(*old)
	return s, err
}

// seal is what is kept of a text.
func (s *Store) seal(kind, text string) string { return s.seals.now.Seal(kind, text) }

// unseal is the reverse of seal.
func (s *Store) unseal(kind, sealed string) (string, error) { return s.seals.open(kind, sealed) }

// lookup is what an address is found by: the only way from an address to a
// contact.
func (s *Store) lookup(id string) string { return s.seals.now.Lookup(id) }

func (s seals) open(kind, sealed string) (string, error) {
	if s.old != nil && strings.HasPrefix(sealed, s.old.start) {
		return s.old.Open(kind, sealed)
	}
	return s.now.Open(kind, sealed)
}

// checkWord is sealed into the store to tell the key by.
const checkWord = "doudou"

// Why a key is refused.
var (
	errWrongKey = errors.New("the store is sealed with another key: set DOUDOU_KEY to it, or put its key file back; to change keys set the new one as DOUDOU_KEY and that one as DOUDOU_KEY_OLD")
	errOtherKey = errors.New("the store is on its way to another key: set DOUDOU_KEY to that one and DOUDOU_KEY_OLD to the one before, until a start has ended well")
	errFaster   = errors.New("another replica seals the store with a key of its own: give all of them the same DOUDOU_KEY, and start again")
	errLostKey  = errors.New("the store is sealed and its key file is not there: put it back, or set DOUDOU_KEY")
)

// unlock proves the key and, unless a service may have the store open already,
// seals what is not sealed with it yet. What was begun and interrupted goes on.
func (s *Store) unlock(ctx context.Context, o Options) error {
	have, begun, err := s.sealedWith(ctx)
	if err != nil {
		return err
	}
	key, err := s.keyOf(o, have != "" || begun != "")
	if err != nil {
		return err
	}
	if s.seals, err = newSeals(key, o.OldKey); err != nil {
		return err
	}
	switch {
	case s.seals.now.opens(have):
		return nil
	case have != "" && (s.seals.old == nil || !s.seals.old.opens(have)):
		return errWrongKey
	case begun != "" && !s.seals.now.opens(begun):
		return errOtherKey
	case o.Beside:
		return besideSealing(have)
	}
	if err := s.claimSealing(ctx, have); err != nil {
		return err
	}
	return s.sealAll(ctx)
}

// claimSealing notes that sealing begins with the key in use, unless another
// replica that started at the same time was faster with a key of its own.
func (s *Store) claimSealing(ctx context.Context, have string) error {
	return s.db.write(ctx, func(t tx) error {
		t.do(`INSERT INTO house (name, value) VALUES ('sealing', $1) ON CONFLICT (name) DO NOTHING`, s.seal(sealedCheck, checkWord))
		var sealed, sealing string
		t.get(one(&sealed), `SELECT value FROM house WHERE name = 'sealed'`)
		t.get(one(&sealing), `SELECT value FROM house WHERE name = 'sealing'`)
		if err := t.flush(); err != nil {
			return err
		}
		if sealed != have && !s.seals.now.opens(sealed) || !s.seals.now.opens(sealing) {
			return errFaster
		}
		return nil
	})
}

// besideSealing refuses to work beside a store that must be sealed anew first. One
// that nothing was sealed in yet is new.
func besideSealing(have string) error {
	if have == "" {
		return nil
	}
	return errors.New("the store is not sealed with this key yet: start the service with it first")
}

// opens tells whether a check was sealed with the key.
func (s *Sealer) opens(check string) bool {
	word, err := s.Open(sealedCheck, check)
	return err == nil && word == checkWord
}

// sealedWith reads the check of the key that all is sealed with, and of the one
// that sealing was begun with.
func (s *Store) sealedWith(ctx context.Context) (have, begun string, err error) {
	err = s.db.read(ctx, func(t tx) {
		t.get(one(&have), `SELECT value FROM house WHERE name = 'sealed'`)
		t.get(one(&begun), `SELECT value FROM house WHERE name = 'sealing'`)
	})
	if err != nil {
		return "", "", fmt.Errorf("read what the store is sealed with: %w", err)
	}
	return have, begun, nil
}

// keyOf returns the key of the options, or that of the key file. Where there is no
// key at all it makes one, unless something is sealed already.
func (s *Store) keyOf(o Options, sealed bool) (*Key, error) {
	file := cmp.Or(o.KeyFile, KeyFile(o.Path))
	switch {
	case o.Key != nil:
		return o.Key, nil
	case o.KeyFile == "" && o.Path == "":
		return nil, errors.New("PostgreSQL needs a key that all replicas share: set DOUDOU_KEY to what openssl rand -hex 32 prints, and keep a copy apart from the backups")
	}
	key, found, err := readKeyFile(file)
	if err != nil || found {
		return key, err
	}
	if sealed {
		return nil, fmt.Errorf("%s: %w", file, errLostKey)
	}
	s.madeKey = file
	return makeKeyFile(file)
}

// MadeKey names the key file that opening the store made; "" when it made none.
func (s *Store) MadeKey() string { return s.madeKey }

// sealAll seals what is not sealed with the key in use, and notes it once all is.
func (s *Store) sealAll(ctx context.Context) error {
	var err error
	for _, c := range sealedColumns() {
		if err == nil {
			err = s.sealColumn(ctx, c)
		}
	}
	if err == nil {
		err = s.noteSealed(ctx)
	}
	if err != nil {
		return fmt.Errorf("seal what was kept before: %w", err)
	}
	return nil
}

// noteSealed keeps a check of the key that all is sealed with now.
func (s *Store) noteSealed(ctx context.Context) error {
	return s.db.write(ctx, func(t tx) error {
		t.do(`DELETE FROM house WHERE name = 'sealing'`)
		t.do(`INSERT INTO house (name, value) VALUES ('sealed', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
			s.seal(sealedCheck, checkWord))
		return t.flush()
	})
}

// A sealedColumn is where sealed texts of a kind are kept; rows with the same key
// and text are sealed at once.
type sealedColumn struct{ table, key, column, kind string }

func sealedColumns() []sealedColumn {
	return []sealedColumn{
		{"address", "contact", "sealed", sealedAddress},
		{"outbox", "contact", "sealed", sealedAddress},
		{"profile", "contact", "name", sealedProfile},
		{"profile", "contact", "phone", sealedProfile},
		{"introduction", "id", "parent_given", sealedGiven},
		{"introduction", "id", "childminder_given", sealedGiven},
		{"prompt", "id", "slots", sealedPrompt},
		{"dead_letter", "provider", "raw", sealedLetter},
		{"wish", "agent", "chat", sealedChat},
		{"factor", "agent", "secret", sealedFactor},
	}
}

// sealBatch is how many rows are sealed in one transaction.
const sealBatch = 500

// sealColumn seals a column, a batch after the other.
func (s *Store) sealColumn(ctx context.Context, c sealedColumn) error {
	var last [2]string
	for {
		list, err := s.unsealedRows(ctx, c, last)
		if err != nil || len(list) == 0 {
			return err
		}
		if err := s.db.write(ctx, func(t tx) error { return s.sealRows(t, c, list) }); err != nil {
			return err
		}
		last = list[len(list)-1]
	}
}

// unsealedRows are key and text of rows after the last one that are not sealed
// with the key in use.
func (s *Store) unsealedRows(ctx context.Context, c sealedColumn, last [2]string) ([][2]string, error) {
	var list [][2]string
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(func(from row) error {
			var r [2]string
			err := from.Scan(&r[0], &r[1])
			list = append(list, r)
			return err
		}, `SELECT DISTINCT `+c.key+`, `+c.column+` FROM `+c.table+` WHERE (`+c.key+`, `+c.column+`) > ($1, $2) AND `+c.column+` <> ''
			AND `+c.column+` NOT LIKE $3 ORDER BY `+c.key+`, `+c.column+` LIMIT $4`, last[0], last[1], s.seals.now.start+"%", int64(sealBatch))
	})
	return list, err
}

func (s *Store) sealRows(t tx, c sealedColumn, list [][2]string) error {
	for _, r := range list {
		text, err := s.clear(c.kind, r[1])
		if err != nil {
			return fmt.Errorf("%s.%s: %w", c.table, c.column, err)
		}
		set, args := c.column+` = $1`, []any{s.seal(c.kind, text), r[0], r[1]}
		if c.table == "address" {
			set, args = set+`, lookup = $4`, append(args, s.lookup(text))
		}
		t.do(`UPDATE `+c.table+` SET `+set+` WHERE `+c.key+` = $2 AND `+c.column+` = $3`, args...)
	}
	return t.flush()
}

// clear is the text of a column that may not be sealed at all, or with the key
// before.
func (s *Store) clear(kind, text string) (string, error) {
	sealed := cmp.Or(s.seals.old, s.seals.now)
	if strings.HasPrefix(text, sealed.start) {
		return sealed.Open(kind, text)
	}
	if strings.HasPrefix(text, sealedMark) {
		return "", errSealed
	}
	return text, nil
}
