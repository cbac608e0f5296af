package knowledge

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func TestDefault(t *testing.T) {
	if _, err := Default(); err != nil {
		t.Fatal(err)
	}
}

// sound returns files that can be read, to be broken one line at a time.
func sound() map[string]string {
	return map[string]string{
		"town.yaml": `name: Ville Démo
postcode: "93800"
department: Seine-Saint-Denis
checked_on: 2026-11-23
quarters: [Nord]
domains: [ville-demo.fr]
switchboard:
  phone: "01 00 00 00 00"
  source: Magazine
  address: https://www.ville-demo.fr/
  sure: A
  checked_on:
`,
		"facts/one.yaml": `sources:
  law: {title: Une loi, address: "https://www.legifrance.gouv.fr/", checked_on: 2026-11-23}
facts:
  - {id: pay, kind: euros, value: "4.10", unit: hour, about: salaire, source: law, sure: A, from: 2025-01-01, until: 2026-05-31}
  - {id: pay, kind: euros, value: "4.20", unit: hour, about: salaire, source: law, sure: C, from: 2026-06-01, until: 2026-12-31}
`,
		"teams.yaml": `teams:
  - id: relais
    name: relais petite enfance
    institution: ville
    hours:
      monday: ["09:00-12:00", "13:30-17:30"]
    closed: ["2026-12-24..2027-01-01"]
`,
		"routing.yaml": `rules:
  - {what: Recherche et contrat, topics: [childminder, childcare.papers], audience: all, team: relais}
`,
		"replies.yaml": `replies:
  - {id: reply.pay, title: Le salaire, intents: [childminder_pay], blanks: [{name: date, kind: date}], facts: [pay], review: 2027-05-31}
  - {id: pay.minimum, title: Le minimum, facts: [pay], proofread: {ta: {by: Mme Selvi, on: 2026-10-01}}}
`,
		"calendar.yaml": `calendar:
  - {id: atelier, kind: workshop, title: Atelier, place: Salle Démo, quarter: Nord, audience: all, every: wednesday, time: "09:30-11:00", capacity: 10, ahead: 2}
`,
	}
}

func open(files map[string]string) fs.FS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func TestReadSound(t *testing.T) {
	if _, err := Read(open(sound())); err != nil {
		t.Fatal(err)
	}
}

// TestReadRefuses breaks one thing at a time: the error says the file, the line
// and what is wrong.
func TestReadRefuses(t *testing.T) {
	for _, c := range []struct{ file, old, new, want string }{
		{"facts/one.yaml", "unit: hour, about: salaire, source: law, sure: A", "units: hour, about: salaire, source: law, sure: A", "facts/one.yaml:4: field units not found"},
		{"facts/one.yaml", "facts:", "notes: x\nfacts:", "facts/one.yaml:3: field notes not found"},
		{"facts/one.yaml", "sure: C", "sure: E", "facts/one.yaml:5: fact pay: sure is A, B, C or D"},
		{"facts/one.yaml", `"4.20"`, `"4,20"`, "facts/one.yaml:5: fact pay: \"4,20\" is not a value of kind euros"},
		{"facts/one.yaml", "kind: euros, value: \"4.20\"", "kind: amount, value: \"4.20\"", "facts/one.yaml:5: fact pay: kind is one of"},
		{"facts/one.yaml", "kind: euros, value: \"4.20\"", "kind: date, value: \"2026-02-30\"", "facts/one.yaml:5: fact pay: there is no day 2026-02-30"},
		{"facts/one.yaml", "unit: hour, about: salaire, source: law, sure: C", "unit: heure, about: salaire, source: law, sure: C", "facts/one.yaml:5: fact pay: unit is one of"},
		{"facts/one.yaml", "unit: hour, about: salaire, source: law, sure: C", "unit: day, about: salaire, source: law, sure: C", "facts/one.yaml:5: fact pay: kind and unit are not those of facts/one.yaml:4"},
		{"facts/one.yaml", "from: 2026-06-01", "from: 2026-05-31", "facts/one.yaml:5: fact pay: facts/one.yaml:4 holds on the same days"},
		{"facts/one.yaml", ", until: 2026-05-31", "", "facts/one.yaml:5: fact pay: facts/one.yaml:4 holds on the same days"},
		{"facts/one.yaml", "until: 2026-12-31", "until: 2026-01-01", "facts/one.yaml:5: fact pay: it ends before it begins"},
		{"facts/one.yaml", "until: 2026-12-31", "until: 31/12/2026", "facts/one.yaml:5: a day is written 2026-11-23"},
		{"facts/one.yaml", "until: 2026-12-31", "until: 2026-12-32", "facts/one.yaml:5: a day is written 2026-11-23"},
		{"facts/one.yaml", "source: law, sure: C", "source: word, sure: C", "facts/one.yaml:5: fact pay: the file lists no source \"word\""},
		{"facts/one.yaml", "sources:", "sources:\n  idle: {title: x, address: \"https://caf.fr/\"}", "facts/one.yaml:1: no fact uses the source \"idle\""},
		{"facts/one.yaml", "id: pay, kind: euros, value: \"4.20\"", "id: Pay, kind: euros, value: \"4.20\"", "facts/one.yaml:5: fact Pay: an id is lower case"},
		{"facts/one.yaml", "about: salaire, source: law, sure: C", "about: \"\", source: law, sure: C", "facts/one.yaml:5: fact pay: say what it is about"},
		{"facts/one.yaml", "www.legifrance.gouv.fr", "www.legifrance.gouv.fr.example.com", "facts/one.yaml:4: fact pay: www.legifrance.gouv.fr.example.com is not an official site"},
		{"facts/one.yaml", "https://www.legifrance.gouv.fr/", "http://www.legifrance.gouv.fr/", "facts/one.yaml:4: fact pay: the address of a source is https"},
		{"facts/one.yaml", "www.legifrance.gouv.fr", "caf.fr@example.com", "the address of a source is https"},
		{"facts/one.yaml", "www.legifrance.gouv.fr", "fakecaf.fr", "fakecaf.fr is not an official site"},
		{"facts/one.yaml", "facts:", "facts:\n---", "facts/one.yaml:1: there must be one document"},
		{"town.yaml", "department:", "county:", "town.yaml:3: field county not found"},
		{"town.yaml", `"93800"`, `"938"`, "town.yaml:1: say name, department and postcode"},
		{"town.yaml", "domains: [ville-demo.fr]", "domains: [https://ville-demo.fr]", "is not a domain"},
		{"town.yaml", "domains: [ville-demo.fr]", "domains: []", "town.yaml:1: say the town's own site"},
		{"town.yaml", "[Nord]", "[Nord, Nord]", "town.yaml:5: quarter \"Nord\" is there twice"},
		{"town.yaml", "01 00 00 00 00", "call us", "town.yaml:7: fact town_phone: \"call us\" is not a value of kind phone"},
		{"teams.yaml", "09:00-12:00", "9h-12h", "teams.yaml:2: team relais: monday: \"9h-12h\" is not an interval"},
		{"teams.yaml", "09:00-12:00", "12:00-09:00", "teams.yaml:2: team relais: monday: 12:00-09:00 ends before it begins"},
		{"teams.yaml", "09:00-12:00", "09:00-14:00", "teams.yaml:2: team relais: monday: 13:30-17:30 begins before"},
		{"teams.yaml", "monday", "lundi", "teams.yaml:2: team relais: \"lundi\" is not a day of the week"},
		{"teams.yaml", "2026-12-24..2027-01-01", "2027-01-01..2026-12-24", "teams.yaml:2: team relais: closed is"},
		{"teams.yaml", "institution: ville", "institution: mairie", "teams.yaml:2: team relais: institution is"},
		{"teams.yaml", "teams:\n", "teams:\n  - {id: relais, name: x, institution: caf, hours: {monday: []}}\n", "teams.yaml:3: team relais is there twice"},
		{"replies.yaml", "reply.pay,", "reply.Pay,", "replies.yaml:2: the id of a reply is"},
		{"replies.yaml", "pay.minimum", "reply.pay", "replies.yaml:3: reply.pay is there twice"},
		{"replies.yaml", ", review: 2027-05-31", "", "replies.yaml:2: reply.pay: say title, and for what is written here review"},
		{"replies.yaml", "facts: [pay], review", "facts: [wage], review", "replies.yaml:2: reply.pay: there is no fact \"wage\""},
		{"replies.yaml", "kind: date", "kind: jour", "replies.yaml:2: reply.pay: kind of date is one of"},
		{"replies.yaml", "[{name: date, kind: date}]", "[{name: date, kind: date}, {name: date, kind: date}]", "replies.yaml:2: reply.pay: date is there twice"},
		{"replies.yaml", "by: Mme Selvi, ", "", "replies.yaml:3: pay.minimum: proofread in ta by whom"},
		{"calendar.yaml", "quarter: Nord", "quarter: Sud", "calendar.yaml:2: event atelier: quarter \"Sud\" is not in town.yaml"},
		{"calendar.yaml", "every: wednesday", "every: mercredi", "calendar.yaml:2: event atelier: every is a day of the week"},
		{"calendar.yaml", "kind: workshop", "kind: party", "calendar.yaml:2: event atelier: kind is one of"},
		{"calendar.yaml", "ahead: 2", "ahead: 0", "calendar.yaml:2: event atelier: capacity is 0 to 1000, ahead 1 to 9"},
		{"calendar.yaml", "capacity: 10", "capacity: ten", "calendar.yaml:2: cannot unmarshal"},
	} {
		files := sound()
		if !strings.Contains(files[c.file], c.old) {
			t.Fatalf("%s does not hold %q", c.file, c.old)
		}
		files[c.file] = strings.Replace(files[c.file], c.old, c.new, 1)
		if _, err := Read(open(files)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s with %q: %v; want %q", c.file, c.new, err, c.want)
		}
	}
}

func TestReadMissing(t *testing.T) {
	for name := range sound() {
		files := sound()
		delete(files, name)
		if _, err := Read(open(files)); err == nil || !strings.Contains(err.Error(), strings.Split(name, "/")[0]) {
			t.Errorf("without %s: %v", name, err)
		}
		files[name] = ""
		if _, err := Read(open(files)); err == nil {
			t.Errorf("%s is empty and nothing is said", name)
		}
	}
}
