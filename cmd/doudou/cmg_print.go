package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"doudou/knowledge/cmg"
)

// An estimate is a result as it is printed in JSON: numbers with two decimals.
type estimate struct {
	Children  int         `json:"children"`
	AEEH      int         `json:"aeeh"`
	Resources json.Number `json:"resources"`
	Hours     json.Number `json:"hours"`
	Hourly    json.Number `json:"hourly"`
	Care      cmg.Care    `json:"care"`
	Date      string      `json:"date"`
	CMG       json.Number `json:"cmg"`
	Rest      json.Number `json:"rest"`
	Cost      json.Number `json:"cost"`
	Reference json.Number `json:"reference"`
	Cap       json.Number `json:"cap"`
	ValidFrom string      `json:"valid_from"`
	Notes     []string    `json:"notes,omitempty"`
}

func newEstimate(f family, r cmg.Result) estimate {
	return estimate{
		Children: f.Children, AEEH: f.AEEH, Care: f.Care, Date: f.on.Format(time.DateOnly),
		Resources: cents(f.Resources), Hours: cents(f.Hours), Hourly: cents(f.Hourly),
		CMG: cents(r.CMG), Rest: cents(r.Rest), Cost: cents(r.Cost),
		Reference: cents(r.Reference), Cap: cents(r.Cap),
		ValidFrom: r.ValidFrom.Format(time.DateOnly), Notes: r.Notes,
	}
}

func cents(d decimal.Decimal) json.Number { return json.Number(d.StringFixed(2)) }

func (p *program) printEstimate(r cmg.Result) error {
	return p.printLines([][2]string{
		{"cmg", r.CMG.StringFixed(2)}, {"rest", r.Rest.StringFixed(2)}, {"cost", r.Cost.StringFixed(2)},
		{"reference", r.Reference.StringFixed(2)}, {"cap", r.Cap.StringFixed(2)},
		{"valid_from", r.ValidFrom.Format(time.DateOnly)},
	}, r.Notes)
}

func (p *program) printLines(lines [][2]string, notes []string) error {
	for _, note := range notes {
		lines = append(lines, [2]string{"note", note})
	}
	for _, line := range lines {
		if _, err := fmt.Fprintf(p.out, "%-11s %s\n", line[0], line[1]); err != nil {
			return err
		}
	}
	return nil
}
