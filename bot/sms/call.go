package sms

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// maxAnswer is how much of an answer of the REST API is read, in bytes.
const maxAnswer = 64 << 10

// A call carries one request to the REST API: it lends it the context that the
// library lacks, sends it to the right server, notes what the library hides
// (status, Retry-After, whether the request had left) and reads the answer whole
// so that the connection is used again.
type call struct {
	ctx     context.Context
	server  *url.URL
	network http.RoundTripper

	left   atomic.Bool // the request, or part of it, was written
	status int         // 0 while no answer came
	after  time.Duration
}

func newNetwork() http.RoundTripper {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:     true,
		TLSHandshakeTimeout:   5 * time.Second,
		MaxIdleConnsPerHost:   32,
		IdleConnTimeout:       60 * time.Second,
		ResponseHeaderTimeout: callTime,
	}
}

// RoundTrip implements http.RoundTripper.
func (c *call) RoundTrip(q *http.Request) (*http.Response, error) {
	ctx := httptrace.WithClientTrace(c.ctx, &httptrace.ClientTrace{
		WroteHeaders: func() { c.left.Store(true) },
		WroteRequest: func(httptrace.WroteRequestInfo) { c.left.Store(true) },
	})
	q = q.Clone(ctx)
	if c.server != nil {
		q.URL.Scheme, q.URL.Host, q.Host = c.server.Scheme, c.server.Host, ""
		q.URL.Path = strings.TrimRight(c.server.Path, "/") + q.URL.Path
	}
	r, err := c.network.RoundTrip(q)
	if err != nil {
		return nil, err
	}
	defer r.Body.Close()
	body, err := io.ReadAll(io.LimitReader(r.Body, maxAnswer))
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	c.status, c.after = r.StatusCode, wait(r.Header.Get("Retry-After"), time.Now())
	r.Body = io.NopCloser(bytes.NewReader(body))
	return r, nil
}

// wait reads a Retry-After header, in seconds or as a date: from a second to an
// hour.
func wait(header string, now time.Time) time.Duration {
	after := time.Duration(0)
	if n, err := strconv.Atoi(header); err == nil {
		after = time.Duration(min(max(n, 0), 3600)) * time.Second
	} else if at, err := http.ParseTime(header); err == nil {
		after = at.Sub(now)
	}
	return min(max(after, time.Second), time.Hour)
}
