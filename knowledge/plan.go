package knowledge

import (
	"fmt"
	"slices"
	"strconv"
)

// A situation is what a family told the option finder; what they did not say
// is empty, and an age or a number of days below zero is not said.
type situation struct {
	age, days               int // months; days a week
	when, hours, need, work string
}

// An advice is one line of the option finder: for whom, what to do, and why.
type advice struct {
	why   string
	fits  func(s situation) bool
	steps []string
	third bool // it takes the third place, whatever comes before
}

// advices are read from the first to the last: the first three things that fit
// are the plan. They are things to do at once, not a promise of a place.
func advices() []advice {
	return []advice{
		{"a child with a disability or an illness: a named person first, who knows whom to ask",
			func(s situation) bool { return s.need == "yes" }, []string{"inclusion"}, false},
		{"a training or an interview does not wait: places are kept for these parents, and a person looks today",
			func(s situation) bool { return s.work == "search" && s.when == "now" }, []string{"insertion"}, false},
		{"early, late, at night or on Sunday: crèches are closed, so care at home or a childminder who agrees",
			func(s situation) bool { return s.hours == "odd" }, []string{"odd", "home", "childminder"}, false},
		{"every child of that age goes to school; somebody must take over when it ends",
			func(s situation) bool { return s.age >= schoolMonths }, []string{"school", "childminder", "home"}, false},
		{"a few hours for a parent who is at home: occasional care, and a place to play together, without a file",
			func(s situation) bool { return s.work == "none" && s.short() }, []string{"hours", "play"}, false},
		{"soon of school age: the file for the school is due before the summer",
			func(s situation) bool { return s.age >= 30 && s.age < schoolMonths }, []string{"school"}, true},
		{"at once: a childminder can begin between two commissions, a crèche seldom",
			func(s situation) bool { return s.when == "now" }, []string{"childminder", "creche"}, false},
		{"otherwise both at a time: the file for the crèche, and meeting childminders meanwhile",
			func(situation) bool { return true }, []string{"creche", "childminder"}, false},
		{"who looks for work may be kept a place, even if the need is for later",
			func(s situation) bool { return s.work == "search" }, []string{"insertion"}, false},
		{"a parent at home with the child: a place to play and to talk, at no cost",
			func(s situation) bool { return s.work == "none" }, []string{"play"}, false},
		{"the relais has the list of childminders and helps with the contract",
			func(situation) bool { return true }, []string{"relais"}, false},
	}
}

// schoolMonths is an age at which every child is at school: who was born on
// 1 January begins at 44 months.
const schoolMonths = 45

// short tells whether the need is a few hours a week.
func (s situation) short() bool { return s.hours == "part" || s.days == 1 || s.days == 2 }

// plan returns three things to do, the first first.
func (s situation) plan() []string {
	var steps, third []string
	for _, a := range advices() {
		for _, step := range a.steps {
			switch {
			case !a.fits(s) || slices.Contains(steps, step):
			case a.third:
				third = append(third, step)
			default:
				steps = append(steps, step)
			}
		}
	}
	if len(third) > 0 {
		steps = slices.Insert(steps, 2, third...)
	}
	return steps[:3]
}

// carePlan answers care.plan.
func (l *Library) carePlan(args map[string]string) (map[string]string, error) {
	s := situation{age: -1, days: -1, when: args["when"], hours: args["hours"], need: args["need"], work: args["work"]}
	for _, a := range []struct {
		name     string
		to       *int
		min, max int
	}{{"age", &s.age, 0, 216}, {"days", &s.days, 1, 7}} {
		if err := whole(args[a.name], a.to, a.min, a.max); err != nil {
			return nil, fmt.Errorf("%w: %s", err, a.name)
		}
	}
	for _, a := range [][]string{{"when", "now", "soon", "later"}, {"hours", "day", "part", "odd"},
		{"need", "yes", "no"}, {"work", "work", "search", "none"}} {
		if name, known := a[0], a[1:]; args[name] != "" && !slices.Contains(known, args[name]) {
			return nil, fmt.Errorf("%w: %s", ErrArgument, name)
		}
	}
	p := s.plan()
	return map[string]string{"first": p[0], "second": p[1], "third": p[2]}, nil
}

// whole reads a whole number between two others; nothing said changes nothing.
func whole(text string, to *int, least, most int) error {
	if text == "" {
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return ErrArgument
	}
	*to = n
	return nil
}
