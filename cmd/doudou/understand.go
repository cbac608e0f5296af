package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"math"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"doudou/dialogs/nlu"
)

func understandCommand() command {
	return command{
		name:    "understand",
		about:   "tells what messages mean: language, intent, urgency, values",
		usage:   "[--json] [--explain]",
		example: "echo 'slt cmt on fé pr avoir 1 place en creche' | doudou understand --json",
		run:     runUnderstand,
	}
}

// An understood is what is said of one message; its names are an interface that
// other programs rely on.
type understood struct {
	Text   string            `json:"text"`
	Lang   string            `json:"lang"`
	Intent string            `json:"intent"`
	Score  float64           `json:"score"`
	Zone   string            `json:"zone"`
	Urgent bool              `json:"urgent"`
	Top    []nlu.Scored      `json:"top"`
	Values map[string]string `json:"values"`

	Subject string `json:"subject"`           // what exactly is asked inside the intent, "" in general
	Why     *why   `json:"explain,omitempty"` // with --explain
}

// A why tells what decided.
type why struct {
	Words    []string           `json:"words"`
	Concepts []string           `json:"concepts"`
	Card     string             `json:"card"`
	Excused  bool               `json:"look_alike"`
	Shares   map[string]float64 `json:"shares"`
}

// runUnderstand reads one message a line from standard input, with "parent" or
// "childminder" and a tab before it when it is known who writes.
func runUnderstand(ctx context.Context, p *program, flags *flag.FlagSet, args []string) error {
	asJSON := flags.Bool("json", false, "one JSON object a line")
	explain := flags.Bool("explain", false, "tell what decided")
	if err := p.parse(flags, args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		fmt.Fprintln(p.err, "doudou understand: messages are read from standard input, one a line")
		return errUsage
	}
	model, err := p.openReader()
	if err != nil {
		return fmt.Errorf("the phrase files cannot be read: %w", err)
	}
	debug.FreeOSMemory() // learning took more than is needed now
	in := bufio.NewReader(p.in)
	for ctx.Err() == nil {
		line, err := in.ReadString('\n')
		if line != "" {
			if err := p.understand(model, strings.TrimRight(line, "\r\n"), *asJSON, *explain); err != nil {
				return fmt.Errorf("writing the answer: %w", err)
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("reading the messages: %w", err)
		}
	}
	return ctx.Err()
}

// understand reads one line and writes what it means, at once.
func (p *program) understand(model *nlu.Model, line string, asJSON, explain bool) error {
	audience, text := split(line)
	known := nlu.Context{Audience: audience, Now: p.now().Format(time.DateOnly)}
	reading := model.Read(text, known)
	u := newUnderstood(text, reading)
	if explain {
		u.Why = newWhy(model.Explain(text, known))
	}
	var b strings.Builder
	if !asJSON {
		u.write(&b, reading.Card)
		_, err := io.WriteString(p.out, b.String())
		return err
	}
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(u); err != nil {
		return err
	}
	_, err := io.WriteString(p.out, b.String())
	return err
}

// split takes the audience off the front of a line.
func split(line string) (audience, text string) {
	before, after, found := strings.Cut(line, "\t")
	if found && (before == "parent" || before == "childminder" || before == "") {
		return before, after
	}
	return "", line
}

func newUnderstood(text string, r nlu.Reading) understood {
	u := understood{
		Text: strings.ToValidUTF8(text, "�"), Lang: r.Lang, Intent: r.Intent, Score: round(r.Score),
		Zone: r.Zone, Urgent: r.Urgent, Top: slices.Clone(r.Top), Values: r.Values, Subject: r.Subject,
	}
	if u.Values == nil {
		u.Values = map[string]string{}
	}
	if u.Top == nil {
		u.Top = []nlu.Scored{}
	}
	for i := range u.Top {
		u.Top[i].Score = round(u.Top[i].Score)
	}
	return u
}

// round keeps four decimals of a score.
func round(score float64) float64 { return math.Round(score*1e4) / 1e4 }

// write writes a reading for people.
func (u understood) write(w io.Writer, card string) {
	fmt.Fprintf(w, "%s\n  %s  %s %.2f  %s", u.Text, u.Lang, u.topic(), u.Score, u.Zone)
	if u.Urgent {
		fmt.Fprintf(w, "  URGENT (%s)", card)
	}
	fmt.Fprintln(w)
	for _, t := range u.Top[min(1, len(u.Top)):] {
		fmt.Fprintf(w, "      or %s %.2f\n", t.Intent, t.Score)
	}
	for _, name := range sortedKeys(u.Values) {
		fmt.Fprintf(w, "      %s = %s\n", name, u.Values[name])
	}
	if u.Why != nil {
		u.Why.write(w)
	}
}

// topic is the intent, with its subject when there is one.
func (u understood) topic() string {
	if u.Subject == "" {
		return u.Intent
	}
	return u.Intent + "/" + u.Subject
}

func newWhy(e nlu.Explanation) *why {
	w := &why{Words: e.Words, Concepts: e.Concepts, Card: e.Card, Excused: e.Excused, Shares: map[string]float64{}}
	for _, s := range e.Shares {
		w.Shares[s.From] = round(s.Margin)
	}
	return w
}

// write writes what decided for people, the strongest first.
func (w *why) write(out io.Writer) {
	fmt.Fprintf(out, "      read as: %s\n      concepts: %s\n", strings.Join(w.Words, " "), strings.Join(w.Concepts, ", "))
	if w.Card != "" || w.Excused {
		fmt.Fprintf(out, "      safety card: %q, look-alike: %t\n", w.Card, w.Excused)
	}
	from := sortedKeys(w.Shares)
	slices.SortStableFunc(from, func(a, b string) int { return cmp.Compare(w.Shares[b], w.Shares[a]) })
	for _, f := range from {
		fmt.Fprintf(out, "      %+.2f from %s\n", w.Shares[f], f)
	}
}

func sortedKeys[V any](values map[string]V) []string {
	return slices.Sorted(maps.Keys(values))
}
