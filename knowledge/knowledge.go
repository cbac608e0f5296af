// Package knowledge is what Doudou knows: facts with their source and dates,
// teams and their hours, the town, a sample calendar, and the look-ups that a
// dialog may make.
//
// Everything is in files that the coordinator edits (see README.md, in French,
// which also lists the ids of all facts):
//
//	facts/*.yaml    what an answer may state: a number, a date, a telephone number
//	teams.yaml      who answers questions, and when
//	town.yaml       the town
//	calendar.yaml   invented dates, to try Doudou before the relais enters its own
//
// The files are read strictly: an unknown key, a wrong date, a source outside
// of the official sites or two versions of a fact on the same day are refused
// with the file and the line. No postal address is known here: none could be
// verified, so none is ever said.
package knowledge

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"
	_ "time/tzdata" // the hours of a team and of an event are those of the town, whatever the machine has
)

//go:embed facts/*.yaml teams.yaml town.yaml calendar.yaml
var files embed.FS

// A Knowledge is all that was read from the files; immutable and safe for
// concurrent use.
type Knowledge struct {
	town  Town
	zone  *time.Location
	facts []Fact // by id, then from
	teams []Team
	rules []sample
}

// Default reads the embedded files.
func Default() (*Knowledge, error) { return Read(files) }

// Read reads facts/*.yaml, teams.yaml, town.yaml and calendar.yaml of fsys. Its
// error lists all that is wrong, a line each: file:line: what.
func Read(fsys fs.FS) (*Knowledge, error) {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return nil, fmt.Errorf("load the time zone of the town: %w", err)
	}
	k := &Knowledge{zone: zone}
	var wrong, more []error
	k.town, wrong = readTown(fsys)
	k.facts, more = readFacts(fsys, k.town)
	wrong = append(wrong, more...)
	k.teams, more = readTeams(fsys, zone)
	wrong = append(wrong, more...)
	k.rules, more = readCalendar(fsys, k.town)
	if wrong = append(wrong, more...); len(wrong) > 0 {
		return nil, fmt.Errorf("the files of knowledge are wrong:\n%w", errors.Join(wrong...))
	}
	return k, nil
}

// Town returns the town.
func (k *Knowledge) Town() Town { return k.town }

// local returns a time as the town's clocks show it.
func (k *Knowledge) local(t time.Time) time.Time { return t.In(k.zone) }
