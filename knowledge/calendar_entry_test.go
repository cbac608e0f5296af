package knowledge

import (
	"strings"
	"testing"
	"time"

	"doudou/knowledge/events"
)

// ofEntry reads a calendar with one entry: the lines that differ from a sound
// one, "-" before a key leaves it out.
func ofEntry(t *testing.T, lines string) ([]events.Event, error) {
	t.Helper()
	entry := map[string]string{"id": "fete", "kind": "workshop", "title": "Fête", "place": "Salle Démo", "quarter": "Nord", "audience": "all",
		"date": "2026-12-05", "time": "09:30-11:30", "capacity": "20"}
	order := []string{"id", "kind", "title", "place", "quarter", "audience", "date", "time", "capacity"}
	for line := range strings.SplitSeq(lines, "\n") {
		key, text, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if name, out := strings.CutPrefix(key, "-"); out {
			delete(entry, name)
			continue
		}
		if _, known := entry[key]; !known && key != "" {
			order = append(order, key)
		}
		entry[key] = text
	}
	var file strings.Builder
	file.WriteString("# dates\ncalendar:\n")
	sep := "  - "
	for _, key := range order {
		if text, ok := entry[key]; ok {
			file.WriteString(sep + key + ": " + text + "\n")
			sep = "    "
		}
	}
	files := sound()
	files["calendar.yaml"] = file.String()
	k, err := Read(open(files))
	if err != nil {
		return nil, err
	}
	return k.Calendar(at(t, "2026-11-23T12:00")), nil
}

func TestCalendarEntries(t *testing.T) {
	const weekly = "-date\nevery: wednesday\nahead: 2\n"
	for _, c := range []struct{ name, lines, want string }{
		{"a date", "", "fete 2026-12-05T09:30-11:30 Salle Démo"},
		{"a past date", "date: 2026-11-22", ""},
		{"a date of today that is over", "date: 2026-11-23", "fete 2026-11-23T09:30-11:30 Salle Démo"},
		{"a date on a holiday: staff wrote it", "date: 2026-12-25", "fete 2026-12-25T09:30-11:30 Salle Démo"},
		{"closed over lunch", "time: 09:00-12:00, 14:00-17:00", "fete 2026-12-05T09:00-12:00 Salle Démo; fete-1400 2026-12-05T14:00-17:00 Salle Démo"},
		{"closed over lunch, as a list", `time: ["09:00-12:00", "14:00-17:00"]`, "fete 2026-12-05T09:00-12:00 Salle Démo; fete-1400 2026-12-05T14:00-17:00 Salle Démo"},
		{"cancelled", "cancelled: true", "fete cancelled 2026-12-05T09:30-11:30 Salle Démo"},
		{"a window of days", "opens: 2026-11-30\ncloses: 2026-12-03", "fete 2026-12-05T09:30-11:30 Salle Démo opens 2026-11-30T00:00 closes 2026-12-04T00:00"},
		{"a window before the date", "opens: 21\ncloses: 1", "fete 2026-12-05T09:30-11:30 Salle Démo opens 2026-11-14T00:00 closes 2026-12-05T00:00"},
		{"every week, with a window", weekly + "opens: 7", "fete-2026-11-25 2026-11-25T09:30-11:30 Salle Démo opens 2026-11-18T00:00; fete-2026-12-02 2026-12-02T09:30-11:30 Salle Démo opens 2026-11-25T00:00"},
		{"every week, but one", weekly + "except: [2026-11-25]", "fete-2026-11-25 cancelled 2026-11-25T09:30-11:30 Salle Démo; fete-2026-12-02 2026-12-02T09:30-11:30 Salle Démo; fete-2026-12-09 2026-12-09T09:30-11:30 Salle Démo"},
		{"every week, one moved", weekly + `moves: {2026-11-25: {date: 2026-11-26, time: "14:00-15:00", place: Gymnase}}`, "fete-2026-11-25 2026-11-26T14:00-15:00 Gymnase; fete-2026-12-02 2026-12-02T09:30-11:30 Salle Démo"},
		{"every week, one in another place", weekly + `moves: {2026-11-25: {place: Gymnase}}`, "fete-2026-11-25 2026-11-25T09:30-11:30 Gymnase; fete-2026-12-02 2026-12-02T09:30-11:30 Salle Démo"},
	} {
		list, err := ofEntry(t, c.lines)
		var got []string
		for _, e := range list {
			got = append(got, written(t, e))
		}
		if err != nil || strings.Join(got, "; ") != c.want {
			t.Errorf("%s:\n got %s %v\nwant %s", c.name, strings.Join(got, "; "), err, c.want)
		}
	}
}

// written writes what people see of a date.
func written(t *testing.T, e events.Event) string {
	local := func(at time.Time, form string) string { return at.In(paris(t)).Format(form) }
	text := e.ID
	if e.Cancelled {
		text += " cancelled"
	}
	text += " " + local(e.Start, moment) + "-" + local(e.End, "15:04") + " " + e.Place
	if !e.Opens.IsZero() {
		text += " opens " + local(e.Opens, moment)
	}
	if !e.Closes.IsZero() {
		text += " closes " + local(e.Closes, moment)
	}
	return text
}

func TestCalendarEntryWords(t *testing.T) {
	list, err := ofEntry(t, "kind: speeddating\nlanguages: [fr, ta]\nwaiting: false\nnote: un plaid\ndating: {rounds: 14, minimum: 2}")
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	e, rounds := list[0], events.DefaultOptions()
	rounds.Rounds, rounds.Minimum = 14, 2
	if strings.Join(e.Languages, " ") != "fr ta" || !e.NoWait || e.Note != "un plaid" || *e.Dating != rounds || e.Sample || e.Series != "" {
		t.Errorf("%+v, rounds %+v", e, e.Dating)
	}
}

// TestCalendarEntriesRefused: each thing that is wrong is said with the line of
// its entry.
func TestCalendarEntriesRefused(t *testing.T) {
	const weekly = "-date\nevery: wednesday\nahead: 2\n"
	for _, c := range []struct{ lines, want string }{
		{"-date", `calendar.yaml:3: event fete: every is a day of the week (monday to sunday), not ""; or say the date`},
		{"every: monday", "say either date or every"},
		{"nth: 2", "nth, ahead, except and moves are for what comes again"},
		{"date: 5/12/2026", "calendar.yaml:9: a day is written 2026-11-23"},
		{"-time", "time: say the hours"},
		{"time: 9h-11h", `time: "9h-11h" is not an interval`},
		{"time: 09:00-12:00, 11:00-17:00", "11:00-17:00 begins before the one above ends"},
		{"title: \"\"", "calendar.yaml:3: event fete: the title is empty"},
		{"audience: tous", "calendar.yaml:3: event fete: audience is one of parents, childminders, all, professionals"},
		{"capacity: 1001", "capacity is 0 to 1000"},
		{"opens: bientôt", `registration opens and closes on a day such as 2026-11-14, or some days before such as 21, not "bientôt"`},
		{"opens: 2026-12-06", "registration must open before the event begins"},
		{"closes: 2026-12-05", "registration must close by the time the event begins"},
		{"opens: 1\ncloses: 2", "closes later than it opens"},
		{"capacity: 0\nopens: 9", "there are no seats"},
		{"languages: [Français]", `not "Français"`},
		{"dating: {rounds: 8}", "rounds are for a speed-dating day"},
		{"kind: speeddating\ndating: {rounds: 99}", "rounds must be 1 to 64"},
		{"kind: speeddating\ndating: {begin: tôt}", "begin must be 0 to 1439"},
		{"kind: speeddating\ndating: {rounds: 16}", "the rounds last from 09:30 to 11:37, and the day from 09:30 to 11:30"},
		{"kind: speeddating\ndating: {tours: 8}", "field tours not found"},
		{weekly + "cancelled: true", "write them in except"},
		{weekly + "opens: 2026-11-30", "opens and closes are numbers of days before each date"},
		{weekly + "except: [2026-12-03]", "2026-12-03 is a Thursday"},
		{weekly + "except: [jeudi]", `a day is written 2026-12-02, not "jeudi"`},
		{weekly + "moves: {2026-12-02: {}}", "say to which date, time or place"},
		{weekly + "moves: {2026-12-02: {time: tard}}", `moves 2026-12-02: time: "tard" is not an interval`},
		{weekly + "moves: {2026-12-02: {lieu: x}}", "field lieu not found"},
	} {
		if _, err := ofEntry(t, c.lines); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", c.lines, err, c.want)
		}
	}
}
