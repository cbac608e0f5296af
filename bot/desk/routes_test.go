package desk

import (
	"net/http"
	"strings"
	"testing"

	"doudou/bot"
)

// addressOf fills the places of a pattern: with things that exist where the
// tests have some.
func addressOf(pattern string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	path = strings.TrimSuffix(path, "{$}")
	id := "atelier"
	if strings.HasPrefix(path, "/desk/cases/") {
		id = "K7Q2"
	}
	fill := strings.NewReplacer("{id}", id, "{login}", "lea", "{file}", "desk.css", "{sheet}", "rounds", "{key}", "reply.reads")
	return method, fill.Replace(path)
}

// call opens an address without following where it leads.
func (b *browser) call(pattern string) reply {
	method, path := addressOf(pattern)
	r, err := http.NewRequest(method, b.base+path, strings.NewReader(""))
	if err != nil {
		b.t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return b.send(r)
}

// TestRolesOnEveryRoute comes to every address in every role, and signed out.
func TestRolesOnEveryRoute(t *testing.T) {
	b := opened(t, furnish(), everything(t, newHall()))
	as := map[bot.Role]*browser{bot.RoleAgent: b.another().enter("awa"), bot.RoleManager: b.another().enter("chef"), bot.RoleObserver: b.another().enter("nora")}
	table := (&desk{}).routes()
	if len(table) < 50 {
		t.Fatalf("%d routes", len(table))
	}
	for _, r := range table {
		if strings.Contains(r.pattern, "sign-out") {
			continue
		}
		checkStranger(t, r, b.another().call(r.pattern))
		for role, who := range as {
			checkRole(t, r, role, who.call(r.pattern))
		}
	}
}

// checkStranger checks what somebody gets who is not signed in.
func checkStranger(t *testing.T, r route, got reply) {
	t.Helper()
	refused := got.status == http.StatusUnauthorized || got.status == http.StatusSeeOther && strings.HasPrefix(got.header.Get("Location"), "/desk/sign-in")
	if r.who == anybody || r.who == atDoor {
		refused = true
	}
	if !refused {
		t.Errorf("%s opens for somebody who is not signed in: %d", r.pattern, got.status)
	}
}

// checkRole checks what an agent of a role gets.
func checkRole(t *testing.T, r route, role bot.Role, got reply) {
	t.Helper()
	switch {
	case r.who == managers && role != bot.RoleManager && got.status != http.StatusNotFound:
		t.Errorf("%s as %s: %d, want 404", r.pattern, role, got.status)
	case r.who == overseers && role == bot.RoleAgent && got.status != http.StatusNotFound:
		t.Errorf("%s as %s: %d, want 404", r.pattern, role, got.status)
	case (r.who == writers || r.who == typing) && role == bot.RoleObserver && got.status != http.StatusForbidden:
		t.Errorf("%s as %s: %d, want 403", r.pattern, role, got.status)
	case r.who.admits(role) == nil && (got.status == http.StatusForbidden || got.status >= 500):
		t.Errorf("%s as %s: %d, who may come there", r.pattern, role, got.status)
	}
}

// TestWhatChangesIsNotForObservers: nobody who only reads reaches a form, but
// those of their own account.
func TestWhatChangesIsNotForObservers(t *testing.T) {
	for _, r := range (&desk{}).routes() {
		method, path := addressOf(r.pattern)
		if method == http.MethodPost && r.who == readers && !strings.HasPrefix(path, "/desk/me/") {
			t.Errorf("%s changes something and is open to observers", r.pattern)
		}
	}
}
