package bot

import (
	"context"
	"time"
)

// An Agent is a member of staff (never an AI) who answers cases at the desk.
type Agent struct {
	Login    string // short name, lower case
	Name     string // as families read it: "Awa"
	Teams    []string
	Role     Role
	Password string // argon2id hash; "" until chosen
	Active   bool
	Since    time.Time

	Email string // where word of what waits is sent; "" for none
	// Approved agents answer with texts of the catalogs only, never with words
	// of their own.
	Approved bool
	// Epoch grows when they are signed out everywhere.
	Epoch int64
	// Second tells that they have a second factor, Linked that a provider of
	// identities vouches for them. The store says so; SaveAgent changes neither.
	Second, Linked bool
}

// A Role says what an agent may do.
type Role string

// The roles.
const (
	RoleAgent    Role = "agent"    // answers the cases of their teams
	RoleManager  Role = "manager"  // also invites agents
	RoleObserver Role = "observer" // reads only
)

// An AgentStore keeps who may sign in at the desk, and the journal of what they did.
type AgentStore interface {
	// SaveAgent adds or changes an agent, by login. It returns ErrLast for a
	// change that leaves a team without a manager which has one.
	SaveAgent(ctx context.Context, a Agent) error
	// Agent returns one agent; ErrGone when there is none.
	Agent(ctx context.Context, login string) (Agent, error)
	// Agents returns all agents, by login.
	Agents(ctx context.Context) ([]Agent, error)
	// Invite keeps the hash of a one-time sign-in token; a new one for the same
	// login replaces the old.
	Invite(ctx context.Context, login, tokenHash string, until time.Time) error
	// Redeem uses a sign-in token up and returns its login; ErrGone when it is
	// unknown, used or too old. Two who redeem at once: one gets it.
	Redeem(ctx context.Context, tokenHash string, now time.Time) (login string, err error)
	// Record adds to the journal of reads, replies and transfers.
	Record(ctx context.Context, e Entry) error
	// Journal returns the last entries that are asked for, newest first.
	Journal(ctx context.Context, q JournalQuery) ([]Entry, error)
}

// An Entry of the journal says who did what to which case. It holds no words of
// a family.
type Entry struct {
	At    time.Time
	Agent string
	Did   string // sign-in, read, take, reply, event-change, cry...: the desk names each
	Case  CaseID // or the id of the date or broadcast, or the login, that it was done to
}

// A JournalQuery says which entries are wanted; what is zero narrows nothing.
type JournalQuery struct {
	Agents   []string // who did it
	Teams    []string // leaves out what was done to cases of other teams
	Did      string
	Case     CaseID
	From, To time.Time // from included, to not
	Limit    int
}
