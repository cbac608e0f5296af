// Package knowledge is what Doudou knows: facts with their source and dates,
// teams and their hours, the town, the dates of the relais, and the look-ups that
// a dialog may make.
//
// Everything is in files that the coordinator edits (see README.md, in French,
// which also lists the ids of all facts):
//
//	facts/*.yaml    what an answer may state: a number, a date, a telephone number
//	places/*.yaml   where a family may go, said only once somebody has checked it
//	teams.yaml      who answers questions, and when
//	routing.yaml    which question goes to which team
//	town.yaml       the town, its quarters, the dates of its commission
//	replies.yaml    what staff answer by key
//	calendar.yaml   dates of the relais; empty for Épinay, invented for the demo
//
// The files are read strictly: an unknown key, a wrong date, a source outside
// of the official sites or two versions of a fact on the same day are refused
// with the file and the line. No postal address of Épinay could be verified, so
// none is said: its places wait for somebody to check them. The folder demo/ is a
// whole invented town, to try Doudou.
package knowledge

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"
	_ "time/tzdata" // the hours of a team and of an event are those of the town, whatever the machine has
)

//go:embed *.yaml facts/*.yaml places/*.yaml demo
var files embed.FS

// A Knowledge is all that was read from the files; immutable and safe for
// concurrent use.
type Knowledge struct {
	town    Town
	zone    *time.Location
	facts   []Fact // by id, then from
	places  []Place
	teams   []Team
	routing Routing
	rules   []rule
	replies []Reply
}

// Default reads Épinay-sur-Seine, from the embedded files.
func Default() (*Knowledge, error) { return Read(files) }

// Demo reads the invented town, from the embedded files.
func Demo() (*Knowledge, error) {
	dir, err := fs.Sub(files, "demo")
	if err != nil {
		return nil, fmt.Errorf("open the demo town: %w", err)
	}
	return Overlay(dir)
}

// Overlay reads another town: a file of dir stands for the embedded one of the
// same name, and its folder of places, if it has one, for the embedded one.
func Overlay(dir fs.FS) (*Knowledge, error) {
	if err := strangers(dir); err != nil {
		return nil, err
	}
	return Read(overlay{dir, files})
}

// Read reads the files of fsys (see the package). Its error lists all that is
// wrong, a line each: file:line: what.
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
	k.places, more = readPlaces(fsys, k.town, zone)
	wrong = append(wrong, more...)
	k.replies, more = readReplies(fsys, k.facts)
	wrong = append(wrong, more...)
	k.teams, more = readTeams(fsys, zone)
	wrong = append(wrong, more...)
	k.routing, more = readRouting(fsys, k.teams)
	wrong = append(wrong, more...)
	k.rules, more = readCalendar(fsys, k.town, zone)
	if wrong = append(wrong, more...); len(wrong) > 0 {
		return nil, fmt.Errorf("the files of knowledge are wrong:\n%w", errors.Join(wrong...))
	}
	return k, nil
}

// Town returns the town.
func (k *Knowledge) Town() Town { return k.town }

// Zone returns where the clocks of the town are.
func (k *Knowledge) Zone() *time.Location { return k.zone }

// local returns a time as the town's clocks show it.
func (k *Knowledge) local(t time.Time) time.Time { return t.In(k.zone) }
