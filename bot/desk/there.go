package desk

import (
	"context"
	"slices"
	"time"

	"doudou/bot"
)

// attend notes that the agent has a case before their eyes, writes or leaves.
func (d *desk) attend(v *visit) error {
	c, err := d.seen(v)
	if err != nil {
		return err
	}
	doing := bot.Doing(v.field("doing"))
	if !slices.Contains([]bot.Doing{bot.Viewing, bot.Writing, bot.Leaving}, doing) {
		return errForm
	}
	if doing == bot.Writing && !writes(v.agent) {
		doing = bot.Viewing
	}
	if err := d.Cases.Attend(v.r.Context(), bot.Presence{Case: c.ID, Agent: v.agent.Login, Doing: doing, At: d.Now()}); err != nil {
		return err
	}
	v.w.WriteHeader(204)
	return nil
}

// there says, of each case, which colleagues have it before their eyes.
func (d *desk) there(v *visit) (map[bot.CaseID][]string, error) {
	list, err := d.attending(v.r.Context())
	if err != nil {
		return nil, err
	}
	there := map[bot.CaseID][]string{}
	for _, p := range list {
		if p.Agent != v.agent.Login {
			there[p.Case] = append(there[p.Case], d.doing(v, p))
		}
	}
	return there, nil
}

func (d *desk) attending(ctx context.Context) ([]bot.Presence, error) {
	return d.Cases.Attending(ctx, d.Now().Add(-bot.PresenceFor).Truncate(time.Millisecond))
}

// doing says what a colleague does at a case.
func (d *desk) doing(v *visit, p bot.Presence) string {
	name := d.agentName(v, p.Agent)
	text, err := write(d.texts, v.lang, "desk.here."+string(p.Doing), "name", name)
	if err != nil {
		return name
	}
	return text
}
