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
	Channel  Channel // of the contact
	At       time.Time
	Speaker  Speaker
	Lang     string
	Intent   string
	Keys     []string // of what the robot said
	Case     CaseID
}

// A FigureStore reads what the half-yearly report counts.
type FigureStore interface {
	// Heard calls each with every line of a period, from included, to not, the
	// lines of a contact in order.
	Heard(ctx context.Context, from, to time.Time, each func(Heard)) error
	// Opened returns the cases opened in a period, by time.
	Opened(ctx context.Context, from, to time.Time) ([]Case, error)
	// Left calls each with every message that left on a channel in a period.
	Left(ctx context.Context, ch Channel, from, to time.Time, each func(body string)) error
}
