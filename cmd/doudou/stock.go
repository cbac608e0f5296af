package main

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"doudou/bot/store"
)

// A stock is what can be counted of a store; *store.Store is one.
type stock interface {
	Counts(ctx context.Context) (store.Counts, error)
	Health(ctx context.Context) store.Health
}

// A stockroom tells Prometheus how much of what there is in the store. It looks
// at most every few seconds, however many ask.
type stockroom struct {
	stock  stock
	things *prometheus.Desc
	oldest *prometheus.Desc
	up     *prometheus.Desc

	mu     sync.Mutex
	looked time.Time
	counts store.Counts
	health store.Health
	err    error
}

func newStockroom(s stock) *stockroom {
	return &stockroom{
		stock:  s,
		things: prometheus.NewDesc("doudou_stock", "How much there is in the store now: contacts, stopped, unread (messages not answered yet), queued, held, dead (outgoing messages), open, taken (cases), letters (updates that could not be read).", []string{"of"}, nil),
		oldest: prometheus.NewDesc("doudou_unread_age_seconds", "How long the oldest message that is not answered has waited; 0 when none waits.", nil, nil),
		up:     prometheus.NewDesc("doudou_up", "1 while a part answers: database, sessions (Redis, or SQL in its place).", []string{"part"}, nil),
	}
}

// Describe names the figures.
func (r *stockroom) Describe(to chan<- *prometheus.Desc) {
	to <- r.things
	to <- r.oldest
	to <- r.up
}

// Freshness of the figures, and how long the store may take to count.
const (
	stockAge  = 5 * time.Second
	stockTime = 2 * time.Second
)

// Collect gives the figures. While the database is away only that is said.
func (r *stockroom) Collect(to chan<- prometheus.Metric) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.look()
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	gauge(r.up, answers(r.health.SQL), "database")
	gauge(r.up, answers(r.health.Sessions), "sessions")
	if r.err != nil {
		return
	}
	c := r.counts
	for of, n := range map[string]int64{
		"contacts": c.Contacts, "stopped": c.Stopped, "unread": c.Unread, "queued": c.Queued, "held": c.Held, "dead": c.Dead,
		"open": c.Open, "taken": c.Taken, "letters": c.Letters,
	} {
		gauge(r.things, float64(n), of)
	}
	age := 0.0
	if !c.Oldest.IsZero() {
		age = max(0, r.looked.Sub(c.Oldest).Seconds())
	}
	gauge(r.oldest, age)
}

func (r *stockroom) look() {
	if time.Since(r.looked) < stockAge {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), stockTime)
	defer cancel()
	r.health = r.stock.Health(ctx)
	r.counts, r.err = r.stock.Counts(ctx)
	r.looked = time.Now()
}

func answers(err error) float64 {
	if err != nil {
		return 0
	}
	return 1
}
