package bottest

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
)

// A TelegramAnswer is what a TelegramServer says to one call; the zero value is
// what Telegram would say.
type TelegramAnswer struct {
	kind    telegramKind
	applied bool // the call takes effect although it is answered badly, or not
	status  int
	body    string
	header  map[string]string
}

type telegramKind int

const (
	telegramOK telegramKind = iota
	telegramBody
	telegramHang
	telegramCut
	telegramTorn
	telegramHold // a poll that waits for updates
)

func (a TelegramAnswer) applies() bool { return a.kind == telegramOK || a.applied }

// Script gives the answers to the next calls of a method, of any method when it
// is "". Calls beyond are answered as Telegram would.
func (s *TelegramServer) Script(method string, answers ...TelegramAnswer) {
	s.lock(func() { s.script[method] = append(s.script[method], answers...) })
}

// Refuse makes every message to a chat be answered so, until Relent.
func (s *TelegramServer) Refuse(chat int64, a TelegramAnswer) { s.lock(func() { s.blocked[chat] = a }) }

// Relent lets messages to a chat through again.
func (s *TelegramServer) Relent(chat int64) { s.lock(func() { delete(s.blocked, chat) }) }

// OK is what Telegram would say.
func (s *TelegramServer) OK() TelegramAnswer { return TelegramAnswer{} }

// Error is a refusal of the Bot API with its words.
func (s *TelegramServer) Error(code int, words string) TelegramAnswer {
	return TelegramAnswer{kind: telegramBody, status: code, body: errorBody(code, words, "")}
}

// TooMany asks to wait so many seconds.
func (s *TelegramServer) TooMany(seconds int) TelegramAnswer {
	return TelegramAnswer{kind: telegramBody, status: 429, body: errorBody(429,
		fmt.Sprintf("Too Many Requests: retry after %d", seconds), fmt.Sprintf(`{"retry_after":%d}`, seconds))}
}

// Blocked is what the person's refusal looks like.
func (s *TelegramServer) Blocked() TelegramAnswer {
	return s.Error(403, "Forbidden: bot was blocked by the user")
}

// BadRequest refuses the request.
func (s *TelegramServer) BadRequest(words string) TelegramAnswer {
	return s.Error(400, "Bad Request: "+words)
}

// Unauthorized refuses the token.
func (s *TelegramServer) Unauthorized() TelegramAnswer { return s.Error(401, "Unauthorized") }

// Migrated says that the chat has another id.
func (s *TelegramServer) Migrated(to int64) TelegramAnswer {
	return TelegramAnswer{kind: telegramBody, status: 400, body: errorBody(400,
		"Bad Request: group chat was upgraded to a supergroup chat", fmt.Sprintf(`{"migrate_to_chat_id":%d}`, to))}
}

// Page is an HTML page such as a gateway gives.
func (s *TelegramServer) Page(status int) TelegramAnswer {
	return TelegramAnswer{kind: telegramBody, status: status, body: "<html><body><h1>" + http.StatusText(status) + "</h1></body></html>",
		header: map[string]string{"Content-Type": "text/html"}}
}

// Moved sends the caller to another address.
func (s *TelegramServer) Moved(to string) TelegramAnswer {
	return TelegramAnswer{kind: telegramBody, status: 307, body: "{}", header: map[string]string{"Location": to}}
}

// Raw answers any body.
func (s *TelegramServer) Raw(status int, body string) TelegramAnswer {
	return TelegramAnswer{kind: telegramBody, status: status, body: body}
}

// Hang never answers; applied tells whether the call takes effect.
func (s *TelegramServer) Hang(applied bool) TelegramAnswer {
	return TelegramAnswer{kind: telegramHang, applied: applied}
}

// Cut closes the connection without an answer.
func (s *TelegramServer) Cut(applied bool) TelegramAnswer {
	return TelegramAnswer{kind: telegramCut, applied: applied}
}

// Torn closes the connection in the middle of the answer.
func (s *TelegramServer) Torn(applied bool) TelegramAnswer {
	return TelegramAnswer{kind: telegramTorn, applied: applied}
}

func errorBody(code int, words, parameters string) string {
	quoted, _ := json.Marshal(words)
	if parameters != "" {
		parameters = `,"parameters":` + parameters
	}
	return fmt.Sprintf(`{"ok":false,"error_code":%d,"description":%s%s}`, code, quoted, parameters)
}

func resultBody(result string) TelegramAnswer {
	return TelegramAnswer{kind: telegramBody, status: 200, body: `{"ok":true,"result":` + result + `}`}
}

// give answers, or does not.
func (s *TelegramServer) give(w http.ResponseWriter, r *http.Request, a TelegramAnswer) {
	switch a.kind {
	case telegramHang:
		select {
		case <-r.Context().Done():
		case <-s.closed:
		}
		panic(http.ErrAbortHandler)
	case telegramCut:
		panic(http.ErrAbortHandler)
	case telegramTorn:
		w.Header().Set("Content-Length", "1000")
		io.WriteString(w, `{"ok":true,"resu`)
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
	a.write(w)
}

func (a TelegramAnswer) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	for name, value := range a.header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(a.status)
	io.WriteString(w, a.body)
}

// telegramFields reads the parameters of a call, in any of the forms that
// Telegram takes. A form announced with an empty body is a call without
// parameters.
func telegramFields(r *http.Request) (map[string]string, error) {
	fields := map[string]string{}
	for name := range r.URL.Query() {
		fields[name] = r.URL.Query().Get(name)
	}
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		return fields, jsonFields(r.Body, fields)
	case "multipart/form-data":
		return fields, formFields(multipart.NewReader(r.Body, params["boundary"]), fields)
	}
	err := r.ParseForm()
	for name := range r.PostForm {
		fields[name] = r.PostForm.Get(name)
	}
	return fields, err
}

func jsonFields(body io.Reader, fields map[string]string) error {
	var values map[string]json.RawMessage
	if err := json.NewDecoder(body).Decode(&values); err != nil && err != io.EOF {
		return err
	}
	for name, value := range values {
		var text string
		if json.Unmarshal(value, &text) != nil {
			text = string(value)
		}
		fields[name] = text
	}
	return nil
}

func formFields(form *multipart.Reader, fields map[string]string) error {
	for first := true; ; first = false {
		part, err := form.NextPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			if first && len(fields) == 0 {
				return nil
			}
			return err
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		fields[part.FormName()] = string(value)
	}
}
