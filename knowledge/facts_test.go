package knowledge

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"doudou/knowledge/cmg"
)

func loaded(t *testing.T) *Knowledge {
	t.Helper()
	k, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func demo(t *testing.T) *Knowledge {
	t.Helper()
	k, err := Demo()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// at reads a moment of the town.
func at(t *testing.T, text string) time.Time {
	t.Helper()
	when, err := time.ParseInLocation(moment, text, paris(t))
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func TestFact(t *testing.T) {
	files := sound()
	files["facts/two.yaml"] = `sources:
  law: {title: Une loi, address: "https://www.caf.fr/", checked_on: 2026-11-23}
  idea: {title: Une idée, address: "https://www.caf.fr/"}
facts:
  - {id: rumour, kind: count, value: "3", about: bruit, source: law, sure: D}
  - {id: unread, kind: count, value: "3", about: jamais vérifié, source: idea, sure: A}
  - {id: always, kind: count, value: "3", about: toujours vrai, source: law, sure: B}
`
	k, err := Read(open(files))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ id, on, want string }{
		{"pay", "2024-12-31T23:59", ""}, {"pay", "2025-01-01T00:00", "4.10"}, {"pay", "2026-05-31T23:59", "4.10"},
		{"pay", "2026-06-01T00:00", "4.20"}, {"pay", "2026-12-31T23:59", "4.20"}, {"pay", "2027-01-01T00:00", ""},
		{"rumour", "2026-11-23T12:00", ""}, {"unread", "2026-11-23T12:00", ""}, {"always", "1999-01-01T00:00", "3"},
		{"nothing", "2026-11-23T12:00", ""}, {"zzz", "2026-11-23T12:00", ""}, {"", "2026-11-23T12:00", ""},
		{"town_name", "2026-11-23T12:00", "Ville Démo"}, {"town_phone", "2026-11-23T12:00", ""},
	} {
		// Asked on a machine that runs on universal time.
		if f, ok := k.Fact(c.id, at(t, c.on).UTC()); f.Value != c.want || ok != (c.want != "") {
			t.Errorf("%s on %s: %q, %v; want %q", c.id, c.on, f.Value, ok, c.want)
		}
	}
	for days, want := range map[int][]string{10: nil, 37: nil, 38: {"pay"}, 4000: {"pay"}} {
		var ids []string
		for _, f := range k.Expiring(at(t, "2026-11-23T12:00"), days) {
			ids = append(ids, f.ID)
		}
		if !slices.Equal(ids, want) {
			t.Errorf("within %d days: %v, want %v", days, ids, want)
		}
	}
	if list := k.Expiring(at(t, "2028-01-01T00:00"), 0); len(list) != 1 {
		t.Errorf("a fact that has ended is not told: %v", list)
	}
}

// TestNeededFacts: these ids are named by texts in ten languages.
func TestNeededFacts(t *testing.T) {
	k, on := loaded(t), at(t, "2026-11-23T12:00")
	for id, want := range map[string]string{
		"emergency_medical": "15", "emergency_police": "17", "emergency_fire": "18", "emergency_europe": "112",
		"emergency_text": "114", "child_danger_phone": "119", "violence_phone": "3919", "despair_phone": "3114",
		"parents_baby_phone": "0 800 00 34 56", "caf_phone": "3230", "town_name": "Épinay-sur-Seine",
		"cmg_age": "6", "cmg_age_lone": "12", "cmg_resources_ceiling": "8500", "approval_children": "4",
		"training_hours": "120", "training_year_hours": "58", "childminder_minimum_hourly": "4.20",
		"upkeep_day_minimum": "2.65", "upkeep_hourly": "0.435", "notice_short_days": "8", "notice_medium_days": "15",
		"notice_long_months": "1", "laep_age": "6", "pmi_age": "6", "school_age": "3", "creche_hourly_min": "0.50",
		"creche_hourly_max": "5.26", "monenfant_deadline": "2026-12-01",
	} {
		if f, ok := k.Fact(id, on); !ok || f.Value != want {
			t.Errorf("%s: %q, %v; want %q", id, f.Value, ok, want)
		}
	}
	for _, id := range []string{"pajemploi_advance_months", "pajemploi_plus_required_date", "tax_advance_date",
		"adaje_end", "mam_start_aid", "missing_child_phone", "town_phone"} {
		if f, ok := k.Fact(id, on); ok {
			t.Errorf("%s is not sure and would be said: %q", id, f.Value)
		}
		if !slices.ContainsFunc(k.Facts(), func(f Fact) bool { return f.ID == id }) {
			t.Errorf("%s is unknown", id)
		}
	}
}

// TestFactsAgreeWithTheCalculator: what is said of the CMG is what is computed.
func TestFactsAgreeWithTheCalculator(t *testing.T) {
	k := loaded(t)
	for _, day := range []string{"2025-10-01T12:00", "2026-11-23T12:00"} {
		on := at(t, day)
		p, err := cmg.On(on)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]decimal.Decimal{
			"cmg_reference_hourly": p.Reference, "cmg_reference_home_hourly": p.ReferenceHome,
			"cmg_cap_hourly": p.Cap, "cmg_cap_home_hourly": p.CapHome, "cmg_resources_ceiling": p.Ceiling,
			"cmg_rate_one": p.Rates[0], "cmg_rate_two": p.Rates[1], "cmg_rate_three": p.Rates[2],
			"cmg_rate_four": p.Rates[3], "cmg_rate_eight": p.Rates[4],
		}
		for id, value := range want {
			f, ok := k.Fact(id, on)
			if !ok || !decimal.RequireFromString(f.Value).Equal(value) {
				t.Errorf("%s on %s: %q, the calculator has %s", id, day, f.Value, value)
			}
		}
	}
	f, _ := k.Fact("cmg_scale_date", at(t, "2026-11-23T12:00"))
	p, _ := cmg.On(at(t, "2026-11-23T12:00"))
	if f.Value != p.ValidFrom.Format(time.DateOnly) || !f.Until.Equal(p.ValidTo) {
		t.Errorf("the scale is said to hold from %s to %s, the calculator's %s to %s", f.Value, f.Until, p.ValidFrom, p.ValidTo)
	}
}

// TestNoAddress: no postal address of Épinay could be verified, so none may slip in.
func TestNoAddress(t *testing.T) {
	k := loaded(t)
	var said []string
	for _, f := range k.Facts() {
		said = append(said, f.Value)
	}
	for _, p := range k.Places() {
		said = append(said, p.Name, p.Address, p.Phone)
		if !p.CheckedOn.IsZero() || p.Phone != "" || p.Address != "" {
			t.Errorf("%s: where does its address come from?", p.ID)
		}
	}
	if n := len(k.Calendar(at(t, "2026-11-23T12:00"))); n > 0 {
		t.Errorf("%d dates of Épinay, which nobody has checked", n)
	}
	for _, s := range said {
		for _, word := range []string{"rue ", "avenue", "boulevard", "place ", "93800"} {
			if strings.Contains(strings.ToLower(s), word) {
				t.Errorf("%q looks like an address", s)
			}
		}
	}
}

func TestTeams(t *testing.T) {
	k := loaded(t)
	var ids []string
	for _, team := range k.Teams() {
		ids = append(ids, team.ID)
		if !team.Example {
			t.Errorf("the hours of %s are invented and not marked so", team.ID)
		}
	}
	if want := []string{"relais", "inscription", "pmi", "sam", "caf"}; !slices.Equal(ids, want) {
		t.Errorf("teams %v, want %v", ids, want)
	}
}
