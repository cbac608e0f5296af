package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/store"
)

// TestMain lets the test binary be the service that TestKill kills.
func TestMain(m *testing.M) {
	if path := os.Getenv("DOUDOU_KILL_FILE"); path != "" {
		if err := serveUntilKilled(path, os.Getenv("DOUDOU_KILL_ROUND")); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1)
	}
	os.Exit(m.Run())
}

const killContacts = 8

// serveUntilKilled takes in, answers and sends messages as fast as it can. What
// the world outside has seen is on its standard output: "accepted c n" and "sent
// c n", in the order of each contact.
func serveUntilKilled(path, round string) error {
	s, err := store.Open(context.Background(), store.Options{Path: path})
	if err != nil {
		return err
	}
	if err := resume(s); err != nil {
		return err
	}
	start, _ := strconv.Atoi(round)
	failed := make(chan error)
	for c := range killContacts {
		go func() {
			for n := start * 100_000; ; n++ {
				if err := killTurn(s, c, n); err != nil {
					failed <- err
				}
			}
		}()
	}
	return <-failed
}

// resume does what a start does: answers what waits and sends what is left.
func resume(s *store.Store) error {
	ctx := context.Background()
	for {
		list, err := s.Waiting(ctx, time.Now().Add(time.Hour), 100)
		if err != nil {
			return err
		}
		for _, id := range list {
			if _, err := answerOne(s, id); err != nil {
				return err
			}
		}
		later := time.Now().Add(time.Hour) // all leases are over
		out, err := s.Claim(ctx, bot.SMS, later, bot.Lease{Token: time.Now().UnixNano(), Until: later.Add(time.Hour)}, 100)
		if err != nil || len(out)+len(list) == 0 {
			return err
		}
		if err := sendAll(s, out); err != nil {
			return err
		}
	}
}

func killTurn(s *store.Store, c, n int) error {
	text := fmt.Sprintf("%d %d", c, n)
	id, _, err := s.Accept(context.Background(), bot.Message{
		Channel: bot.SMS, Provider: text, Kind: bot.Text, Text: text, From: bot.Address{Channel: bot.SMS, ID: fmt.Sprint(c)},
	})
	if err != nil {
		return err
	}
	tell("accepted " + text)
	out, err := answerOne(s, id)
	if err != nil {
		return err
	}
	return sendAll(s, out)
}

func answerOne(s *store.Store, id bot.ContactID) ([]bot.Outgoing, error) {
	w, err := s.Next(context.Background(), id)
	if err != nil {
		return nil, err
	}
	count, _ := strconv.Atoi(string(w.Session))
	return s.Commit(context.Background(), bot.Turn{
		Contact: id, Inbox: w.Inbox, From: w.Stamp, To: bot.Stamp{Version: w.Stamp.Version + 1, Tag: 1},
		Session: []byte(strconv.Itoa(count + 1)), Lines: []bot.Line{{Speaker: bot.Family, Text: w.Message.Text}},
		Out:   []bot.Outgoing{{To: w.Message.From, Origin: bot.FromRobot, Body: w.Message.Text}},
		Lease: bot.Lease{Token: 1, Until: time.Now().Add(time.Minute)},
	})
}

func sendAll(s *store.Store, out []bot.Outgoing) error {
	for _, o := range out {
		tell("sent " + o.Body)
		if err := s.Settle(context.Background(), bot.Outcome{Outgoing: o, State: bot.Sent, Sent: o.Body}); err != nil {
			return err
		}
	}
	return nil
}

func tell(line string) { os.Stdout.WriteString(line + "\n") } // one write: it is out before the next step

// TestKill kills a busy service again and again. No message whose receipt was
// acknowledged may be lost, none answered twice, no answer may be missing or out
// of order; only what was being sent may go out twice.
func TestKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "doudou.db")
	seen := &witness{accepted: map[string]bool{}, sent: map[string]int{}, last: map[string]int{}}
	const rounds = 6
	for round := range rounds {
		killRound(t, path, round, seen)
	}
	s := open(t, store.Options{Path: path})
	if err := resumeWatched(t, s, seen); err != nil {
		t.Fatal(err)
	}
	var answered int
	for c := range killContacts {
		answered += checkContact(t, s, c, seen)
	}
	again := 0
	for _, n := range seen.sent {
		again += n - 1
	}
	if again > rounds*killContacts {
		t.Errorf("%d messages went out twice in %d kills", again, rounds)
	}
	if answered < 100 {
		t.Errorf("only %d turns: the test shows nothing", answered)
	}
	t.Logf("%d kills, %d turns, %d sent twice", rounds, answered, again)
}

// resumeWatched resumes in this process; the witness reads what it tells.
func resumeWatched(t *testing.T, s *store.Store, seen *witness) error {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	stdout := os.Stdout
	os.Stdout = w
	defer func() { os.Stdout = stdout }()
	done := make(chan struct{})
	go func() { defer close(done); seen.read(t, bufio.NewScanner(r), func() {}) }()
	err = resume(s)
	w.Close()
	<-done
	return err
}

func killRound(t *testing.T, path string, round int, seen *witness) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "DOUDOU_KILL_FILE="+path, fmt.Sprint("DOUDOU_KILL_ROUND=", round+1))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(30*time.Second, func() { cmd.Process.Kill() })
	defer timer.Stop()
	before := len(seen.accepted)
	seen.read(t, bufio.NewScanner(out), func() {
		if len(seen.accepted) >= before+100+7*round {
			cmd.Process.Kill()
		}
	})
	var killed *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &killed) || killed.ExitCode() != -1 {
		t.Fatalf("the service ended by itself: %v", err)
	}
}

// A witness is the world outside.
type witness struct {
	accepted map[string]bool
	sent     map[string]int
	last     map[string]int // last number sent to each contact
}

// read notes what it is told, and calls after for each line.
func (w *witness) read(t *testing.T, lines *bufio.Scanner, after func()) {
	for lines.Scan() {
		did, text, _ := strings.Cut(lines.Text(), " ")
		contact, number, ok := strings.Cut(text, " ")
		n, err := strconv.Atoi(number)
		if !ok || err != nil {
			continue // the last line before a kill
		}
		switch did {
		case "accepted":
			w.accepted[text] = true
		case "sent":
			w.sent[text]++
			if n < w.last[contact] {
				t.Errorf("contact %s: %d was sent after %d", contact, n, w.last[contact])
			}
			w.last[contact] = n
		}
		after()
	}
}

// checkContact compares what is kept with what was seen, and returns the turns.
func checkContact(t *testing.T, s *store.Store, c int, seen *witness) int {
	t.Helper()
	id, _, err := s.Accept(t.Context(), bot.Message{
		Channel: bot.SMS, Provider: fmt.Sprint("check ", c), From: bot.Address{Channel: bot.SMS, ID: fmt.Sprint(c)},
	})
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Next(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := s.Thread(t.Context(), id, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	if string(w.Session) != strconv.Itoa(len(lines)) || w.Stamp.Version != int64(len(lines)) {
		t.Errorf("contact %d: session %s, version %d, lines %d", c, w.Session, w.Stamp.Version, len(lines))
	}
	kept := map[string]bool{}
	for _, l := range lines {
		if kept[l.Text] {
			t.Errorf("message %s was answered twice", l.Text)
		}
		kept[l.Text] = true
		if seen.sent[l.Text] == 0 {
			t.Errorf("the answer to %s was never sent", l.Text)
		}
	}
	for text := range seen.accepted {
		if contact, _, _ := strings.Cut(text, " "); contact == fmt.Sprint(c) && !kept[text] {
			t.Errorf("message %s was acknowledged and lost", text)
		}
	}
	return len(lines)
}
