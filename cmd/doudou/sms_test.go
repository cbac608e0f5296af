package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"
)

func TestSMSCommand(t *testing.T) {
	pad := strings.Repeat("a", 70)
	in := "L’accueil…\n\n" + pad + "ç\r\n2\u202f100 €\n" + pad + "\x00\xff\nسلام & <ok>"
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--json"}, `{"encoding":"GSM-7","segments":1,"chars":12,"sent":"L'accueil..."}
{"encoding":"GSM-7","segments":1,"chars":0,"sent":""}
{"encoding":"GSM-7","segments":1,"chars":71,"sent":"` + pad + `c"}
{"encoding":"GSM-7","segments":1,"chars":8,"sent":"2 100 €"}
{"encoding":"GSM-7","segments":1,"chars":70,"sent":"` + pad + `"}
{"encoding":"UCS-2","segments":1,"chars":11,"sent":"سلام & <ok>"}
`},
		{nil, `GSM-7, 1 segment, 12 characters: L'accueil...
GSM-7, 1 segment, 0 characters: 
GSM-7, 1 segment, 71 characters: ` + pad + `c
GSM-7, 1 segment, 8 characters: 2 100 €
GSM-7, 1 segment, 70 characters: ` + pad + `
UCS-2, 1 segment, 11 characters: سلام & <ok>
`},
	} {
		var out, errs strings.Builder
		p := &program{in: strings.NewReader(in), out: &out, err: &errs}
		cmd := smsCommand()
		if err := cmd.run(t.Context(), p, p.flags(cmd), c.args); err != nil {
			t.Fatal(err)
		}
		if out.String() != c.want {
			t.Errorf("%v:\n%s\nwant\n%s", c.args, out.String(), c.want)
		}
	}
}

// The answer to a line comes before the next line is read.
func TestSMSCommandAnswersAtOnce(t *testing.T) {
	lines, ask := io.Pipe()
	answers, out := io.Pipe()
	p := &program{in: lines, out: out, err: io.Discard}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	done := make(chan error, 1)
	go func() {
		cmd := smsCommand()
		done <- cmd.run(ctx, p, p.flags(cmd), []string{"--json"})
		out.Close()
	}()
	read := bufio.NewReader(answers)
	for _, text := range []string{"un", "deux"} {
		io.WriteString(ask, text+"\n")
		line, err := read.ReadBytes('\n')
		var f fitted
		if err != nil || json.Unmarshal(line, &f) != nil || f.Sent != text {
			t.Fatalf("%q was answered %q (%v)", text, line, err)
		}
	}
	ask.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestSMSCommandRefusesArguments(t *testing.T) {
	var errs strings.Builder
	p := &program{in: strings.NewReader(""), out: io.Discard, err: &errs}
	cmd := smsCommand()
	if err := cmd.run(t.Context(), p, p.flags(cmd), []string{"Bonjour"}); err != errUsage || !strings.Contains(errs.String(), "standard input") {
		t.Errorf("%v: %s", err, errs.String())
	}
}
