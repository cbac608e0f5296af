package desk

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"
)

// Passwords are hashed by argon2id with the parameters that OWASP gives for 19
// MiB. They are pinned: the library's default changes with the machine.
func hashing() *argon2id.Params {
	return &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

// Bounds of a password, in characters; its length is what protects it.
const (
	minPassword = 12
	maxPassword = 128
)

// InviteFor is how long a one-time sign-in link holds.
const InviteFor = 72 * time.Hour

// keys hashes and checks passwords, two at a time: each takes 19 MiB.
type keys struct {
	slots  chan struct{}
	nobody string // hash of a password that nobody has
}

func newKeys() *keys {
	k := &keys{slots: make(chan struct{}, 2)}
	// The library fails only when the machine has no randomness: nothing works then.
	k.nobody, _ = argon2id.CreateHash(rand.Text(), hashing())
	return k
}

// slot waits for a turn to hash, for a few seconds.
func (k *keys) slot(ctx context.Context) (release func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	select {
	case k.slots <- struct{}{}:
		return func() { <-k.slots }, nil
	case <-ctx.Done():
		return nil, errBusy
	}
}

// hash makes the hash to keep.
func (k *keys) hash(ctx context.Context, password string) (string, error) {
	release, err := k.slot(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	return argon2id.CreateHash(password, hashing())
}

// fits tells whether a password has this hash. For no hash it works as long, so
// that the time does not tell who has an account.
func (k *keys) fits(ctx context.Context, password, hash string) (bool, error) {
	release, err := k.slot(ctx)
	if err != nil {
		return false, err
	}
	defer release()
	if hash == "" {
		_, err := argon2id.ComparePasswordAndHash(password, k.nobody)
		return false, err
	}
	return argon2id.ComparePasswordAndHash(password, hash)
}

// NewInvitation draws a one-time sign-in token; hash is what Staff.Invite keeps.
func NewInvitation() (token, hash string) {
	token = rand.Text()
	return token, HashToken(token)
}

// HashToken is the form in which a one-time sign-in token is kept.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// SignInLink is the address to hand to an agent with their token.
func SignInLink(publicURL, token string) string {
	return strings.TrimRight(publicURL, "/") + "/desk/sign-in?token=" + url.QueryEscape(token)
}
