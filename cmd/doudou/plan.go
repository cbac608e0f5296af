package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"doudou/knowledge/events"
)

func planCommand() command {
	return command{
		name:  "plan",
		about: "plans the rounds of a day where parents meet childminders",
		usage: "participants.csv [--begin 09:30 --rounds 8 --tables 16 --minutes 7 --pause 1 --min-meetings 3] [--json]\n" +
			"  doudou plan - < participants.csv\n\n" +
			"The list begins with this line; cells may be separated by ; instead:\n" +
			"  id,side,days,hours,quarter,start,child_months,places,from,to,languages\n" +
			"  p1,parent,mon|tue|thu,08:00-18:00,Orgemont,2027-01,10,1,09:30,11:30,fr|ta\n" +
			"  c1,childminder,mon|tue|wed|thu|fri,07:30-18:30,Orgemont|Centre,2027-01,,2,09:30,11:00,fr\n" +
			"p1 needs a place, c1 offers two. Lists are joined by |, an empty cell means any, from and to say when the\n" +
			"person is in the room. The plan is printed as round,start,table,parent,childminder,score (0 to 100).",
		example: "doudou plan participants.csv --rounds 11 --tables 16 > rounds.csv",
		run:     runPlan,
	}
}

// planOptions are the options of the command.
type planOptions struct {
	events.Options
	begin  string
	asJSON bool
}

func newPlanOptions(flags *flag.FlagSet) *planOptions {
	o := &planOptions{Options: events.DefaultOptions()}
	flags.StringVar(&o.begin, "begin", o.Begin.String(), "`time` of the first round")
	flags.IntVar(&o.Rounds, "rounds", o.Rounds, "`number` of rounds")
	flags.IntVar(&o.Tables, "tables", o.Tables, "`number` of tables; a childminder keeps one for the whole day")
	flags.IntVar(&o.Minutes, "minutes", o.Minutes, "length of a meeting in `minutes`")
	flags.IntVar(&o.Pause, "pause", o.Pause, "`minutes` between two rounds")
	flags.IntVar(&o.Minimum, "min-meetings", o.Minimum, "`number` of meetings that everybody has, if it can be")
	flags.BoolVar(&o.asJSON, "json", false, "print one JSON object: totals, meetings, each person's number, who could not be served and why")
	return o
}

// runPlan reads the whole list before it plans, and plans before it prints: a
// plan of half the people would look like one of all.
func runPlan(_ context.Context, p *program, flags *flag.FlagSet, args []string) error {
	o := newPlanOptions(flags)
	file, err := p.parseAround(flags, args)
	if err != nil {
		return err
	}
	if o.Begin, err = events.ParseClock(o.begin); err == nil {
		err = o.Check()
	}
	if err != nil {
		return p.misuse(flags, err)
	}
	people, err := p.readPeople(file)
	if err != nil {
		return err
	}
	s, err := events.Plan(people, o.Options)
	if err != nil {
		return err
	}
	if o.asJSON {
		return p.planJSON(s)
	}
	return p.planCSV(s)
}

// parseAround reads options that stand before and after the name of a file, and
// returns the name.
func (p *program) parseAround(flags *flag.FlagSet, args []string) (file string, err error) {
	if err := p.parse(flags, args); err != nil {
		return "", err
	}
	if flags.NArg() == 0 {
		return "", p.misuse(flags, fmt.Errorf("name the list of participants, or - for standard input"))
	}
	file = flags.Arg(0)
	if err := p.parse(flags, flags.Args()[1:]); err != nil {
		return "", err
	}
	if flags.NArg() > 0 {
		return "", p.misuse(flags, fmt.Errorf("%q is one word too many", flags.Arg(0)))
	}
	return file, nil
}

// readPeople reads the list; each row that is wrong is told on a line of
// standard error.
func (p *program) readPeople(file string) ([]events.Participant, error) {
	in := p.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, fmt.Errorf("open the list of participants: %w", err)
		}
		defer f.Close()
		in = io.Reader(f)
	}
	people, err := events.ReadParticipants(in)
	if err != nil {
		for line := range strings.Lines(err.Error()) {
			fmt.Fprintf(p.err, "doudou plan: %s\n", strings.TrimSuffix(line, "\n"))
		}
		return nil, fmt.Errorf("the list of participants is wrong; nothing was planned")
	}
	return people, nil
}
