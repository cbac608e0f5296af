package events

import (
	"fmt"
	"math/rand/v2"
)

// crowd invents participants as they come to the relais. With late, windows
// differ; without, everybody stays the whole day.
func crowd(r *rand.Rand, parents, minders int, late bool, o Options) []Participant {
	list := make([]Participant, 0, parents+minders)
	for i := range parents + minders {
		p := Participant{ID: fmt.Sprintf("p%03d", i+1), Side: Parent, Places: 1}
		if i >= parents {
			p = Participant{ID: fmt.Sprintf("c%03d", i-parents+1), Side: Childminder, Places: 1 + r.IntN(3)}
		}
		wish(r, &p)
		if late {
			p.Room = window(r, o)
		}
		list = append(list, p)
	}
	return list
}

func wish(r *rand.Rand, p *Participant) {
	for range 2 + r.IntN(5) {
		p.Days |= Monday << r.IntN(6)
	}
	from := Clock(60 * (6 + r.IntN(5)))
	p.Hours = []Span{{from, from + Clock(60*(3+r.IntN(8)))}}
	for range 1 + r.IntN(2) {
		p.Quarters = append(p.Quarters, []string{"orgemont", "centre", "cygnes", "joncherolles", "briche"}[r.IntN(5)])
	}
	p.Start = NewMonth(2027, 1+r.IntN(9))
	p.Languages = []string{"fr", "ta", "ar", "tr", "pt"}[:1+r.IntN(3)]
	if p.Side == Parent {
		age := 2 + r.IntN(30)
		p.Ages = []Ages{{age, age}}
	}
}

// window is a stay of some rounds, the whole day for one in three.
func window(r *rand.Rand, o Options) Span {
	if r.IntN(3) == 0 {
		return Span{}
	}
	length := 1 + r.IntN(o.Rounds)
	first := 1 + r.IntN(o.Rounds-length+1)
	return Span{o.Start(first) - Clock(r.IntN(2)), o.Start(first+length-1) + Clock(o.Minutes+r.IntN(2))}
}
