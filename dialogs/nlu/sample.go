package nlu

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A Sample is a message with what it means, to measure a Model by. It was
// written apart from the phrases and is never trained on.
type Sample struct {
	Lang, Register, Audience, Intent, Text string
	Also                                   []string // other intents that would be right too
}

// right tells whether an intent answers the sample.
func (s Sample) right(intent string) bool {
	return intent == s.Intent || slices.Contains(s.Also, intent)
}

func (s Sample) urgent() bool { return s.Intent == "urgent_danger" || s.Intent == "urgent_medical" }

// ReadSamples reads a table with tabs whose first line names its columns: lang,
// register, audience, intent and text, in any order; also (more right intents,
// with commas between) may be there, other columns are passed over. An error
// names the line.
func ReadSamples(r io.Reader) ([]Sample, error) {
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<20)
	if !in.Scan() {
		return nil, errors.Join(errors.New("line 1: there is nothing to read"), in.Err())
	}
	columns := strings.Split(strings.TrimPrefix(in.Text(), "\ufeff"), "\t")
	for _, need := range []string{"lang", "register", "audience", "intent", "text"} {
		if !slices.Contains(columns, need) {
			return nil, fmt.Errorf("line 1: there is no column %q; the first line names lang, register, audience, intent, text", need)
		}
	}
	var samples []Sample
	for line := 2; in.Scan(); line++ {
		if in.Text() == "" {
			continue
		}
		s, err := readSample(columns, in.Text())
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		samples = append(samples, s)
	}
	return samples, in.Err()
}

func readSample(columns []string, line string) (s Sample, err error) {
	fields := strings.Split(strings.TrimRight(line, "\r"), "\t")
	if len(fields) != len(columns) {
		return s, fmt.Errorf("%d columns and not %d", len(fields), len(columns))
	}
	for i, name := range columns {
		switch name {
		case "lang":
			s.Lang = fields[i]
		case "register":
			s.Register = fields[i]
		case "audience":
			s.Audience = fields[i]
		case "intent":
			s.Intent = fields[i]
		case "text":
			s.Text = fields[i]
		case "also":
			s.Also = strings.FieldsFunc(fields[i], func(r rune) bool { return r == ',' || r == ' ' })
		}
	}
	if s.Intent == "" || s.Text == "" {
		return s, errors.New("the intent or the text is missing")
	}
	return s, nil
}
