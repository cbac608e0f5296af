package main

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "rewrite the transcripts and settings of the README")

const readme = "../../README.md"

// block finds what stands between <!-- name --> and <!-- end --> in the README.
func block(name string) *regexp.Regexp {
	return regexp.MustCompile(`(?s)(<!-- ` + name + ` -->\n).*?(<!-- end -->)`)
}

// checkReadme compares a part of the README with what the program does today.
func checkReadme(t *testing.T, name, want string) {
	t.Helper()
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	want = "```\n" + strings.TrimRight(want, "\n") + "\n```\n"
	found := block(name).FindSubmatchIndex(text)
	if found == nil {
		t.Fatalf("the README has no part <!-- %s -->", name)
	}
	if got := string(text[found[3]:found[4]]); got != want {
		if *update {
			text = append(append(append([]byte{}, text[:found[3]]...), want...), text[found[4]:]...)
			if err := os.WriteFile(readme, text, 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		t.Errorf("the README shows another %s (go test ./cmd/doudou -run 'TestReadme|TestServe' -update writes it); today it is:\n%s", name, want)
	}
}

// readmeDay is the day of the README's transcripts: facts change.
func readmeDay() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) }

// chatCommandLine is a transcript's command in the README.
var chatCommandLine = regexp.MustCompile(`(?m)^printf '(.*)' \| go run ./cmd/doudou (chat.*)$`)

// TestReadmeTranscripts runs the commands of the README and compares what they
// print with what it shows below them.
func TestReadmeTranscripts(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	commands := chatCommandLine.FindAllStringSubmatch(string(text), -1)
	if len(commands) < 2 {
		t.Fatalf("%d transcripts in the README, want two at least", len(commands))
	}
	for i, c := range commands {
		var out, errs bytes.Buffer
		in := strings.ReplaceAll(strings.ReplaceAll(c[1], `\n`, "\n"), `'\''`, "'")
		p := &program{in: strings.NewReader(in), out: &out, err: &errs, getenv: func(string) string { return "" }, now: readmeDay}
		if code := p.run(t.Context(), strings.Fields(c[2])); code != 0 {
			t.Fatalf("%s: code %d, %s", c[2], code, errs.String())
		}
		checkReadme(t, []string{"transcript-1", "transcript-2", "transcript-3"}[i], caseID.ReplaceAllString(out.String(), "-> XX-0000"))
	}
}

// caseID is drawn at random.
var caseID = regexp.MustCompile(`-> [A-Z]{2}-\d{4}`)

// TestReadmeSettings: the README lists every setting.
func TestReadmeSettings(t *testing.T) {
	var out bytes.Buffer
	p := &program{out: &out, err: &out, getenv: func(string) string { return "" }, now: readmeDay}
	if code := p.run(t.Context(), []string{"config"}); code != 0 {
		t.Fatal(out.String())
	}
	checkReadme(t, "settings", out.String())
}
