package telegram

import (
	"context"

	api "github.com/go-telegram/bot"
)

// answerTap stops the clock that turns on a tapped button. A tap that finds
// everybody busy goes unanswered: the message that follows is what counts.
func (c *Channel) answerTap(id string) {
	select {
	case c.taps <- struct{}{}:
	default:
		c.Count(CountTapUnheard)
		return
	}
	c.background(func(ctx context.Context) {
		defer func() { <-c.taps }()
		if _, err := c.api.AnswerCallbackQuery(ctx, &api.AnswerCallbackQueryParams{CallbackQueryID: id}); err != nil {
			c.Count(CountTapUnheard) // too old, or no network
		}
	})
}

// background does something that nobody waits for, within a request's time.
func (c *Channel) background(do func(ctx context.Context)) {
	c.underway.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), c.CallTimeout)
		defer cancel()
		do(ctx)
	})
}
