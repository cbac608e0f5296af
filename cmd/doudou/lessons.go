package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"doudou/bot"
	"doudou/dialogs/nlu"
)

// learnedFile holds the phrases that were learned here from what families wrote.
func (c config) learnedFile() string { return filepath.Join(c.data, nlu.LearnedFile) }

// tidy is how much rubbish there may be, in percent of what is in use, while
// phrases are learnt. Learning leaves much of it: it is swept up more often than
// Go would, for a quarter less memory at the start.
const tidy = 15

// openReader returns the model of the embedded phrases and of those that were
// learned here, if there are any.
func (p *program) openReader() (*nlu.Model, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(tidy))
	name := p.settings().learnedFile()
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nlu.Default()
	}
	if err != nil {
		return nil, fmt.Errorf("read the phrases that were learned: %w", err)
	}
	defer f.Close()
	return nlu.With(name, f)
}

// lessons are the messages that were not understood, and the file where somebody
// says what they meant.
type lessons struct {
	store  bot.UnclearStore
	reader *nlu.Model
	file   string
	mu     sync.Mutex // one writes to the file at a time
}

// Groups returns what waits, messages that look alike together.
func (l *lessons) Groups(ctx context.Context) ([]bot.UnclearGroup, error) {
	list, err := l.store.Unclear(ctx)
	if err != nil {
		return nil, err
	}
	return bot.GroupUnclear(l.reader, list), nil
}

// Intents are those that staff may say a message meant. What calls for a safety
// card is not learned from one message: its file has look-alikes and tests.
func (l *lessons) Intents() []string {
	return slices.DeleteFunc(l.reader.Intents(), func(id string) bool { return strings.HasPrefix(id, "urgent_") })
}

// knows tells whether an intent, or one with its subject, may be taught.
func (l *lessons) knows(topic string) bool {
	if intent, _, deeper := strings.Cut(topic, "/"); deeper {
		return slices.Contains(l.Intents(), intent) && slices.Contains(l.reader.Subjects(), topic)
	}
	return slices.Contains(l.Intents(), topic)
}

// Teach writes messages to the file as phrases of an intent, and then erases
// them from what waits. It returns how many were there. A phrase that the file
// has already is not written twice.
func (l *lessons) Teach(ctx context.Context, topic string, ids []string) (int, error) {
	if !l.knows(topic) {
		return 0, fmt.Errorf("there is no intent %q to learn", topic)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	list, err := l.store.Unclear(ctx)
	if err != nil {
		return 0, err
	}
	var lines []string
	for _, u := range list {
		if slices.Contains(ids, u.ID) {
			lines = append(lines, strings.Join([]string{u.Lang, "learned", u.Audience, topic, u.Text}, "\t"))
		}
	}
	if err := appendLines(l.file, lines); err != nil {
		return 0, fmt.Errorf("write what was learned: %w", err)
	}
	return l.store.Settled(ctx, ids)
}

// Drop erases messages from which there is nothing to learn.
func (l *lessons) Drop(ctx context.Context, ids []string) (int, error) {
	return l.store.Settled(ctx, ids)
}

// appendLines adds the lines that a file of phrases has not yet; they are on the
// disk when it returns.
func appendLines(name string, lines []string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	old, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	have := strings.Split(string(old), "\n")
	var text strings.Builder
	switch {
	case len(old) == 0:
		text.WriteString(nlu.LearnedHeader + "\n")
	case !strings.HasSuffix(string(old), "\n"):
		text.WriteString("\n")
	}
	for _, line := range lines {
		if !slices.Contains(have, line) {
			have = append(have, line)
			text.WriteString(line + "\n")
		}
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text.String())
	return errors.Join(err, f.Sync(), f.Close())
}
