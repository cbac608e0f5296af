package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"time"

	"doudou/bot/report"
	"doudou/bot/sms"
	"doudou/dialogs"
	"doudou/locales"
)

func reportCommand() command {
	return command{
		name: "report", about: "counts what the relais answered in a period, for the half-yearly meeting",
		usage:   "[--from 2026-07-01 --to 2026-12-31] [--lang fr] [--csv | --html]",
		example: "doudou report --from 2026-07-01 --to 2026-12-31 --html > bilan.html", run: runReport,
	}
}

// runReport reads the store beside the service and prints the report.
func runReport(ctx context.Context, p *program, flags *flag.FlagSet, args []string) error {
	from := flags.String("from", "", "first `day` counted; without it, the half-year before this one")
	to := flags.String("to", "", "last `day` counted")
	lang := flags.String("lang", "fr", "`language` of the report: fr or en")
	asCSV := flags.Bool("csv", false, "a table for a spreadsheet: semicolons, and the mark of the encoding")
	asHTML := flags.Bool("html", false, "one page to read and to print on A4")
	if err := p.parse(flags, args); err != nil {
		return err
	}
	o := report.Options{Made: p.now(), Segments: func(text string) int { return sms.Measure(sms.Fit(text)).Segments }}
	var err error
	if o.From, o.To, err = period(*from, *to, p.now()); err != nil {
		return p.misuse(flags, err)
	}
	if err := p.reportContent(&o, *lang); err != nil {
		return err
	}
	c, err := readConfig(p.getenv)
	if err != nil {
		return err
	}
	source, err := openStore(ctx, p, c, false)
	if err != nil {
		return err
	}
	defer source.Close()
	o.Source = source
	r, err := report.Make(ctx, o)
	if err != nil {
		return err
	}
	switch {
	case *asCSV:
		return r.CSV(p.out, o.Words)
	case *asHTML:
		return r.HTML(p.out, o.Words)
	}
	return r.Text(p.out, o.Words)
}

// reportContent reads the town, the trees and the words of a report.
func (p *program) reportContent(o *report.Options, lang string) (err error) {
	if o.Knowledge, err = p.openTown(); err != nil {
		return err
	}
	book, problems := dialogs.Default()
	if book == nil {
		return brokenError(problems)
	}
	o.Steps = book.Questions()
	families, err := locales.Default()
	if err != nil {
		return err
	}
	o.Words, err = reportWords(families, lang)
	return err
}

// reportWords gives the words of a report: those of the desk, and of what
// families read for the names of topics and languages.
func reportWords(families *locales.Catalog, lang string) (func(string) string, error) {
	desk, err := locales.Desk()
	if err != nil {
		return nil, err
	}
	if lang != "fr" && lang != "en" {
		return nil, fmt.Errorf("the report is written in fr or en, not %q", lang)
	}
	return func(key string) string {
		line := locales.Line{Key: key}
		text, err := desk.Text(lang, locales.Style{}, line, nil)
		if err != nil {
			text, err = families.Text(lang, locales.Style{}, line, nil)
		}
		if err != nil {
			return ""
		}
		return text
	}, nil
}

// period reads the days of a report, in the time of the town; without any, the
// last half-year that is over.
func period(from, to string, now time.Time) (first, after time.Time, err error) {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return first, after, err
	}
	begin, end := lastHalf(now.In(zone))
	if first, err = time.ParseInLocation(time.DateOnly, cmp.Or(from, begin), zone); err != nil {
		return first, after, fmt.Errorf("--from is a day such as 2026-07-01, not %q", from)
	}
	last, err := time.ParseInLocation(time.DateOnly, cmp.Or(to, end), zone)
	if err != nil {
		return first, after, fmt.Errorf("--to is a day such as 2026-12-31, not %q", to)
	}
	if last.Before(first) {
		return first, after, fmt.Errorf("--from %s comes after --to %s", first.Format(time.DateOnly), last.Format(time.DateOnly))
	}
	return first, last.AddDate(0, 0, 1), nil
}

// lastHalf returns the first and the last day of the half-year before that of now.
func lastHalf(now time.Time) (first, last string) {
	y := now.Year()
	if now.Month() > time.June {
		return fmt.Sprintf("%d-01-01", y), fmt.Sprintf("%d-06-30", y)
	}
	return fmt.Sprintf("%d-07-01", y-1), fmt.Sprintf("%d-12-31", y-1)
}
