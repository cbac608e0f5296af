package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"doudou/bot"
)

// How a stream is kept.
const (
	beatEvery  = 15 * time.Second // something is said that often, or proxies hang up
	writeLimit = 10 * time.Second // a browser that takes nothing for so long is gone
	mostReplay = 200
)

// A stream tells the pages of one browser what has changed: how many cases stand
// in each list, and which cases have a new line or a colleague before them.
type stream struct {
	*desk
	v    *visit
	rc   *http.ResponseController
	told string // the counts that the browser knows
}

// An update is what a browser is told of a case.
type update struct {
	ID    bot.CaseID `json:"id"`
	Last  string     `json:"last,omitempty"` // number of the last line, more digits than JavaScript counts
	There []string   `json:"there"`
}

// stream answers until the browser leaves, the session ends or the service
// stops. It keeps no session awake. Who may see what is asked again each time.
func (d *desk) stream(v *visit) error {
	s := &stream{desk: d, v: v, rc: http.NewResponseController(v.w)}
	if err := s.rc.SetReadDeadline(time.Time{}); err != nil {
		return fmt.Errorf("keep a stream open: %w", err)
	}
	l := d.watch.listen()
	defer d.watch.leave(l)
	h := v.w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	if err := s.begin(); err != nil {
		d.Log.Debug("a stream could not begin", "error", err)
		return nil
	}
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	for {
		var changed map[bot.CaseID]change
		select {
		case <-v.r.Context().Done():
			return nil
		case <-d.Stopping:
			return nil
		case <-beat.C:
		case <-l.ready:
			changed = l.take()
		}
		if err := s.tell(changed); err != nil {
			return nil // who has left, or is signed out, needs no page of errors
		}
	}
}

// begin says all that a page may have missed since it was made, or since the
// stream broke.
func (s *stream) begin() error {
	missed := map[bot.CaseID]change{}
	there, _ := s.watch.present()
	for _, p := range there {
		if c, err := s.Cases.Case(s.v.r.Context(), p.Case); err == nil {
			missed[p.Case] = change{ID: p.Case, Team: c.Team}
		}
	}
	if id, err := strconv.ParseInt(s.v.r.Header.Get("Last-Event-ID"), 10, 64); err == nil && id > 0 {
		now := s.Now()
		before := id - (s.Cases.Mark(now) - s.Cases.Mark(now.Add(-watchBack)))
		moves, err := s.Cases.Moves(s.v.r.Context(), before, mostReplay)
		if err != nil {
			return err
		}
		for _, m := range moves {
			missed[m.Case] = change{m.Case, m.Team, m.Last}
		}
	}
	if err := s.write("retry: 3000\n\n"); err != nil {
		return err
	}
	return s.tell(missed)
}

// tell says what changed to an agent who is still signed in; without changes it
// is a sign of life.
func (s *stream) tell(changed map[bot.CaseID]change) error {
	ctx, cancel := context.WithTimeout(s.v.r.Context(), writeLimit)
	defer cancel()
	agent, err := s.still(ctx)
	if err != nil {
		s.write("event: out\ndata: {}\n\n")
		return err
	}
	s.v.agent = agent
	var out strings.Builder
	if err := s.lists(ctx, &out); err != nil {
		return err
	}
	there, mark := s.watch.present()
	for _, id := range slices.Sorted(maps.Keys(changed)) {
		if c := changed[id]; slices.Contains(agent.Teams, c.Team) {
			u := update{ID: id, There: s.at(there, id)}
			if c.Last > 0 {
				u.Last = strconv.FormatInt(c.Last, 10)
			}
			if err := event(&out, mark, "case", u); err != nil {
				return err
			}
		}
	}
	if out.Len() == 0 {
		out.WriteString(":\n\n")
	}
	return s.write(out.String())
}

// still reads the session and the agent again.
func (s *stream) still(ctx context.Context) (bot.Agent, error) {
	token := ""
	if c, err := s.v.r.Cookie(s.sessions.Cookie.Name); err == nil {
		token = c.Value
	}
	ctx, err := s.sessions.Load(afresh{ctx}, token)
	if err != nil {
		return bot.Agent{}, err
	}
	return s.whoIs(ctx)
}

// An afresh context holds nothing of the request: the session that was read at
// its beginning is not taken for the one of now.
type afresh struct{ context.Context }

// Value returns nothing.
func (afresh) Value(any) any { return nil }

// lists says how many cases stand in each list, if the browser does not know.
func (s *stream) lists(ctx context.Context, out *strings.Builder) error {
	page, err := s.Cases.List(ctx, bot.CaseQuery{Teams: s.v.agent.Teams, Agent: s.v.agent.Login, At: s.Now()})
	if err != nil {
		return err
	}
	counts := map[bot.List]int{}
	for _, l := range []bot.List{bot.ToTake, bot.Mine, bot.ForTheFamily} {
		counts[l] = page.Counts[l]
	}
	if told := fmt.Sprint(counts); told != s.told {
		s.told = told
		_, mark := s.watch.present()
		return event(out, mark, "lists", counts)
	}
	return nil
}

// at says which colleagues are at a case.
func (s *stream) at(there []bot.Presence, id bot.CaseID) []string {
	list := []string{}
	for _, p := range there {
		if p.Case == id && p.Agent != s.v.agent.Login {
			list = append(list, s.doing(s.v, p))
		}
	}
	return list
}

// event writes one event.
func event(out *strings.Builder, id int64, kind string, data any) error {
	b, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("tell a browser of %s: %w", kind, err)
	}
	fmt.Fprintf(out, "id: %d\nevent: %s\ndata: %s\n\n", id, kind, b)
	return nil
}

// write sends, within a time: the server's own limit is for pages.
func (s *stream) write(text string) error {
	if err := s.rc.SetWriteDeadline(time.Now().Add(writeLimit)); err != nil {
		return err
	}
	if _, err := s.v.w.Write([]byte(text)); err != nil {
		return err
	}
	return s.rc.Flush()
}
