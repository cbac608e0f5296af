package desk

import (
	"net/http"
	"slices"
	"strconv"

	"doudou/bot"
)

// maxListed is how many cases a list shows.
const maxListed = 200

// The lists. There are no more: everything else would be a place to forget a
// family in.
const (
	tabOpen    = "open"    // nobody has taken them yet
	tabMine    = "mine"    // the agent holds them
	tabWaiting = "waiting" // an answer has left, the family may write; and what colleagues hold
	tabClosed  = "closed"
)

// A listing is what the page of lists shows.
type listing struct {
	Tab    string
	Tabs   []tab
	Rows   []row
	Others []row // held by colleagues
	Open   int   // cases that nobody has taken
}

type tab struct {
	ID    string
	Here  bool
	Count int // -1: not counted
}

// A row is one case of a list.
type row struct {
	ID, Topic, Team, Language, Lang, Channel string
	Urgent                                   bool
	State, Holder                            string
	Notes                                    []noted
	Age                                      stamp
	Step                                     int // how far it has climbed
}

func (d *desk) listPage(v *visit) error {
	list, err := d.listing(v)
	if err != nil {
		return err
	}
	flash := d.sessions.PopString(v.r.Context(), sessionFlash)
	return d.show(v, http.StatusOK, "list", page{Title: "desk.list.title", Tab: "list", Flash: flash, Data: list})
}

// listLive is the list again, for a page that stays open.
func (d *desk) listLive(v *visit) error {
	list, err := d.listing(v)
	if err != nil {
		return err
	}
	v.w.Header().Set("X-Waiting", strconv.Itoa(list.Open))
	return d.part(v, "list", "cases", list)
}

func (d *desk) listing(v *visit) (listing, error) {
	list := listing{Tab: tabOpen}
	if t := v.r.URL.Query().Get("tab"); slices.Contains([]string{tabMine, tabWaiting, tabClosed}, t) {
		list.Tab = t
	}
	alive, err := d.cases(v, bot.Open, bot.Taken, bot.Waiting)
	if err != nil {
		return list, err
	}
	shown := alive
	if list.Tab == tabClosed {
		if shown, err = d.cases(v, bot.Closed); err != nil {
			return list, err
		}
		slices.SortStableFunc(shown, func(a, b bot.Case) int { return b.Changed.Compare(a.Changed) })
	}
	list.count(alive, v.agent.Login)
	return list, d.fillRows(v, &list, shown)
}

// cases reads the cases that the agent may see. No team means no case: the store
// would take it for all of them.
func (d *desk) cases(v *visit, states ...bot.CaseState) ([]bot.Case, error) {
	if len(v.agent.Teams) == 0 {
		return nil, nil
	}
	list, err := d.Cases.Cases(v.r.Context(), v.agent.Teams, states, maxListed)
	for i := 0; i < len(list) && err == nil; i++ {
		list[i].State, err = d.stands(v, list[i])
	}
	return list, err
}

// stands tells a case that waits for its family from one that waits for its
// agent: by whose word was the last.
func (d *desk) stands(v *visit, c bot.Case) (bot.CaseState, error) {
	if !c.Held() {
		return c.State, nil
	}
	lines, err := d.Cases.Thread(v.r.Context(), c.Contact, 20)
	for _, l := range slices.Backward(lines) {
		if l.Speaker == bot.Family {
			return bot.Taken, err
		}
		if l.Speaker == bot.Staff {
			return bot.Waiting, err
		}
	}
	return c.State, err
}

// tabOf says in which list a case stands for an agent.
func tabOf(c bot.Case, login string) string {
	switch {
	case c.State == bot.Closed:
		return tabClosed
	case c.State == bot.Open:
		return tabOpen
	case c.Agent == login:
		return tabMine
	}
	return tabWaiting
}

func (l *listing) count(alive []bot.Case, login string) {
	counts := map[string]int{}
	for _, c := range alive {
		counts[tabOf(c, login)]++
		if c.State == bot.Waiting && c.Agent == login {
			counts[tabWaiting]++
		}
	}
	for _, id := range []string{tabOpen, tabMine, tabWaiting} {
		l.Tabs = append(l.Tabs, tab{id, id == l.Tab, counts[id]})
	}
	l.Tabs = append(l.Tabs, tab{tabClosed, l.Tab == tabClosed, -1})
	l.Open = counts[tabOpen]
}

func (d *desk) fillRows(v *visit, list *listing, cases []bot.Case) error {
	for _, c := range cases {
		here := tabOf(c, v.agent.Login) == list.Tab || list.Tab == tabWaiting && c.State == bot.Waiting
		if !here || !sees(v.agent, c) {
			continue
		}
		r, err := d.row(v, c)
		if err != nil {
			return err
		}
		if list.Tab == tabWaiting && c.State == bot.Taken {
			list.Others = append(list.Others, r)
		} else {
			list.Rows = append(list.Rows, r)
		}
	}
	return nil
}

func (d *desk) row(v *visit, c bot.Case) (row, error) {
	at := c.Opened
	if c.State == bot.Closed {
		at = c.Changed
	}
	age, err := d.age(v.lang, at)
	r := row{ID: string(c.ID), Topic: d.topicName(v.lang, c.Topic), Team: d.teamName(v.lang, c.Team),
		Language: d.languageName(v.lang, c.Lang), Lang: c.Lang, Channel: d.channelName(v.lang, c.Channel),
		Urgent: c.Urgent, State: string(c.State), Notes: d.notes(v.lang, c.Notes), Age: age, Step: d.step(v, c.ID)}
	if c.Agent != "" {
		r.Holder = d.agentName(v, c.Agent)
	}
	return r, err
}
