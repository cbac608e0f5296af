package knowledge

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A Routing is who answers what: a file that the institutions read and sign.
type Routing struct {
	Rules  []Rule
	Signed []Signature
}

// A Rule sends some questions to a team.
type Rule struct {
	What         string   // in French, as the institutions read it
	Topics       []string // dialogs ("creche") or nodes ("creche.status")
	Audience     string   // parent, childminder, all
	Team, Deputy string   // the deputy, or "", answers while the team is away
	File         string
	Line         int
}

// A Signature says that an institution agrees.
type Signature struct {
	Institution, Name string
	On                time.Time
}

// Routing returns who answers what.
func (k *Knowledge) Routing() Routing {
	return Routing{slices.Clone(k.routing.Rules), slices.Clone(k.routing.Signed)}
}

// Unsigned returns the institutions that have not signed.
func (r Routing) Unsigned() []string {
	return slices.DeleteFunc(institutions(), func(i string) bool {
		return slices.ContainsFunc(r.Signed, func(s Signature) bool { return s.Institution == i })
	})
}

// patience is how many of its own days a team may be away before its deputy answers.
const patience = 3

// Route returns the team that answers a topic ("creche.status") for an audience
// ("" when unknown), at a time: the deputy while the team is away for long. It
// is false when no rule is about it.
func (k *Knowledge) Route(topic, audience string, at time.Time) (team string, ok bool) {
	r, ok := k.routing.rule(topic, audience)
	if !ok {
		return "", false
	}
	if r.Deputy != "" && k.away(r.Team, at) && !k.away(r.Deputy, at) {
		return r.Deputy, true
	}
	return r.Team, true
}

// rule finds the rule for a topic: one that names the node before one that
// names the dialog, one for the audience before one for all.
func (r Routing) rule(topic, audience string) (Rule, bool) {
	dialog, _, _ := strings.Cut(topic, ".")
	for _, name := range []string{topic, dialog} {
		for _, who := range []string{audience, "all"} {
			for _, rule := range r.Rules {
				if rule.Audience == who && slices.Contains(rule.Topics, name) {
					return rule, true
				}
			}
		}
	}
	return Rule{}, false
}

// away tells whether a team is closed on all of the next days on which it is
// usually there.
func (k *Knowledge) away(team string, at time.Time) bool {
	t, err := k.team(team)
	return err == nil && t.Hours.away(k.local(at), patience)
}

type routingFile struct {
	Rules []struct {
		What     string   `yaml:"what"`
		Topics   []string `yaml:"topics"`
		Audience string   `yaml:"audience"`
		Team     string   `yaml:"team"`
		Deputy   string   `yaml:"deputy"`
	} `yaml:"rules"`
	Signed []struct {
		Institution string `yaml:"institution"`
		Name        string `yaml:"name"`
		On          day    `yaml:"on"`
	} `yaml:"signed"`
}

func readRouting(fsys fs.FS, teams []Team) (r Routing, wrong []error) {
	var file routingFile
	doc, err := readYAML(fsys, "routing.yaml", &file)
	if err != nil {
		return r, []error{err}
	}
	for i, line := range linesOf(doc, "rules") {
		e := file.Rules[i]
		rule := Rule{e.What, e.Topics, e.Audience, e.Team, e.Deputy, "routing.yaml", line}
		if err := rule.check(teams, r.Rules); err != nil {
			wrong = append(wrong, position{rule.File, line}.wrong("%w", err))
		}
		r.Rules = append(r.Rules, rule)
	}
	for i, line := range linesOf(doc, "signed") {
		s := file.Signed[i]
		if !slices.Contains(institutions(), s.Institution) || s.Name == "" || s.On.IsZero() {
			wrong = append(wrong, position{"routing.yaml", line}.wrong("a signature has institution (one of %v), name, and the day (on)", institutions()))
		}
		r.Signed = append(r.Signed, Signature{s.Institution, s.Name, s.On.Time})
	}
	return r, wrong
}

var topicForm = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$`)

// check refuses a rule that means nothing, or that an earlier one contradicts.
// Whether its topics exist is for whoever knows the dialogs.
func (r Rule) check(teams []Team, before []Rule) error {
	team := func(id string) bool { return slices.ContainsFunc(teams, func(t Team) bool { return t.ID == id }) }
	switch {
	case r.What == "" || len(r.Topics) == 0:
		return fmt.Errorf("a rule says what it is about (what) and for which topics")
	case !slices.Contains([]string{"parent", "childminder", "all"}, r.Audience):
		return fmt.Errorf("audience is parent, childminder or all, not %q", r.Audience)
	case !team(r.Team):
		return fmt.Errorf("there is no team %q in teams.yaml", r.Team)
	case r.Deputy != "" && (r.Deputy == r.Team || !team(r.Deputy)):
		return fmt.Errorf("the deputy %q is no other team of teams.yaml", r.Deputy)
	}
	for i, topic := range r.Topics {
		if !topicForm.MatchString(topic) {
			return fmt.Errorf("a topic is dialog or dialog.node, not %q", topic)
		}
		same := func(o Rule) bool { return o.Audience == r.Audience && slices.Contains(o.Topics, topic) }
		if slices.Contains(r.Topics[:i], topic) || slices.ContainsFunc(before, same) {
			return fmt.Errorf("%s is there twice for %s", topic, r.Audience)
		}
	}
	return nil
}
