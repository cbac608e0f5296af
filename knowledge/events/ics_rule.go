package events

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/teambition/rrule-go"
)

// How far a rule is expanded.
const (
	ruleMonths = 12
	ruleDates  = 60
	ruleYears  = 10 // since it began
)

// dates returns the starts of a recurrence that is not over then.
func (in *icsReader) dates(ve *ics.VEvent, base Event) (list []time.Time, err error) {
	if icsProperty(ve, ics.PropertyRdate) != nil || icsProperty(ve, ics.PropertyExrule) != nil {
		return nil, errors.New("RDATE and EXRULE are not read: enter these dates as events")
	}
	text := icsValue(ve, ics.PropertyRrule)
	if text == "" {
		return []time.Time{base.Start}, nil
	}
	rule, err := in.rule(text, base.Start)
	if err != nil {
		return nil, fmt.Errorf("RRULE %s: %w", text, err)
	}
	next, lasts := rule.Iterator(), base.End.Sub(base.Start)
	for start, ok := next(); ok && len(list) < ruleDates; start, ok = next() {
		if start.Add(lasts).After(in.now) {
			list = append(list, start)
		}
	}
	return list, nil
}

// rule reads the rules that calendar programs make for people (see usual).
func (in *icsReader) rule(text string, start time.Time) (*rrule.RRule, error) {
	o, err := rrule.StrToROptionInLocation(text, start.Location())
	in.rules++
	switch {
	case err != nil:
		return nil, err
	case o.Freq > rrule.DAILY || o.Freq == rrule.YEARLY:
		return nil, errors.New("it comes more than once a day, or once a year: enter its dates as events")
	case !usual(o):
		return nil, errors.New("it is too special: enter its dates as events")
	case start.Before(in.now.AddDate(-ruleYears, 0, 0)):
		return nil, fmt.Errorf("it began more than %d years ago: give it a later first date", ruleYears)
	case in.rules > icsRules:
		return nil, fmt.Errorf("the calendar has more than %d recurrences: split it", icsRules)
	}
	o.Dtstart = start
	if last := in.now.AddDate(0, ruleMonths, 0); o.Until.IsZero() || o.Until.After(last) {
		o.Until = last
	}
	return rrule.NewRRule(*o)
}

// usual tells whether a rule is one that always falls on some day: every so many
// days, weeks on days of the week, or months on a date, on the nth such day, or
// on the nth of several such days. The library searches for centuries for a day
// that never comes, and does not bear all that it accepts.
func usual(o *rrule.ROption) bool {
	nth := 0
	for _, day := range o.Byweekday {
		nth = max(nth, day.N(), -day.N())
	}
	for _, n := range o.Bysetpos {
		if n > 4 || n < -4 || nth > 0 || len(o.Byweekday) == 0 {
			return false
		}
	}
	switch {
	case len(o.Byhour)+len(o.Byminute)+len(o.Bysecond)+len(o.Byeaster)+len(o.Byyearday)+len(o.Byweekno)+len(o.Bymonth) > 0, o.Interval > 100:
		return false
	case o.Freq == rrule.MONTHLY:
		return nth <= 5 && (len(o.Byweekday) == 0 || len(o.Bymonthday) == 0)
	case o.Freq == rrule.DAILY && o.Interval > 1 && len(o.Byweekday) > 0:
		return false
	}
	return nth == 0 && len(o.Bymonthday)+len(o.Bysetpos) == 0
}

// exceptions reads the EXDATEs of a recurrence: moments, or days. The answer
// tells whether a start is one of them.
func (in *icsReader) exceptions(ve *ics.VEvent) (func(start time.Time) bool, error) {
	var moments []time.Time
	days := map[string]bool{}
	for i := range ve.Properties {
		p := &ve.Properties[i]
		if !strings.EqualFold(p.IANAToken, string(ics.PropertyExdate)) {
			continue
		}
		zone, err := in.zoneOf(p)
		if err != nil {
			return nil, fmt.Errorf("EXDATE: %w", err)
		}
		for text := range strings.SplitSeq(p.Value, ",") {
			if isDay(p, text) {
				days[text] = true
				continue
			}
			at, err := icsMoment(text, zone)
			if err != nil {
				return nil, fmt.Errorf("EXDATE: %w", err)
			}
			moments = append(moments, at)
		}
	}
	return func(start time.Time) bool {
		return slices.ContainsFunc(moments, start.Equal) || days[start.Format(icsDay)]
	}, nil
}
