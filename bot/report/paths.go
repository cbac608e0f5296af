package report

import (
	"slices"
	"strings"
)

// A place is where somebody stands on a path.
type place struct {
	asked uint64 // the steps that they were asked, a bit each
	last  int    // the last of them
	done  bool
}

// A standing counts how far people come on one path.
type standing struct {
	Path
	steps   map[string]int
	started int
	reached []int // people who were asked, by step
	left    []int // whose last step it was, and who did not finish
	done    int
}

func newStanding(p Path) *standing {
	s := &standing{Path: p, steps: map[string]int{}, reached: make([]int, len(p.Steps)), left: make([]int, len(p.Steps))}
	for i, step := range p.Steps {
		s.steps[step.Key] = i
	}
	return s
}

// step notes what the robot said to somebody.
func (s *standing) step(p *place, key string) {
	if i, asks := s.steps[key]; asks {
		p.asked, p.last, p.done = p.asked|1<<i, i, false
	} else if p.asked != 0 && slices.Contains(s.Steps[p.last].Ends, key) {
		p.done = true
	}
}

// count counts somebody whose lines were all read.
func (s *standing) count(p place) {
	if p.asked == 0 {
		return
	}
	s.started++
	for i := range s.Steps {
		if p.asked&(1<<i) != 0 {
			s.reached[i]++
		}
	}
	if p.done {
		s.done++
	} else {
		s.left[p.last]++
	}
}

// A stretch is steps one after another that are counted together, so that
// neither who left there nor who went on is of fewer than five.
type stretch struct{ from, to, reached, left int }

// stretches cuts a path into as many stretches as may be shown. ok is false when
// even the end of the path may not be told.
func (s *standing) stretches() (list []stretch, ok bool) {
	here := s.started
	for i := 0; i < len(s.Steps); {
		next := stretch{from: i, to: i + 1, left: s.left[i]}
		for next.to < len(s.Steps) && !s.fit(next, here) {
			next.left += s.left[next.to]
			next.to++
		}
		next.reached = s.asked(next)
		if !s.fit(next, here) && len(list) > 0 { // what is too few at the end goes with what is before it
			last := &list[len(list)-1]
			last.to, last.left = next.to, last.left+next.left
			last.reached = s.asked(*last)
		} else {
			list = append(list, next)
		}
		here, i = here-next.left, next.to
	}
	ok = !isSmall(s.started) && !isSmall(s.done)
	for _, one := range list {
		ok = ok && !isSmall(one.left) && !isSmall(one.reached)
	}
	return list, ok
}

// fit tells whether a stretch may be shown where so many are still on the path.
func (s *standing) fit(t stretch, here int) bool {
	return !isSmall(t.left) && !isSmall(s.asked(t)) && !isSmall(here-s.asked(t)) && !isSmall(s.asked(t)-t.left)
}

// asked is how many were asked something on a stretch: those who left there, and
// at least as many as any of its steps asked.
func (s *standing) asked(t stretch) int {
	return max(t.left, slices.Max(s.reached[t.from:t.to]))
}

// paths is a table for each path that somebody has begun.
func (m *maker) paths() []Table {
	var list []Table
	for _, s := range m.heard.stood {
		if s.started > 0 {
			list = append(list, m.path(s))
		}
	}
	return list
}

// path counts who came to each step, and who stopped there.
func (m *maker) path(s *standing) Table {
	t := Table{Key: "path." + s.Dialog, Title: m.name("desk.topic.", s.Dialog), Columns: []string{"report.column.reached", "report.column.left"}, Plot: Bars}
	list, ok := s.stretches()
	if !ok {
		t.Rows = []Row{m.row("report.path.started", small(s.started), Count{Hidden: true})}
		return t
	}
	for _, one := range list {
		var names []string
		for _, step := range s.Steps[one.from:one.to] {
			names = append(names, m.question(step.Key))
		}
		t.Rows = append(t.Rows, Row{s.Steps[one.from].Key, strings.Join(names, " / "), []Count{small(one.reached), small(one.left)}})
	}
	t.Rows = append(t.Rows, m.row("report.path.done", small(s.done), Count{None: true}))
	return t
}

// longest is how many letters of a question name it.
const longest = 60

// question writes the question of a step shortly.
func (m *maker) question(key string) string {
	text, _, _ := strings.Cut(m.name("", key), "\n")
	if letters := []rune(text); len(letters) > longest {
		return strings.TrimSpace(string(letters[:longest])) + "…"
	}
	return text
}
