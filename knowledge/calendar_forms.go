package knowledge

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"doudou/knowledge/events"
)

// A moveEntry is where and when one date of a recurrence is held instead.
type moveEntry struct {
	Date  day      `yaml:"date"`
	Time  openings `yaml:"time"`
	Place string   `yaml:"place"`
}

// A datingEntry is the rounds of a speed-dating day; what is left out is as the
// relais usually do it, and the first round begins with the event.
type datingEntry struct {
	Begin   string `yaml:"begin"`
	Rounds  *int   `yaml:"rounds"`
	Tables  *int   `yaml:"tables"`
	Minutes *int   `yaml:"minutes"`
	Pause   *int   `yaml:"pause"`
	Minimum *int   `yaml:"minimum"`
}

// options returns the rounds, nil when nothing is said of them. A begin that is
// no time of day is one before all days: events refuses it.
func (d *datingEntry) options(opening events.Clock) *events.Options {
	if d == nil {
		return nil
	}
	o := events.DefaultOptions()
	o.Begin = opening
	if d.Begin != "" {
		var err error
		if o.Begin, err = events.ParseClock(d.Begin); err != nil {
			o.Begin = -1
		}
	}
	for _, n := range []struct{ said, to *int }{
		{d.Rounds, &o.Rounds}, {d.Tables, &o.Tables}, {d.Minutes, &o.Minutes}, {d.Pause, &o.Pause}, {d.Minimum, &o.Minimum},
	} {
		if n.said != nil {
			*n.to = *n.said
		}
	}
	return &o
}

// Openings are the hours of a day: 09:00-17:00, or several with a comma between
// when it closes over lunch.
type openings []string

// UnmarshalYAML reads openings in one text, or as a list.
func (o *openings) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode {
		return n.Decode((*[]string)(o))
	}
	for text := range strings.SplitSeq(n.Value, ",") {
		*o = append(*o, strings.TrimSpace(text))
	}
	return nil
}

func (o openings) spans() ([]events.Span, error) {
	list, err := readIntervals(o)
	if err == nil && len(list) == 0 {
		err = errors.New("say the hours, such as 09:30-11:00")
	}
	if err != nil {
		return nil, fmt.Errorf("time: %w", err)
	}
	var spans []events.Span
	for _, i := range list {
		spans = append(spans, events.Span{From: events.Clock(i.from), To: events.Clock(i.to)})
	}
	return spans, nil
}

// A limit is the first or last day of registration: a day, or how many days
// before the event.
type limit struct {
	days int
	day  time.Time
}

// UnmarshalYAML reads 21 or 2026-11-14.
func (l *limit) UnmarshalYAML(n *yaml.Node) (err error) {
	if l.days, err = strconv.Atoi(n.Value); err == nil && l.days > 0 && l.days <= 366 {
		return nil
	}
	if l.day, err = time.Parse(time.DateOnly, n.Value); err != nil {
		return fmt.Errorf("line %d: registration opens and closes on a day such as 2026-11-14, or some days before such as 21, not %q", n.Line, n.Value)
	}
	l.days = 0
	return nil
}

func (l limit) on() bool { return !l.day.IsZero() }

// start is when that day begins, end when it ends, zero for no day.
func (l limit) start(zone *time.Location) time.Time { return l.midnight(0, zone) }
func (l limit) end(zone *time.Location) time.Time   { return l.midnight(1, zone) }

func (l limit) midnight(after int, zone *time.Location) time.Time {
	if !l.on() {
		return time.Time{}
	}
	return time.Date(l.day.Year(), l.day.Month(), l.day.Day()+after, 0, 0, 0, 0, zone)
}
