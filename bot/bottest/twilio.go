package bottest

import (
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// The credentials of the account at a TwilioServer.
const (
	TwilioAccount = "AC00000000000000000000000000000001"
	TwilioToken   = "0123456789abcdef0123456789abcdef"
)

// A TwilioServer is Twilio on loopback: its REST API for messages out, its
// signed webhooks for messages in and delivery reports. It remembers what
// reached the families' phones. It may be used by many goroutines, and it
// outlives the service under test, which may be killed.
type TwilioServer struct {
	URL    string       // of the REST API
	Client *http.Client // that calls the webhooks

	server *http.Server
	closed chan struct{}
	series uint64 // first half of the sids
	sids   atomic.Int64

	mu      sync.Mutex
	sent    []TwilioMessage
	calls   []url.Values
	count   int // requests to the REST API
	answers []TwilioAnswer
	stir    chan struct{} // closed when something has changed
}

// A TwilioMessage is one that reached a phone, or would.
type TwilioMessage struct {
	Sid, From, To, Body string
	Service             string // Messaging Service that chose the sender
	Callback            string // where its status is reported
	Answers             string // MessageSid of the text that it answers as TwiML; "" when sent by REST
	At                  time.Time
}

// Twilio returns a server that is closed at the end of the test.
func Twilio(t testing.TB) *TwilioServer {
	s := NewTwilio()
	t.Cleanup(s.Close)
	return s
}

// NewTwilio returns a server that listens on a free port of loopback.
func NewTwilio() *TwilioServer {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(fmt.Sprintf("no free port on loopback: %v", err))
	}
	s := &TwilioServer{URL: "http://" + l.Addr().String(), series: rand.Uint64(), closed: make(chan struct{}), stir: make(chan struct{})}
	s.Client = &http.Client{Timeout: 15 * time.Second, Transport: &http.Transport{MaxIdleConns: 256, MaxIdleConnsPerHost: 256}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /2010-04-01/Accounts/{account}/Messages.json", s.create)
	s.server = &http.Server{Handler: mux}
	go s.server.Serve(l)
	return s
}

// Close stops the server; requests that hang are cut.
func (s *TwilioServer) Close() {
	close(s.closed)
	s.server.Close()
	s.Client.CloseIdleConnections()
}

// Sent returns all that reached a phone, in order.
func (s *TwilioServer) Sent() []TwilioMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sent)
}

// SentTo returns what reached one phone, in order.
func (s *TwilioServer) SentTo(number string) []TwilioMessage {
	return slices.DeleteFunc(s.Sent(), func(m TwilioMessage) bool { return m.To != number })
}

// Calls returns the forms that were posted to the REST API, accepted or not.
func (s *TwilioServer) Calls() []url.Values {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// WaitSent waits until n messages have reached phones.
func (s *TwilioServer) WaitSent(n int, within time.Duration) bool {
	return s.Wait(within, func(sent []TwilioMessage) bool { return len(sent) >= n })
}

// WaitCalls waits until the REST API was called n times.
func (s *TwilioServer) WaitCalls(n int, within time.Duration) bool {
	return s.Wait(within, func([]TwilioMessage) bool { return s.count >= n })
}

// Wait waits until a condition holds on what has reached phones. It is asked
// when something changes, with the server locked: it must not call the server.
func (s *TwilioServer) Wait(within time.Duration, holds func(sent []TwilioMessage) bool) bool {
	late := time.NewTimer(within)
	defer late.Stop()
	for {
		s.mu.Lock()
		ok, stir := holds(s.sent), s.stir
		s.mu.Unlock()
		if ok {
			return true
		}
		select {
		case <-stir:
		case <-late.C:
			return false
		}
	}
}

// change changes the server's memory and tells who waits.
func (s *TwilioServer) change(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	do()
	close(s.stir)
	s.stir = make(chan struct{})
}

// Sid returns a fresh MessageSid, which no other server gives.
func (s *TwilioServer) Sid() string { return fmt.Sprintf("SM%016x%016x", s.series, s.sids.Add(1)) }
