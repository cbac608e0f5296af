package bot_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
	"doudou/bot/store"
	"doudou/bot/telegram"
	"doudou/locales"
)

// BenchmarkWebhook measures the whole path: an HTTP webhook comes in, is kept,
// read, answered, committed, sent to a Bot API on loopback and marked sent. A
// turn counts when its answer has left. The client and the Bot API use the same
// processor.
//
// "turns/s" is the throughput; p50-ms and p99-ms run from the first byte of the
// webhook to the arrival of the answer at the Bot API.
func BenchmarkWebhook(b *testing.B) {
	for _, kind := range stores(b) {
		for _, contacts := range []int{1, 64} {
			b.Run(fmt.Sprintf("%s/contacts=%d", kind.name, contacts), func(b *testing.B) {
				benchWebhook(b, kind.open(b), contacts)
			})
		}
	}
}

// BenchmarkTurn is the same without HTTP: kept, read, answered, committed,
// handed to a sender that does nothing, marked sent.
func BenchmarkTurn(b *testing.B) {
	for _, kind := range stores(b) {
		for _, contacts := range []int{1, 64} {
			b.Run(fmt.Sprintf("%s/contacts=%d", kind.name, contacts), func(b *testing.B) {
				benchTurn(b, kind.open(b), contacts)
			})
		}
	}
}

type storeKind struct {
	name string
	open func(testing.TB) *store.Store
}

// stores are those that can be reached: SQLite always.
func stores(b *testing.B) []storeKind {
	kinds := []storeKind{{"sqlite", func(t testing.TB) *store.Store { return openSQLite(t, time.Now) }}}
	if os.Getenv("DOUDOU_TEST_POSTGRES") != "" && os.Getenv("DOUDOU_TEST_REDIS") != "" {
		kinds = append(kinds, storeKind{"postgres+redis", openPostgresRedis})
	} else {
		b.Log("left out: postgres+redis (make bench brings them)")
	}
	return kinds
}

// openPostgresRedis opens a database of its own, with sessions in Redis.
func openPostgresRedis(t testing.TB) *store.Store {
	t.Helper()
	client, err := store.DialRedis(bottest.Redis(t))
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(context.Background(), store.Options{Key: &store.Key{7}, URL: bottest.Postgres(t), Sessions: store.NewRedisSessions(client, time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// A questions list is asked in turn, so that no answer is the same as the last.
var questions = []string{"c'est quoi une mam", "MENU", "slt cmt on fé pr avoir 1 place en creche", "AIDE", "le cmg c quoi", "où est la pmi"}

// A meter times messages from their departure to their answer's arrival. Each
// contact has one message under way.
type meter struct {
	began   map[string]*atomic.Int64
	arrived map[string]chan struct{}
	mu      sync.Mutex
	took    []time.Duration
}

func newMeter(contacts int) *meter {
	m := &meter{began: map[string]*atomic.Int64{}, arrived: map[string]chan struct{}{}}
	for c := range contacts {
		id := contactID(c)
		m.began[id], m.arrived[id] = &atomic.Int64{}, make(chan struct{}, 4)
	}
	return m
}

func contactID(c int) string { return strconv.Itoa(100000 + c) }

func (m *meter) begin(id string) { m.began[id].Store(time.Now().UnixNano()) }

func (m *meter) arrive(id string) {
	took := time.Duration(time.Now().UnixNano() - m.began[id].Load())
	m.mu.Lock()
	m.took = append(m.took, took)
	m.mu.Unlock()
	m.arrived[id] <- struct{}{}
}

func (m *meter) report(b *testing.B, elapsed time.Duration) {
	slices.Sort(m.took)
	b.ReportMetric(float64(len(m.took))/elapsed.Seconds(), "turns/s")
	b.ReportMetric(float64(m.took[len(m.took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(m.took[len(m.took)*99/100].Microseconds())/1000, "p99-ms")
}

// converse has each contact send and wait, until b.N messages were answered.
func (m *meter) converse(b *testing.B, contacts int, send func(id string, n int) error) {
	var left atomic.Int64
	left.Store(int64(b.N))
	b.ReportAllocs()
	b.ResetTimer()
	start := time.Now()
	var all sync.WaitGroup
	for c := range contacts {
		all.Go(func() {
			id := contactID(c)
			for n := 0; left.Add(-1) >= 0; n++ {
				m.begin(id)
				if err := send(id, n); err != nil {
					b.Error(err)
					return
				}
				select {
				case <-m.arrived[id]:
				case <-time.After(30 * time.Second):
					b.Errorf("contact %s has waited 30 s", id)
					return
				}
			}
		})
	}
	all.Wait()
	elapsed := time.Since(start)
	b.StopTimer()
	m.report(b, elapsed)
}

// serving starts a service on a store with one carrier.
func serving(b *testing.B, s *store.Store, c bot.Carrier) *bot.Service {
	o := content(b)
	o.Store, o.Now, o.Draw, o.Carriers = s, time.Now, counter(time.Now().UnixNano()), []bot.Carrier{c}
	o.NewID = func() string { return "K" + strconv.FormatInt(o.Draw(), 36) }
	service, err := bot.New(o)
	if err != nil {
		b.Fatal(err)
	}
	if err := s.SaveEvents(context.Background(), o.Knowledge.Calendar(time.Now())); err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); service.Run(ctx) }()
	b.Cleanup(func() { stop(); <-done })
	return service
}

// arrivals is a sender that only notes the time.
type arrivals struct{ *meter }

func (a arrivals) Send(_ context.Context, o bot.Outgoing) (string, error) {
	a.arrive(o.To.ID)
	return "", nil
}

func benchTurn(b *testing.B, s *store.Store, contacts int) {
	m := newMeter(contacts)
	service := serving(b, s, bot.Carrier{Channel: bot.Telegram, Buttons: true, Sender: arrivals{m}, Workers: 64})
	var updates atomic.Int64
	m.converse(b, contacts, func(id string, n int) error {
		_, err := service.Receive(context.Background(), bot.Message{
			Channel: bot.Telegram, Provider: strconv.FormatInt(updates.Add(1), 10), Kind: bot.Text,
			Text: questions[n%len(questions)], Lang: "fr", From: bot.Address{Channel: bot.Telegram, ID: id}, At: time.Now(),
		})
		return err
	})
}

const benchSecret = "bench-secret"

func benchWebhook(b *testing.B, s *store.Store, contacts int) {
	m := newMeter(contacts)
	var service *bot.Service
	channel, err := telegram.New(telegram.Options{
		Token: "4242:bench", Secret: benchSecret, ServerURL: "http://" + benchAPI(b, m), PublicURL: "https://bench.example",
		Rate: 1e6, Burst: 1e6, ChatRate: 1e6, ChatBurst: 1e6, Inbox: s, Wake: func(c bot.ContactID) { service.Wake(c) },
	})
	if err != nil {
		b.Fatal(err)
	}
	service = serving(b, s, bot.Carrier{Channel: bot.Telegram, Style: locales.Style{Isolate: true}, Buttons: true, Sender: channel, Workers: 64})
	web := httptest.NewServer(channel.Handler())
	b.Cleanup(web.Close)
	var updates atomic.Int64
	lines := map[string]*wireClient{}
	for c := range contacts {
		lines[contactID(c)] = dial(b, web.Listener.Addr().String())
	}
	m.converse(b, contacts, func(id string, n int) error {
		return lines[id].post(updates.Add(1), id, questions[n%len(questions)])
	})
}

// A wireClient posts webhooks on one connection, with as little work as can be:
// the measure is of the service, on the same two cores.
type wireClient struct {
	conn net.Conn
	in   *bufio.Reader
}

func dial(b *testing.B, address string) *wireClient {
	b.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { conn.Close() })
	return &wireClient{conn, bufio.NewReader(conn)}
}

func (c *wireClient) post(update int64, chat, text string) error {
	body := fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":1795420000,"text":%q,"chat":{"id":%s,"type":"private"},"from":{"id":%s,"is_bot":false,"first_name":"x","language_code":"fr"}}}`, update, update, text, chat, chat)
	_, err := fmt.Fprintf(c.conn, "POST / HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nX-Telegram-Bot-Api-Secret-Token: %s\r\nContent-Length: %d\r\n\r\n%s", benchSecret, len(body), body)
	if err != nil {
		return err
	}
	status, err := c.in.ReadString('\n')
	if err != nil || !strings.Contains(status, " 200 ") {
		return fmt.Errorf("webhook answered %q, %v", status, err)
	}
	for { // the headers; the answer has no body
		line, err := c.in.ReadString('\n')
		if err != nil || line == "\r\n" {
			return err
		}
	}
}

// benchAPI is a Bot API that notes which chat a message is for and says yes.
func benchAPI(b *testing.B, m *meter) string {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go answerCalls(conn, m)
		}
	}()
	return l.Addr().String()
}

// answerCalls answers the calls of one connection.
func answerCalls(conn net.Conn, m *meter) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	for {
		method, length := "", 0
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				return
			}
			if method == "" {
				method = line
			}
			if n, found := strings.CutPrefix(line, "Content-Length: "); found {
				length, _ = strconv.Atoi(strings.TrimSpace(n))
			}
			if line == "\r\n" {
				break
			}
		}
		form := make([]byte, length)
		if _, err := io.ReadFull(in, form); err != nil {
			return
		}
		_, rest, _ := bytes.Cut(form, []byte("name=\"chat_id\"\r\n\r\n"))
		chat, _, _ := bytes.Cut(rest, []byte("\r\n"))
		body := fmt.Sprintf(`{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":%s,"type":"private"}}}`, chat)
		fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
		if strings.Contains(method, "/sendMessage") {
			m.arrive(string(chat))
		}
	}
}
