package main

import (
	"encoding/json"
	"flag"
	"strconv"
	"time"

	"doudou/knowledge/cmg"
)

// careStructure is the care of a family that pays a structure and employs nobody.
const careStructure = "structure"

// cmgStructure estimates the CMG of a child in a structure. The age must be
// said: it halves the amount.
func (p *program) cmgStructure(flags *flag.FlagSet, o cmgOptions) error {
	in, on, err := readEnrolment(o, p.today())
	if err != nil {
		return p.misuse(flags, err)
	}
	g, err := cmg.EstimateStructure(in, on)
	if err != nil {
		return p.refused(flags, err)
	}
	if *o.asJSON {
		return json.NewEncoder(p.out).Encode(newGrant(in, on, g))
	}
	return p.printLines([][2]string{
		{"cmg", g.CMG.StringFixed(2)}, {"rest", g.Rest.StringFixed(2)}, {"cost", g.Cost.StringFixed(2)},
		{"maximum", g.Maximum.StringFixed(2)}, {"bracket", strconv.Itoa(g.Bracket)},
		{"valid_from", g.ValidFrom.Format(time.DateOnly)},
	}, g.Notes)
}

// readEnrolment reads a child in a structure; what it shares with direct
// employment is read in the same way.
func readEnrolment(o cmgOptions, today time.Time) (cmg.Enrolment, time.Time, error) {
	f, err := readPriced("price", o.value, today)
	in := cmg.Enrolment{Structure: cmg.Structure(o.value("kind")), Children: f.Children, AEEH: f.AEEH,
		Lone: *o.lone, Atypical: *o.atypical, Resources: f.Resources, Hours: f.Hours, Price: f.Hourly}
	if err == nil {
		err = readWhole("age", o.value("age"), &in.Age)
	}
	return in, f.on, err
}

// A grant is a result as it is printed in JSON: numbers with two decimals.
type grant struct {
	Children  int           `json:"children"`
	AEEH      int           `json:"aeeh"`
	Age       int           `json:"age"`
	Lone      bool          `json:"lone"`
	Atypical  bool          `json:"atypical"`
	Resources json.Number   `json:"resources"`
	Hours     json.Number   `json:"hours"`
	Price     json.Number   `json:"price"`
	Care      string        `json:"care"`
	Kind      cmg.Structure `json:"kind"`
	Date      string        `json:"date"`
	CMG       json.Number   `json:"cmg"`
	Rest      json.Number   `json:"rest"`
	Cost      json.Number   `json:"cost"`
	Maximum   json.Number   `json:"maximum"`
	Bracket   int           `json:"bracket"`
	ValidFrom string        `json:"valid_from"`
	Notes     []string      `json:"notes,omitempty"`
}

func newGrant(in cmg.Enrolment, on time.Time, g cmg.Grant) grant {
	return grant{
		Children: in.Children, AEEH: in.AEEH, Age: in.Age, Lone: in.Lone, Atypical: in.Atypical,
		Resources: cents(in.Resources), Hours: cents(in.Hours), Price: cents(in.Price),
		Care: careStructure, Kind: in.Structure, Date: on.Format(time.DateOnly),
		CMG: cents(g.CMG), Rest: cents(g.Rest), Cost: cents(g.Cost), Maximum: cents(g.Maximum), Bracket: g.Bracket,
		ValidFrom: g.ValidFrom.Format(time.DateOnly), Notes: g.Notes,
	}
}
