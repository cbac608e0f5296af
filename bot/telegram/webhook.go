package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"
)

const (
	secretHeader = "X-Telegram-Bot-Api-Secret-Token"
	// Telegram itself makes no update longer than 64 KiB.
	maxUpdate = 256 << 10
	// Telegram waits a minute for an answer; the store must have failed long before.
	keepTimeout = 20 * time.Second
	// How long Telegram is asked to wait when the store fails.
	storeRest = "5"
)

// Handler takes updates that Telegram brings. It answers 200 once the update is
// kept, or kept aside because it cannot be read; 503 when the store fails, and
// Telegram brings it again; 401 without the secret, 405, 413 and 400 to what
// cannot come from Telegram.
func (c *Channel) Handler() http.Handler { return http.HandlerFunc(c.webhook) }

func (c *Channel) webhook(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	if !c.signed(r) {
		c.Count(CountUnsigned)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	raw, status := c.body(w, r)
	if status != http.StatusOK {
		w.WriteHeader(status)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), keepTimeout)
	defer cancel()
	if err := c.take(ctx, raw); err != nil {
		c.Logger.Error("an update was not kept; Telegram will bring it again", "error", err)
		w.Header().Set("Retry-After", storeRest)
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

// signed compares digests, so that the time taken tells nothing of the secret,
// nor of its length.
func (c *Channel) signed(r *http.Request) bool {
	got, want := sha256.Sum256([]byte(r.Header.Get(secretHeader))), sha256.Sum256([]byte(c.Secret))
	return subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

func (c *Channel) body(w http.ResponseWriter, r *http.Request) ([]byte, int) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		c.Count(CountOversize)
		return nil, http.StatusRequestEntityTooLarge
	case err != nil || !json.Valid(raw):
		c.Count(CountMalformed)
		return nil, http.StatusBadRequest
	}
	return raw, http.StatusOK
}
