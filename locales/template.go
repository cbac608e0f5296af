package locales

import (
	"fmt"
	"slices"
	"text/template"
	"text/template/parse"
)

// strict makes a missing value an error: the default would write "<no value>"
// to a family.
const strict = "missingkey=error"

// use parses one form of a text and adds what it quotes to the message. A text
// quotes values and does nothing else, so that one which was proved here cannot
// fail when it is written.
func (m *message) use(src string) error {
	t, err := template.New("text").Option(strict).Parse(src)
	if err != nil {
		return fmt.Errorf("does not parse: %w", err)
	}
	for _, node := range t.Root.Nodes {
		if err := m.useNode(node); err != nil {
			return err
		}
	}
	return nil
}

func (m *message) useNode(node parse.Node) error {
	if node.Type() == parse.NodeText {
		return nil
	}
	name, ok := quotedField(node)
	if !ok {
		return fmt.Errorf("%s: a text may only quote values, as {{.children}} or {{.fact.smic_hourly}}", node)
	}
	switch {
	case len(name) == 1 && name[0] == "PluralCount":
		m.number = true
	case len(name) == 1 && name[0] != "fact":
		m.slots = addOnce(m.slots, name[0])
	case len(name) == 2 && name[0] == "fact":
		m.facts = addOnce(m.facts, name[1])
	default:
		return fmt.Errorf("%s: values are quoted as {{.children}}, facts as {{.fact.smic_hourly}}", node)
	}
	return nil
}

// quotedField returns the name in an action that quotes one value: {{.a}} or {{.a.b}}.
func quotedField(node parse.Node) ([]string, bool) {
	action, ok := node.(*parse.ActionNode)
	if !ok || len(action.Pipe.Decl) > 0 || len(action.Pipe.Cmds) != 1 {
		return nil, false
	}
	args := action.Pipe.Cmds[0].Args
	if len(args) != 1 {
		return nil, false
	}
	field, ok := args[0].(*parse.FieldNode)
	if !ok {
		return nil, false
	}
	return field.Ident, true
}

func addOnce(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
