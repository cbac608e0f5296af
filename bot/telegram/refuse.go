package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	api "github.com/go-telegram/bot"

	"doudou/bot"
)

// Codes of refusals that Telegram words and does not number.
const (
	codeEntities = "entities" // our formatting cannot be read
	codeMigrated = "migrated"
	codeNoAnswer = "no answer"
	codeUnsent   = "unsent"
)

// unwanted are the words of Telegram for a person who cannot be written to any
// more (telegram-bot-api, Client.cpp): they blocked the bot, deleted their
// account, or never spoke to it.
var unwanted = []string{"chat not found", "user not found", "peer_id_invalid", "input_user_deactivated", "user is deactivated", "bot was blocked", "bot can't initiate"}

// refuse says what a failed sendMessage means. The error holds neither the
// token nor anything of the message.
func refuse(err error, n *note) *bot.SendError {
	if err == nil {
		err = errors.New("the answer holds no message")
	}
	var flood *api.TooManyRequestsError
	var moved *api.MigrateError
	words := strings.ToLower(n.reply.Description)
	refused := func(kind bot.SendKind, code string) *bot.SendError {
		return &bot.SendError{Kind: kind, Code: code, Err: fmt.Errorf("sendMessage: %s", told(n))}
	}
	switch {
	case errors.As(err, &flood), n.status == 429:
		r := refused(bot.Throttled, "429")
		r.After = max(retryAfter(n), time.Second)
		return r
	case errors.As(err, &moved):
		return refused(bot.Permanent, codeMigrated)
	case errors.Is(err, api.ErrorForbidden), errors.Is(err, api.ErrorBadRequest) && containsAny(words, unwanted):
		return refused(bot.Unwanted, strconv.Itoa(n.reply.Code))
	case errors.Is(err, api.ErrorBadRequest) && strings.Contains(words, "can't parse entities"):
		return refused(bot.OurFault, codeEntities)
	case errors.Is(err, api.ErrorBadRequest), errors.Is(err, api.ErrorUnauthorized), errors.Is(err, api.ErrorNotFound):
		return refused(bot.OurFault, strconv.Itoa(n.reply.Code))
	}
	return unanswered(err, n, refused)
}

// unanswered sorts what is not a refusal of the Bot API: another server's page,
// a broken network.
func unanswered(err error, n *note, refused func(bot.SendKind, string) *bot.SendError) *bot.SendError {
	switch {
	case n.legible && n.reply.Code >= 400 && n.reply.Code < 500:
		return refused(bot.OurFault, strconv.Itoa(n.reply.Code))
	case n.status == 200 && n.legible:
		return refused(bot.Unknown, codeNoAnswer)
	case n.status != 0 && !errors.Is(err, errCut):
		return refused(bot.Trouble, strconv.Itoa(n.status))
	case n.left.Load():
		return &bot.SendError{Kind: bot.Unknown, Code: codeNoAnswer, Err: fmt.Errorf("sendMessage: no answer: %w", cause(err))}
	}
	return &bot.SendError{Kind: bot.Trouble, Code: codeUnsent, Err: fmt.Errorf("sendMessage: not sent: %w", cause(err))}
}

// cause finds what the network said below the library's words, which may hold
// an address or a whole page.
func cause(err error) error {
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return err
}

var quoted = regexp.MustCompile(`"[^"]*"|'[^']*'`)

// told is what Telegram says of a refusal, without what it quotes of us.
func told(n *note) string {
	if !n.legible {
		return fmt.Sprintf("status %d, not from the Bot API", n.status)
	}
	return fmt.Sprintf("%d %s", n.reply.Code, truncate(clean(quoted.ReplaceAllString(n.reply.Description, "...")), 120))
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// retryAfter is how long Telegram asks to wait; 0 when it does not say.
func retryAfter(n *note) time.Duration {
	seconds := n.reply.Parameters.RetryAfter
	if seconds <= 0 {
		seconds, _ = strconv.Atoi(n.after)
	}
	return time.Duration(min(max(seconds, 0), 24*3600)) * time.Second
}

// sentID is the id of the message that Telegram says it sent.
func (n *note) sentID() (string, bool) {
	var m struct {
		ID int `json:"message_id"`
	}
	if !n.reply.OK || json.Unmarshal(n.reply.Result, &m) != nil || m.ID <= 0 {
		return "", false
	}
	return strconv.Itoa(m.ID), true
}
