package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"
)

// A wire carries requests to the Bot API, the library's and our own.
//
// It sends each body whole rather than piece by piece, so that a connection
// which the server had closed is found out before anything is sent, and notes
// what came back: the library's errors do not tell whether a request left.
type wire struct {
	client *http.Client
	base   string // with the token: never to be shown
}

const maxReply = 16 << 20 // a batch of updates is at most 4 MiB

func newWire(token, server string) *wire {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns, t.MaxIdleConnsPerHost = 64, 64
	// Telegram closes an idle connection after about a minute; we do it first, so
	// that no message is sent into one that is being closed.
	t.IdleConnTimeout = 45 * time.Second
	return &wire{base: server + "/bot" + token + "/", client: &http.Client{
		Transport: t,
		// A redirection would carry the token to another server.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// A note is what one request came to.
type note struct {
	left    atomic.Bool // the request was, or may have been, sent
	status  int         // of the answer; 0 when none came
	after   string      // Retry-After header of the answer
	reply   reply
	legible bool // the answer was that of a Bot API
}

// A reply is the envelope of a Bot API answer.
type reply struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// blank forgets an earlier request under the same note.
func (n *note) blank() {
	n.left.Store(false)
	n.status, n.after, n.reply, n.legible = 0, "", reply{}, false
}

// errCut marks an answer that stopped before its end.
var errCut = errors.New("the answer was cut")

type noteKey struct{}

// noted makes the wire write down in the note what becomes of the request.
func noted(ctx context.Context) (context.Context, *note) {
	n := &note{}
	ctx = context.WithValue(ctx, noteKey{}, n)
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders: func() { n.left.Store(true) },
		WroteRequest: func(i httptrace.WroteRequestInfo) { n.left.Store(i.Err == nil) },
	}), n
}

// Do carries one request of the library.
func (w *wire) Do(req *http.Request) (*http.Response, error) {
	n, _ := req.Context().Value(noteKey{}).(*note)
	if n == nil {
		n = &note{}
	}
	n.blank()
	if err := whole(req); err != nil {
		return nil, err
	}
	resp, err := w.client.Do(req)
	if err != nil {
		return nil, bare(err)
	}
	defer resp.Body.Close()
	n.status, n.after = resp.StatusCode, resp.Header.Get("Retry-After")
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxReply))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errCut, bare(err))
	}
	n.legible = json.Unmarshal(body, &n.reply) == nil && (n.reply.OK || n.reply.Code != 0)
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// whole reads the body of a request, which the library writes through a pipe.
func whole(req *http.Request) error {
	if req.Body == nil {
		return nil
	}
	body, err := io.ReadAll(req.Body)
	req.Body.Close()
	if err != nil {
		return err
	}
	if len(body) == 0 { // announced as a form by the library, without being one
		req.Header.Del("Content-Type")
		req.Body, req.ContentLength = http.NoBody, 0
		return nil
	}
	req.ContentLength = int64(len(body))
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	req.Body, _ = req.GetBody()
	return nil
}

// bare takes the address, and so the token, out of an error of the network.
func bare(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// call makes a request that the library does not offer.
func (w *wire) call(ctx context.Context, method string, params any) (*note, error) {
	body, err := json.Marshal(params)
	if err != nil {
		return nil, fmt.Errorf("write the parameters of %s: %w", method, err)
	}
	ctx, n := noted(ctx)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.base+method, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("make the request %s: the address of the Bot API is wrong", method)
	}
	req.Header.Set("Content-Type", "application/json")
	if _, err := w.Do(req); err != nil {
		return n, fmt.Errorf("%s: %w", method, err)
	}
	return n, nil
}
