package events

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
)

// How iCalendar writes moments.
const (
	icsUTC   = "20060102T150405Z"
	icsLocal = "20060102T150405"
	icsDay   = "20060102"
)

// errWholeDay refuses what has no hours: people cannot be told when to come.
var errWholeDay = errors.New("it lasts whole days: give it hours")

// moment reads a date and time.
func (in *icsReader) moment(p *ics.IANAProperty) (time.Time, error) {
	zone, err := in.zoneOf(p)
	if err != nil {
		return time.Time{}, err
	}
	if isDay(p, p.Value) {
		return time.Time{}, errWholeDay
	}
	return icsMoment(p.Value, zone)
}

func isDay(p *ics.IANAProperty, text string) bool {
	return p.GetValueType() == ics.ValueDataTypeDate || len(text) == len(icsDay)
}

func icsMoment(text string, zone *time.Location) (time.Time, error) {
	text = strings.TrimSpace(text)
	t, err := time.ParseInLocation(icsLocal, text, zone)
	if strings.HasSuffix(text, "Z") {
		t, err = time.Parse(icsUTC, text)
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is not a moment such as 20261202T093000", text)
	}
	return t, nil
}

// zoneOf returns the zone that a property names, ours when it names none.
func (in *icsReader) zoneOf(p *ics.IANAProperty) (*time.Location, error) {
	id := p.ICalParameters[string(ics.ParameterTzid)]
	if len(id) == 0 {
		return in.zone, nil
	}
	switch name := strings.TrimPrefix(id[0], "/"); name {
	case "Romance Standard Time", "W. Europe Standard Time", "Central Europe Standard Time", "Central European Standard Time":
		return time.LoadLocation("Europe/Paris") // as Windows calls it; all four have its clock
	case "UTC", "GMT":
		return time.UTC, nil
	default:
		zone, err := time.LoadLocation(name)
		if err != nil || !strings.Contains(name, "/") {
			return nil, fmt.Errorf("the time zone %q is not known: write Europe/Paris", id[0])
		}
		return zone, nil
	}
}

// end reads when an event ends: DTEND, or DTSTART and DURATION.
func (in *icsReader) end(ve *ics.VEvent, start time.Time) (time.Time, error) {
	if p := icsProperty(ve, ics.PropertyDtend); p != nil {
		end, err := in.moment(p)
		if err != nil {
			return end, fmt.Errorf("DTEND: %w", err)
		}
		return end, nil
	}
	text := icsValue(ve, ics.PropertyDuration)
	if text == "" {
		return time.Time{}, errors.New("it has no DTEND: say when it ends")
	}
	lasts, err := icsDuration(text)
	return start.Add(lasts), err
}

var durationForm = regexp.MustCompile(`^\+?P(?:(\d{1,2})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:\d{1,5}S)?)?$`)

// icsDuration reads "PT1H30M"; seconds are left out.
func icsDuration(text string) (time.Duration, error) {
	m := durationForm.FindStringSubmatch(text)
	if m == nil {
		return 0, fmt.Errorf("%q is not a DURATION such as PT1H30M", text)
	}
	var minutes int
	for i, unit := range []int{24 * 60, 60, 1} {
		n, _ := strconv.Atoi(m[i+1]) // digits, or nothing
		minutes += n * unit
	}
	return time.Duration(minutes) * time.Minute, nil
}
