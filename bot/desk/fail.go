package desk

import (
	"errors"
	"net/http"

	"doudou/bot"
)

// judge says what an error means to who asked: a status and the id of a text.
func (d *desk) judge(err error) (status int, key string) {
	var tooLong *http.MaxBytesError
	switch {
	case errors.Is(err, errNoPage), errors.Is(err, bot.ErrGone):
		return http.StatusNotFound, "desk.error.gone"
	case errors.Is(err, errForeign):
		return http.StatusForbidden, "desk.error.foreign"
	case errors.Is(err, errReadOnly):
		return http.StatusForbidden, "desk.error.readonly"
	case errors.Is(err, errSignedOut):
		return http.StatusUnauthorized, "desk.error.signedout"
	case errors.Is(err, bot.ErrTaken):
		return http.StatusConflict, "desk.error.taken"
	case errors.Is(err, bot.ErrClosing):
		return http.StatusConflict, "desk.error.closing"
	case errors.Is(err, errClosed):
		return http.StatusConflict, "desk.error.closed"
	case errors.Is(err, errOver):
		return http.StatusConflict, "desk.error.over"
	case errors.Is(err, bot.ErrStale):
		return http.StatusConflict, "desk.error.stale"
	case errors.Is(err, errBusy):
		return http.StatusServiceUnavailable, "desk.error.busy"
	case errors.Is(err, bot.ErrApproved):
		return http.StatusForbidden, "desk.error.approved"
	case errors.Is(err, bot.ErrExpired):
		return http.StatusConflict, "desk.answer.ended"
	case errors.Is(err, bot.ErrNoAnswer):
		return http.StatusNotFound, "desk.error.gone"
	case errors.Is(err, bot.ErrTooLong):
		return http.StatusUnprocessableEntity, "desk.case.length"
	case errors.Is(err, errForm), errors.As(err, &tooLong):
		return http.StatusBadRequest, "desk.error.form"
	}
	return http.StatusInternalServerError, "desk.error.ours"
}

// fail shows what went wrong and the way back. What was typed is shown again:
// an agent never loses an answer.
func (d *desk) fail(v *visit, err error) {
	status, key := d.judge(err)
	if status == http.StatusInternalServerError {
		d.Log.Error("a page of the desk failed", "error", err)
	}
	data := failure{Text: key, Typed: v.typed()}
	if err := d.show(v, status, "error", page{Title: "desk.error.title", Data: data}); err != nil {
		d.Log.Error("the page of errors failed", "error", err)
		http.Error(v.w, http.StatusText(status), status)
	}
}

// A failure is what the page of errors shows.
type failure struct {
	Text  string // text id
	Typed string // what the form held
}

// typed is the text of the form that was sent, if it held one.
func (v *visit) typed() string {
	if v.r.Method != http.MethodPost {
		return ""
	}
	return v.field("text")
}
