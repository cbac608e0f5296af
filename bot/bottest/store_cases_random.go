package bottest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"doudou/bot"
)

var randomSuite = map[string]func(*storeTest){
	"staff, robot and family at random": randomCases,
}

// A caseModel is what a case must be after what was done to it.
type caseModel struct {
	*storeTest
	r     *rand.Rand
	from  string // number of the family
	id    bot.CaseID
	state bot.CaseState
	agent string
	team  string
	waits []string // said and not left, in order
	ends  bool     // the last of these closes the case
	heard bool     // the family wrote since that was said
	left  []string // what the family must have read of staff
	n     int
}

// randomCases lets two agents, the family and time do anything in any order, and
// compares the store with the model after each step.
func randomCases(t *storeTest) {
	for seed := range uint64(12) {
		m := &caseModel{storeTest: t, r: rand.New(rand.NewPCG(seed, 1)), from: fmt.Sprintf("+336000000%02d", seed)}
		m.open()
		for range 60 {
			m.step()
			m.check()
		}
		m.after(time.Hour) // the next family starts with nothing on its way
	}
}

func (m *caseModel) open() {
	_, m.id = m.openCase(m.from)
	m.state, m.agent, m.team, m.ends, m.heard = bot.Open, "", "rpe", false, false
}

func (m *caseModel) held() bool { return m.state == bot.Taken || m.state == bot.Waiting }

// step does one thing, and the same to the model.
func (m *caseModel) step() {
	m.n++
	agent := []string{"awa", "lea"}[m.r.IntN(2)]
	switch m.r.IntN(9) {
	case 0:
		m.say(agent, bot.Close)
	case 1, 2:
		m.say(agent, bot.Reply)
	case 3:
		m.plain(agent, bot.Take)
	case 4:
		m.plain(agent, bot.Release)
	case 5:
		m.takeBack(agent)
	case 6:
		m.family()
	case 7:
		m.pass(time.Duration(m.r.IntN(12)) * time.Second)
	default:
		m.move(agent)
	}
}

// refused tells what the model says against an act, nil when nothing.
func (m *caseModel) refused(agent string, do bot.ActKind) error {
	switch {
	case do != bot.Release && m.held() && m.agent != agent:
		return bot.ErrTaken
	case m.ends:
		return bot.ErrClosing
	}
	return nil
}

func (m *caseModel) same(err, want error) bool {
	m.Helper()
	if !errors.Is(err, want) || (err == nil) != (want == nil) {
		m.Fatalf("step %d: %v, the model says %v", m.n, err, want)
	}
	return err == nil
}

func (m *caseModel) say(agent string, do bot.ActKind) {
	text := fmt.Sprint("mot ", m.number())
	if !m.same(m.later(m.id, agent, do, text), m.refused(agent, do)) {
		return
	}
	m.waits = append(m.waits, text)
	if m.ends = do == bot.Close; m.ends {
		m.heard = false
		return
	}
	if !m.held() {
		m.agent = agent
	}
	m.state = bot.Waiting
}

func (m *caseModel) plain(agent string, do bot.ActKind) {
	if !m.same(m.act(m.id, agent, do, ""), m.refused(agent, do)) {
		return
	}
	switch {
	case do == bot.Release:
		m.state, m.agent = bot.Open, ""
	case !m.held():
		m.state, m.agent = bot.Taken, agent
	}
}

// takeBack takes back the last thing said, if this agent said it.
func (m *caseModel) takeBack(agent string) {
	list := m.partings(m.id)
	if len(list) == 0 || list[len(list)-1].Agent != agent {
		m.same(m.undo(m.id, agent), bot.ErrLate)
		return
	}
	m.must(m.undo(m.id, agent))
	m.waits = m.waits[:len(m.waits)-1]
	m.ends = false
	m.state = m.getCase(m.id).State // whether the family waits again is told elsewhere
}

func (m *caseModel) family() {
	m.commit(m.turn(m.next(m.hear(m.from, "encore"))))
	m.heard = true
	if m.state == bot.Waiting {
		m.state = bot.Taken
	}
}

// pass lets time pass: what is due leaves, and the last word closes the case
// unless the family wrote meanwhile.
func (m *caseModel) pass(d time.Duration) {
	m.Clock.Add(d)
	before := len(m.partings(m.id))
	_, err := m.Store.Depart(m.ctx, m.Now(), 10)
	m.must(err)
	gone := before - len(m.partings(m.id))
	m.left = append(m.left, m.waits[:gone]...)
	m.waits = m.waits[gone:]
	if !m.ends || len(m.waits) > 0 {
		return
	}
	m.ends = false
	if m.heard {
		return
	}
	m.left[len(m.left)-1] += "\nle robot est de retour"
	if c := m.getCase(m.id); c.State != bot.Closed {
		m.Fatalf("step %d: the last word has left and the case is %s", m.n, c.State)
	}
	m.flow()
	m.open()
}

func (m *caseModel) move(agent string) {
	to := map[string]string{"rpe": "pmi", "pmi": "rpe"}[m.team]
	err := m.Store.Act(m.ctx, bot.Act{Case: m.id, Agent: agent, Do: bot.Transfer, Referral: &bot.Referral{Team: to}, Tag: m.number(), At: m.Now()})
	if !m.same(err, m.refused(agent, bot.Transfer)) {
		return
	}
	m.left, m.waits = append(m.left, m.waits...), nil // what must leave leaves first
	m.team, m.state, m.agent = to, bot.Open, ""
}

// check compares the case with the model, and what the family read.
func (m *caseModel) check() {
	m.Helper()
	c := m.getCase(m.id)
	if c.State != m.state || c.Agent != m.agent || c.Team != m.team || len(m.partings(m.id)) != len(m.waits) {
		m.Fatalf("step %d: case %+v, the model says %s by %q of %s, %d about to leave", m.n, c, m.state, m.agent, m.team, len(m.waits))
	}
	m.flow()
}

// flow lets the channel send, and compares what it sent.
func (m *caseModel) flow() {
	m.Helper()
	if got, want := strings.Join(m.drain(), "|"), strings.Join(m.left, "|"); got != want {
		m.Fatalf("step %d: the family read %q, the model says %q", m.n, got, want)
	}
	m.left = nil
}
