package bottest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"
)

type telegramUpdate struct {
	id  int64
	raw []byte
}

// Text makes somebody write to the bot; it returns the update's id.
func (s *TelegramServer) Text(chat int64, lang, text string) int64 {
	return s.Push(TelegramText(chat, lang, text))
}

// Tap makes somebody tap a button under a message.
func (s *TelegramServer) Tap(chat int64, message int, data string) int64 {
	return s.Push(TelegramTap(chat, message, data))
}

// TelegramTap is an update without its id: somebody taps a button.
func TelegramTap(chat int64, message int, data string) map[string]any {
	return map[string]any{"callback_query": map[string]any{
		"id": fmt.Sprint("tap", time.Now().UnixNano()), "from": telegramPerson(chat, "fr"), "data": data, "chat_instance": "1",
		"message": map[string]any{"message_id": message, "date": time.Now().Unix(), "chat": map[string]any{"id": chat, "type": "private"}},
	}}
}

// TelegramText is an update without its id: somebody writes to the bot.
func TelegramText(chat int64, lang, text string) map[string]any {
	return map[string]any{"message": map[string]any{
		"message_id": time.Now().UnixNano() % 1e9, "date": time.Now().Unix(), "text": text,
		"chat": map[string]any{"id": chat, "type": "private"}, "from": telegramPerson(chat, lang),
	}}
}

func telegramPerson(id int64, lang string) map[string]any {
	return map[string]any{"id": id, "is_bot": false, "first_name": "Test", "language_code": lang}
}

// Push puts an update in the queue and returns its id, which it draws unless
// there is one.
func (s *TelegramServer) Push(update map[string]any) int64 {
	id, raw := s.Update(update)
	s.PushRaw(id, raw)
	return id
}

// Update writes an update as Telegram would, with the next id, without putting
// it in the queue.
func (s *TelegramServer) Update(update map[string]any) (int64, []byte) {
	update = maps.Clone(update)
	if _, ok := update["update_id"]; !ok {
		s.lock(func() { s.lastUpdate++; update["update_id"] = s.lastUpdate })
	}
	id, _ := strconv.ParseInt(fmt.Sprint(update["update_id"]), 10, 64)
	raw, err := json.Marshal(update)
	if err != nil {
		panic(fmt.Sprintf("an update that is not JSON: %v", err)) // a fault of the test
	}
	return id, raw
}

// PushRaw puts an update of any form in the queue, under the id by which it is
// confirmed.
func (s *TelegramServer) PushRaw(id int64, raw []byte) {
	s.lock(func() { s.pending = append(s.pending, telegramUpdate{id, raw}); s.stir() })
}

// Pending returns how many updates are not confirmed.
func (s *TelegramServer) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.pending)
}

// Deliver brings an update to a webhook once, with the secret, and returns the
// status that it was answered with.
func (s *TelegramServer) Deliver(ctx context.Context, url, secret string, raw []byte) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(raw))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, err
}

// Webhook returns the parameters of the webhook that is set; none when none is.
func (s *TelegramServer) Webhook() map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.webhook)
}

// hold answers a poll: at once when updates wait, else when one comes, another
// poll takes over, or its time is over.
func (s *TelegramServer) hold(r *http.Request, fields map[string]string) TelegramAnswer {
	var mine int64
	s.lock(func() { s.polls++; mine = s.polls; s.confirm(fields["offset"]); s.stir() })
	seconds, _ := strconv.Atoi(fields["timeout"])
	timeout := time.NewTimer(time.Duration(min(seconds, 50)) * time.Second)
	defer timeout.Stop()
	for {
		s.mu.Lock()
		batch, taken, hooked, stirred := s.batch(fields["limit"]), s.polls != mine, s.webhook["url"] != "", s.stirred
		s.mu.Unlock()
		switch {
		case hooked:
			return s.Error(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
		case taken:
			return s.Error(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
		case batch != "[]" || seconds == 0:
			return resultBody(batch)
		}
		select {
		case <-stirred:
		case <-timeout.C:
			return resultBody("[]")
		case <-r.Context().Done():
			return s.Cut(false)
		case <-s.closed:
			return s.Cut(false)
		}
	}
}

// confirm forgets the updates before an offset. One that was never given, as
// after a quiet week, confirms nothing.
func (s *TelegramServer) confirm(offset string) {
	at, _ := strconv.ParseInt(offset, 10, 64)
	for i, u := range s.pending {
		if u.id+1 == at {
			s.pending = s.pending[i+1:]
			return
		}
	}
}

func (s *TelegramServer) batch(limit string) string {
	n, _ := strconv.Atoi(limit)
	if n <= 0 || n > 100 {
		n = 100
	}
	var parts []string
	for _, u := range s.pending[:min(n, len(s.pending))] {
		parts = append(parts, string(u.raw))
	}
	return "[" + strings.Join(parts, ",") + "]"
}
