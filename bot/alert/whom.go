package alert

import (
	"context"
	"fmt"
	"slices"
	"time"

	"doudou/bot"
	"doudou/knowledge"
)

// A staff is who may be told now, and how they want to be.
type staff struct {
	agents    []bot.Agent
	wishes    map[string]bot.Wish
	ways      []bot.Way
	knowledge *knowledge.Knowledge
	now       time.Time
}

// staff reads who works here.
func (w *Watch) staff(ctx context.Context) (*staff, error) {
	agents, err := w.Store.Agents(ctx)
	if err != nil {
		return nil, err
	}
	wishes, err := w.Store.Wishes(ctx)
	if err != nil {
		return nil, err
	}
	s := &staff{agents: agents, wishes: map[string]bot.Wish{}, knowledge: w.Knowledge, now: w.Now()}
	for _, way := range []bot.Way{bot.ByMail, bot.ByTelegram} {
		if w.Carriers[way] != nil {
			s.ways = append(s.ways, way)
		}
	}
	for _, wish := range wishes {
		s.wishes[wish.Agent] = wish
	}
	return s, nil
}

// kindOf says why a wait concerns anybody from its beginning.
func kindOf(w bot.Wait) bot.NoticeKind {
	switch {
	case w.Case.Urgent:
		return bot.NoticeUrgent
	case w.Again:
		return bot.NoticeAgain
	}
	return bot.NoticeNew
}

// whom returns the agents who are to be told of a wait, as things are now. What
// is of no use to somebody any more, because a colleague took the case, is left
// out here too.
func (s *staff) whom(kind bot.NoticeKind, w bot.Wait) []bot.Agent {
	holder := s.holder(w.Case)
	switch kind {
	case bot.NoticeNew:
		if len(holder) > 0 {
			return nil
		}
	case bot.NoticeAgain:
		if len(holder) > 0 {
			return holder
		}
	case bot.NoticeUrgent:
		if len(holder) > 0 {
			return holder
		}
		return append(s.team(w.Case.Team), s.awake(w.Case)...)
	case bot.NoticeNext:
		return s.others(w.Case)
	case bot.NoticeDeputy:
		return s.team(s.standIn(w.Case))
	case bot.NoticeManager:
		return s.managers(w.Case.Team)
	}
	return s.team(w.Case.Team)
}

// answers tells whether somebody works here and may answer.
func answers(a bot.Agent) bool {
	return a.Active && (a.Role == bot.RoleAgent || a.Role == bot.RoleManager)
}

// holder returns who holds a case, nobody if they work here no more.
func (s *staff) holder(c bot.Case) []bot.Agent {
	if !c.Held() {
		return nil
	}
	return s.those(func(a bot.Agent) bool { return a.Login == c.Agent })
}

func (s *staff) those(who func(bot.Agent) bool) []bot.Agent {
	var list []bot.Agent
	for _, a := range s.agents {
		if answers(a) && who(a) {
			list = append(list, a)
		}
	}
	return list
}

// team returns who answers for a team; its managers if it has nobody else.
func (s *staff) team(team string) []bot.Agent {
	if team == "" {
		return nil
	}
	if list := s.those(of(team)); len(list) > 0 {
		return list
	}
	return s.managers(team)
}

func of(team string) func(bot.Agent) bool {
	return func(a bot.Agent) bool { return slices.Contains(a.Teams, team) }
}

// others are the colleagues of who holds a case and does nothing; of a case that
// nobody holds, all. A manager comes next only where there is nobody else.
func (s *staff) others(c bot.Case) []bot.Agent {
	list := s.those(func(a bot.Agent) bool {
		return of(c.Team)(a) && a.Role == bot.RoleAgent && !(c.Held() && a.Login == c.Agent)
	})
	if len(list) > 0 {
		return list
	}
	return s.managers(c.Team)
}

// managers returns those of a team; of its institution, if it has none.
func (s *staff) managers(team string) []bot.Agent {
	manager := func(a bot.Agent) bool { return a.Role == bot.RoleManager }
	if list := s.those(func(a bot.Agent) bool { return manager(a) && of(team)(a) }); len(list) > 0 {
		return list
	}
	institution := s.knowledge.Institution(team)
	return s.those(func(a bot.Agent) bool {
		return manager(a) && slices.ContainsFunc(a.Teams, func(t string) bool {
			return institution != "" && s.knowledge.Institution(t) == institution
		})
	})
}

// standIn is the team that answers while the case's own is away for long; "" as
// long as it is not, or while nobody stands in.
func (s *staff) standIn(c bot.Case) string {
	deputy := s.knowledge.Deputy(c.Topic, c.Team)
	if deputy == "" || !s.knowledge.Away(c.Team, s.now) || s.knowledge.Away(deputy, s.now) {
		return ""
	}
	return deputy
}

// awake are those of the deputy team who are there while the case's own is
// closed: somebody in danger does not wait for the afternoon.
func (s *staff) awake(c bot.Case) []bot.Agent {
	deputy := s.knowledge.Deputy(c.Topic, c.Team)
	if deputy == "" || s.open(c.Team) || !s.open(deputy) {
		return nil
	}
	return slices.DeleteFunc(s.those(of(deputy)), of(c.Team))
}

func (s *staff) open(team string) bool {
	open, _ := s.knowledge.Hours(team).Open(s.now)
	return open
}

// notices addresses a wait to those whom it concerns.
func (s *staff) notices(kind bot.NoticeKind, w bot.Wait) []bot.Notice {
	var list []bot.Notice
	for _, a := range s.whom(kind, w) {
		for _, way := range s.waysOf(a) {
			list = append(list, bot.Notice{
				ID:    fmt.Sprintf("%s/%s/%d/%s/%s/%s", kind, w.Case.ID, w.Since.UnixMilli(), w.Case.Team, a.Login, way),
				Agent: a.Login, Way: way, Case: w.Case.ID, Kind: kind, Urgent: w.Case.Urgent, Due: s.due(a, w.Case),
			})
		}
	}
	return list
}

// wish is what an agent has chosen.
func (s *staff) wish(login string) bot.Wish {
	if w, ok := s.wishes[login]; ok {
		return w
	}
	return bot.NewWish(login)
}

// waysOf are those that reach an agent and that they want.
func (s *staff) waysOf(a bot.Agent) []bot.Way {
	return slices.DeleteFunc(slices.Clone(s.ways), func(way bot.Way) bool { return s.address(a, way) == "" })
}

// address is where an agent is told by a way, "" when they are not.
func (s *staff) address(a bot.Agent, way bot.Way) string {
	wish := s.wish(a.Login)
	switch {
	case way == bot.ByMail && wish.Mail:
		return a.Email
	case way == bot.ByTelegram && wish.Telegram:
		return wish.Chat
	}
	return ""
}

// due is when an agent may be told: at once of what is urgent, else when the
// team is there, unless the agent wants to be told at any hour.
func (s *staff) due(a bot.Agent, c bot.Case) time.Time {
	if c.Urgent || !s.wish(a.Login).Quiet {
		return s.now
	}
	if deputy := s.standIn(c); deputy != "" && of(deputy)(a) {
		return s.opening(deputy)
	}
	return s.opening(c.Team)
}

// opening is when somebody of a team is there: now, or next; now for a team that
// never opens.
func (s *staff) opening(team string) time.Time {
	if _, next := s.knowledge.Hours(team).Open(s.now); !next.IsZero() {
		return next
	}
	return s.now
}
