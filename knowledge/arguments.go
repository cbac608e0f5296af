package knowledge

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/shopspring/decimal"
)

// ErrNoFact: a figure that a calculation needs may not be stated today.
var ErrNoFact = errors.New("a fact is not in force")

// amount is a decimal number in canonical form.
var amount = regexp.MustCompile(`^\d{1,9}(\.\d{1,4})?$`)

// arguments reads the values that a look-up was given. It keeps the first
// problem: the name of the value, never what a family answered.
type arguments struct {
	given map[string]string
	err   error
}

func (a *arguments) refuse(name string) {
	if a.err == nil {
		a.err = fmt.Errorf("%w: %s", ErrArgument, name)
	}
}

func (a *arguments) count(name string) int {
	n, err := strconv.Atoi(a.given[name])
	if err != nil {
		a.refuse(name)
	}
	return n
}

// countOrNone reads a count that may be left out: none is 0.
func (a *arguments) countOrNone(name string) int {
	if a.given[name] == "" {
		return 0
	}
	return a.count(name)
}

func (a *arguments) amount(name string) decimal.Decimal {
	if !amount.MatchString(a.given[name]) {
		a.refuse(name)
		return decimal.Zero
	}
	return decimal.RequireFromString(a.given[name])
}

func (a *arguments) yes(name string) bool {
	if a.given[name] != "yes" && a.given[name] != "no" {
		a.refuse(name)
	}
	return a.given[name] == "yes"
}

// yesOrNone reads a yes or no that may be left out: none is no.
func (a *arguments) yesOrNone(name string) bool {
	return a.given[name] != "" && a.yes(name)
}

func (a *arguments) date(name string) time.Time {
	t, err := time.Parse(time.DateOnly, a.given[name])
	if err != nil {
		a.refuse(name)
	}
	return t
}

// figures reads facts in force on a day, so that a number lives once. It keeps
// the first one that may not be stated: an old figure is never reckoned with.
type figures struct {
	from *Knowledge
	on   time.Time
	err  error
}

func (l *Library) figures() *figures { return &figures{from: l.Knowledge, on: l.Now} }

func (f *figures) amount(id string) decimal.Decimal {
	fact, ok := f.from.Fact(id, f.on)
	if ok {
		if d, err := decimal.NewFromString(fact.Value); err == nil {
			return d
		}
	}
	if f.err == nil {
		f.err = fmt.Errorf("%w: %s", ErrNoFact, id)
	}
	return decimal.Zero
}

func (f *figures) count(id string) int { return int(f.amount(id).IntPart()) }

// euros writes an amount in canonical form: no decimals for whole euros.
func euros(d decimal.Decimal) string {
	if d.Equal(d.Truncate(0)) {
		return d.StringFixed(0)
	}
	return d.StringFixed(2)
}
