// Package desk is the staff's desk: the pages where the people of the relais,
// the PMI and the Caf read the questions that Doudou handed to them, answer the
// families, leave a word for colleagues and close. It also serves the try-it
// phone, where a newcomer talks to Doudou as a family would.
//
// The team that runs the dates of the relais (the one to which routing.yaml sends
// the dialog ram) also keeps the calendar here, sees who comes, writes to those
// who agreed to it and counts free places. The other institutions read the dates,
// and counts of five people at least. Before anything reaches people, a page says
// how many, what each reads, when it leaves and what it costs; what is sent is
// what was shown. /calendar.ics is the one page for everybody.
//
// Pages are rendered here and work without JavaScript: every act is a form,
// sent once, answered by a redirect. An agent sees the cases of their teams;
// for all others there is no such page.
package desk

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/shopspring/decimal"

	"doudou/bot"
	"doudou/knowledge"
	"doudou/locales"
)

// Cases is what the desk reads of the questions in staff hands, and how an agent
// takes, releases and annotates one; bot.Store satisfies it.
type Cases interface {
	bot.ListStore
	Case(ctx context.Context, id bot.CaseID) (bot.Case, error)
	Thread(ctx context.Context, contact bot.ContactID, limit int) ([]bot.Line, error)
	Act(ctx context.Context, a bot.Act) error
	Partings(ctx context.Context, id bot.CaseID) ([]bot.Parting, error)
	Spendings(ctx context.Context, from string) ([]bot.Spending, error)
}

// Families tells what is kept of one family; bot.PersonStore satisfies it.
type Families interface {
	Person(ctx context.Context, contact bot.ContactID) (bot.Person, error)
}

// Staff is who may sign in, and the journal of what they did; bot.AgentStore
// satisfies it.
type Staff interface {
	SaveAgent(ctx context.Context, a bot.Agent) error
	Agent(ctx context.Context, login string) (bot.Agent, error)
	Agents(ctx context.Context) ([]bot.Agent, error)
	Invite(ctx context.Context, login, tokenHash string, until time.Time) error
	Redeem(ctx context.Context, tokenHash string, now time.Time) (login string, err error)
	Record(ctx context.Context, e bot.Entry) error
	Journal(ctx context.Context, q bot.JournalQuery) ([]bot.Entry, error)
}

// Service is what sends the words of staff; bot.Service satisfies it.
type Service interface {
	Answer(ctx context.Context, agent bot.Agent, id bot.CaseID, text, once string, seen int) error
	CloseCase(ctx context.Context, agent bot.Agent, id bot.CaseID, text, once string) error
	Refer(ctx context.Context, agent bot.Agent, id bot.CaseID, r bot.Referral, once string) error
	// Preview is what a family reads of an answer by key, AnswerByKey sends it.
	Preview(agent bot.Agent, c bot.Case, lang string, said bot.Said) (bot.Written, error)
	AnswerByKey(ctx context.Context, agent bot.Agent, id bot.CaseID, said bot.Said, once string, seen int) error
}

// A Rehearsal is one conversation of the try-it phone; *bot.Rehearsal satisfies it.
type Rehearsal interface {
	Say(ctx context.Context, m bot.Message) (bot.Played, error)
}

// People is all that is kept of one person, and its erasure; bot.PersonStore
// satisfies it.
type People interface {
	Who(ctx context.Context, a bot.Address) (bot.ContactID, error)
	Person(ctx context.Context, contact bot.ContactID) (bot.Person, error)
	Erase(ctx context.Context, e bot.Erasure) error
}

// Options are what a desk is made of. Those marked so may be left out.
type Options struct {
	Cases     Cases
	Staff     Staff
	Service   Service
	Words     *locales.Catalog // what Doudou says, to read a thread again in the agent's language
	Knowledge *knowledge.Knowledge
	PublicURL string // where browsers find the desk; with https, cookies are Secure

	// Alerts is how agents are told of what waits, by the ways of Reach, and what
	// has climbed; nil: nobody is told and nothing climbs.
	Alerts Alerts
	Reach  Reach
	// Families is who writes; nil: cases have no contact card and no call card.
	Families Families
	// Calendar is the dates of the relais; nil: there are no pages about them.
	Calendar Calendar
	// Broadcasts is what the relais says to many, Compose what each reads of it;
	// nil: nothing is said to many.
	Broadcasts Broadcasts
	Compose    Composer
	// Meetings is what families need and childminders offer; nil: it is not counted.
	Meetings Meetings
	// People answers for one person: what is kept, and that nothing is any more;
	// nil: there are no pages about that.
	People People
	// Rates are the messages a second that channels send, SegmentPrice the euros
	// that one SMS segment costs; zero: not known.
	Rates        map[bot.Channel]float64
	SegmentPrice decimal.Decimal
	// Days is the plans of speed-dating days; nil: there is no page of them.
	Days Days
	// Answers are what staff may send by key; nil: there are none.
	Answers Answers
	// Lessons is what was not understood; nil: there is no page to learn from it.
	Lessons Lessons
	// Reports counts a period; nil: there is no page of figures.
	Reports Reports
	// Rehearse starts a conversation of the try-it phone; nil: there is no such phone.
	Rehearse func(ch bot.Channel, lang string) Rehearsal
	// Segments returns how many SMS a text takes; nil: no price is shown.
	Segments func(text string) int
	// Advise prices the text of an agent between what the service writes before
	// and after it; nil: only the number of SMS is told.
	Advise func(lead, text, tail string) Advice
	// Proofs is how agents prove who they are beside a password; nil: only by that.
	Proofs Proofs
	// Provider vouches for agents who bound their account to it; nil: nobody does.
	Provider *Provider
	// RequireSecond opens the desk only to agents with a second factor.
	RequireSecond bool
	// Sessions keeps who is signed in; nil: in memory, for one replica.
	Sessions scs.Store
	// ClientAddress tells who asks, to slow down guessing; nil: the address of
	// the connection. Behind a proxy it must read what the proxy vouches for.
	ClientAddress func(*http.Request) string
	// Stopping ends the streams of open pages when it is closed; nil: they end
	// when their browsers leave.
	Stopping <-chan struct{}
	Now      func() time.Time // nil: time.Now
	Zone     *time.Location   // of the town; nil: Europe/Paris
	Log      *slog.Logger     // nil: none
}

// A desk serves the pages.
type desk struct {
	Options
	texts    *locales.Catalog
	pages    *pages
	sessions *scs.SessionManager
	keys     *keys
	guesses  guesses
	voucher  *voucher // nil without a Provider
	phones   *phones
	watch    *watch
}

// New returns the handler of /desk/, /try, /static/ and /calendar.ics.
func New(o Options) (http.Handler, error) {
	if o.Cases == nil || o.Staff == nil || o.Service == nil || o.Words == nil || o.Knowledge == nil {
		return nil, errors.New("desk: Cases, Staff, Service, Words and Knowledge are needed")
	}
	public, err := url.Parse(o.PublicURL)
	if err != nil {
		return nil, errors.New("desk: the public URL cannot be read")
	}
	if err := o.defaults(); err != nil {
		return nil, err
	}
	d := &desk{Options: o, keys: newKeys(), guesses: newGuesses(o.Now), voucher: newVoucher(o.Provider, o.PublicURL, o.Now), phones: newPhones(o.Rehearse, o.Now), watch: newWatch(o.Cases, o.Now, o.Log)}
	if d.texts, err = locales.Desk(); err != nil {
		return nil, err
	}
	if d.pages, err = readPages(); err != nil {
		return nil, err
	}
	secure := public.Scheme == "https"
	d.sessions = newSessions(o.Sessions, o.Now, secure)
	return d.guard(d.mux(), public, secure)
}

func (o *Options) defaults() error {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.ClientAddress == nil {
		o.ClientAddress = connection
	}
	var err error
	if o.Zone == nil {
		o.Zone, err = time.LoadLocation("Europe/Paris")
	}
	return err
}
