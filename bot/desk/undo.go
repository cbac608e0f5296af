package desk

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"doudou/bot"
)

// A parting is something that was sent and may still be taken back.
type parting struct {
	ID     int64
	Who    string
	Mine   bool
	Closes bool
	Left   int // whole seconds
	At     stamp
}

// partings adds to the page of a case what is about to leave.
func (d *desk) partings(v *visit, c bot.Case, f *file) error {
	list, err := d.Cases.Partings(v.r.Context(), c.ID)
	for _, p := range list {
		left := p.Due.Sub(d.Now())
		if left <= 0 {
			continue
		}
		at := p.Due.In(d.Zone)
		f.Ends = f.Ends || p.Closes
		f.Leaves = append(f.Leaves, parting{ID: p.ID, Who: d.agentName(v, p.Agent), Mine: p.Agent == v.agent.Login, Closes: p.Closes,
			Left: int((left + time.Second - 1) / time.Second), At: stamp{at.Format("15:04:05"), at.Format(time.RFC3339)}})
	}
	return err
}

// undo takes back what the agent sent, if it has not left: the words go back to
// their box.
func (d *desk) undo(v *visit) error {
	c, err := d.may(v)
	if errors.Is(err, errClosed) {
		return d.late(v, c.ID)
	}
	if err != nil {
		return err
	}
	part, err := strconv.ParseInt(v.field("part"), 10, 64)
	if err != nil {
		return errForm
	}
	text, err := d.about(v, c, part)
	if err != nil {
		return err
	}
	a := bot.Act{Case: c.ID, Agent: v.agent.Login, Do: bot.Undo, Part: part, Once: v.once(), Tag: draw(), At: d.Now()}
	err = d.Cases.Act(v.r.Context(), a)
	if errors.Is(err, bot.ErrLate) {
		return d.late(v, c.ID)
	}
	if err != nil {
		return err
	}
	if text != "" { // a second click finds none: the first one's are kept
		d.sessions.Put(v.r.Context(), sessionDraft, string(c.ID)+"\n"+text)
	}
	return d.done(v, c.ID, "undo", "desk.undo.done")
}

func (d *desk) late(v *visit, id bot.CaseID) error {
	d.flash(v, "desk.undo.late")
	return v.back("/desk/cases/" + string(id))
}

// about returns the words of something that is about to leave.
func (d *desk) about(v *visit, c bot.Case, part int64) (string, error) {
	list, err := d.Cases.Partings(v.r.Context(), c.ID)
	if err != nil {
		return "", err
	}
	lines, err := d.Cases.Thread(v.r.Context(), c.Contact, maxLines)
	for _, p := range list {
		for _, l := range lines {
			if p.ID == part && p.Agent == v.agent.Login && l.Seq == p.Line {
				return l.Text, err
			}
		}
	}
	return "", err
}

// takenBack returns, once, the words of a case that were taken back.
func (d *desk) takenBack(v *visit, id bot.CaseID) string {
	kept := d.sessions.PopString(v.r.Context(), sessionDraft)
	of, text, _ := strings.Cut(kept, "\n")
	if of != string(id) {
		return ""
	}
	return text
}
