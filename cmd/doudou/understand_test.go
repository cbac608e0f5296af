package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"maps"
	"regexp"
	"strings"
	"testing"
	"time"
)

// understandAll runs the command on some lines and returns what it printed.
func understandAll(t *testing.T, in string, args ...string) string {
	t.Helper()
	var out, errs strings.Builder
	p := &program{in: strings.NewReader(in), out: &out, err: &errs, getenv: noEnv, now: func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }}
	cmd := understandCommand()
	if err := cmd.run(t.Context(), p, p.flags(cmd), args); err != nil {
		t.Fatalf("%v: %s", err, errs.String())
	}
	return out.String()
}

func TestUnderstandJSON(t *testing.T) {
	in := "slt cmt on fé pr avoir 1 place en creche\nchildminder\tj'ai une place libre en mars\nmon mari me tape\r\n\nj'ai 2 enfants de 18 mois <b>\ndernière ligne \xff"
	lines := strings.Split(strings.TrimSuffix(understandAll(t, in, "--json"), "\n"), "\n")
	want := []struct {
		text, lang, intent string
		urgent             bool
		top                int
		values             map[string]string
	}{
		{"slt cmt on fé pr avoir 1 place en creche", "fr", "creche_register", false, 3, map[string]string{"places": "1"}},
		{"j'ai une place libre en mars", "fr", "childminder_availability", false, 3, map[string]string{"month": "2027-03", "places": "1"}},
		{"mon mari me tape", "fr", "urgent_danger", true, 3, map[string]string{}},
		{"", "fr", "", false, 0, map[string]string{}},
		{"j'ai 2 enfants de 18 mois <b>", "fr", "", false, 3, map[string]string{"children": "2", "child_months": "18"}},
		{"dernière ligne \ufffd", "fr", "", false, 3, map[string]string{}},
	}
	if len(lines) != len(want) {
		t.Fatalf("%d lines instead of %d:\n%s", len(lines), len(want), strings.Join(lines, "\n"))
	}
	shape := regexp.MustCompile(`^\{"text":".*","lang":"[a-z-]+","intent":"[a-z_]*","score":[0-9.e-]+,"zone":"(answer|choose|person)","urgent":(true|false),"top":\[(\{"intent":"[a-z_]+","score":[0-9.e-]+\},?)*\],"values":\{.*\},"subject":"[a-z_]*"\}$`)
	for i, w := range want {
		if !shape.MatchString(lines[i]) {
			t.Errorf("line %d has another shape: %s", i+1, lines[i])
		}
		var got understood
		if err := json.Unmarshal([]byte(lines[i]), &got); err != nil {
			t.Errorf("line %d: %v: %s", i+1, err, lines[i])
			continue
		}
		if got.Text != w.text || got.Lang != w.lang || w.intent != "" && got.Intent != w.intent || got.Urgent != w.urgent || len(got.Top) != w.top || !maps.Equal(got.Values, w.values) {
			t.Errorf("line %d: %s", i+1, lines[i])
		}
		if w.top > 0 && (got.Top[0].Intent != got.Intent || got.Top[0].Score != got.Score) {
			t.Errorf("line %d: the intent is not the first of the likeliest: %s", i+1, lines[i])
		}
	}
}

func TestUnderstandForPeople(t *testing.T) {
	out := understandAll(t, "bebe respire plus\ncombien la creche pour 2 enfants\nla période d'essai dure combien\n")
	for _, want := range []string{"childminder_contract/trial", "bebe respire plus\n  fr  urgent_medical", "URGENT (medical)", "creche_cost", "      or ", "children = 2"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing:\n%s", want, out)
		}
	}
}

func TestUnderstandExplains(t *testing.T) {
	out := understandAll(t, "slt cmt on fé pr la creche\n", "--explain")
	for _, want := range []string{"read as: comment on fait pour la creche", "concepts: ", "creche", " from letters", " from concepts"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing:\n%s", want, out)
		}
	}
	var line understood
	if err := json.Unmarshal([]byte(understandAll(t, "mon mari me tape\n", "--explain", "--json")), &line); err != nil || line.Why == nil || line.Why.Card != "violence" {
		t.Errorf("%+v, %v", line.Why, err)
	}
	if out := understandAll(t, "mon mari me tape\n", "--json"); strings.Contains(out, "explain") {
		t.Errorf("explained without being asked: %s", out)
	}
}

// TestUnderstandAnswersAtOnce checks that another program may hold the
// conversation open: the answer to a line comes before the next is read.
func TestUnderstandAnswersAtOnce(t *testing.T) {
	lines, ask := io.Pipe()
	answers, out := io.Pipe()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	done := make(chan error, 1)
	go func() {
		p := &program{in: lines, out: out, err: io.Discard, getenv: noEnv, now: time.Now}
		cmd := understandCommand()
		done <- cmd.run(ctx, p, p.flags(cmd), []string{"--json"})
		out.Close()
	}()
	read := bufio.NewReader(answers)
	for _, text := range []string{"bonjour", "merci"} {
		if _, err := io.WriteString(ask, text+"\n"); err != nil {
			t.Fatal(err)
		}
		line, err := read.ReadString('\n')
		if err != nil || !strings.Contains(line, `"text":"`+text+`"`) {
			t.Fatalf("%q was answered %q (%v)", text, line, err)
		}
	}
	ask.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestUnderstandRefusesArguments(t *testing.T) {
	var errs strings.Builder
	p := &program{in: strings.NewReader(""), out: io.Discard, err: &errs, getenv: noEnv, now: func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }}
	cmd := understandCommand()
	if err := cmd.run(t.Context(), p, p.flags(cmd), []string{"bonjour"}); err != errUsage || !strings.Contains(errs.String(), "standard input") {
		t.Errorf("%v: %s", err, errs.String())
	}
}
