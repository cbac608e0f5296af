package desk

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"doudou/bot"
)

// A relais is a whole service in memory: it keeps the promises of bot.CaseStore
// and bot.AgentStore on which the desk relies, and remembers what left.
type relais struct {
	mu      sync.Mutex
	cases   map[bot.CaseID]bot.Case
	lines   map[bot.ContactID][]bot.Line
	agents  map[string]bot.Agent
	tokens  map[string]token
	journal []bot.Entry
	done    map[string]bool
	sent    []string
	spent   []bot.Spending
	broken  error // returned by Record
	there   []bot.Presence
	moved   map[bot.CaseID]int64 // mark of each case
	mark    int64
}

type token struct {
	login string
	until time.Time
}

func newRelais() *relais {
	return &relais{cases: map[bot.CaseID]bot.Case{}, lines: map[bot.ContactID][]bot.Line{},
		agents: map[string]bot.Agent{}, tokens: map[string]token{}, done: map[string]bool{}, moved: map[bot.CaseID]int64{}}
}

func (f *relais) counted(c bot.Case) bot.Case {
	c.Lines = len(f.lines[c.Contact])
	return c
}

func (f *relais) Case(_ context.Context, id bot.CaseID) (bot.Case, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	c, ok := f.cases[id]
	if !ok {
		return c, bot.ErrGone
	}
	return f.counted(c), nil
}

func (f *relais) Thread(_ context.Context, contact bot.ContactID, limit int) ([]bot.Line, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := slices.Clone(f.lines[contact])
	return list[max(0, len(list)-limit):], nil
}

func (f *relais) Spendings(context.Context, string) ([]bot.Spending, error) { return f.spent, nil }

func (f *relais) Person(_ context.Context, contact bot.ContactID) (bot.Person, error) {
	p := bot.Person{Contact: bot.Contact{ID: contact, Since: noon.AddDate(0, -2, 0)},
		Addresses: []bot.Standing{{Address: bot.Address{Channel: bot.SMS, ID: "+33612345678"}}}}
	for _, c := range f.cases {
		if c.Contact == contact {
			p.Cases = append(p.Cases, c)
		}
	}
	return p, nil
}

func (f *relais) Partings(context.Context, bot.CaseID) ([]bot.Parting, error) { return nil, nil }

func (f *relais) Act(_ context.Context, a bot.Act) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if a.Tag == 0 || a.At.IsZero() || a.Once == "" {
		return errors.New("an act needs a tag, a time and a key")
	}
	return f.act(a)
}

func (f *relais) act(a bot.Act) error {
	c, ok := f.cases[a.Case]
	switch {
	case !ok:
		return bot.ErrGone
	case f.done[a.Once]:
		return nil
	case c.State == bot.Closed && a.Do != bot.NoteIt:
		return bot.ErrGone
	case a.Do != bot.NoteIt && a.Do != bot.Release && c.Held() && c.Agent != a.Agent && !a.Anyway:
		return bot.ErrTaken
	case a.Do == bot.Reply && a.Seen != 0 && f.heard(c, a.Seen):
		return bot.ErrMoved
	}
	f.done[a.Once] = true
	f.move(c.ID)
	switch a.Do {
	case bot.Take:
		c.State, c.Agent = bot.Taken, a.Agent
	case bot.Snooze:
		c.State, c.Agent, c.Snoozed = bot.Taken, a.Agent, a.Until
	case bot.Release:
		c.State, c.Agent = bot.Open, ""
	case bot.NoteIt:
		f.say(c, bot.Line{Speaker: bot.Aside, Agent: a.Agent, Text: a.Text, At: a.At})
	case bot.Reply:
		if !c.Held() {
			c.Agent = a.Agent
		}
		c.State, c.Asked = bot.Waiting, time.Time{}
		f.say(c, bot.Line{Speaker: bot.Staff, Agent: a.Agent, Text: a.Text, At: a.At})
		f.sent = append(f.sent, a.Text)
	case bot.Transfer:
		c.Team, c.State, c.Agent = a.Referral.Team, bot.Open, ""
	case bot.Close:
		c.State = bot.Closed
		if a.Text != "" {
			f.sent = append(f.sent, a.Text)
		}
	}
	f.cases[c.ID] = c
	return nil
}

// heard tells whether the family wrote after the first lines.
func (f *relais) heard(c bot.Case, seen int) bool {
	return slices.ContainsFunc(f.lines[c.Contact][seen:], func(l bot.Line) bool { return l.Speaker == bot.Family })
}

func (f *relais) say(c bot.Case, l bot.Line) {
	l.Case, l.Seq = c.ID, int64(len(f.lines[c.Contact])+1)
	f.lines[c.Contact] = append(f.lines[c.Contact], l)
	f.move(c.ID)
	if k := f.cases[c.ID]; l.Speaker == bot.Family && k.State != bot.Closed {
		if k.State == bot.Waiting {
			k.State = bot.Taken
		}
		if k.Snoozed = (time.Time{}); k.Asked.IsZero() {
			k.Asked = l.At
		}
		f.cases[c.ID] = k
	}
}

// Answer and CloseCase stand for bot.Service.
func (f *relais) Answer(_ context.Context, a bot.Agent, id bot.CaseID, text, once string, seen int) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.act(bot.Act{Case: id, Agent: a.Login, Do: bot.Reply, Once: once, Seen: max(seen, 0), Anyway: seen == bot.Anyway, Text: text, At: noon})
}

func (f *relais) CloseCase(_ context.Context, a bot.Agent, id bot.CaseID, text, once string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.act(bot.Act{Case: id, Agent: a.Login, Do: bot.Close, Once: once, Text: text, At: noon})
}

func (f *relais) Refer(_ context.Context, a bot.Agent, id bot.CaseID, r bot.Referral, once string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.act(bot.Act{Case: id, Agent: a.Login, Do: bot.Transfer, Once: once, Referral: &r, At: noon})
}

func (f *relais) SaveAgent(_ context.Context, a bot.Agent) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.agents[a.Login] = a
	return nil
}

func (f *relais) Agent(_ context.Context, login string) (bot.Agent, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	a, ok := f.agents[login]
	if !ok {
		return a, bot.ErrGone
	}
	return a, nil
}

func (f *relais) Agents(context.Context) ([]bot.Agent, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []bot.Agent
	for _, a := range f.agents {
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b bot.Agent) int {
		if a.Login < b.Login {
			return -1
		}
		return 1
	})
	return list, nil
}

func (f *relais) Invite(_ context.Context, login, hash string, until time.Time) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tokens[hash] = token{login, until}
	return nil
}

func (f *relais) Redeem(_ context.Context, hash string, now time.Time) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	t, ok := f.tokens[hash]
	delete(f.tokens, hash)
	if !ok || now.After(t.until) {
		return "", bot.ErrGone
	}
	return t.login, nil
}

func (f *relais) Record(_ context.Context, e bot.Entry) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken != nil {
		return f.broken
	}
	f.journal = append(f.journal, e)
	return nil
}

func (f *relais) Journal(_ context.Context, q bot.JournalQuery) ([]bot.Entry, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []bot.Entry
	for _, e := range slices.Backward(f.journal) {
		if len(list) < q.Limit && f.asked(q, e) {
			list = append(list, e)
		}
	}
	return list, nil
}

// asked tells whether a query asks for an entry.
func (f *relais) asked(q bot.JournalQuery, e bot.Entry) bool {
	c, isCase := f.cases[e.Case]
	return (q.Agents == nil || slices.Contains(q.Agents, e.Agent)) && (q.Teams == nil || !isCase || slices.Contains(q.Teams, c.Team)) &&
		(q.Did == "" || q.Did == e.Did) && (q.Case == "" || q.Case == e.Case) &&
		!e.At.Before(q.From) && (q.To.IsZero() || e.At.Before(q.To))
}
