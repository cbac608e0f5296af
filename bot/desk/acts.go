package desk

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"

	"doudou/bot"
)

// maxReply is how long a reply or a note may be, in characters.
const maxReply = 1500

// may returns the case of the address for an agent who may act on it.
func (d *desk) may(v *visit) (bot.Case, error) {
	c, err := d.seen(v)
	if err == nil && !(writes(v.agent) && owns(v.agent, c)) {
		err = errReadOnly
	}
	if err == nil && v.field("once") == "" {
		err = errForm // without its key, a form could be done twice
	}
	if err == nil && c.State == bot.Closed {
		err = errClosed
	}
	return c, err
}

func (d *desk) take(v *visit) error { return d.do(v, bot.Take, "desk.case.taken") }

// release gives a case back to the list: whoever holds it may, and a manager,
// for a colleague who is away.
func (d *desk) release(v *visit) error {
	c, err := d.may(v)
	if err != nil {
		return err
	}
	if c.Held() && c.Agent != v.agent.Login && v.agent.Role != bot.RoleManager {
		return bot.ErrTaken
	}
	return d.do(v, bot.Release, "desk.case.released")
}

// note keeps a word for colleagues. It has a form, an address and a colour of
// its own: a note must never be sent to a family.
func (d *desk) note(v *visit) error {
	if n := utf8.RuneCountInString(v.field("text")); n == 0 || n > maxReply {
		return d.wrong(v, "desk.case.length", drafts{Note: v.field("text")})
	}
	return d.do(v, bot.NoteIt, "desk.case.noted")
}

// do does an act that sends nothing.
func (d *desk) do(v *visit, kind bot.ActKind, done string) error {
	c, err := d.may(v)
	if err != nil {
		return err
	}
	a := bot.Act{Case: c.ID, Agent: v.agent.Login, Do: kind, Once: v.once(), Tag: draw(), At: d.Now()}
	if kind == bot.NoteIt {
		a.Text = v.field("text")
	}
	if err := d.Cases.Act(v.r.Context(), a); err != nil {
		return err
	}
	return d.done(v, c.ID, string(kind), done)
}

// close ends a case, after a last word if there is one.
func (d *desk) close(v *visit) error {
	c, err := d.may(v)
	if err != nil {
		return err
	}
	text := v.field("text")
	if v.agent.Approved && text != "" {
		return bot.ErrApproved
	}
	if utf8.RuneCountInString(text) > maxReply {
		return d.wrong(v, "desk.case.length", drafts{Last: text})
	}
	if shown, err := d.priced(v, c, text, "close"); shown || err != nil {
		return err
	}
	err = d.Service.CloseCase(v.r.Context(), v.agent, c.ID, text, v.once())
	if errors.Is(err, bot.ErrUndone) {
		return d.wrong(v, "desk.undo.again", drafts{Last: text})
	}
	if err != nil {
		return err
	}
	return d.done(v, c.ID, "close", "desk.case.closed")
}

// reply answers the family: once for each form and text, and only if the agent
// has seen all that was said, or says to send anyway.
func (d *desk) reply(v *visit) error {
	c, err := d.may(v)
	if err != nil {
		return err
	}
	text := v.field("text")
	if v.agent.Approved {
		return bot.ErrApproved
	}
	if n := utf8.RuneCountInString(text); n == 0 || n > maxReply {
		return d.wrong(v, "desk.case.length", drafts{Reply: text})
	}
	seen, err := strconv.Atoi(v.field("seen"))
	if err != nil || seen < 0 {
		return errForm
	}
	if again, err := d.saidAlready(v, c, text); again || err != nil {
		return err
	}
	if shown, err := d.priced(v, c, text, "reply"); shown || err != nil {
		return err
	}
	send := seen
	if v.field("anyway") != "" {
		send = bot.Anyway
	}
	err = d.Service.Answer(v.r.Context(), v.agent, c.ID, text, v.once(), send)
	switch {
	case errors.Is(err, bot.ErrMoved), errors.Is(err, bot.ErrTaken):
		return d.conflict(v, c.ID, text, seen)
	case errors.Is(err, bot.ErrUndone):
		return d.wrong(v, "desk.undo.again", drafts{Reply: text})
	case err != nil:
		return err
	}
	return d.done(v, c.ID, "reply", "desk.case.sent")
}

// saidAlready stops a reply that has just left: after the browser's Back, a new
// form may hold the old words.
func (d *desk) saidAlready(v *visit, c bot.Case, text string) (bool, error) {
	lines, err := d.Cases.Thread(v.r.Context(), c.Contact, maxLines)
	if err != nil {
		return false, err
	}
	for _, l := range slices.Backward(lines) {
		if l.Speaker == bot.Family {
			break
		}
		if l.Speaker == bot.Staff && l.Agent == v.agent.Login && l.Text == text {
			d.flash(v, "desk.case.already")
			return true, v.back("/desk/cases/" + string(c.ID))
		}
	}
	return false, nil
}

// done records an act and goes back to the case.
func (d *desk) done(v *visit, id bot.CaseID, did, flash string) error {
	if err := d.record(v.r.Context(), v.agent, did, id); err != nil {
		// The act is done and cannot be undone: the agent must not repeat it.
		d.Log.Error("an act of staff is not in the journal", "did", did, "case", id, "error", err)
	}
	d.flash(v, flash)
	return v.back("/desk/cases/" + string(id))
}

// wrong shows the case again with what was typed and what is wrong.
func (d *desk) wrong(v *visit, key string, typed drafts) error {
	c, err := d.may(v)
	if err != nil {
		return err
	}
	return d.showCase(v, http.StatusUnprocessableEntity, c, key, typed)
}

// once is the key of a form, together with its words: the same form with other
// words, after the browser's Back, is another reply and not a repeated one.
func (v *visit) once() string {
	sum := sha256.Sum256([]byte(v.r.URL.Path + "\n" + v.field("text")))
	return v.field("once") + "." + hex.EncodeToString(sum[:8])
}

// draw returns a random tag for the contact's stamp, never 0.
func draw() int64 {
	var b [8]byte
	rand.Read(b[:]) // never fails
	return int64(binary.BigEndian.Uint64(b[:])&math.MaxInt64) | 1
}
