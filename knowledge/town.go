package knowledge

import (
	"fmt"
	"io/fs"
	"regexp"
	"time"
)

// A Town is where Doudou serves.
type Town struct {
	Name       string // "Épinay-sur-Seine"
	Postcode   string // "93800"
	Department string // "Seine-Saint-Denis"
	CheckedOn  time.Time
	Quarters   []Quarter
	Domains    []string // official sites of the town and the Département
	// Commissions are the days on which the crèches' places are given, in order.
	Commissions []Commission
	// Baseline is where the town stood when its convention was signed: it is
	// printed beside the half-yearly report, and never said to a family.
	Baseline []Figure
	// Switchboard is the telephone of the town hall. It may be spoken only once
	// somebody has checked it (as the fact town_phone).
	Switchboard Fact
}

// A Figure is a number of the past, as its source prints it.
type Figure struct {
	Axis  int    `yaml:"axis"` // of the convention: 1, 2 or 3
	Label string `yaml:"label"`
	Value string `yaml:"value"`
}

type townFile struct {
	Name        string          `yaml:"name"`
	Postcode    string          `yaml:"postcode"`
	Department  string          `yaml:"department"`
	CheckedOn   day             `yaml:"checked_on"`
	Quarters    []quarterEntry  `yaml:"quarters"`
	Domains     []string        `yaml:"domains"`
	Commissions commissionsFile `yaml:"commissions"`
	Baseline    []Figure        `yaml:"baseline"`
	Switchboard struct {
		Phone     string `yaml:"phone"`
		Source    string `yaml:"source"`
		Address   string `yaml:"address"`
		Sure      string `yaml:"sure"`
		CheckedOn day    `yaml:"checked_on"`
		Note      string `yaml:"note"`
	} `yaml:"switchboard"`
}

var (
	domainForm   = regexp.MustCompile(`^([a-z0-9-]+\.)+[a-z]{2,}$`)
	postcodeForm = regexp.MustCompile(`^\d{5}$`)
)

func readTown(fsys fs.FS) (Town, []error) {
	var file townFile
	doc, err := readYAML(fsys, "town.yaml", &file)
	if err != nil {
		return Town{}, []error{err}
	}
	s := file.Switchboard
	t := Town{
		Name: file.Name, Postcode: file.Postcode, Department: file.Department, CheckedOn: file.CheckedOn.Time,
		Domains: file.Domains, Baseline: file.Baseline,
		Switchboard: Fact{
			ID: "town_phone", Kind: "phone", Value: s.Phone, About: "le standard de la mairie",
			Source: s.Source, Address: s.Address, Sure: s.Sure, CheckedOn: s.CheckedOn.Time, Note: s.Note,
			File: "town.yaml", Line: lineOf(doc, "switchboard"),
		},
	}
	top := position{"town.yaml", 1}
	var wrong []error
	if t.Name == "" || t.Department == "" || !postcodeForm.MatchString(t.Postcode) {
		wrong = append(wrong, top.wrong("say name, department and postcode (five digits)"))
	}
	for _, d := range t.Domains {
		if !domainForm.MatchString(d) {
			wrong = append(wrong, top.wrong("%q is not a domain such as epinay-sur-seine.fr", d))
		}
	}
	for _, f := range t.Baseline {
		if f.Label == "" || f.Value == "" || f.Axis < 1 || f.Axis > 3 {
			wrong = append(wrong, top.wrong("a figure of the baseline has a label, a value and an axis: 1, 2 or 3"))
		}
	}
	if len(t.Domains) == 0 {
		wrong = append(wrong, top.wrong("say the town's own site in domains"))
	}
	more := t.readQuarters(file.Quarters, linesOf(doc, "quarters"))
	wrong = append(wrong, more...)
	t.Commissions, more = file.Commissions.read(doc)
	return t, append(wrong, more...)
}

// readQuarters keeps the quarters of the file.
func (t *Town) readQuarters(entries []quarterEntry, lines []int) (wrong []error) {
	for i, e := range entries {
		q, err := e.quarter()
		if _, twice := t.quarter(q.Name); err == nil && twice {
			err = fmt.Errorf("quarter %q is there twice", q.Name)
		}
		if err != nil {
			wrong = append(wrong, position{"town.yaml", lines[i]}.wrong("%w", err))
		}
		t.Quarters = append(t.Quarters, q)
	}
	return wrong
}

// facts returns what the texts may say of the town.
func (t Town) facts() []Fact {
	if t.Name == "" || len(t.Domains) == 0 {
		return nil // said already
	}
	name := Fact{
		ID: "town_name", Kind: "text", Value: t.Name, About: "la ville",
		Source: fmt.Sprintf("Ville de %s", t.Name), Address: "https://" + t.Domains[0] + "/", Sure: "A",
		CheckedOn: t.CheckedOn, File: "town.yaml", Line: 1,
	}
	return []Fact{name, t.Switchboard}
}
