package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"doudou/bot"
)

// A demoFamily is somebody who wrote, and what came of it.
type demoFamily struct {
	scene   string        // name under which the case is on show
	ago     time.Duration // when they first wrote, before the morning
	channel bot.Channel
	lang    string
	says    []string // "#2" taps the second button
	acts    []demoAct
}

// A demoAct is what happened to the case then.
type demoAct struct {
	after time.Duration // the one before
	do    bot.ActKind   // "" when the family wrote
	agent string
	text  string
}

// demoFamilies are the families: every state of a case, ten languages, texts
// that are hard to show.
func demoFamilies() []demoFamily {
	const call, quick = 25 * time.Minute, 4 * time.Minute
	awa := func(after time.Duration, do bot.ActKind, text string) demoAct { return demoAct{after, do, "awa", text} }
	wrote := func(after time.Duration, text string) demoAct { return demoAct{after: after, text: text} }
	return []demoFamily{
		{"urgent", 6 * time.Minute, bot.SMS, "fr", []string{"ma nounou a secoué mon bébé"}, nil},
		{"tamoul", 50 * time.Minute, bot.Telegram, "ta", []string{"/start", "குழந்தை பராமரிப்பாளர் எவ்வளவு செலவாகும்?", "ஒருவருடன் பேச வேண்டும்", "#1", "தமிழ்"},
			[]demoAct{wrote(quick, "என் மகளுக்கு 10 மாதம். ஜனவரி முதல் இடம் வேண்டும்.")}},
		{"arabe", 2 * time.Hour, bot.Telegram, "ar", []string{"/start", "كيف أجد حاضنة أطفال؟", "أريد التحدث مع شخص", "#2", "العربية"},
			[]demoAct{awa(call, bot.Take, ""), awa(quick, bot.NoteIt, "Appeler avec l’interprète : la maman préfère l’arabe à l’écrit comme à l’oral."), wrote(quick, "هل يمكن أن نأتي غدا صباحا؟ عندي كل الأوراق")}},
		{"attente", 26 * time.Hour, bot.SMS, "fr", []string{"bjr g besoin dune place en creche pr janvier", "0", "1", "PASSER"},
			[]demoAct{awa(call, bot.Take, ""), awa(quick, bot.Reply, "Bonjour, la commission se réunit le 9 février. Votre dossier est-il déjà déposé à la mairie ?")}},
		{"anglais", 75 * time.Minute, bot.SMS, "en", []string{"how do I find a childminder", "0", "2", "English"}, nil},
		{"turc", 3 * time.Hour, bot.Telegram, "tr", []string{"/start", "bir kişiyle konuşmak istiyorum", "#3", "türkçe"}, nil},
		{"bengali", 40 * time.Minute, bot.Telegram, "bn", []string{"/start", "একজন মানুষের সাথে কথা বলতে চাই", "#2", "বাংলা"}, nil},
		{"chinois", 30 * time.Minute, bot.Telegram, "zh", []string{"/start", "我想找个人谈谈保姆的事", "0", "#1", "中文"}, []demoAct{wrote(quick, "孩子两岁，每周需要四天。")}},
		{"portugais", 5 * time.Hour, bot.SMS, "pt", []string{"quero falar com uma pessoa", "1", "português"}, []demoAct{awa(call, bot.Take, "")}},
		{"roumain", 20 * time.Minute, bot.Telegram, "ro", []string{"/start", "vreau sa vorbesc cu cineva", "#1", "română"}, nil},
		{"espagnol", 15 * time.Minute, bot.Telegram, "es", []string{"/start", "quiero hablar con una persona", "#2", "español"}, nil},
		{"bizarre", 10 * time.Minute, bot.Telegram, "fr", []string{"/start", "je veux parler à quelqu'un", "#1", "français"}, demoOddities()},
		{"caf", 100 * time.Minute, bot.Telegram, "fr", []string{"/start", "combien je vais payer ma nounou avec le cmg", "#1", "#1", "2", "2500", "173", "5,60", "je veux parler à quelqu’un", "#2", "français"}, nil},
		{"pmi", 90 * time.Minute, bot.SMS, "fr", []string{"je veux devenir assistante maternelle qui appeler", "0", "1", "PASSER"}, nil},
		{"fermee", 50 * time.Hour, bot.SMS, "fr", []string{"je veux un rdv au relais", "0", "2", "PASSER"},
			[]demoAct{awa(call, bot.Take, ""), awa(quick, bot.Reply, "Bonjour, venez mardi à 9h30, rue de la Mairie."), wrote(quick, "merci bcp"), awa(quick, bot.Close, "À mardi. Bonne journée !")}},
	}
}

// demoOddities are what a page must bear: markup, letters that turn the line
// round, joined signs, and a very long message.
func demoOddities() []demoAct {
	long := ""
	for len(long) < 3900 {
		long += "Bonjour, je cherche depuis des mois et je ne trouve pas. "
	}
	var acts []demoAct
	for _, text := range []string{"<script>alert('doudou')</script> <b>gras</b>", "prix \u202e€ 05 titre \u202c fin", "👨‍👩‍👧‍👦👶🏽🍼", "https://exemple.example/" + longWord, long} {
		acts = append(acts, demoAct{after: time.Minute, text: text})
	}
	return acts
}

// longWord is a word that fits in no line.
const longWord = "unmottresongquinefinitpasunmottresongquinefinitpasunmottresongquinefinitpasunmottresongquinefinitpas"

func (s *stage) playFamilies(ctx context.Context) error {
	for i, f := range demoFamilies() {
		if err := s.playFamily(ctx, f, i); err != nil {
			return fmt.Errorf("family %s: %w", f.scene, err)
		}
	}
	return nil
}

// playFamily plays one family's conversation with the robot, then what staff did.
func (s *stage) playFamily(ctx context.Context, f demoFamily, i int) error {
	at := s.morning.Add(-f.ago)
	from := demoAddress(f.channel, i)
	var last []bot.Outgoing
	var contact bot.ContactID
	for _, text := range f.says {
		s.clock.set(at)
		out, err := s.hear(ctx, from, f.lang, text, last)
		if err != nil {
			return err
		}
		if len(out) > 0 {
			last, contact = out, out[0].Contact
		}
		at = at.Add(40 * time.Second)
	}
	c, err := s.caseOf(ctx, contact)
	if err != nil {
		return err
	}
	s.scenes[f.scene] = "/desk/cases/" + string(c.ID)
	return s.playActs(ctx, f, c, from, at)
}

func (s *stage) playActs(ctx context.Context, f demoFamily, c bot.Case, from bot.Address, at time.Time) error {
	for i, a := range f.acts {
		at = at.Add(a.after)
		s.clock.set(at)
		if err := s.act(ctx, f, c, from, a, f.scene+strconv.Itoa(i)); err != nil {
			return fmt.Errorf("act %d: %w", i+1, err)
		}
	}
	return nil
}

// act does one thing to a case, as the desk would.
func (s *stage) act(ctx context.Context, f demoFamily, c bot.Case, from bot.Address, a demoAct, once string) error {
	agent := s.agent(a.agent)
	switch a.do {
	case "":
		_, err := s.hear(ctx, from, f.lang, a.text, nil)
		return err
	case bot.Reply:
		return s.service.Answer(ctx, agent, c.ID, a.text, once, 0)
	case bot.Close:
		return s.service.CloseCase(ctx, agent, c.ID, a.text, once)
	}
	return s.store.Act(ctx, bot.Act{Case: c.ID, Agent: agent.Login, Do: a.do, Once: once, Text: a.text, At: s.p.now(), Tag: draw()})
}

// demoAddress is where an invented family writes from; the numbers are of those
// that are kept for fiction.
func demoAddress(ch bot.Channel, i int) bot.Address {
	if ch == bot.SMS {
		return bot.Address{Channel: ch, ID: fmt.Sprintf("+336399800%02d", i), To: "36063"}
	}
	return bot.Address{Channel: ch, ID: strconv.Itoa(4000 + i)}
}

// hear has somebody write, and returns what came back.
func (s *stage) hear(ctx context.Context, from bot.Address, lang, text string, last []bot.Outgoing) ([]bot.Outgoing, error) {
	s.sayings++
	m := bot.Message{Channel: from.Channel, Provider: fmt.Sprint("demo-", s.sayings), From: from, Kind: bot.Text, Text: text, Lang: lang, At: s.p.now()}
	if text == "/start" {
		m.Kind = bot.Greeting
	}
	if n, err := strconv.Atoi(text[1:]); text[0] == '#' && err == nil {
		m.Kind, m.Text, m.Data = bot.Tap, "", button(last, n)
	}
	out, err := s.service.Converse(ctx, m)
	s.service.Delivered(ctx, out)
	return out, err
}

// button is the data of the button with this place in what was said last.
func button(last []bot.Outgoing, place int) string {
	for _, o := range last {
		for _, row := range o.Buttons {
			for _, b := range row {
				if place--; place == 0 {
					return b.Data
				}
			}
		}
	}
	return ""
}

// caseOf returns the open case of a contact.
func (s *stage) caseOf(ctx context.Context, contact bot.ContactID) (bot.Case, error) {
	list, err := s.store.Cases(ctx, nil, []bot.CaseState{bot.Open, bot.Taken, bot.Waiting}, 1000)
	if err != nil {
		return bot.Case{}, err
	}
	for _, c := range list {
		if c.Contact == contact {
			return c, nil
		}
	}
	return bot.Case{}, fmt.Errorf("no case was opened: %w", bot.ErrGone)
}
