package desk

import (
	"encoding/json"
	"fmt"
	"strings"

	"doudou/bot"
)

// A dossier is what a manager may know and hand out of what is kept of a person.
// What the person answered to the robot in private is never in it.
type dossier struct {
	Who       string `json:"who"` // pseudonym
	On        stamp  `json:"-"`
	At        string `json:"exported_at"`
	Parts     []part `json:"parts"`
	Elsewhere int    `json:"cases_of_other_institutions"` // they hand theirs out themselves
	Relais    bool   `json:"-"`                           // what the relais keeps beside cases is in it
	erasing   bot.Person
}

// A part is one kind of data.
type part struct {
	Kind  string `json:"kind"`
	Facts []item `json:"facts"`
}

// An item is one thing that is kept: what it is, and its words.
type item struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Lang  string `json:"lang,omitempty"`
	Dir   string `json:"-"`
}

// dossier gathers it. Cases and words of other institutions are only counted.
func (d *desk) dossier(v *visit, p bot.Person) dossier {
	o := dossier{Who: string(p.Contact.ID), On: d.when(v.lang, d.Now()), At: d.Now().UTC().Format("2006-01-02T15:04:05Z"),
		Relais: d.hosts(v.agent), erasing: p}
	may := map[bot.CaseID]bool{"": true}
	for _, c := range p.Cases {
		may[c.ID] = sees(v.agent, c)
		if !may[c.ID] {
			o.Elsewhere++
		}
	}
	o.Parts = []part{d.whoPart(v, p), d.casesPart(v, p, may), d.wordsPart(v, p, may), d.consentPart(v, p)}
	if o.Relais {
		o.Parts = append(o.Parts, d.profilePart(v, p), d.seatsPart(v, p), d.meetingsPart(v, p), d.plannedPart(v, p))
	}
	return o
}

// whoPart is where the person writes from and what they said of themselves.
func (d *desk) whoPart(v *visit, p bot.Person) part {
	o := part{Kind: "who"}
	for _, a := range p.Addresses {
		o.add(d.channelName(v.lang, a.Channel), a.ID)
		if a.Stopped {
			o.add(d.personal(v, "stopped"), d.channelName(v.lang, a.Channel))
		}
	}
	o.add(d.personal(v, "since"), d.when(v.lang, p.Contact.Since).Text)
	o.add(d.personal(v, "language"), d.languageName(v.lang, p.Contact.Lang))
	o.add(d.personal(v, "audience"), d.name(v.lang, p.Contact.Audience, "desk.person.audience."+p.Contact.Audience))
	for _, n := range d.notes(v.lang, p.Contact.Notes) {
		o.add(n.Name, n.Value)
	}
	o.add(d.personal(v, "messages"), fmt.Sprint(p.Messages))
	return o
}

// casesPart is the questions to this agent's teams.
func (d *desk) casesPart(v *visit, p bot.Person, may map[bot.CaseID]bool) part {
	o := part{Kind: "cases"}
	for _, c := range p.Cases {
		if !may[c.ID] {
			continue
		}
		words := []string{d.topicName(v.lang, c.Topic), d.teamName(v.lang, c.Team), d.personal(v, "state."+string(c.State))}
		for _, b := range d.brief(v.lang, c) {
			words = append(words, b.Name+": "+b.Value)
		}
		o.add(d.when(v.lang, c.Opened).Text+" · "+string(c.ID), strings.Join(words, "\n"))
	}
	return o
}

// wordsPart is what was said, by everybody; what was answered in private stays so.
func (d *desk) wordsPart(v *visit, p bot.Person, may map[bot.CaseID]bool) part {
	o := part{Kind: "words"}
	for _, l := range p.Lines {
		if !may[l.Case] || l.Speaker == bot.Undone {
			continue
		}
		s := d.said(v, l)
		words := strings.Join(append(s.Texts, s.Choices...), "\n")
		if s.Masked {
			words = d.personal(v, "masked")
		}
		who := s.Name
		if who == "" {
			who = d.personal(v, "speaker."+s.Speaker)
		}
		o.Facts = append(o.Facts, item{d.when(v.lang, l.At).Text + " · " + who, words, s.Lang, s.Dir})
	}
	return o
}

// consentPart is what the person said yes and no to.
func (d *desk) consentPart(v *visit, p bot.Person) part {
	o := part{Kind: "consents"}
	for _, c := range p.Consents {
		word := d.personal(v, "no")
		if c.Given {
			word = d.personal(v, "yes")
		}
		o.add(d.when(v.lang, c.At).Text+" · "+d.personal(v, "matter."+string(c.What)), word+" ("+d.channelName(v.lang, bot.Channel(c.How))+")")
	}
	return o
}

// profilePart is what the person needs or offers.
func (d *desk) profilePart(v *visit, p bot.Person) part {
	o := part{Kind: "profile"}
	if p.Profile == nil {
		return o
	}
	o.add(d.personal(v, "name"), p.Profile.Name)
	o.add(d.personal(v, "phone"), p.Profile.Phone)
	o.add(d.personal(v, "until"), d.when(v.lang, p.Profile.Until).Text)
	terms := p.Profile.Participant
	terms.ID = ""
	if words, err := json.Marshal(terms); err == nil {
		o.add(d.personal(v, "terms"), string(words))
	}
	return o
}

// seatsPart is the dates the person comes, waits or came for.
func (d *desk) seatsPart(v *visit, p bot.Person) part {
	o := part{Kind: "seats"}
	for _, s := range p.Seats {
		o.add(d.when(v.lang, s.At).Text+" · "+d.eventName(v, s.Event), d.personal(v, "seat."+string(s.State)))
	}
	return o
}

// eventName names a date; its id when it is gone.
func (d *desk) eventName(v *visit, id string) string {
	if d.Calendar == nil {
		return id
	}
	s, err := d.Calendar.Event(v.r.Context(), id)
	if err != nil {
		return id
	}
	return s.Title + ", " + d.when(v.lang, s.Start).Text
}

// meetingsPart is that the person was introduced to others. Who they are is
// theirs.
func (d *desk) meetingsPart(v *visit, p bot.Person) part {
	o := part{Kind: "meetings"}
	for _, m := range p.Meetings {
		state := "asked"
		if !m.Exchanged.IsZero() {
			state = "exchanged"
		}
		o.add(d.when(v.lang, m.Made).Text, d.personal(v, "meeting."+state))
	}
	return o
}

// plannedPart is what the relais is going to say.
func (d *desk) plannedPart(v *visit, p bot.Person) part {
	o := part{Kind: "prompts"}
	for _, m := range p.Prompts {
		o.add(d.when(v.lang, m.Due).Text+" · "+d.personal(v, "prompt."+m.State), d.topicName(v.lang, m.Node))
	}
	return o
}

// add adds a fact, if there is one.
func (p *part) add(name, value string) {
	if value != "" {
		p.Facts = append(p.Facts, item{Name: name, Value: value, Dir: "auto"})
	}
}

// personal names something of these pages; as it stands when it has no name yet.
func (d *desk) personal(v *visit, id string) string { return d.name(v.lang, id, "desk.person."+id) }

// personJSON is the dossier for a program.
func (d *desk) personJSON(v *visit) error {
	p, err := d.asked(v, "person-export")
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(d.dossier(v, p), "", "  ")
	if err != nil {
		return fmt.Errorf("desk: write what is kept of somebody: %w", err)
	}
	v.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	v.w.Header().Set("Content-Disposition", `attachment; filename="doudou-`+string(p.Contact.ID)+`.json"`)
	_, err = v.w.Write(b)
	return err
}
