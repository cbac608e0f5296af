package events

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
)

// WriteICS writes events as an iCalendar file that telephones and calendar
// programs subscribe to, by start, under the name of the calendar. ReadICS reads
// it back. The times are in UTC, so that no zone need be described; a cancelled
// event stays, as cancelled, and SEQUENCE is its revision: the programs then
// move or strike out what they have.
func WriteICS(w io.Writer, events []Event, name string, now time.Time) error {
	cal := &ics.Calendar{}
	cal.SetVersion("2.0")
	cal.SetProductId("-//Doudou//Relais petite enfance//FR")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName(plain(name))
	events = slices.Clone(events)
	slices.SortFunc(events, func(a, b Event) int { return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID)) })
	for _, e := range events {
		ve := cal.AddEvent(e.ID + icsSuffix)
		ve.SetDtStampTime(now)
		e.write(ve)
	}
	if err := cal.SerializeTo(w, ics.WithNewLineWindows); err != nil {
		return fmt.Errorf("write the calendar: %w", err)
	}
	return nil
}

func (e Event) write(ve *ics.VEvent) {
	ve.SetStartAt(e.Start)
	ve.SetEndAt(e.End)
	ve.SetSequence(e.Rev)
	ve.SetStatus(ics.ObjectStatusConfirmed)
	if e.Cancelled {
		ve.SetStatus(ics.ObjectStatusCancelled)
	}
	for _, p := range []struct {
		name  ics.Property
		value string
	}{
		{ics.PropertySummary, e.Title}, {ics.PropertyLocation, e.Place}, {ics.PropertyDescription, e.Note},
		{ics.PropertyCategories, e.Kind}, {icsOwn + "QUARTER", e.Quarter}, {icsOwn + "AUDIENCE", e.Audience},
		{icsOwn + "CAPACITY", strconv.Itoa(e.Capacity)}, {icsOwn + "LANGUAGES", strings.Join(e.Languages, ",")},
		{icsOwn + "OPENS", icsTime(e.Opens)}, {icsOwn + "CLOSES", icsTime(e.Closes)}, {icsOwn + "NOWAIT", icsFlag(e.NoWait)},
		{icsOwn + "SERIES", e.Series}, {icsOwn + "DATING", icsRounds(e.Dating)}, {icsOwn + "SAMPLE", icsFlag(e.Sample)}, {icsOwn + "NOTE", e.Note},
	} {
		if p.value != "" {
			ve.SetProperty(ics.ComponentProperty(p.name), plain(p.value))
		}
	}
}

// plain leaves out what would break a line: a carriage return and other control
// characters.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f {
			return -1
		}
		return r
	}, text)
}

func icsTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(icsUTC)
}

func icsFlag(on bool) string {
	if on {
		return "1"
	}
	return ""
}

func icsRounds(o *Options) string {
	if o == nil {
		return ""
	}
	return o.ics()
}
