package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"doudou/knowledge/cmg"
)

// cmgFields are the names of the options, of the CSV columns and of the JSON keys.
var cmgFields = [...]string{"children", "resources", "hours", "hourly", "care", "aeeh", "date"}

func cmgCommand() command {
	return command{
		name:  "cmg",
		about: "estimates the CMG of a family and what is left to pay",
		usage: "--children N --resources EUROS --hours H --hourly EUROS --care childminder|home [--aeeh N] [--date 2026-11-01] [--json]\n" +
			"  doudou cmg --csv < families.csv",
		example: "doudou cmg --children 2 --resources 2500 --hours 173 --hourly 5.60 --care childminder",
		run:     runCMG,
	}
}

// runCMG estimates one family given by options, or all rows of a CSV.
func runCMG(_ context.Context, p *program, flags *flag.FlagSet, args []string) error {
	given := map[string]*string{
		"children":  flags.String("children", "", "`number` of dependent children of the household, not only those in care"),
		"resources": flags.String("resources", "", "household income of the year before last divided by 12, in `euros` a month"),
		"hours":     flags.String("hours", "", "paid `hours` of the month"),
		"hourly":    flags.String("hourly", "", "net cost of an hour in `euros`; at a childminder's with upkeep and meals"),
		"care":      flags.String("care", "", "`kind`: childminder or home"),
		"aeeh":      flags.String("aeeh", "0", "`number` of these children who have AEEH"),
		"date":      flags.String("date", "", "`day` of the month to estimate, 2026-11-01; today if left out"),
	}
	asJSON := flags.Bool("json", false, "print one JSON object")
	asCSV := flags.Bool("csv", false, "read rows with these names from standard input; print them with cmg,rest,reference,cap,valid_from")
	if err := p.parse(flags, args); err != nil {
		return err
	}
	switch {
	case flags.NArg() > 0:
		return p.misuse(flags, fmt.Errorf("%q is not an option", flags.Arg(0)))
	case *asCSV:
		return p.cmgTable()
	}
	f, err := readFamily(func(name string) string { return *given[name] }, p.today())
	if err != nil {
		return p.misuse(flags, err)
	}
	r, err := cmg.Estimate(f.Input, f.on)
	if wrong := (*cmg.RangeError)(nil); errors.As(err, &wrong) {
		return p.misuse(flags, err)
	}
	if err != nil {
		return err
	}
	if *asJSON {
		return json.NewEncoder(p.out).Encode(newEstimate(f, r))
	}
	return p.printEstimate(r)
}

// misuse says what is wrong with the options.
func (p *program) misuse(flags *flag.FlagSet, err error) error {
	fmt.Fprintf(p.err, "doudou %s: %v; try: doudou %s --help\n", flags.Name(), err, flags.Name())
	return errUsage
}

// today returns the day in the town; the machine may run on universal time.
func (p *program) today() time.Time {
	now := p.now()
	if paris, err := time.LoadLocation("Europe/Paris"); err == nil {
		return now.In(paris)
	}
	return now
}

// A family is one estimate to make.
type family struct {
	cmg.Input
	on time.Time
}

// readFamily reads a family from texts by name; ranges are left to the
// calculator.
func readFamily(value func(name string) string, today time.Time) (family, error) {
	f := family{on: today}
	f.Care = cmg.Care(value("care"))
	for _, n := range []struct {
		name string
		to   *int
	}{{"children", &f.Children}, {"aeeh", &f.AEEH}} {
		if err := readWhole(n.name, value(n.name), n.to); err != nil {
			return f, err
		}
	}
	for _, n := range []struct {
		name string
		to   *decimal.Decimal
	}{{"resources", &f.Resources}, {"hours", &f.Hours}, {"hourly", &f.Hourly}} {
		if err := readDecimal(n.name, value(n.name), n.to); err != nil {
			return f, err
		}
	}
	if day := value("date"); day != "" {
		on, err := time.Parse(time.DateOnly, day)
		if err != nil {
			return f, fmt.Errorf("date must be a day such as 2026-11-01, not %q", day)
		}
		f.on = on
	}
	return f, nil
}

func readWhole(name, text string, to *int) error {
	if text == "" && name == "aeeh" {
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return fmt.Errorf("%s must be a whole number, not %q", name, text)
	}
	*to = n
	return nil
}

// plain is a number as people write it: no exponent, no separator of thousands.
var plain = regexp.MustCompile(`^-?[0-9]{1,12}(\.[0-9]{1,6})?$`)

func readDecimal(name, text string, to *decimal.Decimal) error {
	if !plain.MatchString(text) {
		return fmt.Errorf("%s must be a number with a point such as 5.60, not %q", name, text)
	}
	d, err := decimal.NewFromString(text)
	*to = d
	return err
}

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
	for _, line := range [][2]string{
		{"cmg", r.CMG.StringFixed(2)}, {"rest", r.Rest.StringFixed(2)}, {"cost", r.Cost.StringFixed(2)},
		{"reference", r.Reference.StringFixed(2)}, {"cap", r.Cap.StringFixed(2)},
		{"valid_from", r.ValidFrom.Format(time.DateOnly)},
	} {
		if _, err := fmt.Fprintf(p.out, "%-11s %s\n", line[0], line[1]); err != nil {
			return err
		}
	}
	for _, note := range r.Notes {
		fmt.Fprintf(p.out, "%-11s %s\n", "note", note)
	}
	return nil
}
