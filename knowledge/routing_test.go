package knowledge

import (
	"strings"
	"testing"
)

const desks = `teams:
  - {id: relais, name: relais, institution: ville, hours: {monday: ["09:00-12:00"], tuesday: ["09:00-12:00"], thursday: ["09:00-12:00"]}, closed: ["2026-12-21..2027-01-01", "2027-02-15..2027-02-16"]}
  - {id: desk, name: guichet, institution: ville, hours: {monday: ["09:00-12:00"], friday: ["09:00-12:00"]}}
  - {id: sam, name: SAM, institution: departement, hours: {monday: ["09:00-12:00"]}}
`

const rules = `rules:
  - {what: Contrat, topics: [childminder, work], audience: all, team: relais, deputy: desk}
  - {what: Agrément, topics: [childminder.approved], audience: all, team: sam}
  - {what: Métier, topics: [childminder], audience: childminder, team: sam, deputy: relais}
signed:
  - {institution: caf, name: Une personne, on: 2026-12-01}
`

// routed reads a town with these desks and rules.
func routed(t *testing.T, rules string) (*Knowledge, error) {
	t.Helper()
	files := sound()
	files["teams.yaml"], files["routing.yaml"] = desks, rules
	return Read(open(files))
}

func TestRoute(t *testing.T) {
	k, err := routed(t, rules)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ topic, audience, at, want, why string }{
		{"childminder.contract", "parent", "2026-11-23T10:00", "relais", "by its dialog"},
		{"childminder", "", "2026-11-23T10:00", "relais", "a whole dialog"},
		{"childminder.approved", "parent", "2026-11-23T10:00", "sam", "the node before the dialog"},
		{"childminder.contract", "childminder", "2026-11-23T10:00", "sam", "the audience before all"},
		{"childminder.approved", "childminder", "2026-11-23T10:00", "sam", "the node for all before the dialog for some"},
		{"work.unpaid", "childminder", "2026-11-23T10:00", "relais", "all are also childminders"},
		{"creche.status", "parent", "2026-11-23T10:00", "", "no rule"},
		{"", "", "2026-11-23T10:00", "", "nothing"},
		{"work", "", "2026-11-27T18:00", "relais", "a weekend is no absence"},
		{"work", "", "2026-12-17T11:00", "relais", "there until noon"},
		{"work", "", "2026-12-17T13:00", "desk", "away until January"},
		{"work", "", "2026-12-22T10:00", "desk", "away"},
		{"work", "", "2026-12-24T10:00", "desk", "the desk opens on Monday, its second day"},
		{"work", "", "2026-12-31T10:00", "relais", "back on its second day"},
		{"work", "", "2027-02-15T10:00", "relais", "two days away, back on the third"},
		{"work", "", "2027-02-11T13:00", "relais", "the same, from the eve"},
	} {
		team, ok := k.Route(c.topic, c.audience, at(t, c.at).UTC())
		if team != c.want || ok != (c.want != "") {
			t.Errorf("%s for %q at %s, %s: %q, %v; want %q", c.topic, c.audience, c.at, c.why, team, ok, c.want)
		}
	}
	if missing := k.Routing().Unsigned(); strings.Join(missing, " ") != "ville departement" {
		t.Errorf("not signed by %v", missing)
	}
}

// TestRouteDeputyAway: two closed doors are no better than one.
func TestRouteDeputyAway(t *testing.T) {
	k, err := routed(t, strings.Replace(rules, "team: relais, deputy: desk", "team: desk, deputy: relais", 1))
	if err != nil {
		t.Fatal(err)
	}
	k.teams[1].Hours.closed = k.teams[0].Hours.closed
	if team, _ := k.Route("work", "", at(t, "2026-12-21T10:00")); team != "desk" {
		t.Errorf("sent to %s, which is away too", team)
	}
}

func TestRoutingRefused(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"what: Contrat", "what: ''", "routing.yaml:2: a rule says what"},
		{"[childminder, work]", "[]", "routing.yaml:2: a rule says what"},
		{"[childminder, work]", "[Work]", "routing.yaml:2: a topic is dialog or dialog.node"},
		{"[childminder, work]", "[work, work]", "routing.yaml:2: work is there twice for all"},
		{"[childminder.approved]", "[work]", "routing.yaml:3: work is there twice for all"},
		{"audience: childminder", "audience: nannies", "routing.yaml:4: audience is parent, childminder or all"},
		{"team: relais", "team: crèche", "routing.yaml:2: there is no team"},
		{"deputy: desk", "deputy: nobody", "routing.yaml:2: the deputy \"nobody\" is no other team"},
		{"deputy: desk", "deputy: relais", "routing.yaml:2: the deputy \"relais\" is no other team"},
		{"institution: caf", "institution: état", "routing.yaml:6: a signature has institution"},
		{", on: 2026-12-01", "", "routing.yaml:6: a signature has"},
		{"signed:", "sealed:", "routing.yaml:5: field sealed not found"},
	} {
		if !strings.Contains(rules, c.old) {
			t.Fatalf("the rules do not hold %q", c.old)
		}
		if _, err := routed(t, strings.Replace(rules, c.old, c.new, 1)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("with %q: %v; want %q", c.new, err, c.want)
		}
	}
}

// TestSensibleRouting: who answers in Épinay and in the demo.
func TestSensibleRouting(t *testing.T) {
	for _, k := range []*Knowledge{loaded(t), demo(t)} {
		for topic, want := range map[string]string{
			"childminder.contract": "relais", "childminder.approved": "sam", "work.become": "sam", "creche.status": "inscription",
			"cmg.result": "caf", "money.tax": "caf", "family.pmi": "pmi", "childcare.disability": "pmi", "childcare.options": "relais",
		} {
			if team, ok := k.Route(topic, "parent", at(t, "2026-11-23T10:00")); !ok || team != want {
				t.Errorf("%s goes to %q, want %s", topic, team, want)
			}
		}
	}
}
