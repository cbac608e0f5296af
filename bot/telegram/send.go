package telegram

import (
	"context"
	"errors"
	"html"
	"strconv"

	api "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"doudou/bot"
)

// A piece is one message of an outgoing too long for one.
type piece struct {
	html, plain string
	keys        models.ReplyMarkup // nil: none
}

const (
	maxLead       = 256 // units of the name of the agent and team
	maxButtonData = 64  // bytes (core.telegram.org/bots/api#inlinekeyboardbutton)
)

// Send sends one outgoing and returns Telegram's id of its last message, the one
// with the buttons. A refusal is a *bot.SendError. An outgoing of several pieces
// that failed half-way goes on, when it is sent again by this Channel, with the
// piece that failed.
func (c *Channel) Send(ctx context.Context, o bot.Outgoing) (string, error) {
	if err := c.held(); err != nil {
		return "", err
	}
	chat, err := strconv.ParseInt(o.To.ID, 10, 64)
	if err != nil || strconv.FormatInt(chat, 10) != o.To.ID { // "+33..." is a number too
		return "", &bot.SendError{Kind: bot.Permanent, Code: "address", Err: errors.New("the address is not a Telegram chat")}
	}
	pieces, err := compose(o)
	if err != nil {
		return "", err
	}
	from := c.partial.sent(o.ID)
	if id, ok := messageID(o.Ref); ok && from == 0 && o.Tries == 0 {
		c.usedUp(ctx, chat, id)
	}
	sent := ""
	for i := from; i < len(pieces); i++ {
		if sent, err = c.sendPiece(ctx, chat, pieces[i]); err != nil {
			c.partial.stopped(o.ID, i, err)
			return "", err
		}
	}
	c.partial.done(o.ID)
	return sent, nil
}

// compose writes an outgoing as Telegram's HTML, cut into messages that fit.
func compose(o bot.Outgoing) ([]piece, error) {
	keys, err := keyboard(o.Buttons)
	if err != nil {
		return nil, err
	}
	lead, body := truncate(clean(o.Lead), maxLead), clean(o.Body)
	if body == "" {
		return nil, &bot.SendError{Kind: bot.Permanent, Code: "empty", Err: errors.New("the message has no text")}
	}
	first := maxText
	if lead != "" {
		first -= units(lead) + 1
	}
	var pieces []piece
	for _, text := range split(body, first, maxText) {
		pieces = append(pieces, piece{html: html.EscapeString(text), plain: text})
	}
	if lead != "" {
		pieces[0].html = "<b>" + html.EscapeString(lead) + "</b>\n" + pieces[0].html
		pieces[0].plain = lead + "\n" + pieces[0].plain
	}
	pieces[len(pieces)-1].keys = keys
	return pieces, nil
}

// keyboard writes the keys below a message: those of its choices, or the one
// that shares where the person is; nil when there are none.
func keyboard(rows [][]bot.Button) (models.ReplyMarkup, error) {
	if len(rows) == 1 && len(rows[0]) == 1 && rows[0][0].Data == bot.SharePlace {
		return models.ReplyKeyboardMarkup{
			Keyboard:       [][]models.KeyboardButton{{{Text: clean(rows[0][0].Label), RequestLocation: true}}},
			ResizeKeyboard: true, OneTimeKeyboard: true,
		}, nil
	}
	var k models.InlineKeyboardMarkup
	for _, row := range rows {
		var keys []models.InlineKeyboardButton
		for _, b := range row {
			label := clean(b.Label)
			if label == "" || b.Data == "" || len(b.Data) > maxButtonData {
				return nil, &bot.SendError{Kind: bot.Permanent, Code: "button", Err: errors.New("a button needs a label and 1 to 64 bytes of data")}
			}
			keys = append(keys, models.InlineKeyboardButton{Text: label, CallbackData: b.Data})
		}
		if len(keys) > 0 {
			k.InlineKeyboard = append(k.InlineKeyboard, keys)
		}
	}
	if k.InlineKeyboard == nil {
		return nil, nil
	}
	return &k, nil
}

// usedUp takes the buttons off the message that was tapped. Nothing hangs on it.
func (c *Channel) usedUp(ctx context.Context, chat int64, id int) {
	ctx, cancel := context.WithTimeout(ctx, c.CallTimeout/2)
	defer cancel()
	if c.pace.all.Wait(ctx) != nil {
		return
	}
	ctx, n := noted(ctx)
	_, _ = c.api.EditMessageReplyMarkup(ctx, &api.EditMessageReplyMarkupParams{ChatID: chat, MessageID: id})
	if n.status == 429 {
		c.pause(retryAfter(n))
	}
}

// sendPiece sends one message, and once more without formatting when Telegram
// cannot read it.
func (c *Channel) sendPiece(ctx context.Context, chat int64, p piece) (string, error) {
	params := &api.SendMessageParams{ChatID: chat, Text: p.html, ParseMode: models.ParseModeHTML}
	params.LinkPreviewOptions = &models.LinkPreviewOptions{IsDisabled: api.True()}
	params.ReplyMarkup = p.keys
	id, refusal := c.post(ctx, chat, params)
	if refusal != nil && refusal.Code == codeEntities {
		c.Count(CountPlain)
		c.Logger.Error("Telegram cannot read our formatting; the text leaves without")
		params.Text, params.ParseMode = p.plain, ""
		id, refusal = c.post(ctx, chat, params)
	}
	if refusal != nil {
		return "", refusal
	}
	return id, nil
}

func (c *Channel) post(ctx context.Context, chat int64, params *api.SendMessageParams) (string, *bot.SendError) {
	if err := c.pace.wait(ctx, chat); err != nil {
		return "", &bot.SendError{Kind: bot.Trouble, Code: "pace", Err: errors.New("its turn did not come in time")}
	}
	if err := c.held(); err != nil { // since it began to wait
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, c.CallTimeout)
	defer cancel()
	ctx, n := noted(ctx)
	m, err := c.api.SendMessage(ctx, params)
	if err == nil && m.ID > 0 {
		return strconv.Itoa(m.ID), nil
	}
	if id, ok := n.sentID(); ok { // it left, though the library cannot read all of the answer
		return id, nil
	}
	refusal := refuse(err, n)
	if refusal.Kind == bot.Throttled {
		c.pause(refusal.After)
	}
	return "", refusal
}
