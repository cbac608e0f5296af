package knowledge

import (
	"io/fs"
	"time"

	"doudou/knowledge/events"
)

// ReadCalendar reads dates that somebody wrote in the form of calendar.yaml, and
// returns those from the day of now on, by start: true dates, not invented ones.
// A file in which one date is wrong gives none: what is wrong is said with its
// line.
func (k *Knowledge) ReadCalendar(content []byte, now time.Time) ([]events.Event, []error) {
	file := *k
	var wrong []error
	if file.rules, wrong = readCalendar(oneFile(content), k.town, k.zone); len(wrong) > 0 {
		return nil, wrong
	}
	list := file.Calendar(now)
	for i := range list {
		list[i].Sample = false
	}
	return list, nil
}

// oneFile is a folder in which every name is the same file.
type oneFile []byte

// ReadFile returns the file.
func (f oneFile) ReadFile(string) ([]byte, error) { return f, nil }

// Open refuses: the file is only read whole.
func (f oneFile) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
}
