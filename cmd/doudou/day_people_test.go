package main

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
	"doudou/knowledge/events"
)

// How many come to the day.
const (
	dayFamilies = 48
	dayMinders  = 33
)

// A voice is how people write in one language.
type voice struct {
	lang              string
	asks, offers      []string // to come, as a family and as a childminder
	days, week, hours []string
	months, ages      []string
	skip, yes, no     string
	more              string // the word for the rest of a long SMS
}

// voices are the five languages of the day, as people write them on a telephone.
func voices() []voice {
	return []voice{
		{lang: "fr", asks: []string{"slt c pr mincrire o speed dating dé nounou", "je veux m'inscrire à la rencontre avec les nounous", "jve minscrire a la rencontre nounou"},
			offers: []string{"bjr je sui nounou pr la rencontre parents svp", "je suis assistante maternelle, je m'inscris à la rencontre avec les parents"},
			days:   []string{"lundi mardi jeudi", "lun mar mer jeu", "du lundi au vendredi"}, week: []string{"lundi au vendredi", "du lundi au jeudi"},
			hours: []string{"8h a 18h", "7h30-17h30", "9h-17h"}, months: []string{"janvier", "fevrier", "mars"}, ages: []string{"10 moi", "2 ans", "6 mois"},
			more: "SUITE", skip: "PASSER", yes: "oui", no: "non"},
		{lang: "en", asks: []string{"I want to register for the speed dating with childminders"}, offers: []string{"I am a childminder, sign me up for the meeting with parents"},
			days: []string{"monday and tuesday", "monday to friday"}, week: []string{"monday to friday"}, hours: []string{"8am to 6pm", "9:00-17:00"},
			months: []string{"january", "february", "march"}, ages: []string{"10 months", "2 years"}, more: "MORE", skip: "SKIP", yes: "yes", no: "no"},
		{lang: "ar", asks: []string{"أريد التسجيل في لقاء الحاضنات"}, offers: []string{"أنا حاضنة أريد التسجيل في لقاء الآباء والحاضنات"},
			days: []string{"الاثنين والثلاثاء"}, week: []string{"من الاثنين إلى الجمعة"}, hours: []string{"من 8 إلى 18", "8:00-17:00"},
			months: []string{"يناير", "فبراير", "مارس"}, ages: []string{"10 أشهر"}, more: "المزيد", skip: "تخطي", yes: "نعم", no: "لا"},
		{lang: "tr", asks: []string{"bakıcı buluşmasına kayıt olmak istiyorum"}, offers: []string{"bakıcıyım, buluşmaya kayıt olmak istiyorum"},
			days: []string{"pazartesi salı"}, week: []string{"pazartesiden cumaya"}, hours: []string{"8:00-18:00"},
			months: []string{"ocak", "şubat", "mart"}, ages: []string{"10 aylık"}, more: "DEVAM", skip: "GEÇ", yes: "evet", no: "hayır"},
		{lang: "ta", asks: []string{"பராமரிப்பாளர் சந்திப்பில் பதிவு செய்ய வேண்டும்"}, offers: []string{"குழந்தை பராமரிப்பாளர்களுடன் சந்திப்பு நாளுக்கு பதிவு"},
			days: []string{"திங்கள் செவ்வாய்"}, week: []string{"திங்கள் முதல் வெள்ளி"}, hours: []string{"காலை 8 முதல் மாலை 6", "8:00-18:00"},
			months: []string{"ஜனவரி", "மார்ச்"}, ages: []string{"10 மாதம்"}, more: "மேலும்", skip: "தவிர்", yes: "ஆம்", no: "இல்லை"},
	}
}

// dayNames are first names, one for each who comes.
const dayNames = `Fatou Rosa Amina Bilal Chloé Defne Elena Farid Grace Hawa Inès Jamila Karim Leïla Mariam Nadia Omar Patricia Quentin Rachida Samira Tarek
Ursula Valérie Wassila Yasmine Zohra Aïcha Brigitte Cécile Djeneba Elif Fanta Ghislaine Hatice Ibrahim Joséphine Khadija Lucie Mehmet Nathalie Oumou
Pauline Rania Sylvie Thérèse Umut Véronique Wafa Youssef Zeynep Adama Bintou Corinne Denise Emre Fatima Gülay Houria Isabelle Jocelyne Kavitha Lakshmi
Maïmouna Nirmala Odette Priya Ramatou Selvi Tamara Usha Viviane Wendy Yvette Zahra Anjali Binta Coumba Dilek Esma Fadila`

// A guest is somebody who comes to the day, by Telegram or by SMS.
type guest struct {
	name  string
	side  events.Side
	voice voice
	phone string // E.164, as it is given to who is met
	chat  int64  // on Telegram; 0: they write by SMS
	words []string
	heard []notice
	notes *transcript // kept of two of them

	seat    bot.Seat // once registered
	stopped time.Time
	gone    time.Time // erased
}

// A notice is what reached somebody's telephone.
type notice struct {
	at      time.Time
	text    string
	asked   bool // an answer to what they wrote
	message int
	buttons []bottest.TelegramButton
}

// invited draws who comes: the first family by SMS and the first childminder by
// Telegram are those whose words the README shows.
func invited(random *rand.Rand) []*guest {
	names := strings.Fields(dayNames)
	people := []*guest{firstMother(), firstMinder()}
	for i := len(people); i < dayFamilies+dayMinders; i++ {
		g := &guest{name: names[i], side: events.Parent, phone: fmt.Sprintf("+336%08d", 11_000_000+random.IntN(80_000_000))}
		if i > dayFamilies {
			g.side = events.Childminder
		}
		if g.voice = voices()[i%5]; i%7 > 4 && g.voice.lang != "ta" {
			g.voice = voices()[0]
		}
		if i%6 != 0 {
			g.chat = int64(4000 + i)
		}
		g.words = registration(g, random)
		people = append(people, g)
	}
	return people
}

// registration is all that somebody writes to come, mistakes included.
func registration(g *guest, random *rand.Rand) []string {
	v := g.voice
	pick := func(list []string) string { return list[random.IntN(len(list))] }
	quarter := strconv.Itoa(1 + random.IntN(3))
	stay := []string{"1"}
	if random.IntN(12) == 0 {
		stay = []string{"2", "9:30-10:45"} // not until the end
	}
	phone := []string{"0" + g.phone[3:]}
	if random.IntN(6) == 0 {
		phone = []string{"06 12", phone[0]} // a figure or six too few
	}
	if g.side == events.Childminder {
		words := append([]string{pick(v.offers), "1"}, stay...)
		words = append(words, "2", strconv.Itoa(1+random.IntN(3)), pick(v.months), quarter, pick(v.week), pick(v.hours), g.name)
		return append(append(words, phone...), []string{v.yes, v.no}[random.IntN(2)])
	}
	words := append([]string{pick(v.asks), "1"}, stay...)
	words = append(words, "1")
	if random.IntN(6) == 0 {
		words = append(words, "1") // where days are asked
	}
	words = append(words, pick(v.days), pick(v.hours), quarter, pick(v.months), pick(v.ages), g.name)
	return append(words, phone...)
}

func firstMother() *guest {
	return &guest{name: "Fatou", side: events.Parent, voice: voices()[0], phone: "+33610000001", notes: &transcript{who: "mother "},
		words: []string{"slt c pr mincrire o speed dating dé nounou", "1", "1", "1", "mercredi é samedi", "~7h a 19h", "~le parc", "~janvier", "~10 moi", "~Fatou", "06 10 00 00 01"}}
}

func firstMinder() *guest {
	return &guest{name: "Rosa", side: events.Childminder, voice: voices()[0], phone: "+33620000002", chat: 4001, notes: &transcript{who: "Rosa   "},
		words: []string{"Bonjour, je suis assistante maternelle, je m'inscris à la rencontre avec les parents", "1", "~1", "~2", "~2", "~janvier", "~le parc", "~mercredi et samedi", "~de 7h à 19h", "~Rosa", "~06 20 00 00 02", "~non"}}
}
