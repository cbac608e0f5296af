package desk

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"doudou/bot"
)

// perPage is how many cases a page of a list shows.
const perPage = 50

// tabs are the lists. There are no more: everything else would be a place to
// forget a family in.
func tabs() []bot.List { return []bot.List{bot.ToTake, bot.Mine, bot.ForTheFamily, bot.AlreadyClosed} }

// A listing is what the page of lists shows.
type listing struct {
	Tab    string // "" for what a search found
	Tabs   []tab
	Rows   []row
	Others []row  // held by colleagues
	Asleep []row  // put aside by the agent
	Words  string // that were searched for
	Open   int    // cases that nobody has taken
	Live   string // address at which this page asks for itself again
	Next   string // address of the next page; "" on the last
	First  string // address of the first page; "" on the first
}

type tab struct {
	ID    string
	Here  bool
	Count int // -1: not counted
}

func (d *desk) listPage(v *visit) error {
	list, err := d.listing(v)
	if err != nil {
		return err
	}
	title := "desk.list.title"
	if list.Words != "" {
		title = "desk.search.title"
	}
	flash := d.sessions.PopString(v.r.Context(), sessionFlash)
	return d.show(v, http.StatusOK, "list", page{Title: title, Tab: "list", Flash: flash, Data: list})
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

// listing reads the page of a list, or of a search, that the address names.
func (d *desk) listing(v *visit) (listing, error) {
	asked := v.r.URL.Query()
	q := bot.CaseQuery{Teams: v.agent.Teams, Agent: v.agent.Login, List: listOf(asked.Get("tab")), At: d.Now(), Limit: perPage, After: asked.Get("after")}
	words := clip(strings.TrimSpace(asked.Get("q")), mostSearched)
	if words != "" {
		q.Terms = d.terms(v.lang, words)
	}
	list := listing{Tab: string(q.List), Words: words}
	if words != "" {
		list.Tab = ""
		if len(q.Terms) == 0 { // signs only
			q.Teams = nil
		}
	}
	found, err := d.Cases.List(v.r.Context(), q)
	if err != nil {
		return list, err
	}
	list.count(found.Counts)
	list.turn(q.After, found.Next)
	return list, d.fillRows(v, &list, found)
}

// listOf is the list of a name, the first for another name.
func listOf(name string) bot.List {
	if l := bot.List(name); slices.Contains(tabs(), l) {
		return l
	}
	return bot.ToTake
}

func (l *listing) count(counts map[bot.List]int) {
	for _, id := range tabs() {
		t := tab{ID: string(id), Here: string(id) == l.Tab, Count: counts[id]}
		if id == bot.AlreadyClosed {
			t.Count = -1
		}
		l.Tabs = append(l.Tabs, t)
	}
	l.Open = counts[bot.ToTake]
}

// turn writes the addresses of this page, the next and the first.
func (l *listing) turn(after, next string) {
	at := func(path, after string) string {
		q := url.Values{}
		if l.Words != "" {
			q.Set("q", l.Words)
		} else {
			q.Set("tab", l.Tab)
		}
		if after != "" {
			q.Set("after", after)
		}
		return path + "?" + q.Encode()
	}
	l.Live = at("/desk/live", after)
	if next != "" {
		l.Next = at("/desk/", next)
	}
	if after != "" {
		l.First = at("/desk/", "")
	}
}

// fillRows shows the cases of a page: apart stand what colleagues hold and what
// was put aside.
func (d *desk) fillRows(v *visit, list *listing, found bot.CasePage) error {
	there, err := d.there(v)
	if err != nil {
		return err
	}
	for _, c := range found.Cases {
		if !sees(v.agent, c) {
			continue
		}
		r, err := d.row(v, c)
		if err != nil {
			return err
		}
		r.There, r.Found = there[c.ID], d.places(v.lang, found.Found[c.ID])
		switch {
		case list.Tab == string(bot.ForTheFamily) && c.State == bot.Taken:
			list.Others = append(list.Others, r)
		case list.Tab == string(bot.Mine) && r.Asleep != "":
			list.Asleep = append(list.Asleep, r)
		default:
			list.Rows = append(list.Rows, r)
		}
	}
	return nil
}
