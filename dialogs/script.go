package dialogs

import (
	"fmt"
	"io"
	"strings"
)

// Script prints a dialog with its words, in Markdown, as the coordinator reads
// and signs it: every node with what it says, what it waits for, and where it
// goes. text gives the words of a catalog id, "" when there are none. The signs
// are the same in all languages: → goes to, ? asks, • a choice, ↷ the person
// would rather not say, ✗ a failure, ↻ said after an answer not understood.
// The error is that of w, or says that there is no such dialog.
func (b *Book) Script(w io.Writer, dialog string, text func(key string) string) error {
	t := b.tree[dialog]
	if t == nil {
		return fmt.Errorf("there is no dialog %q; there are: %s", dialog, strings.Join(b.Dialogs(), " "))
	}
	p := &script{text: text}
	p.header(t)
	for _, n := range t.nodes {
		p.node(n)
	}
	_, err := io.WriteString(w, strings.TrimRight(strings.ReplaceAll(p.String(), "\n\n\n", "\n\n"), "\n")+"\n")
	return err
}

// A script is a dialog being printed.
type script struct {
	strings.Builder
	text func(key string) string
}

func (p *script) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

func (p *script) header(t *tree) {
	p.line("# %s\n\n%s\n", t.id, t.about)
	p.line("- owner: %s\n- review: %s", t.owner, t.review)
	for _, e := range t.intents {
		p.line("- intent %s → [%s](#%s)", e.id(), e.to.name, e.to.name)
	}
	for _, o := range t.prompts {
		p.line("- prompt (%s) → %s", strings.Join(o.slots, ", "), link(o.to))
	}
	for _, r := range t.reads {
		p.line("- reads %s → %s", r.value, r.slot)
	}
	for _, s := range t.slots {
		p.line("- slot %s", s.describe())
	}
}

// describe writes a slot in a few words: children (count, 1 to 12).
func (s *slot) describe() string {
	parts := []string{string(s.kind)}
	switch {
	case s.kind == KindText && s.max > 0:
		parts = append(parts, fmt.Sprintf("max %d", s.max))
	case s.min != 0 || s.max != 0:
		parts = append(parts, fmt.Sprintf("%d–%d", s.min, s.max))
	}
	if s.units != nil {
		parts = append(parts, strings.Join(s.units, " / "))
	}
	if s.of != nil {
		parts = append(parts, strings.Join(s.of, " / "))
	}
	if s.list != "" {
		parts = append(parts, s.list)
	}
	for _, mark := range []struct {
		on   bool
		word string
	}{{s.past, "past"}, {s.future, "future"}, {s.private, "private"}, {s.keep, "kept"}} {
		if mark.on {
			parts = append(parts, mark.word)
		}
	}
	return fmt.Sprintf("%s (%s)", s.name, strings.Join(parts, ", "))
}

func (p *script) node(n *node) {
	p.line("\n## %s\n", n.name)
	if n.speaks() {
		p.quote("", n.key)
	}
	switch n.act {
	case actAsk:
		p.line("? %s\n", n.slot.describe())
	case actLook:
		p.line("`%s(%s)` = %s\n", n.function, strings.Join(n.with, ", "), strings.Join(n.sets, ", "))
	case actHandoff:
		p.line("`handoff %s%s` %s\n", n.team, map[bool]string{true: " urgent"}[n.urgent], strings.Join(n.brief, ", "))
	case actNote:
		for _, o := range n.notes {
			p.line("`note %s` = %s\n", o.name, o.slot)
		}
	case actSet:
		for _, o := range n.settings {
			p.line("`set %s` = %s\n", o.slot, o.value)
		}
	case actRecord:
		p.line("`record %s(%s)`\n", n.function, strings.Join(n.with, ", "))
	case actForget:
		p.line("`forget`\n")
	case actRegister, actCancel, actLanguage:
		p.line("`%s` %s\n", n.act, n.slot.name)
	}
	p.ways(n)
	if n.act == actAsk {
		p.line("")
		p.quote("↻ ", n.retry)
	}
}

// quote prints a text; its SMS form too, when it has one.
func (p *script) quote(sign, key string) {
	for _, form := range []struct{ sign, key string }{{sign, key}, {sign + "(SMS) ", key + ".sms"}} {
		words := p.text(form.key)
		if words == "" && form.key == key {
			words = "?? " + key
		}
		if words != "" {
			p.line("> %s%s\n", form.sign, strings.ReplaceAll(words, "\n", "\n> "))
		}
	}
}

// ways prints where a node goes.
func (p *script) ways(n *node) {
	for _, o := range n.menu {
		p.line("- • %s → %s", p.label(n, o.id), link(o.to))
	}
	for _, id := range n.choiceIDs() {
		if n.act == actAsk {
			p.line("- • %s", p.label(n, id))
		}
	}
	if n.lists() {
		p.line("- • %s", p.text(n.item))
	}
	for _, b := range n.next {
		if b.when != nil {
			p.line("- %s %s %s → %s", b.when.slot, b.when.op, b.when.value, link(b.to))
		} else {
			p.line("- → %s", link(b.to))
		}
	}
	for _, e := range []struct {
		sign string
		to   target
	}{{"↷", n.skip}, {"✗", n.fails}, {"∅", n.empty}, {"full", n.full}, {"mine", n.mine}} {
		if e.to.written() {
			p.line("- %s → %s", e.sign, link(e.to))
		}
	}
}

// label names a choice as families read it, and as the tree calls it.
func (p *script) label(n *node, id string) string {
	words := p.text(n.key + "." + id)
	if words == "" {
		words = "??"
	}
	return fmt.Sprintf("%s (%s)", words, id)
}

// link writes a target; one in the same dialog can be followed.
func link(t target) string {
	if t.to == toNode {
		return fmt.Sprintf("[%s](#%s)", t.name, t.name)
	}
	return t.name
}
