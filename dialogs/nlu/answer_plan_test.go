package nlu

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// An answered is what somebody writes to a question, and how it is read.
type answered struct{ lang, text, want string }

// checkAnswers reads answers to a question of a kind.
func checkAnswers(t *testing.T, expect Expect, all []answered) {
	t.Helper()
	for _, c := range all {
		r := model(t).Read(c.text, Context{Lang: c.lang, Expect: expect, Now: "2026-11-23"})
		if r.Value != c.want {
			t.Errorf("%s: %s %q gives %q, not %q (%s %s)", expect.Kind, c.lang, c.text, r.Value, c.want, r.Lang, r.Zone)
		}
	}
}

// The weeks that most people mean.
const (
	workWeek = "mon|tue|wed|thu|fri"
	fullWeek = workWeek + "|sat|sun"
)

func TestDays(t *testing.T) {
	checkAnswers(t, Expect{Kind: "days"}, []answered{
		{"fr", "lundi mardi jeudi", "mon|tue|thu"}, {"fr", "lundi, mardi et jeudi", "mon|tue|thu"}, {"fr", "jeudi mardi lundi", "mon|tue|thu"},
		{"fr", "du lundi au vendredi", workWeek}, {"fr", "lundi à jeudi", "mon|tue|wed|thu"}, {"fr", "lun-ven", workWeek}, {"fr", "lundi - vendredi", workWeek},
		{"fr", "lun au ven", workWeek}, {"fr", "lun mar jeu", "mon|tue|thu"}, {"fr", "lun/mar/jeu", "mon|tue|thu"}, {"fr", "lun. mar. ven.", "mon|tue|fri"},
		{"fr", "le mercredi", "wed"}, {"fr", "mercredi", "wed"}, {"fr", "que le mercredi", "wed"}, {"fr", "mer", "wed"}, {"fr", "les mercredis et samedis", "wed|sat"},
		{"fr", "tous les jours", workWeek}, {"fr", "ts les jours", workWeek}, {"fr", "toute la semaine", workWeek}, {"fr", "7j/7", fullWeek}, {"fr", "le week-end", "sat|sun"},
		{"fr", "tous les jours sauf le mercredi", "mon|tue|thu|fri"}, {"fr", "du lundi au vendredi sauf mercredi", "mon|tue|thu|fri"}, {"fr", "pas le mercredi", ""},
		{"fr", "vendredi au dimanche", "fri|sat|sun"}, {"fr", "tous les jours et le samedi", workWeek + "|sat"}, {"fr", "lundi mardi de 8h à 18h", "mon|tue"},
		{"fr", "lundi ou mardi", ""}, {"fr", "je ne sais pas", ""}, {"fr", "3 jours", ""}, {"fr", "ça dépend", ""}, {"fr", "quand est-ce que vous êtes ouverts le mercredi ?", ""},
		{"en", "Monday, Tuesday and Thursday", "mon|tue|thu"}, {"en", "Mon to Fri", workWeek}, {"en", "mon-fri", workWeek}, {"en", "every day", workWeek}, {"en", "weekdays", workWeek},
		{"en", "Wednesdays", "wed"}, {"en", "every day except Wednesday", "mon|tue|thu|fri"}, {"en", "weekends", "sat|sun"},
		{"ar", "الاثنين والثلاثاء والخميس", "mon|tue|thu"}, {"ar", "من الاثنين إلى الجمعة", workWeek}, {"ar", "كل يوم", workWeek}, {"ar", "الأربعاء", "wed"}, {"ar", "كل الأيام ماعدا الأربعاء", "mon|tue|thu|fri"},
		{"ar-latn", "koul nhar", workWeek}, {"ar-latn", "letnin w larb3a", "mon|wed"}, {"ar-latn", "lundi l vendredi", workWeek},
		{"tr", "pazartesi salı perşembe", "mon|tue|thu"}, {"tr", "pazartesiden cumaya", workWeek}, {"tr", "pzt-cum", workWeek}, {"tr", "her gün", workWeek}, {"tr", "hafta içi", workWeek},
		{"tr", "çarşamba", "wed"}, {"tr", "hafta sonu", "sat|sun"}, {"tr", "çarşamba hariç her gün", "mon|tue|thu|fri"},
		{"pt", "segunda, terça e quinta", "mon|tue|thu"}, {"pt", "de segunda a sexta", workWeek}, {"pt", "segunda-feira a sexta-feira", workWeek}, {"pt", "seg-sex", workWeek},
		{"pt", "todos os dias", workWeek}, {"pt", "às quartas", "wed"}, {"pt", "fim de semana", "sat|sun"},
		{"ro", "luni, marți și joi", "mon|tue|thu"}, {"ro", "de luni până vineri", workWeek}, {"ro", "luni-vineri", workWeek}, {"ro", "în fiecare zi", workWeek}, {"ro", "miercuri", "wed"},
		{"es", "lunes, martes y jueves", "mon|tue|thu"}, {"es", "de lunes a viernes", workWeek}, {"es", "lun-vie", workWeek}, {"es", "todos los días", workWeek}, {"es", "los miércoles", "wed"},
		{"ta", "திங்கள் செவ்வாய் வியாழன்", "mon|tue|thu"}, {"ta", "திங்கள் முதல் வெள்ளி வரை", workWeek}, {"ta", "தினமும்", workWeek}, {"ta", "புதன்கிழமை", "wed"},
		{"bn", "সোমবার মঙ্গলবার বৃহস্পতিবার", "mon|tue|thu"}, {"bn", "সোমবার থেকে শুক্রবার", workWeek}, {"bn", "প্রতিদিন", workWeek}, {"bn", "বুধবার", "wed"},
		{"zh", "周一周二周四", "mon|tue|thu"}, {"zh", "星期一到星期五", workWeek}, {"zh", "周一至周五", workWeek}, {"zh", "周一三五", "mon|wed|fri"}, {"zh", "每天", workWeek}, {"zh", "周末", "sat|sun"}, {"zh", "一周五天", ""},
	})
}

func TestHours(t *testing.T) {
	checkAnswers(t, Expect{Kind: "hours"}, []answered{
		{"fr", "8h-18h", "08:00-18:00"}, {"fr", "de 8h à 18h30", "08:00-18:30"}, {"fr", "8 - 18", "08:00-18:00"}, {"fr", "8-18", "08:00-18:00"}, {"fr", "8h/18h", "08:00-18:00"},
		{"fr", "7.30/18", "07:30-18:00"}, {"fr", "7h30 18h", "07:30-18:00"}, {"fr", "7:30 à 17:45", "07:30-17:45"}, {"fr", "de 8 heures à 18 heures", "08:00-18:00"},
		{"fr", "8 heures et demie à 17 h", "08:30-17:00"}, {"fr", "de huit heures à dix-huit heures", "08:00-18:00"}, {"fr", "8h à midi", "08:00-12:00"}, {"fr", "de 8h du matin à 6h du soir", "08:00-18:00"},
		{"fr", "20h-7h", "20:00-07:00"}, {"fr", "de 22h à 6h", "22:00-06:00"}, {"fr", "9h à 12h", "09:00-12:00"}, {"fr", "20h à minuit", "20:00-00:00"}, {"fr", "8 à 6", "08:00-18:00"},
		{"fr", "le matin", "08:00-12:00"}, {"fr", "après-midi", "13:30-18:00"}, {"fr", "aprem", "13:30-18:00"}, {"fr", "toute la journée", wholeDay}, {"fr", "matin et après-midi", wholeDay},
		{"fr", "la nuit", "20:00-07:00"}, {"fr", "le soir", "18:00-22:00"}, {"fr", "journée complète", wholeDay},
		{"fr", "à partir de 8h", ""}, {"fr", "matin ou soir", ""}, {"fr", "8h ou 9h", ""}, {"fr", "matin et soir", ""}, {"fr", "35h par semaine", ""}, {"fr", "8h-12h et 14h-18h", ""}, {"fr", "25h-30h", ""},
		{"fr", "3 jours 8h-18h", ""}, {"fr", "8h-8h", "08:00-20:00"}, {"fr", "18h-18h", ""}, {"fr", "bonjour", ""}, {"fr", "8h75 à 18h", ""}, {"fr", "midi", ""},
		{"en", "8 to 6pm", "08:00-18:00"}, {"en", "8am to 6pm", "08:00-18:00"}, {"en", "9 a.m. - 5:30 p.m.", "09:00-17:30"}, {"en", "1 to 6 pm", "13:00-18:00"}, {"en", "8 to 6", "08:00-18:00"},
		{"en", "mornings", "08:00-12:00"}, {"en", "all day", wholeDay}, {"en", "at night", "20:00-07:00"}, {"en", "8 in the morning to 6 in the evening", "08:00-18:00"}, {"en", "5pm-9pm", "17:00-21:00"}, {"en", "12am to 6am", "00:00-06:00"},
		{"ar", "من 8 إلى 18", "08:00-18:00"}, {"ar", "من ٨ صباحا إلى ٦ مساء", "08:00-18:00"}, {"ar", "الصباح", "08:00-12:00"}, {"ar", "بعد الظهر", "13:30-18:00"}, {"ar", "طول اليوم", wholeDay}, {"ar", "الليل", "20:00-07:00"},
		{"ar-latn", "8h l 18h", "08:00-18:00"}, {"ar-latn", "sbah", "08:00-12:00"}, {"ar-latn", "nhar kamel", wholeDay},
		{"tr", "8-18 arası", "08:00-18:00"}, {"tr", "sabah 8 akşam 6", "08:00-18:00"}, {"tr", "saat 8'den 18'e", "08:00-18:00"}, {"tr", "sabah", "08:00-12:00"}, {"tr", "öğleden sonra", "13:30-18:00"}, {"tr", "tüm gün", wholeDay}, {"tr", "gece", "20:00-07:00"},
		{"pt", "das 8h às 18h", "08:00-18:00"}, {"pt", "8h30-17h", "08:30-17:00"}, {"pt", "de manhã", "08:00-12:00"}, {"pt", "à tarde", "13:30-18:00"}, {"pt", "o dia todo", wholeDay}, {"pt", "de noite", "20:00-07:00"},
		{"ro", "de la 8 la 18", "08:00-18:00"}, {"ro", "8:00-18:00", "08:00-18:00"}, {"ro", "dimineața", "08:00-12:00"}, {"ro", "după-amiaza", "13:30-18:00"}, {"ro", "toată ziua", wholeDay}, {"ro", "noaptea", "20:00-07:00"},
		{"es", "de 8 a 18", "08:00-18:00"}, {"es", "de 8 de la mañana a 6 de la tarde", "08:00-18:00"}, {"es", "por la mañana", "08:00-12:00"}, {"es", "mañanas", "08:00-12:00"}, {"es", "la tarde", "13:30-18:00"}, {"es", "todo el día", wholeDay}, {"es", "toda la noche", "20:00-07:00"},
		{"ta", "காலை 8 மணி முதல் மாலை 6 மணி வரை", "08:00-18:00"}, {"ta", "காலை", "08:00-12:00"}, {"ta", "பிற்பகல்", "13:30-18:00"}, {"ta", "நாள் முழுவதும்", wholeDay}, {"ta", "இரவு", "20:00-07:00"},
		{"bn", "সকাল ৮টা থেকে সন্ধ্যা ৬টা", "08:00-18:00"}, {"bn", "সকাল", "08:00-12:00"}, {"bn", "বিকেল", "13:30-18:00"}, {"bn", "সারাদিন", wholeDay}, {"bn", "রাতে", "20:00-07:00"},
		{"zh", "8点到18点", "08:00-18:00"}, {"zh", "早上8点到下午6点", "08:00-18:00"}, {"zh", "8点半到17点", "08:30-17:00"}, {"zh", "上午", "08:00-12:00"}, {"zh", "下午", "13:30-18:00"}, {"zh", "全天", wholeDay}, {"zh", "夜间", "20:00-07:00"},
	})
}

func TestMonth(t *testing.T) {
	checkAnswers(t, Expect{Kind: "month", Future: true}, []answered{
		{"fr", "mars", "2027-03"}, {"fr", "en mars 2027", "2027-03"}, {"fr", "03/2027", "2027-03"}, {"fr", "03/27", "2027-03"}, {"fr", "2027-03", "2027-03"}, {"fr", "à partir de janvier", "2027-01"},
		{"fr", "tout de suite", "2026-11"}, {"fr", "maintenant", "2026-11"}, {"fr", "dès que possible", "2026-11"}, {"fr", "novembre", "2026-11"}, {"fr", "décembre", "2026-12"}, {"fr", "septembre", "2027-09"},
		{"fr", "le mois prochain", "2026-12"}, {"fr", "à la rentrée", "2027-09"}, {"fr", "dans 2 mois", "2027-01"}, {"fr", "fin mars", "2027-03"}, {"fr", "le 4 janvier", "2027-01"}, {"fr", "04/01/2027", "2027-01"},
		{"fr", "1er septembre 2027", "2027-09"}, {"fr", "aout", "2027-08"}, {"fr", "lundi", "2026-11"}, {"fr", "demain", "2026-11"}, {"fr", "3", "2027-03"}, {"fr", "aujourd'hui", "2026-11"},
		{"fr", "mars ou avril", ""}, {"fr", "de mars à juin", ""}, {"fr", "mars 2026", ""}, {"fr", "bientôt", ""}, {"fr", "2027", ""}, {"fr", "13", ""}, {"fr", "13/2027", ""}, {"fr", "6-12-1000", ""}, {"fr", "mars 2199", ""}, {"fr", "je sais pas", ""},
		{"en", "March", "2027-03"}, {"en", "from next September", "2027-09"}, {"en", "right now", "2026-11"}, {"en", "next month", "2026-12"}, {"en", "in two months", "2027-01"}, {"en", "asap", "2026-11"},
		{"ar", "مارس", "2027-03"}, {"ar", "الآن", "2026-11"}, {"ar", "سبتمبر 2027", "2027-09"}, {"ar", "الشهر القادم", "2026-12"},
		{"ar-latn", "daba", "2026-11"}, {"ar-latn", "f septembre", "2027-09"},
		{"tr", "mart", "2027-03"}, {"tr", "mart ayında", "2027-03"}, {"tr", "hemen", "2026-11"}, {"tr", "gelecek ay", "2026-12"}, {"tr", "eylül 2027", "2027-09"},
		{"pt", "em março", "2027-03"}, {"pt", "agora", "2026-11"}, {"pt", "próximo mês", "2026-12"}, {"pt", "setembro de 2027", "2027-09"},
		{"ro", "în martie", "2027-03"}, {"ro", "acum", "2026-11"}, {"ro", "luna viitoare", "2026-12"}, {"ro", "septembrie", "2027-09"},
		{"es", "en marzo", "2027-03"}, {"es", "ahora mismo", "2026-11"}, {"es", "el próximo mes", "2026-12"}, {"es", "septiembre de 2027", "2027-09"},
		{"ta", "மார்ச்", "2027-03"}, {"ta", "இப்போது", "2026-11"}, {"ta", "அடுத்த மாதம்", "2026-12"}, {"ta", "செப்டம்பர்", "2027-09"},
		{"bn", "মার্চ", "2027-03"}, {"bn", "এখন", "2026-11"}, {"bn", "আগামী মাসে", "2026-12"}, {"bn", "সেপ্টেম্বর", "2027-09"},
		{"zh", "3月", "2027-03"}, {"zh", "三月", "2027-03"}, {"zh", "2027年3月", "2027-03"}, {"zh", "马上", "2026-11"}, {"zh", "下个月", "2026-12"}, {"zh", "九月", "2027-09"}, {"zh", "3个月", ""},
	})
	checkAnswers(t, Expect{Kind: "month", Past: true}, []answered{{"fr", "mars", "2026-03"}, {"fr", "décembre", "2025-12"}, {"fr", "mars 2027", ""}})
}

func TestNumbers(t *testing.T) {
	checkAnswers(t, Expect{Kind: "numbers", Max: 40}, []answered{
		{"fr", "4 7", "4|7"}, {"fr", "4,7", "4|7"}, {"fr", "4 et 7", "4|7"}, {"fr", "7, 4", "7|4"}, {"fr", "table 4 et 12", "4|12"}, {"fr", "n°4", "4"}, {"fr", "4", "4"}, {"fr", "le 4, le 7 et le 9", "4|7|9"},
		{"fr", "quatre et sept", "4|7"}, {"fr", "4/7/9", "4|7|9"}, {"fr", "4 4 7", "4|7"}, {"fr", "1 2 3 4 5 6", "1|2|3|4|5|6"}, {"fr", "04 07", "4|7"},
		{"fr", "1 2 3 4 5 6 7", ""}, {"fr", "41", ""}, {"fr", "4 41", ""}, {"fr", "4 ou 7", ""}, {"fr", "2 enfants", ""}, {"fr", "aucun", ""}, {"fr", "0 4", ""}, {"fr", "0612345678", ""}, {"fr", "", ""},
		{"en", "4 and 7", "4|7"}, {"en", "four and seven", "4|7"}, {"ar", "٤ و ٧", "4|7"}, {"ar-latn", "4 w 7", "4|7"}, {"tr", "4 ve 7", "4|7"}, {"pt", "4 e 7", "4|7"}, {"ro", "4 și 7", "4|7"}, {"es", "el 4 y el 7", "4|7"},
		{"ta", "4 மற்றும் 7", "4|7"}, {"bn", "৪ আর ৭", "4|7"}, {"zh", "4和7", "4|7"}, {"zh", "4、7", "4|7"},
	})
}

func TestPhone(t *testing.T) {
	checkAnswers(t, Expect{Kind: "phone"}, []answered{
		{"fr", "06 12 34 56 78", "+33612345678"}, {"fr", "0612345678", "+33612345678"}, {"fr", "06.12.34.56.78", "+33612345678"}, {"fr", "06-12-34-56-78", "+33612345678"}, {"fr", "+33 6 12 34 56 78", "+33612345678"},
		{"fr", "+33 (0)6 12 34 56 78", "+33612345678"}, {"fr", "0033 6 12 34 56 78", "+33612345678"}, {"fr", "33612345678", "+33612345678"}, {"fr", "mon numéro c'est le 07 00 00 00 01 merci", "+33700000001"},
		{"fr", "01 41 60 00 00", "+33141600000"}, {"fr", "+32 470 12 34 56", "+32470123456"}, {"fr", "0032470123456", "+32470123456"}, {"ar", "٠٦١٢٣٤٥٦٧٨", "+33612345678"}, {"bn", "০৬ ১২ ৩৪ ৫৬ ৭৮", "+33612345678"},
		{"fr", "06 12 34 56", ""}, {"fr", "06 12 34 56 78 90", ""}, {"fr", "3949", ""}, {"fr", "0812345678", ""}, {"fr", "le mien", ""}, {"fr", "06 12 34 56 78 ou 07 12 34 56 78", ""}, {"fr", "+0612345678", ""},
		{"fr", "+33 6 12", ""}, {"fr", "15", ""}, {"fr", "+1234567890123456", ""},
	})
}

// forms is how each answer is written.
var forms = map[string]*regexp.Regexp{
	"days":    regexp.MustCompile(`^(mon)?\|?(tue)?\|?(wed)?\|?(thu)?\|?(fri)?\|?(sat)?\|?(sun)?$`),
	"hours":   regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$`),
	"month":   regexp.MustCompile(`^2\d{3}-(0[1-9]|1[0-2])$`),
	"numbers": regexp.MustCompile(`^[1-9]\d{0,2}(\|[1-9]\d{0,2}){0,5}$`),
	"phone":   regexp.MustCompile(`^\+[1-9]\d{7,14}$`),
}

// FuzzPlan reads anything as an answer of these kinds: nothing, or the form of
// the kind, and the same in every run.
func FuzzPlan(f *testing.F) {
	m := model(f)
	for _, text := range slices.Concat(hostile, []string{"lun-ven 8h30/18", "4,7 et 12", "+33 (0)6 12 34 56 78", "mars 2027", "周一三五8点半", "5pm-9 p.m.", "24h-0h", "---", "8h-", "-"}) {
		for _, lang := range []string{"fr", "en", "zh"} {
			f.Add(text, lang)
		}
	}
	kinds := slices.Sorted(maps.Keys(forms))
	today, _ := time.Parse(dayForm, here.Now)
	f.Fuzz(func(t *testing.T, text, lang string) {
		for _, kind := range kinds {
			r := &reply{text: strings.ToValidUTF8(head(text), ""), lang: m.languages.of(text, lang), own: lang, expect: Expect{Kind: kind}, words: words(fold(text)), now: today}
			var one, again Reading
			m.answer(r, &one)
			m.answer(r, &again)
			if one.Value != again.Value || one.Value != "" && !forms[kind].MatchString(one.Value) {
				t.Errorf("%s: %.60q gives %q, then %q", kind, text, one.Value, again.Value)
			}
		}
	})
}
