package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// A Key is the secret that a store seals with.
type Key [32]byte

// ParseKey reads a key: 32 bytes in hexadecimal (64 signs) or base64 (44).
func ParseKey(text string) (Key, error) {
	b, err := hex.DecodeString(text)
	if err != nil {
		b, err = base64.StdEncoding.DecodeString(text)
	}
	if err != nil || len(b) != len(Key{}) {
		return Key{}, errors.New("it is no key of 32 bytes in hexadecimal or base64: openssl rand -hex 32 makes one")
	}
	return Key(b), nil
}

// A Sealer seals short texts for the tables with AES-256-GCM, each under a kind
// that must be named again to open it: what was sealed as a name does not pass
// for a number. It is safe for concurrent use.
type Sealer struct {
	aead  cipher.AEAD
	find  []byte // key of Lookup
	start string // of all that it seals: names the key
}

// sealedMark begins all that is sealed.
const sealedMark = "sealed:"

// NewSealer returns the sealer of a key. What it seals with, what it looks up
// by, and the name of the key are derived from the key, each by itself.
func NewSealer(k Key) (*Sealer, error) {
	seal, err := derive(k, "seal", 32)
	if err != nil {
		return nil, err
	}
	find, err := derive(k, "lookup", 32)
	if err != nil {
		return nil, err
	}
	name, err := derive(k, "name", 6)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(seal)
	if err != nil {
		return nil, fmt.Errorf("make a sealer: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("make a sealer: %w", err)
	}
	return &Sealer{aead: aead, find: find, start: sealedMark + hex.EncodeToString(name) + ":"}, nil
}

func derive(k Key, use string, length int) ([]byte, error) {
	b, err := hkdf.Key(sha256.New, k[:], nil, "doudou/"+use, length)
	if err != nil {
		return nil, fmt.Errorf("derive a key: %w", err)
	}
	return b, nil
}

// Seal seals a text; "" stays "": queries rely on it.
func (s *Sealer) Seal(kind, text string) string {
	if text == "" {
		return ""
	}
	return s.start + base64.RawURLEncoding.EncodeToString(s.aead.Seal(nil, nil, []byte(clean(text)), []byte(kind)))
}

// errSealed says what may be wrong, and quotes nothing.
var errSealed = errors.New("a sealed value does not open: it was changed, or sealed with another key or as another kind")

// Open opens what Seal sealed as this kind.
func (s *Sealer) Open(kind, sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	body, ours := strings.CutPrefix(sealed, s.start)
	if !ours {
		return "", errSealed
	}
	b, err := base64.RawURLEncoding.DecodeString(body)
	if err != nil {
		return "", errSealed
	}
	text, err := s.aead.Open(nil, nil, b, []byte(kind))
	if err != nil {
		return "", errSealed
	}
	return string(text), nil
}

// Lookup is what a text is found by, without anybody being able to read it or to
// try numbers out who has not the key.
func (s *Sealer) Lookup(text string) string {
	mac := hmac.New(sha256.New, s.find)
	mac.Write([]byte(clean(text)))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
