package desk

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"doudou/bot"
	"doudou/locales"
)

// A composed is what the page of one answer shows: what is to be filled in, then
// what the family will read, to the letter.
type composed struct {
	ID, Once string
	Offer    offered
	Language string
	Blanks   []input
	Letter
	Shown *shown // nil until all is filled in
	Clash *clash // what was said meanwhile; nil for nothing
	Wrong string // text id
}

// A shown is a message before it leaves.
type shown struct {
	Lead         string
	Text, Mine   []string // what the family reads, and the same in the agent's language
	Lang, Dir    string
	Own          string // the agent's language
	French       bool   // part of it is in French, under a note
	SMS          bool
	Count, Chars int
	Cost         string
	Digest       string // names just these words
}

// answerPage shows one answer. Nothing is typed yet.
func (d *desk) answerPage(v *visit) error {
	c, err := d.answerable(v)
	if err != nil {
		return err
	}
	return d.openAnswer(v, c, v.r.PathValue("key"))
}

// openAnswer shows an answer that was picked, and at once what the family reads
// when there is nothing to fill in.
func (d *desk) openAnswer(v *visit, c bot.Case, key string) error {
	a, ok := d.Answers.Get(key)
	if !ok {
		return bot.ErrNoAnswer
	}
	return d.compose(v, c, a, http.StatusOK, composed{}, nil)
}

// compose shows the page of an answer; faults are what is wrong in its blanks.
func (d *desk) compose(v *visit, c bot.Case, a bot.Approved, status int, data composed, faults map[string]string) error {
	get := func(name string) string { return v.field(blank + name) }
	var err error
	if data.Letter, err = d.letter(v, c, nil); err != nil {
		return err
	}
	data.ID, data.Once, data.Language = string(c.ID), rand.Text(), d.languageName(v.lang, c.Lang)
	data.Offer, data.Blanks = d.offer(v.lang, c, a), d.blanks(v, a, get, faults)
	pick, wrong := d.fill(a, get)
	if len(wrong) == 0 && !data.Offer.Ended {
		if data.Shown, err = d.preview(v, c, pick); err != nil {
			return err
		}
	}
	if data.Clash != nil {
		data.Seen = data.Clash.Seen
	}
	return d.show(v, status, "answer", page{Title: "desk.answer.title", Tab: "list", Data: data})
}

// saying is the whole message that a form holds, this answer last.
func (d *desk) saying(v *visit, pick bot.Pick) (bot.Said, error) {
	_, picks, err := d.carried(v)
	return bot.Said{Picks: append(picks, pick), Text: v.field("text")}, err
}

// preview writes the message as it would leave, and what it costs.
func (d *desk) preview(v *visit, c bot.Case, pick bot.Pick) (*shown, error) {
	said, err := d.saying(v, pick)
	if err != nil {
		return nil, err
	}
	w, err := d.Service.Preview(v.agent, c, "", said)
	if err != nil {
		return nil, err
	}
	mine, err := d.Service.Preview(v.agent, c, d.Words.Best(v.lang), said)
	if err != nil {
		return nil, err
	}
	s := &shown{Lead: w.Lead, Text: paragraphs(w.Body), Mine: paragraphs(mine.Body), Lang: d.Words.Best(c.Lang), Dir: "ltr",
		Own: d.Words.Best(v.lang), French: len(w.French) > 0, Digest: digest(w.Lead, w.Body)}
	if locales.RightToLeft(s.Lang) {
		s.Dir = "rtl"
	}
	if c.Channel == bot.SMS && d.Segments != nil {
		s.SMS, s.Count, s.Chars = true, d.Segments(w.Body), utf8.RuneCountInString(w.Body)
		s.Cost = d.cost(v.lang, s.Count)
	}
	return s, nil
}

// digest names words without holding them.
func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return hex.EncodeToString(sum[:8])
}

// answer shows what the family would read, lays the answer aside to add another,
// or sends the message: only the words that were before the agent's eyes.
func (d *desk) answer(v *visit) error {
	c, err := d.answerable(v)
	if err != nil {
		return err
	}
	a, ok := d.Answers.Get(v.r.PathValue("key"))
	if !ok {
		return bot.ErrNoAnswer
	}
	if v.agent.Approved && v.field("text") != "" {
		return bot.ErrApproved
	}
	pick, faults := d.fill(a, func(name string) string { return v.field(blank + name) })
	if len(faults) > 0 {
		return d.compose(v, c, a, http.StatusUnprocessableEntity, composed{}, faults)
	}
	switch v.field("do") {
	case "more":
		return d.showAnswers(v, c, []bot.Pick{pick})
	case "send":
		return d.sendAnswer(v, c, a, pick)
	}
	return d.compose(v, c, a, http.StatusOK, composed{}, nil)
}

// sendAnswer sends the message of a form, once.
func (d *desk) sendAnswer(v *visit, c bot.Case, a bot.Approved, pick bot.Pick) error {
	said, err := d.saying(v, pick)
	if err != nil {
		return err
	}
	if _, err := d.may(v); err != nil {
		return err
	}
	seen, err := strconv.Atoi(v.field("seen"))
	if err != nil || seen < 0 {
		return errForm
	}
	w, err := d.Service.Preview(v.agent, c, "", said)
	if err != nil {
		return err
	}
	name := digest(w.Lead, w.Body)
	if v.field("shown") != name {
		return d.compose(v, c, a, http.StatusOK, composed{Wrong: "desk.answer.changed"}, nil)
	}
	if again, err := d.pickedAlready(v, c, said); again || err != nil {
		return err
	}
	send := seen
	if v.field("anyway") != "" {
		send = bot.Anyway
	}
	err = d.Service.AnswerByKey(v.r.Context(), v.agent, c.ID, said, v.field("once")+"."+name, send)
	switch {
	case errors.Is(err, bot.ErrMoved), errors.Is(err, bot.ErrTaken):
		return d.answerClash(v, c.ID, a, seen)
	case errors.Is(err, bot.ErrUndone):
		return d.compose(v, c, a, http.StatusUnprocessableEntity, composed{Wrong: "desk.undo.again"}, nil)
	case err != nil:
		return err
	}
	return d.done(v, c.ID, "reply", "desk.case.sent")
}

// pickedAlready stops a message that has just left, as saidAlready does.
func (d *desk) pickedAlready(v *visit, c bot.Case, said bot.Said) (bool, error) {
	lines, err := d.Cases.Thread(v.r.Context(), c.Contact, maxLines)
	if err != nil {
		return false, err
	}
	for _, l := range slices.Backward(lines) {
		if l.Speaker == bot.Family {
			break
		}
		if l.Agent == v.agent.Login && said.Same(l) {
			d.flash(v, "desk.case.already")
			return true, v.back("/desk/cases/" + string(c.ID))
		}
	}
	return false, nil
}

// answerClash shows the message again, with what was said meanwhile and by whom.
func (d *desk) answerClash(v *visit, id bot.CaseID, a bot.Approved, seen int) error {
	c, err := d.Cases.Case(v.r.Context(), id)
	if err != nil {
		return err
	}
	lines, err := d.since(v.r.Context(), c, seen)
	if err != nil {
		return err
	}
	data := &clash{Seen: c.Lines, Holds: c.Held() && c.Agent != v.agent.Login}
	if data.Fresh, err = d.read(v, c, lines); err != nil {
		return err
	}
	if err := d.blame(v, c, lines, data); err != nil {
		return err
	}
	return d.compose(v, c, a, http.StatusConflict, composed{Clash: data}, nil)
}
