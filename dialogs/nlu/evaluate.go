package nlu

import (
	"cmp"
	"slices"
	"time"
)

// An Evaluation says how well a Model understands samples. Figures are in
// percent.
type Evaluation struct {
	Samples, InScope int

	Top1, Top3 float64 // of what is in scope: right at once, right among three
	// RightAt10 is the part of what is in scope that is answered right when the
	// threshold lets at most one message in ten be answered wrong.
	RightAt10 float64
	// TurnedAway is the part of what is out of scope that a threshold refuses
	// which keeps nine tenths of what is in scope.
	TurnedAway          float64
	Recall, FalseAlarms float64 // of the urgent layer: urgent heard, others taken for urgent
	Language            float64
	// Answered and Wrong are of all samples, with the zones as they are served.
	Answered, Wrong float64
	Time            time.Duration // for one message, on average

	Languages, Registers []Group // by name
}

// A Group is the samples in scope of one language or register.
type Group struct {
	Name       string
	InScope    int
	Top1, Top3 float64
}

// A judged is a sample with its reading.
type judged struct {
	Sample
	Reading
	first, three bool
}

// Evaluate reads all samples, with no more known of them than their audience,
// and compares.
func Evaluate(m *Model, samples []Sample) Evaluation {
	list := make([]judged, 0, len(samples))
	began := time.Now()
	for _, s := range samples {
		list = append(list, judged{Sample: s, Reading: m.Read(s.Text, Context{Audience: s.Audience})})
	}
	e := Evaluation{Samples: len(list), Time: time.Since(began) / time.Duration(max(len(list), 1))}
	for i := range list {
		j := &list[i]
		j.first = j.right(j.Reading.Intent)
		j.three = slices.ContainsFunc(j.Top, func(t Scored) bool { return j.right(t.Intent) })
	}
	e.measure(list)
	e.Languages = groups(list, func(j judged) string { return j.Sample.Lang })
	e.Registers = groups(list, func(j judged) string { return j.Register })
	return e
}

func (e *Evaluation) measure(list []judged) {
	served := func(j judged) bool { return j.Zone == "answer" }
	e.InScope = countOf(list, judged.inScope)
	e.Top1 = share(list, judged.inScope, func(j judged) bool { return j.first })
	e.Top3 = share(list, judged.inScope, func(j judged) bool { return j.three })
	e.Recall = share(list, func(j judged) bool { return j.urgent() }, func(j judged) bool { return j.Urgent })
	e.FalseAlarms = share(list, func(j judged) bool { return !j.urgent() }, func(j judged) bool { return j.Urgent })
	e.Language = share(list, anyone, func(j judged) bool { return j.Reading.Lang == j.Sample.Lang })
	e.Answered = share(list, anyone, func(j judged) bool { return served(j) && j.first })
	e.Wrong = share(list, anyone, func(j judged) bool { return served(j) && !j.first })
	e.RightAt10, e.TurnedAway = rightAt10(list), turnedAway(list)
}

func (j judged) inScope() bool { return j.Sample.Intent != outOfScope }

func anyone(judged) bool { return true }

func countOf(list []judged, of func(judged) bool) (n int) {
	for _, j := range list {
		if of(j) {
			n++
		}
	}
	return n
}

// share is how many percent of those are so.
func share(list []judged, of, so func(judged) bool) float64 {
	both := countOf(list, func(j judged) bool { return of(j) && so(j) })
	return 100 * float64(both) / float64(max(countOf(list, of), 1))
}

// groups measures what is in scope by name.
func groups(list []judged, name func(judged) string) []Group {
	var names []string
	for _, j := range list {
		if n := name(j); !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	var all []Group
	for _, n := range names {
		of := func(j judged) bool { return j.inScope() && name(j) == n }
		all = append(all, Group{n, countOf(list, of),
			share(list, of, func(j judged) bool { return j.first }), share(list, of, func(j judged) bool { return j.three })})
	}
	return all
}

// rightAt10 lowers the threshold while at most a tenth of all is answered wrong,
// and returns the best part of what is in scope that is then answered right.
func rightAt10(list []judged) float64 {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b judged) int { return cmp.Compare(b.Score, a.Score) })
	right, wrong, best := 0, 0, 0
	for _, j := range sorted {
		switch {
		case !j.first:
			wrong++
		case j.inScope():
			right++
		}
		if 10*wrong <= len(list) {
			best = right
		}
	}
	return 100 * float64(best) / float64(max(countOf(list, judged.inScope), 1))
}

// turnedAway finds the threshold that keeps nine tenths of what is in scope, and
// returns how much of the rest it refuses.
func turnedAway(list []judged) float64 {
	var kept []float64
	for _, j := range list {
		if j.inScope() {
			kept = append(kept, j.within())
		}
	}
	if len(kept) == 0 {
		return 0
	}
	slices.Sort(kept)
	threshold := kept[len(kept)/10]
	return share(list, func(j judged) bool { return !j.inScope() }, func(j judged) bool { return j.within() < threshold })
}

// within is how sure it is that a message is in scope.
func (j judged) within() float64 {
	if j.Reading.Intent == outOfScope {
		return 0
	}
	return j.Score
}
