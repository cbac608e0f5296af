package events

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
)

// What a calendar file may hold, so that a wrong file harms nobody.
const (
	icsBytes  = 1 << 20
	icsEvents = 1000
	icsRules  = 100
)

// ReadICS reads an iCalendar file, such as a calendar program exports, and
// returns the events that are not over at now, by start, and what is wrong with
// the others. A file that is too large or cannot be read gives no events.
//
// UID becomes the id (as it is, if it could be one of ours, else a short mark of
// it), SUMMARY the title, LOCATION the place, CATEGORIES the kind (a workshop if
// there is none), SEQUENCE the revision, STATUS:CANCELLED a cancelled event.
// What iCalendar has no word for is in X-DOUDOU- properties: QUARTER, AUDIENCE
// (all if there is none), CAPACITY (0), LANGUAGES, OPENS, CLOSES, NOWAIT, SERIES,
// DATING, SAMPLE, NOTE. DESCRIPTION is not read: calendars of a team keep there
// what families should not see.
//
// An RRULE is expanded for twelve months, at most 60 dates; an EXDATE is a
// cancelled date, and a RECURRENCE-ID a moved one, which keeps its id. Times
// without a zone are those of zone. Public holidays are not left out: who
// entered the date there meant it. Events of whole days are refused.
func ReadICS(r io.Reader, zone *time.Location, now time.Time) ([]Event, []error) {
	list, err := parseICS(r)
	if err != nil {
		return nil, []error{err}
	}
	in := &icsReader{zone: zone, now: now, seen: map[string]bool{}}
	for _, uid := range in.group(list) {
		in.read(in.masters[uid], in.changes[uid])
	}
	if len(in.list) > icsEvents {
		return nil, []error{fmt.Errorf("the calendar has more than %d dates to come: split it", icsEvents)}
	}
	slices.SortFunc(in.list, func(a, b Event) int { return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID)) })
	return in.list, in.wrong
}

// parseICS returns the events as they are written in a file.
func parseICS(r io.Reader) ([]*ics.VEvent, error) {
	data, err := io.ReadAll(io.LimitReader(r, icsBytes+1))
	text := strings.TrimPrefix(string(data), "\ufeff")
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the calendar: %w", err)
	case len(data) > icsBytes:
		return nil, errors.New("the calendar is larger than 1 MB: export fewer dates")
	case !utf8.ValidString(text):
		return nil, errors.New("the calendar is not UTF-8: export it again")
	case !strings.HasPrefix(text, "BEGIN:VCALENDAR"):
		return nil, errors.New("this is not an iCalendar file: it must begin with BEGIN:VCALENDAR")
	case !strings.Contains(text, "\nEND:VCALENDAR"):
		return nil, errors.New("the calendar ends in the middle: export it again")
	}
	lenient := ics.WithUnknownPropertyHandler(ics.AcceptUnknownPropertyHandler)
	cal, err := ics.ParseCalendarWithOptions(strings.NewReader(text), lenient)
	if err != nil {
		return nil, fmt.Errorf("this is not a sound iCalendar file, export it again: %w", err)
	}
	if n := len(cal.Events()); n > icsEvents {
		return nil, fmt.Errorf("the calendar has %d events, more than %d: export fewer", n, icsEvents)
	}
	return cal.Events(), nil
}

// An icsReader collects the events of a file, and what is wrong with others.
type icsReader struct {
	zone    *time.Location
	now     time.Time
	masters map[string]*ics.VEvent   // by UID
	changes map[string][]*ics.VEvent // those with a RECURRENCE-ID
	rules   int                      // how many were expanded
	seen    map[string]bool          // ids
	list    []Event
	wrong   []error
}

func (in *icsReader) refuse(ve *ics.VEvent, err error) {
	name := cmp.Or(icsValue(ve, ics.PropertySummary), icsValue(ve, ics.PropertyUid))
	in.wrong = append(in.wrong, fmt.Errorf("event %q: %w", name, err))
}

// group sorts the events of a file by UID and returns the UIDs in their order.
func (in *icsReader) group(list []*ics.VEvent) (uids []string) {
	in.masters, in.changes = map[string]*ics.VEvent{}, map[string][]*ics.VEvent{}
	for _, ve := range list {
		uid := icsValue(ve, ics.PropertyUid)
		if uid == "" {
			in.refuse(ve, errors.New("it has no UID: export it again"))
			continue
		}
		if in.masters[uid] == nil && in.changes[uid] == nil {
			uids = append(uids, uid)
		}
		switch changes := icsProperty(ve, ics.PropertyRecurrenceId) != nil; {
		case changes:
			in.changes[uid] = append(in.changes[uid], ve)
		case in.masters[uid] != nil:
			in.refuse(ve, fmt.Errorf("the UID %q is there twice: keep one of them", uid))
		default:
			in.masters[uid] = ve
		}
	}
	return uids
}

// keep adds an event, unless it is over or wrong.
func (in *icsReader) keep(ve *ics.VEvent, e Event) {
	if !e.End.After(in.now) && e.End.After(e.Start) {
		return
	}
	err := e.Validate()
	if in.seen[e.ID] {
		err = fmt.Errorf("another event has the id %s too", e.ID)
	}
	if err != nil {
		in.refuse(ve, err)
		return
	}
	in.seen[e.ID] = true
	in.list = append(in.list, e)
}
