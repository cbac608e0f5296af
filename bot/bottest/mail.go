package bottest

import (
	"bufio"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// A MailServer is an SMTP server on loopback that keeps what it takes. It can be
// told to misbehave. It is safe for concurrent use.
type MailServer struct {
	URL string // smtp://127.0.0.1:port

	listener net.Listener
	mu       sync.Mutex
	letters  []Letter
	refusals map[string][]string // of a command: the next answers
	stirred  chan struct{}       // closed when a letter is taken
}

// A Letter is a message that a MailServer took.
type Letter struct {
	From, To string
	Header   mail.Header
	Subject  string
	Body     string
	Raw      string
	At       time.Time
}

// Mail returns an SMTP server that closes when the test ends.
func Mail(t testing.TB) *MailServer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &MailServer{URL: "smtp://" + l.Addr().String(), listener: l, refusals: map[string][]string{}, stirred: make(chan struct{})}
	go s.serve()
	t.Cleanup(func() { l.Close() })
	return s
}

// Answer gives the next answers to a command, "RCPT" or "DATA", instead of "250":
// "550 no such user", or "" to hang up. The letter itself is the command ".".
func (s *MailServer) Answer(command string, answers ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusals[command] = append(s.refusals[command], answers...)
}

// Letters returns what was taken, in order.
func (s *MailServer) Letters() []Letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.letters)
}

// WaitLetters waits until n letters were taken, and tells whether they were in time.
func (s *MailServer) WaitLetters(n int, within time.Duration) bool {
	timeout := time.NewTimer(within)
	defer timeout.Stop()
	for {
		s.mu.Lock()
		done, stirred := len(s.letters) >= n, s.stirred
		s.mu.Unlock()
		if done {
			return true
		}
		select {
		case <-stirred:
		case <-timeout.C:
			return false
		}
	}
}

func (s *MailServer) serve() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		go func() {
			defer conn.Close()
			s.talk(bufio.NewReader(conn), conn)
		}()
	}
}

// talk speaks SMTP with one client until it leaves.
func (s *MailServer) talk(in *bufio.Reader, out io.Writer) {
	fmt.Fprint(out, "220 test ready\r\n")
	var letter Letter
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSpace(line)
		verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
		answer := s.answer(verb)
		switch {
		case answer != "250 OK":
		case verb == "MAIL":
			letter.From = address(line)
		case verb == "RCPT":
			letter.To = address(line)
		case verb == "DATA":
			fmt.Fprint(out, "354 go on\r\n")
			if answer, err = s.take(in, letter); err != nil {
				return
			}
		case verb == "QUIT":
			answer = "221 bye"
		}
		if answer == "" {
			return
		}
		fmt.Fprint(out, answer+"\r\n")
	}
}

// answer is the next scripted answer to a command.
func (s *MailServer) answer(verb string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if next := s.refusals[verb]; len(next) > 0 {
		s.refusals[verb] = next[1:]
		return next[0]
	}
	return "250 OK"
}

// take reads a letter to its end, and keeps it unless told otherwise.
func (s *MailServer) take(in *bufio.Reader, letter Letter) (answer string, err error) {
	var raw strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return "", err
		}
		if line == ".\r\n" {
			break
		}
		raw.WriteString(strings.TrimPrefix(line, "."))
	}
	if answer = s.answer("."); answer != "250 OK" && answer != "" {
		return answer, nil
	}
	letter.Raw, letter.At = raw.String(), time.Now()
	if err := letter.read(); err != nil {
		return "554 cannot read it", nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.letters = append(s.letters, letter)
	close(s.stirred)
	s.stirred = make(chan struct{})
	return answer, nil
}

// read takes a letter apart, as whoever reads it sees it.
func (l *Letter) read() error {
	m, err := mail.ReadMessage(strings.NewReader(l.Raw))
	if err != nil {
		return err
	}
	l.Header = m.Header
	if l.Subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil {
		return err
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	l.Body = strings.ReplaceAll(string(body), "\r\n", "\n")
	return err
}

func address(line string) string {
	_, rest, _ := strings.Cut(line, "<")
	to, _, _ := strings.Cut(rest, ">")
	return to
}
