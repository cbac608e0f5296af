package bottest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"time"

	"doudou/bot"
)

// A circle is a few people who say this and that, and how it should come out.
type circle struct {
	*storeTest
	*rand.Rand
	people []*soul
	pairs  map[[2]bot.ContactID]*bond // a family and a childminder
}

// A soul is one of them.
type soul struct {
	from             string
	chair            int // 0 for families, 1 for childminders
	id               bot.ContactID
	profile, stopped bool
	badge            int // at the day; 0 for none
}

// A bond is an introduction, with what both sides say.
type bond struct {
	says      [2]bot.Consent
	chosen    [2]bool // the yes was said by choosing at the day
	exchanged bool
}

func newCircle(t *storeTest) *circle {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	c := &circle{storeTest: t, Rand: rand.New(rand.NewPCG(seed, 0)), pairs: map[[2]bot.ContactID]*bond{}}
	t.event("day", 20, time.Hour)
	for n := range 6 {
		s := &soul{from: fmt.Sprintf("+336%d%d00009%d", n%2+1, n%2+1, n), chair: n % 2, badge: n + 1, profile: true}
		s.id = t.meet(s.from)
		t.must(t.register(s.from, []string{"day"}, nil))
		c.people = append(c.people, s)
	}
	return c
}

func (c *circle) any() *soul { return c.people[c.IntN(len(c.people))] }

func key(s, with *soul) [2]bot.ContactID {
	if s.chair == 1 {
		s, with = with, s
	}
	return [2]bot.ContactID{s.id, with.id}
}

// yes is what asking and choosing come to.
func (c *circle) yes(s, with *soul, chosen bool) {
	if !s.profile || !with.profile || s.chair == with.chair {
		return
	}
	b := c.pairs[key(s, with)]
	if b == nil {
		b = &bond{}
		c.pairs[key(s, with)] = b
	}
	if !b.exchanged {
		b.says[s.chair], b.chosen[s.chair] = bot.Yes, chosen
	}
}

// no is what taking words back comes to: all of them, or those of the day.
func (c *circle) no(s *soul, chosen bool) {
	for _, with := range c.people {
		if b := c.pairs[key(s, with)]; b != nil && s.chair != with.chair && !b.exchanged && (b.chosen[s.chair] || !chosen) {
			b.says[s.chair], b.chosen[s.chair] = bot.No, false
		}
	}
}

func (c *circle) keep(s *soul) {
	s.id, s.profile = c.meet(s.from), true
}

func (c *circle) withdraw(s *soul) {
	s.id, s.profile = c.change(s.from, bot.Withdraw{}), false
	c.no(s, false)
}

func (c *circle) silence(s *soul) {
	s.stopped = !s.stopped
	c.stop(s.from, s.stopped)
}

func (c *circle) forget(s *soul) {
	turn := c.turn(c.next(c.hear(s.from, "EFFACE")))
	turn.Forget = true
	c.commit(turn)
	maps.DeleteFunc(c.pairs, func(k [2]bot.ContactID, _ *bond) bool { return k[s.chair] == s.id })
	*s = soul{from: s.from, chair: s.chair, id: c.change(s.from)}
}

func (c *circle) ask(s *soul) {
	with := c.any()
	s.id = c.change(s.from, bot.Introduce{With: []bot.ContactID{with.id}})
	c.yes(s, with, false)
}

func (c *circle) say(s *soul) {
	with, says := c.any(), bot.Yes
	if c.IntN(3) == 0 {
		says = bot.No
	}
	for _, i := range c.introductions(with.id, "") {
		if k := key(s, with); k[0] == i.Parent && k[1] == i.Childminder {
			c.change(s.from, bot.SayTo{Introduction: i.ID, Says: says})
			if b := c.pairs[k]; !b.exchanged || says == bot.No {
				b.says[s.chair] = says
			}
		}
	}
}

func (c *circle) choose(s *soul) {
	var numbers []int
	var chosen []*soul
	for _, with := range c.people {
		if with.badge > 0 && c.IntN(3) == 0 {
			numbers, chosen = append(numbers, with.badge), append(chosen, with)
		}
	}
	c.change(s.from, bot.Choose{Event: "day", Numbers: numbers})
	if !s.profile {
		return
	}
	c.no(s, true)
	for _, with := range chosen {
		if s.badge > 0 {
			c.yes(s, with, true)
		}
	}
}

// swap exchanges, and looks who is told.
func (c *circle) swap(*soul) {
	want := map[bot.ContactID]int{}
	for _, s := range c.people {
		for _, with := range c.people {
			b := c.pairs[key(s, with)]
			if s.chair != 0 || with.chair != 1 || b == nil || b.exchanged {
				continue
			}
			if b.says == [2]bot.Consent{bot.Yes, bot.Yes} && s.profile && with.profile && !s.stopped && !with.stopped {
				b.exchanged = true
				want[s.id]++
				want[with.id]++
			}
		}
	}
	c.exchange()
	got := map[bot.ContactID]int{}
	for id, words := range c.told() {
		got[id] = len(words)
	}
	if !maps.Equal(got, want) {
		c.Fatalf("told %v, want %v", got, want)
	}
}

// compare holds what is kept against what should have come out.
func (c *circle) compare(step int) {
	got := map[[2]bot.ContactID]bond{}
	for _, i := range c.introductions("", "") {
		k := [2]bot.ContactID{i.Parent, i.Childminder}
		b := bond{says: [2]bot.Consent{i.ParentSays, i.MinderSays}, exchanged: !i.Exchanged.IsZero()}
		if want := c.pairs[k]; want == nil || want.says != b.says || want.exchanged != b.exchanged {
			c.Fatalf("step %d: %v is %+v, should be %+v", step, k, b, want)
		}
		got[k] = b
	}
	if len(got) != len(c.pairs) {
		c.Fatalf("step %d: %d introductions, should be %d", step, len(got), len(c.pairs))
	}
}

// manyWords has six people say things in any order: who is put in touch is always
// who should be, once.
func manyWords(t *storeTest) {
	c := newCircle(t)
	steps := []func(*soul){c.ask, c.ask, c.say, c.say, c.say, c.choose, c.choose, c.swap, c.swap, c.keep, c.keep, c.withdraw, c.silence, c.forget}
	for n := range 150 {
		steps[c.IntN(len(steps))](c.any())
		c.compare(n)
	}
}

// allAtOnce has them change their minds while two replicas exchange: who is put
// in touch is told so once, and nobody else is.
func allAtOnce(t *storeTest) {
	c := newCircle(t)
	for _, s := range c.people {
		for _, with := range c.people {
			if s.chair == 0 { // the yes of the others comes while it is exchanged
				c.change(s.from, bot.Introduce{With: []bot.ContactID{with.id}})
			}
		}
	}
	list := c.introductions("", "")
	two := [2]bot.Store{t.Store, t.replica()}
	together(len(c.people)+2, func(n int) {
		for range 12 {
			var err error
			if n >= len(c.people) {
				err = t.exchangeOn(two[n-len(c.people)])
			} else {
				err = t.mutter(c.people[n].from, list)
			}
			if err != nil {
				t.Error(err)
			}
		}
	})
	told := t.told()
	for _, i := range c.introductions("", "") {
		want := map[bool]int{true: 0, false: 1}[i.Exchanged.IsZero()]
		for _, id := range []bot.ContactID{i.Parent, i.Childminder} {
			if n := strings.Count(strings.Join(told[id], " "), i.ID); n != want {
				t.Errorf("%+v: %s is told %d times", i, id, n)
			}
		}
	}
}

// mutter has somebody say yes to one introduction and no to another, or take
// all back and say it anew.
func (t *storeTest) mutter(from string, list []bot.Introduction) error {
	id, _, err := t.Store.Accept(t.ctx, t.message(from, "x"))
	if err != nil {
		return err
	}
	w, err := t.Store.Next(t.ctx, id)
	if err != nil {
		return err
	}
	turn := t.turn(w)
	turn.Changes = []bot.Change{
		bot.SayTo{Introduction: list[rand.IntN(len(list))].ID, Says: bot.Yes},
		bot.SayTo{Introduction: list[rand.IntN(len(list))].ID, Says: bot.No},
	}
	if rand.IntN(4) == 0 {
		turn.Changes = []bot.Change{bot.Withdraw{}, bot.KeepProfile{Profile: t.need(from)}}
	}
	_, err = t.Store.Commit(t.ctx, turn)
	return err
}
