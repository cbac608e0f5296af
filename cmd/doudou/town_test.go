package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doudou/dialogs"
	"doudou/knowledge"
)

func noEnv(string) string { return "" }

// inDemo is what is known of the demo town.
func inDemo(t *testing.T) *knowledge.Knowledge {
	t.Helper()
	k, err := knowledge.Demo()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// folder writes files of a town.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const otherTown = `name: Autreville
postcode: "99999"
department: Ailleurs
checked_on: 2026-11-23
quarters: [Haut, Bas]
domains: [autreville.example, seinesaintdenis.fr]
switchboard: {phone: "01 99 00 99 00", source: Autreville, address: "https://autreville.example/", sure: A, checked_on: 2026-11-23}
`

const otherPlaces = `places:
  - id: pmi_haut
    kind: pmi
    name: PMI du Haut
    address: 1 rue du Haut
    quarter: Haut
    hours: {monday: ["09:00-12:00"]}
    phone: "01 99 00 99 01"
    checked_on: 2026-11-23
    by: relais
`

// TestTownSetting: without settings the town is the demo; once families can
// write it is the true one; a folder is another town.
func TestTownSetting(t *testing.T) {
	dir := folder(t, map[string]string{"town.yaml": otherTown})
	sms := map[string]string{"DOUDOU_TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000001"}
	for _, c := range []struct {
		town     string
		settings map[string]string
		want     string
	}{
		{"", nil, "Ville-Démo"},
		{"", map[string]string{"DOUDOU_TELEGRAM_TOKEN": "1:x"}, "Épinay-sur-Seine"},
		{"", sms, "Épinay-sur-Seine"},
		{"demo", map[string]string{"DOUDOU_TELEGRAM_TOKEN": "1:x"}, "Ville-Démo"},
		{"epinay", nil, "Épinay-sur-Seine"},
		{dir, nil, "Autreville"},
	} {
		p := &program{getenv: func(name string) string {
			if name == "DOUDOU_TOWN" {
				return c.town
			}
			return c.settings[name]
		}}
		if k, err := p.openTown(); err != nil || k.Town().Name != c.want {
			t.Errorf("%q with %v: %v, want %s", c.town, c.settings, err, c.want)
		}
	}
}

// TestTownRefused: a wrong setting, or a folder that cannot be read, starts
// nothing, and says the file and the line.
func TestTownRefused(t *testing.T) {
	for _, c := range []struct {
		files map[string]string
		want  string
	}{
		{nil, "is neither demo, epinay nor a folder"},
		{map[string]string{"readme.txt": "x"}, "holds no .yaml file"},
		{map[string]string{"towns.yaml": otherTown}, "towns.yaml:1: Doudou reads"},
		{map[string]string{"town.yaml": strings.Replace(otherTown, "department", "region", 1)}, "town.yaml:3: field region not found"},
		{map[string]string{"town.yaml": otherTown, "places/a.yaml": strings.Replace(otherPlaces, "pmi\n", "pmo\n", 1)}, "places/a.yaml:2: place pmi_haut: kind is one of"},
	} {
		dir := filepath.Join(t.TempDir(), "none")
		if c.files != nil {
			dir = folder(t, c.files)
		}
		for _, command := range []string{"serve", "check", "chat", "facts"} {
			_, errs, code := run(t, map[string]string{"DOUDOU_TOWN": dir, "DOUDOU_DATA": t.TempDir(), "DOUDOU_LISTEN": "127.0.0.1:0"}, command)
			if code != 1 || !strings.Contains(errs, c.want) {
				t.Errorf("%s: code %d, %q; want %q", command, code, errs, c.want)
			}
		}
	}
	if _, errs, code := run(t, map[string]string{"DOUDOU_TOWN": "démo"}, "config"); code != 1 || !strings.Contains(errs, "DOUDOU_TOWN") {
		t.Errorf("config: code %d, %q", code, errs)
	}
}

// TestFactsCommand: facts and places of the town, in three forms.
func TestFactsCommand(t *testing.T) {
	dir := folder(t, map[string]string{"town.yaml": otherTown, "places/a.yaml": otherPlaces})
	for _, c := range []struct {
		town, args string
		has, lacks []string
	}{
		{"", "facts", []string{"caf_phone", "3230", "spoken", "facts/"}, []string{"PMI Démo"}},
		{"", "facts --csv", []string{"id,value,kind,unit,sure,state,from,until,checked_on,about,source,address,file\n", "caf_phone,3230,phone,,A,spoken,"}, nil},
		{"", "facts --expires 0", []string{"cmg_scale_date"}, []string{"caf_phone"}},
		{"", "facts places", []string{"pmi_lilas", "PMI Démo des Lilas", "expired"}, []string{"caf_phone"}},
		{"epinay", "facts", []string{"town_phone", "unchecked"}, nil},
		{"epinay", "facts places --csv", []string{"pmi,pmi,Centre de PMI,unchecked,"}, []string{"Démo", ",checked,"}},
		{"epinay", "facts places --expires 60", []string{"checked_on"}, []string{"pmi"}},
		{dir, "facts places --expires 36000", []string{"pmi_haut", "2027-05-23"}, nil},
	} {
		out, errs, code := runOn(t, "2031-06-01", map[string]string{"DOUDOU_TOWN": c.town}, strings.Fields(c.args)...)
		if code != 0 {
			t.Errorf("%s: code %d, %s", c.args, code, errs)
		}
		for _, text := range c.has {
			if !strings.Contains(out, text) {
				t.Errorf("%s of %q lacks %q:\n%.600s", c.args, c.town, text, out)
			}
		}
		for _, text := range c.lacks {
			if strings.Contains(out, text) {
				t.Errorf("%s of %q has %q", c.args, c.town, text)
			}
		}
	}
	out, _, _ := run(t, nil, "facts", "places", "--json")
	for line := range strings.Lines(out) {
		var place map[string]string
		if err := json.Unmarshal([]byte(line), &place); err != nil || place["id"] == "" || !strings.Contains(place["name"], "Démo") {
			t.Errorf("%v: %s", err, line)
		}
	}
	if _, errs, code := run(t, nil, "facts", "people"); code != 1 || !strings.Contains(errs, "people") {
		t.Errorf("code %d, %s", code, errs)
	}
}

// TestCheckRouting: a topic of which no dialog knows is a broken rule.
func TestCheckRouting(t *testing.T) {
	dir := folder(t, map[string]string{"routing.yaml": `rules:
  - {what: Contrats, topics: [childminder.sign, creche], audience: all, team: relais}
`})
	k, err := knowledge.Overlay(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	c, _, err := readContent(inDemo(t), checkDay())
	if err != nil {
		t.Fatal(err)
	}
	c.knowledge = k
	var found []dialogs.Problem
	for _, b := range c.check(checkDay()) {
		if b.Code == "K01" {
			found = append(found, b)
		}
	}
	if len(found) != 1 || found[0].String() != "routing.yaml:2: K01 there is no dialog or node childminder.sign" {
		t.Error(found)
	}
}

// TestTownNotes: what the coordinator should look at, for a town.
func TestTownNotes(t *testing.T) {
	town, err := knowledge.Default()
	if err != nil {
		t.Fatal(err)
	}
	notes := strings.Join(townNotes(&program{now: checkDay}, town), "\n")
	for _, want := range []string{
		"expires soon: fact creche_hourly_max", "nobody has checked: fact town_phone of Épinay-sur-Seine (town.yaml:",
		"routing.yaml: not signed yet by ville, departement, caf",
	} {
		if !strings.Contains(notes, want) {
			t.Errorf("nothing says %q:\n%s", want, notes)
		}
	}
	if notes := strings.Join(townNotes(&program{now: checkDay}, inDemo(t)), "\n"); strings.Contains(notes, "place ") || strings.Contains(notes, "nobody") {
		t.Errorf("the demo is not complete:\n%s", notes)
	}
}
