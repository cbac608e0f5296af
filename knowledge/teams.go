package knowledge

import (
	"fmt"
	"io/fs"
	"slices"
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

// Worked returns how much of the time between two moments a team was there; for
// a team that is in the files no more, the hours of the default one count.
func (k *Knowledge) Worked(team string, from, to time.Time) time.Duration {
	t, err := k.team(team)
	if err != nil {
		if t, err = k.team(""); err != nil {
			return 0
		}
	}
	return t.Hours.Worked(from, to)
}

// institutions are those that signed the convention.
func institutions() []string { return []string{"ville", "departement", "caf"} }

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
		e, at := file.Teams[i], position{"teams.yaml", line}
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
	t := Team{ID: e.ID, Name: e.Name, Institution: e.Institution, Example: e.Example}
	switch {
	case !factID.MatchString(e.ID):
		return t, fmt.Errorf("an id is lower case letters, digits and _")
	case e.Name == "":
		return t, fmt.Errorf("say its name, as families know it")
	case !slices.Contains(institutions(), e.Institution):
		return t, fmt.Errorf("institution is one of %v, not %q", institutions(), e.Institution)
	case len(e.Hours) == 0:
		return t, fmt.Errorf("a team without hours would never answer")
	}
	var err error
	t.Hours, err = readHours(e.Hours, e.Closed, zone)
	return t, err
}
