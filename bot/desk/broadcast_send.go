package desk

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// maxNews is how long a piece of news may be, in characters.
const maxNews = 300

// newsFor is how long a piece of news is worth being sent.
const newsFor = 7 * 24 * time.Hour

// A cry is the form of a broadcast, and what it means.
type cry struct {
	Event  *date // that it invites to; nil for a piece of news
	Groups []group
	Faults []input
	Once   string
	ID     string // of the date
	Before []sentTo

	words, audience, quarter string
	standing                 *events.Standing
}

// node and slots of what each recipient is told.
func (c *cry) node() string {
	if c.standing != nil {
		return "notice.invite"
	}
	return "notice.news"
}

func (d *desk) slots(c *cry) map[string]string {
	if c.standing != nil {
		return d.slotsOf(c.standing.Event, c.node())
	}
	return map[string]string{"words": c.words}
}

// newBroadcastPage shows the form of a broadcast.
func (d *desk) newBroadcastPage(v *visit) error {
	if err := d.runs(v.agent); err != nil {
		return err
	}
	s, err := d.invitable(v, v.r.URL.Query().Get("event"))
	if err != nil {
		return err
	}
	c := cry{standing: s, Once: rand.Text()}
	if s != nil {
		c.audience, c.quarter = audienceOf(s.Event), s.Quarter
	}
	return d.broadcastForm(v, http.StatusOK, c, nil)
}

// audienceOf is whom an event is for, as recipients are asked for.
func audienceOf(e events.Event) string {
	switch e.Audience {
	case "parents":
		return "parent"
	case "childminders":
		return "childminder"
	}
	return ""
}

func (d *desk) broadcastForm(v *visit, status int, c cry, faults map[string]string) error {
	g := group{Legend: "desk.cry.who", Inputs: []input{
		{ID: "audience", Type: "select", Choices: d.cryAudiences(v.lang), Value: orAll(c.audience), Needed: true},
		{ID: "quarter", Type: "select", Choices: d.cryQuarters(v.lang), Value: c.quarter, Hint: "desk.cry.hint.quarter", Needed: false},
	}}
	if c.standing == nil {
		g.Inputs = append(g.Inputs, input{ID: "words", Type: "textarea", Max: maxNews, Value: c.words, Needed: true, Hint: "desk.cry.hint.words"})
	} else {
		row := d.date(v.lang, *c.standing)
		c.Event, c.ID = &row, row.ID
		before, err := d.sent(v, row.ID)
		if err != nil {
			return err
		}
		c.Before = before
	}
	for i := range g.Inputs {
		g.Inputs[i].Label, g.Inputs[i].Fault = "desk.cry.label."+g.Inputs[i].ID, faults[g.Inputs[i].ID]
	}
	c.Groups = []group{g}
	c.Faults = faulty(c.Groups)
	return d.show(v, status, "broadcast", page{Title: "desk.cry.new", Tab: "events", Data: c})
}

func (d *desk) cryAudiences(lang string) []choice {
	return d.choices(lang, "desk.cry.to.", []string{"all", "parent", "childminder"})
}

func (d *desk) cryQuarters(lang string) []choice {
	return append([]choice{{"", d.name(lang, "", "desk.cry.everywhere")}}, d.quarters()...)
}

// readCry reads the form of a broadcast.
func (d *desk) readCry(v *visit, s *events.Standing) (cry, map[string]string) {
	r := d.reads(v)
	c := cry{standing: s, Once: v.field("once")}
	if c.audience = r.choice("audience", d.cryAudiences(v.lang)); c.audience == "all" {
		c.audience = ""
	}
	c.quarter = r.choice("quarter", d.cryQuarters(v.lang))
	if s != nil {
		return c, r.faults
	}
	c.words = r.text("words", maxNews, true)
	if shortened(c.words) {
		r.refuse("words", "desk.fault.shortener")
	}
	return c, r.faults
}

var webAddress = regexp.MustCompile(`(?i)(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})(?:[/?:]|\b)`)

// shorteners hide where a link goes: nobody should learn to follow one, and
// operators refuse SMS that hold one.
func shorteners() []string {
	return []string{"bit.ly", "buff.ly", "cutt.ly", "goo.gl", "is.gd", "lc.cx", "lnkd.in", "ow.ly", "rb.gy", "rebrand.ly", "s.id",
		"short.gy", "shorturl.at", "t.co", "t.ly", "tiny.cc", "tinyurl.com", "tr.im", "urlr.me", "urlz.fr", "v.gd"}
}

func shortened(text string) bool {
	for _, m := range webAddress.FindAllStringSubmatch(text, -1) {
		if slices.Contains(shorteners(), strings.ToLower(m[1])) {
			return true
		}
	}
	return false
}

// broadcast shows whom a broadcast reaches and what each reads; and sends it,
// once, when the form says that this was before the agent's eyes.
func (d *desk) broadcast(v *visit) error {
	if err := d.changes(v); err != nil {
		return err
	}
	s, err := d.invitable(v, v.field("event"))
	if err != nil {
		return err
	}
	c, faults := d.readCry(v, s)
	if len(faults) > 0 {
		return d.broadcastForm(v, http.StatusUnprocessableEntity, c, faults)
	}
	people, err := d.listeners(v.r.Context(), &c)
	if err != nil {
		return err
	}
	r, err := d.reach(v, people, c.node(), d.slots(&c))
	if err != nil {
		return err
	}
	if len(people) == 0 || v.field("confirmed") != r.mark() {
		return d.confirmBroadcast(v, &c, r)
	}
	return d.launch(v, &c, people, r)
}

// listeners are those who agreed to be written to, without those who have a
// seat at the date already, or wait for one.
func (d *desk) listeners(ctx context.Context, c *cry) ([]bot.Recipient, error) {
	people, err := d.Broadcasts.Recipients(ctx, c.audience, c.quarter)
	if err != nil || c.standing == nil {
		return people, err
	}
	roster, err := d.Calendar.Roster(ctx, c.standing.ID)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(people, func(p bot.Recipient) bool {
		return slices.ContainsFunc(roster, func(s bot.Seat) bool { return s.Contact == p.Contact && s.State != bot.Lapsed })
	}), nil
}

func (d *desk) confirmBroadcast(v *visit, c *cry, r reach) error {
	back := "/desk/broadcasts/new"
	if c.standing != nil {
		back += "?event=" + c.standing.ID
	}
	data := d.confirmation(v, "/desk/broadcasts", back, r.mark())
	data.Reach, data.Do = &r, "desk.confirm.send"
	if c.standing != nil {
		row := d.date(v.lang, *c.standing)
		data.Date = &row
	}
	return d.show(v, http.StatusOK, "confirm", page{Title: "desk.cry.before", Tab: "events", Data: data})
}

// launch hands a broadcast and its words over. Its id comes from the key of the
// form: the same form sent twice is one broadcast.
func (d *desk) launch(v *visit, c *cry, people []bot.Recipient, r reach) error {
	sum := sha256.Sum256([]byte(v.field("once")))
	b := bot.Broadcast{ID: "cry-" + hex.EncodeToString(sum[:8]), Agent: v.agent.Login, Node: c.node(), Slots: d.slots(c),
		Audience: c.audience, Quarter: c.quarter, State: bot.Sending, People: r.People, Segments: r.Segments, At: d.Now()}
	if c.standing != nil {
		b.Event = c.standing.ID
	}
	if err := d.record(v.r.Context(), v.agent, "cry", bot.CaseID(b.ID)); err != nil {
		return err
	}
	if err := d.Broadcasts.Launch(v.r.Context(), b, d.prompts(b, c, people, r.ends)); err != nil {
		return err
	}
	d.flash(v, "desk.cry.sent")
	return v.back("/desk/broadcasts")
}

// prompts are the words of a broadcast, one for each recipient. Nobody is
// invited twice to the same date, unless it moved.
func (d *desk) prompts(b bot.Broadcast, c *cry, people []bot.Recipient, ends time.Time) []bot.Prompt {
	what, until := "news/"+b.ID+"/1/", ends.Add(newsFor)
	if c.standing != nil {
		what, until = fmt.Sprintf("invite/%s/%d/", b.Event, c.standing.Rev), c.standing.Start
	}
	dues := d.dues(people)
	list := make([]bot.Prompt, 0, len(people))
	for i, p := range people {
		list = append(list, bot.Prompt{ID: what + string(p.Contact), Batch: b.ID, Contact: p.Contact, Node: b.Node, Slots: b.Slots, Due: dues[i], Until: until})
	}
	return list
}
