package events

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
)

// icsOwn names the properties that are ours.
const icsOwn = "X-DOUDOU-"

// icsProperty returns a property of an event, however its name is written; nil when
// it has none.
func icsProperty(ve *ics.VEvent, name ics.Property) *ics.IANAProperty {
	i := slices.IndexFunc(ve.Properties, func(p ics.IANAProperty) bool { return strings.EqualFold(p.IANAToken, string(name)) })
	if i < 0 {
		return nil
	}
	return &ve.Properties[i]
}

// icsValue returns what a property says, without the space around it.
func icsValue(ve *ics.VEvent, name ics.Property) string {
	if p := icsProperty(ve, name); p != nil {
		return strings.TrimSpace(p.Value)
	}
	return ""
}

// event reads what an event says, over what is known of it.
func (in *icsReader) event(e Event, ve *ics.VEvent) (Event, error) {
	for _, text := range []struct {
		name ics.Property
		to   *string
	}{{ics.PropertySummary, &e.Title}, {ics.PropertyLocation, &e.Place}, {icsOwn + "QUARTER", &e.Quarter},
		{icsOwn + "AUDIENCE", &e.Audience}, {icsOwn + "SERIES", &e.Series}, {icsOwn + "NOTE", &e.Note}} {
		if v := icsValue(ve, text.name); v != "" {
			*text.to = v
		}
	}
	e.Title = strings.Join(strings.Fields(e.Title), " ")
	e.Cancelled = strings.EqualFold(icsValue(ve, ics.PropertyStatus), "CANCELLED")
	var kind error
	if e.Kind, kind = icsKind(e.Kind, icsValue(ve, ics.PropertyCategories)); kind != nil {
		return e, kind
	}
	if e.Series != "" && !icsIDForm.MatchString(e.Series) {
		return e, fmt.Errorf("%sSERIES is lower case letters, digits, - and _, not %q", icsOwn, e.Series)
	}
	if langs := icsValue(ve, icsOwn+"LANGUAGES"); langs != "" {
		e.Languages = strings.Split(langs, ",")
	}
	return e, errors.Join(in.figures(&e, ve), in.times(&e, ve))
}

// figures reads the numbers of an event, and its rounds.
func (in *icsReader) figures(e *Event, ve *ics.VEvent) (err error) {
	sample, noWait := 0, 0
	for _, number := range []struct {
		name ics.Property
		to   *int
		most int
	}{{icsOwn + "CAPACITY", &e.Capacity, mostSeats}, {ics.PropertySequence, &e.Rev, 1 << 30},
		{icsOwn + "SAMPLE", &sample, 1}, {icsOwn + "NOWAIT", &noWait, 1}} {
		text := icsValue(ve, number.name)
		n, wrong := strconv.Atoi(text)
		switch {
		case text == "":
		case wrong != nil || n < 0 || n > number.most:
			return fmt.Errorf("%s is a number from 0 to %d, not %q", number.name, number.most, text)
		default:
			*number.to = n
		}
	}
	e.Sample, e.NoWait = e.Sample || sample == 1, e.NoWait || noWait == 1
	if text := icsValue(ve, icsOwn+"DATING"); text != "" {
		e.Dating, err = readDating(text)
	}
	return err
}

// times reads when an event is and when one may register.
func (in *icsReader) times(e *Event, ve *ics.VEvent) (err error) {
	for _, moment := range []struct {
		name ics.Property
		to   *time.Time
	}{{ics.PropertyDtstart, &e.Start}, {icsOwn + "OPENS", &e.Opens}, {icsOwn + "CLOSES", &e.Closes}} {
		if p := icsProperty(ve, moment.name); p != nil {
			if *moment.to, err = in.moment(p); err != nil {
				return fmt.Errorf("%s: %w", moment.name, err)
			}
		}
	}
	if e.Start.IsZero() {
		return errors.New("it has no DTSTART: say when it begins")
	}
	e.End, err = in.end(ve, e.Start)
	return err
}

// categories are the words that calendars use for the kinds.
func categories() map[string]string {
	return map[string]string{
		"atelier": "workshop", "réunion": "meeting", "reunion": "meeting", "formation": "training",
		"rencontre": "speeddating", "speed-dating": "speeddating", "conseil de crèche": "council", "professionnels": "professionals",
	}
}

// icsKind reads the first category that is a kind. Without any category the kind
// stays, or is a workshop; categories that are none are refused.
func icsKind(was, text string) (string, error) {
	if text == "" {
		if was == "" {
			was = "workshop"
		}
		return was, nil
	}
	words := categories()
	for word := range strings.SplitSeq(strings.ToLower(text), ",") {
		word = strings.TrimSpace(word)
		if slices.Contains(Kinds(), word) {
			return word, nil
		}
		if kind, ok := words[word]; ok {
			return kind, nil
		}
	}
	known := append(Kinds(), slices.Sorted(maps.Keys(words))...)
	return "", fmt.Errorf("the category %q is not a kind of event: write one of %s", text, strings.Join(known, ", "))
}

// icsIDForm is what an id of ours looks like.
var icsIDForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,62}$`)

// icsSuffix makes our ids unique among the calendars of a telephone.
const icsSuffix = "@doudou"

// icsID makes an id of a UID: ours again, or a short mark of a foreign one.
func icsID(uid string) string {
	if id := strings.TrimSuffix(uid, icsSuffix); icsIDForm.MatchString(id) {
		return id
	}
	sum := sha256.Sum256([]byte(uid))
	return "ics-" + hex.EncodeToString(sum[:6])
}

// readDating reads "09:30;12;16;7;1;3": begin, rounds, tables, minutes, pause,
// minimum.
func readDating(text string) (*Options, error) {
	var o Options
	parts := strings.Split(text, ";")
	wrong := fmt.Errorf("%sDATING is begin;rounds;tables;minutes;pause;minimum, such as %s, not %q", icsOwn, DefaultOptions().ics(), text)
	if len(parts) != 6 {
		return nil, wrong
	}
	begin, err := ParseClock(parts[0])
	if err != nil {
		return nil, wrong
	}
	o.Begin = begin
	for i, to := range []*int{&o.Rounds, &o.Tables, &o.Minutes, &o.Pause, &o.Minimum} {
		if *to, err = strconv.Atoi(parts[i+1]); err != nil {
			return nil, wrong
		}
	}
	return &o, nil
}

// ics writes options as readDating reads them.
func (o Options) ics() string {
	return fmt.Sprintf("%s;%d;%d;%d;%d;%d", o.Begin, o.Rounds, o.Tables, o.Minutes, o.Pause, o.Minimum)
}
