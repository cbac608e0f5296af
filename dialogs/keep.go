package dialogs

import (
	"maps"
	"strings"
)

// keep notes a value that stays when its dialog is left, in a copy of what the
// session came with.
func (w *walk) keep(key, value string) {
	switch {
	case w.s.Kept == nil:
		w.s.Kept = map[string]string{}
	case !w.ownKept:
		w.s.Kept = maps.Clone(w.s.Kept)
	}
	w.ownKept = true
	w.s.Kept[key] = value
}

// kept returns what was kept of a dialog, by slot; nil when nothing was.
func (w *walk) kept(t *tree) map[string]string {
	var slots map[string]string
	for key, value := range w.s.Kept {
		if name, ours := strings.CutPrefix(key, t.id+"."); ours {
			if slots == nil {
				slots = map[string]string{}
			}
			slots[name] = value
		}
	}
	return slots
}

// recall fills the slots of a dialog that begins with what was kept of it.
func (w *walk) recall(t *tree) {
	if slots := w.kept(t); slots != nil {
		w.s.Slots, w.own = slots, true
	}
}

// siftKept drops the kept values that no slot of today's trees would keep.
func (w *walk) siftKept() {
	for key, value := range w.s.Kept {
		if w.book.keeps(key, value) {
			continue
		}
		kept := maps.Clone(w.s.Kept)
		maps.DeleteFunc(kept, func(key, value string) bool { return !w.book.keeps(key, value) })
		w.s.Kept, w.ownKept = kept, true
		return
	}
}

// keeps tells whether a value may be kept under "dialog.slot".
func (b *Book) keeps(key, value string) bool {
	dialog, name, _ := strings.Cut(key, ".")
	t := b.tree[dialog]
	if t == nil {
		return false
	}
	s := t.slot[name]
	return s != nil && s.keep && s.holds(value)
}
