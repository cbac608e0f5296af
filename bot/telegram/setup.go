package telegram

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	api "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// Run keeps the channel open until ctx ends: it tells Telegram our commands and
// where to bring messages, trying again later what failed, and polls when there
// is no public address. It returns ErrToken when Telegram refuses the token.
func (c *Channel) Run(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var setup sync.WaitGroup
	setup.Go(func() {
		if err := c.setUp(ctx); err != nil {
			stop(err)
		}
	})
	var err error
	if c.PublicURL == "" {
		err = c.Poll(ctx)
	} else {
		<-ctx.Done()
	}
	stop(nil)
	setup.Wait()
	if err == nil && errors.Is(context.Cause(ctx), ErrToken) {
		err = ErrToken
	}
	return err
}

// setUp repeats Setup until all of it is done; only a refused token ends it.
func (c *Channel) setUp(ctx context.Context) error {
	wait := c.retry.setupLeast
	for ctx.Err() == nil {
		err := c.Setup(ctx)
		if err == nil || errors.Is(err, ErrToken) {
			return err
		}
		if ctx.Err() == nil {
			c.Logger.Warn("Telegram is not set up yet; it will be tried again", "in", wait, "error", err)
		}
		after := wait
		var p *pollError
		if errors.As(err, &p) {
			after = max(after, p.after)
		}
		c.sleep(ctx, after)
		wait = min(2*wait, c.retry.setupMost)
	}
	return nil
}

// Setup tells Telegram where to bring messages and, in each language, what the
// commands are and what the relais says of itself. What Telegram knows already
// is not said again. It goes on after a failure and returns all of them; with
// ErrToken among them nothing will work.
//
// Words is asked for "telegram.menu", "telegram.humain", "telegram.langue",
// "telegram.aide", "telegram.stop", "telegram.efface" (at most 256 characters,
// what the command does), "telegram.about" (512, shown before the first
// message) and "telegram.short" (120, shown on the profile); what it leaves
// empty is not set.
func (c *Channel) Setup(ctx context.Context) error {
	errs := []error{c.setEntry(ctx)}
	if errors.Is(errs[0], ErrToken) {
		return errs[0]
	}
	for i, lang := range c.Languages {
		code := lang
		if i == 0 {
			code = "" // for everybody whose language has no texts
		} else if len(lang) != 2 {
			continue // Telegram knows two-letter languages only
		}
		errs = append(errs, c.setCommands(ctx, lang, code), c.setAbout(ctx, lang, code), c.setShort(ctx, lang, code))
	}
	return errors.Join(errs...)
}

// setEntry says how messages reach us: at the public address, or by polling.
func (c *Channel) setEntry(ctx context.Context) error {
	if c.PublicURL == "" {
		return c.ask(ctx, "deleteWebhook", func(ctx context.Context) error {
			_, err := c.api.DeleteWebhook(ctx, &api.DeleteWebhookParams{})
			return err
		})
	}
	return c.ask(ctx, "setWebhook", func(ctx context.Context) error {
		_, err := c.api.SetWebhook(ctx, &api.SetWebhookParams{
			URL: c.PublicURL, SecretToken: c.Secret, AllowedUpdates: wanted(), MaxConnections: c.MaxConnections,
		})
		return err
	})
}

func (c *Channel) setCommands(ctx context.Context, lang, code string) error {
	var want []models.BotCommand
	for _, name := range shown {
		if about := truncate(clean(c.Words(lang, "telegram."+name)), 256); about != "" {
			want = append(want, models.BotCommand{Command: name, Description: about})
		}
	}
	if want == nil {
		return nil
	}
	scope := &models.BotCommandScopeAllPrivateChats{}
	return c.ask(ctx, "setMyCommands", func(ctx context.Context) error {
		have, err := c.api.GetMyCommands(ctx, &api.GetMyCommandsParams{Scope: scope, LanguageCode: code})
		if err == nil && !slices.Equal(have, want) {
			_, err = c.api.SetMyCommands(ctx, &api.SetMyCommandsParams{Commands: want, Scope: scope, LanguageCode: code})
		}
		return err
	})
}

func (c *Channel) setAbout(ctx context.Context, lang, code string) error {
	want := truncate(clean(c.Words(lang, "telegram.about")), 512)
	if want == "" {
		return nil
	}
	return c.ask(ctx, "setMyDescription", func(ctx context.Context) error {
		have, err := c.api.GetMyDescription(ctx, &api.GetMyDescriptionParams{LanguageCode: code})
		if err == nil && have.Description != want {
			_, err = c.api.SetMyDescription(ctx, &api.SetMyDescriptionParams{Description: want, LanguageCode: code})
		}
		return err
	})
}

func (c *Channel) setShort(ctx context.Context, lang, code string) error {
	want := truncate(clean(c.Words(lang, "telegram.short")), 120)
	if want == "" {
		return nil
	}
	return c.ask(ctx, "setMyShortDescription", func(ctx context.Context) error {
		have, err := c.api.GetMyShortDescription(ctx, &api.GetMyShortDescriptionParams{LanguageCode: code})
		if err == nil && have.ShortDescription != want {
			_, err = c.api.SetMyShortDescription(ctx, &api.SetMyShortDescriptionParams{ShortDescription: want, LanguageCode: code})
		}
		return err
	})
}

// ask makes one request of the setup within its time, and puts a refusal into
// words that hold no token.
func (c *Channel) ask(ctx context.Context, method string, do func(ctx context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, c.CallTimeout)
	defer cancel()
	ctx, n := noted(ctx)
	err := do(ctx)
	switch {
	case err == nil:
		return nil
	case n.legible && (n.reply.Code == 401 || n.reply.Code == 404):
		return fmt.Errorf("%w (%d)", ErrToken, n.reply.Code)
	case n.status != 0:
		return &pollError{err: fmt.Errorf("%s: %s", method, told(n)), after: min(retryAfter(n), time.Hour)}
	}
	return fmt.Errorf("%s: %w", method, cause(err))
}
