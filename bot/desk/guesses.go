package desk

import (
	"sync"
	"time"
)

// How many sign-ins may be tried, for one account and from one address. A town
// hall comes from one address.
const (
	guessesAccount = 8
	guessesAddress = 40
	guessesWindow  = 15 * time.Minute
	guessesKept    = 20000 // accounts and addresses remembered at most
)

// guesses slows down whoever tries passwords.
type guesses struct {
	mu    *sync.Mutex
	now   func() time.Time
	tries map[string]tries
}

type tries struct {
	count int
	since time.Time
}

func newGuesses(now func() time.Time) guesses {
	return guesses{mu: &sync.Mutex{}, now: now, tries: map[string]tries{}}
}

// may counts one try and tells whether it may be made.
func (g guesses) may(account, address string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.clean()
	a, b := g.count("account "+account), g.count("address "+address)
	return a <= guessesAccount && b <= guessesAddress
}

func (g guesses) count(key string) int {
	t := g.tries[key]
	if t.count == 0 || g.now().Sub(t.since) > guessesWindow {
		t = tries{since: g.now()}
	}
	t.count++
	g.tries[key] = t
	return t.count
}

// right forgets the tries of an account that was entered.
func (g guesses) right(account string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.tries, "account "+account)
}

// clean keeps the memory bounded: what is old goes, then anything.
func (g guesses) clean() {
	if len(g.tries) < guessesKept {
		return
	}
	for key, t := range g.tries {
		if g.now().Sub(t.since) > guessesWindow {
			delete(g.tries, key)
		}
	}
	for key := range g.tries {
		if len(g.tries) < guessesKept {
			return
		}
		delete(g.tries, key)
	}
}
