package main

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"

	"doudou/dialogs"
	"doudou/knowledge"
)

func checkCommand() command {
	return command{
		name: "check", about: "proves the dialog trees, their words and their facts", usage: "[--rules]",
		example: "doudou check", run: runCheck,
	}
}

// runCheck proves everything for each town that could be answered for, and
// prints every broken rule as file:line: code text.
func runCheck(_ context.Context, p *program, flags *flag.FlagSet, args []string) error {
	rules := flags.Bool("rules", false, "print what each code means")
	if err := p.parse(flags, args); err != nil {
		return err
	}
	if *rules {
		return printRules(p)
	}
	towns, err := p.openTowns()
	if err != nil {
		return err
	}
	c, problems, err := checkTowns(p, towns)
	if err != nil {
		return err
	}
	for _, b := range problems {
		fmt.Fprintln(p.out, b)
	}
	if len(problems) > 0 {
		fmt.Fprintf(p.err, "%d to mend\n", len(problems))
		return errSilent
	}
	return c.summary(p, towns)
}

func printRules(p *program) error {
	rules := append(dialogs.Rules(), dialogs.Rule{Code: "K01", Text: "The topics of routing.yaml are dialogs or nodes that exist."})
	rules = append(rules, replyRules()...)
	for _, r := range rules {
		fmt.Fprintf(p.out, "%s  %s\n", r.Code, r.Text)
	}
	return nil
}

// checkTowns reads the trees and the words once, and proves them with what each
// town knows. What is wrong in several towns is said once.
func checkTowns(p *program, towns []*knowledge.Knowledge) (*content, []dialogs.Problem, error) {
	reader, err := p.openReader()
	if err != nil {
		return nil, nil, err
	}
	c, problems, err := readContentWith(reader, towns[0], p.now())
	if err != nil || c == nil {
		return nil, problems, err
	}
	for _, town := range towns[1:] {
		there := *c
		there.knowledge = town
		for _, b := range there.check(p.now()) {
			if !slices.Contains(problems, b) {
				problems = append(problems, b)
			}
		}
	}
	return c, problems, nil
}

// soon is how many days before its end something is announced.
const soon = 60

// summary says what was proved, and what the coordinator should look at.
func (c *content) summary(p *program, towns []*knowledge.Knowledge) error {
	var notes []string
	for _, town := range towns {
		notes = append(notes, townNotes(p, town)...)
	}
	slices.Sort(notes)
	for _, note := range slices.Compact(notes) {
		fmt.Fprintln(p.out, note)
	}
	for _, town := range towns {
		checked := len(slices.DeleteFunc(town.Places(), func(s knowledge.Place) bool { return !s.Spoken(p.now()) }))
		fmt.Fprintf(p.out, "town: %s, %d facts, %d places of which %d may be said\n",
			town.Town().Name, len(town.Facts()), len(town.Places()), checked)
	}
	_, err := fmt.Fprintf(p.out, "ok: %d dialogs, %d intents, languages %s\n",
		len(c.book.Dialogs()), len(c.reader.Intents()), strings.Join(c.words.Languages(), " "))
	return err
}

// townNotes says what ends soon, what waits to be checked, and who has not signed the routing.
func townNotes(p *program, town *knowledge.Knowledge) []string {
	var notes []string
	for _, e := range town.Expiring(p.now(), soon) {
		notes = append(notes, fmt.Sprintf("expires soon: %s %s, %s (%s:%d)", e.What, e.ID, e.Until.Format("2006-01-02"), e.File, e.Line))
	}
	for _, f := range town.Facts() {
		if f.State(p.now()) == "unchecked" {
			notes = append(notes, fmt.Sprintf("nobody has checked: fact %s of %s (%s:%d)", f.ID, town.Town().Name, f.File, f.Line))
		}
	}
	if missing := town.Routing().Unsigned(); len(missing) > 0 {
		notes = append(notes, "routing.yaml: not signed yet by "+strings.Join(missing, ", "))
	}
	return notes
}
