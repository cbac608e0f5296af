package nlu

import "testing"

// TestValue reads answers to the question that waits.
func TestValue(t *testing.T) {
	children := Expect{Kind: "count", Min: 1, Max: 12, Skip: true}
	aided := Expect{Kind: "count", Max: 12}
	hours := Expect{Kind: "count", Min: 1, Max: 260}
	income := Expect{Kind: "euros", Max: 50000, Skip: true}
	yesno, date, moment, code, text := Expect{Kind: "yesno"}, Expect{Kind: "date"}, Expect{Kind: "moment"}, Expect{Kind: "postcode"}, Expect{Kind: "text"}
	for _, c := range []struct {
		expect     Expect
		text, want string
	}{
		{children, "2", "2"}, {children, " 2 . ", "2"}, {children, "deux", "2"}, {children, "2 enfants", "2"}, {children, "j'en ai deux", "2"},
		{children, "nous avons deux enfants à charge", "2"}, {children, "٢", "2"}, {children, "২", "2"}, {children, "௨", "2"}, {children, "２", "2"},
		{children, "اثنان", "2"}, {children, "عندي ثلاثة أطفال", "3"}, {children, "two kids", "2"}, {children, "iki", "2"}, {children, "dois filhos", "2"},
		{children, "trei copii", "3"}, {children, "dos niños", "2"}, {children, "两个孩子", "2"}, {children, "3endi jouj drari", "2"},
		{children, "1 ou 2", ""}, {children, "2 ans", ""}, {children, "13", ""}, {children, "0", ""}, {children, "-2", ""}, {children, "2,5", ""},
		{children, "c'est quoi le cmg pour 2 enfants ?", ""}, {children, "beaucoup", ""}, {children, "smic", ""}, {children, "2500 €", ""},
		{children, "je cherche une nounou pour mes 2 enfants a partir de mars", ""}, {children, "12345678901234567890", ""},
		{aided, "0", "0"}, {aided, "aucun", "0"}, {aided, "zéro", "0"},
		{hours, "120h", "120"}, {hours, "120 heures par mois", "120"}, {hours, "cent vingt", "120"}, {hours, "quatre-vingt-dix-sept", "97"},
		{hours, "خمسة وعشرون", "25"}, {hours, "مئة وعشرون ساعة", "120"}, {hours, "two hundred and ten", "210"}, {hours, "soixante et onze", "71"},
		{hours, "35h par semaine", ""}, {hours, "8h par jour", ""}, {hours, "300", ""}, {hours, "300 heures", ""}, {hours, "0 heure", ""}, {hours, "1000h", ""},
		{income, "2 500 €", "2500"}, {income, "2.500,50", "2500.50"}, {income, "2,500.50", "2500.50"}, {income, "1200e", "1200"}, {income, "2500 euros", "2500"},
		{income, "on gagne 2500 par mois", "2500"}, {income, "deux mille cinq cents", "2500"}, {income, "٢٥٠٠", "2500"}, {income, "ألفين", "2000"},
		{income, "5,6", "5.60"}, {income, "5.60 de l'heure", "5.60"}, {income, "4 euros et demi", "4.50"}, {income, "2k", "2000"}, {income, "€1,850", "1850"},
		{income, "abc", ""}, {income, "beaucoup", ""}, {income, "deux", "2"}, {income, "je gagne bien", ""}, {income, "-1200", ""}, {children, "0 enfant", ""}, {children, "zéro", ""}, {income, "smic", ""}, {income, "le smic", ""}, {income, "1 smic", ""}, {income, "30000 par an", ""}, {income, "-5", ""}, {income, "entre 1500 et 1800", ""},
		{income, "99999", ""}, {income, "2 enfants", ""}, {income, "0", "0"},
		{yesno, "oui", "yes"}, {yesno, "OUI !!", "yes"}, {yesno, "ouais", "yes"}, {yesno, "oui merci", "yes"}, {yesno, "d'accord", "yes"}, {yesno, "👍", "yes"},
		{yesno, "yes please", "yes"}, {yesno, "نعم", "yes"}, {yesno, "wah", "yes"}, {yesno, "evet", "yes"}, {yesno, "sim", "yes"}, {yesno, "da", "yes"},
		{yesno, "sí", "yes"}, {yesno, "ஆமாம்", "yes"}, {yesno, "是的", "yes"}, {yesno, "হ্যাঁ", "yes"},
		{yesno, "non", "no"}, {yesno, "non merci", "no"}, {yesno, "pas encore", "no"}, {yesno, "no thanks", "no"}, {yesno, "لا", "no"}, {yesno, "lla", "no"},
		{yesno, "hayır", "no"}, {yesno, "não", "no"}, {yesno, "nu", "no"}, {yesno, "இல்லை", "no"}, {yesno, "不是", "no"}, {yesno, "না", "no"},
		{yesno, "oui non", ""}, {yesno, "peut être", ""}, {yesno, "oui mais c'est combien la creche ?", ""}, {yesno, "combien coute la creche", ""},
		{date, "31/01/2027", "2027-01-31"}, {date, "31.1.27", "2027-01-31"}, {date, "2027-01-31", "2027-01-31"}, {date, "le 3 mars", "2027-03-03"},
		{date, "3 décembre", "2026-12-03"}, {date, "1er mars 2027", "2027-03-01"}, {date, "demain", "2026-11-24"}, {date, "lundi", "2026-11-30"}, {date, "jeudi prochain", "2026-11-26"},
		{date, "غدا", "2026-11-24"}, {date, "after tomorrow", "2026-11-24"}, {date, "après-demain", "2026-11-25"}, {date, "31/02/2027", ""}, {date, "bientôt", ""},
		{date, "25/12", "2026-12-25"}, {date, "lundi ou mardi", ""},
		{moment, "3 mars 2027 à 9h30", "2027-03-03T09:30"}, {moment, "demain 14:30", "2026-11-24T14:30"}, {moment, "demain", ""}, {moment, "demain 9h ou 10h", ""},
		{code, "93800", "93800"}, {code, "j'habite à Épinay 93800", "93800"}, {code, "938000", ""}, {code, "99999", ""}, {code, "93800 ou 93200", ""},
		{text, "  Roumain  ", "Roumain"}, {text, "je parle soninké et un peu français", "je parle soninké et un peu français"},
		{text, "je parle portugais et un peu français", "je parle portugais et un peu français"}, {text, "c'est combien la crèche pour un bébé de six mois ?", ""},
	} {
		r := model(t).Read(c.text, Context{Lang: "fr", Expect: c.expect, Now: "2026-11-23"})
		if r.Value != c.want {
			t.Errorf("%s: %q gives %q, not %q (%s %s)", c.expect.Kind, c.text, r.Value, c.want, r.Lang, r.Zone)
		}
	}
}

// TestAmbiguousDate checks that what has two readings is not guessed.
func TestAmbiguousDate(t *testing.T) {
	for lang, want := range map[string]string{"en": "", "fr": "2027-04-03"} {
		r := model(t).Read("03/04/2027", Context{Lang: lang, Expect: Expect{Kind: "date"}, Now: "2026-11-23"})
		if r.Value != want {
			t.Errorf("03/04 in %q is read as %q, not %q", lang, r.Value, want)
		}
	}
	if r := model(t).Read("demain", Context{Lang: "fr", Expect: Expect{Kind: "date"}}); r.Value != "" {
		t.Errorf("tomorrow is read as %s on a day that nobody knows", r.Value)
	}
}

// TestUnits checks that a number with a unit of time answers the question that
// is about it, and no other.
func TestUnits(t *testing.T) {
	expect := func(units ...string) Expect { return Expect{Kind: "count", Min: 1, Max: 60, Units: units} }
	for _, c := range []struct {
		expect     Expect
		text, want string
	}{
		{expect("week", "year"), "36 semaines", "36"}, {expect("week", "year"), "36 semaines par an", "36"}, {expect("week"), "36 weeks", "36"},
		{expect("day", "month"), "20 jours", "20"}, {expect("day", "month"), "20 jours par mois", "20"}, {expect("day", "week"), "3 j", "3"},
		{expect("hour", "week"), "40 heures par semaine", "40"}, {expect("hour", "week"), "40h", "40"}, {expect("hour", "day"), "9 heures par jour", "9"},
		{expect(), "36 semaines", ""}, {expect(), "3 jours", ""}, {expect(), "35 heures par semaine", ""}, {expect(), "2 ans", ""},
		{expect("week"), "3 jours", ""}, {expect("day"), "2 mois", ""}, {expect("hour", "week"), "9 heures par jour", ""}, {expect("week"), "12 euros", ""},
	} {
		r := model(t).Read(c.text, Context{Lang: "fr", Expect: c.expect, Now: "2026-11-23"})
		if r.Value != c.want {
			t.Errorf("%q, asked in %v, gives %q, not %q", c.text, c.expect.Units, r.Value, c.want)
		}
	}
}

// TestSides checks that a day on the wrong side of today is not an answer, and
// that a day without its year is looked for on the right side.
func TestSides(t *testing.T) {
	past, future := Expect{Kind: "date", Past: true}, Expect{Kind: "date", Future: true}
	for _, c := range []struct {
		expect     Expect
		text, want string
	}{
		{past, "12/09/2026", "2026-09-12"}, {past, "12 septembre", "2026-09-12"}, {past, "25/12", "2025-12-25"}, {past, "25 décembre", "2025-12-25"},
		{past, "lundi", "2026-11-16"}, {past, "vendredi", "2026-11-20"}, {past, "aujourd'hui", "2026-11-23"}, {past, "hier", "2026-11-22"},
		{past, "avant-hier", "2026-11-21"}, {past, "dün", "2026-11-22"}, {past, "ayer", "2026-11-22"}, {past, "昨天", "2026-11-22"}, {past, "أمس", "2026-11-22"},
		{past, "demain", ""}, {past, "24/11/2026", ""}, {past, "3 mars 2027", ""},
		{future, "3 mars", "2027-03-03"}, {future, "24/11/2026", "2026-11-24"}, {future, "aujourd'hui", "2026-11-23"}, {future, "vendredi", "2026-11-27"},
		{future, "hier", ""}, {future, "22/11/2026", ""}, {future, "3 mars 2026", ""}, {future, "2027年3月5日", "2027-03-05"}, {future, "3月5日", "2027-03-05"},
		{future, "2027年3月", ""}, {future, "31/02/2027", ""}, {Expect{Kind: "date"}, "hier", "2026-11-22"},
		{Expect{Kind: "moment", Future: true}, "3 mars 2026 à 9h", ""}, {Expect{Kind: "moment", Future: true}, "demain 9h", "2026-11-24T09:00"},
	} {
		r := model(t).Read(c.text, Context{Lang: "fr", Expect: c.expect, Now: "2026-11-23"})
		if r.Value != c.want {
			t.Errorf("%+v: %q gives %q, not %q (%s)", c.expect, c.text, r.Value, c.want, r.Lang)
		}
	}
}

// TestPlace reads where the family is, as it was typed.
func TestPlace(t *testing.T) {
	for text, want := range map[string]string{
		"  Orgemont ": "Orgemont", "12 rue de Paris": "12 rue de Paris", "j'habite à La Source, près de la gare": "j'habite à La Source, près de la gare",
		"rue de la paix": "rue de la paix", "orgemon ?": "orgemon ?", "c'est combien la crèche ?": "", "vous êtes ouverts quand": "", "": "",
	} {
		if r := model(t).Read(text, Context{Lang: "fr", Expect: Expect{Kind: "place"}}); r.Value != want {
			t.Errorf("%q is the place %q, not %q", text, r.Value, want)
		}
	}
	if r := model(t).Read("je sais pas", Context{Lang: "fr", Expect: Expect{Kind: "place", Skip: true}}); !r.Skip || r.Value != "" {
		t.Errorf("who does not know where is at %q", r.Value)
	}
}

func TestSkip(t *testing.T) {
	for text, may := range map[string]bool{
		"passer": true, "je sais pas": true, "Je ne sais pas.": true, "skip": true, "لا أعرف": true, "bilmiyorum": true, "não sei": true,
		"nu știu": true, "no sé": true, "不知道": true, "জানি না": true, "தெரியாது": true, "ma3reftch": true,
		"chépa": true, "jsp": true, "jsais pas": true, "j'en sais rien": true, "je sais pas encore": true, "not sure": true, "مانعرفش": true,
		"makan3refch": true, "emin değilim": true, "sei lá": true, "habar n-am": true, "ni idea": true, "தெரியல": true, "我不知道": true, "আমি জানি না": true,
		"je sais pas quoi choisir pour la creche": false, "je sais": false, "pas": false, "2": false,
	} {
		with := model(t).Read(text, Context{Lang: "fr", Expect: Expect{Kind: "count", Max: 12, Skip: true}})
		without := model(t).Read(text, Context{Lang: "fr", Expect: Expect{Kind: "count", Max: 12}})
		if with.Skip != may || without.Skip {
			t.Errorf("%q: skip %t where it may, %t where it may not", text, with.Skip, without.Skip)
		}
	}
}

func TestChoice(t *testing.T) {
	care := []Option{{"creche", "Crèche"}, {"childminder", "Assistante maternelle"}, {"home", "Garde à domicile"}}
	days := []Option{{"monday", "Lundi matin"}, {"tuesday", "Mardi matin"}, {"evening", "Mardi soir"}}
	menu := []Option{{"childcare", "Garde d'enfant"}, {"family", "PMI, jeux, école"}, {"work", "Je suis nounou"}, {"human", "Une personne"}}
	arabic := []Option{{"morning", "في الصباح"}, {"noon", "عند الظهر"}, {"evening", "في المساء"}}
	for _, c := range []struct {
		options    []Option
		text, want string
	}{
		{care, "2", "childminder"}, {care, "2.", "childminder"}, {care, "le 2", "childminder"}, {care, "2)", "childminder"}, {care, "2️⃣", "childminder"},
		{care, "la deuxième", "childminder"}, {care, "2eme", "childminder"}, {care, "deux", "childminder"}, {care, "second", "childminder"},
		{care, "الثاني", "childminder"}, {care, "٢", "childminder"}, {care, "la dernière", "home"}, {care, "1er", "creche"}, {care, "ikinci", "childminder"},
		{care, "crèche plutot", "creche"}, {care, "CRECHE", "creche"}, {care, "crech", "creche"}, {care, "nounou", "childminder"}, {care, "chez moi", "home"},
		{care, "assistante maternele", "childminder"}, {care, "une assistante maternelle", "childminder"}, {care, "حضانة", "creche"},
		{care, "1 ou 2", ""}, {care, "crèche ou nounou", ""}, {care, "deuxième ou troisième", ""}, {care, "4", ""}, {care, "0", ""}, {care, "12", ""},
		{care, "combien coûte la crèche ?", ""}, {care, "c'est quoi le cmg", ""}, {care, "bof", ""}, {care, "je voudrais savoir quel papier il faut pour la creche", ""},
		{days, "lundi", "monday"}, {days, "mardi soir", "evening"}, {days, "mardi", ""}, {days, "matin", ""}, {days, "le soir", "evening"}, {days, "lundi ou mardi soir", ""}, {care, "2 ou chez moi", ""},
		{menu, "numero de la pmi", ""}, {menu, "la pmi", "family"}, {menu, "ÉTAPES NOUNOU", ""}, {menu, "je prefere la garde", "childcare"}, {menu, "premier contrat", ""}, {menu, "முதல் ஒப்பந்தம்", ""},
		{arabic, "الصباح", "morning"}, {arabic, "المساء", "evening"}, {arabic, "3", "evening"},
	} {
		r := model(t).Read(c.text, Context{Lang: "fr", Expect: Expect{Kind: "choice", Options: c.options}})
		if r.Choice != c.want {
			t.Errorf("%q chooses %q, not %q (%s %s %.2f)", c.text, r.Choice, c.want, r.Lang, r.Intent, r.Score)
		}
	}
}

func TestGlobal(t *testing.T) {
	for text, want := range map[string]string{
		"0": "human", "HUMAIN": "human", "humain.": "human", "موظف": "human", "insan": "human", "人工": "human",
		"menu": "menu", "MENU !": "menu", "القائمة": "menu", "菜单": "menu", "retour": "back", "geri": "back", "volver": "back",
		"aide": "help", "?": "help", "help": "help", "yardım": "help", "ajuda": "help", "langue": "language", "اللغة": "language",
		"STOP": "stop", "stop": "stop", "Stop.": "stop", "ARRÊT": "stop", "arret": "stop", "ARRÊTER": "stop", "désabonner": "stop", "DESABO": "stop",
		"STOPALL": "stop", "UNSUBSCRIBE": "stop", "END": "stop", "QUIT": "stop", "CANCEL": "stop", "REVOKE": "stop", "OPTOUT": "stop", "توقف": "stop",
		"START": "start", "unstop": "start", "EFFACE": "erase", "effacer": "erase", "امسح": "erase", "SUITE": "more", "devamı": "more", "更多": "more",
		"menu de la cantine": "", "stop svp": "", "aide caf": "", "je veux un humain gentil": "", "arrêt maladie": "", "la suite du dossier": "", "1": "", "": "",
	} {
		if r := model(t).Read(text, Context{Lang: "fr"}); r.Global != want {
			t.Errorf("%q is the global word %q, not %q", text, r.Global, want)
		}
	}
}

// TestZero checks that 0 calls a person, except where it is an answer.
func TestZero(t *testing.T) {
	for _, c := range []struct {
		expect        Expect
		global, value string
	}{
		{Expect{}, "human", ""},
		{Expect{Kind: "choice"}, "human", ""},
		{Expect{Kind: "yesno"}, "human", ""},
		{Expect{Kind: "count", Min: 1, Max: 12}, "human", ""},
		{Expect{Kind: "count", Min: 0, Max: 12}, "", "0"},
		{Expect{Kind: "euros", Max: 50000}, "", "0"},
	} {
		r := model(t).Read("0", Context{Lang: "fr", Expect: c.expect})
		if r.Global != c.global || r.Value != c.value {
			t.Errorf("0 where %+v is asked: global %q, value %q", c.expect, r.Global, r.Value)
		}
	}
}

// TestStopHolds checks that STOP is STOP whatever is asked.
func TestStopHolds(t *testing.T) {
	for _, kind := range []string{"", "text", "choice", "yesno", "count", "date"} {
		e := Expect{Kind: kind, Skip: true, Options: []Option{{"stop", "Stop"}, {"b", "Arrêt"}}}
		for _, text := range []string{"STOP", "arrêt"} {
			r := model(t).Read(text, Context{Lang: "fr", Expect: e})
			if r.Global != "stop" || r.Value != "" || r.Choice != "" {
				t.Errorf("%s where %q is asked: %+v", text, kind, r)
			}
		}
	}
}
