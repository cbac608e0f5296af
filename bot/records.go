package bot

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"doudou/dialogs"
	"doudou/knowledge/events"
)

// A record is what a tree may keep with the relais: its values, and what they
// change.
type record struct {
	dialogs.Function
	changes func(r *recorder, with map[string]string) ([]Change, error)
}

// records is the one table of records: what is described is what is kept.
func records() []record {
	const (
		choice, text, yesno = dialogs.KindChoice, dialogs.KindText, dialogs.KindYesNo
	)
	type kinds = map[string]dialogs.Kind
	row := func(name string, with kinds, changes func(*recorder, map[string]string) ([]Change, error)) record {
		return record{dialogs.Function{Name: name, With: with}, changes}
	}
	return []record{
		row("event.wait", kinds{"event": choice}, func(_ *recorder, with map[string]string) ([]Change, error) {
			return one(JoinQueue{with["event"]})
		}),
		row("seat.room", kinds{"event": choice, "room": dialogs.KindHours}, (*recorder).stay),
		row("profile.save", kinds{
			"side": choice, "days": dialogs.KindDays, "hours": dialogs.KindHours, "quarter": choice, "start": dialogs.KindMonth,
			"age": dialogs.KindAge, "places": dialogs.KindCount, "cares": dialogs.KindCount, "name": text, "phone": dialogs.KindPhone, "listed": yesno,
		}, (*recorder).save),
		row("profile.confirm", nil, (*recorder).confirm),
		row("profile.withdraw", nil, func(*recorder, map[string]string) ([]Change, error) { return one(Withdraw{}) }),
		row("news.on", kinds{"quarter": choice}, func(_ *recorder, with map[string]string) ([]Change, error) {
			return one(Subscribe{On: true, Quarter: with["quarter"]})
		}),
		row("news.off", nil, func(*recorder, map[string]string) ([]Change, error) { return one(Subscribe{}) }),
		row("match.ask", nil, (*recorder).ask),
		row("meet.answer", kinds{"introduction": text, "agrees": yesno}, func(_ *recorder, with map[string]string) ([]Change, error) {
			return one(SayTo{with["introduction"], Consent(with["agrees"])})
		}),
		row("day.choose", kinds{"event": choice, "numbers": dialogs.KindNumbers}, (*recorder).choose),
		row("opinion.helped", kinds{"helped": choice}, opinion("helped")),
		row("opinion.easy", kinds{"easy": choice}, opinion("easy")),
		row("meet.visit", kinds{"introduction": text, "done": yesno}, followUp("visit")),
		row("meet.contract", kinds{"introduction": text, "done": yesno}, followUp("contract")),
	}
}

// Records returns what trees may keep with the relais, for the linter.
func Records() []dialogs.Function {
	var list []dialogs.Function
	for _, r := range records() {
		list = append(list, r.Function)
	}
	return list
}

func one(c Change) ([]Change, error) { return []Change{c}, nil }

// followUp keeps what came of an introduction.
func followUp(step string) func(*recorder, map[string]string) ([]Change, error) {
	return func(_ *recorder, with map[string]string) ([]Change, error) {
		return one(FollowUp{with["introduction"], step, Consent(with["done"])})
	}
}

// A recorder turns the records of one turn into changes. It remembers what the
// turn itself says of the contact, which is not stored yet.
type recorder struct {
	*player
	ctx     context.Context
	contact ContactID
	said    *events.Profile
}

func (b *player) recorder(ctx context.Context, contact ContactID) *recorder {
	return &recorder{player: b, ctx: ctx, contact: contact}
}

// change returns what a record changes.
func (r *recorder) change(e dialogs.Record) ([]Change, error) {
	for _, known := range records() {
		if known.Name == e.Name {
			list, err := known.changes(r, e.With)
			if err != nil {
				return nil, fmt.Errorf("record %s: %w", e.Name, err)
			}
			return list, nil
		}
	}
	return nil, fmt.Errorf("record %s: the service keeps no such thing", e.Name)
}

// How long it is believed what somebody needs or offers, unless they say that it
// is still true.
const (
	offerDays = 45
	needDays  = 90
)

// believed returns until when a profile is in force that is said now.
func (r *recorder) believed(side events.Side) time.Time {
	if side == events.Childminder {
		return r.Now().AddDate(0, 0, offerDays)
	}
	return r.Now().AddDate(0, 0, needDays)
}

// save replaces what the contact needs or offers.
func (r *recorder) save(with map[string]string) ([]Change, error) {
	terms, err := events.ReadParticipant(map[string]string{
		"id": string(r.contact), "side": with["side"], "days": with["days"], "hours": with["hours"], "quarter": with["quarter"],
		"start": with["start"], "child_months": with["age"], "places": with["places"],
	})
	if err != nil {
		return nil, err
	}
	p := events.Profile{Participant: terms, Name: with["name"], Phone: with["phone"], Listed: with["listed"] == "yes", Cares: -1, Until: r.believed(terms.Side)}
	if n, err := strconv.Atoi(with["cares"]); err == nil {
		p.Cares = n
	}
	if with["listed"] == "" { // not asked this time: who is proposed to others stays so
		old, ok, err := r.known()
		if err != nil {
			return nil, err
		}
		p.Listed = ok && old.Listed
	}
	r.said = &p
	return one(KeepProfile{p})
}

// confirm believes for longer what is known. Of somebody who took it back
// meanwhile nothing is.
func (r *recorder) confirm(map[string]string) ([]Change, error) {
	p, ok, err := r.known()
	if !ok || err != nil {
		return nil, err
	}
	p.Until = r.believed(p.Side)
	r.said = &p
	return one(KeepProfile{p})
}

// known returns what the contact needs or offers, as of this turn.
func (r *recorder) known() (events.Profile, bool, error) {
	if r.said != nil {
		return *r.said, true, nil
	}
	return r.profile(r.ctx, r.contact)
}

// asked is how many are asked at a time on behalf of somebody.
const asked = 3

// ask introduces the contact to those who suit best.
func (r *recorder) ask(map[string]string) ([]Change, error) {
	need, ok, err := r.known()
	if !ok || err != nil {
		return nil, err
	}
	list, err := r.matches(r.ctx, need)
	if len(list) == 0 || err != nil {
		return nil, err
	}
	var with []ContactID
	for _, m := range list[:min(asked, len(list))] {
		with = append(with, ContactID(m.ID))
	}
	return one(Introduce{With: with})
}

// stay keeps when the contact will be in the room.
func (r *recorder) stay(with map[string]string) ([]Change, error) {
	p, err := events.ReadParticipant(map[string]string{"id": string(r.contact), "side": string(events.Parent), "hours": with["room"]})
	if err != nil || len(p.Hours) == 0 {
		return nil, err
	}
	return one(StayFor{with["event"], p.Hours[0]})
}

// choose keeps whom the contact wants to see again; without numbers, nobody.
func (r *recorder) choose(with map[string]string) ([]Change, error) {
	numbers, err := numbers(with["numbers"])
	if err != nil {
		return nil, err
	}
	return one(Choose{with["event"], numbers})
}

// numbers reads "4|7".
func numbers(text string) ([]int, error) {
	var list []int
	for word := range strings.SplitSeq(text, "|") {
		if word == "" {
			continue
		}
		n, err := strconv.Atoi(word)
		if err != nil {
			return nil, fmt.Errorf("a number of a badge: %w", err)
		}
		list = append(list, n)
	}
	return list, nil
}
