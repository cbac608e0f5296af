package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"doudou/bot/sms"
)

func smsCommand() command {
	return command{
		name:    "sms",
		about:   "shows how texts would leave by SMS, and in how many segments",
		usage:   "[--json] < texts (one a line)",
		example: `echo "L’atelier « éveil » est complet…" | doudou sms --json`,
		run:     runSMS,
	}
}

// A fitted is a text as it would leave. Encoding, Segments and Chars are those
// of Sent.
type fitted struct {
	Encoding string `json:"encoding"`
	Segments int    `json:"segments"`
	Chars    int    `json:"chars"`
	Sent     string `json:"sent"`
}

func fit(text string) fitted {
	sent := sms.Fit(text)
	size := sms.Measure(sent)
	return fitted{Encoding: size.Encoding, Segments: size.Segments, Chars: size.Chars, Sent: sent}
}

// runSMS reads one text a line and answers each at once, so that another program
// may hold the conversation open.
func runSMS(ctx context.Context, p *program, flags *flag.FlagSet, args []string) error {
	asJSON := flags.Bool("json", false, "print one JSON object per text")
	if err := p.parse(flags, args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(p.err, "doudou sms: %q is not an option: texts are read from standard input; try: doudou sms --help\n", flags.Arg(0))
		return errUsage
	}
	in := bufio.NewReader(p.in)
	for ctx.Err() == nil {
		line, err := in.ReadString('\n')
		if err == nil || line != "" {
			if wrote := printFitted(p.out, fit(strings.TrimRight(line, "\r\n")), *asJSON); wrote != nil {
				return fmt.Errorf("write the answer: %w", wrote)
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read standard input: %w", err)
		}
	}
	return ctx.Err()
}

// printFitted writes one line, in one piece.
func printFitted(w io.Writer, f fitted, asJSON bool) error {
	if !asJSON {
		_, err := fmt.Fprintf(w, "%s, %s, %s: %s\n", f.Encoding, counted(f.Segments, "segment"), counted(f.Chars, "character"), f.Sent)
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(f)
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
