package bottest

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A TelegramServer is a Bot API on loopback, with Telegram's manners as far as
// they matter here: updates wait until they are confirmed, messages are checked
// and kept as people would see them. It can be told to misbehave. It is safe for
// concurrent use.
type TelegramServer struct {
	URL   string // for the ServerURL of a channel
	Token string // the only one that it knows

	server *httptest.Server
	closed chan struct{}

	mu       sync.Mutex
	keep     bool // whether calls are kept
	calls    []TelegramCall
	counts   map[string]int
	script   map[string][]TelegramAnswer
	blocked  map[int64]TelegramAnswer
	messages []*TelegramMessage
	byID     map[int]*TelegramMessage
	profile  map[string]string
	webhook  map[string]string
	topics   []*TelegramTopic

	pending    []telegramUpdate
	lastUpdate int64
	polls      int64         // number of the poll that is held
	stirred    chan struct{} // closed when something comes in or goes out
}

// A TelegramCall is one request as it came.
type TelegramCall struct {
	Method string
	Fields map[string]string
	At     time.Time
}

// A TelegramButton is a button under a message.
type TelegramButton struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
}

// A TelegramMessage is one that the bot sent and Telegram took.
type TelegramMessage struct {
	ID      int
	Chat    int64
	Thread  int    // of the topic, 0 for none
	Text    string // as people read it
	Raw     string // as it was sent
	Mode    string // parse_mode
	Buttons [][]TelegramButton
	At      time.Time
}

// Telegram returns a Bot API that closes when the test ends.
func Telegram(t testing.TB) *TelegramServer {
	s := NewTelegram()
	t.Cleanup(s.Close)
	return s
}

// NewTelegram returns a Bot API to be closed by the caller.
func NewTelegram() *TelegramServer {
	s := &TelegramServer{
		Token: "4242:TEST-token", closed: make(chan struct{}), keep: true, counts: map[string]int{},
		script: map[string][]TelegramAnswer{}, blocked: map[int64]TelegramAnswer{},
		byID: map[int]*TelegramMessage{}, profile: map[string]string{}, webhook: map[string]string{},
		lastUpdate: 700000000, stirred: make(chan struct{}),
	}
	s.server = httptest.NewServer(http.HandlerFunc(s.serve))
	s.URL = s.server.URL
	return s
}

// Close ends what hangs, and the server.
func (s *TelegramServer) Close() {
	s.mu.Lock()
	select {
	case <-s.closed:
	default:
		close(s.closed)
	}
	s.mu.Unlock()
	s.server.CloseClientConnections()
	s.server.Close()
}

// KeepCalls says whether every call is kept for Calls; a long benchmark does
// without. Counts and messages stay.
func (s *TelegramServer) KeepCalls(yes bool) { s.lock(func() { s.keep = yes }) }

// Calls returns the calls of a method in order, of all when method is "".
func (s *TelegramServer) Calls(method string) []TelegramCall {
	s.mu.Lock()
	defer s.mu.Unlock()
	var calls []TelegramCall
	for _, c := range s.calls {
		if method == "" || c.Method == method {
			calls = append(calls, c)
		}
	}
	return calls
}

// Count returns how many calls of a method came.
func (s *TelegramServer) Count(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts[method]
}

// Sent returns what people have received, in order.
func (s *TelegramServer) Sent() []TelegramMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]TelegramMessage, len(s.messages))
	for i, m := range s.messages {
		out[i] = *m
	}
	return out
}

// SentTo returns what one chat has received, in order.
func (s *TelegramServer) SentTo(chat int64) []TelegramMessage {
	var out []TelegramMessage
	for _, m := range s.Sent() {
		if m.Chat == chat {
			out = append(out, m)
		}
	}
	return out
}

// WaitSent waits until people have received n messages, and tells whether they
// did in time.
func (s *TelegramServer) WaitSent(n int, within time.Duration) bool {
	return s.Wait(within, func() bool { return len(s.messages) >= n })
}

// WaitSentTo waits until one chat has received n messages.
func (s *TelegramServer) WaitSentTo(chat int64, n int, within time.Duration) bool {
	return s.Wait(within, func() bool {
		got := 0
		for _, m := range s.messages {
			if m.Chat == chat {
				got++
			}
		}
		return got >= n
	})
}

// WaitCalls waits until a method was called n times.
func (s *TelegramServer) WaitCalls(method string, n int, within time.Duration) bool {
	return s.Wait(within, func() bool { return s.counts[method] >= n })
}

// Wait waits until the condition holds; it is asked with the server locked, so
// it must not call back, each time that something comes in or goes out.
func (s *TelegramServer) Wait(within time.Duration, holds func() bool) bool {
	timeout := time.NewTimer(within)
	defer timeout.Stop()
	for {
		s.mu.Lock()
		done, stirred := holds(), s.stirred
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

func (s *TelegramServer) lock(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	do()
}

// stir wakes whoever waits; s is locked.
func (s *TelegramServer) stir() {
	close(s.stirred)
	s.stirred = make(chan struct{})
}

func (s *TelegramServer) serve(w http.ResponseWriter, r *http.Request) {
	token, method, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	if !ok || token != s.Token {
		s.Unauthorized().write(w)
		return
	}
	fields, err := telegramFields(r)
	if err != nil {
		s.BadRequest("the form cannot be read").write(w)
		return
	}
	s.mu.Lock()
	s.counts[method]++
	if s.keep {
		s.calls = append(s.calls, TelegramCall{Method: method, Fields: fields, At: time.Now()})
	}
	answer := s.choose(method, fields)
	if answer.applies() {
		taken := s.apply(method, fields)
		if answer.kind == telegramOK {
			answer = taken
		}
	}
	s.stir()
	s.mu.Unlock()
	if answer.kind == telegramHold {
		answer = s.hold(r, fields)
	}
	s.give(w, r, answer)
}

// choose takes the next scripted answer, or that of a chat that refuses; s is
// locked.
func (s *TelegramServer) choose(method string, fields map[string]string) TelegramAnswer {
	for _, key := range []string{method, ""} {
		if next := s.script[key]; len(next) > 0 {
			s.script[key] = next[1:]
			return next[0]
		}
	}
	chat, _ := strconv.ParseInt(fields["chat_id"], 10, 64)
	if refusal, ok := s.blocked[chat]; ok && method == "sendMessage" {
		return refusal
	}
	return TelegramAnswer{}
}
