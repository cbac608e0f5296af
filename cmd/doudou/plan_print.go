package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"

	"doudou/knowledge/events"
)

// planCSV prints the meetings, and on standard error who has fewer than the
// minimum and why: the list itself stays one that other programs read.
func (p *program) planCSV(s events.Schedule) error {
	rows := [][]string{{"round", "start", "table", "parent", "childminder", "score"}}
	for _, m := range s.Meetings {
		rows = append(rows, []string{strconv.Itoa(m.Round), m.Start.String(), strconv.Itoa(m.Table), m.Parent, m.Childminder, strconv.Itoa(m.Score)})
	}
	if err := csv.NewWriter(p.out).WriteAll(rows); err != nil {
		return fmt.Errorf("print the plan: %w", err)
	}
	for _, c := range s.Counts() {
		if c.Why != "" {
			fmt.Fprintf(p.err, "doudou plan: %s has %d of %d meetings: %s\n", c.ID, c.Meetings, s.Minimum, c.Why)
		}
	}
	return nil
}

// planObject is what --json prints.
type planObject struct {
	Totals   planTotals    `json:"totals"`
	Meetings []planMeeting `json:"meetings"`
	People   []planPerson  `json:"people"`
	Unserved []planPerson  `json:"unserved"` // of people, those who have no meeting
}

type planTotals struct {
	Parents      int `json:"parents"`
	Childminders int `json:"childminders"`
	Rounds       int `json:"rounds"`
	Tables       int `json:"tables"`
	MinMeetings  int `json:"min_meetings"`
	BelowMinimum int `json:"below_minimum"` // people
	Meetings     int `json:"meetings"`
	planTotal
	Bound   planTotal `json:"bound"`   // no plan is better
	Optimal bool      `json:"optimal"` // it is proved that none is better than this one
}

// A planTotal is compared from the first number to the last (events.Total).
type planTotal struct {
	Missing int `json:"missing"`
	Unfit   int `json:"unfit"`
	Score   int `json:"score"`
}

type planMeeting struct {
	Round       int    `json:"round"`
	Start       string `json:"start"`
	Table       int    `json:"table"`
	Parent      string `json:"parent"`
	Childminder string `json:"childminder"`
	Score       int    `json:"score"`
}

type planPerson struct {
	ID       string      `json:"id"`
	Side     events.Side `json:"side"`
	Meetings int         `json:"meetings"`
	Table    int         `json:"table,omitempty"` // of a childminder who has meetings
	Why      string      `json:"why,omitempty"`   // when there are fewer than the minimum
}

func (p *program) planJSON(s events.Schedule) error {
	o := planObject{Meetings: []planMeeting{}, People: []planPerson{}, Unserved: []planPerson{}, Totals: planTotals{
		Rounds: s.Rounds, Tables: s.Tables, MinMeetings: s.Minimum, Meetings: len(s.Meetings),
		planTotal: planTotal(s.Total), Bound: planTotal(s.Bound), Optimal: s.Optimal}}
	for _, m := range s.Meetings {
		o.Meetings = append(o.Meetings, planMeeting{m.Round, m.Start.String(), m.Table, m.Parent, m.Childminder, m.Score})
	}
	for _, c := range s.Counts() {
		o.add(planPerson{c.ID, c.Side, c.Meetings, 0, c.Why}, s)
	}
	return json.NewEncoder(p.out).Encode(o)
}

// add counts a person, and lists who has no meeting a second time.
func (o *planObject) add(person planPerson, s events.Schedule) {
	if person.Side == events.Parent {
		o.Totals.Parents++
	} else {
		o.Totals.Childminders++
	}
	if person.Side == events.Childminder && person.Meetings > 0 {
		person.Table = s.Seats[person.ID]
	}
	if person.Meetings < s.Minimum {
		o.Totals.BelowMinimum++
	}
	if o.People = append(o.People, person); person.Meetings == 0 {
		o.Unserved = append(o.Unserved, person)
	}
}
