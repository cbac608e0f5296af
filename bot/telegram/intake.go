package telegram

import (
	"context"
	"fmt"
	"time"

	"doudou/bot"
)

// An Inbox is what the channel needs of the store; see bot.Inbox.
type Inbox interface {
	Accept(ctx context.Context, m bot.Message) (contact bot.ContactID, fresh bool, err error)
	Bury(ctx context.Context, ch bot.Channel, provider string, raw []byte, why bot.Reason) error
	Cursor(ctx context.Context, name string) (int64, error)
	SetCursor(ctx context.Context, name string, at int64) error
}

// What Options.Count is told.
const (
	CountAccepted     = "telegram_accepted"         // a new message was kept
	CountDuplicate    = "telegram_duplicate"        // it was kept already
	CountIgnored      = "telegram_ignored"          // not for us: a group, a service message
	CountBuried       = "telegram_buried"           // unreadable, kept for a person
	CountRefused      = "telegram_store_failed"     // the store failed: Telegram will bring it again
	CountUnsigned     = "telegram_webhook_unsigned" // a webhook call without the secret
	CountOversize     = "telegram_webhook_oversize"
	CountMalformed    = "telegram_webhook_malformed"
	CountPollError    = "telegram_poll_error"
	CountPollConflict = "telegram_poll_conflict"  // somebody else polls, or a webhook is set
	CountPlain        = "telegram_sent_plain"     // formatting was refused, the text left without
	CountTapUnheard   = "telegram_tap_unanswered" // the clock on a tapped button goes on turning
)

// take keeps one update as it came. When it returns nil the update may be
// acknowledged: it is in the inbox, or kept aside, or not for us.
func (c *Channel) take(ctx context.Context, raw []byte) error {
	u, verdict, err := read(raw)
	switch verdict {
	case Unreadable:
		c.Logger.Warn("an update cannot be read; it was kept aside", "update", u.message.Provider, "error", err)
		if err := c.Inbox.Bury(ctx, bot.Telegram, u.message.Provider, raw, bot.Reason(err.Error())); err != nil {
			c.Count(CountRefused)
			return fmt.Errorf("keep an unreadable update aside: %w", err)
		}
		c.Count(CountBuried)
		return nil
	case Ignored:
		c.Count(CountIgnored)
		return nil
	}
	return c.accept(ctx, u)
}

func (c *Channel) accept(ctx context.Context, u update) error {
	u.message.At = c.received(u.message.At)
	contact, fresh, err := c.Inbox.Accept(ctx, u.message)
	if err != nil {
		c.Count(CountRefused)
		return fmt.Errorf("keep update %s: %w", u.message.Provider, err)
	}
	if u.tap != "" {
		c.answerTap(u.tap)
	}
	if !fresh {
		c.Count(CountDuplicate)
		return nil
	}
	c.Count(CountAccepted)
	c.Wake(contact)
	return nil
}

// received chooses the time of a message: now, as Telegram's own time has no
// fractions and would put a text before the tap that came first; Telegram's for
// what waited while the relais was away (it keeps updates for a day).
func (c *Channel) received(sent time.Time) time.Time {
	now := c.Now()
	if waited := now.Sub(sent); waited > time.Minute && waited < 25*time.Hour {
		return sent
	}
	return now
}
