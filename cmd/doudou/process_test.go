package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"doudou/bot/bottest"
)

// built is the real program, built once for all tests that need a process.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "doudou-test")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "doudou")
	out, err := exec.Command("go", "build", "-o", file, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return file, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if file, err := built(); err == nil {
		os.RemoveAll(filepath.Dir(file))
	}
	os.Exit(code)
}

// Settings of a test service: the servers are ours.
const (
	testSender = "36200"
	testSecret = "a-test-secret"
)

// A process is the real `doudou serve`, with a Bot API and a Twilio on loopback.
// It may be killed and started again at the same address.
type process struct {
	t        *testing.T
	env      []string
	args     []string // behind the word serve
	base     string   // http://127.0.0.1:port
	telegram *bottest.TelegramServer
	twilio   *bottest.TwilioServer

	mu     sync.Mutex
	cmd    *exec.Cmd
	exited chan struct{}
	output []byte
}

// newProcess prepares a service; start starts it. settings are added to, or
// replace, those that every test needs.
func newProcess(t *testing.T, settings ...string) *process {
	t.Helper()
	p := &process{t: t, base: "http://" + freeAddress(t), telegram: bottest.Telegram(t), twilio: bottest.Twilio(t)}
	p.env = append(os.Environ(),
		"DOUDOU_LISTEN="+strings.TrimPrefix(p.base, "http://"), "DOUDOU_PUBLIC_URL="+p.base, "DOUDOU_DATA="+t.TempDir(), "DOUDOU_TOWN=demo",
		"DOUDOU_TELEGRAM_TOKEN="+p.telegram.Token, "DOUDOU_TELEGRAM_SECRET="+testSecret, "DOUDOU_TELEGRAM_SERVER="+p.telegram.URL, "DOUDOU_TELEGRAM_RATE=10000", "DOUDOU_TELEGRAM_CHAT_RATE=10000",
		"DOUDOU_TWILIO_ACCOUNT_SID="+bottest.TwilioAccount, "DOUDOU_TWILIO_AUTH_TOKEN="+bottest.TwilioToken, "DOUDOU_TWILIO_SENDERS="+testSender, "DOUDOU_TWILIO_SERVER="+p.twilio.URL, "DOUDOU_TWILIO_RATE=1000",
	)
	p.env = append(p.env, settings...)
	t.Cleanup(p.kill)
	return p
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// start starts the service and waits until it is ready.
func (p *process) start() {
	p.t.Helper()
	file, err := built()
	if err != nil {
		p.t.Fatal(err)
	}
	cmd := exec.Command(file, append([]string{"serve"}, p.args...)...)
	cmd.Env = p.env
	out, err := cmd.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	exited := make(chan struct{})
	p.mu.Lock()
	p.cmd, p.exited = cmd, exited
	p.mu.Unlock()
	go func() { p.listen(out); cmd.Wait(); close(exited) }()
	if err := p.ready(30 * time.Second); err != nil {
		p.t.Fatalf("%v; it said:\n%s", err, p.said())
	}
}

// listen keeps what the service says.
func (p *process) listen(out io.Reader) {
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadBytes('\n')
		p.mu.Lock()
		p.output = append(p.output, line...)
		p.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (p *process) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return string(p.output)
}

// ready waits until the service is.
func (p *process) ready(within time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	for {
		req, _ := http.NewRequestWithContext(ctx, http.MethodGet, p.base+"/readyz", nil)
		if answer, err := http.DefaultClient.Do(req); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-p.exited:
			return errors.New("the service ended")
		case <-ctx.Done():
			return errors.New("the service is not ready")
		}
	}
}

// kill ends the service as a power cut would, but for what the disk holds.
func (p *process) kill() {
	p.mu.Lock()
	cmd, exited := p.cmd, p.exited
	p.cmd = nil
	p.mu.Unlock()
	if cmd == nil {
		return
	}
	cmd.Process.Signal(syscall.SIGKILL)
	<-exited
}

// stop asks the service to stop, and returns how long it took.
func (p *process) stop() time.Duration {
	p.t.Helper()
	p.mu.Lock()
	cmd, exited := p.cmd, p.exited
	p.cmd = nil
	p.mu.Unlock()
	began := time.Now()
	cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-exited:
	case <-time.After(70 * time.Second):
		p.t.Fatal("the service does not stop")
	}
	if code := cmd.ProcessState.ExitCode(); code != 0 {
		p.t.Errorf("the service ended with code %d; it said:\n%s", code, p.said())
	}
	return time.Since(began)
}

var signInLink = regexp.MustCompile(`http://\S+/desk/sign-in\?token=\S+`)

// link returns the one-time link that the service printed.
func (p *process) link() string {
	p.t.Helper()
	link := signInLink.FindString(p.said())
	if link == "" {
		p.t.Fatalf("no link to sign in; it said:\n%s", p.said())
	}
	return link
}

// update posts a Telegram update; 0 when no answer came.
func (p *process) update(chat int64, lang, text string) (id int64, status int) {
	id, raw := p.telegram.Update(bottest.TelegramText(chat, lang, text))
	status, err := p.telegram.Deliver(context.Background(), p.base+pathTelegram, testSecret, raw)
	if err != nil {
		status = 0
	}
	return id, status
}
