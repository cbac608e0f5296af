package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"doudou/bot"
)

// move notes that pages which show a case are out of date.
func (f *relais) move(id bot.CaseID) {
	f.mark++
	f.moved[id] = f.mark
}

// List keeps cases in the lists as bot.List says. Of a search it knows one way:
// every word is in what the family, staff or notes say.
func (f *relais) List(_ context.Context, q bot.CaseQuery) (bot.CasePage, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	page := bot.CasePage{Counts: map[bot.List]int{}, Found: map[bot.CaseID][]string{}}
	for _, c := range f.cases {
		if !slices.Contains(q.Teams, c.Team) || q.Contact != "" && q.Contact != c.Contact {
			continue
		}
		list := stands(c, q.Agent, q.At)
		if !c.Asleep(q.At) {
			page.Counts[list]++
		}
		if places := f.has(c, q.Terms); len(q.Terms) > 0 && len(places) > 0 {
			page.Found[c.ID] = places
			page.Cases = append(page.Cases, f.counted(c))
		} else if len(q.Terms) == 0 && (list == q.List || q.Contact != "") {
			page.Cases = append(page.Cases, f.counted(c))
		}
	}
	slices.SortFunc(page.Cases, func(a, b bot.Case) int {
		if a.Urgent != b.Urgent {
			return map[bool]int{true: -1, false: 1}[a.Urgent]
		}
		return a.Opened.Compare(b.Opened)
	})
	page.Cases = slices.DeleteFunc(page.Cases, func(c bot.Case) bool { return q.After != "" && string(c.ID) <= q.After })
	if len(page.Cases) > q.Limit {
		page.Cases, page.Next = page.Cases[:q.Limit], string(page.Cases[q.Limit-1].ID)
	}
	return page, nil
}

func stands(c bot.Case, agent string, now time.Time) bot.List {
	switch {
	case c.State == bot.Closed:
		return bot.AlreadyClosed
	case c.State == bot.Open:
		return bot.ToTake
	case c.Agent == agent && (c.State == bot.Taken || !c.Snoozed.IsZero()):
		return bot.Mine
	case c.Asleep(now):
		return ""
	}
	return bot.ForTheFamily
}

// has returns where the terms stand, nothing if one is missing.
func (f *relais) has(c bot.Case, terms []bot.Term) []string {
	var places []string
	for _, t := range terms {
		switch {
		case slices.Contains(t.Langs, c.Lang):
			places = append(places, bot.InLang)
		case slices.Contains(t.Topics, strings.SplitN(c.Topic, ".", 2)[0]):
			places = append(places, bot.InTopic)
		case slices.ContainsFunc(f.lines[c.Contact], func(l bot.Line) bool { return slices.Contains(bot.SearchWords(l.Text), t.Word) }):
			places = append(places, bot.InFamily)
		default:
			return nil
		}
	}
	return places
}

func (f *relais) Moves(_ context.Context, after int64, limit int) ([]bot.Move, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []bot.Move
	for id, mark := range f.moved {
		if c := f.cases[id]; mark > after {
			list = append(list, bot.Move{Case: id, Team: c.Team, Mark: mark, Last: int64(len(f.lines[c.Contact]))})
		}
	}
	slices.SortFunc(list, func(a, b bot.Move) int { return int(a.Mark - b.Mark) })
	return list[:min(limit, len(list))], nil
}

// Mark is 0: whoever follows this relais asks for all moves again and again.
func (f *relais) Mark(time.Time) int64 { return 0 }

func (f *relais) Attend(_ context.Context, p bot.Presence) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.there = slices.DeleteFunc(f.there, func(o bot.Presence) bool { return o.Case == p.Case && o.Agent == p.Agent })
	if p.Doing != bot.Leaving {
		f.there = append(f.there, p)
	}
	return nil
}

func (f *relais) Attending(_ context.Context, after time.Time) ([]bot.Presence, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(f.there), func(p bot.Presence) bool { return !p.At.After(after) }), nil
}
