package desk

import (
	"net/http"
	"slices"
	"strings"

	"doudou/bot"
)

// A route is one address of the desk: who may come there, and what answers.
// This table is the only place where an address is opened; tests walk it, so
// that a new page cannot forget its guard.
type route struct {
	pattern string // of net/http
	who     access
	serve   handler
}

// An access says who may come to an address.
type access int

// Who may come. What is not for an agent's role does not exist for them, or is
// said to be for others where they see the page already.
const (
	anybody   access = iota // families too
	atDoor                  // who signs in or out
	readers                 // every agent: agents, managers, observers
	live                    // readers; asked for by a page by itself, it keeps no session awake
	writers                 // agents and managers
	typing                  // writers; asked for by a page by itself
	managers                // managers
	overseers               // managers and observers: figures, and no family
)

// admits returns why a role may not come, nil when it may.
func (a access) admits(r bot.Role) error {
	switch {
	case (a == writers || a == typing) && r != bot.RoleAgent && r != bot.RoleManager:
		return errReadOnly
	case a == managers && r != bot.RoleManager, a == overseers && r != bot.RoleManager && r != bot.RoleObserver:
		return errNoPage
	}
	return nil
}

// mux puts every route at its address, behind its guard.
func (d *desk) mux() http.Handler {
	mux := http.NewServeMux()
	for _, r := range d.routes() {
		mux.Handle(r.pattern, d.guarded(r))
	}
	return mux
}

func (d *desk) guarded(r route) http.Handler {
	admitted := func(v *visit) error {
		if err := r.who.admits(v.agent.Role); err != nil {
			return err
		}
		if d.mustEnrol(v) && !strings.Contains(r.pattern, " /desk/me") {
			return d.askEnrol(v, r.who)
		}
		return r.serve(v)
	}
	switch r.who {
	case anybody:
		return d.open(r.serve)
	case atDoor:
		return d.sessions.LoadAndSave(d.open(r.serve))
	case live, typing:
		return d.peek(d.signedLive(admitted))
	}
	return d.sessions.LoadAndSave(d.signed(admitted))
}

// routes is every address of the desk.
func (d *desk) routes() []route {
	return slices.Concat(d.doorRoutes(), d.caseRoutes(), d.answerRoutes(), d.accountRoutes(), d.alertRoutes(), d.lessonRoutes(), d.peopleRoutes(), d.reportRoutes(),
		d.eventRoutes(), d.dayRoutes(), d.broadcastRoutes())
}

// doorRoutes are for who is not signed in.
func (d *desk) doorRoutes() []route {
	return []route{
		{"GET /static/{file}", anybody, func(v *visit) error { d.static(v.w, v.r); return nil }},
		{"GET /try", anybody, d.tryPage},
		{"POST /try", anybody, d.trySay},
		{"POST /desk/language", anybody, d.chooseLanguage},
		{"GET /desk", anybody, func(v *visit) error { return v.back("/desk/") }},
		{"GET /desk/sign-in", atDoor, d.signInPage},
		{"POST /desk/sign-in", atDoor, d.signIn},
		{"POST /desk/sign-in/link", atDoor, d.signInByLink},
		{"GET /desk/sign-in/code", atDoor, d.codePage},
		{"POST /desk/sign-in/code", atDoor, d.signInCode},
		{"POST /desk/sign-in/provider", atDoor, d.vouched(d.leave)},
		{"GET " + providerBack, atDoor, d.vouched(d.comeBack)},
		{"POST /desk/sign-out", atDoor, d.signOut},
		{"GET /desk/", readers, func(*visit) error { return errNoPage }},
	}
}

// caseRoutes are the lists and the questions of families.
func (d *desk) caseRoutes() []route {
	return []route{
		{"GET /desk/{$}", readers, d.listPage},
		{"GET /desk/live", live, d.listLive},
		{"GET /desk/stream", live, d.stream},
		{"GET /desk/cases/{id}", readers, d.casePage},
		{"GET /desk/cases/{id}/live", live, d.threadLive},
		{"GET /desk/cases/{id}/sheet", readers, d.sheetPage},
		{"POST /desk/cases/{id}/take", writers, d.take},
		{"POST /desk/cases/{id}/release", writers, d.release},
		{"POST /desk/cases/{id}/note", writers, d.note},
		{"POST /desk/cases/{id}/snooze", writers, d.snooze},
		{"POST /desk/cases/{id}/here", live, d.attend},
		{"POST /desk/cases/{id}/reply", writers, d.reply},
		{"POST /desk/cases/{id}/close", writers, d.close},
		{"POST /desk/cases/{id}/undo", writers, d.undo},
		{"GET /desk/cases/{id}/call", readers, d.callPage},
		{"POST /desk/cases/{id}/number", writers, d.number},
		{"POST /desk/cases/{id}/called", writers, d.called},
		{"GET /desk/spend", managers, d.spendPage},
		{"GET /desk/cases/{id}/transfer", writers, d.transferPage},
		{"POST /desk/cases/{id}/transfer", writers, d.transfer},
		{"POST /desk/segments", typing, d.segmentsLive},
	}
}

// answerRoutes are the answers by key to one question.
func (d *desk) answerRoutes() []route {
	return []route{
		{"GET /desk/cases/{id}/answers", writers, d.answersPage},
		{"POST /desk/cases/{id}/answers", writers, d.answersPage},
		{"GET /desk/cases/{id}/answers/{key}", writers, d.answerPage},
		{"POST /desk/cases/{id}/answers/{key}", writers, d.answer},
	}
}

// accountRoutes are one's own account, and those of colleagues.
func (d *desk) accountRoutes() []route {
	return []route{
		{"GET /desk/me", readers, d.mePage},
		{"POST /desk/me/password", readers, d.setPassword},
		{"POST /desk/me/elsewhere", readers, d.signOutElsewhere},
		{"GET /desk/me/second", readers, d.seconds(d.secondPage)},
		{"POST /desk/me/second", readers, d.seconds(d.enrol)},
		{"POST /desk/me/second/codes", readers, d.seconds(d.renewCodes)},
		{"POST /desk/me/second/end", readers, d.seconds(d.endSecond)},
		{"POST /desk/me/provider", readers, d.vouched(d.leave)},
		{"POST /desk/me/provider/unlink", readers, d.vouched(d.unbind)},
		{"GET /desk/agents", managers, d.agentsPage},
		{"POST /desk/agents", managers, d.invite},
		{"GET /desk/agents/{login}", managers, d.agentPage},
		{"POST /desk/agents/{login}", managers, d.editAgent},
		{"POST /desk/agents/{login}/invite", managers, d.inviteAgain},
		{"POST /desk/agents/{login}/dismiss", managers, d.dismiss},
		{"POST /desk/agents/{login}/second", managers, d.seconds(d.resetSecond)},
		{"GET /desk/journal", managers, d.journalPage},
		{"GET /desk/journal.csv", managers, d.journalCSV},
	}
}

// lessonRoutes are what Doudou did not understand, and what it knows that wants
// somebody's eye.
func (d *desk) lessonRoutes() []route {
	return []route{
		{"GET /desk/learn", managers, d.learnPage},
		{"POST /desk/learn", managers, d.learn},
		{"GET /desk/content", managers, d.contentPage},
	}
}

// reportRoutes are the figures of a period.
func (d *desk) reportRoutes() []route {
	return []route{
		{"GET " + reportPath, overseers, d.reportPage},
		{"GET " + reportPath + ".csv", overseers, d.reportCSV},
	}
}

// eventRoutes are the dates of the relais. Only the team that runs them writes
// there: their handlers see to it.
func (d *desk) eventRoutes() []route {
	return []route{
		{"GET " + feedPath, anybody, d.events(d.feed)},
		{"GET /desk/events", readers, d.events(d.calendarPage)},
		{"POST /desk/events", writers, d.events(d.addEvent)},
		{"GET /desk/events/new", writers, d.events(d.newEventPage)},
		{"GET " + importPath, writers, d.events(d.importPage)},
		{"POST " + importPath, writers, d.events(d.importFile)},
		{"GET /desk/events.ics", readers, d.events(d.exportICS)},
		{"GET /desk/events/{id}", readers, d.events(d.eventPage)},
		{"POST /desk/events/{id}", writers, d.events(d.editEvent)},
		{"GET /desk/events/{id}/edit", writers, d.events(d.editEventPage)},
		{"GET /desk/events/{id}/cancel", writers, d.events(d.cancelEventPage)},
		{"POST /desk/events/{id}/cancel", writers, d.events(d.cancelEvent)},
		{"POST /desk/events/{id}/came", writers, d.events(d.checkIn)},
		{"GET /desk/events/{id}/remove", writers, d.events(d.removePage)},
		{"POST /desk/events/{id}/remove", writers, d.events(d.remove)},
		{"GET /desk/events/{id}/roll", readers, d.events(d.rollPage)},
	}
}

// dayRoutes are a speed-dating day.
func (d *desk) dayRoutes() []route {
	return []route{
		{"GET /desk/events/{id}/day", readers, d.events(d.dayPage)},
		{"POST /desk/events/{id}/day/plan", writers, d.events(d.planDay)},
		{"POST /desk/events/{id}/day/tell", writers, d.events(d.publishDay)},
		{"POST /desk/events/{id}/day/in", writers, d.events(d.dayIn)},
		{"POST /desk/events/{id}/day/mark", writers, d.events(d.dayMark)},
		{"GET /desk/events/{id}/day/again", writers, d.events(d.againPage)},
		{"POST /desk/events/{id}/day/again", writers, d.events(d.replanDay)},
		{"GET /desk/events/{id}/day/print/{sheet}", readers, d.events(d.dayPrintPage)},
		{"GET /desk/events/{id}/day/figures.csv", readers, d.events(d.dayFiguresCSV)},
	}
}

// broadcastRoutes are what is said to many, and the places that are free.
func (d *desk) broadcastRoutes() []route {
	return []route{
		{"GET /desk/broadcasts", readers, d.crying(d.broadcastsPage)},
		{"POST /desk/broadcasts", writers, d.crying(d.broadcast)},
		{"GET /desk/broadcasts/new", writers, d.crying(d.newBroadcastPage)},
		{"POST /desk/broadcasts/{id}/stop", writers, d.crying(d.halt)},
		{"POST /desk/broadcasts/{id}/resume", writers, d.crying(d.resume)},
		{"GET /desk/places", readers, d.placesPage},
	}
}
