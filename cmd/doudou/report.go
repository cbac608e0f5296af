package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"time"

	"doudou/bot/desk"
	"doudou/bot/report"
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
	o := report.Options{Made: p.now()}
	err := p.reportContent(&o, *lang)
	if err != nil {
		return err
	}
	if o.From, o.To, err = period(*from, *to, o.Knowledge.Zone(), p.now()); err != nil {
		return p.misuse(flags, fmt.Errorf("--from and --to: %w", err))
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
	o.Source, o.SegmentPrice = source, c.smsPrice
	r, err := report.Make(ctx, o)
	if err != nil {
		return err
	}
	switch {
	case *asCSV:
		return r.CSV(p.out)
	case *asHTML:
		return r.HTML(p.out)
	}
	return r.Text(p.out)
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
	o.Paths = reportPaths(book)
	families, err := locales.Default()
	if err != nil {
		return err
	}
	o.Words, err = reportWords(families, lang)
	return err
}

// report counts a period for the page of the desk.
func (s *server) report(ctx context.Context, lang string, from, to time.Time) (desk.Report, error) {
	words, err := reportWords(s.content.words, lang)
	if err != nil {
		return nil, err
	}
	return report.Make(ctx, report.Options{Source: s.store, Knowledge: s.content.knowledge, Words: words, SegmentPrice: s.config.smsPrice,
		Paths: reportPaths(s.content.book), From: from, To: to, Made: s.p.now()})
}

// reportPaths are the paths of the trees, as the report counts them.
func reportPaths(book *dialogs.Book) []report.Path {
	var paths []report.Path
	for _, p := range book.Paths() {
		path := report.Path{Dialog: p.Dialog}
		for _, s := range p.Steps {
			path.Steps = append(path.Steps, report.Step(s))
		}
		paths = append(paths, path)
	}
	return paths
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
func period(from, to string, zone *time.Location, now time.Time) (first, after time.Time, err error) {
	this, _ := report.Half(now.In(zone))
	begin, end := report.Half(this.AddDate(0, 0, -1))
	return report.Period(cmp.Or(from, begin.Format(time.DateOnly)), cmp.Or(to, end.AddDate(0, 0, -1).Format(time.DateOnly)), zone)
}
