package bot

import (
	"context"
	"time"
)

// A Factor is what an agent proves themselves by beside the password: a secret
// shared with their telephone, and codes for the day when it is lost.
type Factor struct {
	Login  string
	Secret string   // in base32, as the applications take it; sealed at rest
	Step   int64    // the last step of time that was used: no code serves twice
	Codes  []string // hashes of the recovery codes that are left
	Since  time.Time
}

// A FactorStore keeps second factors.
type FactorStore interface {
	// SaveFactor keeps a factor in place of the one before.
	SaveFactor(ctx context.Context, f Factor) error
	// Factor returns the factor of an agent; ErrGone when there is none.
	Factor(ctx context.Context, login string) (Factor, error)
	// DropFactor takes the factor of an agent away.
	DropFactor(ctx context.Context, login string) error
	// UseStep uses a step of time up; ErrGone when it, or a later one, was used.
	// Two who use it at once: one may.
	UseStep(ctx context.Context, login string, step int64) error
	// UseCode uses a recovery code up and tells how many are left; ErrGone when
	// there is no such code.
	UseCode(ctx context.Context, login, hash string) (left int, err error)
}

// An Identity is somebody as a provider of identities knows them: never an
// e-mail address, which may pass to somebody else.
type Identity struct{ Issuer, Subject string }

// An IdentityStore keeps which agent a provider of identities vouches for.
type IdentityStore interface {
	// Link binds an identity to an agent, in place of their identity before;
	// ErrTaken when it is bound to somebody else.
	Link(ctx context.Context, id Identity, login string) error
	// Linked returns who an identity is bound to; ErrGone when it is nobody.
	Linked(ctx context.Context, id Identity) (login string, err error)
	// Unlink ends the bond of an agent.
	Unlink(ctx context.Context, login string) error
}
