package main

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// A meter counts what happens, for Prometheus. No label ever holds a number, a
// name or a word of a family.
type meter struct {
	registry *prometheus.Registry
	events   *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
}

func newMeter() *meter {
	m := &meter{
		registry: prometheus.NewRegistry(),
		events:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "doudou_events_total", Help: "What happened, by name."}, []string{"event"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "doudou_seconds", Help: "How long things take: a turn, from the message read to its answer committed; one attempt to send, by channel.",
			Buckets: []float64{.001, .003, .01, .03, .1, .3, 1, 3, 10, 30},
		}, []string{"what"}),
	}
	m.registry.MustRegister(m.events, m.seconds, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// count adds one to an event.
func (m *meter) count(event string) { m.events.WithLabelValues(event).Inc() }

// took notes how long something took.
func (m *meter) took(what string, took time.Duration) {
	m.seconds.WithLabelValues(what).Observe(took.Seconds())
}

// watch has the figures of a store read whenever they are asked for.
func (m *meter) watch(s stock) { m.registry.MustRegister(newStockroom(s)) }

func (m *meter) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
