package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"doudou/bot"
	"doudou/dialogs/nlu"
)

func learnCommand() command {
	return command{
		name: "learn", about: "shows what was not understood, and learns what it meant",
		usage:   "[--list] [--json] | --as INTENT[/SUBJECT] [--group] [--to FILE] ID... | --drop [--group] ID...",
		example: "doudou learn --as creche_register --group k3f9q2ab",
		run:     runLearn,
	}
}

// runLearn shows what waits, or does one thing to it. It may run beside the
// service, which reads the file when it starts.
func runLearn(ctx context.Context, p *program, flags *flag.FlagSet, args []string) error {
	flags.Bool("list", false, "show the groups of messages, the biggest first; so without an option")
	asJSON := flags.Bool("json", false, "one JSON object a group")
	as := flags.String("as", "", "intent that the messages meant, with its subject if need be")
	drop := flags.Bool("drop", false, "there is nothing to learn from the messages: erase them")
	group := flags.Bool("group", false, "each ID stands for all messages of its group")
	to := flags.String("to", "", "file of phrases to add to; learned.tsv in DOUDOU_DATA when empty, which serve, chat and understand read")
	if err := p.parse(flags, args); err != nil {
		return err
	}
	ids, acts := flags.Args(), *as != "" || *drop
	if *as != "" && *drop || acts == (len(ids) == 0) {
		flags.Usage()
		return errUsage
	}
	config, err := readConfig(p.getenv)
	if err != nil {
		return err
	}
	store, err := openStore(ctx, p, config, false)
	if err != nil {
		return err
	}
	defer store.Close()
	reader, err := nlu.Default()
	if err != nil {
		return fmt.Errorf("the phrase files cannot be read: %w", err)
	}
	l := &lessons{store: store, reader: reader, file: cmp.Or(*to, config.learnedFile())}
	groups, err := l.Groups(ctx)
	switch {
	case err != nil:
		return err
	case !acts && *asJSON:
		return p.printGroupsJSON(groups)
	case !acts:
		return p.printGroups(groups)
	}
	if ids, err = known(groups, ids, *group); err != nil {
		return err
	}
	return p.learn(ctx, l, *as, ids)
}

// learn teaches the messages, or drops them when they mean nothing.
func (p *program) learn(ctx context.Context, l *lessons, as string, ids []string) error {
	if as == "" {
		n, err := l.Drop(ctx, ids)
		if err == nil {
			_, err = fmt.Fprintf(p.out, "%d erased\n", n)
		}
		return err
	}
	n, err := l.Teach(ctx, as, ids)
	if err == nil {
		_, err = fmt.Fprintf(p.out, "%d learned as %s in %s; the service knows them when it starts again\n", n, as, l.file)
	}
	return err
}

// known checks the ids that were named; with whole, those of all messages in
// their groups.
func known(groups []bot.UnclearGroup, ids []string, whole bool) ([]string, error) {
	var all []string
	var wrong []error
	for _, id := range ids {
		g := slices.IndexFunc(groups, func(g bot.UnclearGroup) bool { return slices.Contains(idsOf(g), id) })
		switch {
		case g < 0:
			wrong = append(wrong, fmt.Errorf("there is no message %q; see: doudou learn --list", id))
		case whole:
			all = append(all, idsOf(groups[g])...)
		default:
			all = append(all, id)
		}
	}
	return all, errors.Join(wrong...)
}

func idsOf(g bot.UnclearGroup) []string {
	var ids []string
	for _, u := range g.Messages {
		ids = append(ids, u.ID)
	}
	return ids
}

// A learnGroup is one line of `doudou learn --json`; its names are an interface.
type learnGroup struct {
	Count    int            `json:"count"`
	Lang     string         `json:"lang"`
	Top      []string       `json:"top"`
	Messages []learnMessage `json:"messages"`
}

type learnMessage struct {
	ID       string `json:"id"`
	Day      string `json:"day"`
	Audience string `json:"audience"`
	Text     string `json:"text"`
}

func (p *program) printGroupsJSON(groups []bot.UnclearGroup) error {
	e := json.NewEncoder(p.out)
	e.SetEscapeHTML(false)
	for _, g := range groups {
		line := learnGroup{Count: len(g.Messages), Lang: g.Lang, Top: g.Top}
		for _, u := range g.Messages {
			line.Messages = append(line.Messages, learnMessage{u.ID, u.Day, u.Audience, u.Text})
		}
		if err := e.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) printGroups(groups []bot.UnclearGroup) error {
	if len(groups) == 0 {
		_, err := fmt.Fprintln(p.out, "nothing to learn: everything was understood, or looked at")
		return err
	}
	for _, g := range groups {
		fmt.Fprintf(p.out, "%d  %s  %s?\n", len(g.Messages), g.Lang, strings.Join(g.Top, "? "))
		for _, u := range g.Messages {
			if _, err := fmt.Fprintf(p.out, "   %s  %s\n", u.ID, u.Text); err != nil {
				return err
			}
		}
	}
	return nil
}
