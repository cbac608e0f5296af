package alert

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"doudou/bot"
)

// A botAPI speaks to Telegram as the staff's bot. It is ours and small, because
// the library's own way in confirms updates before anybody has them.
type botAPI struct {
	client *http.Client
	base   string // with the token: never to be shown
}

func newBotAPI(token, server string) *botAPI {
	return &botAPI{base: strings.TrimRight(server, "/") + "/bot" + token + "/", client: &http.Client{
		// A redirection would carry the token to another server.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// An apiError is a refusal of Telegram; it holds no token and nothing of a message.
type apiError struct {
	Method    string
	Code      int
	Words     string
	After     time.Duration // it asks to wait
	MigrateTo int64         // the group has another id
}

func (e *apiError) Error() string { return fmt.Sprintf("%s: %d %s", e.Method, e.Code, e.Words) }

// says tells whether the words of a refusal hold some.
func (e *apiError) says(words string) bool { return strings.Contains(strings.ToLower(e.Words), words) }

// maxAnswer is how much an answer may hold: a batch of updates is at most 4 MiB.
const maxAnswer = 8 << 20

// call makes one request; into may be nil.
func (b *botAPI) call(ctx context.Context, method string, params, into any) error {
	body, err := json.Marshal(params)
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, b.base+method, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("%s: the address of the Bot API is wrong", method) // the error would quote the token
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := b.client.Do(r)
	if err != nil {
		return fmt.Errorf("%s: no answer from Telegram", method)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("%s: the answer of Telegram broke off", method)
	}
	return readAnswer(method, answer.StatusCode, raw, into)
}

func readAnswer(method string, status int, raw []byte, into any) error {
	var reply struct {
		OK         bool
		Result     json.RawMessage
		ErrorCode  int    `json:"error_code"`
		Words      string `json:"description"`
		Parameters struct {
			RetryAfter int   `json:"retry_after"`
			MigrateTo  int64 `json:"migrate_to_chat_id"`
		}
	}
	if err := json.Unmarshal(raw, &reply); err != nil || !reply.OK {
		return &apiError{method, max(status, reply.ErrorCode), reply.Words, time.Duration(reply.Parameters.RetryAfter) * time.Second, reply.Parameters.MigrateTo}
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(reply.Result, into); err != nil {
		return fmt.Errorf("%s: the answer of Telegram cannot be read", method)
	}
	return nil
}

// refusal says why Telegram did not take a message to an agent.
func (e *apiError) refusal() *Refusal {
	gone := e.Code == http.StatusForbidden || e.says("chat not found")
	return &Refusal{Why: bot.Reason(fmt.Sprint("telegram ", e.Code)), Gone: gone, After: e.After, Err: e}
}
