package knowledge

import (
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A Team answers escalated questions.
type Team struct {
	ID          string
	Name        string // in French, as families know it
	Institution string // ville, departement, caf
	Hours       Hours
	Example     bool // the hours are an example, to be replaced by the true ones
}

// Teams returns the teams, the default one first.
func (k *Knowledge) Teams() []Team { return slices.Clone(k.teams) }

// team returns a team by id, the default one for "".
func (k *Knowledge) team(id string) (Team, error) {
	for _, t := range k.teams {
		if id == "" || t.ID == id {
			return t, nil
		}
	}
	return Team{}, fmt.Errorf("there is no team %q in teams.yaml", id)
}

type teamEntry struct {
	ID          string              `yaml:"id"`
	Name        string              `yaml:"name"`
	Institution string              `yaml:"institution"`
	Example     bool                `yaml:"example"`
	Hours       map[string][]string `yaml:"hours"`
	Closed      []string            `yaml:"closed"`
}

func readTeams(fsys fs.FS, zone *time.Location) (teams []Team, wrong []error) {
	var file struct {
		Teams []teamEntry `yaml:"teams"`
	}
	doc, err := readYAML(fsys, "teams.yaml", &file)
	if err != nil {
		return nil, []error{err}
	}
	for i, line := range linesOf(doc, "teams") {
		e, at := file.Teams[i], place{"teams.yaml", line}
		t, err := e.team(zone)
		if err != nil {
			wrong = append(wrong, at.wrong("team %s: %w", e.ID, err))
		}
		if slices.ContainsFunc(teams, func(o Team) bool { return o.ID == e.ID }) {
			wrong = append(wrong, at.wrong("team %s is there twice", e.ID))
		}
		teams = append(teams, t)
	}
	if len(teams) == 0 {
		wrong = append(wrong, fmt.Errorf("teams.yaml:1: there is no team; the first one is the default"))
	}
	return teams, wrong
}

func (e teamEntry) team(zone *time.Location) (Team, error) {
	t := Team{ID: e.ID, Name: e.Name, Institution: e.Institution, Example: e.Example, Hours: Hours{zone: zone}}
	switch {
	case !factID.MatchString(e.ID):
		return t, fmt.Errorf("an id is lower case letters, digits and _")
	case e.Name == "":
		return t, fmt.Errorf("say its name, as families know it")
	case !slices.Contains([]string{"ville", "departement", "caf"}, e.Institution):
		return t, fmt.Errorf("institution is ville, departement or caf, not %q", e.Institution)
	case len(e.Hours) == 0:
		return t, fmt.Errorf("a team without hours would never answer")
	}
	for _, name := range slices.Sorted(maps.Keys(e.Hours)) {
		day, ok := weekday(name)
		if !ok {
			return t, fmt.Errorf("%q is not a day of the week (monday to sunday)", name)
		}
		list, err := readIntervals(e.Hours[name])
		if err != nil {
			return t, fmt.Errorf("%s: %w", name, err)
		}
		t.Hours.week[day] = list
	}
	for _, text := range e.Closed {
		s, err := readSpan(text)
		if err != nil {
			return t, err
		}
		t.Hours.closed = append(t.Hours.closed, s)
	}
	return t, nil
}

// weekday reads the English name of a day, in lower case.
func weekday(name string) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.ToLower(d.String()) == name {
			return d, true
		}
	}
	return 0, false
}

var intervalForm = regexp.MustCompile(`^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$`)

// readIntervals reads "09:00-12:00", in order, without overlap.
func readIntervals(texts []string) ([]interval, error) {
	var list []interval
	for _, text := range texts {
		if !intervalForm.MatchString(text) {
			return nil, fmt.Errorf("%q is not an interval such as 09:00-12:00", text)
		}
		i := interval{minutes(text[:5]), minutes(text[6:])}
		if i.from >= i.to {
			return nil, fmt.Errorf("%s ends before it begins", text)
		}
		if n := len(list); n > 0 && list[n-1].to > i.from {
			return nil, fmt.Errorf("%s begins before the one above ends", text)
		}
		list = append(list, i)
	}
	return list, nil
}

// minutes reads hh:mm, whose form is checked, as minutes since midnight.
func minutes(clock string) int {
	n := func(i int) int { return int(clock[i]-'0')*10 + int(clock[i+1]-'0') }
	return n(0)*60 + n(3)
}

// readSpan reads a day, or two with ".." between.
func readSpan(text string) (span, error) {
	first, last, several := strings.Cut(text, "..")
	if !several {
		last = first
	}
	from, err := time.Parse(time.DateOnly, first)
	until, err2 := time.Parse(time.DateOnly, last)
	if err != nil || err2 != nil || until.Before(from) {
		return span{}, fmt.Errorf("closed is 2026-12-24 or 2026-12-24..2027-01-01, not %q", text)
	}
	return span{from, until}, nil
}
