// Package knowledge is what Doudou knows: facts with their source and dates,
// teams and their hours, the calendar's sample, and the look-ups that a dialog
// may make.
package knowledge

import (
	"context"
	"io/fs"
	"time"

	"doudou/knowledge/events"
)

// A Knowledge is all that was read from the files; immutable.
type Knowledge struct{}

// Default reads the embedded files.
func Default() (*Knowledge, error) { return &Knowledge{}, nil }

// Read reads facts/*.yaml, teams.yaml, town.yaml and calendar.yaml of fsys.
func Read(fsys fs.FS) (*Knowledge, error) { return &Knowledge{}, nil }

// A Fact is one thing that an answer may state: a number, a date, a name, a
// telephone number. Dates are days of the town.
type Fact struct {
	ID        string
	Kind      string // count, euros, percent, date, phone, text
	Value     string // canonical
	Unit      string // "hour", "month", ...
	Source    string // title of the text
	Address   string // https address of the source, in an allowed domain
	Sure      string // A, B, C or D, as money.md
	From      time.Time
	Until     time.Time // zero: no end is known
	CheckedOn time.Time
}

// Fact returns a fact that may be spoken on that day: false when it is unknown,
// not in force, unchecked or not sure enough.
func (k *Knowledge) Fact(id string, on time.Time) (Fact, bool) { return Fact{}, false }

// Facts returns all facts, sorted by id.
func (k *Knowledge) Facts() []Fact { return nil }

// A Team answers escalated questions.
type Team struct {
	ID          string
	Name        string // in French, as families know it
	Institution string // ville, departement, caf
	Hours       Hours
}

// Hours are the working hours of a team: several intervals a day, closed on
// French public holidays.
type Hours struct{}

// Open tells whether somebody is there at t, and when somebody next will be
// (t itself when open). Time zone Europe/Paris.
func (h Hours) Open(t time.Time) (open bool, next time.Time) { return false, t }

// Teams returns the teams, the default one first.
func (k *Knowledge) Teams() []Team { return nil }

// Calendar returns the dates of the sample calendar from the day of now on,
// invented and marked so, until the relais enters its own.
func (k *Knowledge) Calendar(now time.Time) []events.Event { return nil }

// A Function describes a look-up: With and Sets name values and their kinds
// (see dialogs.Kind); Item, the values of each choice that a list offers.
type Function struct {
	Name             string
	With, Sets, Item map[string]string
}

// Functions returns the look-ups that a Library answers.
func (k *Knowledge) Functions() []Function { return nil }

// A Library answers the look-ups of one turn of one contact.
type Library struct {
	Knowledge *Knowledge
	Now       time.Time
	Audience  string
	// Events reads the coming events with their seats, when a look-up needs them.
	Events func(context.Context) ([]events.Standing, error)
	Ctx    context.Context
}

// Look, List and Seat satisfy dialogs.Library.
func (l *Library) Look(fn string, args map[string]string) (map[string]string, error) { return nil, nil }

// List returns the choices that fn offers now.
func (l *Library) List(fn string, args map[string]string) ([]map[string]string, error) {
	return nil, nil
}

// Seat tells whether the contact could get a seat.
func (l *Library) Seat(event string) (string, error) { return "gone", nil }
