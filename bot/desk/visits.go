package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"doudou/bot"
)

// A device is one place where an agent is signed in.
type device struct {
	Name  string // of the browser and the machine, as far as it says
	Since stamp
	Here  bool
}

// devices lists where an agent is signed in, this browser first.
func (d *desk) devices(v *visit) ([]device, error) {
	all, err := everySession(v.r.Context(), d.sessions.Store)
	if err != nil {
		return nil, err
	}
	var list []device
	here := d.sessions.GetString(v.r.Context(), sessionID)
	for _, b := range all {
		deadline, values, err := d.sessions.Codec.Decode(b)
		if err != nil || !deadline.After(time.Now()) || values[sessionLogin] != v.agent.Login || values[sessionMark] != mark(v.agent) {
			continue
		}
		at, _ := values[sessionAt].(int64)
		from, _ := values[sessionFrom].(string)
		list = append(list, device{from, d.when(v.lang, time.Unix(at, 0)), here != "" && values[sessionID] == here})
	}
	slices.SortFunc(list, func(a, b device) int {
		if a.Here != b.Here && a.Here {
			return -1
		} else if a.Here != b.Here {
			return 1
		}
		return cmp.Compare(b.Since.ISO, a.Since.ISO)
	})
	return list, nil
}

// everySession reads all sessions of a store that can list them.
func everySession(ctx context.Context, s scs.Store) (map[string][]byte, error) {
	if c, ok := s.(clocked); ok {
		s = c.CtxStore
	}
	switch s := s.(type) {
	case scs.IterableCtxStore:
		return s.AllCtx(ctx)
	case scs.IterableStore:
		return s.All()
	}
	return nil, nil
}

// signOutElsewhere ends every session of the agent but this one.
func (d *desk) signOutElsewhere(v *visit) error {
	ctx := v.r.Context()
	if err := d.record(ctx, v.agent, "sign-out-all", ""); err != nil {
		return err
	}
	a := v.agent
	a.Epoch++
	if err := d.Staff.SaveAgent(ctx, a); err != nil {
		return err
	}
	if err := d.stay(ctx, a); err != nil {
		return err
	}
	d.flash(v, "desk.me.elsewheredone")
	return v.back("/desk/me")
}

// stay keeps this session when all others of the agent end.
func (d *desk) stay(ctx context.Context, a bot.Agent) error {
	if err := d.sessions.RenewToken(ctx); err != nil {
		return err
	}
	d.sessions.Put(ctx, sessionMark, mark(a))
	return nil
}

// deviceName is what a browser says of itself, in two words: enough to know
// one's own again.
func deviceName(agent string) string {
	pick := func(names ...string) string {
		for _, n := range names {
			if mark, name, _ := strings.Cut(n, "="); strings.Contains(agent, mark) {
				return cmp.Or(name, mark)
			}
		}
		return ""
	}
	browser := pick("Edg/=Edge", "OPR/=Opera", "Firefox", "Chrome", "Safari")
	machine := pick("Windows", "Android", "iPhone", "iPad", "Mac OS X=Mac", "Linux")
	return strings.Trim(browser+", "+machine, ", ")
}
