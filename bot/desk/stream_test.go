package desk

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"doudou/bot"
)

// A hearing is what a browser reads of a stream.
type hearing struct {
	t    *testing.T
	next chan string // one event each, "end" at the end
	stop context.CancelFunc
}

// listens opens the stream of a browser.
func (b *browser) listens(after string) *hearing {
	b.t.Helper()
	ctx, stop := context.WithCancel(b.t.Context())
	r, _ := http.NewRequestWithContext(ctx, http.MethodGet, b.base+"/desk/stream", nil)
	if after != "" {
		r.Header.Set("Last-Event-ID", after)
	}
	answer, err := b.client.Do(r)
	if err != nil || answer.StatusCode != 200 {
		b.t.Fatalf("the stream: %v %v", answer, err)
	}
	h := answer.Header
	if h.Get("Content-Type") != "text/event-stream" || h.Get("X-Accel-Buffering") != "no" || h.Get("Cache-Control") != "no-store" || h.Get("Set-Cookie") != "" {
		b.t.Errorf("headers %v", h)
	}
	e := &hearing{t: b.t, next: make(chan string, 100), stop: stop}
	go e.read(answer.Body)
	b.t.Cleanup(stop)
	return e
}

func (e *hearing) read(body io.ReadCloser) {
	defer body.Close()
	defer close(e.next)
	var one []string
	for s := bufio.NewScanner(body); s.Scan(); {
		switch line := s.Text(); {
		case line == "" && len(one) > 0:
			e.next <- strings.Join(one, " ")
			one = nil
		case strings.HasPrefix(line, "event:"), strings.HasPrefix(line, "data:"):
			one = append(one, line)
		}
	}
}

// wants waits for an event that has the texts; others before it are passed over.
func (e *hearing) wants(texts ...string) {
	e.t.Helper()
	over := time.After(5 * time.Second)
	var seen []string
next:
	for {
		select {
		case one, ok := <-e.next:
			if !ok {
				e.t.Fatalf("the stream ended before %q; it said %q", texts, seen)
			}
			seen = append(seen, one)
			for _, text := range texts {
				if !strings.Contains(one, text) {
					continue next
				}
			}
			return
		case <-over:
			e.t.Fatalf("no event has %q; there were %q", texts, seen)
		}
	}
}

// ends waits for the end of the stream.
func (e *hearing) ends() {
	e.t.Helper()
	over := time.After(5 * time.Second)
	for {
		select {
		case _, ok := <-e.next:
			if !ok {
				return
			}
		case <-over:
			e.t.Fatal("the stream goes on")
		}
	}
}

// says has the family of a case write.
func (b *browser) says(id bot.CaseID, text string) {
	b.relais.mu.Lock()
	defer b.relais.mu.Unlock()
	b.relais.say(b.relais.cases[id], bot.Line{Speaker: bot.Family, Lang: "fr", Text: text, At: noon})
}

func TestStreamTellsWhatChanged(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	lea, paul := b.another().enter("lea"), b.another().enter("paul")
	awa, other := b.listens(""), paul.listens("")
	awa.wants("event: lists", `{"mine":0,"open":1,"waiting":0}`)
	other.wants("event: lists", `{"mine":0,"open":1,"waiting":0}`)
	b.says("K7Q2", "encore moi <script>")
	awa.wants("event: case", `"id":"K7Q2","last":"7"`, `"there":[]`)
	lea.post("/desk/cases/K7Q2/here", "doing", "write").wants(t, 204)
	awa.wants("event: case", `"there":["Léa écrit"]`)
	lea.post("/desk/cases/K7Q2/take", "once", "t").wants(t, 303)
	awa.wants("event: lists", `{"mine":0,"open":0,"waiting":1}`)
	b.says("M3X9", "urgent")
	other.wants("event: case", `"id":"M3X9"`)
	for _, e := range []*hearing{awa, other} {
		e.stop()
		for one := range e.next {
			if strings.Contains(one, "encore") || e == awa && strings.Contains(one, "M3X9") || e == other && strings.Contains(one, "K7Q2") {
				t.Errorf("told %s", one)
			}
		}
	}
}

func TestStreamTellsWhatWasMissed(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	b.says("M3X9", "une ligne")
	b.says("K7Q2", "une ligne")
	e := b.listens("1")
	e.wants("event: case", `"id":"K7Q2","last":"7"`)
	e.stop()
	for one := range e.next {
		if strings.Contains(one, "M3X9") {
			t.Errorf("told %s", one)
		}
	}
}

func TestStreamEndsWithTheSession(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	e := b.listens("")
	e.wants("event: lists")
	b.post("/desk/sign-out").wants(t, 303)
	b.says("K7Q2", "x")
	e.wants("event: out")
	e.ends()
	b.get("/desk/stream").wants(t, 401)
}

func TestStreamEndsWithTheAgent(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	e := b.listens("")
	e.wants("event: lists")
	b.relais.mu.Lock()
	a := b.relais.agents["awa"]
	a.Teams = []string{"pmi"}
	b.relais.agents["awa"] = a
	b.relais.mu.Unlock()
	b.says("M3X9", "x")
	e.wants("event: case", "M3X9") // what the agent may see is asked each time
	b.relais.mu.Lock()
	a.Active = false
	b.relais.agents["awa"] = a
	b.relais.mu.Unlock()
	b.says("M3X9", "y")
	e.wants("event: out")
	e.ends()
}

// TestStreamOutlivesTheLimitsOfPages: a server cuts slow pages off, not streams;
// one that stops ends them at once.
func TestStreamOutlivesTheLimitsOfPages(t *testing.T) {
	f, stopping := furnish(), make(chan struct{})
	b := opened(t, f, func(o *Options) { o.Stopping = stopping })
	server := &http.Server{Handler: b.handler, ReadTimeout: 300 * time.Millisecond, WriteTimeout: 300 * time.Millisecond}
	server.RegisterOnShutdown(func() { close(stopping) })
	at, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(at)
	b.base = "http://" + at.Addr().String()
	e := b.enter("awa").listens("")
	e.wants("event: lists")
	time.Sleep(700 * time.Millisecond)
	b.says("K7Q2", "x")
	e.wants("event: case")
	start := time.Now()
	if err := server.Shutdown(t.Context()); err != nil || time.Since(start) > 3*time.Second {
		t.Errorf("stopped after %v: %v", time.Since(start), err)
	}
	e.ends()
}

// TestSlowListenersHoldNobodyUp: who takes nothing finds each case once.
func TestSlowListenersHoldNobodyUp(t *testing.T) {
	f := furnish()
	w := newWatch(f, func() time.Time { return noon }, nil)
	slow, quick := w.listen(), w.listen()
	for i := range 50 {
		f.say(f.cases["K7Q2"], bot.Line{Speaker: bot.Family, Text: "x", At: noon})
		w.tell()
		<-quick.ready
		if got := quick.take(); len(got) != 1 || got["K7Q2"].Last != int64(7+i) {
			t.Fatalf("the quick one: %v", got)
		}
	}
	<-slow.ready
	if got := slow.take(); len(got) != 1 || got["K7Q2"].Last != 56 {
		t.Errorf("the slow one: %v", got)
	}
	w.leave(slow)
	w.leave(quick)
	if w.tell() {
		t.Error("the watch goes on for nobody")
	}
}
