package main

import (
	"encoding/csv"
	"slices"
	"strings"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// came are those who were let in.
func (d *day) came() []*guest {
	d.known()
	return slices.DeleteFunc(slices.Clone(d.people), func(g *guest) bool { return g.seat.Came.IsZero() })
}

// choose has everybody who came write the numbers of whom they want to see
// again; some write a wrong one first, and a childminder takes until Sunday.
func (d *day) choose() {
	d.at("2026-12-19 12:29")
	d.spoken("before they are home", nil)
	d.at("2026-12-19 12:30")
	came := d.came()
	d.spoken("whom do you want to see again", came)
	tomorrow := ofSide(came[2:], events.Childminder)[0]
	for i, g := range came {
		d.prefers(g, i)
	}
	together(came, func(g *guest) {
		if g != tomorrow {
			d.answers(g)
		}
	})
	d.at("2026-12-19 12:40")
	d.numbers("on Saturday", tomorrow)
	d.at("2026-12-20 21:00")
	d.answers(tomorrow)
	d.at("2026-12-20 21:10")
	d.spoken("on Sunday night", nil)
}

// prefers draws whom somebody liked of those whom they met.
func (d *day) prefers(g *guest, i int) {
	met := d.met(g)
	if i < 2 {
		d.likes[[2]*guest{g, d.people[1-i]}] = true // the two of the README
		if !slices.Contains(met, d.people[1-i]) {
			d.t.Errorf("%s and %s did not meet", g.name, d.people[1-i].name)
		}
		return
	}
	for _, other := range met {
		if d.liked(g) < 6 && d.random.IntN(5) < 3 {
			d.likes[[2]*guest{g, other}] = true
		}
	}
}

// met are those with whom somebody sat at a table.
func (d *day) met(g *guest) (list []*guest) {
	id := string(g.seat.Contact)
	for _, m := range d.plan(d.event.ID).Schedule.Meetings {
		switch {
		case m.Missed:
		case m.Parent == id:
			list = append(list, d.byContact(bot.ContactID(m.Childminder)))
		case m.Childminder == id:
			list = append(list, d.byContact(bot.ContactID(m.Parent)))
		}
	}
	return list
}

// liked is how many somebody liked.
func (d *day) liked(g *guest) (n int) {
	for pair := range d.likes {
		if pair[0] == g {
			n++
		}
	}
	return n
}

// answers writes the numbers, or that it is nobody.
func (d *day) answers(g *guest) {
	var numbers []string
	for _, other := range d.people {
		if d.likes[[2]*guest{g, other}] {
			numbers = append(numbers, itoa(other.seat.Number))
		}
	}
	if g.seat.Number%9 == 1 {
		d.talk(g, "99") // nobody has that badge
	}
	if len(numbers) == 0 {
		numbers = []string{g.voice.skip}
	}
	d.talk(g, strings.Join(numbers, " "))
}

// mutual tells whether two people wrote each other's number.
func (d *day) mutual(a, b *guest) bool {
	return d.likes[[2]*guest{a, b}] && d.likes[[2]*guest{b, a}]
}

// numbers checks that each was just told the name and number of all with whom it
// is mutual, but of somebody who has not answered.
func (d *day) numbers(when string, but *guest) {
	d.t.Helper()
	for _, g := range d.people {
		want := 0
		for _, other := range d.people {
			if d.mutual(g, other) && (but == nil || g != but && other != but) {
				want++
			}
		}
		if got := len(g.unasked(d.clock.Now())); got != want {
			d.t.Errorf("%s: %s was told %d numbers, want %d", when, g.name, got, want)
		}
	}
}

// exchanged waits for Monday: what was answered on Sunday night is told then.
func (d *day) exchanged() {
	tomorrow := ofSide(d.came()[2:], events.Childminder)[0]
	d.at("2026-12-21 08:00")
	for _, g := range d.people {
		want := 0
		for _, other := range d.people {
			if d.mutual(g, other) && (g == tomorrow || other == tomorrow) {
				want++
			}
		}
		if got := len(g.unasked(d.clock.Now())); got != want {
			d.t.Errorf("on Monday %s was told %d numbers, want %d", g.name, got, want)
		}
	}
}

// visited asks the families, from a week after, whether they met.
func (d *day) visited() {
	d.visits = d.follow("meet.visit", "2026-12-26", 12)
}

// signed asks them, from thirty days after, whether a contract is signed.
func (d *day) signed() {
	d.contracts = d.follow("meet.contract", "2027-01-18", 14)
}

// follow lets days go by and has families answer a question that the relais asks
// about each whose number they have; it returns how many answers were yes.
func (d *day) follow(node, from string, days int) (yes int) {
	d.t.Helper()
	asked := 0
	first, err := time.Parse(time.DateOnly, from)
	if err != nil {
		d.t.Fatal(err)
	}
	for n := range days {
		d.at(first.AddDate(0, 0, n).Format(time.DateOnly) + " 13:00")
		for _, g := range d.people {
			switch d.prompted(g, node, d.clock.Now()) {
			case 0:
				continue
			case 1:
			default:
				d.t.Errorf("%s is asked %s of several people at once", g.name, node)
			}
			asked++
			answer := 1 + d.random.IntN(2)
			if g == d.people[0] {
				answer = 1
			}
			yes += 2 - answer
			d.talk(g, itoa(answer))
		}
	}
	if want := d.pairs(); asked != want {
		d.t.Errorf("%s was asked %d times, want %d", node, asked, want)
	}
	return yes
}

// pairs is how many families and childminders have each other's number.
func (d *day) pairs() (n int) {
	for pair := range d.likes {
		if pair[0].side == events.Parent && d.mutual(pair[0], pair[1]) {
			n++
		}
	}
	return n
}

// prompted is how often the relais opened a node with somebody, at a time or, if
// it is zero, ever.
func (d *day) prompted(g *guest, node string, at time.Time) int {
	d.t.Helper()
	query := `SELECT COUNT(*) FROM line WHERE contact = ? AND intent LIKE ?`
	args := []any{string(g.seat.Contact), "prompt:" + node}
	if !at.IsZero() {
		query, args = query+` AND at = ?`, append(args, at.UnixMilli())
	}
	var n int
	if err := d.db.QueryRow(query, args...).Scan(&n); err != nil {
		d.t.Fatal(err)
	}
	return n
}

// figures compares the figures of the desk with what was played.
func (d *day) figures() {
	d.signIn()
	csvOf := csv.NewReader(strings.NewReader(strings.TrimPrefix(d.desk.get(d.base+d.page()+"/figures.csv"), "\ufeff")))
	csvOf.Comma = ';'
	rows, err := csvOf.ReadAll()
	if err != nil {
		d.t.Fatal(err)
	}
	for i, want := range d.played() {
		if i >= len(rows) || rows[i][1] != itoa(want) {
			d.t.Errorf("figure %d is %v, played %d", i, rows[min(i, len(rows)-1)], want)
		}
	}
}

// played counts what was played, in the order of the figures.
func (d *day) played() []int {
	var registered []*guest
	came := d.came()
	for _, g := range d.people {
		if g.seat.State == bot.Kept {
			registered = append(registered, g)
		}
	}
	plan := d.plan(d.event.ID).Schedule
	held := 0
	for _, g := range ofSide(came, events.Parent) {
		held += len(d.met(g))
	}
	wished := map[[2]*guest]bool{}
	for pair := range d.likes {
		if pair[0].side == events.Childminder {
			pair[0], pair[1] = pair[1], pair[0]
		}
		wished[pair] = true
	}
	families, minders := events.Parent, events.Childminder
	return []int{len(ofSide(registered, families)), len(ofSide(came, families)), len(ofSide(registered, minders)), len(ofSide(came, minders)),
		len(plan.Meetings), held, len(wished), d.pairs(), d.visits, d.contracts}
}
