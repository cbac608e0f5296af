package desk

import (
	"context"
	"crypto/rand"
	"net/http"
	"time"

	"doudou/bot"
)

// Alerts is how agents are told of what waits for them while no page of the desk
// is open, and what has climbed; bot.AlertStore satisfies it.
type Alerts interface {
	Wish(ctx context.Context, login string) (bot.Wish, error)
	SaveWish(ctx context.Context, w bot.Wish) error
	OfferLink(ctx context.Context, login, codeHash string, until time.Time) error
	UnlinkChat(ctx context.Context, login string) error
	Escalated(ctx context.Context) ([]bot.Wait, error)
	Outage(ctx context.Context, way bot.Way) (bot.Outage, error)
}

// A Reach is by which ways messages to staff may leave.
type Reach struct {
	Mail     bool
	Telegram bool
	// BotName returns the name of the staff's bot on Telegram, "" while it is not
	// known; it may be nil.
	BotName func() string
}

// linkFor is how long a code that links a Telegram may be used.
const linkFor = 15 * time.Minute

// told is what the page of an agent shows of how they are told.
type told struct {
	bot.Wish
	Reach
	Email   string
	Code    string // just made, shown once
	Link    string // to the staff's bot, with the code
	Minutes int    // that the code holds
}

// alertRoutes are how an agent is told of what waits.
func (d *desk) alertRoutes() []route {
	return []route{
		{"POST /desk/me/alerts", writers, d.alerting(d.saveWish)},
		{"POST /desk/me/telegram", writers, d.alerting(d.offerLink)},
		{"POST /desk/me/telegram/unlink", writers, d.alerting(d.unlink)},
	}
}

// alerting answers only where staff are told of what waits.
func (d *desk) alerting(h handler) handler {
	return func(v *visit) error {
		if d.Alerts == nil {
			return errNoPage
		}
		return h(v)
	}
}

// wish reads how an agent is told; nil where nobody is, and for who only reads.
func (d *desk) wish(v *visit) (*told, error) {
	if d.Alerts == nil || !writes(v.agent) {
		return nil, nil
	}
	w, err := d.Alerts.Wish(v.r.Context(), v.agent.Login)
	return &told{Wish: w, Reach: d.Reach, Email: v.agent.Email, Minutes: int(linkFor.Minutes())}, err
}

// saveWish keeps how an agent wants to be told, in the language in which they
// read the desk.
func (d *desk) saveWish(v *visit) error {
	hours := v.field("hours")
	if hours != "team" && hours != "any" {
		return errForm
	}
	w := bot.Wish{Agent: v.agent.Login, Lang: v.lang, Mail: v.field("mail") == "yes", Telegram: v.field("telegram") == "yes", Quiet: hours == "team"}
	if err := d.Alerts.SaveWish(v.r.Context(), w); err != nil {
		return err
	}
	d.flash(v, "desk.told.kept")
	return v.back("/desk/me")
}

// offerLink makes a one-time code, which the agent sends to the staff's bot.
func (d *desk) offerLink(v *visit) error {
	if !d.Reach.Telegram {
		return errNoPage
	}
	code := rand.Text()
	if err := d.Alerts.OfferLink(v.r.Context(), v.agent.Login, bot.LinkHash(code), d.Now().Add(linkFor)); err != nil {
		return err
	}
	data, err := d.wish(v)
	if err != nil {
		return err
	}
	data.Code = code
	if d.Reach.BotName != nil {
		if name := d.Reach.BotName(); name != "" {
			data.Link = "https://t.me/" + name + "?start=" + code
		}
	}
	return d.show(v, http.StatusOK, "link", page{Title: "desk.told.link.title", Tab: "me", Data: data})
}

// unlink forgets the agent's Telegram.
func (d *desk) unlink(v *visit) error {
	if err := d.Alerts.UnlinkChat(v.r.Context(), v.agent.Login); err != nil {
		return err
	}
	d.flash(v, "desk.told.unlinked")
	return v.back("/desk/me")
}

// step tells how far a case has climbed: 1 to the next person, 2 to the manager.
// What has climbed is read once for a page.
func (d *desk) step(v *visit, id bot.CaseID) int {
	if d.Alerts == nil {
		return 0
	}
	if v.steps == nil {
		v.steps = map[bot.CaseID]int{}
		list, err := d.Alerts.Escalated(v.r.Context())
		if err != nil {
			d.Log.Warn("cannot read what has climbed; the page goes without", "error", err)
		}
		for _, w := range list {
			v.steps[w.Case.ID] = w.Step
		}
	}
	return v.steps[id]
}

// outage is since when e-mail to staff does not leave, for managers; nil while
// it does.
func (d *desk) outage(v *visit) *stamp {
	if d.Alerts == nil || !d.Reach.Mail || v.agent.Role != bot.RoleManager {
		return nil
	}
	o, err := d.Alerts.Outage(v.r.Context(), bot.ByMail)
	if err != nil {
		d.Log.Warn("cannot read whether staff are told; the page goes without", "error", err)
	}
	if o.Since.IsZero() {
		return nil
	}
	at := d.when(v.lang, o.Since)
	return &at
}
