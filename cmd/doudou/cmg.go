package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"time"

	"doudou/knowledge/cmg"
)

// cmgFields are the names of the options, of the CSV columns and of the JSON keys.
var cmgFields = [...]string{"children", "resources", "hours", "hourly", "care", "aeeh", "date"}

func cmgCommand() command {
	return command{
		name:  "cmg",
		about: "estimates the CMG of a family and what is left to pay",
		usage: "--children N --resources EUROS --hours H --hourly EUROS --care childminder|home [--aeeh N] [--age MONTHS] [--lone] [--date 2026-11-01] [--json]\n" +
			"  doudou cmg --care structure --kind micro|company|childminder --children N --resources EUROS --hours H --price EUROS --age MONTHS [--lone] [--atypical] [--aeeh N] [--date 2026-11-01] [--json]\n" +
			"  doudou cmg --csv < families.csv",
		example: "doudou cmg --children 2 --resources 2500 --hours 173 --hourly 5.60 --care childminder",
		run:     runCMG,
	}
}

// cmgOptions are the options of the command, as they were typed.
type cmgOptions struct {
	given           map[string]*string
	lone, atypical  *bool
	asJSON, asTable *bool
}

func newCMGOptions(flags *flag.FlagSet) cmgOptions {
	return cmgOptions{
		given: map[string]*string{
			"children":  flags.String("children", "", "`number` of dependent children of the household, not only those in care"),
			"resources": flags.String("resources", "", "household income of the year before last divided by 12, in `euros` a month"),
			"hours":     flags.String("hours", "", "paid `hours` of the month"),
			"hourly":    flags.String("hourly", "", "net cost of an hour in `euros`; at a childminder's with upkeep and meals"),
			"care":      flags.String("care", "", "`kind`: childminder or home (the family employs), or structure"),
			"aeeh":      flags.String("aeeh", "0", "`number` of these children who have AEEH"),
			"age":       flags.String("age", "", "age of the child in whole `months`"),
			"kind":      flags.String("kind", "", "`kind` of structure: micro (micro-crèche), company (somebody at home), childminder (employed by it)"),
			"price":     flags.String("price", "", "price of an hour in `euros`, in a structure"),
			"date":      flags.String("date", "", "`day` of the month to estimate, 2026-11-01; today if left out"),
		},
		lone:     flags.Bool("lone", false, "a parent alone"),
		atypical: flags.Bool("atypical", false, "nights, Sundays or holidays, in a structure"),
		asJSON:   flags.Bool("json", false, "print one JSON object"),
		asTable:  flags.Bool("csv", false, "read rows with these names from standard input; print them with cmg,rest,reference,cap,valid_from"),
	}
}

func (o cmgOptions) value(name string) string { return *o.given[name] }

// misplaced refuses an option that the kind of care has no use for: an answer
// that silently left it out would look like the one that was asked for.
func (o cmgOptions) misplaced() error {
	structure := o.value("care") == careStructure
	switch {
	case structure && o.value("hourly") != "":
		return errors.New("hourly is for childminder or home; a structure has a price")
	case !structure && (o.value("kind") != "" || o.value("price") != "" || *o.atypical):
		return errors.New("kind, price and atypical are for care structure")
	}
	return nil
}

// runCMG estimates one family given by options, or all rows of a CSV.
func runCMG(_ context.Context, p *program, flags *flag.FlagSet, args []string) error {
	o := newCMGOptions(flags)
	if err := p.parse(flags, args); err != nil {
		return err
	}
	switch {
	case flags.NArg() > 0:
		return p.misuse(flags, fmt.Errorf("%q is not an option", flags.Arg(0)))
	case *o.asTable:
		return p.cmgTable()
	}
	if err := o.misplaced(); err != nil {
		return p.misuse(flags, err)
	}
	if o.value("care") == careStructure {
		return p.cmgStructure(flags, o)
	}
	return p.cmgEmployed(flags, o)
}

// cmgEmployed estimates the CMG of a family that employs somebody.
func (p *program) cmgEmployed(flags *flag.FlagSet, o cmgOptions) error {
	f, err := readFamily(o.value, p.today())
	if err == nil && o.value("age") != "" {
		err = readWhole("age", o.value("age"), &f.Age)
	}
	if err != nil {
		return p.misuse(flags, err)
	}
	f.Lone = *o.lone
	r, err := cmg.Estimate(f.Input, f.on)
	if err != nil {
		return p.refused(flags, err)
	}
	if *o.asJSON {
		return json.NewEncoder(p.out).Encode(newEstimate(f, r))
	}
	return p.printEstimate(r)
}

// refused tells a value that is not possible from a month that has no estimate.
func (p *program) refused(flags *flag.FlagSet, err error) error {
	if wrong := (*cmg.RangeError)(nil); errors.As(err, &wrong) {
		return p.misuse(flags, err)
	}
	return err
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
