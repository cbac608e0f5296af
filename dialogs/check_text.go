package dialogs

import (
	"slices"
	"strings"
)

// A wanted is a text that a node speaks.
type wanted struct {
	key     string
	choices []string // shown below it
	listed  bool     // quotes what a look-up lists, not slots
	spoken  bool     // a whole message, not a label
}

// texts returns the texts of a node.
func (n *node) texts() []wanted {
	if !n.speaks() {
		return nil
	}
	var labels []string
	for _, b := range n.buttons {
		labels = append(labels, b.Text.Key)
	}
	list := []wanted{{key: n.key, choices: labels, spoken: true}}
	if n.act == actAsk {
		list = append(list, wanted{key: n.retry, choices: labels, spoken: true})
	}
	for _, l := range labels {
		list = append(list, wanted{key: l})
	}
	if n.lists() {
		list = append(list, wanted{key: n.item, listed: true})
	}
	return list
}

// texts checks the words: all there, in every language, and nothing more.
func (c *checker) texts() {
	used := map[string]bool{}
	for _, t := range c.book.trees {
		c.file = t.file
		for _, n := range t.nodes {
			for _, k := range n.texts() {
				used[k.key] = true
				c.text(n, k)
			}
		}
		for _, e := range t.intents {
			used["intent."+e.intent] = true
			c.present(e.to.line, "intent."+e.intent)
		}
		for _, s := range t.slots {
			c.names(t, s, used)
		}
	}
	c.file = "."
	for _, key := range EngineKeys() {
		used[key] = true
		if c.present(1, key); len(c.quotes(key)) > 0 {
			c.report(1, "D04", "%s is said where no slot is known", key)
		}
	}
	c.unused(used)
}

// names checks the names of choices that no node shows: they must be there when
// a text or a brief says them.
func (c *checker) names(t *tree, s *slot, used map[string]bool) {
	if s.asked {
		return
	}
	said := slices.ContainsFunc(t.nodes, func(n *node) bool { return c.says(n, s.name) })
	for _, id := range s.of {
		key := s.labels[id]
		used[key] = true
		if said {
			c.present(s.line, key)
		}
		if len(c.quotes(key)) > 0 {
			c.report(s.line, "D04", "%s is a name, it cannot quote a slot", key)
		}
	}
}

// says tells whether a node says a slot, to the family or to staff.
func (c *checker) says(n *node, slot string) bool {
	quoted := func(k wanted) bool { return !k.listed && slices.Contains(c.quotes(k.key), slot) }
	return slices.Contains(n.brief, slot) || slices.ContainsFunc(n.texts(), quoted)
}

// text checks one text of a node in all languages.
func (c *checker) text(n *node, k wanted) {
	c.present(n.line, k.key)
	c.same(n, k.key)
	c.quoted(n, k)
	c.facts(n.line, k.key)
	if k.spoken {
		c.fits(n, k)
	}
}

// present checks that a text is there in every language.
func (c *checker) present(line int, key string) {
	for _, lang := range c.s.Words.Languages() {
		if !c.s.Words.Has(lang, key) {
			c.report(line, "D06", "%s has no text %q", lang, key)
		}
	}
}

// same checks that a text uses the same slots in every language that has it.
func (c *checker) same(n *node, key string) {
	var first []string
	var than string
	for _, lang := range c.s.Words.Languages() {
		if !c.s.Words.Has(lang, key) {
			continue
		}
		slots := slices.Sorted(slices.Values(c.s.Words.Slots(lang, key)))
		if than == "" {
			first, than = slots, lang
		} else if !slices.Equal(first, slots) {
			c.report(n.line, "D08", "%s: %s quotes [%s], %s quotes [%s]", key, lang, strings.Join(slots, " "), than, strings.Join(first, " "))
		}
	}
}

// quotes returns the slots that a text uses in any language.
func (c *checker) quotes(key string) []string {
	if c.s.Words == nil {
		return nil
	}
	var all []string
	for _, lang := range c.s.Words.Languages() {
		all = append(all, c.s.Words.Slots(lang, key)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// quoted checks that what a text quotes exists, and is filled by then.
func (c *checker) quoted(n *node, k wanted) {
	for _, name := range c.quotes(k.key) {
		if k.listed {
			if _, ok := c.functions[n.slot.list].Item[name]; !ok {
				c.report(n.line, "D04", "%s quotes %s, which %s does not list", k.key, name, n.slot.list)
			}
			continue
		}
		if n.tree.slot[name] == nil {
			c.report(n.line, "D04", "%s quotes %s, which is no slot", k.key, name)
		} else if !slices.Contains(n.assured, name) {
			c.report(n.line, "D13", "%s quotes %s, which a path leaves empty", k.key, name)
		}
	}
}

// facts checks that a text can do without its facts, and warns when it must.
func (c *checker) facts(line int, key string) {
	for _, lang := range c.s.Words.Languages() {
		for _, fact := range c.s.Words.Facts(lang, key) {
			if !c.s.Words.Has(lang, key+".nofact") {
				c.report(line, "D06", "%s quotes the fact %s in %s and has no form without it: add %q", key, fact, lang, key+".nofact")
			}
			if c.s.FactInForce != nil && !c.s.FactInForce(fact) {
				c.report(line, "D15", "%s quotes the fact %s, which is not in force today", key, fact)
			}
		}
	}
}

// fits checks the length of a text by SMS.
func (c *checker) fits(n *node, k wanted) {
	if c.s.SegmentBudget == nil {
		return
	}
	for _, lang := range c.s.Words.Languages() {
		if !c.s.Words.Has(lang, k.key) {
			continue
		}
		have, budget := c.s.Words.Segments(lang, k.key, k.choices), c.s.SegmentBudget(lang)
		if have > budget {
			c.report(n.line, "D07", "%s takes %d SMS in %s with its choices, %d at most: shorten it, or add %q", k.key, have, lang, budget, k.key+".sms")
		}
	}
}

// unused checks that no text is left over: of a dialog, of the engine, of an
// intent. Texts of other rooms are not ours to judge.
func (c *checker) unused(used map[string]bool) {
	for _, lang := range c.s.Words.Languages() {
		c.file = "active." + lang + ".toml"
		for _, key := range c.s.Words.Keys(lang) {
			room, _, _ := strings.Cut(key, ".")
			ours := room == dialogGlobal || room == "intent" || c.book.tree[room] != nil
			if ours && !used[bare(key)] && !ownName(bare(key)) {
				c.report(1, "D17", "nothing says %q; remove it, or see whether its node has another name", key)
			}
		}
	}
}

// ownName tells whether a text is the name of a language ("language.fr"), which
// stands beside the dialog of the same name.
func ownName(key string) bool {
	code, ok := strings.CutPrefix(key, dialogLanguage+".")
	return ok && (len(code) == 2 || len(code) == 3)
}

// bare strips the forms of a text from its id.
func bare(key string) string {
	for {
		short := strings.TrimSuffix(strings.TrimSuffix(key, ".sms"), ".nofact")
		if short == key {
			return key
		}
		key = short
	}
}
