package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"doudou/dialogs/nlu"
)

func evalCommand() command {
	return command{
		name:    "eval",
		about:   "measures how well messages are understood, on a file of labelled ones",
		usage:   "[--json] FILE.tsv",
		example: "doudou eval dialogs/nlu/testdata/dev.tsv",
		run:     runEval,
	}
}

// runEval prints the figures of a file whose first line names the columns lang,
// register, audience, intent, text and, if it likes, also.
func runEval(_ context.Context, p *program, flags *flag.FlagSet, args []string) error {
	asJSON := flags.Bool("json", false, "one JSON object")
	if err := p.parse(flags, args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		fmt.Fprintln(p.err, "doudou eval: name one file of labelled messages")
		return errUsage
	}
	samples, err := readSampleFile(flags.Arg(0))
	if err != nil {
		return err
	}
	model, err := nlu.Default()
	if err != nil {
		return fmt.Errorf("the phrase files cannot be read: %w", err)
	}
	e := nlu.Evaluate(model, samples)
	if *asJSON {
		return json.NewEncoder(p.out).Encode(newEvaluated(e))
	}
	return writeEvaluation(p.out, e)
}

func readSampleFile(name string) ([]nlu.Sample, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("the messages cannot be read: %w", err)
	}
	defer f.Close()
	samples, err := nlu.ReadSamples(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return samples, nil
}

// An evaluated is an evaluation as other programs read it; parts are in percent.
type evaluated struct {
	Messages    int                `json:"messages"`
	Top1        float64            `json:"top1"`
	Top3        float64            `json:"top3"`
	RightAt10   float64            `json:"right_at_10"`
	TurnedAway  float64            `json:"out_of_scope_rejected_at_90"`
	Recall      float64            `json:"urgent_recall"`
	FalseAlarms float64            `json:"urgent_false"`
	Language    float64            `json:"language"`
	Answered    float64            `json:"answered_right"`
	Wrong       float64            `json:"answered_wrong"`
	Micros      float64            `json:"microseconds"`
	Languages   map[string]float64 `json:"languages"`
	Registers   map[string]float64 `json:"registers"`
}

func newEvaluated(e nlu.Evaluation) evaluated {
	return evaluated{
		Messages: e.Samples, Top1: tenth(e.Top1), Top3: tenth(e.Top3), RightAt10: tenth(e.RightAt10),
		TurnedAway: tenth(e.TurnedAway), Recall: tenth(e.Recall), FalseAlarms: tenth(e.FalseAlarms),
		Language: tenth(e.Language), Answered: tenth(e.Answered), Wrong: tenth(e.Wrong),
		Micros:    float64(e.Time) / float64(time.Microsecond),
		Languages: byName(e.Languages), Registers: byName(e.Registers),
	}
}

// tenth keeps one decimal of a percentage.
func tenth(percent float64) float64 { return float64(int(percent*10+0.5)) / 10 }

func byName(groups []nlu.Group) map[string]float64 {
	named := map[string]float64{}
	for _, g := range groups {
		named[g.Name] = tenth(g.Top1)
	}
	return named
}

// writeEvaluation writes the figures for people.
func writeEvaluation(w io.Writer, e nlu.Evaluation) error {
	for _, row := range []struct {
		figure string
		value  float64
	}{
		{"right at once (top-1), in scope", e.Top1},
		{"right among three (top-3), in scope", e.Top3},
		{"right when at most 10 % of all are answered wrong", e.RightAt10},
		{"out of scope refused, 90 % of the rest kept", e.TurnedAway},
		{"urgent: heard", e.Recall},
		{"urgent: false alarms", e.FalseAlarms},
		{"language", e.Language},
		{"as served: answered right", e.Answered},
		{"as served: answered wrong", e.Wrong},
	} {
		fmt.Fprintf(w, "%-52s %5.1f %%\n", row.figure, row.value)
	}
	fmt.Fprintf(w, "%-52s %5.0f microseconds\n", "time for one message", float64(e.Time)/float64(time.Microsecond))
	for _, part := range []struct {
		name   string
		groups []nlu.Group
	}{{"language", e.Languages}, {"register", e.Registers}} {
		fmt.Fprintf(w, "\n%-10s messages  top-1  top-3\n", part.name)
		for _, g := range part.groups {
			fmt.Fprintf(w, "%-10s %8d  %5.1f  %5.1f\n", g.Name, g.InScope, g.Top1, g.Top3)
		}
	}
	_, err := fmt.Fprintf(w, "\n%d messages, %d in scope\n", e.Samples, e.InScope)
	return err
}
