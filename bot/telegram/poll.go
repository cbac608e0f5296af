package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	api "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"doudou/bot"
)

// wanted are the updates that Telegram is asked for; it remembers the list.
func wanted() []string {
	return []string{models.AllowedUpdateMessage, models.AllowedUpdateEditedMessage, models.AllowedUpdateCallbackQuery, models.AllowedUpdateMyChatMember}
}

// A poll that failed says how long to wait at least.
type pollError struct {
	err      error
	after    time.Duration
	conflict bool
	webhook  bool // the conflict is with a webhook that was set for the bot
}

func (e *pollError) Error() string { return e.err.Error() }
func (e *pollError) Unwrap() error { return e.err }

// Poll takes updates until ctx ends, and returns nil, or until Telegram refuses
// the token, and returns ErrToken. A batch is confirmed, by asking for the
// next, only after all of it is kept.
func (c *Channel) Poll(ctx context.Context) error {
	offset, err := c.place(ctx)
	if err != nil {
		return nil // ctx ended
	}
	failures, hold := 0, time.Duration(0) // the first poll only asks whether all is well
	for ctx.Err() == nil {
		began := time.Now()
		next, err := c.pollOnce(ctx, offset, hold)
		if ctx.Err() != nil {
			return nil
		}
		if errors.Is(err, ErrToken) {
			c.notReady(err.Error())
			return err
		}
		if err != nil {
			failures++
			hold = c.pollFailed(err)
			offset = next
			c.sleep(ctx, c.backoff(err, failures))
			continue
		}
		failures = 0
		c.ready.Store(nil)
		idle := hold > 0 && next == offset
		offset, hold = next, c.PollTimeout
		if idle { // a server that does not hold the request must not be asked at once
			c.sleep(ctx, c.retry.idle-time.Since(began))
		}
	}
	return nil
}

// place reads where the last run stopped.
func (c *Channel) place(ctx context.Context) (int64, error) {
	for failures := 1; ; failures++ {
		at, err := c.Inbox.Cursor(ctx, c.name)
		if err == nil || errors.Is(err, bot.ErrGone) {
			return at, nil
		}
		c.notReady("the store cannot be read")
		c.Logger.Error("cannot read the place of the Telegram poller", "error", err)
		if err := c.sleep(ctx, c.backoff(err, failures)); err != nil {
			return 0, err
		}
	}
}

// pollOnce asks for updates and keeps them. It returns the offset to ask next,
// also with an error, when part of a batch is kept.
func (c *Channel) pollOnce(ctx context.Context, offset int64, hold time.Duration) (int64, error) {
	batch, err := c.fetch(ctx, offset, hold)
	if err != nil || len(batch) == 0 {
		return offset, err
	}
	next := offset
	for _, raw := range batch {
		if err = c.take(ctx, raw); err != nil {
			break
		}
		// It may be lower than before: after a quiet week Telegram draws new ids.
		if id := idOf(raw); id > 0 {
			next = id + 1
		}
	}
	if next == offset {
		return offset, err
	}
	if failed := c.Inbox.SetCursor(ctx, c.name, next); failed != nil {
		return offset, errors.Join(err, fmt.Errorf("keep the place of the Telegram poller: %w", failed))
	}
	return next, err
}

func idOf(raw []byte) int64 {
	m, _, _ := Decode(raw)
	id, _ := strconv.ParseInt(m.Provider, 10, 64)
	return id
}

// fetch asks for the updates from offset on; Telegram holds the request until
// there are some, or the time is over. Each is left as it came, so that one
// that cannot be read does not spoil the others.
func (c *Channel) fetch(ctx context.Context, offset int64, hold time.Duration) ([]json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, hold+c.CallTimeout)
	defer cancel()
	params := map[string]any{"timeout": int(hold.Seconds()), "allowed_updates": wanted()}
	if offset > 0 {
		params["offset"] = offset
	}
	n, err := c.wire.call(ctx, "getUpdates", params)
	if err != nil {
		return nil, err
	}
	if err := c.refusedPoll(n); err != nil {
		return nil, err
	}
	var batch []json.RawMessage
	if err := json.Unmarshal(n.reply.Result, &batch); err != nil {
		return nil, errors.New("getUpdates: the answer is not a list")
	}
	return batch, nil
}

func (c *Channel) refusedPoll(n *note) error {
	after := retryAfter(n)
	switch {
	case n.legible && n.reply.OK:
		return nil
	case n.legible && (n.reply.Code == 401 || n.reply.Code == 404):
		return fmt.Errorf("%w (%d)", ErrToken, n.reply.Code)
	case n.legible && n.reply.Code == 409:
		if strings.Contains(n.reply.Description, "webhook") {
			return &pollError{err: errors.New("a webhook is set for this bot; it is being removed"), conflict: true, webhook: true}
		}
		return &pollError{err: errors.New("somebody else polls with this bot's token: stop the other one"), conflict: true}
	case n.status == 429 || n.reply.Code == 429:
		return &pollError{err: errors.New("Telegram asks to poll less often"), after: after}
	}
	return &pollError{err: fmt.Errorf("getUpdates was answered with status %d", n.status), after: after}
}

// pollFailed tells everybody of a failure, and how long the next poll may be
// held: after a conflict only a held poll proves that it is over.
func (c *Channel) pollFailed(err error) time.Duration {
	c.notReady("messages do not come in from Telegram: " + err.Error())
	var p *pollError
	if !errors.As(err, &p) || !p.conflict {
		c.Count(CountPollError)
		c.Logger.Warn("polling Telegram failed", "error", err)
		return 0
	}
	c.Count(CountPollConflict)
	c.Logger.Error("polling Telegram is refused", "error", err)
	if p.webhook {
		c.background(func(ctx context.Context) { c.api.DeleteWebhook(ctx, &api.DeleteWebhookParams{}) })
	}
	return c.PollTimeout
}

// backoff doubles with each failure, with a fifth of chance, and is never less
// than what Telegram asked for.
func (c *Channel) backoff(err error, failures int) time.Duration {
	wait := min(c.retry.pollLeast<<min(failures-1, 16), c.retry.pollMost)
	wait += rand.N(wait/5 + 1)
	var p *pollError
	if errors.As(err, &p) {
		wait = max(wait, p.after)
	}
	return wait
}

// sleep waits, and returns an error when ctx ends first.
func (c *Channel) sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
