package desk

import "doudou/bot"

// A menuItem is a page that stands in the navigation.
type menuItem struct {
	Tab  string // of the page
	Path string
	Text string // text id of its name
}

// menuItems lists the pages of the navigation: those of every day, and those by
// which a manager keeps house. A page that does not exist here, or not for the
// agent's role, is left out.
func menuItems() (daily, house []menuItem) {
	daily = []menuItem{
		{"list", "/desk/", "desk.nav.cases"},
		{"events", "/desk/events", "desk.nav.events"},
		{"report", "/desk/report", "desk.nav.report"},
	}
	house = []menuItem{
		{"learn", "/desk/learn", "desk.nav.learn"},
		{"content", "/desk/content", "desk.menu.content"},
		{"people", "/desk/people", "desk.menu.people"},
		{"spend", "/desk/spend", "desk.menu.spend"},
		{"agents", "/desk/agents", "desk.nav.agents"},
		{"teams", "/desk/teams", "desk.menu.teams"},
		{"journal", "/desk/journal", "desk.nav.journal"},
	}
	return daily, house
}

// menu returns the navigation of an agent.
func (d *desk) menu(a bot.Agent) (daily, house []menuItem) {
	daily, house = menuItems()
	return d.reachable(a, daily), d.reachable(a, house)
}

// reachable keeps the pages to which an agent may come.
func (d *desk) reachable(a bot.Agent, items []menuItem) []menuItem {
	who := map[string]access{}
	for _, r := range d.routes() {
		who[r.pattern] = r.who
	}
	var list []menuItem
	for _, m := range items {
		pattern := "GET " + m.Path
		if m.Path == "/desk/" {
			pattern += "{$}"
		}
		access, exists := who[pattern]
		if exists && access.admits(a.Role) == nil && d.serves(m.Tab, a) {
			list = append(list, m)
		}
	}
	return list
}

// serves tells whether the desk has what a page shows.
func (d *desk) serves(tab string, a bot.Agent) bool {
	switch tab {
	case "events":
		return d.Calendar != nil
	case "report":
		return d.Reports != nil
	case "people":
		return d.People != nil
	case "learn":
		return d.teaches(a)
	}
	return true
}
