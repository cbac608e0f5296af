package bot

import (
	"context"
	"time"
)

// A Heard is one line of a thread as the figures count it: who spoke and what it
// was about, never what a family wrote.
type Heard struct {
	Contact  ContactID
	Audience string
	Lang     string  // of the contact, "" while not known
	Channel  Channel // of the contact
	At       time.Time
	Speaker  Speaker
	Intent   string
	Keys     []string // of what the robot said
	Case     CaseID
}

// An OpenedCase is one question passed to people as the figures count it.
type OpenedCase struct {
	Team     string
	Topic    string
	Urgent   bool
	State    CaseState
	Opened   time.Time
	Answered time.Time // first word of a person; zero when nobody wrote
}

// A Counter is something that is counted without whose it is: it stays when
// what it was counted from is erased.
type Counter string

// The counters. Those of what one person did are kept by month, so that no row
// stands for one line of a thread.
const (
	CountSMS      Counter = "sms"      // messages that left
	CountSegments Counter = "segments" // SMS that they took
	CountStopped  Counter = "stopped"  // by month: people who said STOP
	CountErased   Counter = "erased"   // by month: people who had their data erased
	CountAsked    Counter = "asked"    // by month: people asked for their opinion
)

// OpinionCounter counts one answer to one question about the service, by month.
func OpinionCounter(question, answer string) Counter {
	return Counter("opinion." + question + "." + answer)
}

// Counted adds one to a counter of the month: what one person did, kept without
// who they are.
type Counted struct{ Counter Counter }

func (Counted) change() {}

// A Spending is what the SMS of a team come to in a month: those that have left.
type Spending struct {
	Month    string // 2026-11
	Team     string // "" the robot's
	Messages int
	Segments int
}

// A FigureStore reads what the half-yearly report counts.
type FigureStore interface {
	// Heard calls each with every line of a period, from included, to not, the
	// lines of a contact together and in order.
	Heard(ctx context.Context, from, to time.Time, each func(Heard)) error
	// Quarters returns where those live who said it, in lower case.
	Quarters(ctx context.Context) (map[ContactID]string, error)
	// Opened returns the cases opened in a period, by time.
	Opened(ctx context.Context, from, to time.Time) ([]OpenedCase, error)
	// Came returns how many were checked in at each event that begins in a period.
	Came(ctx context.Context, from, to time.Time) (map[string]int, error)
	// Counters returns what was counted in a period: of counters by month, the
	// months that begin in it.
	Counters(ctx context.Context, from, to time.Time) (map[Counter]int, error)
}
