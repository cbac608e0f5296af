package desk

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
	"unicode/utf8"

	"doudou/bot"
	"doudou/knowledge/events"
)

// maxImport is how big an imported file may be, in bytes.
const maxImport = 1 << 20

// importPath is where a file of dates is sent.
const importPath = "/desk/events/import"

// An incoming is what the pages of an import show.
type incoming struct {
	Wrong   string // text id
	Name    string
	File    string // in base64, to be sent again when it is confirmed
	Mark    string
	Once    string
	New     []date
	Changed []date
	Same    int
	Refused []string
	Told    int // people who will be told that a date moved or is cancelled

	list []events.Event // new and changed
}

// importPage asks for a file.
func (d *desk) importPage(v *visit) error {
	if err := d.runs(v.agent); err != nil {
		return err
	}
	return d.show(v, http.StatusOK, "import", page{Title: "desk.import.title", Tab: "events", Data: incoming{Once: v.key()}})
}

// importFile shows what a file would change, and changes it once that was
// before the agent's eyes.
func (d *desk) importFile(v *visit) error {
	if err := d.changes(v); err != nil {
		return err
	}
	name, content, err := uploaded(v)
	if err != nil {
		return err
	}
	data, err := d.compared(v, name, content)
	if err != nil {
		return err
	}
	switch {
	case len(content) == 0:
		data.Wrong = "desk.import.nofile"
	case len(data.New)+len(data.Changed)+len(data.Refused)+data.Same == 0:
		data.Wrong = "desk.import.nothing"
	}
	if data.Wrong != "" {
		return d.show(v, http.StatusUnprocessableEntity, "import", page{Title: "desk.import.title", Tab: "events", Data: data})
	}
	if v.field("confirmed") != data.Mark || len(data.list) == 0 {
		return d.show(v, http.StatusOK, "imported", page{Title: "desk.import.before", Tab: "events", Data: data})
	}
	if err := d.saveEvents(v, "event-import", data.list...); err != nil {
		return err
	}
	d.flash(v, "desk.import.done")
	return v.back("/desk/events")
}

// uploaded returns the file of the form: sent now, or kept in the form since it
// was shown.
func uploaded(v *visit) (name string, content []byte, err error) {
	file, header, err := v.r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		content, err = base64.RawURLEncoding.DecodeString(v.field("kept"))
		if err != nil || len(content) > maxImport {
			return "", nil, errForm
		}
		return v.field("name"), content, nil
	}
	if err != nil {
		return "", nil, fmt.Errorf("%w: %w", errForm, err)
	}
	defer file.Close()
	content, err = io.ReadAll(io.LimitReader(file, maxImport+1))
	if len(content) > maxImport {
		return "", nil, errForm
	}
	return path.Base(header.Filename), content, err
}

// compared reads a file and says what is new in it.
func (d *desk) compared(v *visit, name string, content []byte) (incoming, error) {
	data := incoming{Name: name, File: base64.RawURLEncoding.EncodeToString(content), Once: v.key()}
	if len(content) == 0 {
		return data, nil
	}
	list, wrong := d.readCalendar(name, content)
	for _, err := range wrong {
		data.Refused = append(data.Refused, err.Error())
	}
	for _, e := range list {
		if err := d.compare(v, &data, e); err != nil {
			return data, err
		}
	}
	data.Mark = fmt.Sprintf("%d-%d-%d", len(data.New), len(data.Changed), data.Told)
	return data, nil
}

// readCalendar reads a file by its name: dates written as YAML, else iCalendar.
func (d *desk) readCalendar(name string, content []byte) ([]events.Event, []error) {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml":
		return d.Knowledge.ReadCalendar(content, d.Now())
	}
	return events.ReadICS(bytes.NewReader(content), d.Zone, d.Now())
}

// compare puts one date of a file where it belongs.
func (d *desk) compare(v *visit, data *incoming, e events.Event) error {
	was, err := d.Calendar.Event(v.r.Context(), e.ID)
	fresh := errors.Is(err, bot.ErrGone)
	if err != nil && !fresh {
		return err
	}
	row := d.date(v.lang, events.Standing{Event: e})
	reason := e.Validate()
	switch {
	case reason != nil:
		data.Refused = append(data.Refused, fmt.Sprintf("%s (%s): %v", e.Title, row.When.Text, reason))
	case utf8.RuneCountInString(e.Title) > maxTitle, utf8.RuneCountInString(e.Place) > maxTitle:
		data.Refused = append(data.Refused, d.refusal(v, row, "desk.import.long"))
	case !e.End.After(d.Now()):
		data.Refused = append(data.Refused, d.refusal(v, row, "desk.import.past"))
	case fresh:
		data.New, data.list = append(data.New, row), append(data.list, e)
	case e.Capacity < was.Taken:
		data.Refused = append(data.Refused, d.refusal(v, row, "desk.import.full"))
	case sameDate(was.Event, e):
		data.Same++
	default:
		return d.change(v, data, was.Event, e)
	}
	return nil
}

// refusal says why a date of a file cannot be kept.
func (d *desk) refusal(v *visit, row date, key string) string {
	return fmt.Sprintf("%s (%s): %s", row.Title, row.When.Text, d.name(v.lang, key, key))
}

// sameDate tells whether a file says nothing new of a date.
func sameDate(was, e events.Event) bool {
	e.Rev, e.Revised, e.Sample, e.Series, e.Staff = was.Rev, was.Revised, was.Sample, was.Series, was.Staff
	return markOf(e) == markOf(was)
}

// change adds a date that a file changes, and whom that concerns.
func (d *desk) change(v *visit, data *incoming, was, e events.Event) error {
	if e = was.Revise(e, d.Now()); e.Moved(was) {
		people, err := d.seated(v, e.ID)
		if err != nil {
			return err
		}
		data.Told += len(people)
	}
	data.Changed = append(data.Changed, d.date(v.lang, events.Standing{Event: e}))
	data.list = append(data.list, e)
	return nil
}
