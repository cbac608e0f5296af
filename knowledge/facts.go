package knowledge

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A Fact is one thing that an answer may state: a number, a date, a name, a
// telephone number. Dates are days of the town, at midnight UTC. An id may have
// several versions that follow one another in time.
type Fact struct {
	ID        string
	Kind      string    // count, euros, percent, date, phone, text
	Value     string    // canonical
	Unit      string    // "hour", "month", ...
	About     string    // one line in French, for the coordinator
	Source    string    // title of the text
	Address   string    // https address of the source, in an allowed domain
	Sure      string    // A official text, B computed from one, C two sources agree, D one source
	Note      string    // what is uncertain, in French
	From      time.Time // first day in force; zero: always was
	Until     time.Time // last day in force; zero: no end is known
	CheckedOn time.Time // zero: nobody has checked it
	File      string
	Line      int
}

// State tells what may be done with the fact on a day: "spoken" may be stated.
// It is "unsure" as long as one single source says it, "unchecked" before
// somebody has read that source, "later" and "ended" out of its days.
func (f Fact) State(on time.Time) string {
	switch on = dayOf(on); {
	case f.CheckedOn.IsZero():
		return "unchecked"
	case f.Sure == "D":
		return "unsure"
	case on.Before(f.From):
		return "later"
	case !f.Until.IsZero() && on.After(f.Until):
		return "ended"
	}
	return "spoken"
}

// Spoken tells whether an answer may state the fact on a day: in force, checked,
// and better than one single source.
func (f Fact) Spoken(on time.Time) bool { return f.State(on) == "spoken" }

// Fact returns a fact that may be spoken on that day: false when it is unknown,
// not in force, unchecked or not sure enough (a D).
func (k *Knowledge) Fact(id string, on time.Time) (Fact, bool) {
	at, _ := slices.BinarySearchFunc(k.facts, id, func(f Fact, id string) int { return cmp.Compare(f.ID, id) })
	on = k.local(on)
	for _, f := range k.facts[at:] {
		if f.ID != id {
			break
		}
		if f.Spoken(on) {
			return f, true
		}
	}
	return Fact{}, false
}

// Facts returns all facts with all their versions, sorted by id, then by date.
func (k *Knowledge) Facts() []Fact { return slices.Clone(k.facts) }

// A factFile is a file of facts; several facts may come from one source.
type factFile struct {
	Sources map[string]struct {
		Title     string `yaml:"title"`
		Address   string `yaml:"address"`
		CheckedOn day    `yaml:"checked_on"`
	} `yaml:"sources"`
	Facts []struct {
		ID     string `yaml:"id"`
		Kind   string `yaml:"kind"`
		Value  string `yaml:"value"`
		Unit   string `yaml:"unit"`
		About  string `yaml:"about"`
		Source string `yaml:"source"`
		Sure   string `yaml:"sure"`
		Note   string `yaml:"note"`
		From   day    `yaml:"from"`
		Until  day    `yaml:"until"`
	} `yaml:"facts"`
}

// readFacts reads all files of facts, and what the town adds.
func readFacts(fsys fs.FS, town Town) (facts []Fact, wrong []error) {
	names, err := fs.Glob(fsys, "facts/*.yaml")
	if err != nil || len(names) == 0 {
		return nil, []error{fmt.Errorf("facts/: there is no file of facts")}
	}
	for _, name := range names {
		list, problems := readFactFile(fsys, name)
		facts, wrong = append(facts, list...), append(wrong, problems...)
	}
	facts = append(facts, town.facts()...)
	slices.SortStableFunc(facts, func(a, b Fact) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), a.From.Compare(b.From))
	})
	for i, f := range facts {
		if err := f.check(town); err != nil {
			wrong = append(wrong, position{f.File, f.Line}.wrong("fact %s: %w", f.ID, err))
		}
		if i > 0 && facts[i-1].ID == f.ID {
			if err := follows(facts[i-1], f); err != nil {
				wrong = append(wrong, position{f.File, f.Line}.wrong("fact %s: %w", f.ID, err))
			}
		}
	}
	return facts, wrong
}

func readFactFile(fsys fs.FS, name string) (facts []Fact, wrong []error) {
	var file factFile
	doc, err := readYAML(fsys, name, &file)
	if err != nil {
		return nil, []error{err}
	}
	used := map[string]bool{}
	for i, line := range linesOf(doc, "facts") {
		f := file.Facts[i]
		source, ok := file.Sources[f.Source]
		if !ok {
			wrong = append(wrong, position{name, line}.wrong("fact %s: the file lists no source %q", f.ID, f.Source))
			continue
		}
		used[f.Source] = true
		facts = append(facts, Fact{
			ID: f.ID, Kind: f.Kind, Value: f.Value, Unit: f.Unit, About: f.About, Sure: f.Sure, Note: f.Note,
			Source: source.Title, Address: source.Address, CheckedOn: source.CheckedOn.Time,
			From: f.From.Time, Until: f.Until.Time, File: name, Line: line,
		})
	}
	for _, source := range slices.Sorted(maps.Keys(file.Sources)) {
		if !used[source] {
			wrong = append(wrong, position{name, lineOf(doc, "sources")}.wrong("no fact uses the source %q", source))
		}
	}
	return facts, wrong
}

var (
	factID = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	// values is the canonical form of each kind.
	values = map[string]*regexp.Regexp{
		"count":   regexp.MustCompile(`^(0|[1-9]\d{0,8})(\.\d{1,2})?$`),
		"euros":   regexp.MustCompile(`^(0|[1-9]\d{0,8})(\.\d{1,3})?$`),
		"percent": regexp.MustCompile(`^(0|[1-9]\d{0,2})(\.\d{1,4})?$`),
		"date":    regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`),
		"phone":   regexp.MustCompile(`^\+?\d[\d ]{0,18}\d$`),
		"text":    regexp.MustCompile(`^\S(.{0,78}\S)?$`),
	}
	units = []string{"", "hour", "day", "week", "month", "year", "day of the month"}
)

// check refuses a fact whose form is wrong.
func (f Fact) check(town Town) error {
	switch form := values[f.Kind]; {
	case !factID.MatchString(f.ID):
		return fmt.Errorf("an id is lower case letters, digits and _, such as caf_phone")
	case form == nil:
		return fmt.Errorf("kind is one of count, euros, percent, date, phone, text, not %q", f.Kind)
	case !form.MatchString(f.Value):
		return fmt.Errorf("%q is not a value of kind %s (a point for decimals, dates as 2026-11-23)", f.Value, f.Kind)
	case !slices.Contains(units, f.Unit):
		return fmt.Errorf("unit is one of %s, not %q", strings.Join(units[1:], ", "), f.Unit)
	case !slices.Contains([]string{"A", "B", "C", "D"}, f.Sure):
		return fmt.Errorf("sure is A, B, C or D, not %q", f.Sure)
	case f.About == "" || f.Source == "":
		return fmt.Errorf("say what it is about and where it comes from")
	case !f.From.IsZero() && !f.Until.IsZero() && f.Until.Before(f.From):
		return fmt.Errorf("it ends before it begins")
	}
	if f.Kind == "date" {
		if _, err := time.Parse(time.DateOnly, f.Value); err != nil {
			return fmt.Errorf("there is no day %s", f.Value)
		}
	}
	return official(f.Address, town.Domains)
}

// follows refuses two versions of a fact that hold on the same day, or that
// are not the same thing.
func follows(before, f Fact) error {
	switch {
	case before.Until.IsZero() || !f.From.After(before.Until):
		return fmt.Errorf("%s:%d holds on the same days; end it with until", before.File, before.Line)
	case before.Kind != f.Kind || before.Unit != f.Unit:
		return fmt.Errorf("kind and unit are not those of %s:%d", before.File, before.Line)
	}
	return nil
}
