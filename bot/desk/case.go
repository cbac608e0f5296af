package desk

import (
	"crypto/rand"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"doudou/bot"
	"doudou/locales"
)

// A file is what the page of a case shows.
type file struct {
	row
	Thread []said
	Brief  []noted
	Seen   int    // lines before the agent's eyes
	Last   int64  // number of the last of them
	Once   string // key of the forms of this page
	Mine   bool
	Held   bool // by a colleague
	Closed bool
	May    bool // the agent may write
	SMS    bool // each reply is paid by the piece
	Max    int
	Opened stamp
	Leaves []parting // what was sent and may be taken back
	Ends   bool      // the last word is among them
	Naps   []nap     // times until which it can be put aside
	Draft  drafts
	Family *family
	Spent  *spending // by the institution this month, on SMS
	Toward string    // team that the family was asked about
	Wrong  string    // text id

	Suggested []offered
	Shelf     bool // there are answers to pick from
	Free      bool // the agent may write words of their own
}

// drafts are what was typed and has not left, each in the box it was typed in: a
// note must never stand in the box of a reply.
type drafts struct{ Reply, Note, Last string }

// A noted is a thing known of the family and its value.
type noted struct{ Name, Value, Dir string }

// seen returns the case of the address, if the agent may see it. A case of
// another team does not exist.
func (d *desk) seen(v *visit) (bot.Case, error) {
	c, err := d.Cases.Case(v.r.Context(), bot.CaseID(v.r.PathValue("id")))
	if err != nil {
		return c, err
	}
	if !sees(v.agent, c) {
		return bot.Case{}, errNoPage
	}
	return c, nil
}

// owned returns the case of the address for an agent who may act on it; what a
// closed case, or one of others, has no page for does not exist.
func (d *desk) owned(v *visit) (bot.Case, error) {
	c, err := d.seen(v)
	if err == nil && (!owns(v.agent, c) || c.State == bot.Closed) {
		err = errNoPage
	}
	return c, err
}

func (d *desk) casePage(v *visit) error {
	c, err := d.seen(v)
	if err != nil {
		return err
	}
	if err := d.record(v.r.Context(), v.agent, "read", c.ID); err != nil {
		return err
	}
	return d.showCase(v, http.StatusOK, c, "", drafts{Reply: d.takenBack(v, c.ID)})
}

// showCase shows a case, with what was typed when a form was wrong.
func (d *desk) showCase(v *visit, status int, c bot.Case, wrong string, draft drafts) error {
	f, err := d.file(v, c)
	if err != nil {
		return err
	}
	f.Wrong, f.Draft = wrong, draft
	flash := d.sessions.PopString(v.r.Context(), sessionFlash)
	return d.show(v, status, "case", page{Title: "desk.case.title", Tab: "list", Flash: flash, Data: f})
}

func (d *desk) file(v *visit, c bot.Case) (*file, error) {
	r, err := d.row(v, c)
	if err != nil {
		return nil, err
	}
	f := &file{row: r, Seen: c.Lines, Once: rand.Text(), Brief: d.brief(v.lang, c), Max: maxReply,
		Mine: c.Held() && c.Agent == v.agent.Login, Closed: c.State == bot.Closed,
		May: writes(v.agent) && owns(v.agent, c) && c.State != bot.Closed, Toward: c.Toward, SMS: c.Channel == bot.SMS && d.Segments != nil,
		Opened: d.when(v.lang, c.Opened)}
	f.Held = c.Held() && !f.Mine
	f.Naps = d.naps(v.lang, c)
	there, err := d.there(v)
	if err != nil {
		return nil, err
	}
	f.There = there[c.ID]
	if c.Toward != "" {
		f.Toward = d.teamName(v.lang, c.Toward)
	}
	if f.Thread, err = d.thread(v, c); err != nil {
		return nil, err
	}
	f.Last = last(f.Thread)
	if f.Family, err = d.family(v, c); err != nil {
		return nil, err
	}
	if f.Spent, err = d.spent(v, c); err != nil {
		return nil, err
	}
	f.Free, f.Shelf = !v.agent.Approved, d.Answers != nil
	if f.May {
		if f.Suggested, err = d.suggestions(v, c); err != nil {
			return nil, err
		}
	}
	return f, d.partings(v, c, f)
}

func last(thread []said) int64 {
	if len(thread) == 0 {
		return 0
	}
	return thread[len(thread)-1].Seq
}

// threadLive is what was said after a line, for a page that stays open.
func (d *desk) threadLive(v *visit) error {
	c, err := d.seen(v)
	if err != nil {
		return err
	}
	after, err := strconv.ParseInt(v.r.URL.Query().Get("after"), 10, 64)
	if err != nil {
		return errForm
	}
	list, err := d.thread(v, c)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(s said) bool { return s.Seq <= after })
	for i := range list {
		list[i].Day = ""
	}
	h := v.w.Header()
	h.Set("X-Lines", strconv.Itoa(c.Lines))
	h.Set("X-Last", strconv.FormatInt(max(after, last(list)), 10))
	h.Set("X-State", string(c.State))
	return d.part(v, "case", "lines", list)
}

// brief is what the dialog asked before it called a person, without what is
// private. The same word is not asked for the same thing in every dialog: hours
// are of a week here, of a month there.
func (d *desk) brief(lang string, c bot.Case) []noted {
	var list []noted
	dialog, _, _ := strings.Cut(c.Topic, ".")
	for _, item := range c.Brief {
		if item.Value.Private {
			continue
		}
		value := d.value(lang, locales.Arg{Kind: string(item.Value.Kind), Text: item.Value.Text, Key: item.Value.Key})
		list = append(list, noted{d.name(lang, item.Slot, "desk.slot."+dialog+"."+item.Slot, "desk.slot."+item.Slot), value, "auto"})
	}
	return list
}

// value writes a value of the family in the agent's language; as it stands when
// it cannot be.
func (d *desk) value(lang string, a locales.Arg) string {
	text, err := d.Words.Format(d.Words.Best(lang), locales.Style{}, a)
	if err != nil {
		return locales.Clean(a.Text)
	}
	return text
}

// notes are what the family said of itself: language spoken, when to call.
func (d *desk) notes(lang string, notes map[string]string) []noted {
	var list []noted
	for _, name := range slices.Sorted(maps.Keys(notes)) {
		value := locales.Clean(notes[name])
		value = d.name(lang, value, "desk.note."+name+"."+value)
		list = append(list, noted{d.name(lang, name, "desk.note."+name), value, "auto"})
	}
	return list
}
