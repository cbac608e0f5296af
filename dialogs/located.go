package dialogs

import "regexp"

// How a place was given, as conditions say it ("where = shared").
const (
	placeShared = "shared"
	placeTyped  = "typed"
)

var coordinates = regexp.MustCompile(`^-?[0-9]{1,2}\.[0-9]{3},-?[0-9]{1,3}\.[0-9]{3}$`)

// given tells whether a place was shared or typed.
func given(place string) string {
	if coordinates.MatchString(place) {
		return placeShared
	}
	return placeTyped
}

// near returns where the dialog begins that a shared location opens, and the
// slot that it fills there; nil when there is none.
func (b *Book) near() (*node, *slot) {
	t := b.tree[dialogNear]
	if t == nil || t.start == nil {
		return nil, nil
	}
	if s := t.slot[slotWhere]; s != nil && s.kind == KindPlace {
		return t.start, s
	}
	return nil, nil
}

// Locates tells whether a location that the family shares now is of any use.
func (b *Book) Locates(s Session) bool {
	n, _ := b.near()
	return n != nil || b.Expecting(s).Kind == KindPlace
}

// located takes a location that was shared: it answers the question of where,
// or asks what is near.
func (w *walk) located(at string) {
	if q := w.question(); q != nil && q.act == actAsk && q.slot.kind == KindPlace {
		w.s.Offer = nil
		if w.choose(q, at) {
			return
		}
	}
	if n, where := w.book.near(); n != nil && where.accepts(at) {
		w.leave(n)
		w.set(where.name, at)
		w.follow(n)
	} else {
		w.missed(Input{})
	}
	w.turn.Private = true
}
